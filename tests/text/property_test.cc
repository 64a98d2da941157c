// What must hold for any bytes: spans inside the text and on token boundaries, in order, disjoint;
// sentences without gaps; the same answer twice; cost linear in the length of the text.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>

#include "server/text/number.h"
#include "tests/fakes/sanitized.h"
#include "tests/text/dump.h"

namespace claimwatch {
namespace {

// xorshift: the same bytes on every machine.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15ULL + 1) {}
  std::uint32_t Below(std::uint32_t bound) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<std::uint32_t>((state_ >> 32) % bound);
  }

 private:
  std::uint64_t state_;
};

void ExpectSound(const Document& d) {
  std::uint32_t at = 0;
  for (const Token& token : d.tokens) {
    ASSERT_GE(token.span.begin, at);
    ASSERT_GT(token.span.size, 0u);
    ASSERT_LE(token.span.end(), d.text.size());
    at = token.span.end();
  }
  std::uint32_t token = 0;
  for (const Sentence& sentence : d.sentences) {
    ASSERT_EQ(sentence.first, token);
    ASSERT_LT(sentence.first, sentence.end);
    ASSERT_TRUE(d.tokens[sentence.first].sentence_start);
    token = sentence.end;
  }
  ASSERT_EQ(token, d.tokens.size());
}

void ExpectSound(const Document& d, const std::vector<Number>& numbers) {
  std::uint32_t token = 0;
  for (const Number& n : numbers) {
    ASSERT_GE(n.first, token) << Dump(d, n);
    ASSERT_LT(n.first, n.end) << Dump(d, n);
    ASSERT_LE(n.end, n.unit_end) << Dump(d, n);
    ASSERT_LE(n.unit_end, n.per_end) << Dump(d, n);
    ASSERT_LE(n.per_end, d.tokens.size()) << Dump(d, n);
    ASSERT_EQ(d.SentenceOf(n.first), d.SentenceOf(n.per_end - 1)) << Dump(d, n);
    ASSERT_EQ(n.span, Join(d.tokens[n.first].span, d.tokens[n.end - 1].span)) << Dump(d, n);
    ASSERT_GE(n.digits.begin, n.span.begin) << Dump(d, n);
    ASSERT_LE(n.digits.end(), n.span.end()) << Dump(d, n);
    const Quantity& q = n.quantity;
    ASSERT_TRUE(!q.low || !q.high || *q.low <= *q.high) << Dump(d, n);
    token = n.per_end;
  }
}

void Check(const std::string& text) {
  const Document d = ReadDocument(Field::kBody, std::string_view(text), TestLexicon());
  ASSERT_NO_FATAL_FAILURE(ExpectSound(d));
  const std::vector<Number> numbers = FindNumbers(d, TestLexicon());
  ASSERT_NO_FATAL_FAILURE(ExpectSound(d, numbers));
  ASSERT_EQ(DumpNumbers(text), DumpNumbers(text));
}

constexpr std::string_view kPieces[] = {
    "on the Richter",
    "in excess of",
    "a minute or two",
    "2222",
    "bpd",
    "at least",
    "12",
    "1,300",
    "2.5",
    "million",
    "and",
    "a",
    "half",
    "dozen",
    "of",
    "between",
    "to",
    "-",
    "$",
    "US$",
    "\xc2\xa3",
    "%",
    "per cent",
    "per",
    "day",
    "miles",
    "or more",
    "more",
    "others",
    "year",
    "-",
    "old",
    ",",
    ".",
    "\n",
    "\n\n",
    "(",
    ")",
    "[",
    "]",
    "no",
    "one",
    "in",
    "five",
    "out",
    "tens",
    "thousands",
    "July",
    "4",
    "2016",
    "a.m.",
    "10",
    ":",
    "30",
    "/",
    "\\",
    "3",
    "th",
    "the",
    "third",
    "thirds",
    "point",
    "minus",
    "+",
    "#",
    "k",
    "bn",
    "lakh",
    "crore",
    "twenty",
    "hundred",
    "quake",
    "magnitude",
    "Boeing",
    "737",
    "Flight",
    "\"",
    "\xe2\x80\x9c",
    "\xe2\x80\x99",
    "\xc2\xbd",
    "e",
    "x",
    "^",
    "feet",
    "inches",
    "people",
    "were",
    "killed",
    "up",
    "from",
    "rose",
    "aged",
    "her",
    "s",
    "as many as",
    "couple",
    "several",
    "another",
    "Street",
    "block",
    "&nbsp;",
    "&amp;",
    "U.S.",
    "\xff",
    "\xe2\x80",
    "0",
    "007",
    "99999999999999999999",
    "1e9",
    "2,3000",
    "1.300.000",
    "22,24,26",
};

TEST(TextProperties, HoldForAnyMixOfPieces) {
  for (std::uint64_t seed = 1; seed <= 6000; ++seed) {
    Chance chance(seed);
    std::string text;
    for (std::uint32_t left = 1 + chance.Below(24); left > 0; --left) {
      text += kPieces[chance.Below(std::size(kPieces))];
      if (chance.Below(4) != 0) text += ' ';
    }
    SCOPED_TRACE("seed " + std::to_string(seed) + ": " + text);
    ASSERT_NO_FATAL_FAILURE(Check(text));
  }
}

TEST(TextProperties, HoldForAnyBytes) {
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    Chance chance(seed);
    std::string text(chance.Below(200), ' ');
    const bool ascii = chance.Below(2) == 0;
    for (char& c : text) c = static_cast<char>(chance.Below(ascii ? 128 : 256));
    SCOPED_TRACE("seed " + std::to_string(seed));
    ASSERT_NO_FATAL_FAILURE(Check(text));
  }
}

TEST(TextProperties, HoldForMutatedSentences) {
  const std::string sentence =
      "At least 1,300 people, including two dozen of the 40 policemen, were hurt on July 4, 2016 "
      "when between $2 billion and $3 billion (about 2.5bn euros) burned 22.5 miles from 12 Main "
      "Street; a 35-year-old man said: \"Half a million fled.\"";
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    Chance chance(seed);
    std::string text = sentence;
    for (std::uint32_t left = 1 + chance.Below(6); left > 0; --left) {
      const std::uint32_t at = chance.Below(static_cast<std::uint32_t>(text.size()));
      switch (chance.Below(3)) {
        case 0:
          text[at] = static_cast<char>(chance.Below(256));
          break;
        case 1:
          text.erase(at, 1 + chance.Below(8));
          break;
        default:
          text.insert(at, text.substr(chance.Below(static_cast<std::uint32_t>(text.size())), 9));
      }
      if (text.empty()) break;
    }
    SCOPED_TRACE("seed " + std::to_string(seed) + ": " + text);
    ASSERT_NO_FATAL_FAILURE(Check(text));
  }
}

// Hostile repetitions: four times the text may cost at most some four times the tokens' work.
TEST(TextProperties, ReadsEndlessRepetitionsInLinearTime) {
  for (const std::string_view piece :
       {"1,", "one hundred and ", "a half of a ", "1-", "$", "((((", "\" ", ". ", "between 1 and ",
        "1 000 ", "3/4/", "two-", "\n", "or so ", "as many as ", "A. ", "1.", "'s", "&amp"}) {
    std::string text;
    while (text.size() < 300'000) text += piece;
    const auto start = std::chrono::steady_clock::now();
    const Document d = ReadDocument(Field::kBody, std::string_view(text), TestLexicon());
    const std::vector<Number> numbers = FindNumbers(d, TestLexicon());
    const auto spent = std::chrono::steady_clock::now() - start;
    ASSERT_NO_FATAL_FAILURE(ExpectSound(d, numbers)) << piece;
    // Quadratic work would take minutes.
    EXPECT_LT(std::chrono::duration_cast<std::chrono::seconds>(spent).count(), 10 * kTimeFactor)
        << piece;
  }
}

}  // namespace
}  // namespace claimwatch
