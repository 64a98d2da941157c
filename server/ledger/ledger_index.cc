#include "server/ledger/ledger_index.h"

#include <string>
#include <utility>

#include "absl/strings/str_split.h"
#include "server/base/hash.h"
#include "server/claims/catalogue.h"

namespace claimwatch {
namespace {

bool HoldsAll(const std::string& words, const std::string& of) {
  for (const absl::string_view word : absl::StrSplit(of, ' ')) {
    bool held = false;
    for (const absl::string_view other : absl::StrSplit(words, ' ')) held |= word == other;
    if (!held) return false;
  }
  return true;
}

// Count and equipment are two readings of one thing: "two boats".
std::string_view ClassOf(std::string_view measure) {
  return measure == "equipment" ? std::string_view("count") : measure;
}

}  // namespace

std::uint64_t BucketOf(const FigureKey& key) {
  std::uint64_t hash = Fnv64(ClassOf(key.measure));
  hash = Fnv64(key.dimension, hash);
  hash = Fnv64(key.counted, hash);
  hash = Fnv64(key.per, hash);
  return hash * 64 + static_cast<std::uint64_t>(key.status) * 8 +
         static_cast<std::uint64_t>(key.scope);
}

// "ak-47" and "ak-47 assault" may be one kind of rifle, and so may "" and "ak-47".
KindMatch MatchKinds(const std::string& a, const std::string& b) {
  if (a == b) return KindMatch::kSame;
  const bool other = HoldsAll(a, "other") != HoldsAll(b, "other");
  if (other) return KindMatch::kOther;
  const bool maybe = a.empty() || b.empty() || HoldsAll(a, b) || HoldsAll(b, a);
  return maybe ? KindMatch::kMaybe : KindMatch::kOther;
}

bool SameMeasure(std::string_view a, std::string_view b) { return ClassOf(a) == ClassOf(b); }

KeyDifference Differ(const FigureKey& a, const FigureKey& b) {
  const bool people = a.dimension == "people";
  if (people ? a.population != b.population
             : MatchKinds(a.population, b.population) == KindMatch::kOther) {
    return KeyDifference::kPopulation;
  }
  if (a.place != b.place) return KeyDifference::kPlace;
  if (a.period != b.period) return KeyDifference::kPeriod;
  return KeyDifference::kSame;
}

Evidence EvidenceFor(const FigureKey& a, const FigureKey& b, Evidence needs) {
  if (a.dimension == "people") return needs;
  return MatchKinds(a.population, b.population) == KindMatch::kMaybe ? Evidence::kStrong : needs;
}

void LedgerIndex::Add(const Figure& figure, FigureState state) {
  buckets[BucketOf(figure.key)].push_back(static_cast<std::uint32_t>(states.size()));
  states.push_back(std::move(state));
}

LedgerIndex LedgerIndex::Of(const std::vector<Figure>& figures) {
  LedgerIndex index;
  for (const Figure& figure : figures) index.Add(figure, FigureState::Of(figure));
  return index;
}

}  // namespace claimwatch
