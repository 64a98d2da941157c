#include "server/claims/scope.h"

#include <algorithm>

#include "server/claims/condition.h"
#include "server/claims/increment.h"
#include "server/claims/level.h"
#include "server/claims/part_signs.h"
#include "server/claims/place.h"
#include "server/claims/rate.h"
#include "server/claims/sentence_scope.h"
#include "server/claims/told_part.h"

namespace claimwatch {
namespace {

class ScopeReader {
 public:
  ScopeReader(const Passage& passage, const Background& background, bool local,
              std::vector<Draft>* drafts)
      : p_(passage), background_(background), local_before_(local), drafts_(*drafts) {}

  // Whether the speaker of this sentence is a local one.
  bool Run() {
    local_ = LocalSpeaker(p_);
    for (Draft& draft : drafts_) {
      if (!draft.claim()) continue;
      draft.scope = Read(&draft);
      draft.level = LevelOf(p_, draft);
    }
    for (Draft& draft : drafts_) {
      if (!draft.claim() || draft.source < 0 || !draft.np.elided()) continue;
      const Draft& source = drafts_[static_cast<std::size_t>(draft.source)];
      if (source.scope == Scope::kRate && draft.scope != Scope::kIncrement)
        draft.scope = Scope::kRate;
      if (draft.scope != Scope::kTotal) continue;
      const std::uint32_t at = draft.number->first;  // "an earlier count of 10"
      const bool count = p_.RoleOf(at - 1) == Role::kOf && p_.Sense(at - 2).Is(kCueTally);
      if (source.scope == Scope::kPart && !count) draft.scope = Scope::kPart;
    }
    for (std::size_t k = 0; k + 1 < drafts_.size(); ++k) ShareRate(&drafts_[k], &drafts_[k + 1]);
    for (std::size_t k = 0; k + 1 < drafts_.size(); ++k) Convert(drafts_[k], &drafts_[k + 1]);
    for (std::size_t k = 0; k + 1 < drafts_.size(); ++k) SplitByPlace(&drafts_[k], &drafts_[k + 1]);
    for (std::size_t k = 0; k + 1 < drafts_.size(); ++k) SplitAboard(&drafts_[k]);
    for (std::size_t k = 0; k + 1 < drafts_.size(); ++k) ShareParts(drafts_[k], &drafts_[k + 1]);
    for (std::size_t k = 0; k + 1 < drafts_.size(); ++k) ShareWhole(drafts_[k], &drafts_[k + 1]);
    return local_;
  }

 private:
  Scope Read(Draft* draft) const {
    const KnownMeasures& known = p_.senses.known;
    const bool ratio = draft->measure == known.percent || draft->measure == known.magnitude;
    if (!ratio && IsRate(p_, *draft)) return Scope::kRate;
    if (draft->scope == Scope::kRate) return Scope::kRate;  // Taken over with the measure.
    if (draft->number->increment || RisesBy(p_, *draft) ||
        (IsNew(p_, *draft) && !InWindow(p_, *draft)))
      return Scope::kIncrement;
    if (background_.outbreak && IsCountrysOwn(p_, drafts_, *draft)) return Scope::kTotal;
    if (IsShown(*draft)) return Scope::kPart;
    if (draft->np.partitive && draft->number->kind == NumberKind::kCount &&
        !OfTheirOwn(p_, *draft)) {
      return IsOutcome(*draft) ? Scope::kTotal : Scope::kPart;
    }
    if (!IsToll(draft->measure)) {
      return OpensElsewhere(*draft) || AloneAfter(p_, *draft) ? Scope::kPart : Scope::kTotal;
    }
    return ReadToll(draft);
  }

  // The words at the figure, or another figure, show that it is a part.
  bool IsShown(const Draft& draft) const {
    const bool lost = draft.measure == p_.senses.known.missing ||  // "The remaining 76 are missing"
                      draft.measure == p_.senses.known.trapped;
    const bool all_lost = lost && draft.container < 0 && TellsRest(p_, *draft.number);
    if ((draft.part && !all_lost) || draft.container >= 0) return true;
    const bool sum = draft.number->kind == NumberKind::kMoney;
    const bool measured = draft.number->kind == NumberKind::kMeasurement;
    if ((sum || measured) && IsShare(draft, sum)) return true;
    if ((sum || draft.number->kind == NumberKind::kPercent) && OfWhich(draft)) return true;
    return OfFirst(draft) || AmongThem(draft) || IsSomeOfThem(draft);
  }

  // Of those whom the event hit: all, or the ones of one place, day or group.
  Scope ReadToll(Draft* out) const {
    const Draft& draft = *out;
    if (Elaborates(draft) || IsToldPart(p_, background_, draft)) return Scope::kPart;
    if (IsSeverity(draft)) return Scope::kPart;
    const PlacePhrase place = PlaceOf(draft);
    const bool named = IsNamedGroup(draft);
    const bool unnamed = (place.narrow || place.local) && place.name == kNoToken;
    out->by_default = !named && !unnamed && p_.Text(place.end) != "alone";
    if (!named && OpensInAll(p_, draft)) return Scope::kTotal;
    if (InEventTold(p_, draft) || InAll(p_, draft.np.tail)) return Scope::kTotal;
    if (background_.crisis && draft.finding.perfect && InDaysOfIt(p_, draft)) return Scope::kTotal;
    if (InWindow(p_, draft) || LosesKin(draft) || AloneAfter(p_, draft)) return Scope::kPart;
    if (p_.Text(p_.opening) == "elsewhere" || IsOfPlace(draft, place)) return Scope::kPart;
    if (ToDestination(draft) || local_ || (local_before_ && GoesOn(p_))) return Scope::kPart;
    if (named) return Scope::kPart;
    return background_.crisis && !place.throughout ? ReadInCrisis(draft) : Scope::kTotal;
  }

  bool IsOfPlace(const Draft& draft, const PlacePhrase& place) const {
    if (place.destination && draft.measure == p_.senses.known.displaced) return true;
    // "A ferry with 210 passengers on board overturned off the island": all of them.
    const bool aboard = IsOnBoard(p_, draft.np.tail) ||
                        p_.Sense(draft.np.tail).adjective == p_.senses.known.participants;
    if (aboard && draft.measure == p_.senses.known.participants) return false;
    if (!place.found()) return false;
    const bool ward = place.narrow && place.name == kNoToken &&
                      draft.measure == p_.senses.known.hospitalised;  // "still in hospital"
    return p_.Text(place.end) == "alone" || (!ward && Narrows(place));
  }

  // In a crisis a figure is one of many, if nothing tells that it sums them up.
  Scope ReadInCrisis(const Draft& draft) const {
    const KnownMeasures& known = p_.senses.known;
    const auto part_if = [](bool part) { return part ? Scope::kPart : Scope::kTotal; };
    if (draft.measure == known.evacuated) return part_if(!TellsWhole(p_, draft));
    if (draft.finding.relation == Relation::kHead && draft.np.state == kNoToken &&
        draft.measure != known.participants) {
      return part_if(HasDay(p_));
    }
    if (draft.finding.relation == Relation::kToll) return part_if(DaysOwn() || Alone(p_, draft));
    if (IsOthersCount(draft)) return Scope::kTotal;
    if (HasDay(p_) || InMonth(p_, draft) || InOneAttack(draft)) return Scope::kPart;
    // "Over 1,200 shops were looted": a stock-taking; what one attack ruined stands with its place.
    const bool many = draft.number->quantity.low && *draft.number->quantity.low >= Decimal(50);
    if (draft.measure == known.damaged && many && draft.finding.relation == Relation::kPredicate) {
      return Scope::kTotal;
    }
    if (TellsWhole(p_, draft) || IsStateNow(draft)) return Scope::kTotal;
    return part_if(IsGroup(draft) || !(draft.finding.perfect || BackShifted(draft)));
  }

  // "6 million are displaced", "12 remain in hospital": all who are so now.
  bool IsStateNow(const Draft& draft) const {
    const KnownMeasures& known = p_.senses.known;
    const bool lasts = draft.measure == known.displaced || draft.measure == known.missing ||
                       draft.measure == known.hospitalised || draft.measure == known.hostages;
    const std::uint32_t begin = draft.finding.begin;
    return lasts && begin != kNoToken && draft.np.elided() &&
           (p_.Text(begin) == "are" || p_.Lemma(begin) == p_.senses.word.remain);
  }

  // "279 cases, most of them students in the port": there are most of them.
  PlacePhrase PlaceOf(const Draft& draft) const {
    const PlacePhrase place = FindPlace(p_, draft.number->first, draft.np.tail);
    const std::uint32_t i = draft.np.tail;
    const bool aside = p_.IsPunct(i, ',') && p_.RoleOf(i + 1) == Role::kMost && place.begin > i &&
                       place.begin != kNoToken;
    return aside || InClauseOfEvent(draft, place) ? PlacePhrase{} : place;
  }

  // "was carrying 476 people [when it capsized off Torl]", "rose to 14 after a slide that hit
  // Kelo": where all of it was.
  bool InClauseOfEvent(const Draft& draft, const PlacePhrase& place) const {
    if (background_.crisis || !place.found() || place.begin == kNoToken) return false;
    bool event = false;
    for (std::uint32_t i = draft.np.tail; i < place.begin && p_.Has(i); ++i) {
      event = event || p_.Text(i) == "when" || (draft.np.elided() && p_.Sense(i).Is(kCueRelative));
    }
    return event;
  }

  // "Ten of the injured were taken to hospital": all who were.
  bool IsOutcome(const Draft& draft) const {
    const KnownMeasures& known = p_.senses.known;
    if (draft.measure != known.hospitalised || draft.np.inner == kNoToken) return false;
    const PlacePhrase place = FindPlace(p_, draft.number->first, draft.np.inner + 1);
    if (place.narrow && draft.finding.at > place.end) return false;  // "of the injured in a town"
    const WordSense& whole = p_.Sense(draft.np.inner);
    return whole.object == known.injured || whole.adjective == known.injured;
  }

  // Soldiers, insurgents, children: one side or age of all whom a crisis hit.
  bool IsGroup(const Draft& draft) const {
    if (draft.np.elided() || draft.measure == p_.senses.known.participants) return false;
    const std::uint8_t group = p_.Sense(draft.np.head).population;
    return group != 0 && p_.senses.populations[group] != "people";
  }

  // "have been killed in an assault", "Elsewhere, three have been killed": one of many.
  bool InOneAttack(const Draft& draft) const {
    if (p_.Text(p_.opening) == "elsewhere") return true;
    for (std::uint32_t i = draft.np.tail; i < draft.np.tail + 12 && p_.Has(i); ++i) {
      if (p_.RoleOf(i) != Role::kIn || p_.RoleOf(i + 1) != Role::kA) continue;
      for (std::uint32_t k = i + 2; k < i + 5; ++k) {
        if (p_.In(k, WordList::kOneAttack)) return true;
      }
    }
    return false;
  }

  // "five firefighters are among the dead"
  bool AmongThem(const Draft& draft) const {
    return draft.finding.at != kNoToken && p_.Text(draft.finding.at) == "among";
  }

  // "In Kelo, 500 people were left queuing": there, of all.
  bool OpensElsewhere(const Draft& draft) const {
    if (draft.measure != p_.senses.known.count || draft.counted != CountedClass::kPerson)
      return false;
    if (p_.RoleOf(p_.opening) != Role::kIn || draft.number->first > p_.opening + 6) return false;
    const PlacePhrase place = FindPlace(p_, draft.number->first, p_.end);
    return place.found() && place.name != kNoToken && Narrows(place);
  }

  // "$700 million, of which the state paid $12 million"
  bool OfWhich(const Draft& draft) const {
    const std::uint32_t at = draft.number->first;
    for (std::uint32_t k = 1; k <= 6 && at >= p_.first + k + 1; ++k) {
      const std::uint32_t i = at - k;
      if (p_.IsPunct(i, ',') || p_.IsPunct(i, ';') || p_.NumberAt(i) != nullptr) return false;
      if (p_.Text(i) == "which") return p_.RoleOf(i - 1) == Role::kOf;
    }
    return false;
  }

  // "put the dead at 1,000; the government says 150": told against the first.
  bool IsOthersCount(const Draft& draft) const {
    if (!draft.np.elided() || draft.source < 0 || !p_.Is(draft.number->first - 1, kSpeech))
      return false;
    return drafts_[static_cast<std::size_t>(draft.source)].scope == Scope::kTotal;
  }

  // "owned 15 guns; 14 were locked in a safe"
  bool IsSomeOfThem(const Draft& draft) const {
    if (!draft.np.elided() || draft.source < 0 || draft.measure == p_.senses.known.percent)
      return false;
    const Draft& source = drafts_[static_cast<std::size_t>(draft.source)];
    const auto &own = draft.number->quantity.low, &whole = source.number->quantity.low;
    const std::uint32_t before = draft.number->first - 1;
    const bool opens = p_.IsPunct(before, ';') || p_.IsPunct(before, ',') ||
                       (p_.RoleOf(before) == Role::kAnd && source.measure == draft.measure);
    return own && whole && *own < *whole && opens && source.number->kind == NumberKind::kCount &&
           p_.Sense(draft.np.tail).Is(kCueBe | kCueHave);
  }

  // "the first 400,000 doses"
  bool OfFirst(const Draft& draft) const {
    const std::uint32_t i = draft.number->first;
    return p_.Text(i - 1) == "first" && p_.RoleOf(i - 2) == Role::kThe && !draft.np.elided() &&
           draft.number->kind == NumberKind::kCount;
  }

  // "lost two brothers": of all who died.
  bool LosesKin(const Draft& draft) const {
    const std::uint32_t at = draft.finding.at;
    return draft.measure == p_.senses.known.killed && !draft.np.elided() &&
           p_.Text(draft.np.head) != "people" && at != kNoToken &&
           p_.Text(at).substr(0, 2) == "lo" && draft.finding.relation == Relation::kGovernor;
  }

  // "Doctors said that 150 had died": what they said was "have died".
  bool BackShifted(const Draft& draft) const {
    const std::uint32_t begin = draft.finding.begin;
    if (begin == kNoToken || p_.Text(begin) != "had") return false;
    for (std::uint32_t i = p_.first; i < draft.number->first; ++i) {
      if (p_.Is(i, kSpeech) && p_.Is(i, kPastTense)) return true;
    }
    return false;
  }

  // "in Kelo", "on Mono", "in the capital"
  bool OpensPlace(std::uint32_t i) const {
    const bool at = p_.RoleOf(i) == Role::kIn || p_.RoleOf(i) == Role::kAt || p_.Text(i) == "on";
    if (at && p_.RoleOf(i + 1) == Role::kThe && p_.Is(i + 2, kPlaceNoun)) return true;
    return at && p_.HasCapital(i + 1) && !p_.Is(i + 1, kMonth | kWeekday);
  }

  // "223,000 cars in Japan and 155,000 in North America": two places of all.
  void SplitByPlace(Draft* left, Draft* right) const {
    if (left->measure != right->measure || !left->claim() || !right->np.elided()) return;
    const bool joined = p_.RoleOf(right->number->first - 1) == Role::kAnd;
    const std::uint32_t there = right->np.tail;
    std::uint32_t here = left->np.tail;  // "six bodies were found in Kelo and four on Mono"
    while (here < right->number->first && !OpensPlace(here) && !p_.IsPunct(here, ',')) ++here;
    if (!joined || right->number->first > here + 6) return;
    for (const std::uint32_t i : {here, there}) {
      if (!OpensPlace(i)) return;
      // In an outbreak a country's own figure is its total.
      const bool country = p_.Sense(i + 1).Is(kCueCountry) && background_.outbreak;
      if (country && p_.senses.CountsPeople(left->measure)) return;
    }
    if (left->scope == Scope::kTotal) left->scope = Scope::kPart;
    if (right->scope == Scope::kTotal) right->scope = Scope::kPart;
  }

  // "43 passengers, 29 of them from a school, and four crew"
  void SplitAboard(Draft* left) const {
    const Draft* end = drafts_.data() + drafts_.size();
    const Draft* reach = end - left > 5 ? left + 5 : end;  // The cost stays linear.
    for (Draft* right = left + 1; right < reach; ++right) {
      if (left->scope != Scope::kTotal || right->scope != Scope::kTotal) continue;
      if (!AreAboardTogether(p_, *left, *right)) continue;
      left->scope = right->scope = Scope::kPart;
      left->by_default = right->by_default = true;
    }
  }

  // "5,000 cases in the past week, up from 3,000", "15 of whom were hurt and two were in intensive
  // care": the second is as much a part as the first.
  void ShareParts(const Draft& left, Draft* right) const {
    if (left.scope != Scope::kPart || right->scope != Scope::kTotal || !right->claim()) return;
    const std::uint32_t at = right->number->first;
    const bool up = p_.Text(at - 2) == "up" || p_.Text(at - 2) == "down";
    if (up && p_.RoleOf(at - 1) == Role::kFrom && left.measure == right->measure) {
      right->scope = Scope::kPart;
    }
    const bool sums = left.number->kind == NumberKind::kMoney &&
                      right->number->kind == NumberKind::kMoney && IsShare(left, true);
    if (sums && p_.RoleOf(at - 1) == Role::kAnd && at <= left.np.tail + 4) {
      right->scope = Scope::kPart;  // "$54 million of it to one and $29 million to another"
    }
    const bool elided = right->np.elided() && p_.senses.CountsPeople(right->measure);
    // "..., four of them badly, and two were missing": back to all of them.
    const bool back = p_.IsPunct(at - 2, ',');
    // "36 of its staff were dead and 200 missing"
    const bool staff = left.np.partitive && left.np.tail < at && at <= left.np.tail + 5;
    if (elided && (left.container >= 0 || staff) && p_.RoleOf(at - 1) == Role::kAnd && !back) {
      right->scope = Scope::kPart;
    }
  }

  // "12 barrels (504 gallons) a day": the same rate in another unit.
  void Convert(const Draft& left, Draft* right) const {
    if (left.measure != right->measure || !p_.IsPunct(right->number->first - 1, '(')) return;
    right->level = left.level;
    if (left.scope != Scope::kRate) return;
    if (IsRateWord(p_, p_.AfterBracket(right->number->first - 1))) right->scope = Scope::kRate;
  }

  // "killed 12 people a day and wounded 70", "12 deaths and 70 injuries per day"
  void ShareRate(Draft* left, Draft* right) const {
    if (!IsToll(left->measure) || !IsToll(right->measure)) return;
    if ((left->scope == Scope::kRate) == (right->scope == Scope::kRate)) return;
    if (right->number->first > left->np.tail + 6) return;
    bool joined = false;
    for (std::uint32_t i = left->np.tail; i < right->number->first; ++i) {
      if (p_.IsPunct(i, ',')) return;
      joined = joined || p_.RoleOf(i) == Role::kAnd;
      // "confirmed 12 cases and are treating 70 people a day": two statements.
      if (right->scope == Scope::kRate && p_.Is(i, kAuxiliary)) return;
    }
    if (joined) left->scope = right->scope = Scope::kRate;
  }

  // "the $700 billion fund, of which $350 billion ...", "Of the $5 billion pledged, $1 billion ..."
  bool IsShare(const Draft& draft, bool sum) const {
    if (sum && TellsPart(p_, *draft.number)) return true;
    // "$250 billion of the $700 billion", "290 million euros of it"
    const std::uint32_t end = std::max(draft.number->end, draft.number->unit_end);
    const Number* whole = p_.NumberAt(end + 2);
    const bool of_sum = whole != nullptr && whole->kind == NumberKind::kMoney;
    const bool of_it = p_.Text(end + 1) == "it" && (sum || &draft != drafts_.data());
    if (p_.RoleOf(end) == Role::kOf && (of_sum || of_it)) return true;
    if (!sum) return false;
    const std::uint32_t at = draft.number->first;  // "The sum includes a fine of $2 billion"
    for (std::uint32_t k = 1; k <= 6 && at >= p_.first + k && !p_.NumberAt(at - k); ++k) {
      if (p_.Sense(at - k).Is(kCueIncluding)) return true;
    }
    if (&draft == drafts_.data() || p_.RoleOf(p_.opening) != Role::kOf) return false;
    const Number& opening = *drafts_.front().number;
    return opening.kind == NumberKind::kMoney && opening.first <= p_.opening + 3;
  }

  // "150 had died and 2,000 were injured": the second is as whole as the first.
  void ShareWhole(const Draft& left, Draft* right) const {
    if (!IsToll(left.measure) || !IsToll(right->measure)) return;
    if (left.scope != Scope::kTotal || right->scope != Scope::kPart || !right->by_default) return;
    if (right->part || right->container >= 0 || right->number->first > left.np.tail + 6) return;
    if (!InEventTold(p_, left) && FindPlace(p_, p_.end, right->np.tail).found()) return;
    for (std::uint32_t i = left.np.tail; i < right->number->first; ++i) {
      if (p_.RoleOf(i) == Role::kAnd) right->scope = Scope::kTotal;
    }
  }

  // Counts of persons or ruined things, of which a place or a day has its part.
  bool IsToll(MeasureId m) const {
    const KnownMeasures& known = p_.senses.known;
    return m == known.killed || m == known.injured || m == known.casualties || m == known.missing ||
           m == known.arrested || m == known.displaced || m == known.evacuated ||
           m == known.rescued || m == known.trapped || m == known.hospitalised ||
           m == known.infected || m == known.affected || m == known.damaged ||
           m == known.participants;
  }

  // "200,000 fled, 100,000 to Tunisia"
  bool ToDestination(const Draft& draft) const {
    const std::uint32_t i = draft.np.tail;
    if (!draft.np.elided() || draft.source < 0) return false;
    return (p_.RoleOf(i) == Role::kTo || p_.RoleOf(i) == Role::kFrom) && p_.HasCapital(i + 1);
  }

  // "1,270 shops were damaged, with 100 of ... looted": tells more of the larger figure before.
  bool Elaborates(const Draft& draft) const {
    const std::uint32_t i = draft.number->first;
    if (p_.Text(i - 1) != "with" || !p_.IsPunct(i - 2, ',')) return false;
    const Quantity& own = draft.number->quantity;
    std::uint32_t clause = i;
    while (clause > p_.first && !p_.IsPunct(clause, ';')) --clause;
    for (const Draft& other : drafts_) {
      if (&other == &draft) break;
      if (other.number->first < clause) continue;
      const Quantity& whole = other.number->quantity;
      if (other.measure == draft.measure && own.low && whole.low && *own.low < *whole.low)
        return true;
    }
    return false;
  }

  // "12,000 Chinese nationals were evacuated": one nation's of all.
  bool IsNamedGroup(const Draft& draft) const {
    if (draft.measure != p_.senses.known.evacuated || draft.np.elided()) return false;
    for (std::uint32_t i = draft.np.begin; i < draft.np.end; ++i) {
      if (p_.HasCapital(i)) return true;
    }
    return false;
  }

  // "Friday's death toll"
  bool DaysOwn() const {
    for (std::uint32_t i = p_.first; i < p_.end; ++i) {
      if (p_.Is(i, kWeekday) && (p_.Text(i + 1) == "'s" || p_.Text(i + 1) == "\xE2\x80\x99s")) {
        return true;
      }
    }
    return false;
  }

  // "12 were seriously injured"
  bool IsSeverity(const Draft& draft) const {
    const KnownMeasures& known = p_.senses.known;
    if (draft.measure == known.hospitalised && draft.np.elided()) {
      // "146 in hospital, 19 in intensive care", "and three are in intensive care"
      return p_.Sense(draft.np.tail + 1).Is(kCueSeverity) ||
             p_.Sense(draft.np.tail + 2).Is(kCueSeverity);
    }
    if (draft.measure != known.injured || draft.finding.at == kNoToken) return false;
    const std::uint32_t at = draft.finding.at;
    if (p_.Sense(at - 1).Is(kCueSeverity)) return true;
    if (draft.np.elided() && p_.Sense(draft.np.tail).Is(kCueSeverity)) return true;
    for (std::uint32_t i = at; i < at + 4 && p_.At(i).kind == TokenKind::kWord; ++i) {
      if (p_.Sense(i).Is(kCueSeverity)) return true;
    }
    return false;
  }

  // A place inside the event's own: a town of the country, a hospital of the town.
  bool Narrows(const PlacePhrase& place) const {
    if (place.throughout) return false;
    if (place.neighbour && place.name != kNoToken) return true;
    const bool named = place.name != kNoToken;
    const bool region = !named && p_.RoleOf(place.begin - 1) == Role::kThe;  // "in the province"
    const bool own = (named && background_.IsEventPlace(p_.Surface(place.name))) ||
                     (region && background_.IsEventPlace(p_.Surface(place.end - 1)));
    if (place.narrow && !own) return true;
    // In an outbreak the capital has its own cases, the region has those that are told of.
    const bool capital = background_.outbreak && region && p_.Text(place.end - 1) == "capital";
    if (place.name == kNoToken) return background_.crisis || capital;
    bool fresh = false;
    for (std::uint32_t i = place.begin; i < place.end; ++i) {
      if (p_.Sense(i).Is(kCueCountry)) return false;
      if (!p_.HasCapital(i)) continue;
      if (p_.Text(i) == "ocean" || p_.Text(i) == "sea") return false;
      if (p_.Says(i, "united") && p_.HasCapital(i + 1)) return false;  // States, Kingdom
      fresh = fresh || background_.outbreak || !background_.IsEventPlace(p_.Surface(i));
    }
    return fresh || background_.crisis;
  }

  const Passage& p_;
  const Background& background_;
  const bool local_before_;
  bool local_ = false;
  std::vector<Draft>& drafts_;
};

}  // namespace

void ReadScopes(const Passage& passage, const Background& background, bool* local,
                std::vector<Draft>* drafts) {
  *local = ScopeReader(passage, background, *local, drafts).Run();
}

}  // namespace claimwatch
