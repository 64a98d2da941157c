// Passage: one sentence with its numbers, as the rules of this folder look at it.
//
// Cheap questions about a token ("is it a comma?", "which number covers it?"), all by index into
// the document's tokens; nothing is copied. Out-of-range tokens answer as an empty one, so that
// rules need no bounds of their own. Tested by tests/claims/measure_test.cc.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "server/claims/senses.h"
#include "server/text/document.h"
#include "server/text/number.h"

namespace claimwatch {

inline constexpr std::uint32_t kNoToken = ~0u;

struct Passage {
  static inline const Token kEmptyToken;
  const Document& doc;
  const Senses& senses;
  const std::vector<Number>& numbers;  // Of the document.
  // By token of the document: one more than the index of its number, or 0.
  const std::vector<std::uint32_t>& numbers_at;
  std::uint32_t first = 0;  // Tokens of the sentence.
  std::uint32_t end = 0;
  std::uint32_t first_number = 0;  // Numbers of the sentence.
  std::uint32_t end_number = 0;
  std::uint32_t opening = 0;  // Its first token behind a bullet or a dateline: FindOpening().
  bool shouted = false;       // In capitals, or with a capital for every word: IsShouted().

  bool Has(std::uint32_t i) const { return i >= first && i < end; }
  const Token& At(std::uint32_t i) const {  // The empty token when out of range.
    return Has(i) ? doc.tokens[i] : kEmptyToken;
  }
  const Word* WordAt(std::uint32_t i) const { return At(i).word; }
  const WordSense& Sense(std::uint32_t i) const { return senses.Of(WordAt(i)); }
  std::uint32_t Bits(std::uint32_t i) const {
    const Word* word = WordAt(i);
    return word == nullptr ? 0 : word->bits;
  }
  bool Is(std::uint32_t i, std::uint32_t any_of) const { return (Bits(i) & any_of) != 0; }
  Role RoleOf(std::uint32_t i) const {
    const Word* word = WordAt(i);
    return word == nullptr ? Role::kNone : word->role;
  }
  WordId Lemma(std::uint32_t i) const {
    const Word* word = WordAt(i);
    return word == nullptr ? WordId::kNone : word->lemma;
  }
  // Whether a list of the data holds the word; or the word with the one after it.
  bool In(std::uint32_t i, WordList list) const { return senses.In(WordAt(i), list); }
  bool IsPair(std::uint32_t i, WordList list) const {
    return In(i, list) && senses.ArePair(WordAt(i), WordAt(i + 1), list);
  }
  // Written with a capital that means something: in a shouted sentence no word of the language has
  // it.
  bool HasCapital(std::uint32_t i) const { return At(i).capitalised && !(shouted && Bits(i) != 0); }
  // Whether a list names it, a name spelt as here and unknown to the lexicon; linear in the names.
  bool IsNamed(std::uint32_t i, WordList list) const;
  // As written, but a word that the lexicon knows without its capitals.
  std::string_view Text(std::uint32_t i) const {
    const Token& token = At(i);
    return token.capitalised && token.word != nullptr ? token.word->text : doc.Surface(token);
  }
  std::string_view Surface(std::uint32_t i) const { return doc.Surface(At(i)); }
  // Whether it is `word`, or one of `words`, in whatever case; these are lower case.
  bool Says(std::uint32_t i, std::string_view word) const;
  bool SaysAny(std::uint32_t i, std::initializer_list<std::string_view> words) const;
  bool IsPunct(std::uint32_t i, char c) const {
    if (!Has(i)) return false;
    const Token& token = doc.tokens[i];
    return (token.span.size == 1 || token.entity) && doc.Surface(token)[0] == c;
  }
  bool IsDash(std::uint32_t i) const;    // A dash between words, not a hyphen inside one.
  bool IsHyphen(std::uint32_t i) const;  // Joins two words without white space.
  bool IsQuote(std::uint32_t i) const;

  // The number of the sentence whose tokens hold `i`, or null.
  const Number* NumberAt(std::uint32_t i) const {
    const std::uint32_t k = Has(i) ? numbers_at[i] : 0;
    return k > first_number && k <= end_number ? &numbers[k - 1] : nullptr;
  }
  // One past the bracket that closes the one at `i`; `i` + 1 where it is not closed soon.
  std::uint32_t AfterBracket(std::uint32_t i) const;
  // "May" as a month.
  bool IsMonthMay(std::uint32_t i) const;
  // An adverb of the lexicon, or an unknown word in -ly.
  bool IsAdverb(std::uint32_t i) const;
  // Ends as plurals do: "raids", not "pass" or "virus"; for words of which no more is known.
  bool HasPluralForm(std::uint32_t i) const;
  // The first token of the name that the "in" at `i` goes with: "in Torl", "in the Torl hills";
  // kNoToken: there is no "in" or no name.
  std::uint32_t NameAfterIn(std::uint32_t i) const;
  // May stand inside a noun phrase: noun, adjective, name, unknown word.
  bool NounLike(std::uint32_t i) const;
  // The words of tokens [begin, end).
  Span SpanOf(std::uint32_t begin, std::uint32_t end) const;
};

// "- [The] mayor", "LIMA, Jan 10 (Agency) - [The] mayor": where the sentence itself begins.
std::uint32_t FindOpening(const Passage& passage);
// "FLOOD KILLS 12 IN TORL", "Flood Kills 12 in Torl": its capitals tell no names. One pass over the
// sentence.
bool IsShouted(const Passage& passage);

}  // namespace claimwatch
