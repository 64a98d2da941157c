#include "server/claims/passage.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kBracketMax = 40;   // Tokens in a bracket that is read past.
constexpr std::uint32_t kDatelineMax = 16;  // Likewise.

}  // namespace

bool Passage::IsHyphen(std::uint32_t i) const {
  if (!Has(i) || At(i).kind != TokenKind::kPunct) return false;
  const std::string_view text = Text(i);
  if (text != "-" && text != "\xE2\x80\x90" && text != "\xE2\x80\x91") return false;
  return !At(i).space_before && Has(i + 1) && !At(i + 1).space_before;
}

bool Passage::IsDash(std::uint32_t i) const {
  if (!Has(i) || At(i).kind != TokenKind::kPunct || IsHyphen(i)) return false;
  const std::string_view text = Text(i);
  return text == "-" || text == "--" || text == "\xE2\x80\x93" || text == "\xE2\x80\x94";
}

bool Passage::IsQuote(std::uint32_t i) const {
  if (!Has(i) || At(i).kind != TokenKind::kPunct) return false;
  const std::string_view text = Text(i);
  return text == "\"" || text == "'" || text == "`" || text == "``" || text == "''" ||
         (text.size() == 3 && text.substr(0, 2) == "\xE2\x80" && text[2] >= '\x98' &&
          text[2] <= '\x9F');
}

bool Passage::Says(std::uint32_t i, std::string_view word) const {
  const std::string_view text = Text(i);
  return text.size() == word.size() &&
         absl::EqualsIgnoreCase({text.data(), text.size()}, {word.data(), word.size()});
}

bool Passage::SaysAny(std::uint32_t i, std::initializer_list<std::string_view> words) const {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return Says(i, word); });
}

std::uint32_t Passage::AfterBracket(std::uint32_t i) const {
  for (std::uint32_t k = i + 1; k < i + kBracketMax && Has(k); ++k) {
    if (IsPunct(k, ')')) return k + 1;
  }
  return i + 1;
}

bool Passage::IsNamed(std::uint32_t i, WordList list) const {
  if (WordAt(i) != nullptr || !At(i).capitalised) return false;
  for (const NameSense& named : senses.names) {
    if (named.list == list && named.name == Text(i)) return true;
  }
  return false;
}

bool Passage::IsMonthMay(std::uint32_t i) const {
  if (Surface(i) != "May") return false;
  return NumberAt(i) != nullptr || (i != first && !shouted);
}

bool Passage::HasPluralForm(std::uint32_t i) const {
  const std::string_view text = Text(i);
  if (text.size() <= 3 || absl::ascii_tolower(text.back()) != 's') return false;
  const char before = absl::ascii_tolower(text[text.size() - 2]);
  return before != 's' && before != 'u';
}

std::uint32_t Passage::NameAfterIn(std::uint32_t i) const {
  if (RoleOf(i) != Role::kIn) return kNoToken;
  const std::uint32_t name = RoleOf(i + 1) == Role::kThe ? i + 2 : i + 1;
  return HasCapital(name) ? name : kNoToken;
}

bool Passage::IsAdverb(std::uint32_t i) const {
  if (!Has(i) || At(i).kind != TokenKind::kWord) return false;
  if (Bits(i) != 0) return Is(i, kAdverb);
  if (At(i).capitalised && !shouted) return false;
  const std::string_view text = Text(i);
  return text.size() > 4 && absl::EndsWithIgnoreCase({text.data(), text.size()}, "ly");
}

bool Passage::NounLike(std::uint32_t i) const {
  if (!Has(i)) return false;
  const Token& token = At(i);
  if (token.kind != TokenKind::kWord || NumberAt(i) != nullptr) return false;
  if (token.word == nullptr) return true;
  const std::uint32_t bits = token.word->bits;
  if (bits & (kNoun | kAdjective)) return true;
  constexpr std::uint32_t kOthers = kPreposition | kConjunction | kPronoun | kModal | kAuxiliary |
                                    kDeterminer | kVerb | kAdverb | kNumberWord;
  return (bits & kOthers) == 0;
}

Span Passage::SpanOf(std::uint32_t begin, std::uint32_t end_token) const {
  if (begin >= end_token || !Has(begin)) return {};
  return Join(doc.tokens[begin].span, doc.tokens[end_token - 1].span);
}

std::uint32_t FindOpening(const Passage& passage) {
  std::uint32_t first = passage.first;
  if (passage.IsDash(first) || passage.IsPunct(first, '*') ||
      passage.Surface(first) == "\xE2\x80\xA2" || passage.Surface(first) == "\xC2\xB7") {
    ++first;
  }
  // "Among the dead - they said - were 12": a dateline begins with a name.
  if (passage.Is(first, kPreposition | kConjunction | kAdverb) ||
      passage.RoleOf(first) == Role::kOf || passage.RoleOf(first) == Role::kIn ||
      passage.RoleOf(first) == Role::kAt) {
    return first;
  }
  for (std::uint32_t i = first; i < first + kDatelineMax && passage.Has(i); ++i) {
    if (passage.At(i).kind == TokenKind::kPunct && passage.IsDash(i)) return i + 1;
  }
  return first;
}

bool IsShouted(const Passage& passage) {
  constexpr std::uint32_t kSmallInTitles =
      kPreposition | kConjunction | kPronoun | kDeterminer | kModal | kAuxiliary;
  std::uint32_t words = 0, capitals = 0;
  for (std::uint32_t i = passage.first + 1; i < passage.end; ++i) {
    if (passage.Bits(i) == 0 || passage.Is(i, kSmallInTitles | kMonth | kWeekday)) continue;
    ++words;
    if (passage.At(i).capitalised) ++capitals;
    if ((words - capitals) * 5 > passage.end - passage.first) return false;  // Whatever follows.
  }
  const std::uint32_t enough = passage.doc.field == Field::kTitle ? 3 : 4;
  return words >= enough && capitals * 5 >= words * 4;
}

}  // namespace claimwatch
