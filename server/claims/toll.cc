#include "server/claims/toll.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kTollReach = 20;

class TollScan {
 public:
  TollScan(const Passage& passage, const Number& number, const NounPhrase& np, CountedClass counted)
      : p_(passage), number_(number), np_(np), counted_(counted) {}

  const Finding& finding() const { return finding_; }

  // "the death toll rose to 12", "arrests climbed to 45", "number of dead stands at 12"
  bool ReadTo(std::uint32_t i) {
    if (number_.kind != NumberKind::kCount || !LeadsIn(i)) return false;
    if (!np_.elided() && counted_ == CountedClass::kThing) return false;
    bool clause = false;  // The figure of a relative clause was met, and not yet its "that".
    for (std::uint32_t k = 0; k < kTollReach && i + 1 > p_.first; ++k, --i) {
      // "The death toll, including the gunman, was 13"
      const bool aside = p_.Sense(i + 1).Is(kCueIncluding);
      if (p_.IsPunct(i, ';') || (k > 2 && p_.IsPunct(i, ',') && !aside)) return false;
      if (const Number* other = p_.NumberAt(i)) {
        if (other->kind == NumberKind::kCount && !BeforeChange(*other)) {
          if (k < 2 || !p_.NounLike(other->end)) return false;
          clause = !p_.Is(other->first - 1, kPreposition);
        }
      } else if (p_.Sense(i).Is(kCueRelative) || p_.Text(i) == "that") {
        clause = false;  // "the toll of storms that hit five states jumped to 215"
      } else if (!clause && IsStateToll(i)) {
        return Set(i, p_.Sense(i).adjective, Relation::kToll);
      } else if (p_.Is(i, kNoun) && !clause) {
        const Number* counts = k > 0 ? p_.NumberAt(i - 1) : nullptr;  // "85 deaths, up from 60"
        if (counts != nullptr && counts->kind == NumberKind::kCount) return false;
        if (k > 0 && OwnNumberFollows(i)) continue;
        if (ReadTollNoun(i)) return true;
      }
      if (i == 0) break;
    }
    return false;
  }

  // "brings to 45 the number of dead", "45, the toll"
  bool ReadAfter() {
    if (!np_.elided() || number_.kind != NumberKind::kCount) return false;
    std::uint32_t i = number_.end;
    if (p_.RoleOf(i) != Role::kThe) return false;
    constexpr MeasureId none = MeasureId::kNone;
    for (std::uint32_t k = 1; k <= 5 && p_.Has(i + k); ++k) {
      const WordSense& sense = p_.Sense(i + k);
      if (sense.toll != MeasureId::kNone && sense.toll != p_.senses.known.loss) {
        return Set(i + k, sense.toll, Relation::kToll);
      }
      // "the number of dead", "the number killed"
      const bool direct = p_.Is(i + k + 1, kParticiple) || p_.Sense(i + k + 1).adjective != none;
      if (sense.Is(kCueTally) && (direct || p_.RoleOf(i + k + 1) == Role::kOf)) {
        const MeasureId measure = TallyOf(i + k + (direct ? 1 : 2));
        return measure != MeasureId::kNone && Set(i + k, measure, Relation::kToll);
      }
      if (!p_.NounLike(i + k)) break;
    }
    return false;
  }

 private:
  // "Torl's homeless reach 2 million", "those made homeless rose to 2 million"
  bool IsStateToll(std::uint32_t i) const {
    const MeasureId state = p_.Sense(i).adjective;
    if (state == MeasureId::kNone || !np_.elided() || !p_.senses.CountsPeople(state)) return false;
    if (p_.Is(i + 1, kNoun) && !p_.Is(i + 1, kVerb)) return false;
    return p_.Text(i - 1) == "made" || p_.Text(i - 1) == "left" || p_.Text(i - 1) == "those" ||
           (p_.doc.field == Field::kTitle && (i == p_.first || p_.HasCapital(i - 1)));
  }

  // "The toll from the magnitude 6.9 quake rose to 70": not the magnitude.
  bool OwnNumberFollows(std::uint32_t i) const {
    const Number* own = p_.NumberAt(i + 1);
    return own != nullptr && own->first == i + 1 && own->kind != NumberKind::kCount;
  }

  bool LeadsIn(std::uint32_t i) const {
    if (p_.RoleOf(i) == Role::kOf) {  // "the toll is now of 40 men"
      return p_.Sense(i - 1).Is(kCueBe) || p_.Sense(i - 2).Is(kCueBe);
    }
    if (p_.IsPunct(i, ':') || p_.IsDash(i)) return true;
    switch (p_.RoleOf(i)) {
      case Role::kTo:
      case Role::kAt:
      case Role::kBy:
      case Role::kAs:
      case Role::kFrom:
      case Role::kExceed:
      case Role::kOver:
      case Role::kTotal:
      case Role::kThan:
        return true;
      default:
        break;
    }
    if (p_.Sense(i).Is(kCueBe) || p_.Lemma(i) == p_.senses.word.remain) return true;
    if (p_.In(i, WordList::kReach) || p_.In(number_.first, WordList::kReach)) return true;
    return p_.Sense(i).toll != MeasureId::kNone;
  }

  // "from 12 to 45"
  bool BeforeChange(const Number& other) const {
    return p_.RoleOf(other.end) == Role::kTo || p_.RoleOf(other.first - 1) == Role::kFrom;
  }

  bool ReadTollNoun(std::uint32_t i) {
    const WordSense& sense = p_.Sense(i);
    if (sense.toll != MeasureId::kNone && sense.toll != p_.senses.known.loss) {
      const bool people = np_.elided() || p_.Text(np_.head) == "people";
      if (sense.toll != p_.senses.known.killed && !people) return false;
      return Set(i, sense.toll, Relation::kToll);
    }
    if (np_.elided() && p_.RoleOf(i - 1) == Role::kThe && p_.Is(i, kPersonNoun) &&
        !p_.NounLike(i + 1)) {
      const MeasureId state = sense.adjective != MeasureId::kNone ? sense.adjective : sense.object;
      if (state != MeasureId::kNone) return Set(i, state, Relation::kToll);  // "put the dead at 40"
    }
    const MeasureId tallied = p_.Sense(i - 1).counts;  // "the body count", "the casualty figure"
    if (sense.Is(kCueTally) && tallied != MeasureId::kNone && np_.elided() &&
        p_.senses.CountsPeople(tallied)) {
      return Set(i, tallied, Relation::kToll);
    }
    const bool direct = p_.Is(i + 1, kParticiple) && !p_.Is(i + 1, kAuxiliary);
    if (sense.Is(kCueTally) && (direct || p_.RoleOf(i + 1) == Role::kOf)) {
      const MeasureId measure = TallyOf(i + (direct ? 1 : 2));
      return measure != MeasureId::kNone && Set(i, measure, Relation::kToll);
    }
    if (p_.Text(i) == "rate" && number_.per_end > number_.unit_end) {  // "the murder rate"
      const MeasureId measure = p_.Sense(i - 1).counts;
      return measure != MeasureId::kNone && Set(i, measure, Relation::kToll);
    }
    for (std::uint32_t k = 1; k <= 3 && np_.elided() && i >= p_.first + k + 1; ++k) {
      // "The number of missing passengers was placed at four"
      if (p_.RoleOf(i - k) != Role::kOf || !p_.Sense(i - k - 1).Is(kCueTally)) continue;
      const MeasureId measure = TallyOf(i - k + 1);
      if (measure != MeasureId::kNone) return Set(i - k - 1, measure, Relation::kToll);
    }
    if (p_.Is(i, kPlural) && sense.counts != MeasureId::kNone &&
        sense.counts != p_.senses.known.equipment && np_.elided() &&
        !p_.Sense(i + 1).Is(kCueRelative)) {
      return Set(i, sense.counts, Relation::kToll);
    }
    return false;
  }

  // What is counted by "number of ...": the first word that names a measure.
  MeasureId TallyOf(std::uint32_t i) const {
    // "the number of troops who have died"
    for (std::uint32_t k = i + 1; k < i + 7 && p_.At(k).kind == TokenKind::kWord; ++k) {
      if (!p_.Sense(k).Is(kCueRelative)) continue;
      const Finding happened = ReadPredicate(p_, k, CountedClass::kPerson);
      if (happened.found() && !happened.weak) return happened.measure;
    }
    CountedClass counted = CountedClass::kUnknown;  // "the number of vessels captured"
    for (std::uint32_t k = 0; k < 7 && p_.Has(i); ++k, ++i) {
      const WordSense& sense = p_.Sense(i);
      if (sense.thing != ThingClass::kNone && p_.Is(i, kPlural)) counted = CountedClass::kThing;
      if (p_.At(i).kind == TokenKind::kPunct || p_.Is(i, kAuxiliary | kModal)) break;
      if (sense.adjective != MeasureId::kNone) return sense.adjective;
      if (p_.Is(i, kParticiple)) {
        const MeasureId object = ObjectMeasure(sense, counted);
        if (object != MeasureId::kNone) return object;
      }
      if (sense.counts != MeasureId::kNone && !p_.Is(i + 1, kParticiple) &&
          sense.counts != p_.senses.known.equipment) {
        return sense.counts;
      }
    }
    return MeasureId::kNone;
  }

  bool Set(std::uint32_t at, MeasureId measure, Relation relation) {
    finding_.measure = measure;
    finding_.relation = relation;
    finding_.at = at;
    finding_.begin = at;
    return true;
  }

  const Passage& p_;
  const Number& number_;
  const NounPhrase& np_;
  const CountedClass counted_;
  Finding finding_;
};

}  // namespace

Finding ReadTollTo(const Passage& passage, const Number& number, const NounPhrase& np,
                   CountedClass counted, std::uint32_t i) {
  TollScan scan(passage, number, np, counted);
  scan.ReadTo(i);
  return scan.finding();
}

Finding ReadTallyAfter(const Passage& passage, const Number& number, const NounPhrase& np) {
  TollScan scan(passage, number, np, CountedClass::kUnknown);
  scan.ReadAfter();
  return scan.finding();
}

}  // namespace claimwatch
