#include "server/ledger/identity.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "server/base/hash.h"
#include "server/ledger/country.h"
#include "server/ledger/role.h"
#include "server/ledger/whole.h"
#include "server/ledger/words.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

constexpr double kSomeLikeness = 0.25;
constexpr double kStrongLikeness = 0.6;

std::string Lower(std::string_view text) {
  return absl::AsciiStrToLower(absl::string_view(text.data(), text.size()));
}

// A day or a stretch of days with both ends; "since the uprising began" runs until now.
std::string PeriodOf(const TimeScope& time) {
  if (time.begin == absl::InfinitePast() || time.end == absl::InfiniteFuture()) return "";
  const absl::TimeZone utc = absl::UTCTimeZone();
  return absl::StrCat(absl::FormatTime("%Y-%m-%d", time.begin, utc), "/",
                      absl::FormatTime("%Y-%m-%d", time.end, utc));
}

// The sentence behind the number.
std::string_view Behind(const KnownClaim& known) {
  const Claim& claim = known.claim;
  const std::size_t end =
      claim.quote.end() > claim.sentence.begin ? claim.quote.end() - claim.sentence.begin : 0;
  const std::string_view text = known.sentence_text;
  return end < text.size() ? text.substr(end) : std::string_view();
}

// "in 2031", "in November alone".
bool NamesYear(std::string_view text) {
  constexpr std::string_view kIn = " in ";
  constexpr std::size_t kDigits = 4;
  const auto digit = [&](std::size_t at) {
    return at < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[at]));
  };
  for (std::size_t at = text.find(kIn); at != std::string_view::npos; at = text.find(kIn, at + 1)) {
    std::size_t n = 0;
    while (digit(at + kIn.size() + n)) ++n;
    if (n == kDigits) return true;
  }
  // "in November alone", and not "in the harbour alone".
  static constexpr std::array<std::string_view, 12> kMonths = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const std::string_view before = text.substr(0, std::min(text.find(" alone"), text.size()));
  return before.size() < text.size() &&
         std::any_of(kMonths.begin(), kMonths.end(),
                     [&](std::string_view month) { return before.ends_with(month); });
}

// "762 people have been killed in the city this year", "the 45 murders": a year's figure, not the
// event's.
bool SaysOfTheYear(const KnownClaim& known) {
  constexpr std::size_t kReachBytes = 70;  // Behind the number.
  static constexpr std::array<std::string_view, 4> kWords = {"this year", "year to date",
                                                             "for the year", "a year"};
  static constexpr std::array<std::string_view, 3> kCrimes = {"homicide", "murder", "slaying"};
  const std::string noun = Singular(known.claim.counted);
  if (std::find(kCrimes.begin(), kCrimes.end(), noun) != kCrimes.end()) return true;
  const std::string_view rest = Behind(known).substr(0, kReachBytes);
  return NamesYear(rest) || std::any_of(kWords.begin(), kWords.end(), [&](std::string_view words) {
           return rest.find(words) != std::string_view::npos;
         });
}

// "1 of 7 hurt", "two of them": some of those who were counted.
bool IsSomeOfThose(const KnownClaim& known) {
  constexpr std::string_view kOf = " of ";
  std::string_view rest = Behind(known);
  if (!rest.starts_with(kOf)) return false;
  rest.remove_prefix(kOf.size());
  std::size_t at = 0;
  std::string_view word = NextWord(rest, &at);
  if (word == "the" || word == "those" || word == "these") word = NextWord(rest, &at);
  return !word.empty() && (word == "them" || word == "whom" || SaysHowMany(word));
}

// "three other rifles", "the remaining two": what is left beside something told before.
bool IsRemainder(const KnownClaim& known) {
  if (known.quote_text.ends_with("other") || known.quote_text.ends_with("others")) return true;
  const std::string_view rest = Behind(known);
  return rest.starts_with(" other ") || rest.starts_with(" others") ||
         rest.starts_with(" remaining ");
}

// "one man died in Osk", "a woman": somebody, and no count of those who did.
bool IsOnePerson(const Claim& claim, const FigureKey& key) {
  const Quantity& told = claim.quantity;
  return key.population == "people" && told.low == Decimal(1) && told.high == told.low &&
         !IsEverybody(Singular(claim.counted));
}

// Singular, and one word for what is told by several.
std::string PlainNoun(std::string_view word) {
  std::string noun = Singular(word);
  return noun == "apparatus" || noun == "gear" ? "equipment" : noun;
}

// "three pieces of", "31 separate": words that do not say which things.
bool IsPortion(std::string_view noun) {
  static constexpr std::array<std::string_view, 8> kPortions = {
      "piece", "unit", "item", "set", "separate", "different", "various", "individual"};
  return std::find(kPortions.begin(), kPortions.end(), noun) != kPortions.end();
}

// "pieces of firefighting equipment": the noun that says what they are.
std::string NounOf(const KnownClaim& known) {
  std::string noun = PlainNoun(known.claim.counted);
  const std::string_view subject = known.claim.subject.text;
  const std::size_t of = subject.find(" of ");
  if (!IsPortion(noun) || of == std::string_view::npos) return noun;
  for (std::size_t at = of + 4;;) {
    const std::string_view word = NextWord(subject, &at);
    if (word.empty()) return noun;
    noun = PlainNoun(word);
  }
}

// Which of the things: the words before the noun and what it is made "of". "three AK-47 assault
// rifles found" -> "ak-47 assault", "rounds of ammunition" -> "ammunition".
std::string KindOf(const KnownClaim& known, std::string_view counted) {
  std::vector<std::string> words;
  bool before = true;
  bool of = false;
  for (std::size_t at = 0;;) {
    const std::string_view word = NextWord(known.claim.subject.text, &at);
    if (word.empty()) break;
    std::string singular = PlainNoun(word);
    if (singular == counted) {
      before = false;
      continue;
    }
    if (SaysNothing(word)) of = word == "of" && !before;
    if ((before || of) && !SaysNothing(word) && !SaysHowMany(word) && !IsPortion(singular)) {
      words.push_back(std::move(singular));
    }
  }
  if (IsRemainder(known)) words.push_back("other");
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return absl::StrJoin(words, " ");
}

// "Somali and Yemeni brigands" are more than the Somalis among them.
std::string Joined(const Claim& claim, std::string population) {
  constexpr std::string_view kAnd = " and ";
  const std::string_view subject = claim.subject.text;
  const std::size_t at = subject.find(kAnd);
  if (!population.ends_with(" people") || at == std::string_view::npos) return population;
  std::size_t next = at + kAnd.size();
  const std::string_view second = NextWord(subject, &next);
  if (second.empty() || !absl::ascii_isupper(static_cast<unsigned char>(second.front()))) {
    return population;
  }
  return absl::StrCat(Lower(second), " and ", population);
}

std::string DimensionOf(const Claim& claim, const Measure& measure) {
  if (measure.people) return "people";
  if (measure.name == "magnitude") return "magnitude";  // "7.6 and 7.5": one unit, maybe unread.
  const Unit& unit = GetUnit(claim.quantity.unit);
  // Gallons and barrels are told side by side and stay two figures.
  if (unit.dimension == "volume") return absl::StrCat("volume:", std::string(unit.symbol));
  if (!unit.dimension.empty()) return std::string(unit.dimension);
  return claim.unit == "people" ? "people" : "count";
}

bool Holds(std::string_view words, std::string_view wanted) {
  for (const absl::string_view word :
       absl::StrSplit(absl::string_view(words.data(), words.size()), ' ')) {
    if (std::string_view(word.data(), word.size()) == wanted) return true;
  }
  return false;
}

bool HoldsAll(std::string_view words, std::string_view of) {
  for (const absl::string_view word :
       absl::StrSplit(absl::string_view(of.data(), of.size()), ' ')) {
    if (!Holds(words, std::string_view(word.data(), word.size()))) return false;
  }
  return true;
}

// "police" and "police and military": the wider group is told of the same men. "people" is no
// group.
bool SameGroup(std::string_view a, std::string_view b) {
  if (a == b) return true;
  // Somalis are some of "Somalis and Yemenis".
  if (a.ends_with(" people") || b.ends_with(" people")) return false;
  const std::string_view wide = a.size() > b.size() ? a : b;
  const std::string_view narrow = a.size() > b.size() ? b : a;
  if (wide.find(" and ") == std::string_view::npos || narrow == "people") return false;
  return HoldsAll(wide, narrow);
}

// "ak-47" and "ak-47 assault" may be one kind of rifle, and so may "" and "ak-47".
enum class KindMatch : std::uint8_t { kSame, kMaybe, kOther };

KindMatch MatchKinds(std::string_view a, std::string_view b) {
  if (a == b) return KindMatch::kSame;
  if (Holds(a, "other") != Holds(b, "other")) return KindMatch::kOther;
  const bool maybe = a.empty() || b.empty() || HoldsAll(a, b) || HoldsAll(b, a);
  return maybe ? KindMatch::kMaybe : KindMatch::kOther;
}

std::string_view ClassOf(std::string_view measure) {
  return measure == "equipment" ? std::string_view("count") : measure;
}

// Of these a story has one: how much leaks, what has burnt, how many voted.
bool IsTelling(const FigureKey& key) {
  if (key.status != Status::kStated) return false;  // A fear, a plan, a worst case: many.
  if (key.scope == Scope::kRate) {
    if (key.per.empty()) return false;
    return key.role == "release" || key.role == "capture" || key.role == "outage";
  }
  return key.role == "release" || key.role == "burned" || key.role == "contained" ||
         key.role == "turnout" || key.role == "second quake" ||
         (key.role == "outage" && key.measure == "percent");
}

// "200,000 have fled, nearly 100,000 to Orvia": where the number goes, told right behind it.
std::string_view Destination(const KnownClaim& known) {
  if (known.measure != "displaced" && known.measure != "evacuated") return {};
  std::string_view rest = Behind(known);
  const auto skip = [&](std::string_view word) {
    const bool there = rest.starts_with(word);
    if (there) rest.remove_prefix(word.size());
    return there;
  };
  if (!skip(" to ") && !skip(" into ") && !skip(" in ")) return {};
  const auto upper = [](std::string_view text) {
    return !text.empty() && absl::ascii_isupper(static_cast<unsigned char>(text.front()));
  };
  std::size_t end = 0;
  for (std::size_t at = 0; upper(rest.substr(at)); ++at) {
    const std::size_t begin = at;
    const std::string_view word = NextWord(rest, &at);
    if (word.empty() || rest.substr(begin, word.size()) != word) break;
    end = begin + word.size();
    if (at >= rest.size() || rest[at] != ' ') break;
  }
  return rest.substr(0, end);
}

// "ak-47": a name that only these things have.
bool IsDesignation(std::string_view counted) {
  return absl::ascii_isdigit(static_cast<unsigned char>(counted.back())) &&
         absl::ascii_isalpha(static_cast<unsigned char>(counted.front()));
}

// "in the district", "in this village": a place without a name.
bool SaysHere(const KnownClaim& known) {
  static constexpr std::array<std::string_view, 8> kWords = {
      "the district", "the village", "the town",        "the city",
      "the area",     "the regency", "the subdistrict", "neighbourhood"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view words) {
    return known.sentence_text.find(words) != std::string::npos;
  });
}

// "the city of Osk", "Osk district", "a hospital in Osk": one place to whoever counts there.
std::string PlaceOf(std::string_view phrase) {
  static constexpr std::array<std::string_view, 10> kKinds = {
      "city",   "town",  "village", "district", "province",
      "region", "state", "county",  "capital",  "hospital"};
  std::vector<std::string> names;
  for (const absl::string_view word : absl::StrSplit(Canonical(phrase), ' ', absl::SkipEmpty())) {
    const std::string_view view(word.data(), word.size());
    if (std::find(kKinds.begin(), kKinds.end(), view) == kKinds.end()) names.emplace_back(view);
  }
  return names.empty() ? Canonical(phrase) : absl::StrJoin(names, " ");
}

Proof NeedsOf(const FigureKey& key, const Claim& claim, const Measure& measure) {
  if (IsToll(measure)) return key.period == kUnclearPart ? Proof::kStrong : Proof::kKey;
  // Troops sent, gunmen: one number a group, where the noun names it.
  const bool force = key.measure == "deployed" || key.measure == "suspects";
  if (force && !IsEverybody(key.counted) && claim.scope == Scope::kTotal) return Proof::kSome;
  if (!measure.people && IsTelling(key)) return Proof::kKey;
  if (key.dimension == "count" && !key.counted.empty() && IsDesignation(key.counted)) {
    return Proof::kKey;
  }
  const bool sum = key.measure == "money" || key.measure == "percent";
  if (sum && !key.role.empty() && claim.scope == Scope::kTotal) {
    return Proof::kSome;
  }
  const bool thing = measure.keyed_by_noun && key.dimension == "count" &&
                     !(measure.cumulative && claim.scope == Scope::kPart);
  // What an event has one of: a magnitude, a bill.
  const bool single = !measure.people && !measure.keyed_by_noun;
  return (thing || single) && key.scope == Scope::kTotal ? Proof::kSome : Proof::kStrong;
}

// Who or what is counted: the group of persons, or the noun and its kind.
void SetCounted(const KnownClaim& known, const Measure& measure, FigureKey& key) {
  if (key.dimension == "people") {
    key.population = Joined(known.claim, Lower(known.claim.population));
    if (IsEverybody(key.population)) key.population = "people";
    if (measure.people && !IsToll(measure)) key.counted = Singular(known.claim.counted);
    if (IsEverybody(key.counted)) key.counted.clear();
  } else {
    key.counted = key.dimension == "count" ? DesignationOf(known) : "";
    const bool designated = !key.counted.empty();
    if (!designated) key.counted = NounOf(known);
    if (designated) {
      if (IsRemainder(known)) key.population = "other";
    } else if (measure.keyed_by_noun) {
      key.population = KindOf(known, key.counted);
    } else {
      key.counted.clear();
    }
  }
}

}  // namespace

bool Suffices(double similarity, Proof needs) {
  switch (needs) {
    case Proof::kKey:
      return true;
    case Proof::kSome:
      return similarity >= kSomeLikeness;
    case Proof::kStrong:
      return similarity >= kStrongLikeness;
  }
  return false;
}

bool IsEverybody(std::string_view population) {
  static constexpr std::array<std::string_view, 12> kEverybody = {
      "",           "people", "person", "victim", "resident", "casualty",
      "individual", "human",  "life",   "live",   "body",     "death"};
  return std::find(kEverybody.begin(), kEverybody.end(), population) != kEverybody.end();
}

bool IsToll(const Measure& measure) {
  return measure.people && (measure.cumulative || measure.weight >= 3);
}

bool SameMeasure(std::string_view a, std::string_view b) { return ClassOf(a) == ClassOf(b); }

Identity IdentityOf(const KnownClaim& known, const Measure& measure) {
  const Claim& claim = known.claim;
  Identity identity;
  FigureKey& key = identity.key;
  key.measure = known.measure;
  key.dimension = DimensionOf(claim, measure);
  key.status = claim.status;
  key.per = Lower(claim.per);
  key.incident = known.incident;
  SetCounted(known, measure, key);
  key.role = RoleOf(known, key.dimension);
  // Of a flow or a share the words around it tell what it is; the noun is left out as often as not.
  key.scope = claim.scope;
  if (key.scope == Scope::kTotal && key.dimension == "people" && IsSomeOfThose(known)) {
    key.scope = Scope::kPart;
  }
  std::string_view place = claim.place.text;
  if (place.empty()) place = Destination(known);
  if (key.scope == Scope::kTotal && !place.empty() && claim.place.text.empty()) {
    key.scope = Scope::kPart;
  }
  // A fine is one whether it is told as "a fine of" or as "was fined".
  const bool sum = key.measure == "money" && !key.role.empty();
  if (sum || (!measure.people && IsTelling(key))) key.counted = key.population = "";
  // A part of some things, and not said where: the kind tells which they are.
  const bool somewhere = !claim.place.text.empty();
  const bool local = measure.cumulative && key.population.empty() && SaysHere(known);
  if (key.dimension == "count" && key.scope == Scope::kPart && !somewhere && !local) {
    key.scope = Scope::kTotal;
  }
  const bool group = measure.people && key.population != "people";
  if (key.scope == Scope::kPart || key.scope == Scope::kIncrement) {
    if (!place.empty()) key.place = PlaceOf(place);
    key.period = PeriodOf(claim.time);
  }
  if (IsToll(measure) && key.period.empty() && SaysOfTheYear(known)) {
    key.period = kYear;
  }
  // "16 police" is a part of 164 dead, and all the police who died: one figure however it is read.
  if (group && claim.scope == Scope::kTotal) key.scope = Scope::kPart;
  const bool harm = measure.people && !key.role.empty();
  if (harm && key.scope == Scope::kTotal) key.scope = Scope::kPart;
  const bool named = group || harm || !key.place.empty() || !key.period.empty();
  const bool part = key.scope == Scope::kPart;
  if (part && (!named || IsRemainder(known) || IsOnePerson(claim, key))) key.period = kUnclearPart;
  identity.needs = NeedsOf(key, claim, measure);
  return identity;
}

void SetCountry(const KnownClaim& claim, Identity& identity) {
  FigureKey& key = identity.key;
  if (key.dimension != "people") return;
  if (key.scope == Scope::kTotal) {
    key.place = CountryOf(claim);
    return;
  }
  // "Orvia accounts for 71 of the cases": a part of the world's that is all of a country's.
  const bool some = key.scope == Scope::kPart && key.population == "people" && key.role.empty() &&
                    (key.period.empty() || key.period == kUnclearPart) && !IsRemainder(claim) &&
                    !IsSomeOfThose(claim);
  std::string country = some ? CountryOf(claim) : "";
  if (country.empty() || (!key.place.empty() && key.place != Canonical(country))) return;
  MakeWhole(identity);
  key.place = std::move(country);
}

void MakeUnclear(const KnownClaim& claim, Identity& identity) {
  identity.key.scope = Scope::kPart;
  identity.key.period = PeriodOf(claim.claim.time);
  if (identity.key.period.empty()) identity.key.period = kUnclearPart;
  if (!claim.claim.place.text.empty()) identity.key.place = PlaceOf(claim.claim.place.text);
  identity.needs = Proof::kStrong;
}

bool IsNamelessPart(const KnownClaim& claim, const FigureKey& key) {
  return key.scope == Scope::kPart && key.dimension == "people" && key.population == "people" &&
         key.role.empty() && key.place.empty() && key.period == kUnclearPart &&
         key.status == Status::kStated && !IsRemainder(claim) && !IsSomeOfThose(claim) &&
         claim.claim.quantity.low != Decimal(1);
}

void MakeWhole(Identity& identity) {
  identity.key.scope = Scope::kTotal;
  identity.key.period.clear();
  identity.needs = Proof::kKey;
}

namespace {

// For tables in memory: of short words cheaper than the hashes that are the same everywhere.
std::uint64_t HashWith(std::string_view text, std::uint64_t hash) {
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15ULL;
  std::uint64_t tail = text.size();
  for (; text.size() >= sizeof(tail); text.remove_prefix(sizeof(tail))) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), sizeof(word));
    hash = (hash ^ word) * kOdd;
    hash ^= hash >> 32;
  }
  for (const char c : text) tail = tail << 8 | static_cast<unsigned char>(c);
  hash = (hash ^ tail) * kOdd;
  return hash ^ hash >> 32;
}

}  // namespace

std::uint64_t BucketOf(const FigureKey& key) {
  std::uint64_t hash = HashWith(ClassOf(key.measure), 0);
  hash = HashWith(key.dimension, hash);
  hash = HashWith(key.counted, hash);
  hash = HashWith(key.per, hash) + key.incident * 0x9e3779b97f4a7c15ULL;
  return hash * 64 + static_cast<std::uint64_t>(key.status) * 8 +
         static_cast<std::uint64_t>(key.scope);
}

KeyDifference Differ(const FigureKey& a, const FigureKey& b) {
  if (a.incident != b.incident) return KeyDifference::kIncident;
  const bool people = a.dimension == "people";
  const bool same = people ? SameGroup(a.population, b.population)
                           : MatchKinds(a.population, b.population) != KindMatch::kOther;
  if (!same) return KeyDifference::kPopulation;
  // How badly hurt is said or not meant, and so is which quake; what a sum is of may go unsaid.
  const bool said = people || a.dimension == "magnitude";
  const bool unsaid = !said && (a.role.empty() || b.role.empty());
  if (a.role != b.role && !unsaid) return KeyDifference::kPopulation;
  // A total without a country may be that of any, or of all (placing.cc looks closer).
  const bool anywhere = a.scope == Scope::kTotal && (a.place.empty() || b.place.empty());
  if (a.place != b.place && !anywhere) return KeyDifference::kPlace;
  return a.period == b.period ? KeyDifference::kSame : KeyDifference::kPeriod;
}

Proof ProofFor(const FigureKey& a, const FigureKey& b, Proof needs) {
  if (a.dimension == "people") return needs;
  return a.population == b.population && a.role == b.role ? needs : Proof::kStrong;
}

}  // namespace claimwatch
