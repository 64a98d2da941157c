// The parts that number reading is made of, one file each; private to server/text.
//
// A Line is one sentence as the number grammar sees it: roles instead of words, and safe to look
// past either end. An Amount is a number as it is written, without modifiers and units. Every
// function looks at a bounded number of tokens around its place, so that the whole stays linear.
// Tested by tests/text/number_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "server/text/number.h"
#include "server/text/roles.h"
#include "server/text/units.h"

namespace claimwatch::numbers {

// One sentence. Indices outside it are harmless: no role, no text, no word.
class Line {
 public:
  Line(const Document& document, std::uint32_t first, std::uint32_t end)
      : document_(&document), tokens_(document.tokens.data()), first_(first), end_(end) {}

  std::uint32_t first() const { return first_; }
  std::uint32_t end() const { return end_; }
  bool Has(std::uint32_t i) const { return i >= first_ && i < end_; }
  const Token& At(std::uint32_t i) const { return tokens_[i]; }  // Only where Has(i).
  const Word* WordAt(std::uint32_t i) const { return Has(i) ? tokens_[i].word : nullptr; }
  Role RoleAt(std::uint32_t i) const { return Has(i) ? tokens_[i].role : Role::kNone; }
  int ValueAt(std::uint32_t i) const {
    const Word* word = WordAt(i);
    return word == nullptr ? 0 : word->value;
  }
  bool Is(std::uint32_t i, std::uint32_t bits) const {
    const Word* word = WordAt(i);
    return word != nullptr && word->Is(bits);
  }
  std::string_view Text(std::uint32_t i) const {
    return Has(i) ? document_->Surface(tokens_[i]) : std::string_view();
  }
  // The lower-case form in the lexicon; empty for unknown words.
  std::string_view Lower(std::uint32_t i) const {
    const Word* word = WordAt(i);
    return word == nullptr ? std::string_view() : word->text;
  }
  bool Mark(std::uint32_t i, char c) const {
    if (!Has(i) || (tokens_[i].span.size != 1 && !tokens_[i].entity)) return false;
    return document_->Surface(tokens_[i])[0] == c;
  }
  bool Digits(std::uint32_t i) const { return Has(i) && tokens_[i].kind == TokenKind::kDigits; }
  bool IsWord(std::uint32_t i) const { return Has(i) && tokens_[i].kind == TokenKind::kWord; }
  bool Capitalised(std::uint32_t i) const { return Has(i) && tokens_[i].capitalised; }
  // Whether no white space stands between token i - 1 and token i.
  bool Glued(std::uint32_t i) const { return Has(i) && Has(i - 1) && !tokens_[i].space_before; }
  // Glued to a word, digits or a hyphen; a quotation mark or a bracket does not count.
  bool Attached(std::uint32_t i) const {
    return Glued(i) && (tokens_[i - 1].kind != TokenKind::kPunct || Dash(i - 1));
  }
  // A hyphen or a dash of any length, but not "--".
  bool Dash(std::uint32_t i) const;
  const Document& document() const { return *document_; }

 private:
  const Document* document_;
  const Token* tokens_;
  std::uint32_t first_;
  std::uint32_t end_;
};

// A number as it is written.
struct Amount {
  std::uint32_t first = 0;
  std::uint32_t end = 0;   // One past its last token.
  Decimal value;           // For a vague one: the least that it says.
  Decimal mantissa;        // What stands before the last magnitude: 2.5 of "2.5 million".
  int power = 0;           // That magnitude, as a power of ten; 0: none.
  bool vague = false;      // dozens, several hundred
  bool share = false;      // a fraction of a whole: "two thirds", "one in five", "half"
  bool digits = false;     // Written in digits (with or without a magnitude).
  bool plain = false;      // Nothing but one run of ungrouped digits: may be a year or a name.
  bool malformed = false;  // "2,3000"
};

// What a digits token says. `integer_size`: digits before the point.
struct DigitRun {
  Decimal value;
  int integer_size = 0;
  bool grouped = false;
  bool decimals = false;
  bool dotted = false;  // "10.02.2012", "192.168.1.2"
  bool malformed = false;
  bool thousand_point = false;  // "2.000": a decimal, or a thousand where halves make no sense
};
DigitRun ReadDigits(std::string_view text);

// a / b, to 15 digits. b is not zero.
Decimal Divide(const Decimal& a, const Decimal& b);
Decimal PowerOfTen(int power);

// number_digits.cc: an amount that starts with digits, up to its magnitude: "2.5", "3 200",
// "61, 000", "2 1/2", "2½", "1.3x10^6".
std::optional<Amount> ReadDigitAmount(const Line& line, std::uint32_t i);
// The power of ten of a suffix like "k", "m", "bn"; 0 if the token is none.
int SuffixPower(std::string_view text);

// number_words.cc: any amount that starts at token i; `join` lets "and" join its parts.
std::optional<Amount> ReadAmount(const Line& line, std::uint32_t i, bool join);
// The same without fractions and vague words: "a hundred and five", "2.5 million".
std::optional<Amount> ReadWholeNumber(const Line& line, std::uint32_t i, bool join);
// number_fractions.cc: "a third", "half a million", "three quarters"; `numerator` is empty for
// fractions that carry their own ("half").
std::optional<Amount> ReadHalf(const Line& line, std::uint32_t i);
// Whether a plural or plain fraction word stands at token i: "thirds", "half", "quarters".
bool FractionFollows(const Line& line, std::uint32_t i);
// Extends `amount` by a fraction word after it, or by "and a half".
void AddFraction(const Line& line, Amount* amount);
// Extends `amount` to "one in five", "two out of three".
void AddOutOf(const Line& line, Amount* amount);

// number_units.cc
struct UnitHit {
  UnitId unit = UnitId::kNone;
  std::uint32_t first = 0;
  std::uint32_t end = 0;  // One past its last token; 0: none found.
};
// The unit written from token i on, right after `amount`.
UnitHit ReadUnit(const Line& line, std::uint32_t i, const Amount& amount);
// The currency written right before token i, not before token `floor`.
UnitHit ReadCurrencyBefore(const Line& line, std::uint32_t i, std::uint32_t floor);
// One past "per day", "a gallon", "/kg" at token i; i when there is none.
std::uint32_t ReadPer(const Line& line, std::uint32_t i);

// An amount with its currency, sign and unit: one side of a range, or all of a figure.
struct Side {
  Amount amount;
  UnitHit currency;  // Before it.
  UnitId unit = UnitId::kNone;
  std::uint32_t first = 0;
  std::uint32_t end = 0;       // One past the number and the signs that belong to it.
  std::uint32_t unit_end = 0;  // One past its unit words.
};

// ranges.cc
Side ReadSide(const Line& line, const Amount& amount, std::uint32_t floor);
// Whether another side follows `a` and makes a range with it: then both are in order.
bool ReadRange(const Line& line, std::uint32_t floor, Side* a, Side* b);

// context.cc: what a figure is, seen from the words around it: sets kind, unit, reason and marks.
void Classify(const Line& line, std::uint32_t floor, Number* number);
// "no one", "none", "no" before people and harm: 0.
std::optional<Number> ReadNothing(const Line& line, std::uint32_t i);
// Whether the word "one" at token i is a pronoun or an idiom and no figure.
bool IsPronounOne(const Line& line, std::uint32_t i);

// modifiers.cc: widens `number` over its modifiers, sets its bound. `exact` is the plain value.
void ReadModifiers(const Line& line, std::uint32_t floor, Number* number);

// kinds.cc, dates.cc: number phrases that are no quantities, at token i.
std::optional<Number> ReadDate(const Line& line, std::uint32_t i, std::uint32_t floor);
std::optional<Number> ReadNumericDate(const Line& line, std::uint32_t i);
std::optional<Number> ReadTime(const Line& line, std::uint32_t i);

// Whether "8:30" opens at token i.
bool IsClock(const Line& line, std::uint32_t i);
std::optional<Number> ReadName(const Line& line, std::uint32_t i);
std::optional<Number> ReadScore(const Line& line, std::uint32_t i);
std::optional<Number> ReadReference(const Line& line, std::uint32_t i, std::uint32_t floor);
std::optional<Number> ReadOrdinal(const Line& line, std::uint32_t i);

// ages.cc: whether the number is an age: sets kind, reason and unit_end.
bool ReadAge(const Line& line, Number* number);
// Whether only commas, "and" and "or" stand between the two: members of one list.
bool InOneList(const Line& line, const Number& before, const Number& number);
// Makes an age of a bare number beside one: "ages 25, 26 and 33", "a 14 and a 19-year-old".
void SpreadAge(const Line& line, Number* before, Number* number);

// A Number over tokens [first, end) that is no quantity; `reason` is static.
Number NotAQuantity(const Line& line, std::uint32_t first, std::uint32_t end, NumberKind kind,
                    const char* reason);
// Sets the spans of `number` from its token range.
void SetSpan(const Line& line, Number* number);

}  // namespace claimwatch::numbers
