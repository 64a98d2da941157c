#include "server/ledger/identity.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "server/story/common_words.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

constexpr std::size_t kWindowWords = 14;  // Words on either side of the number that are looked at.

bool IsWordByte(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '\'' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Calls `visit` with each word of `text`, lower-cased, without its possessive.
template <typename Visit>
void ForEachWord(std::string_view text, Visit visit) {
  std::string word;
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && !IsWordByte(text[at])) ++at;
    std::size_t end = at;
    while (end < text.size() && IsWordByte(text[end])) ++end;
    if (end == at) break;
    word = absl::AsciiStrToLower(absl::string_view(text.data() + at, end - at));
    if (word.size() > 2 && word.ends_with("'s")) word.resize(word.size() - 2);
    while (!word.empty() && (word.back() == '-' || word.back() == '\'')) word.pop_back();
    if (!word.empty()) visit(std::string_view(word), at);
    at = end;
  }
}

template <std::size_t N>
bool IsOneOf(std::string_view word, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Words of number phrases: they say how many, not of what.
bool SaysHowMany(std::string_view word) {
  static constexpr std::array<std::string_view, 42> kWords = {
      "one",      "two",       "three",   "four",     "five",     "six",        "seven",
      "eight",    "nine",      "ten",     "eleven",   "twelve",   "dozen",      "dozens",
      "score",    "scores",    "hundred", "hundreds", "thousand", "thousands",  "million",
      "millions", "billion",   "about",   "around",   "nearly",   "almost",     "roughly",
      "some",     "over",      "more",    "than",     "least",    "most",       "up",
      "total",    "estimated", "another", "other",    "others",   "additional", "further"};
  return absl::ascii_isdigit(static_cast<unsigned char>(word.front())) || IsOneOf(word, kWords);
}

std::string Singular(std::string_view word) {
  static constexpr std::array<std::string_view, 8> kSame = {
      "series", "species", "aircraft", "crossroads", "headquarters", "news", "gas", "debris"};
  const std::size_t n = word.size();
  if (n < 4 || IsOneOf(word, kSame)) return std::string(word);
  if (word.ends_with("ies")) return absl::StrCat(std::string(word.substr(0, n - 3)), "y");
  for (const std::string_view ending : {"ches", "shes", "sses", "xes", "zes"}) {
    if (word.ends_with(ending)) return std::string(word.substr(0, n - 2));
  }
  if (word.ends_with("ss") || word.ends_with("us") || word.ends_with("is"))
    return std::string(word);
  return std::string(word.ends_with('s') ? word.substr(0, n - 1) : word);
}

std::string Lower(std::string_view text) {
  return absl::AsciiStrToLower(absl::string_view(text.data(), text.size()));
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
      return 4;
    case Commonness::kRare:
      return 4;
  }
  return 0;
}

void Tidy(WordWeights& words) {
  std::sort(words.begin(), words.end(), [](const WordWeight& a, const WordWeight& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.weight > b.weight;
  });
  const auto same = [](const WordWeight& a, const WordWeight& b) { return a.hash == b.hash; };
  words.erase(std::unique(words.begin(), words.end(), same), words.end());
}

// A day or a stretch of days with both ends; "since the uprising began" runs until now.
std::string PeriodOf(const TimeScope& time) {
  if (time.begin == absl::InfinitePast() || time.end == absl::InfiniteFuture()) return "";
  const absl::TimeZone utc = absl::UTCTimeZone();
  return absl::StrCat(absl::FormatTime("%Y-%m-%d", time.begin, utc), "/",
                      absl::FormatTime("%Y-%m-%d", time.end, utc));
}

// "three other rifles", "the remaining two": what is left beside something told before.
bool IsRemainder(const KnownClaim& known) {
  const Claim& claim = known.claim;
  if (known.quote_text.ends_with("other") || known.quote_text.ends_with("others")) return true;
  const std::size_t end = claim.quote.end() > claim.sentence.begin
                              ? claim.quote.end() - claim.sentence.begin
                              : known.sentence_text.size();
  if (end >= known.sentence_text.size()) return false;
  const std::string_view rest = std::string_view(known.sentence_text).substr(end);
  return rest.starts_with(" other ") || rest.starts_with(" others") ||
         rest.starts_with(" remaining ");
}

// "aftershock", "magazine": a noun that says by itself what the story counts.
bool IsTelling(std::string_view noun) {
  const Commonness common = noun.empty() ? Commonness::kFunction : CommonnessOf(FoldedHash(noun));
  return common == Commonness::kRare || common == Commonness::kOccasional;
}

// Which of the things: the words before the noun and what it is made "of". "three AK-47 assault
// rifles found" -> "ak-47 assault", "rounds of ammunition" -> "ammunition".
std::string KindOf(const KnownClaim& known, std::string_view counted) {
  std::vector<std::string> words;
  bool before = true;
  bool of = false;
  ForEachWord(known.claim.subject.text, [&](std::string_view word, std::size_t) {
    std::string singular = Singular(word);
    if (singular == counted) {
      before = false;
      return;
    }
    if (word == "of") of = !before;
    if (CommonnessOf(FoldedHash(word)) == Commonness::kFunction && word != "of") of = false;
    if (!before && !of) return;
    if (CommonnessOf(FoldedHash(word)) == Commonness::kFunction || SaysHowMany(word)) return;
    words.push_back(std::move(singular));
  });
  if (IsRemainder(known)) words.push_back("other");
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return absl::StrJoin(words, " ");
}

std::string DimensionOf(const Claim& claim, const Measure& measure) {
  if (measure.people) return "people";
  const Unit& unit = GetUnit(claim.quantity.unit);
  // Gallons and barrels are told side by side and stay two figures.
  if (unit.dimension == "volume") return absl::StrCat("volume:", std::string(unit.symbol));
  if (!unit.dimension.empty()) return std::string(unit.dimension);
  return claim.unit == "people" ? "people" : "count";
}

}  // namespace

bool IsEverybody(std::string_view population) {
  static constexpr std::array<std::string_view, 12> kEverybody = {
      "",      "people",   "person",     "victim",     "resident", "villager",
      "local", "casualty", "inhabitant", "individual", "human",    "life"};
  return IsOneOf(population, kEverybody);
}

bool IsToll(const Measure& measure) {
  return measure.people && (measure.cumulative || measure.weight >= 3);
}

std::string Canonical(std::string_view phrase) {
  std::vector<std::string> words;
  ForEachWord(phrase, [&](std::string_view word, std::size_t) {
    if (CommonnessOf(FoldedHash(word)) == Commonness::kFunction) return;
    words.push_back(Singular(word));
  });
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return absl::StrJoin(words, " ");
}

bool SameSpeaker(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return false;
  const std::string one = Canonical(a);
  const std::string other = Canonical(b);
  if (one.empty() || other.empty()) return false;
  if (one == other) return true;
  WordWeights left;
  WordWeights right;
  ForEachWord(one, [&](std::string_view w, std::size_t) { left.push_back({FoldedHash(w), 1}); });
  ForEachWord(other, [&](std::string_view w, std::size_t) { right.push_back({FoldedHash(w), 1}); });
  Tidy(left);
  Tidy(right);
  return Similarity(left, right) >= 0.6;
}

Identity IdentityOf(const KnownClaim& known, const Measure& measure) {
  const Claim& claim = known.claim;
  Identity identity;
  FigureKey& key = identity.key;
  key.measure = known.measure;
  key.dimension = DimensionOf(claim, measure);
  key.status = claim.status;
  key.per = Lower(claim.per);
  if (measure.people || key.dimension == "people") {
    key.population = Lower(claim.population);
    if (IsEverybody(key.population)) key.population = "people";
  } else {
    key.counted = Singular(Lower(claim.counted));
    key.population = KindOf(known, key.counted);
    if (!measure.keyed_by_noun) key.counted.clear();
  }
  key.scope = claim.scope;
  const bool group = measure.people && key.population != "people";
  if (claim.scope == Scope::kPart || claim.scope == Scope::kIncrement) {
    key.place = Canonical(claim.place.text);
    key.period = PeriodOf(claim.time);
  }
  const bool named = group || !key.place.empty() || !key.period.empty();
  // "16 police" is a part of 164 dead, and all the police who died: one figure however it is read.
  if (group && claim.scope == Scope::kTotal) key.scope = Scope::kPart;

  const bool rest = key.scope == Scope::kPart && IsRemainder(known);
  if (key.scope == Scope::kPart && (!named || rest)) key.period = kUnclearPart;
  const bool thing = measure.keyed_by_noun && claim.quantity.unit == UnitId::kNone;
  if (IsToll(measure)) {
    identity.needs = key.period == kUnclearPart ? Evidence::kStrong : Evidence::kKey;
  } else if (thing && claim.scope != Scope::kRate) {
    identity.needs = claim.scope == Scope::kPart ? Evidence::kStrong
                     : IsTelling(key.counted)    ? Evidence::kKey
                                                 : Evidence::kSome;
  } else {
    identity.needs = Evidence::kStrong;
  }
  if (identity.needs != Evidence::kKey) identity.words = WordsAround(known);
  return identity;
}

WordWeights WordsAround(const KnownClaim& claim) {
  struct Placed {
    std::uint32_t hash;
    std::size_t at;
  };
  const std::uint32_t begin = claim.claim.sentence.begin;
  const std::size_t quote = claim.claim.quote.begin > begin ? claim.claim.quote.begin - begin : 0;
  std::vector<Placed> all;
  std::size_t before = 0;
  ForEachWord(claim.sentence_text, [&](std::string_view word, std::size_t at) {
    if (SaysHowMany(word)) return;
    all.push_back({FoldedHash(word), at});
    if (at < quote) before = all.size();
  });
  WordWeights words;
  const std::size_t first = before > kWindowWords ? before - kWindowWords : 0;
  const std::size_t end = std::min(all.size(), before + kWindowWords);
  for (std::size_t i = first; i < end; ++i) {
    const std::uint16_t weight = WeightOf(all[i].hash);
    const bool near = i + 4 >= before && i < before + 4;  // The words next to the number say most.
    if (weight > 0)
      words.push_back({all[i].hash, static_cast<std::uint16_t>(near ? 2 * weight : weight)});
  }
  ForEachWord(claim.claim.subject.text, [&](std::string_view word, std::size_t) {
    if (SaysHowMany(word)) return;
    const std::uint32_t hash = FoldedHash(word);
    const std::uint16_t weight = WeightOf(hash);
    if (weight > 0) words.push_back({hash, static_cast<std::uint16_t>(2 * weight)});
  });
  Tidy(words);
  return words;
}

double Similarity(const WordWeights& a, const WordWeights& b) {
  unsigned both = 0;
  unsigned left = 0;
  unsigned right = 0;
  for (const WordWeight& word : a) left += word.weight;
  for (const WordWeight& word : b) right += word.weight;
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
  return left + right == 0 ? 0 : static_cast<double>(both) / (left + right);
}

bool Suffices(double similarity, Evidence needs) {
  switch (needs) {
    case Evidence::kKey:
      return true;
    case Evidence::kSome:
      return similarity >= 0.25;
    case Evidence::kStrong:
      return similarity >= 0.5;
  }
  return false;
}

}  // namespace claimwatch
