#include "server/claims/predicate.h"

#include "server/claims/condition.h"
#include "server/claims/verb_sense.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kStepsMax = 22;

class Scan {
 public:
  Scan(const Passage& passage, CountedClass counted) : p_(passage), counted_(counted) {}

  Finding Read(std::uint32_t i) {
    for (std::uint32_t steps = 0; p_.Has(i) && steps < kStepsMax; ++steps) {
      const std::uint32_t next = Step(i);
      if (next == kNoToken) break;
      i = next;
    }
    return finding_;
  }

 private:
  // One token or group; the next token to look at, or kNoToken when the scan is over.
  std::uint32_t Step(std::uint32_t i) {
    if (const Number* number = p_.NumberAt(i)) return StepNumber(*number);
    const Token& token = p_.At(i);
    if (token.line_before && steps_ > 0) return kNoToken;
    ++steps_;
    if (token.kind == TokenKind::kPunct) return StepPunct(i);
    if (token.kind != TokenKind::kWord) return in_phrase_ ? i + 1 : kNoToken;
    const WordSense& sense = p_.Sense(i);
    const std::uint32_t bits = p_.Bits(i);
    if (sense.Is(kCueRelative)) {
      relative_ = true;
      in_phrase_ = false;
      return i + 1;
    }
    if (sense.Is(kCueIncluding) && !(bits & kPastTense)) return SkipAside(i + 1);
    if (bits & (kAuxiliary | kModal)) return ReadVerbGroup(i);
    if (IsState(sense) && !BeforeNoun(i)) return StepAdjective(i, sense);
    if (bits & kVerb) {
      const std::uint32_t next = StepVerb(i, sense, bits);
      if (next != i) return next;
    }
    if (p_.RoleOf(i) == Role::kAnd || p_.RoleOf(i) == Role::kOr) return StepAnd(i);
    if (p_.RoleOf(i) == Role::kTo && !in_phrase_ && DiesNext(i + 1)) return kNoToken;
    if (bits & kPreposition) return StepPreposition(i);
    if (bits & kConjunction) return kNoToken;
    if (p_.IsAdverb(i) || (bits & (kWeekday | kMonth))) return i + 1;
    if (in_phrase_) return i + 1;
    if (p_.RoleOf(i) == Role::kEach || (bits & kTimeNoun)) return i + 1;
    return ++stray_ <= 1 ? i + 1 : kNoToken;
  }

  std::uint32_t StepNumber(const Number& number) {
    switch (number.kind) {
      case NumberKind::kCount:
      case NumberKind::kMoney:
      case NumberKind::kPercent:
        return in_phrase_ && !number.each ? number.end : kNoToken;
      default:
        return number.end;
    }
  }

  // In "12 in the town and 3 ..." the rest belongs to another number.
  std::uint32_t StepAnd(std::uint32_t i) {
    if (!in_phrase_ || p_.NumberAt(i + 1) != nullptr) return kNoToken;
    if (p_.Is(i + 1, kGerund) && !p_.Is(i + 1, kNoun)) return kNoToken;
    return i + 1;
  }

  std::uint32_t StepPunct(std::uint32_t i) {
    if (p_.IsHyphen(i) || p_.IsQuote(i)) return i + 1;
    if (p_.IsPunct(i, '(') || p_.IsPunct(i, '[')) return SkipTo(i + 1, ')', ']', 16);
    if (p_.IsPunct(i, ',')) return StepComma(i);
    if (p_.IsDash(i)) return SkipDashes(i);
    return kNoToken;
  }

  // "the youngest of 17 pupils to die", "12 soldiers to be killed"
  bool DiesNext(std::uint32_t i) {
    const MeasureId killed = p_.senses.known.killed;
    const bool dies = p_.Text(i) == "be" ? p_.Sense(i + 1).object == killed
                                         : p_.Is(i, kVerb) && p_.Sense(i).subject == killed;
    if (dies) Set(i, killed, i);
    return dies;
  }

  // "5 children - aged 11 to 15 - were hurt"
  std::uint32_t SkipDashes(std::uint32_t i) {
    for (std::uint32_t k = i + 1; k < i + 14 && p_.Has(k); ++k) {
      if (!p_.IsDash(k)) continue;
      if (!p_.Is(k + 1, kAuxiliary | kModal | kPastTense)) return kNoToken;
      in_phrase_ = false;
      return k + 1;
    }
    return kNoToken;
  }

  std::uint32_t StepComma(std::uint32_t i) {
    const WordSense& sense = p_.Sense(i + 1);
    if (sense.Is(kCueRelative)) {
      in_phrase_ = false;
      return i + 2;
    }
    bool of_them = false;  // ", a majority of them foreigners, ..."
    for (std::uint32_t k = i + 2; k <= i + 5; ++k) {
      of_them = of_them || (p_.RoleOf(k) == Role::kOf &&
                            (p_.Text(k + 1) == "them" || p_.Text(k + 1) == "whom"));
    }
    const bool among = of_them || p_.Text(i + 1) == "among" || p_.Text(i + 1) == "mostly" ||
                       p_.Text(i + 1) == "mainly" || p_.Text(i + 1) == "many" ||
                       p_.RoleOf(i + 1) == Role::kMost || p_.RoleOf(i + 1) == Role::kSome;
    const Number* part = p_.NumberAt(i + 1);
    bool part_of = part != nullptr && p_.RoleOf(part->end) == Role::kOf;
    for (std::uint32_t k = part == nullptr ? i : part->end; part != nullptr && k < part->end + 5;
         ++k) {
      part_of = part_of || (p_.Text(k) == "among" && p_.Text(k + 1) == "them");
    }
    if (sense.Is(kCueIncluding) || among || part_of) {
      const std::uint32_t after = SkipAside(i + 1);
      in_phrase_ = false;
      return after;
    }
    return SkipShortAside(i);
  }

  // ", for instance," and ", a city of 160,000," before the verb.
  std::uint32_t SkipShortAside(std::uint32_t i) {
    const bool apposition = p_.RoleOf(i + 1) == Role::kA || p_.RoleOf(i + 1) == Role::kThe;
    const bool pair = p_.RoleOf(i + 1) == Role::kAnd && p_.Is(i - 1, kNoun);
    const bool ages =
        p_.RoleOf(i + 1) == Role::kAge || p_.Text(i + 1) == "both" || p_.Text(i + 1) == "all";
    const std::uint32_t reach = apposition ? 14 : pair || ages ? 9 : 5;
    for (std::uint32_t k = i + 2; k < i + reach && p_.Has(k); ++k) {
      if (!p_.IsPunct(k, ',')) continue;
      if (!p_.Is(k + 1, kAuxiliary | kModal | kPastTense)) return kNoToken;
      in_phrase_ = false;
      return k + 1;
    }
    return kNoToken;
  }

  // One past the closing mark, or kNoToken.
  std::uint32_t SkipTo(std::uint32_t i, char close, char other, std::uint32_t reach) const {
    for (std::uint32_t k = 0; k < reach && p_.Has(i); ++k, ++i) {
      if (p_.IsPunct(i, close) || p_.IsPunct(i, other)) return i + 1;
    }
    return kNoToken;
  }

  // Past ", including some 30 children," or up to the verb when no comma closes it.
  std::uint32_t SkipAside(std::uint32_t i) const {
    for (std::uint32_t k = 0; k < 22 && p_.Has(i); ++k, ++i) {
      if (p_.IsPunct(i, ',') && !p_.NounLike(i + 1)) return i + 1;
      if (p_.Is(i, kAuxiliary | kModal) && !IsPossessive(p_, i)) return i;
    }
    return kNoToken;
  }

  // dead, missing: said of the counted; birds found dead are still a count of birds.
  bool IsState(const WordSense& sense) const {
    if (sense.adjective == MeasureId::kNone) return false;
    return counted_ != CountedClass::kThing || !p_.senses.CountsPeople(sense.adjective);
  }

  bool BeforeNoun(std::uint32_t i) const {
    return p_.Is(i + 1, kNoun) && !p_.Is(i + 1, kTimeNoun | kAdverb | kPreposition) &&
           !p_.Is(i, kNoun);
  }

  std::uint32_t StepAdjective(std::uint32_t i, const WordSense& sense) {
    if (sense.adjective == p_.senses.known.participants) {  // aboard
      Set(i, sense.adjective, i);
      finding_.weak = true;
      in_phrase_ = true;
      return i + 1;
    }
    Set(i, JointMeasure(p_, counted_, i, sense.adjective), i);
    return kNoToken;
  }

  // Prepositions open a phrase that is stepped over, unless they tell a state themselves.
  std::uint32_t StepPreposition(std::uint32_t i) {
    const bool board = p_.Text(i) == "on" && p_.Text(i + 1) == "board";
    if (board && counted_ != CountedClass::kThing) {
      Set(i + 1, p_.senses.known.participants, i);
      finding_.weak = true;
    }
    if (const MeasureId state = State(i); state != MeasureId::kNone) {
      Set(i, state, i);
      return kNoToken;
    }
    in_phrase_ = true;
    return i + 1;
  }

  MeasureId State(std::uint32_t i) const { return ReadCondition(p_, i, counted_); }

  // The phrase that begins with the verb at `i`; cows that are led out are no persons saved.
  const PhraseSense* Phrase(std::uint32_t i, std::uint32_t reach, bool object) const {
    const PhraseSense* phrase = FindPhrase(p_, i, i + 1, reach, object);
    const bool persons = phrase != nullptr && p_.senses.CountsPeople(phrase->measure);
    const bool things = persons && (phrase->measure == p_.senses.known.affected ||  // homes, too
                                    phrase->measure == p_.senses.known.deployed);   // vessels
    return persons && !things && counted_ == CountedClass::kThing ? nullptr : phrase;
  }

  // Verbs without an auxiliary. Returns `i` when the word is no verb here.
  std::uint32_t StepVerb(std::uint32_t i, const WordSense& sense, std::uint32_t bits) {
    if ((bits & kNoun) && in_phrase_) return i;
    if (in_phrase_ && p_.Is(i - 1, kPreposition | kDeterminer | kAdjective)) return i;
    if (IsLink(i) && !in_phrase_) return ReadVerbGroup(i);  // "12 remain missing"
    const bool transitive = ObjectStarts(p_, i + 1) || HelpsTo(p_, i);
    if (p_.Text(i) == "caught" && p_.Text(i + 1) == "fire") return NextVerb(i + 2);
    // "750,000 teachers struck": they were not hit.
    const bool strike = p_.Text(i) == "struck" && !p_.Has(i + 2) && !in_phrase_;
    if (strike && counted_ == CountedClass::kPerson) {
      Set(i, p_.senses.known.participants, i);
      return kNoToken;
    }
    const bool headline = p_.doc.field == Field::kTitle && counted_ != CountedClass::kThing;
    if (headline && p_.Text(i) == "held" && !transitive && !in_phrase_) {  // "201 held"
      Set(i, p_.senses.known.arrested, i);
      return kNoToken;
    }
    if ((bits & kParticiple) && !transitive) {
      if (sense.Is(kCueRelease) && !in_phrase_) {  // "and four freed"
        Set(i, p_.senses.known.count, i);
        return kNoToken;
      }
      if (const PhraseSense* phrase = Phrase(i, 6, true)) {
        Set(i, phrase->measure, i);
        return kNoToken;
      }
      const MeasureId object = ObjectMeasure(sense, counted_);
      if (object != MeasureId::kNone) {
        Set(i, JointMeasure(p_, counted_, i, object), i);
        return kNoToken;
      }
      if (sense.Is(kCueReport | kCueLeave | kCueProjected)) {
        if (sense.Is(kCueProjected)) finding_.projected = true;
        in_phrase_ = false;
        return i + 1;
      }
    }
    if (const PhraseSense* phrase = Phrase(i, 6, false)) {
      Set(i, phrase->measure, i);
      return kNoToken;
    }
    MeasureId subject = SubjectMeasure(sense, counted_);
    if (LeavesCountry(p_, i, counted_)) subject = p_.senses.known.evacuated;
    if (EntersCountry(p_, i, counted_)) subject = p_.senses.known.displaced;
    if (subject != MeasureId::kNone) {
      Set(i, JointMeasure(p_, counted_, i, subject), i);
      return kNoToken;
    }
    if (HelpsTo(p_, i) && counted_ == CountedClass::kPerson) {
      Set(i, p_.senses.known.participants, i);
      return kNoToken;
    }
    if (bits & kNoun) return i;
    finding_.finite = (bits & kGerund) == 0;
    if ((bits & kGerund) && !in_phrase_ && ReadAfterInsertion(i + 1)) return kNoToken;
    return !in_phrase_ && ReadOutcome(i + 1) ? kNoToken : NextVerb(i + 1);
  }

  // "walked away unhurt", "escaped unharmed"
  bool ReadOutcome(std::uint32_t i) {
    for (std::uint32_t k = i; k < i + 3; ++k) {
      if (IsState(p_.Sense(k)) && !BeforeNoun(k)) {
        Set(k, p_.Sense(k).adjective, k);
        return true;
      }
      if (!p_.Is(k, kAdverb | kPreposition)) break;
    }
    return false;
  }

  // "people [carrying roses] filled the streets": the verb of the clause comes after.
  bool ReadAfterInsertion(std::uint32_t i) {
    for (std::uint32_t k = i; k < i + 9 && p_.At(k).kind == TokenKind::kWord; ++k) {
      if (p_.NumberAt(k) != nullptr || p_.Is(k, kConjunction) || p_.Sense(k).Is(kCueRelative))
        break;
      if (!p_.Is(k, kAuxiliary | kPastTense) || k < i + 1 || !p_.NounLike(k - 1)) continue;
      if (p_.Is(k, kAuxiliary)) {
        ReadVerbGroup(k);
        return true;
      }
      if (ObjectStarts(p_, k + 1) == false && p_.Is(k, kParticiple)) continue;  // "houses burned"
      const PhraseSense* phrase = Phrase(k, 6, false);
      const MeasureId measure =
          phrase != nullptr ? phrase->measure : SubjectMeasure(p_.Sense(k), counted_);
      if (measure == MeasureId::kNone) continue;
      Set(k, measure, k);
      return true;
    }
    return false;
  }

  // "suffered a heart attack [and died]": the verb that is joined to one that says nothing.
  std::uint32_t NextVerb(std::uint32_t i) {
    if (relative_) return AfterRelative(i);
    if (joined_) return kNoToken;
    joined_ = true;
    for (std::uint32_t k = i; k < i + 9 && p_.Has(k); ++k) {
      if (p_.At(k).kind != TokenKind::kWord || p_.NumberAt(k) != nullptr) return kNoToken;
      if (p_.Text(k) == "after" && p_.Text(k + 1) == "being") return k + 1;
      if (p_.Is(k, kConjunction) && p_.RoleOf(k) != Role::kAnd) return kNoToken;
      if (p_.RoleOf(k) != Role::kAnd) continue;
      if (!p_.Is(k + 1, kPastTense | kAuxiliary) || p_.Is(k + 1, kNoun)) continue;
      in_phrase_ = false;
      return k + 1;
    }
    return kNoToken;
  }

  // "fishermen who had been helping [were taken to hospital]"
  std::uint32_t AfterRelative(std::uint32_t i) {
    relative_ = false;
    for (std::uint32_t k = i; k < i + 9 && p_.At(k).kind == TokenKind::kWord; ++k) {
      if (p_.NumberAt(k) != nullptr || p_.Is(k, kConjunction) || p_.Sense(k).Is(kCueRelative))
        break;
      const bool acts = p_.Is(k, kPastTense) && !p_.Is(k, kNoun | kAuxiliary) &&
                        SubjectMeasure(p_.Sense(k), counted_) != MeasureId::kNone;
      if (!acts && !(p_.Sense(k).Is(kCueBe) && p_.NounLike(k - 1)) &&
          !(p_.Sense(k).Is(kCueBe) && p_.Is(k - 1, kGerund | kAdverb))) {
        continue;
      }
      in_phrase_ = false;
      return k;
    }
    return kNoToken;
  }

  // From an auxiliary or modal on: "could have been reported killed".
  std::uint32_t ReadVerbGroup(std::uint32_t i) {
    finding_.begin = i;
    finding_.finite = true;
    finding_.weak = false;
    passive_ = copula_ = false;
    for (std::uint32_t steps = 0; p_.Has(i) && steps < 14; ++steps, ++i) {
      if (ReadAuxiliary(i)) continue;
      const WordSense& sense = p_.Sense(i);
      if (IsState(sense) && !BeforeNoun(i)) {
        Set(i, JointMeasure(p_, counted_, i, sense.adjective), finding_.begin);
        return kNoToken;
      }
      if (p_.Is(i, kVerb)) {
        const std::uint32_t next = MainVerb(i, sense, p_.Bits(i), passive_);
        if (next == i) continue;
        return next;  // The scan goes on where a joined verb stands.
      }
      if (p_.IsAdverb(i) && p_.Text(i) != "inside") continue;
      if (p_.RoleOf(i) == Role::kAs && p_.Sense(i - 1).Is(kCueReport))
        continue;                                             // listed as missing
      if (p_.Text(i) == "for" && p_.Text(i + 1) == "dead") {  // "were left for dead"
        Set(i, p_.senses.known.injured, finding_.begin);
        return kNoToken;
      }
      if (copula_ && ReadPlan(i)) continue;
      if (copula_) ReadComplement(i);
      if (p_.RoleOf(i - 1) == Role::kNo && p_.Sense(i - 2).Is(kCueHave)) {  // "had no power"
        const MeasureId lack = ReadLack(p_, i);
        if (lack != MeasureId::kNone) Set(i, lack, finding_.begin);
      }
      return kNoToken;
    }
    return kNoToken;
  }

  // Takes in a word that only colours the verb: could, have, been, not, to.
  bool ReadAuxiliary(std::uint32_t i) {
    const WordSense& sense = p_.Sense(i);
    const std::uint32_t bits = p_.Bits(i);
    if (bits & kNegation) {
      finding_.negated = true;
    } else if (sense.Is(kCueModal | kCueFuture) && !p_.IsMonthMay(i)) {
      finding_.projected = true;
    } else if (bits & kModal) {
      return true;
    } else if (sense.Is(kCueBe) ||
               (p_.Lemma(i) != WordId::kNone && p_.Lemma(i) == p_.senses.word.get)) {
      passive_ = copula_ = true;
    } else if (p_.RoleOf(i) == Role::kTo) {
      passive_ = false;
    } else if (sense.Is(kCueHave)) {
      passive_ = false;
      finding_.perfect = !p_.Is(i, kPastTense);
    } else {
      return (bits & kAuxiliary) != 0 || p_.IsQuote(i);
    }
    return true;
  }

  // "are due to arrive", "are likely to die": not yet.
  bool ReadPlan(std::uint32_t i) {
    if (p_.RoleOf(i + 1) != Role::kTo || !p_.Is(i + 2, kVerb)) return false;
    for (const std::string_view plan : {"due", "set", "likely", "ready", "scheduled"}) {
      if (p_.Text(i) == plan) return finding_.projected = true;
    }
    return false;
  }

  // "were inside", "are on board", "is in hospital"
  void ReadComplement(std::uint32_t i) {
    if (p_.Text(i) == "inside") {
      Set(i, p_.senses.known.participants, finding_.begin);
    } else if (p_.Is(i, kPreposition)) {
      if (const MeasureId state = State(i); state != MeasureId::kNone) Set(i, state, i);
      if (p_.Text(i) == "on" && p_.Text(i + 1) == "board") {
        Set(i + 1, p_.senses.known.participants, finding_.begin);
      }
      if (!finding_.found() && counted_ == CountedClass::kPerson && IsThereWhen(p_, i)) {
        Set(i, p_.senses.known.participants, finding_.begin);
      }
    }
  }

  // Returns `i` to read on (were *reported* to have been...), else kNoToken.
  std::uint32_t MainVerb(std::uint32_t i, const WordSense& sense, std::uint32_t bits,
                         bool passive) {
    const bool past_passive = (passive || linked_) && (bits & kParticiple);
    if (const PhraseSense* phrase = Phrase(i, 8, past_passive)) {
      Set(i, phrase->measure, finding_.begin);
      return kNoToken;
    }
    MeasureId measure = past_passive ? ObjectMeasure(sense, counted_) : MeasureId::kNone;
    if (!past_passive) {
      const MeasureId subject = SubjectMeasure(sense, counted_);
      if (subject != MeasureId::kNone) measure = subject;
    }
    if (LeavesCountry(p_, i, counted_)) measure = p_.senses.known.evacuated;
    if (EntersCountry(p_, i, counted_)) measure = p_.senses.known.displaced;
    if (past_passive && p_.Text(i) == "held" && counted_ != CountedClass::kThing) {
      measure = p_.senses.known.arrested;
    }
    if (measure != MeasureId::kNone) {
      Set(i, JointMeasure(p_, counted_, i, measure), finding_.begin);
      if (!relative_ || measure != p_.senses.known.participants) return kNoToken;
      finding_.weak = true;  // "men who were attending a rally [were arrested]"
      return AfterRelative(i + 1);
    }
    if ((bits & kGerund) && passive && counted_ == CountedClass::kPerson && IsBusyWhen(p_, i)) {
      Set(i, p_.senses.known.participants, finding_.begin);
      return kNoToken;
    }
    const bool link = IsLink(i);
    if (link || (past_passive && sense.Is(kCueReport | kCueLeave | kCueProjected)) ||
        sense.Is(kCueProjected)) {
      if (sense.Is(kCueProjected)) finding_.projected = true;
      linked_ = linked_ || link;  // "remain hospitalised"
      return i;
    }
    // "are continuing to flee", but not "refused to leave".
    if (p_.RoleOf(i + 1) == Role::kTo && p_.Is(i + 2, kVerb) && (!passive || (bits & kGerund)) &&
        p_.Text(i).substr(0, 5) != "refus" && p_.Text(i).substr(0, 4) != "fail") {
      return i;
    }
    return NextVerb(i + 1);
  }

  bool IsLink(std::uint32_t i) const {
    const WordId lemma = p_.Lemma(i);
    return lemma != WordId::kNone && (lemma == p_.senses.word.remain ||
                                      lemma == p_.senses.word.go || lemma == p_.senses.word.become);
  }

  void Set(std::uint32_t at, MeasureId measure, std::uint32_t begin) {
    finding_.measure = measure;
    finding_.relation = Relation::kPredicate;
    finding_.at = at;
    finding_.begin = begin;
    finding_.weak = false;
  }

  const Passage& p_;
  const CountedClass counted_;
  Finding finding_;
  bool in_phrase_ = false;  // Inside a prepositional phrase.
  bool passive_ = false;    // In a verb group: after a form of be.
  bool copula_ = false;     // Likewise, and no verb since.
  bool linked_ = false;     // After remain, become, go.
  bool relative_ = false;   // In a clause of who or which.
  bool joined_ = false;     // A second verb was followed already.
  int stray_ = 0;           // Words that fit nowhere.
  int steps_ = 0;
};

}  // namespace

Finding ReadPredicate(const Passage& passage, std::uint32_t i, CountedClass counted) {
  return Scan(passage, counted).Read(i);
}

}  // namespace claimwatch
