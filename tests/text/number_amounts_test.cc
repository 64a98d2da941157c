// Amounts: digits, words, magnitudes, vague words and shares, one line a sentence.
//
// A row whose dump is empty holds no number phrase and says so by being here.
#include <gtest/gtest.h>

#include "server/text/number.h"
#include "tests/text/dump.h"

namespace claimwatch {
namespace {

constexpr NumberCase kCases[] = {
    // Digits and their grouping.
    {"They counted 164 tents.", "count{164 @13+3 '164'}"},
    {"They counted 1,300 tents and 12,34,567 coins.",
     "count{1300 @13+5 '1,300'}; count{1234567 @29+9 '12,34,567'}"},
    {"They counted 3 200 tents and 1 414 021 coins.",
     "count{3200 @13+5 '3 200'}; count{1414021 @29+9 '1 414 021'}"},
    {"They counted 61, 000 tents.", "count{61000 @13+7 '61, 000'}"},
    {"They counted 1.300.000 coins.", "count{1300000 @13+9 '1.300.000'}"},
    {"The mine held 2.000 miners, and the mast stood 2.000 metres off.",
     "count{2000 @14+5 '2.000'}; measurement{2 m @47+5 '2.000'}"},
    {"A list: 22,24,26", "count{22 @8+2 '22'}; count{24 @11+2 '24'}; count{26 @14+2 '26'}"},
    {"The rate was 1,3 and then .25.", "count{1.3 @13+3 '1,3'}; count{0.25 @26+3 '.25'}"},
    {"The toll reads 2,3000 here.", "reference{23000 @15+6 '2,3000'}"},
    {"It rose to 1.5-2 .5 million gallons.",
     "measurement{1500000..2500000 gallon @11+16 '1.5-2 .5 million'}"},
    {"Sales of $ 46 . 8 million , or 80 , 000 units .",
     "money{46800000 USD @9+16 '$ 46 . 8 million'}; count{80000 @31+8 '80 , 000'}"},
    // Words.
    {"A hundred and five sheep grazed there.", "count{105 @0+18 'A hundred and five'}"},
    {"Two hundred and twenty two birds, seventy five of them grey, and thirty-four eggs.",
     "count{222 @0+26 'Two hundred and twenty two'}; count{75 @34+12 'seventy five'}; count{34 "
     "@65+11 'thirty-four'}"},
    {"Four million two hundred and sixty seven thousand bees.",
     "count{4267000 @0+49 'Four million two hundred and sixty seven thousand'}"},
    {"There were 3 hundred and 21 lamps.", "count{321 @11+16 '3 hundred and 21'}"},
    {"Police found 86 million one-gallon jugs.",
     "count{86000000 @13+10 '86 million'}; measurement{1 gallon @24+3 'one'}"},
    {"It took nought point nought three, then five point five.",
     "count{0.03 @8+25 'nought point nought three'}; count{5.5 @40+15 'five point five'}"},
    // Magnitudes.
    {"The firm sold 2.5 million lamps, 10k bulbs and 1.2bn screws.",
     "count{2500000 @14+11 '2.5 million'}; count{10000 @33+3 '10k'}; count{1200000000 @47+5 "
     "'1.2bn'}"},
    {"About 13 lakh voters and 2 crore ballots; three lakh crore in all.",
     "count{~1300000 @0+13 'About 13 lakh'}; count{20000000 @25+7 '2 crore'}; count{3000000000000 "
     "@42+16 'three lakh crore'}"},
    {"Donors gave \xc2\xa3"
     "5m for 5m people behind a 5m wall.",
     "money{5000000 GBP @12+4 '\xc2\xa3"
     "5m'}; count{5000000 @21+2 '5m'}; measurement{5 m @40+1 '5'}"},
    {"That makes half a million, or a quarter of a million, or two thirds of a million.",
     "count{500000 @11+14 'half a million'}; count{250000 @30+22 'a quarter of a million'}; "
     "count{666666.666666667 @57+23 'two thirds of a million'}"},
    {"One and a half million lamps; 3 million and a half.",
     "count{1500000 @0+22 'One and a half million'}; count{3500000 @30+20 '3 million and a half'}"},
    // Dozens and other vague words.
    {"A dozen goats, half a dozen hens and 3 dozen eggs.",
     "count{12 @0+7 'A dozen'}; count{6 @15+12 'half a dozen'}; count{36 @37+7 '3 dozen'}"},
    {"Dozens of goats, scores of hens, hundreds of eggs and thousands of flies.",
     "count{24.. @0+6 'Dozens'}; count{40.. @17+6 'scores'}; count{200.. @33+8 'hundreds'}; "
     "count{2000.. @54+9 'thousands'}"},
    {"Tens of thousands marched; hundreds of millions watched; many thousands more slept.",
     "count{20000.. @0+17 'Tens of thousands'}; count{200000000.. @27+20 'hundreds of millions'}; "
     "count{2000.. more @57+14 'many thousands'}"},
    {"Several hundred hens and a few thousand eggs.",
     "count{200.. @0+15 'Several hundred'}; count{2000.. @25+14 'a few thousand'}"},
    {"A couple of goats and a couple of hundred hens; the couple left.",
     "count{2 @0+8 'A couple'}; count{200 @22+19 'a couple of hundred'}"},
    {"He scores well in exams and keeps the scores.", ""},
    {"\"Hundreds came,\" she said.", "count{200.. @1+8 'Hundreds'}"},
    {"Twin explosions were heard at the Twin Peaks hotel.", "count{2 @0+4 'Twin'}"},
    {"Several hens and many eggs were lost.", ""},
    // Shares.
    {"Two-thirds of the lamps and a fifth of the bulbs broke.",
     "percent{0.666666666666667 share @0+10 'Two-thirds'}; percent{0.2 share @28+7 'a fifth'}"},
    {"One in five lamps broke, and two out of three bulbs.",
     "percent{0.2 share @0+11 'One in five'}; percent{0.666666666666667 share @29+16 'two out of "
     "three'}"},
    {"Output was cut by a third and then by half.",
     "percent{0.333333333333333 share @18+7 'a third'}; percent{0.5 share @38+4 'half'}"},
    {"It is 2 1/2 miles, 2-1/2 miles, 21\\/2 miles, 2\xc2\xbd miles or 3/4 of a mile.",
     "measurement{2.5 mi @6+5 '2 1/2'}; measurement{2.5 mi @19+5 '2-1/2'}; measurement{2.5 mi "
     "@32+5 '21\\/2'}; measurement{2.5 mi @45+3 '2\xc2\xbd'}; percent{0.75 share @58+3 '3/4'}"},
    {"A third man and a third of the men; a quarter-final; the second half.",
     "ordinal{@2+5 'third'}; percent{0.333333333333333 share @16+7 'a third'}; ordinal{@57+6 "
     "'second'}"},
    {"Half of them, half the roof, half an hour.",
     "percent{0.5 share @0+4 'Half'}; percent{0.5 share @14+4 'half'}; duration{0.5 hour @29+7 "
     "'half an'}"},
    // Exponents.
    {"A factor of 1.3x10^6, 4e14 or 2.48\xc3\x97"
     "10\xe2\x88\x92"
     "5.",
     "count{1300000 @12+8 '1.3x10^6'}; count{400000000000000 @22+4 '4e14'}; count{0.0000248 @30+12 "
     "'2.48\xc3\x97"
     "10\xe2\x88\x92"
     "5'}"},
    // Two counts stay two.
    {"Two 30-year bonds and two hundred 5-litre cans.",
     "count{2 @0+3 'Two'}; duration{30 year @4+2 '30'}; count{200 @22+11 'two hundred'}; "
     "measurement{5 l @34+1 '5'}"},
    {"He saw one, two, three ships.",
     "count{1 @7+3 'one'}; count{2 @12+3 'two'}; count{3 @17+5 'three'}"},
};

TEST(NumberAmounts, ReadsEachSentence) {
  for (const NumberCase& c : kCases) EXPECT_EQ(DumpNumbers(c.text), c.dump) << c.text;
}

}  // namespace
}  // namespace claimwatch
