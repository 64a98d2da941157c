// The fast reader against the plain one, on texts of every kind that is at hand: the data's own
// examples, the fuzzers' corpus, mixes of pieces and plain noise.
#include "tests/text/plain_reading.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "tests/text/dump.h"

namespace claimwatch {
namespace {

const PlainReader& Plain() {
  static const auto* const plain = new PlainReader(TestLexicon());
  return *plain;
}

void ExpectSame(const std::string& text, const std::string& where) {
  const Document document = ReadDocument(Field::kBody, std::string_view(text), TestLexicon());
  ASSERT_EQ(DifferenceFromPlain(Plain(), document), "") << where << ": " << text.substr(0, 400);
}

TEST(PlainReading, AgreesOnEveryFileOfTextHere) {
  int files = 0;
  for (const char* folder :
       {"/server/text/data", "/server/claims/data", "/tests/fuzz/corpus", "/tests/text"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(
             std::string(CLAIMWATCH_SOURCE_DIR) + folder)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string text((std::istreambuf_iterator<char>(in)), {});
      ASSERT_NO_FATAL_FAILURE(ExpectSame(text, entry.path().string()));
      ++files;
    }
  }
  EXPECT_GE(files, 20);
}

constexpr std::string_view kPieces[] = {
    "killed",
    "KILLED",
    "Injured",
    "a",
    "U.S.",
    "p.m",
    "e.g",
    "don't",
    "don&#8217;",
    "t",
    "'s",
    "\xe2\x80\x99s",
    "&rsquo;s",
    "'ll",
    "O'Brien",
    "1,300",
    "12",
    "2.5",
    "1.111,11",
    ".25",
    "12,34,567",
    "2,3000",
    "22,24,26",
    "1.300.000",
    "7.7.7",
    "0.125",
    "007",
    "&amp;",
    "&#163;",
    "&#xA0;",
    "&bogus;",
    "\xc2\xbd",
    "\xe2\x82\xac",
    "$",
    "%",
    "-",
    "--",
    "...",
    ".",
    ",",
    "\"",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\xc2\xa0",
    "\xff",
    "\xe2\x80",
    "\xd0\x9a",
    "\xc3\x89t\xc3\xa9",
    "internationalisation",
    "km/h",
    "sq. m",
    "&",
    "hospitalisations",
    "x",
    "Z",
    "&#10;",
    "&frac12;",
    "&#65;",
    "\xf0\x9f\x98\x80",
    "\x01",
};

TEST(PlainReading, AgreesOnAnyMixOfPieces) {
  std::mt19937_64 chance(20240301);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (std::uint64_t left = 1 + chance() % 16; left > 0; --left) {
      text += kPieces[chance() % std::size(kPieces)];
      if (chance() % 3 == 0) text += ' ';
    }
    ASSERT_NO_FATAL_FAILURE(ExpectSame(text, "round " + std::to_string(round)));
  }
}

TEST(PlainReading, AgreesOnNoise) {
  std::mt19937_64 chance(20240302);
  constexpr std::string_view kBytes = " .,-'&;#0123456789aAsSzZ\xe2\x80\x99\xc3\n";
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    const bool any = chance() % 4 == 0;
    for (std::uint64_t left = 1 + chance() % 40; left > 0; --left) {
      text += any ? static_cast<char>(chance()) : kBytes[chance() % kBytes.size()];
    }
    ASSERT_NO_FATAL_FAILURE(ExpectSame(text, "round " + std::to_string(round)));
  }
}

TEST(PlainReading, TellsADifference) {
  Document document = ReadDocument(Field::kBody, std::string_view("12 people"), TestLexicon());
  document.tokens[1].word = nullptr;
  EXPECT_EQ(DifferenceFromPlain(Plain(), document).substr(0, 22), "token 1 is 'people' ki");
  document.tokens.pop_back();
  EXPECT_EQ(DifferenceFromPlain(Plain(), document).substr(0, 18), "token 1 is nothing");
}

TEST(PlainReading, KnowsEveryWordInAnyCase) {
  for (std::uint32_t id = 1; id <= TestLexicon().size(); ++id) {
    const std::string lower(TestLexicon().Get(static_cast<WordId>(id)).text);
    std::string upper = lower;
    for (char& c : upper) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    EXPECT_EQ(Plain().Find(upper), TestLexicon().Find(lower)) << lower;
    EXPECT_EQ(TestLexicon().FindFolded(upper), TestLexicon().Find(lower)) << lower;
  }
}

}  // namespace
}  // namespace claimwatch
