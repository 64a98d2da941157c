// Bounds: what the words before and after a number make of it; ranges; more, others, each.
#include <gtest/gtest.h>

#include "server/text/number.h"
#include "tests/text/dump.h"

namespace claimwatch {
namespace {

constexpr NumberCase kCases[] = {
    // Before the number.
    {"More than 1,300 tents and over 40 huts.",
     "count{>=1300 @0+15 'More than 1,300'}; count{>=40 @26+7 'over 40'}"},
    {"At least 12 huts; no fewer than 200 tents; not less than 30 carts.",
     "count{>=12 @0+11 'At least 12'}; count{>=200 @18+17 'no fewer than 200'}; count{>=30 @43+16 "
     "'not less than 30'}"},
    {"Up to 50 huts; as many as 60 tents; at most 7 carts; no more than 15 goats.",
     "count{<=50 @0+8 'Up to 50'}; count{<=60 @15+13 'as many as 60'}; count{<=7 @36+9 'at most "
     "7'}; count{<=15 @53+15 'no more than 15'}"},
    {"Fewer than 10 huts; under 40 tents; less than $5.",
     "count{<=10 @0+13 'Fewer than 10'}; count{<=40 @20+8 'under 40'}; money{<=5 USD @36+12 'less "
     "than $5'}"},
    {"About 455 huts, around 12 tents, some 30 carts, roughly 8 goats, an estimated 40,000 hens.",
     "count{~455 @0+9 'About 455'}; count{~12 @16+9 'around 12'}; count{~30 @33+7 'some 30'}; "
     "count{~8 @48+9 'roughly 8'}; count{~40000 @65+19 'an estimated 40,000'}"},
    {"Nearly 500 huts; almost 12 tents; close to 30 carts; just short of 90 goats.",
     "count{nearly 500 @0+10 'Nearly 500'}; count{nearly 12 @17+9 'almost 12'}; count{nearly 30 "
     "@34+11 'close to 30'}; count{nearly 90 @53+16 'just short of 90'}"},
    {"Well over 1,000 huts; just under 200 tents; a little over 40,000 hens.",
     "count{>=1000 @0+15 'Well over 1,000'}; count{<=200 @22+14 'just under 200'}; count{>=40000 "
     "@44+20 'a little over 40,000'}"},
    {"At least about 50 huts; only an estimated 20 percent.",
     "count{~>=50 @0+17 'At least about 50'}; percent{~20 % @29+15 'an estimated 20'}"},
    {"In excess of 30 huts; upwards of 40 tents; a minimum of 5 and a maximum of 9 carts.",
     "count{>=30 @0+15 'In excess of 30'}; count{>=40 @22+13 'upwards of 40'}; count{5..9 @43+33 "
     "'a minimum of 5 and a maximum of 9'}"},
    {"Deaths exceeded 66, and losses topped $3 million.",
     "count{>=66 @7+11 'exceeded 66'}; money{>=3000000 USD @31+17 'topped $3 million'}"},
    {">$1.5 million, <= 100, ~30 and \xe2\x89\x88 40",
     "money{>=1500000 USD @0+13 '>$1.5 million'}; count{<=100 @15+6 '<= 100'}; count{~30 @23+3 "
     "'~30'}; count{~40 @31+6 '\xe2\x89\x88 40'}"},
    {"Her tally is less than or equal to 30, or equal to or more than 20.",
     "count{<=30 @13+24 'less than or equal to 30'}; count{>=20 @42+24 'equal to or more than "
     "20'}"},
    // After the number.
    {"Fifty or more goats; 45+ hens; 200-plus tents; 30-odd carts; a dozen or so huts.",
     "count{>=50 @0+13 'Fifty or more'}; count{>=45 @21+3 '45+'}; count{>=200 @31+8 '200-plus'}; "
     "count{~30 @47+6 '30-odd'}; count{~12 @61+13 'a dozen or so'}"},
    {"$5 million or more; 20 km or less.",
     "money{>=5000000 USD @0+18 '$5 million or more'}; measurement{<=20 km @20+13 '20 km or "
     "less'}"},
    // Up is not always a bound.
    {"We're up to 50 huts now; crews may ramp that up to 80,000 barrels.",
     "count{50 @12+2 '50'}; measurement{80000 barrel @51+6 '80,000'}"},
    {"The rate was up to 45 from 40.", "count{<=45 @13+8 'up to 45'}; count{40 @27+2 '40'}"},
    // Ranges.
    {"Between 10,000 and 12,000 huts; 10 to 13 tents; from 12 to 15 carts; 1000-5000 goats.",
     "count{10000..12000 @0+25 'Between 10,000 and 12,000'}; count{10..13 @32+8 '10 to 13'}; "
     "count{12..15 @48+13 'from 12 to 15'}; count{1000..5000 @69+9 '1000-5000'}"},
    {"2-3 million hens; four to five thousand eggs; $10 to $15 billion; $2 billion-$3 billion.",
     "count{2000000..3000000 @0+11 '2-3 million'}; count{4000..5000 @18+21 'four to five "
     "thousand'}; money{10000000000..15000000000 USD @46+18 '$10 to $15 billion'}; "
     "money{2000000000..3000000000 USD @66+21 '$2 billion-$3 billion'}"},
    {"US$13\xe2\x80\x93"
     "14 billion; 5k-20k; 8- to 16-metre poles; five per cent to 20 per cent.",
     "money{13000000000..14000000000 USD @0+18 'US$13\xe2\x80\x93"
     "14 billion'}; count{5000..20000 @20+6 '5k-20k'}; measurement{8..16 m @28+8 '8- to 16'}; "
     "percent{5..20 % @50+19 'five per cent to 20'}"},
    {"Two or three huts; one or two tents; 30 or 40 carts.",
     "count{2..3 @0+12 'Two or three'}; count{1..2 @19+10 'one or two'}; count{30..40 @37+8 '30 or "
     "40'}"},
    {"In a minute or two; a day or two later.",
     "duration{1..2 minute @3+15 'a minute or two'}; duration{1..2 day @20+12 'a day or two'}"},
    {"As many as 35 to 40 goats; at least 40 and as many as 60 hens.",
     "count{35..40 @0+19 'As many as 35 to 40'}; count{40..60 @27+29 'at least 40 and as many as "
     "60'}"},
    {"Between 20 and 30 km; 44 mg to 50 mg; 44 ml to 50 mg.",
     "measurement{20..30 km @0+17 'Between 20 and 30'}; measurement{44..50 mg @22+11 '44 mg to "
     "50'}; measurement{44 ml @38+2 '44'}; measurement{50 mg @47+2 '50'}"},
    // Two figures, no range.
    {"The toll rose from 12 to 15 and the price fell from $4 to $3.",
     "count{12 @19+2 '12'}; count{15 @25+2 '15'}; money{4 USD @52+2 '$4'}; money{3 USD @58+2 "
     "'$3'}"},
    {"It grew by $43 million to $419 million, up 18 sen to RM23.50.",
     "money{43000000 USD @11+11 '$43 million'}; money{419000000 USD @26+12 '$419 million'}; "
     "money{18 sen @43+2 '18'}; money{23.5 MYR @53+7 'RM23.50'}"},
    {"The bill passed by 312 votes to 214.", "count{312 @19+3 '312'}; count{214 @32+3 '214'}"},
    // More, others, each.
    {"Another 12 huts; an additional 150 tents; a further four carts; 30 more goats; 12 others.",
     "count{12 more @0+10 'Another 12'}; count{150 more @17+17 'an additional 150'}; count{4 more "
     "@42+14 'a further four'}; count{30 more @64+2 '30'}; count{12 others @79+2 '12'}"},
    {"The other three huts; 20 other tents; 30 more hens than before.",
     "count{3 others @10+5 'three'}; count{20 others @22+2 '20'}; count{30 more @38+2 '30'}"},
    {"Each of the 40 families gets $500 each; 3 apiece.",
     "count{40 @12+2 '40'}; money{500 USD each @29+4 '$500'}; count{3 each @40+1 '3'}"},
    // Conversions are bounded alike.
    {"Just under 296 hp (224 kW); more than 7m euros ($8m); about 85 miles (135 km).",
     "measurement{<=296 hp @0+14 'Just under 296'}; measurement{<=224 kW @19+3 '224'}; "
     "money{>=7000000 EUR @28+12 'more than 7m'}; money{>=8000000 USD @48+3 '$8m'}; "
     "measurement{~85 mi @54+8 'about 85'}; measurement{~135 km @70+3 '135'}"},
};

TEST(NumberBounds, ReadsEachSentence) {
  for (const NumberCase& c : kCases) EXPECT_EQ(DumpNumbers(c.text), c.dump) << c.text;
}

}  // namespace
}  // namespace claimwatch
