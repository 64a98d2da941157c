#include "server/claims/default_measure.h"

#include <string_view>

#include "server/claims/antecedent.h"
#include "server/claims/aside.h"
#include "server/claims/bare_figure.h"
#include "server/claims/fate.h"
#include "server/claims/hints.h"
#include "server/claims/increment.h"
#include "server/claims/noun_measure.h"
#include "server/claims/presence.h"
#include "server/claims/things.h"

namespace claimwatch {
namespace {

constexpr int kRisingReach = 8;  // Figures back from a rise to what rose.

class Settler {
 public:
  Settler(const Passage& passage, const Antecedent& before, std::size_t k,
          std::vector<Draft>* drafts)
      : p_(passage),
        known_(passage.senses.known),
        antecedent_(before),
        drafts_(*drafts),
        draft_((*drafts)[k]),
        before_(k > 0 ? &(*drafts)[k - 1] : nullptr) {}

  void Settle() {
    if (draft_.number->kind != NumberKind::kCount || draft_.rejected) return;
    if (draft_.part && draft_.container < 0 && draft_.counted == CountedClass::kThing &&
        !TellsRest(p_, *draft_.number)) {
      draft_.part = false;  // "the arms included 12 rifles": of no figure.
    }
    FillByPlace();
    if (!draft_.claim() && !draft_.np.elided() && !IsBelowZero(p_, draft_)) FillByNoun();
    FillByContext();
    if (!draft_.claim()) {
      draft_.reason = "nothing says what is counted";
    } else if (const char* why = WhyNoClaim(); why != nullptr) {
      draft_.measure = MeasureId::kNone;
      draft_.reason = why;
    } else {
      draft_.reason = "counted";
    }
  }

 private:
  void FillByPlace() {
    const bool holds = draft_.np.elided() && IsCapacity(p_, *draft_.number);
    if (!draft_.claim() && (holds || CountsStoreys(p_, *draft_.number))) {
      draft_.measure = known_.count;
    }
    if (!draft_.claim() && IsThereWhere(p_, *draft_.number, draft_.np, draft_.counted)) {
      draft_.measure = known_.participants;
    }
    if (!draft_.claim()) draft_.measure = ReadPresence(p_, draft_);
  }

  void FillByNoun() {
    draft_.measure = StateMeasure(p_, draft_);
    if (!draft_.claim()) draft_.measure = ReadThings(p_, draft_);
    if (!draft_.claim()) draft_.measure = HeadMeasure(p_, draft_);
    if (before_ != nullptr) draft_.measure = AlongWith(p_, *before_, draft_);
    if (draft_.measure == known_.count && IsDemonymOfList()) draft_.measure = before_->measure;
    draft_.finding.at = draft_.np.head;
    draft_.finding.relation = Relation::kHead;
    // "The 900 strikers will get ...": they are there, whatever comes.
    const bool there = p_.RoleOf(draft_.number->first - 1) == Role::kThe;
    if (draft_.measure == known_.participants && there) draft_.finding.projected = false;
  }

  void FillByContext() {
    if (draft_.container >= 0 && draft_.source < 0 && draft_.measure == known_.count) {
      const Draft& whole = drafts_[static_cast<std::size_t>(draft_.container)];
      if (whole.claim()) draft_.measure = whole.measure;
    }
    if (!draft_.claim() && FledTo(p_, draft_)) draft_.measure = known_.displaced;
    if (!draft_.claim()) ReadBareFigure(p_, before_, &draft_);
    if (!draft_.claim() && draft_.np.elided() && AreThreatened()) draft_.measure = known_.count;
    if (!draft_.claim() && IsRiseOf(p_, draft_)) draft_.measure = OfRising();
    if (!draft_.claim() && draft_.np.elided()) draft_.measure = OfThese();
    if (!draft_.claim()) TakeAntecedent(p_, antecedent_, drafts_, &draft_);
    if (!draft_.claim() && IsBelowZero(p_, draft_)) draft_.measure = known_.measurement;
    if (!draft_.claim() && CountsSomething()) {
      draft_.measure = known_.count;
      if (p_.Text(draft_.number->end + 1) == "them") draft_.part = true;
    }
  }

  // "61 passengers were Americans, [77 Koreans and 141 Chinese]"
  bool IsDemonymOfList() const {
    if (before_ == nullptr || draft_.np.begin != draft_.np.head) return false;
    if (!p_.HasCapital(draft_.np.head)) return false;
    const NounPhrase& np = before_->np;
    const std::uint32_t at = draft_.number->first;
    if (!p_.senses.CountsPeople(before_->measure) || at > np.tail + 4) return false;
    const bool listed = p_.IsPunct(at - 1, ',') || p_.RoleOf(at - 1) == Role::kAnd;
    const bool told = p_.Sense(np.tail).Is(kCueBe) || np.begin == np.head;
    return listed && told && p_.HasCapital(np.tail == at - 1 ? np.head : at - 2);
  }

  // "seven homes were lost, and [15] are directly threatened"
  bool AreThreatened() const {
    std::uint32_t i = draft_.number->end;
    if (!p_.Sense(i).Is(kCueBe)) return false;
    do {
      ++i;
    } while (p_.IsAdverb(i) || p_.Sense(i).Is(kCueBe));
    return p_.Is(i, kParticiple) && p_.In(i, WordList::kSparing);
  }

  // "1,639 cases in 43 states, an increase of [743]": of the cases.
  MeasureId OfRising() const {
    int hops = 0;  // The cost stays linear.
    for (const Draft* left = before_; left != nullptr && hops < kRisingReach; --left, ++hops) {
      if (left->claim() && left->number->kind == NumberKind::kCount &&
          p_.senses.CountsPeople(left->measure)) {
        return left->measure;
      }
      if (left == drafts_.data()) break;
    }
    return MeasureId::kNone;
  }

  // "[Of the injured], three are in a bad way"
  MeasureId OfThese() const {
    const std::uint32_t these = p_.opening + 2;
    if (p_.RoleOf(p_.opening) != Role::kOf || p_.RoleOf(p_.opening + 1) != Role::kThe) {
      return MeasureId::kNone;
    }
    if (!p_.IsPunct(these + 1, ',') || draft_.number->first <= these) return MeasureId::kNone;
    const WordSense& sense = p_.Sense(these);
    return sense.adjective != MeasureId::kNone ? sense.adjective : sense.counts;
  }

  // "Two of them escaped", "Two managed to flee", "sales dropped to 9,800": of what, nobody says.
  bool CountsSomething() const {
    const Number& number = *draft_.number;
    if (IsZero(number.quantity) || IsOne(number.quantity)) return false;
    if (draft_.np.partitive || number.per_end > number.unit_end) return true;
    if (p_.RoleOf(number.end) == Role::kOf && p_.Text(number.end + 1) == "them") return true;
    if (IsNumberOfThings(p_, draft_)) return true;
    const std::string_view after = p_.Text(number.end);
    const bool past = p_.Bits(number.end) == 0 && after.size() > 3 &&
                      after.substr(after.size() - 2) == "ed";  // "Two managed to flee"
    const bool acts = past || p_.Is(number.end, kPastTense | kAuxiliary | kModal);
    if (number.first == p_.first && acts) return true;
    const auto& size = number.quantity.low ? number.quantity.low : number.quantity.high;
    return size && *size >= Decimal(1000) && !p_.IsPunct(number.first - 1, ':') &&
           !p_.IsPunct(number.end, '/');
  }

  // Null for a claim.
  const char* WhyNoClaim() const {
    const NounPhrase& np = draft_.np;
    if (!np.elided() && draft_.measure == known_.count && p_.Is(np.head, kTimeNoun) &&
        p_.Text(np.head) != "times") {
      return "a stretch of time";
    }
    if (IsZero(draft_.number->quantity) && !ZeroCounts(known_, draft_.measure)) {
      return "none of something that is not tracked";
    }
    return IsOne(draft_.number->quantity) ? WhyOneIsNoClaim() : nullptr;
  }

  // "11 were killed in Torl and [one] in Kelo", "and [one] each in Kelo and Sarn"
  bool IsOneThere() const {
    const std::uint32_t at = draft_.number->first, end = draft_.number->end;
    if (p_.RoleOf(at - 1) != Role::kAnd && !p_.IsPunct(at - 1, ',')) return false;
    const std::uint32_t in = p_.RoleOf(end) == Role::kEach ? end + 1 : end;
    const bool place =
        p_.RoleOf(in) == Role::kIn || p_.RoleOf(in) == Role::kAt || p_.RoleOf(in) == Role::kFrom;
    return place && p_.HasCapital(in + 1) && p_.senses.CountsPeople(draft_.measure);
  }

  const char* WhyOneIsNoClaim() const {
    const NounPhrase& np = draft_.np;
    const std::uint32_t at = draft_.number->first, end = draft_.number->end;
    if (draft_.finding.relation == Relation::kHead && !OneCase(p_, np) &&
        !OnlyOneDidIt(p_, draft_) && !(np.head != kNoToken && HeadIsAct(p_, np.head))) {
      return "'one' as an article";
    }
    const bool other = draft_.counted != CountedClass::kPerson ||
                       p_.RoleOf(at - 1) == Role::kOf;  // "ten members of one family"
    if (draft_.finding.relation == Relation::kPredicate && p_.Is(at - 1, kPreposition) && other) {
      return "'one' in an aside";  // "patients from one hospital were flown out"
    }
    // "killed three of its men, Brazil 11 and Argentina one"
    const bool gapped =
        draft_.source >= 0 && np.elided() && !np.partitive &&
        ((p_.HasCapital(at - 1) && p_.RoleOf(at - 2) == Role::kAnd) || IsOneThere());
    const bool severe =  // "one critically"
        p_.Sense(end).Is(kCueSeverity) || p_.Says(end, "fatally");
    if (gapped || severe) return nullptr;
    const bool open = np.partitive || draft_.measure == known_.count;
    return open || (np.elided() && draft_.source >= 0) ? "'one' as a pronoun or article" : nullptr;
  }

  const Passage& p_;
  const KnownMeasures& known_;
  const Antecedent& antecedent_;
  const std::vector<Draft>& drafts_;
  Draft& draft_;
  const Draft* before_;
};

}  // namespace

void SettleMeasure(const Passage& passage, const Antecedent& before, std::size_t k,
                   std::vector<Draft>* drafts) {
  Settler(passage, before, k, drafts).Settle();
}

}  // namespace claimwatch
