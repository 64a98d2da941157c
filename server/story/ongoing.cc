#include "server/story/ongoing.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace claimwatch {
namespace {

constexpr std::int64_t kLeadSentences = 3;  // Where what the article is about is named.

// What goes on for weeks: in headline and lead the word alone is enough.
constexpr std::array<std::string_view, 10> kLong = {
    "outbreak",   "epidemic",   "pandemic",  "uprising", "rebellion",
    "insurgency", "revolution", "crackdown", "famine",   "drought"};
// What an article may look back on as the beginning of its event.
constexpr std::array<std::string_view, 34> kEvents = {
    "outbreak", "epidemic", "pandemic",       "uprising",   "rebellion", "insurgency", "revolution",
    "war",      "conflict", "crackdown",      "unrest",     "protests",  "protest",    "revolt",
    "violence", "fighting", "crisis",         "siege",      "strike",    "standoff",   "blockade",
    "spill",    "leak",     "quake",          "earthquake", "tsunami",   "disaster",   "flood",
    "floods",   "flooding", "demonstrations", "offensive",  "invasion",  "eruption"};
constexpr std::array<std::string_view, 6> kBegan = {"began",   "begun",    "started",
                                                    "erupted", "outbreak", "broke"};
constexpr std::array<std::string_view, 14> kGoesOn = {
    "leaking", "gushing", "pouring", "spewing", "spilling", "flowing", "spreading",
    "burning", "raging",  "rising",  "missing", "trapped",  "flooded", "fighting"};
constexpr std::array<std::string_view, 18> kRises = {
    "rise",    "rises",   "rose",    "risen",  "rising", "climb",    "climbs",  "climbed", "mounts",
    "mounted", "reaches", "reached", "passes", "passed", "bringing", "brought", "grows",   "grown"};

template <std::size_t kSize>
bool In(const std::array<std::string_view, kSize>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// One sentence, its words asked for in lower case.
class Words {
 public:
  Words(const Document& document, const Sentence& sentence)
      : document_(document), first_(sentence.first), end_(sentence.end) {}

  // Empty outside of the sentence. Good until the call after the next seven.
  std::string_view At(std::int64_t token) {
    if (token < first_ || token >= end_) return {};
    const std::string_view text = document_.Surface(document_.tokens[At0(token)]);
    char* const folded = slots_[At0(token) % slots_.size()].data();
    const std::size_t size = std::min(text.size(), slots_[0].size());
    for (std::size_t i = 0; i < size; ++i) {
      folded[i] = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] | 0x20) : text[i];
    }
    return {folded, size};
  }
  // Whether one of the `count` words ahead of the token is in the list.
  template <std::size_t kSize>
  bool Precedes(const std::array<std::string_view, kSize>& words, std::int64_t token, int count) {
    for (int i = 1; i <= count; ++i) {
      if (In(words, At(token - i))) return true;
    }
    return false;
  }
  // Whether one of the `count` words behind the token is in the list.
  template <std::size_t kSize>
  bool Follows(const std::array<std::string_view, kSize>& words, std::int64_t token, int count) {
    for (int i = 1; i <= count; ++i) {
      if (In(words, At(token + i))) return true;
    }
    return false;
  }

 private:
  static std::size_t At0(std::int64_t token) { return static_cast<std::size_t>(token); }

  const Document& document_;
  const std::int64_t first_;
  const std::int64_t end_;
  std::array<std::array<char, 24>, 8> slots_{};
};

bool IsSpan(std::string_view word) { return word == "days" || word == "weeks" || word == "months"; }

// "six-week-old uprising", whole or in pieces.
bool IsOld(Words& words, std::int64_t at, std::string_view word) {
  constexpr std::array<std::string_view, 6> kUnits = {"day",  "week",  "month",
                                                      "days", "weeks", "months"};
  if (word == "old") return words.Precedes(kUnits, at, 3);
  return word.ends_with("week-old") || word.ends_with("month-old") || word.ends_with("day-old");
}

bool TellsOf(Words& words, std::int64_t at, std::string_view word) {
  switch (word[0]) {
    case 's':
      if (word == "since") {
        return words.Follows(kBegan, at, 4) || words.Follows(kEvents, at, 3) ||
               words.Precedes(kEvents, at, 4);
      }
      if (word == "started") return words.Precedes(kEvents, at, 2);
      return word == "still" && words.Follows(kGoesOn, at, 1);
    case 't':
      return word == "toll" && words.Follows(kRises, at, 6);
    case 'b':
    case 'e':
      if (In(kBegan, word)) return words.Precedes(kEvents, at, 2);
      break;
    case 'd':
    case 'w':
    case 'm': {
      if (!IsSpan(word)) break;
      const std::string_view next = words.At(at + 1);
      const bool spans = next == "of" || next == "after" || next == "into" || next == "since";
      return spans && words.Follows(kEvents, at + 1, 3);
    }
    case 'o':
      if (word == "ongoing" || word == "on-going") return words.Follows(kEvents, at, 2);
      break;
    default:
      break;
  }
  return IsOld(words, at, word) && words.Follows(kEvents, at, 2);
}

// The words that TellsOf looks at any closer, but for the pieces of "six-week-old".
constexpr std::array<std::string_view, 14> kTelling = {
    "since", "started", "still", "toll",   "began",   "begun",    "erupted",
    "broke", "days",    "weeks", "months", "ongoing", "on-going", "old"};

// Words by their first two letters and their length.
class Outlines {
 public:
  template <std::size_t kSize>
  constexpr Outlines& Add(const std::array<std::string_view, kSize>& words) {
    for (const std::string_view word : words) {
      lengths_[At(word)] |= 1u << word.size();
    }
    return *this;
  }
  bool Hold(std::string_view word) const {
    if (word.size() >= 32 || !IsLetter(word[0]) || !IsLetter(word[1])) return false;
    return (lengths_[At(word)] >> word.size() & 1) != 0;
  }

 private:
  static constexpr std::size_t Letter(char c) {
    return static_cast<std::size_t>((static_cast<unsigned char>(c) | 0x20) - 'a');
  }
  static constexpr bool IsLetter(char c) { return Letter(c) < 26; }
  static constexpr std::size_t At(std::string_view word) {
    return Letter(word[0]) * 26 + Letter(word[1]);
  }
  std::array<std::uint32_t, 26 * 26> lengths_{};
};

// Most words are not looked at any closer.
bool MayTell(const Token& token, std::string_view text, bool lead) {
  static constexpr Outlines kEverywhere = Outlines().Add(kTelling);
  static constexpr Outlines kInLead = Outlines().Add(kTelling).Add(kLong);
  if (token.kind != TokenKind::kWord || text.size() < 3) return false;
  if ((lead ? kInLead : kEverywhere).Hold(text)) return true;
  return text.size() >= 7 && text[text.size() - 4] == '-';  // "six-week-old".
}

bool Tells(const Document& document, const Sentence& sentence, bool lead) {
  Words words(document, sentence);
  for (std::int64_t i = sentence.first; i < sentence.end; ++i) {
    const Token& token = document.tokens[static_cast<std::size_t>(i)];
    const std::string_view text = document.Surface(token);
    if (!MayTell(token, text, lead)) continue;
    const std::string_view word = words.At(i);
    if (TellsOf(words, i, word)) return true;
    if (lead && In(kLong, word)) return true;
  }
  return false;
}

}  // namespace

bool IsOngoing(const Document& title, const Document& body, const std::vector<bool>& furniture) {
  for (const Sentence& sentence : title.sentences) {
    if (Tells(title, sentence, true)) return true;
  }
  std::int64_t read = 0;
  for (std::size_t i = 0; i < body.sentences.size(); ++i) {
    if (furniture[i]) continue;
    if (Tells(body, body.sentences[i], read++ < kLeadSentences)) return true;
  }
  return false;
}

}  // namespace claimwatch
