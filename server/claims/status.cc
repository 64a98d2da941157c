#include "server/claims/status.h"

#include <algorithm>

#include "server/claims/hints.h"
#include "server/claims/past_event.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kLeftReach = 10, kRejectReach = 14;
constexpr std::uint32_t kRightReach = 16;
constexpr std::uint32_t kRecountReach = 28;

class StatusReader {
 public:
  StatusReader(const Passage& passage, const Background& background, int carried,
               std::vector<Draft>* drafts)
      : p_(passage), past_(passage, background, carried), drafts_(*drafts) {}

  int Run() {
    for (Draft& draft : drafts_) {
      if (!draft.claim()) continue;
      if (past_.Tells(draft))
        SetPast(&draft);
      else if (Denied(draft))
        draft.status = Status::kDenied;
      else if (Projected(draft))
        draft.status = Status::kProjected;
    }
    std::size_t left = 0;
    for (std::size_t k = 1; k < drafts_.size(); ++k) {
      if (drafts_[k].number->kind == NumberKind::kDuration) continue;
      ShareProjected(drafts_[left], &drafts_[k]);
      if (!IsWholeOf(drafts_[left], drafts_[k])) left = k;
    }
    return past_.anchor();
  }

 private:
  // "hopes to feed 100 this week and 200 next month", "plans to cut 800, or 10 percent": what is
  // hoped of the first is hoped of the second, as long as no verb of its own says otherwise.
  void ShareProjected(const Draft& left, Draft* right) const {
    if (left.status != Status::kProjected || right->status != Status::kStated) return;
    if (!right->claim() || right->finding.relation == Relation::kPredicate) return;
    for (const std::uint32_t i : {right->np.tail, right->number->unit_end}) {
      if (p_.Is(i, kPastTense) && !p_.Is(i, kNoun)) return;  // "and 33 percent accepted it"
    }
    if (right->measure == p_.senses.known.money && left.measure != right->measure) return;
    bool joined = left.np.tail + 1 == right->number->first && p_.IsPunct(left.np.tail, ',');
    for (std::uint32_t i = left.number->end; i < right->number->first; ++i) {
      const Role role = p_.RoleOf(i);
      joined = joined || role == Role::kAnd || role == Role::kOr ||
               (p_.doc.field == Field::kTitle && p_.IsPunct(i, ','));
      const bool form = p_.WordAt(i) != nullptr && p_.WordAt(i)->id == p_.WordAt(i)->lemma;
      const bool plain = form || p_.Text(i) == "lay";  // "and cut", "and lay off"
      const bool base =
          plain || !p_.Is(i, kPastTense | kThirdPerson | kParticiple) || p_.Is(i, kNoun);
      const bool verb = p_.Is(i, kVerb) && !p_.Is(i, kNoun | kGerund);
      if ((verb && !(base && role == Role::kNone && joined)) || p_.Sense(i).Is(kCueRelative))
        return;
      if (p_.Is(i, kAuxiliary | kModal) || p_.IsPunct(i, ';') || p_.IsPunct(i, ':')) return;
      if (p_.Is(i, kPastTense) && !p_.Is(i, kNoun) && !(plain && joined)) return;
    }
    if (joined && right->number->first < left.number->end + 18) right->status = Status::kProjected;
  }

  // "85 [of its 612] shops": the whole beside its part.
  bool IsWholeOf(const Draft& part, const Draft& whole) const {
    std::uint32_t i = whole.number->first - 1;
    if (p_.RoleOf(i) == Role::kThe || p_.Is(i, kDeterminer)) --i;
    return p_.RoleOf(i) == Role::kOf && part.number->end == i;
  }

  // The town or the day that an earlier event's figure names is that event's own.
  static void SetPast(Draft* draft) {
    draft->status = Status::kPastEvent;
    if (draft->by_default && draft->scope == Scope::kPart) draft->scope = Scope::kTotal;
  }

  bool Denied(const Draft& draft) const {
    const std::uint32_t at = draft.number->first;
    if (TakenBack(draft) || CountedAnew(draft)) return true;
    const bool place = draft.measure == p_.senses.known.measurement;
    for (std::uint32_t k = 1; k <= kLeftReach && at >= p_.first + k; ++k) {
      const std::uint32_t i = at - k;
      if (p_.IsPunct(i, ';') || (place && p_.IsPunct(i, ','))) break;
      if (p_.RoleOf(i) == Role::kAnd && p_.Is(i + 1, kSpeech)) break;  // "denied it and said that"
      if (IsDenial(i) && IsCharge(draft)) return false;
      if (p_.Sense(i).Is(kCueDenied)) return true;
    }
    const std::uint32_t last = draft.np.tail - 1;  // "called reports of 20 dead untrue"
    if (last > draft.number->end && p_.Sense(last).Is(kCueDenied)) return true;
    for (std::uint32_t i = draft.np.tail; i < draft.np.tail + kRightReach && p_.Has(i); ++i) {
      if (p_.IsPunct(i, ';')) break;
      if (i >= draft.number->end && p_.NumberAt(i) != nullptr &&
          p_.NumberAt(i)->kind == NumberKind::kCount) {
        break;
      }
      if (IsDenial(i) && p_.RoleOf(i + 1) != Role::kBy && !p_.Sense(i - 1).Is(kCueBe)) break;
      if (p_.Sense(i).Is(kCueDenied)) return true;
      if (p_.IsPair(i, WordList::kDiscredit)) return true;
    }
    return false;
  }

  // A sum that is pledged is a sum told, not a guess.
  bool IsPledge(std::uint32_t i) const { return p_.In(i, WordList::kPledge); }

  // "withdrew the figure of 40 dead", "it is not true that 40 died", "3 died, not 40 as reported",
  // "the figure of 40 was wrong"
  bool TakenBack(const Draft& draft) const {
    const std::uint32_t at = draft.number->first;
    const bool apart = p_.IsPunct(at - 2, ',') || p_.RoleOf(at - 2) == Role::kAnd;
    if (p_.Text(at - 1) == "not" && apart &&
        (p_.RoleOf(draft.np.tail) == Role::kAs || !p_.Has(draft.np.tail + 1))) {
      return true;
    }
    if (DidNot(at)) return true;
    bool figure = false;
    for (std::uint32_t k = 1; k <= kRejectReach && at >= p_.first + k; ++k) {
      const std::uint32_t i = at - k;
      if (p_.IsPunct(i, ';') || p_.IsPunct(i, ',')) break;
      figure = figure || p_.Sense(i).Is(kCueTally) || p_.Sense(i).toll != MeasureId::kNone ||
               p_.In(i, WordList::kClaimedFigure);
      if (figure && TakesBack(i)) return true;
      if (p_.IsPair(i, WordList::kUntruth)) return true;
      if (p_.In(i, WordList::kTrue) && p_.Is(i - 1, kNegation)) return true;
    }
    for (std::uint32_t i = draft.np.tail; figure && i < draft.np.tail + 6 && p_.Has(i); ++i) {
      if (p_.In(i, WordList::kMistaken) &&
          (p_.Sense(i - 1).Is(kCueBe) || p_.Sense(i - 2).Is(kCueBe)))
        return true;
    }
    return false;
  }

  // "did not receive 60 bodies"
  bool DidNot(std::uint32_t at) const {
    return p_.Is(at - 1, kVerb) && !p_.Is(at - 1, kNoun) && p_.Is(at - 2, kNegation) &&
           p_.Is(at - 3, kAuxiliary) && !p_.Sense(at - 3).Is(kCueBe | kCueHave);
  }

  // "lowered the toll to 24 from 51"
  bool CountedAnew(const Draft& draft) const {
    const KnownMeasures& known = p_.senses.known;
    const std::uint32_t at = draft.number->first;
    if (draft.measure != known.killed && draft.measure != known.injured &&
        draft.measure != known.missing && draft.measure != known.infected) {
      return false;
    }
    if (p_.RoleOf(at - 1) != Role::kFrom) return false;
    bool anew = false;  // "... to 24"
    for (std::uint32_t k = 2; k <= kRecountReach && at >= p_.first + k; ++k) {
      const std::uint32_t i = at - k;
      if (p_.IsPunct(i, ';')) return false;
      const Number* number = p_.NumberAt(i);
      anew = anew || (number != nullptr && number->kind == NumberKind::kCount &&
                      p_.RoleOf(number->first - 1) == Role::kTo);
      if (anew && p_.In(i, WordList::kRecount) && p_.Is(i, kVerb)) return true;
    }
    return false;
  }

  // withdrew, retracted, rejected, took back
  bool TakesBack(std::uint32_t i) const {
    return p_.In(i, WordList::kRetract) || p_.In(i, WordList::kReject) ||
           p_.IsPair(i, WordList::kTakeBack);
  }

  // deny, refute: somebody does it to what follows.
  bool IsDenial(std::uint32_t i) const { return p_.Is(i, kVerb) && p_.Sense(i).Is(kCueDenied); }

  // "denies two counts of murder"
  bool IsCharge(const Draft& draft) const {
    return !draft.np.elided() && p_.In(draft.np.head, WordList::kCharge);
  }

  bool Projected(const Draft& draft) const {
    const bool own = draft.finding.relation == Relation::kPredicate ||
                     draft.finding.relation == Relation::kShared ||
                     draft.counted == CountedClass::kPerson ||
                     p_.senses.CountsPeople(draft.measure);
    if (draft.finding.projected && own) return true;
    const bool money = draft.measure == p_.senses.known.money && !IsOutlay(draft);
    if (IsDue(draft)) return draft.measure != p_.senses.known.arrested;  // "due in court": held
    if (IsDistance(draft)) return false;
    if (!money && (HeadlineInfinitive(draft) || IsPurpose(draft))) return true;
    if (Supposes()) return true;
    const std::uint32_t at = draft.number->first;
    const bool hunted = draft.measure == p_.senses.known.suspects;  // "want to talk to two men"
    if (hunted && draft.finding.relation == Relation::kGovernor) return false;
    const bool before = p_.Text(at - 2) == "up" || p_.Text(at - 2) == "down";
    if (before && p_.RoleOf(at - 1) == Role::kFrom)
      return false;                                   // "will be 16,000, up from 6,000"
    if (p_.Sense(at).Is(kCueProjected)) return true;  // "possibly two children"
    const bool planned = p_.Sense(at - 1).Is(kCueProjected) && p_.Is(at - 1, kParticiple);
    if (planned && p_.RoleOf(at - 2) == Role::kA) return true;  // "of a planned 300"
    for (std::uint32_t k = 1; k <= kLeftReach && at >= p_.first + k; ++k) {
      const std::uint32_t i = at - k;
      if (p_.Text(i) == "that" && FearsThat(i - 1)) return !money;
      if (Blocks(i) && !(p_.NumberAt(i) != nullptr && InfinitiveJoined(i, at))) break;
      if (p_.IsMonthMay(i) || (i + 1 == at && IsRoughly(i))) continue;
      if (p_.Text(i) == "could" && p_.Is(i + 1, kNegation)) continue;  // "could not agree on 3"
      if (CouldBeSeen(p_, i)) continue;
      if (p_.Sense(i).Is(kCueModal)) return !money || p_.Text(i) != "would";
      if (p_.Sense(i).Is(kCueFuture)) return !money && !IsHolding(draft);
      if (p_.In(i, WordList::kLikely) && p_.RoleOf(i + 1) == Role::kTo) return true;
      if (AsksFor(i, at, money)) return true;
      if (IsToDo(i)) return !money;
      // "voted down a plan to rescue the banks by 60 votes": the vote is no part of the plan.
      if (p_.Is(i, kNoun) && p_.Is(i + 1, kPreposition) && p_.RoleOf(at - 1) == Role::kBy) break;
      if (DoesBefore(i, at) || (p_.RoleOf(i) == Role::kAnd && IsDone(i - 1, draft))) break;
      if (Expects(i, k)) return !money || !IsPledge(i);
    }
    return draft.number->kind == NumberKind::kCount ? CouldGo(draft) : FutureAfter(draft);
  }

  // "[Perhaps] 200 relatives waited": how many, not whether.
  bool IsRoughly(std::uint32_t i) const { return p_.Text(i) == "perhaps"; }

  // "400 km further north", "60 miles from the town": so it is, whatever comes.
  bool IsDistance(const Draft& draft) const {
    if (draft.number->kind != NumberKind::kMeasurement) return false;
    if (GetUnit(draft.number->quantity.unit).dimension != "length") return false;
    const std::uint32_t i = draft.number->unit_end;
    return p_.In(p_.IsPunct(i, '(') ? p_.AfterBracket(i) : i, WordList::kAway);
  }

  // "will cost $12 million", "would save $12 million": nobody has set the sum.
  bool IsOutlay(const Draft& draft) const {
    return p_.In(draft.number->first - 1, WordList::kOutlay);
  }

  // "will own 20 percent", "will take a 20 percent stake"
  bool IsHolding(const Draft& draft) const {
    if (draft.measure != p_.senses.known.percent) return false;
    return p_.In(draft.number->first - 1, WordList::kHolding) ||
           p_.In(std::max(draft.number->end, draft.number->unit_end), WordList::kHolding);
  }

  bool IsPlainVerb(std::uint32_t i) const {
    return p_.Is(i, kVerb | kAuxiliary) && p_.WordAt(i)->id == p_.WordAt(i)->lemma;
  }

  // "Sixty soldiers were due to fly in", "are to fly in"; in a headline "10,000 to march"
  bool IsDue(const Draft& draft) const {
    const std::uint32_t i = draft.np.tail;
    const bool be = p_.Sense(i).Is(kCueBe);
    const std::uint32_t to = be ? i + 1 : i;
    if (p_.RoleOf(to) == Role::kTo && (be || p_.doc.field == Field::kTitle) &&
        IsPlainVerb(to + 1)) {
      const bool thing = draft.counted == CountedClass::kThing;  // "Nine flights are to fetch men"
      return !thing || p_.Is(to + 1, kAuxiliary);
    }
    return p_.Sense(i).Is(kCueBe) && p_.In(i + 1, WordList::kAboutTo) &&
           p_.RoleOf(i + 2) == Role::kTo;
  }

  // "is to cut 800 jobs", "is due to send"; in a headline "Bank to cut 800 jobs"
  bool IsToDo(std::uint32_t i) const {
    if (p_.RoleOf(i) != Role::kTo || !p_.Is(i + 1, kVerb | kNoun)) return false;
    if (!p_.Is(i + 1, kVerb) && p_.NumberAt(i + 2) == nullptr) return false;  // "to shed 800 jobs"
    if (p_.WordAt(i + 1)->id != p_.WordAt(i + 1)->lemma || i <= p_.first) return false;
    if (p_.Sense(i - 1).Is(kCueBe)) return true;
    if (p_.In(i - 1, WordList::kAboutTo)) return p_.Sense(i - 2).Is(kCueBe);
    if (p_.doc.field != Field::kTitle || p_.NumberAt(i - 1) != nullptr) return false;
    if (p_.IsPunct(i - 1, ',')) return true;  // "Grocer buys rival, to shed 700 jobs"
    return (!p_.Is(i - 1, kVerb | kAdjective) || p_.Is(i - 1, kNoun)) && p_.NounLike(i - 1);
  }

  // "Under the worst case, a third could fall ill": all that the sentence tells.
  bool Supposes() const {
    for (std::uint32_t i = p_.first; i < p_.first + 5; ++i) {
      if (p_.IsPair(i, WordList::kSupposed)) return true;
    }
    return false;
  }

  // "Army to send 500 troops"
  bool HeadlineInfinitive(const Draft& draft) const {
    const std::uint32_t verb = draft.finding.at;
    if (p_.doc.field != Field::kTitle || draft.finding.relation != Relation::kGovernor)
      return false;
    if (verb < p_.first + 2 || p_.RoleOf(verb - 1) != Role::kTo) return false;
    return !p_.Is(verb - 2, kVerb | kAdjective) || p_.Is(verb - 2, kNoun);
  }

  // "flights to repatriate 500", "a plan to help get home thousands": what for, not what was done.
  bool IsPurpose(const Draft& draft) const {
    const KnownMeasures& known = p_.senses.known;
    if (draft.measure != known.evacuated && draft.measure != known.deployed) return false;
    if (draft.finding.relation != Relation::kGovernor) return false;
    for (std::uint32_t i = draft.finding.at; i > p_.first + 1 && draft.finding.at - i < 3; --i) {
      if (p_.RoleOf(i - 1) == Role::kTo) return p_.Is(i - 2, kNoun) && !p_.Is(i - 2, kPersonNoun);
    }
    return false;
  }

  // "will close 300 stores [and lay off] 6,700 people": one modal for both verbs.
  bool InfinitiveJoined(std::uint32_t from, std::uint32_t to) const {
    for (std::uint32_t i = from; i + 1 < to; ++i) {
      if (p_.RoleOf(i) != Role::kAnd && p_.Text(i) != "but") continue;
      if (!p_.Is(i + 1, kVerb) || p_.WordAt(i + 1)->id != p_.WordAt(i + 1)->lemma) continue;
      const bool only = !p_.Is(i + 1, kPastTense | kNoun);
      if (only || p_.NumberAt(i + 2) != nullptr) return true;  // "and cut 4,900 jobs"
    }
    return false;
  }

  // "The feared gang killed 3": what is feared is who did it.
  bool DoesBefore(std::uint32_t i, std::uint32_t at) const {
    if (!p_.Is(i, kParticiple) || !p_.Sense(i).Is(kCueProjected) || !p_.NounLike(i + 1))
      return false;
    if (!p_.Is(i - 1, kDeterminer) && p_.RoleOf(i - 1) != Role::kThe) return false;
    for (std::uint32_t k = i + 2; k < at; ++k) {
      if (p_.Is(k, kPastTense) && !p_.Is(k, kNoun)) return true;
    }
    return false;
  }

  // "A plan to leave the town failed [and] six died": the figure has a verb of its own.
  bool IsDone(std::uint32_t i, const Draft& draft) const {
    return draft.finding.relation == Relation::kPredicate && p_.Is(i, kPastTense) &&
           !p_.Is(i, kNoun);
  }

  // A mark or word beyond which another statement stands.
  bool Blocks(std::uint32_t i) const {
    if (p_.IsPunct(i, ';') || p_.IsPunct(i, ',') || p_.IsDash(i)) return true;
    const Number* number = p_.NumberAt(i);
    if (number != nullptr && number->kind != NumberKind::kDate) return true;
    return p_.Sense(i).Is(kCueRelative) || p_.In(i, WordList::kClause);
  }

  // "feared that 1,200 had died"
  bool FearsThat(std::uint32_t i) const {
    return p_.Sense(i).Is(kCueProjected) && p_.Is(i, kVerb) && !p_.In(i, WordList::kMean);
  }

  // expected, feared, plans to; but not "the forecast", "a housing project".
  bool Expects(std::uint32_t i, std::uint32_t distance) const {
    if (!p_.Sense(i).Is(kCueProjected)) return false;
    if (i > p_.first && p_.HasCapital(i) && p_.doc.field == Field::kBody) return false;  // a name
    if (p_.Is(i, kVerb) && NeedsTo(i) && p_.RoleOf(i + 1) != Role::kTo) return false;
    if (p_.Is(i, kParticiple | kPastTense | kGerund)) return true;
    if (!p_.Is(i, kVerb)) return distance <= 3;
    if (p_.RoleOf(i + 1) == Role::kTo) return true;
    if (p_.Is(i, kThirdPerson)) {  // "City forecasts with a 12 percent rise" is a noun.
      return !p_.Is(i + 1, kPreposition | kVerb | kConjunction);
    }
    if (!p_.Is(i, kNoun) && p_.NounLike(i - 1)) return true;  // "police expect"
    return p_.Is(i - 1, kPronoun | kAuxiliary | kModal | kPlural) || p_.RoleOf(i - 1) == Role::kTo;
  }

  // "asked for 3,500 troops", "called for a march of a million", "wants 12 more sent", "is seeking
  // a loan of $40bn": what is asked for is not there yet.
  bool AsksFor(std::uint32_t i, std::uint32_t at, bool money) const {
    if (!p_.Is(i, kVerb)) return false;
    if (p_.In(i, WordList::kSeek)) {
      const bool wanted = p_.Is(i, kParticiple) && p_.Is(i + 1, kPreposition);  // "men sought in"
      return !wanted && !SoughtWith(i, at) && !p_.Sense(i - 1).Is(kCueHave);
    }
    if (money) return false;
    if (p_.In(i, WordList::kAskFor)) {
      return p_.Text(i + 1) == "for" && !p_.Is(i - 1, kDeterminer);
    }
    return p_.In(i, WordList::kRequest);
  }

  // "seeks protection with $12m of debt"
  bool SoughtWith(std::uint32_t i, std::uint32_t at) const {
    for (; i < at; ++i) {
      if (p_.Text(i) == "with") return true;
    }
    return false;
  }

  // "threatened 15 people", "planned 12 attacks": only with "to" does it tell of what may come.
  bool NeedsTo(std::uint32_t i) const {
    return p_.In(i, WordList::kPlanTo) && !p_.Sense(i - 1).Is(kCueBe);
  }

  // "7,500 jobs could go"
  bool CouldGo(const Draft& draft) const {
    const std::uint32_t i = draft.np.tail;
    if (draft.np.elided() || draft.measure != p_.senses.known.count) return false;
    return p_.Sense(i).Is(kCueModal | kCueFuture) && !p_.IsMonthMay(i) && !CouldBeSeen(p_, i);
  }

  // "About 11 percent of all fuel will come from ..."
  bool FutureAfter(const Draft& draft) const {
    for (std::uint32_t i = draft.np.tail; i < draft.np.tail + 14 && p_.Has(i); ++i) {
      if (p_.IsPunct(i, '(')) {
        i = p_.AfterBracket(i) - 1;
        continue;
      }
      if (Blocks(i) || p_.RoleOf(i) == Role::kAnd) return false;
      if (p_.IsMonthMay(i)) continue;
      if (p_.Text(i) == "would") return false;  // "51 percent of voters would agree"
      if (p_.Text(i) == "could" && p_.Is(i + 1, kNegation)) return false;  // "could not be reached"
      if (CouldBeSeen(p_, i)) return false;
      if (p_.Sense(i).Is(kCueModal | kCueFuture)) return true;
      if (p_.Sense(i).Is(kCueProjected) && p_.Is(i, kParticiple)) {
        return !IsPledge(i) && (!p_.In(i, WordList::kMean) || p_.Sense(i - 1).Is(kCueBe));
      }
    }
    return false;
  }

  const Passage& p_;
  PastReader past_;
  std::vector<Draft>& drafts_;
};

}  // namespace

void ReadStatuses(const Passage& passage, const Background& background, int* carried,
                  std::vector<Draft>* drafts) {
  *carried = StatusReader(passage, background, *carried, drafts).Run();
}

}  // namespace claimwatch
