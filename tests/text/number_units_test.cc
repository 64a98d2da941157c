// Units beside numbers: money, shares, measurements, quakes, durations, rates.
#include <gtest/gtest.h>

#include "server/text/number.h"
#include "tests/text/dump.h"

namespace claimwatch {
namespace {

constexpr NumberCase kCases[] = {
    // Money.
    {"$24 billion, US$58.24, A$6.6 million, $A82,615, C$5, HK $3.7 billion, NZ$2",
     "money{24000000000 USD @0+11 '$24 billion'}; money{58.24 USD @13+8 'US$58.24'}; money{6600000 "
     "AUD @23+13 'A$6.6 million'}; money{82615 AUD @38+8 '$A82,615'}; money{5 CAD @48+3 'C$5'}; "
     "money{3700000000 HKD @53+15 'HK $3.7 billion'}; money{2 NZD @70+4 'NZ$2'}"},
    {"\xc2\xa3"
     "5m, \xe2\x82\xac"
     "300, \xe2\x82\xb9"
     "12,34,567 crore, \xc2\xa5"
     "100, Rs 200, RM23.50, EUR 300m, USD10m, 110 JPY",
     "money{5000000 GBP @0+4 '\xc2\xa3"
     "5m'}; money{300 EUR @6+6 '\xe2\x82\xac"
     "300'}; money{12345670000000 INR @14+18 '\xe2\x82\xb9"
     "12,34,567 crore'}; money{100 JPY @34+5 '\xc2\xa5"
     "100'}; money{200 INR @41+6 'Rs 200'}; money{23.5 MYR @49+7 'RM23.50'}; money{300000000 EUR "
     "@58+8 'EUR 300m'}; money{10000000 USD @68+6 'USD10m'}; money{110 JPY @76+3 '110'}"},
    {"1,200\xe2\x82\xac, 10 $, 50 dollars, 4,315 billion VND, 521 million pesos, 1.5 billion "
     "rupiah",
     "money{1200 EUR @0+8 '1,200\xe2\x82\xac'}; money{10 USD @10+4 '10 $'}; money{50 USD @16+2 "
     "'50'}; money{4315000000000 VND @28+13 '4,315 billion'}; money{521000000 peso @47+11 '521 "
     "million'}; money{1500000000 IDR @66+11 '1.5 billion'}"},
    {"10.5 million Australian dollars, 20 Swiss francs, 118.5p, 68 pence, 19 cents",
     "money{10500000 AUD @0+12 '10.5 million'}; money{20 CHF @33+2 '20'}; money{118.5 penny @50+5 "
     "'118.5'}; money{68 penny @58+2 '68'}; money{19 cent @68+2 '19'}"},
    {"Fines of #13.5m were paid to caller #5.",
     "money{13500000 GBP @9+6 '#13.5m'}; count{5 @37+1 '5'}"},
    {"Thirteen dollars and forty-five cents, or 3 dollars 50 cents.",
     "money{13.45 USD @0+31 'Thirteen dollars and forty-five'}; money{3.5 USD @42+12 '3 dollars "
     "50'}"},
    {"75 USD million and 30 MUSD", "money{75000000 USD @0+2 '75'}; money{30000000 USD @19+2 '30'}"},
    // Percent.
    {"12%, 12 %, 40 per cent, 40 percent, 48 pct, 3 percentage points, 25 basis points",
     "percent{12 % @0+3 '12%'}; percent{12 % @5+4 '12 %'}; percent{40 % @11+2 '40'}; percent{40 % "
     "@24+2 '40'}; percent{48 % @36+2 '48'}; percent{3 pp @44+1 '3'}; percent{25 bp @65+2 '25'}"},
    {"\xe2\x88\x92"
     "3.5 %, minus five percent and plus or minus 20%",
     "percent{-3.5 % @0+8 '\xe2\x88\x92"
     "3.5 %'}; percent{-5 % @10+10 'minus five'}; percent{20 % @47+3 '20%'}"},
    // Measurements.
    {"22 miles, 5-mile, 10 nautical miles, 6 ft 2 in, 5 feet and 2 inches, 16.25 nanometres",
     "measurement{22 mi @0+2 '22'}; measurement{5 mi @10+1 '5'}; measurement{10 nmi @18+2 '10'}; "
     "measurement{6 ft @37+1 '6'}; count{2 @42+1 '2'}; measurement{5.16666666666667 ft @48+12 '5 "
     "feet and 2'}; measurement{16.25 nm @69+5 '16.25'}"},
    {"5,000 sq km, 1520 sq m, 12 hectares, 3 acres, 24.5 cubic feet",
     "measurement{5000 km\xc2\xb2 @0+5 '5,000'}; measurement{1520 m\xc2\xb2 @13+4 '1520'}; "
     "measurement{12 ha @24+2 '12'}; measurement{3 acre @37+1 '3'}; measurement{24.5 cu ft @46+4 "
     "'24.5'}"},
    {"150 mph, 80km/h, 15 kilometres per hour, 40 knots",
     "measurement{150 mph @0+3 '150'}; measurement{80 km/h @9+2 '80'}; measurement{15 km/h @17+2 "
     "'15'}; measurement{40 knot @41+2 '40'}"},
    {"40 degrees, 30\xc2\xb0"
     "C, 98.6 degrees Fahrenheit, minus 5 Celsius, 12 C",
     "measurement{40 \xc2\xb0 @0+2 '40'}; measurement{30 \xc2\xb0"
     "C @12+5 '30\xc2\xb0"
     "C'}; measurement{98.6 \xc2\xb0"
     "F @19+4 '98.6'}; measurement{-5 \xc2\xb0"
     "C @44+7 'minus 5'}; measurement{12 \xc2\xb0"
     "C @61+2 '12'}"},
    {"200 pounds of flour, a 500-pound bomb, 40 million pounds of cargo",
     "measurement{200 lb @0+3 '200'}; measurement{500 lb @23+3 '500'}; money{40000000 GBP @39+10 "
     "'40 million'}"},
    {"9.3 tonnes, 25lbs, 20 (kg), 7.62mm, 64GB, 120Hz, 450 Nm, 5 volts",
     "measurement{9.3 t @0+3 '9.3'}; measurement{25 lb @12+2 '25'}; measurement{20 kg @19+2 '20'}; "
     "measurement{7.62 mm @28+4 '7.62'}; measurement{64 GB @36+2 '64'}; measurement{120 Hz @42+3 "
     "'120'}; measurement{450 Nm @49+3 '450'}; measurement{5 V @57+1 '5'}"},
    {"35 GWh, 1,000 megawatts, 296 horsepower",
     "measurement{35 GWh @0+2 '35'}; measurement{1000 MW @8+5 '1,000'}; measurement{296 hp @25+3 "
     "'296'}"},
    // Quakes.
    {"A 7.6-magnitude quake; magnitude-7.6; a magnitude of 6.1; 7.6 on the Richter scale; a 6.4 "
     "quake.",
     "measurement{7.6 magnitude @2+3 '7.6'}; measurement{7.6 magnitude @33+3 '7.6'}; "
     "measurement{6.1 magnitude @53+3 '6.1'}; measurement{7.6 magnitude @58+3 '7.6'}; "
     "measurement{6.4 magnitude @86+3 '6.4'}"},
    // Durations.
    {"29 hours, three weeks, a 12-year term, 30 seconds, 3.5 seconds, half a decade",
     "duration{29 hour @0+2 '29'}; duration{3 week @10+5 'three'}; duration{12 year @25+2 '12'}; "
     "duration{30 s @39+2 '30'}; duration{3.5 s @51+3 '3.5'}; duration{0.5 decade @64+6 'half a'}"},
    {"The two second homes took one second.",
     "count{2 @4+3 'two'}; ordinal{@8+6 'second'}; duration{1 s @26+3 'one'}"},
    // Rates.
    {"325,000 barrels per day, $15 an hour, $2 a gallon, 8 per 100,000 people, 20 km a day",
     "measurement{325000 barrel per day @0+7 '325,000'}; money{15 USD per hour @25+3 '$15'}; "
     "money{2 USD per gallon @38+2 '$2'}; count{8 per 100,000 people @51+1 '8'}; measurement{20 km "
     "per day @73+2 '20'}"},
    // Compounds.
    {"A 15-member council, a two-storey house and a 200-strong unit.",
     "count{15 compound @2+2 '15'}; count{2 compound @23+3 'two'}; count{200 compound @46+3 "
     "'200'}"},
    {"The well spilled 450,000 bpd, or 20 barrels an hour, and 8 per 100,000 people fled.",
     "measurement{450000 barrel per day @17+7 '450,000'}; measurement{20 barrel per hour @33+2 "
     "'20'}; count{8 per 100,000 people @57+1 '8'}"},
    {"It read 6.1 on the Richter; 7.6 on the Richter scale.",
     "measurement{6.1 magnitude @8+3 '6.1'}; measurement{7.6 magnitude @28+3 '7.6'}"},
};

TEST(NumberUnits, ReadsEachSentence) {
  for (const NumberCase& c : kCases) EXPECT_EQ(DumpNumbers(c.text), c.dump) << c.text;
}

}  // namespace
}  // namespace claimwatch
