// Kinds: dates, times, ages, names, scores, references, ranks; "no" and "one".
#include <gtest/gtest.h>

#include "server/text/number.h"
#include "tests/text/dump.h"

namespace claimwatch {
namespace {

constexpr NumberCase kCases[] = {
    // Dates.
    {"On July 4, 2016, on 18 July, the 4th of July, Feb. 6, 2023 and 7-Sep-2017.",
     "date{@3+12 'July 4, 2016'}; date{@20+7 '18 July'}; date{@33+11 '4th of July'}; date{@46+12 "
     "'Feb. 6, 2023'}; date{@63+10 '7-Sep-2017'}"},
    {"Between 4 and 8 March; July 4-6; May 2010; 30 Sep 2014.",
     "date{@8+1 '4'}; date{@14+7 '8 March'}; date{@23+8 'July 4-6'}; date{@33+8 'May 2010'}; "
     "date{@43+11 '30 Sep 2014'}"},
    {"On 11 / 16 / 1982, 1/2/2017 and 2007-08-01 and 10.02.2012.",
     "date{@3+14 '11 / 16 / 1982'}; date{@19+8 '1/2/2017'}; date{@32+10 '2007-08-01'}; date{@47+10 "
     "'10.02.2012'}"},
    {"In 2009, the 2003 attack, (2012), since 1998, by 2120, 2012-13, the 1990s, 2018s.",
     "date{@3+4 '2009'}; date{@13+4 '2003'}; date{@27+4 '2012'}; date{@40+4 '1998'}; date{@49+4 "
     "'2120'}; date{@55+7 '2012-13'}; date{@68+5 '1990s'}; date{@75+5 '2018s'}"},
    {"Between 1600 and 1900 it cooled.", "date{@8+4 '1600'}; date{@17+4 '1900'}"},
    {"In 2017, 2017 people came; some 2000 homes; police arrested 2000.",
     "date{@3+4 '2017'}; count{2017 @9+4 '2017'}; count{~2000 @27+9 'some 2000'}; count{2000 @60+4 "
     "'2000'}"},
    {"Men may 5 times march 12 miles.", "count{5 weak @8+1 '5'}; measurement{12 mi @22+2 '12'}"},
    // Times.
    {"At 03:30 GMT, 10:27 PM EDT, 6pm, 10 a.m., six o'clock.",
     "time{@3+9 '03:30 GMT'}; time{@14+12 '10:27 PM EDT'}; time{@28+3 '6pm'}; time{@33+7 '10 "
     "a.m.'}; time{@42+11 'six o'clock'}"},
    // Ages.
    {"A 34-year-old man, two 16-year-olds, eighteen months of age, 87 yo, aged 18 to 34.",
     "age{34 year @2+2 '34'}; count{2 @19+3 'two'}; age{16 year @23+2 '16'}; age{18 month @37+8 "
     "'eighteen'}; age{87 @61+2 '87'}; age{18..34 @73+8 '18 to 34'}"},
    {"Ann Lee, 36, of Ohio; Lee (40); under the age of 5; ages 25, 26, and 33; a 14 and "
     "19-year-old.",
     "age{36 @9+2 '36'}; count{40 @27+2 '40'}; age{5 @49+1 '5'}; age{25 @57+2 '25'}; age{26 @61+2 "
     "'26'}; age{33 @69+2 '33'}; age{14 @75+2 '14'}; age{19 year @82+2 '19'}"},
    {"She is in her 40s.", "age{40..49 @14+3 '40s'}"},
    // Names.
    {"Boeing 737, MH17, G20, F-16, S&P 500, Section 427, Highway 5, No. 5, iPhone 11, Falcon 9, "
     "COVID -19",
     "name{737 @7+3 '737'}; name{17 @14+2 '17'}; name{20 @19+2 '20'}; name{16 @25+2 '16'}; "
     "name{500 @33+3 '500'}; name{427 @46+3 '427'}; name{5 @59+1 '5'}; name{5 @66+1 '5'}; name{11 "
     "@76+2 '11'}; name{9 @87+1 '9'}; name{19 @97+2 '19'}"},
    {"The category 4 storm hit Uganda 12 days later.",
     "name{4 @13+1 '4'}; duration{12 day @32+2 '12'}"},
    // Scores.
    {"They won 3-2 and drew 1-1 after a 0-2 defeat.",
     "score{@9+3 '3-2'}; score{@22+3 '1-1'}; score{@34+3 '0-2'}"},
    // References.
    {"Call +1-222-555-0134, (219) 555-0134 or 555-0134.",
     "reference{@6+14 '1-222-555-0134'}; reference{@22+14 '(219) 555-0134'}; reference{@40+8 "
     "'555-0134'}"},
    {"Call (219)-555-0134, or text a tip to 55123.",
     "reference{@5+14 '(219)-555-0134'}; reference{55123 @38+5 '55123'}"},
    {"Near 7 Mile and Marl roads a 25 y/o man was shot; the boys were all 16.",
     "name{7 @5+1 '7'}; age{25 @29+2 '25'}; age{16 @68+2 '16'}"},
    {"It fell in Old Mill Road 83 in Marl.", "name{83 @25+2 '83'}"},
    {"The 13500 block of Cerise Avenue, 12 Main Street, 604 N. 23rd St., Ohio, PA 23456",
     "reference{@4+11 '13500 block'}; reference{@34+14 '12 Main Street'}; reference{@50+14 '604 N. "
     "23rd St'}; reference{23456 @76+5 '23456'}"},
    {"Over 70 came.[19] Then 41 left.[24]",
     "count{>=70 @0+7 'Over 70'}; reference{19 @14+2 '19'}; count{41 @23+2 '41'}; reference{24 "
     "@32+2 '24'}"},
    {"See 970814010223 and 121.125123, -90.234512.",
     "reference{970814010223 @4+12 '970814010223'}; reference{121.125123 @21+10 '121.125123'}; "
     "reference{90.234512 @34+9 '90.234512'}"},
    // Ranks.
    {"The first, 12th, twenty-first and third.",
     "ordinal{@4+5 'first'}; ordinal{@11+4 '12th'}; ordinal{@17+12 'twenty-first'}; ordinal{@34+5 "
     "'third'}"},
    // None and one.
    {"No one, no-one, nobody, none of them; no casualties, no injuries; no idea.",
     "count{0 @0+6 'No one'}; count{0 @8+6 'no-one'}; count{0 @16+6 'nobody'}; count{0 @24+4 "
     "'none'}; count{0 @38+2 'no'}; count{0 @53+2 'no'}"},
    {"One man died, one of the men fled, this one stayed, killing one.",
     "count{1 @0+3 'One'}; count{1 weak @14+3 'one'}; count{1 @60+3 'one'}"},
    {"The one you saw; one another; another one; one can see.", ""},
    // Multiples.
    {"Three times as high, a sixfold rise, 2\xc2\xbd times more.",
     "count{3 weak @0+5 'Three'}; count{2.5 weak @37+3 '2\xc2\xbd'}"},
    // Nothing to read.
    {"No numbers stand here, only words.", ""},
    // A live report's clock.
    {"0911: Our reporter is there.\n2222 No one left.\n1250 Workers left.\n1500 Homes Lost",
     "time{@0+4 '0911'}; time{@29+4 '2222'}; count{0 @34+6 'No one'}; count{1250 @47+4 '1250'}; "
     "count{1500 @66+4 '1500'}"},
    // Names that look like figures, figures that look like names.
    {"It is open 24/7 since 9/11; the Nasdaq 100 gained 2%; an A350-1000 jet; Guinea 12 killed by "
     "floods.",
     "name{24 @11+4 '24/7'}; name{9 @22+4 '9/11'}; name{100 @39+3 '100'}; percent{2 % @50+2 '2%'}; "
     "name{350 @58+8 '350-1000'}; count{12 @79+2 '12'}"},
    {"Free for children under 12 and men over 60; those aged 65 and over; fans over 40 streets.",
     "age{<=12 @18+8 'under 12'}; age{>=60 @35+7 'over 60'}; age{>=65 @55+11 '65 and over'}; "
     "count{>=40 @73+7 'over 40'}"},
    {"A $10 ticket and a $5 one.", "money{10 USD @2+3 '$10'}; money{5 USD @19+2 '$5'}"},
    {"Ann Lee, 17, of Ohio; Ann Lee, 17 of Ohio, turned 10 in May; the women, both 22, left.",
     "age{17 @9+2 '17'}; age{17 @31+2 '17'}; age{10 @50+2 '10'}; age{22 @77+2 '22'}"},
    {"Image 16 of 40; KXY 11 first told it; they called 911; http://news.example/15811613 said it.",
     "name{16 @6+2 '16'}; name{40 @12+2 '40'}; name{11 @20+2 '11'}; ordinal{@23+5 'first'}; "
     "reference{911 @50+3 '911'}; reference{15811613 @75+8 '15811613'}"},
    {"Call 1-800-555-TIPS, (816) 555-TIPS or 800-555-HELP; 3300 W Oak Dr; 1115 Mt. Oak Avenue",
     "reference{@5+14 '1-800-555-TIPS'}; reference{@21+14 '(816) 555-TIPS'}; reference{@39+12 "
     "'800-555-HELP'}; reference{@53+13 '3300 W Oak Dr'}; reference{@68+19 '1115 Mt. Oak Avenue'}"},
    {"Cope 13-year-old hurt; he said \"we saw 12\" twice.",
     "age{13 year @5+2 '13'}; count{12 @39+2 '12'}"},
    {"Call 0845 555 0134 now; an alleged 1996 massacre; Air Force One landed; a Bomb Kills Two In "
     "Town; in Kabul Two died.",
     "reference{@5+13 '0845 555 0134'}; date{@35+4 '1996'}; name{@60+3 'One'}; count{2 @85+3 "
     "'Two'}; count{2 @107+3 'Two'}"},
    {"They fled 0911: Ann Lee, Oslo 1025: Bo Ray, Rome", "time{@10+4 '0911'}; time{@30+4 '1025'}"},
};

TEST(NumberKinds, ReadsEachSentence) {
  for (const NumberCase& c : kCases) EXPECT_EQ(DumpNumbers(c.text), c.dump) << c.text;
}

}  // namespace
}  // namespace claimwatch
