#include "server/ledger/words.h"

#include <algorithm>
#include <array>
#include <bitset>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "server/story/common_words.h"

namespace claimwatch {
namespace {

constexpr std::size_t kWindowWords = 10;  // Words on either side of the number that are looked at.
constexpr std::size_t kNextWords = 2;     // Those that count twice.
constexpr double kOneSpeaker = 0.6;

bool IsWordByte(char c) {
  const unsigned char byte = static_cast<unsigned char>(c);
  return absl::ascii_isalnum(byte) || c == '-' || c == '\'' || byte >= 0x80;
}

std::uint16_t WeightOf(std::uint32_t hash) {
  switch (CommonnessOf(hash)) {
    case Commonness::kFunction:
      return 0;
    case Commonness::kFrequent:
      return 2;
    case Commonness::kCommon:
      return 3;
    case Commonness::kOccasional:
    case Commonness::kRare:
      return 4;
  }
  return 0;
}

// Sorted and unique; of equal words the heavier one stays.
void Tidy(WordWeights& words) {
  std::sort(words.begin(), words.end(), [](const WordWeight& a, const WordWeight& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.weight > b.weight;
  });
  const auto same = [](const WordWeight& a, const WordWeight& b) { return a.hash == b.hash; };
  words.erase(std::unique(words.begin(), words.end(), same), words.end());
}

void AddWord(std::uint32_t hash, int times, WordWeights& words) {
  const int weight = WeightOf(hash) * times;
  if (weight > 0) words.push_back({hash, static_cast<std::uint16_t>(weight)});
}

WordWeights WordsOf(std::string_view phrase) {
  WordWeights words;
  for (std::size_t at = 0;;) {
    const std::string_view word = NextWord(phrase, &at);
    if (word.empty()) break;
    AddWord(FoldedHash(word), 1, words);
  }
  Tidy(words);
  return words;
}

// Hashes of the words that say how many, sorted; and a bit for each, which most other words lack.
struct NumberHashes {
  std::vector<std::uint32_t> all;
  std::bitset<4096> seen;
};
const NumberHashes& NumberWords() {
  static const NumberHashes* const hashes = [] {
    static constexpr std::array<std::string_view, 38> kWords = {
        "one",     "two",     "three",  "four",    "five",   "six",       "seven",   "eight",
        "nine",    "ten",     "eleven", "twelve",  "dozen",  "score",     "hundred", "thousand",
        "million", "billion", "about",  "around",  "nearly", "almost",    "roughly", "some",
        "over",    "more",    "than",   "least",   "most",   "up",        "total",   "estimated",
        "another", "other",   "others", "further", "least",  "additional"};
    auto* made = new NumberHashes;
    for (const std::string_view word : kWords) {
      made->all.push_back(FoldedHash(word));
      made->seen.set(made->all.back() % made->seen.size());
    }
    std::sort(made->all.begin(), made->all.end());
    return made;
  }();
  return *hashes;
}

bool CountsHash(std::uint32_t hash) {
  const NumberHashes& words = NumberWords();
  return words.seen.test(hash % words.seen.size()) &&
         std::binary_search(words.all.begin(), words.all.end(), hash);
}

}  // namespace

std::string_view NextWord(std::string_view text, std::size_t* at) {
  while (*at < text.size() && !IsWordByte(text[*at])) ++*at;
  const std::size_t begin = *at;
  while (*at < text.size() && IsWordByte(text[*at])) ++*at;
  std::string_view word = text.substr(begin, *at - begin);
  if (word.size() > 2 && (word.ends_with("'s") || word.ends_with("'S"))) word.remove_suffix(2);
  while (!word.empty() && (word.back() == '-' || word.back() == '\'')) word.remove_suffix(1);
  if (word.empty() && begin < *at) return NextWord(text, at);  // A lone dash.
  return word;
}

bool SaysHowMany(std::string_view word) {
  return absl::ascii_isdigit(static_cast<unsigned char>(word.front())) ||
         CountsHash(FoldedHash(word));
}

bool SaysAny(std::string_view sentence, absl::Span<const std::string_view> phrases) {
  std::uint32_t first_letters = 0;
  for (const std::string_view phrase : phrases) first_letters |= 1u << (phrase.front() & 31);
  const auto byte_at = [&](std::size_t at) { return static_cast<unsigned char>(sentence[at]); };
  const std::size_t size = sentence.size();
  for (std::size_t at = 0; at < size; ++at) {
    // Brackets and quotation marks may stand ahead of a word, and what follows it is skipped.
    while (at < size && !absl::ascii_isalnum(byte_at(at))) ++at;
    if (at == size) break;
    const std::size_t begin = at;
    while (at < size && byte_at(at) > ' ') ++at;
    const unsigned char byte = byte_at(begin);
    if ((first_letters >> (byte & 31) & 1) == 0) continue;
    for (const std::string_view phrase : phrases) {
      if ((phrase.front() & 31) != (byte & 31)) continue;
      const std::string_view here = sentence.substr(begin, phrase.size());
      if (absl::EqualsIgnoreCase(absl::string_view(here.data(), here.size()),
                                 absl::string_view(phrase.data(), phrase.size()))) {
        return true;
      }
    }
  }
  return false;
}

bool SaysNothing(std::string_view word) {
  return CommonnessOf(FoldedHash(word)) == Commonness::kFunction;
}

SentenceWords::SentenceWords(std::string_view sentence) {
  words_.reserve(64);
  for (std::size_t at = 0;;) {
    const std::string_view word = NextWord(sentence, &at);
    if (word.empty()) break;
    const std::uint32_t hash = FoldedHash(word);
    if (absl::ascii_isdigit(static_cast<unsigned char>(word.front())) || CountsHash(hash)) continue;
    words_.push_back({hash, at - word.size()});
  }
}

WordWeights SentenceWords::Around(const Claim& claim) const {
  const std::size_t begin = claim.sentence.begin;
  const std::size_t quote = claim.quote.begin > begin ? claim.quote.begin - begin : 0;
  const auto number =
      std::lower_bound(words_.begin(), words_.end(), quote,
                       [](const Placed& word, std::size_t place) { return word.at < place; });
  const auto before = static_cast<std::size_t>(number - words_.begin());
  const std::size_t first = before > kWindowWords ? before - kWindowWords : 0;
  const std::size_t end = std::min(words_.size(), before + kWindowWords);
  WordWeights words;
  words.reserve(2 * kWindowWords + 8);
  for (std::size_t i = first; i < end; ++i) {
    const bool next = i + kNextWords >= before && i < before + kNextWords;
    AddWord(words_[i].hash, next ? 2 : 1, words);
  }
  for (std::size_t at = 0;;) {
    const std::string_view word = NextWord(claim.subject.text, &at);
    if (word.empty()) break;
    if (!SaysHowMany(word)) AddWord(FoldedHash(word), 2, words);
  }
  Tidy(words);
  return words;
}

WordWeights WordsAround(const KnownClaim& known) {
  return SentenceWords(known.sentence_text).Around(known.claim);
}

double Similarity(const WordWeights& a, const WordWeights& b) {
  int both = 0;
  int all = 0;
  for (const WordWeight& word : a) all += word.weight;
  for (const WordWeight& word : b) all += word.weight;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (i->hash == j->hash) {
      both += i->weight + j->weight;
      ++i, ++j;
    } else if (i->hash < j->hash) {
      ++i;
    } else {
      ++j;
    }
  }
  return all == 0 ? 0 : static_cast<double>(both) / all;
}

bool HoldsWordsOf(const WordWeights& words, std::string_view phrase) {
  for (std::size_t at = 0;;) {
    const std::string_view word = NextWord(phrase, &at);
    if (word.empty()) return true;
    const std::uint32_t hash = FoldedHash(word);
    const auto found =
        std::lower_bound(words.begin(), words.end(), hash,
                         [](const WordWeight& known, std::uint32_t h) { return known.hash < h; });
    if (found == words.end() || found->hash != hash) return false;
  }
}

bool SameSpeaker(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return false;
  return Similarity(WordsOf(a), WordsOf(b)) >= kOneSpeaker;  // "he" and "he": nobody knows.
}

std::string Singular(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kSame = {
      "series", "species", "aircraft", "crossroads", "headquarters", "news", "gas", "debris"};
  std::string word = absl::AsciiStrToLower(absl::string_view(text.data(), text.size()));
  const std::size_t n = word.size();
  if (n < 4 || std::find(kSame.begin(), kSame.end(), word) != kSame.end()) return word;
  if (word.ends_with("ies")) return absl::StrCat(word.substr(0, n - 3), "y");
  for (const std::string_view ending : {"ches", "shes", "sses", "xes", "zes"}) {
    if (word.ends_with(ending)) return word.substr(0, n - 2);
  }
  const bool plural = word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") &&
                      !word.ends_with("is");
  if (plural) word.pop_back();
  return word;
}

std::string Canonical(std::string_view phrase) {
  std::vector<std::string> words;
  for (std::size_t at = 0;;) {
    const std::string_view word = NextWord(phrase, &at);
    if (word.empty()) break;
    if (!SaysNothing(word)) words.push_back(Singular(word));
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return absl::StrJoin(words, " ");
}

}  // namespace claimwatch
