// Verbs with their auxiliaries: "could have been reported killed", and the verb that follows one
// which says nothing of the counted.
#include "server/claims/hints.h"
#include "server/claims/predicate_scan.h"

namespace claimwatch {

std::uint32_t PredicateScan::ReadVerbGroup(std::uint32_t i) {
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
    const bool phrase = copula_ && p_.Is(i, kPreposition) && State(i) != MeasureId::kNone;
    if (p_.IsAdverb(i) && p_.Text(i) != "inside" && !phrase) continue;    // "were under arrest"
    if (p_.Text(i) == "since" && p_.Sense(i - 1).Is(kCueHave)) continue;  // "have since died"
    if (p_.RoleOf(i) == Role::kAs && p_.Sense(i - 1).Is(kCueReport)) continue;  // listed as missing
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
    if (p_.Sense(i - 1).Is(kCueHave) && HasInjuries(i)) return kNoToken;
    // "people who had hidden in a cinema were led out": an unknown word is a verb here.
    return relative_ && !copula_ && !finding_.found() ? AfterRelative(i + 1) : kNoToken;
  }
  return kNoToken;
}

bool PredicateScan::HasInjuries(std::uint32_t i) {
  if (counted_ == CountedClass::kThing) return false;
  for (std::uint32_t k = i; k < i + 3 && p_.NounLike(k); ++k) {
    if (p_.Sense(k).counts != p_.senses.known.injured || !p_.Is(k, kPlural)) continue;
    Set(k, p_.senses.known.injured, finding_.begin);
    return true;
  }
  return false;
}

bool PredicateScan::ReadAuxiliary(std::uint32_t i) {
  const WordSense& sense = p_.Sense(i);
  const std::uint32_t bits = p_.Bits(i);
  const bool yet = p_.Text(i) == "yet" && p_.RoleOf(i + 1) == Role::kTo;  // "have yet to be found"
  if (p_.Text(i) == "themselves" || p_.Text(i) == "himself") {  // "have themselves tested positive"
    return p_.Is(i - 1, kAuxiliary);
  }
  if ((bits & kNegation) || yet) {
    finding_.negated = true;
    if (p_.Text(i - 1) == "could") finding_.projected = false;  // "could not be recognised"
  } else if (sense.Is(kCueModal | kCueFuture) && !p_.IsMonthMay(i) && !CouldBeSeen(p_, i)) {
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

bool PredicateScan::ReadPlan(std::uint32_t i) {
  if (p_.RoleOf(i + 1) != Role::kTo || !p_.Is(i + 2, kVerb)) return false;
  if (!p_.In(i, WordList::kAboutTo) && !p_.In(i, WordList::kLikely)) return false;
  return finding_.projected = true;
}

void PredicateScan::ReadComplement(std::uint32_t i) {
  if (p_.Text(i) == "inside") {
    Set(i, p_.senses.known.participants, finding_.begin);
  } else if (p_.Is(i, kPreposition)) {
    if (const MeasureId state = State(i); state != MeasureId::kNone) Set(i, state, i);
    if (IsOnBoard(p_, i)) {
      Set(i + 1, p_.senses.known.participants, finding_.begin);
    }
    if (!finding_.found() && counted_ == CountedClass::kPerson && IsThereWhen(p_, i)) {
      Set(i, p_.senses.known.participants, finding_.begin);
    }
  }
}

std::uint32_t PredicateScan::SetMissing(std::uint32_t i) {
  finding_.negated = false;
  Set(i, p_.senses.known.missing, finding_.begin);
  return kNoToken;
}

std::uint32_t PredicateScan::MainVerb(std::uint32_t i, const WordSense& sense, std::uint32_t bits,
                                      bool passive) {
  const bool past_passive = (passive || linked_) && (bits & kParticiple);
  if (passive && finding_.negated && IsNotFound(p_, i, counted_)) return SetMissing(i);
  if (const PhraseSense* phrase = Phrase(i, 8, past_passive)) {
    Set(i, phrase->measure, finding_.begin);
    return kNoToken;
  }
  MeasureId measure = past_passive ? ObjectMeasure(sense, counted_) : MeasureId::kNone;
  if (!past_passive) {
    const MeasureId subject = SubjectMeasure(sense, counted_);
    measure = subject != MeasureId::kNone ? subject : DoneToOneself(i, sense);
  }
  if (LeavesCountry(p_, i, counted_)) measure = p_.senses.known.evacuated;
  if (EntersCountry(p_, i, counted_)) measure = p_.senses.known.displaced;
  // "have had to evacuate their homes"; but "went to evacuate the villagers".
  const bool themselves = !ObjectStarts(p_, i + 1) || p_.Text(i + 1) == "their";
  if (!past_passive && p_.RoleOf(i - 1) == Role::kTo && themselves &&
      counted_ == CountedClass::kPerson && sense.object == p_.senses.known.evacuated) {
    measure = p_.senses.known.evacuated;
  }
  if (past_passive && p_.Text(i) == "held" && counted_ != CountedClass::kThing) {
    measure = p_.senses.known.arrested;
  }
  if (measure != MeasureId::kNone) {
    Set(i, JointMeasure(p_, counted_, i, measure), finding_.begin);
    if (!relative_ || measure != p_.senses.known.participants) return kNoToken;
    finding_.weak = true;  // "men who were attending a rally [were arrested]"
    return AfterRelative(i + 1);
  }
  if ((bits & kGerund) && passive && ReadDoing(i)) return kNoToken;
  if (past_passive && sense.Is(kCueRelease | kCueCourt) && counted_ == CountedClass::kPerson) {
    Set(i, p_.senses.known.count, finding_.begin);  // "were freed", "were convicted"
    return kNoToken;
  }
  const bool link = IsLink(i);
  copula_ = copula_ || link;  // "remain behind bars"
  if (link || (past_passive && sense.Is(kCueReport | kCueLeave | kCueProjected)) ||
      sense.Is(kCueProjected)) {
    if (sense.Is(kCueProjected)) finding_.projected = true;
    linked_ = linked_ || link;  // "remain hospitalised"
    return i;
  }
  // "are continuing to flee"
  if (p_.RoleOf(i + 1) == Role::kTo && p_.Is(i + 2, kVerb) && (!passive || (bits & kGerund))) {
    return i;
  }
  return NextVerb(i + 1);
}

bool PredicateScan::ReadDoing(std::uint32_t i) {
  if (counted_ != CountedClass::kPerson) return false;
  // "four are recovering", but not "40 divers are recovering bodies"
  const bool recovering = p_.In(i, WordList::kRecovery) && !ObjectStarts(p_, i + 1);
  if (!recovering && !IsBusyWhen(p_, i)) return false;
  Set(i, recovering ? p_.senses.known.injured : p_.senses.known.participants, finding_.begin);
  return true;
}

bool PredicateScan::IsLink(std::uint32_t i) const {
  const WordId lemma = p_.Lemma(i);
  if (lemma == WordId::kNone) return false;
  return lemma == p_.senses.word.go || lemma == p_.senses.word.become || p_.In(i, WordList::kLink);
}

std::uint32_t PredicateScan::NextVerb(std::uint32_t i) {
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

std::uint32_t PredicateScan::AfterRelative(std::uint32_t i) {
  relative_ = false;
  for (std::uint32_t k = i; k < i + 9 && p_.At(k).kind == TokenKind::kWord; ++k) {
    if (p_.NumberAt(k) != nullptr || p_.Is(k, kConjunction) || p_.Sense(k).Is(kCueRelative)) break;
    const bool acts = p_.Is(k, kPastTense) && !p_.Is(k, kNoun | kAuxiliary) &&
                      SubjectMeasure(p_.Sense(k), counted_) != MeasureId::kNone;
    // The clause has had its verb: a second one is the sentence's ("who refused to leave were").
    const bool main = p_.Sense(k).Is(kCueBe) && p_.Text(k) != "be" && p_.Text(k) != "been" &&
                      p_.Text(k) != "being" && !p_.Is(k - 1, kPronoun | kAuxiliary | kModal) &&
                      !p_.Is(k - 1, kNegation);
    if (!acts && !main) continue;
    in_phrase_ = false;
    return k;
  }
  return kNoToken;
}

}  // namespace claimwatch
