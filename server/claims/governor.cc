// ReadGovernor: the words to the left of a number ("killing 12", "the toll rose to 12").
#include "server/claims/condition.h"
#include "server/claims/doer.h"
#include "server/claims/fate.h"
#include "server/claims/predicate.h"
#include "server/claims/toll.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kSubjectReach = 8;  // Tokens from "numbering" to who is numbered.

class LeftScan {
 public:
  LeftScan(const Passage& passage, const Number& number, const NounPhrase& np, CountedClass counted)
      : p_(passage), number_(number), np_(np), counted_(counted) {}

  Finding Read() {
    const Finding tally = ReadTallyAfter(p_, number_, np_);
    if (tally.found()) return tally;
    const std::uint32_t i = SkipLeft(number_.first);
    if (i == kNoToken || ReadNumbering(i)) return finding_;
    // "Quake toll hits 41"
    if (np_.elided() && p_.In(i, WordList::kReach) && ReadToll(i)) return finding_;
    const bool found = ReadNoun(i) || ReadState(i) || (p_.Is(i, kVerb) && ReadVerb(i)) ||
                       ReadAction(i) || ReadPreposition(i) || ReadBy(i);
    if (!found) ReadToll(i);
    return finding_;
  }

 private:
  // "food for 12,000 people"
  bool ReadNoun(std::uint32_t i) {
    const MeasureId noun = ByNoun(p_, i, counted_);
    return noun != MeasureId::kNone && Set(i - 1, noun, Relation::kGovernor);
  }

  // "Relatives, numbering 200, gathered", "the attackers, thought to number 8": its subject's
  // figure.
  bool ReadNumbering(std::uint32_t i) {
    if (!np_.elided() || !p_.In(i, WordList::kNumbering) || p_.RoleOf(i - 1) == Role::kThe) {
      return false;
    }
    for (std::uint32_t k = 1; k <= kSubjectReach && i >= p_.first + k; ++k) {
      if (p_.NumberAt(i - k) != nullptr) return false;
      if (!p_.Is(i - k, kPersonNoun) || !p_.Is(i - k, kPlural)) continue;
      MeasureId measure = p_.Sense(i - k).counts;
      if (measure == MeasureId::kNone && p_.IsPunct(np_.tail, ',')) {
        measure = ReadPredicate(p_, np_.tail + 1, CountedClass::kPerson).measure;
      }
      return measure != MeasureId::kNone && Set(i, measure, Relation::kGovernor);
    }
    return false;
  }

  // "shot dead 12", "left dead 12"
  bool ReadState(std::uint32_t i) {
    const MeasureId state = p_.Sense(i).adjective;
    return state != MeasureId::kNone && p_.Is(i - 1, kVerb) && !p_.Sense(i - 1).Is(kCueBe) &&
           counted_ != CountedClass::kThing && Set(i, state, Relation::kGovernor);
  }

  // "rounded up 12", "sent home 12", "let go 12"
  bool ReadAction(std::uint32_t i) {
    const bool particle = p_.Is(i, kAdverb | kPreposition) || p_.Text(i) == "home" ||
                          (p_.Text(i) == "go" && p_.Text(i - 1) == "let");
    const bool acts = p_.Is(i - 1, kVerb) || p_.In(i - 1, WordList::kConvey);
    return particle && acts && ReadParticle(i);
  }

  // What stands before the figure is joined to it: "set fire to 12", "a team of 12".
  bool ReadPreposition(std::uint32_t i) {
    const KnownMeasures& known = p_.senses.known;
    const bool persons = counted_ == CountedClass::kPerson;
    if (p_.Text(i) == "with" && np_.elided() && IsAboard(np_.tail)) {
      return Set(np_.tail, known.participants, Relation::kGovernor);  // "a boat with 40 aboard"
    }
    if (SetsFireTo(i)) return Set(i - 1, known.damaged, Relation::kGovernor);
    if (p_.Is(i, kPreposition) && persons && FiredAt(i)) {
      return Set(i, known.participants, Relation::kGovernor);
    }
    if ((persons || np_.elided()) && IsHunted(p_, i, np_)) {
      return Set(i - 1, known.suspects, Relation::kGovernor);
    }
    const bool others = p_.Text(number_.end) == "others";  // "searching for 26 others"
    if ((persons || others) && p_.Text(i) == "for" && IsSearch(p_, i - 1, np_)) {
      return Set(i - 1, known.missing, Relation::kGovernor);
    }
    if (persons && p_.Text(i) == "for" && SearchGoesOn(i)) {
      return Set(i - 1, known.missing, Relation::kGovernor);
    }
    if (p_.RoleOf(i) == Role::kTo && p_.Sense(i - 1).toll == known.loss && !persons) {
      return Set(i - 1, known.damaged, Relation::kGovernor);  // "damage to 30 shops"
    }
    if (p_.RoleOf(i) == Role::kOf && (ReadOf(i) || ReadTeam(i))) return true;
    return p_.RoleOf(i) == Role::kAnd && ReadSecondObject(i);
  }

  // "a search has been under way for six people"
  bool SearchGoesOn(std::uint32_t preposition) const {
    for (std::uint32_t k = 2; k <= 8 && preposition >= p_.first + k; ++k) {
      const std::uint32_t i = preposition - k;
      if (p_.NumberAt(i) != nullptr || p_.At(i).kind != TokenKind::kWord) return false;
      if (!p_.In(i, WordList::kSearch)) continue;
      const bool effort = p_.NounLike(i + 1) && p_.Is(i + 2, kPastTense);  // "operations resumed"
      return effort || p_.Is(i + 1, kAuxiliary | kModal | kThirdPerson);
    }
    return false;
  }

  // "a robbery by 2 men", "a protest by 300 teachers", "attended by about 100"
  bool ReadBy(std::uint32_t i) {
    if (p_.RoleOf(i) != Role::kBy) return false;
    const KnownMeasures& known = p_.senses.known;
    const std::uint32_t deed =
        counted_ == CountedClass::kPerson ? DeedBefore(p_, i) : std::uint32_t{kNoToken};
    if (deed != kNoToken) return Set(deed, known.suspects, Relation::kGovernor);
    const WordSense& sense = p_.Sense(i - 1);
    const bool act = counted_ != CountedClass::kThing && sense.act == known.participants;
    const bool come =
        np_.elided() && p_.Is(i - 1, kParticiple) && sense.subject == known.participants;
    return (act || come) && Set(i - 1, known.participants, Relation::kGovernor);
  }

  // The token left of the number's determiners, adverbs and "a total of"; kNoToken at the start.
  std::uint32_t SkipLeft(std::uint32_t from) const {
    for (std::uint32_t steps = 0; steps < 8 && from > p_.first; ++steps) {
      const std::uint32_t i = from - 1;
      if (p_.Text(i) == "that" && i > p_.first && p_.Is(i - 1, kVerb)) return i;  // "told that 100"
      const bool summing = p_.RoleOf(i) == Role::kOf && i > p_.first &&
                           (p_.RoleOf(i - 1) == Role::kTotal || p_.Text(i - 1) == "average" ||
                            p_.Text(i - 1) == "estimate" || p_.Says(i - 1, "maximum") ||
                            p_.Says(i - 1, "minimum") || p_.Text(i - 1) == "record");
      if (summing) {
        from = i - 1;
        continue;
      }
      if (p_.RoleOf(i) == Role::kOf && p_.Text(i - 1) == "all") {  // "almost all of the 2,000"
        from = i - 1;
        continue;
      }
      const bool skip = p_.IsQuote(i) || p_.Is(i, kDeterminer) ||
                        (p_.IsAdverb(i) && !p_.Is(i, kPreposition | kVerb | kNoun)) ||
                        p_.RoleOf(i) == Role::kTotal || p_.RoleOf(i) == Role::kAdditional;
      // "to a staggering 215"
      const bool stressed = from == number_.first && i > p_.first && p_.RoleOf(i - 1) == Role::kA &&
                            p_.NounLike(i) && !p_.Is(i, kNoun);
      if (!skip && !stressed) return i;
      from = stressed ? i - 1 : i;
    }
    return kNoToken;
  }

  bool ReadVerb(std::uint32_t i) {
    const WordSense& sense = p_.Sense(i);
    const bool it = p_.Text(i) == "took" && p_.Text(i - 1) == "it";
    if (it && counted_ == CountedClass::kPerson) {  // "It took 45 firefighters an hour"
      return Set(i, p_.senses.known.deployed, Relation::kGovernor);
    }
    finding_.perfect = p_.Sense(i - 1).Is(kCueHave) && !p_.Is(i - 1, kPastTense);
    if (const PhraseSense* phrase =
            FindPhrase(p_, i, number_.end, np_.tail - number_.end + 5, true)) {
      if (FitsCounted(phrase->measure)) return Set(i, phrase->measure, Relation::kGovernor);
    }
    if (p_.IsPunct(np_.tail, ',')) {  // "drove 2.6 million, a quarter of all, from their homes"
      std::uint32_t k = np_.tail + 1;
      while (p_.Has(k) && k < np_.tail + 10 && !p_.IsPunct(k, ',')) ++k;
      const PhraseSense* phrase = p_.IsPunct(k, ',') ? FindPhrase(p_, i, k + 1, 4, true) : nullptr;
      if (phrase != nullptr && FitsCounted(phrase->measure)) {
        return Set(i, phrase->measure, Relation::kGovernor);
      }
    }
    if (i + 1 < number_.first) {  // "swept away 27,000 houses"
      if (const PhraseSense* phrase = FindPhrase(p_, i, i + 1, 1, true)) {
        if (FitsCounted(phrase->measure)) return Set(i, phrase->measure, Relation::kGovernor);
      }
    }
    if (sense.Is(kCueRelease)) {
      const MeasureId own = np_.elided() ? MeasureId::kNone : p_.Sense(np_.head).counts;
      const bool hostages = own == p_.senses.known.hostages || ByIrregulars(i);
      const KnownMeasures& known = p_.senses.known;
      return Set(i, hostages ? known.rescued : known.count, Relation::kGovernor);
    }
    if (sense.Is(kCueCourt) && counted_ == CountedClass::kPerson && !PassiveBefore(i)) {
      return Set(i, p_.senses.known.count, Relation::kGovernor);  // "sentenced the two men"
    }
    const bool bare_noun = p_.Is(i, kNoun) && !p_.Is(i, kPastTense | kGerund) &&
                           p_.Is(i - 1, kDeterminer | kAdjective | kPreposition) &&
                           p_.RoleOf(i - 1) != Role::kTo;  // "helped to rescue 144"
    if (bare_noun || (p_.Is(i, kNoun) && (p_.Is(i - 1, kMonth) || p_.NumberAt(i - 1))))
      return false;  // "a March poll"
    const MeasureId measure = ObjectMeasure(sense, counted_);
    if (measure == MeasureId::kNone) return ReadHeld(i);
    // "carried two rucksacks": what is no known person is no passenger.
    const bool unknown = counted_ == CountedClass::kUnknown && !np_.elided();
    if (unknown && measure == p_.senses.known.participants) return false;
    // "flew 49 sorties": what is no known person is not moved out.
    const bool carries = p_.Text(i).substr(0, 2) == "fl" || p_.Text(i).substr(0, 3) == "mov";
    if (carries && measure == p_.senses.known.evacuated && !FitsCounted(measure)) return false;
    if (PassiveBefore(i)) return false;
    const bool held = measure == p_.senses.known.arrested && ByIrregulars(i);
    return Set(i, held ? p_.senses.known.hostages : WithPair(i, measure), Relation::kGovernor);
  }

  // "pirates are holding 12 sailors"
  bool ReadHeld(std::uint32_t i) {
    const std::string_view text = p_.Text(i);
    const bool holds = text == "hold" || text == "holding" || text == "held" || text == "seized";
    if (!holds || counted_ == CountedClass::kThing) return false;
    if (!np_.elided() && counted_ != CountedClass::kPerson && !p_.HasCapital(np_.head)) {
      return false;
    }
    if (ByIrregulars(i) || FarIrregulars(i)) {
      return Set(i, p_.senses.known.hostages, Relation::kGovernor);
    }
    return ByPolice(i) && Set(i, p_.senses.known.arrested, Relation::kGovernor);
  }

  // "Police held two guards"
  bool ByPolice(std::uint32_t i) const {
    for (std::uint32_t k = 1; k <= 3 && i >= p_.first + k; ++k) {
      if (IsPolice(p_, i - k)) return true;
    }
    return false;
  }

  // "the rebels had detained 12": who is no authority takes hostages.
  bool ByIrregulars(std::uint32_t i) const {
    for (std::uint32_t k = 1; k <= 3 && i >= p_.first + k; ++k) {
      // "killed militants and captured 9", "tracked down the robbers, nabbing ten"
      if (p_.Is(i - k, kConjunction) || p_.IsPunct(i - k, ',')) break;
      const WordSense& sense = p_.Sense(i - k);
      const std::string& group = p_.senses.populations[sense.population];
      if (group == "militants" || group == "suspects") return true;
      if (sense.counts == p_.senses.known.participants && p_.Is(i - k, kPlural)) return true;
      if (p_.Is(i - k, kNoun)) break;
    }
    return false;
  }

  // "Gunmen who took over a church held 120", "The group said it was holding 2": the first noun.
  bool FarIrregulars(std::uint32_t i) const {
    for (std::uint32_t k = p_.first; k < p_.first + 3 && k < i; ++k) {
      if (p_.Text(k) == "group" && p_.Text(i - 2) == "it") return true;
      if (!p_.Is(k, kNoun)) continue;
      const std::string& group = p_.senses.populations[p_.Sense(k).population];
      return (group == "militants" || group == "suspects") && i < k + 14;
    }
    return false;
  }

  bool PassiveBefore(std::uint32_t i) const {
    if (!p_.Is(i, kParticiple) || i <= p_.first) return false;
    std::uint32_t k = i - 1;
    if (p_.Is(k, kAdverb) && k > p_.first) --k;
    return p_.Sense(k).Is(kCueBe);
  }

  // "killed or wounded 12"
  MeasureId WithPair(std::uint32_t i, MeasureId measure) const {
    const KnownMeasures& known = p_.senses.known;
    if (i < p_.first + 2) return measure;
    if (p_.RoleOf(i - 1) != Role::kAnd && p_.RoleOf(i - 1) != Role::kOr) return measure;
    const MeasureId other = ObjectMeasure(p_.Sense(i - 2), counted_);
    if (measure == known.killed && p_.Sense(i - 2).Is(kCueManner)) return measure;
    const bool harm = (measure == known.killed && other == known.injured) ||
                      (measure == known.injured && other == known.killed);
    return harm ? known.casualties : measure;
  }

  // "opened fire on 200 marchers", "fired tear gas at 200 marchers"
  bool FiredAt(std::uint32_t i) const {
    if (p_.Text(i) != "on" && p_.Text(i) != "at" && p_.Text(i) != "into") return false;
    for (std::uint32_t k = 1; k <= 6 && i >= p_.first + k; ++k) {
      const std::string_view text = p_.Text(i - k);
      if (text == "fired" || text == "firing") return true;
      if (text == "fire" && p_.Text(i - k - 1).substr(0, 4) == "open") return true;
    }
    return false;
  }

  // "rounded up 12", "flew out 300"
  bool ReadParticle(std::uint32_t i) {
    const bool brings = p_.RoleOf(i) == Role::kIn && p_.In(i - 1, WordList::kBringIn);
    if (brings && FitsCounted(p_.senses.known.equipment)) {  // "brought in 70 toilets"
      return Set(i - 1, p_.senses.known.equipment, Relation::kGovernor);
    }
    const PhraseSense* phrase = FindPhrase(p_, i - 1, i, 1, true);
    if (phrase == nullptr) return false;
    const bool saved = phrase->measure == p_.senses.known.evacuated &&
                       p_.In(i - 1, WordList::kPick) && TellsOfSea(p_);  // "picked up 596 people"
    MeasureId measure = saved ? p_.senses.known.rescued : phrase->measure;
    if (FitsCounted(measure) && p_.In(i - 1, WordList::kPick) && ByPolice(i - 1)) {
      measure = p_.senses.known.arrested;  // "Agents picked up six men"
    }
    return FitsCounted(measure) && Set(i - 1, measure, Relation::kGovernor);
  }

  // "picked up 22 shell casings": what is no known person is not saved or moved out.
  bool FitsCounted(MeasureId measure) const {
    const KnownMeasures& known = p_.senses.known;
    if (measure == known.hospitalised && counted_ == CountedClass::kThing) return false;
    if (measure == known.equipment) {  // "brought in 70 toilets"; persons are not.
      return !np_.elided() && counted_ != CountedClass::kPerson && !p_.HasCapital(np_.head);
    }
    if (measure != known.rescued && measure != known.evacuated && measure != known.displaced) {
      return true;
    }
    if (np_.elided() || counted_ == CountedClass::kPerson) return true;
    return counted_ == CountedClass::kUnknown && p_.HasCapital(np_.head);
  }

  bool IsAboard(std::uint32_t i) const {
    if (counted_ == CountedClass::kThing) return false;
    return p_.Sense(i).adjective == p_.senses.known.participants || IsOnBoard(p_, i);
  }

  // "set fire to 12 shops"
  bool SetsFireTo(std::uint32_t i) const {
    return p_.RoleOf(i) == Role::kTo && counted_ == CountedClass::kThing &&
           p_.IsPair(i - 2, WordList::kSetFire);
  }

  // "killed himself and 14 others", "injuring a driver and 3 passengers", "hit a shop and 2 houses"
  bool ReadSecondObject(std::uint32_t i) {
    const bool thing = counted_ == CountedClass::kThing;
    if (np_.partitive && p_.Text(number_.end + 1) == "them") return false;
    for (std::uint32_t k = 1; k <= 7 && i >= p_.first + k; ++k) {
      const std::uint32_t at = i - k;
      const Number* number = p_.NumberAt(at);
      if (number != nullptr && number->kind == NumberKind::kAge) continue;  // "a 14-year-old and 3"
      if (number != nullptr) return false;
      const bool held = p_.Text(at) == "held" && ByPolice(at);  // "Police held the owner and 2"
      const MeasureId measure =
          held ? p_.senses.known.arrested : ObjectMeasure(p_.Sense(at), counted_);
      const bool fits = !thing || measure == p_.senses.known.damaged;
      const bool verb = p_.Is(at, kVerb) && (!p_.Is(at, kNoun) || p_.Is(at, kPastTense | kGerund));
      if (k > 1 && fits && verb && !p_.IsPunct(at + 1, ',') && measure != MeasureId::kNone &&
          !PassiveBefore(at)) {
        return Set(at, measure, Relation::kGovernor);
      }
      const bool part = p_.Is(at, kDeterminer | kPronoun | kNoun | kAdjective) ||
                        p_.RoleOf(at) == Role::kOf ||  // "killed the head of the bank and 6 others"
                        p_.WordAt(at) == nullptr || p_.IsHyphen(at);
      if (!part || p_.At(at).kind == TokenKind::kDigits) return false;
    }
    return false;
  }

  // "the deaths of 12", "a toll of 12", "a crew of 12"
  bool ReadOf(std::uint32_t i) {
    if (i <= p_.first) return false;
    const std::uint32_t noun = i - 1;
    const WordSense& sense = p_.Sense(noun);
    if (p_.In(noun, WordList::kLives)) {
      // "affecting the lives of 2 million": they go on living.
      const std::uint32_t verb = p_.RoleOf(noun - 1) == Role::kThe ? noun - 2 : noun - 1;
      const MeasureId done = p_.Is(verb, kVerb) ? p_.Sense(verb).object : MeasureId::kNone;
      if (done == p_.senses.known.affected || done == p_.senses.known.rescued) {
        return Set(verb, done, Relation::kGovernor);
      }
    }
    if (number_.kind == NumberKind::kCount && sense.toll != MeasureId::kNone &&
        sense.toll != p_.senses.known.loss) {
      return Set(noun, sense.toll, Relation::kToll);
    }
    const bool loss = sense.toll == p_.senses.known.loss && p_.Text(noun) == "loss";
    if (loss && counted_ == CountedClass::kPerson) {
      return Set(noun, p_.senses.known.killed, Relation::kGovernor);  // "the loss of 18 men"
    }
    if (sense.act != MeasureId::kNone &&
        p_.senses.CountsPeople(sense.act) == (counted_ != CountedClass::kThing)) {
      return Set(noun, sense.act, Relation::kGovernor);
    }
    const bool act = sense.counts != MeasureId::kNone && !p_.Is(noun, kPersonNoun) &&
                     sense.population == 0 && sense.thing == ThingClass::kNone &&
                     sense.counts != p_.senses.known.equipment;
    if (act) return Set(noun, sense.counts, Relation::kGovernor);
    if (p_.Is(noun, kGerund)) {
      const MeasureId measure = ObjectMeasure(sense, counted_);
      if (measure != MeasureId::kNone) return Set(noun, measure, Relation::kGovernor);
    }
    return false;
  }

  // "sent a team of 12", "arrested a gang of 12": what is done to the group is done to them.
  bool ReadTeam(std::uint32_t of) {
    if (of <= p_.first || !p_.Sense(of - 1).Is(kCueCollective)) return false;
    std::uint32_t i = of - 1;
    while (i > p_.first && of - i < 6 && p_.NounLike(i - 1) && !p_.Is(i - 1, kVerb)) --i;
    if (i == p_.first || !p_.Is(i - 1, kDeterminer) || i < p_.first + 2) return false;
    i -= 2;
    return p_.Is(i, kVerb) && ReadVerb(i);
  }

  bool ReadToll(std::uint32_t i) {
    const Finding toll = ReadTollTo(p_, number_, np_, counted_, i);
    if (toll.found()) finding_ = toll;
    return toll.found();
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

Finding ReadGovernor(const Passage& passage, const Number& number, const NounPhrase& np,
                     CountedClass counted) {
  return LeftScan(passage, number, np, counted).Read();
}

}  // namespace claimwatch
