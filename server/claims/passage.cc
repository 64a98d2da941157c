#include "server/claims/passage.h"

#include <algorithm>

#include "absl/strings/match.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kBracketMax = 40;  // Tokens in a bracket that is read past.

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
  return absl::EqualsIgnoreCase(absl::string_view(text.data(), text.size()),
                                absl::string_view(word.data(), word.size()));
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
  return Text(i) == "May" && (i != first || NumberAt(i) != nullptr);
}

bool Passage::HasPluralForm(std::uint32_t i) const {
  const std::string_view text = Text(i);
  if (text.size() <= 3 || text.back() != 's') return false;
  const char before = text[text.size() - 2];
  return before != 's' && before != 'u';
}

std::uint32_t Passage::NameAfterIn(std::uint32_t i) const {
  if (RoleOf(i) != Role::kIn) return kNoToken;
  const std::uint32_t name = RoleOf(i + 1) == Role::kThe ? i + 2 : i + 1;
  return At(name).capitalised ? name : kNoToken;
}

bool Passage::IsAdverb(std::uint32_t i) const {
  if (!Has(i) || At(i).kind != TokenKind::kWord) return false;
  if (Bits(i) != 0) return Is(i, kAdverb);
  const std::string_view text = Text(i);
  return text.size() > 4 && text.substr(text.size() - 2) == "ly" && !At(i).capitalised;
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

}  // namespace claimwatch
