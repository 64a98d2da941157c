#include "server/story/roundup.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace claimwatch {
namespace {

constexpr std::size_t kSentencesRead = 2;  // Of the body.

constexpr std::array<std::string_view, 14> kIncidents = {
    "shootings", "homicides", "murders", "slayings",   "stabbings", "robberies", "burglaries",
    "assaults",  "crashes",   "wrecks",  "collisions", "drownings", "overdoses", "gunfights"};
// Several of these are a roundup only where the text says that they are apart.
constexpr std::array<std::string_view, 12> kApart = {
    "incidents", "fires",  "blazes",    "attacks",   "accidents", "cases",
    "events",    "scenes", "locations", "companies", "employers", "layoffs"};
constexpr std::array<std::string_view, 5> kSeparate = {"separate", "different", "unrelated",
                                                       "overnight", "weekend"};
constexpr std::array<std::string_view, 8> kSpread = {
    "across", "around", "throughout", "citywide", "statewide", "nationwide", "over", "this"};
constexpr std::array<std::string_view, 5> kRun = {"string", "rash", "spate", "wave", "series"};
constexpr std::array<std::string_view, 8> kBlamed = {"cause",  "causes", "caused",     "causing",
                                                     "linked", "tied",   "attributed", "blamed"};
constexpr std::array<std::string_view, 11> kSeveral = {
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "multiple", "several"};

template <std::size_t kSize>
bool In(const std::array<std::string_view, kSize>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// A window of words in lower case around the one at hand.
class Words {
 public:
  Words(const Document& document, std::uint32_t first, std::uint32_t end)
      : document_(document), first_(first), end_(end) {}

  // Empty outside of the sentence. Good until the next call for the same `slot`.
  std::string_view At(std::int64_t token) {
    if (token < first_ || token >= end_) return {};
    const auto index = static_cast<std::size_t>(token);
    const std::string_view text = document_.Surface(document_.tokens[index]);
    char* const folded = slots_[index % slots_.size()].data();
    const std::size_t size = std::min(text.size(), slots_[0].size());
    for (std::size_t i = 0; i < size; ++i) {
      folded[i] = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] | 0x20) : text[i];
    }
    return {folded, size};
  }
  bool IsNumber(std::int64_t token) const {
    return token >= first_ && token < end_ &&
           document_.tokens[static_cast<std::size_t>(token)].kind == TokenKind::kDigits;
  }

 private:
  const Document& document_;
  const std::int64_t first_;
  const std::int64_t end_;
  std::array<std::array<char, 16>, 8> slots_{};
};

// "has caused 12 crashes", "linked to three crashes": they are what one event is about.
bool IsBlamed(Words& words, std::int64_t at) {
  const std::string_view before = words.At(at - 1);
  if (In(kBlamed, before)) return true;
  return (before == "to" || before == "for") && In(kBlamed, words.At(at - 2));
}

// "three separate shootings", "weekend shootings", "a rash of shootings".
bool ToldBefore(Words& words, std::int64_t at, bool incident) {
  for (std::int64_t i = at - 1; i >= at - 3; --i) {
    const std::string_view word = words.At(i);
    if (In(kSeparate, word)) return true;
    if (!incident) continue;
    const bool several = In(kSeveral, word) || (words.IsNumber(i) && word != "1");
    if (several && !IsBlamed(words, i)) return true;
    if (In(kRun, word) && words.At(i + 1) == "of") return true;
  }
  return false;
}

// "shootings across the city", "homicides this year".
bool ToldAfter(Words& words, std::int64_t at) {
  return In(kSpread, words.At(at + 1)) || In(kSpread, words.At(at + 2)) ||
         In(kSpread, words.At(at + 3));
}

bool TellsSeveral(const Document& document, const Sentence& sentence) {
  Words words(document, sentence.first, sentence.end);
  for (std::uint32_t i = sentence.first; i < sentence.end; ++i) {
    const Token& token = document.tokens[i];
    if (token.kind != TokenKind::kWord || token.span.size < 5) continue;
    const std::string_view word = words.At(i);
    const bool incident = In(kIncidents, word);
    if (!incident && !In(kApart, word)) continue;
    if (ToldBefore(words, i, incident)) return true;
    if (incident && ToldAfter(words, i)) return true;
  }
  return false;
}

}  // namespace

bool IsRoundup(const Document& title, const Document& body, const std::vector<bool>& furniture) {
  for (const Sentence& sentence : title.sentences) {
    if (TellsSeveral(title, sentence)) return true;
  }
  std::size_t read = 0;
  for (std::size_t i = 0; i < body.sentences.size() && read < kSentencesRead; ++i) {
    if (furniture[i]) continue;
    ++read;
    if (TellsSeveral(body, body.sentences[i])) return true;
  }
  return false;
}

}  // namespace claimwatch
