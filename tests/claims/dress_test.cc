// Texts as they come: the same report in capitals, tokenised, in bullets, with entities left over,
// with curly quotes, non-breaking spaces, a dateline or broken lines is read the same.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

// One report a line; written plainly.
constexpr std::string_view kReports[] = {
    "A bomb killed at least 12 people and wounded 30 others in the market, police said.",
    "\"We have found 45 bodies,\" said the mayor's deputy. \"Some 200 people are still missing.\"",
    "The storm caused $2 billion-$3 billion in damage, and 1,300 homes were destroyed.",
    "More than 7,900 people were arrested, including 16 soldiers.",
    "Between 40 and 60 miners are trapped 500 metres below the ground.",
    "The toll rose to 164 from 103 on Monday; two-thirds of them were children.",
    "Dozens of villagers fled, but no one was hurt.",
    "The fire, which wasn't contained, destroyed twenty-two houses.",
    "The bank lent the city \xc2\xa3"
    "5.5 million at 4% a year.",
    "About 2.5 million people could lose power, the utility warned.",
    "Another three sailors drowned, bringing the number of dead to 19.",
    "The spill has reached 12,000 barrels a day, down from 15,000 barrels a day.",
    "Half a million people were displaced, the U.N. said.",
    "Among the dead were 12 children.",
    "Perhaps 200 relatives waited outside, officials said.",
    "There were 40 people in the hall when the roof fell on Monday.",
    "District attorney Ann Marlo said two men were badly hurt.",
    "Forecasters fear that winds of 120 mph may level 300 homes.",
};

using Dress = std::string (*)(std::string_view);

std::string Capitals(std::string_view text) {
  return absl::AsciiStrToUpper(absl::string_view(text.data(), text.size()));
}

// As a treebank has it: every mark a word of its own.
std::string Tokenised(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool digit_before = i > 0 && absl::ascii_isdigit(static_cast<unsigned char>(text[i - 1]));
    const bool digit_after =
        i + 1 < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[i + 1]));
    const bool inside = (c == ',' || c == '.') && digit_before && digit_after;
    const bool initial = c == '.' && i + 1 < text.size() && i > 0 &&
                         absl::ascii_isupper(static_cast<unsigned char>(text[i - 1]));
    if ((c == ',' || c == '.' || c == ';' || c == '"' || c == '$' || c == '%') && !inside &&
        !initial) {
      absl::StrAppend(&out, " ", std::string(1, c), " ");
    } else if (text.substr(i, 3) == "n't") {
      out += " n";
    } else if (text.substr(i, 2) == "'s") {
      out += " '";
    } else {
      out += c;
    }
  }
  return absl::StrReplaceAll(out, {{"   ", " "}, {"  ", " "}});
}

std::string Swap(std::string_view text,
                 std::initializer_list<std::pair<absl::string_view, absl::string_view>> pairs) {
  return absl::StrReplaceAll(absl::string_view(text.data(), text.size()), pairs);
}

std::string NamedEntities(std::string_view text) {
  std::string out = Swap(text, {{"'", "&rsquo;"},
                                {"\xc2\xa3", "&pound;"},
                                {"-$", "&ndash;$"},
                                {", and", ",&nbsp;and"},
                                {" people", "&nbsp;people"}});
  for (std::size_t at = 0, n = 0; (at = out.find('"', at)) != std::string::npos; ++n) {
    out.replace(at, 1, n % 2 == 0 ? "&ldquo;" : "&rdquo;");
  }
  return out;
}

std::string NumericEntities(std::string_view text) {
  return Swap(text, {{"'", "&#8217;"},
                     {"\"", "&#34;"},
                     {"\xc2\xa3", "&#163;"},
                     {"$", "&#36;"},
                     {"%", "&#37;"},
                     {"n-$", "n&#8211;$"},
                     {"12 ", "12&#160;"},
                     {"45 ", "45&#xA0;"}});
}

std::string Curly(std::string_view text) {
  std::string out = Swap(text, {{"'", "\xe2\x80\x99"}});
  for (std::size_t at = 0, n = 0; (at = out.find('"', at)) != std::string::npos; ++n) {
    out.replace(at, 1, n % 2 == 0 ? "\xe2\x80\x9c" : "\xe2\x80\x9d");
  }
  return out;
}

std::string NonBreaking(std::string_view text) { return Swap(text, {{" ", "\xc2\xa0"}}); }
std::string NarrowGroups(std::string_view text) {
  return Swap(text, {{"1,300",
                      "1\xe2\x80\xaf"
                      "300"},
                     {"7,900",
                      "7\xe2\x80\xaf"
                      "900"},
                     {"12,000",
                      "12\xe2\x80\xaf"
                      "000"},
                     {"15,000",
                      "15\xc2\xa0"
                      "000"}});
}
std::string Bullets(std::string_view text) { return absl::StrCat("In short:\n- ", Swap(text, {})); }
std::string Dots(std::string_view text) {
  return absl::StrCat("\xe2\x80\xa2 ", Swap(text, {}), "\n\xe2\x80\xa2 More follows.");
}
std::string Agency(std::string_view text) {
  return absl::StrCat("QUITO (Reuters) - ", Swap(text, {}));
}
std::string Network(std::string_view text) { return absl::StrCat("(CNN) -- ", Swap(text, {})); }
std::string DatedLine(std::string_view text) {
  return absl::StrCat("QUITO, Ecuador, March 3 \xe2\x80\x94 ", Swap(text, {}));
}
std::string Tabs(std::string_view text) { return Swap(text, {{" ", " \t "}}); }

// Broken at 40 columns, as in mail.
std::string Broken(std::string_view text, std::string_view line_end) {
  std::string out;
  std::size_t column = 0;
  for (const char c : text) {
    const bool at_end = c == ' ' && column >= 30;
    if (at_end) out += line_end;
    if (!at_end) out += c;
    column = at_end ? 0 : column + 1;
  }
  return out;
}
std::string Wrapped(std::string_view text) { return Broken(text, "\n"); }
std::string WrappedForWindows(std::string_view text) { return Broken(text, "\r\n"); }

constexpr std::pair<const char*, Dress> kDresses[] = {
    {"capitals", Capitals},
    {"tokenised", Tokenised},
    {"named entities", NamedEntities},
    {"numeric entities", NumericEntities},
    {"curly quotes", Curly},
    {"non-breaking spaces", NonBreaking},
    {"narrow spaces in numbers", NarrowGroups},
    {"bullets", Bullets},
    {"dots", Dots},
    {"dateline of an agency", Agency},
    {"dateline of a network", Network},
    {"dateline with a date", DatedLine},
    {"tabs", Tabs},
    {"wrapped", Wrapped},
    {"wrapped, CRLF", WrappedForWindows},
};

// What is read, without the words that a dress changes.
std::string Bare(const std::string& text) {
  const Article article = TestArticle(text);
  const ReadArticle read = ReadClaims(article, TestCatalogue());
  std::string out;
  for (const Claim& claim : read.claims) {
    Claim bare = claim;
    bare.subject = bare.attribution = bare.place = Phrase{};
    bare.time.phrase = Phrase{};
    bare.per.clear();
    absl::StrAppend(&out, out.empty() ? "" : "; ", Dump(bare, TestCatalogue()));
  }
  return out;
}

TEST(DressTest, TheSameReportReadsTheSameInEveryDress) {
  for (const std::string_view report : kReports) {
    const std::string plain = Bare(std::string(report));
    EXPECT_NE(plain, "") << report;
    for (const auto& [name, dress] : kDresses) {
      const std::string dressed = dress(report);
      EXPECT_EQ(Bare(dressed), plain) << name << ": " << dressed;
    }
  }
}

// A capital for every word makes no name of a road, a model or a newspaper.
TEST(DressTest, HeadlinesWithACapitalForEveryWord) {
  struct Case {
    std::string_view title, claims;
  };
  constexpr Case kCases[] = {
      {"12 Killed In Mill Street Fire", "killed 12 people total stated of people"},
      {"Gang Takes $9 Million In Cash From Mill Street Shop", "money 9000000 USD total stated"},
      {"Flu Sweeps North As Death Toll Climbs Past 90",
       "killed 91..* people total stated of people"},
  };
  for (const Case& c : kCases) EXPECT_EQ(Reads("", c.title), c.claims) << c.title;
  EXPECT_EQ(Reads("The Torl Daily News put the value of the hall at $380,000."),
            "money 380000 USD total stated by 'The Torl Daily News'");
}

// An aside between dashes is no dateline.
TEST(DressTest, ADashBehindAnOpeningIsNoDateline) {
  constexpr std::string_view kPlain = "Among the dead, officials said, were 12 children.";
  constexpr std::string_view kDashes = "Among the dead - officials said - were 12 children.";
  EXPECT_EQ(Bare(std::string(kDashes)), Bare(std::string(kPlain)));
}

}  // namespace
}  // namespace claimwatch
