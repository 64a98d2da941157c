#include "server/claims/predicate.h"

#include "server/claims/insertion.h"
#include "server/claims/predicate_scan.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kStepsMax = 22;

}  // namespace

Finding PredicateScan::Read(std::uint32_t i) {
  for (std::uint32_t steps = 0; p_.Has(i) && steps < kStepsMax; ++steps) {
    const std::uint32_t next = Step(i);
    if (next == kNoToken) break;
    i = next;
  }
  return finding_;
}

std::uint32_t PredicateScan::Step(std::uint32_t i) {
  if (const Number* number = p_.NumberAt(i)) return StepNumber(*number);
  const Token& token = p_.At(i);
  if (token.line_before && token.capitalised && steps_ > 0) return kNoToken;
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
  if (sense.Is(kCueIncluding) && !(bits & kPastTense)) return AfterAside(p_, i + 1);
  if (bits & (kAuxiliary | kModal)) return ReadVerbGroup(i);
  if (IsState(sense) && !BeforeNoun(i)) return StepAdjective(i, sense);
  if (bits & kVerb) {
    const std::uint32_t next = StepVerb(i, sense, bits);
    if (next != i) return next;
  }
  if (p_.RoleOf(i) == Role::kAnd || p_.RoleOf(i) == Role::kOr) return StepAnd(i);
  if (p_.RoleOf(i) == Role::kTo && !in_phrase_ && (DiesNext(i + 1) || GoesNext(i + 1))) {
    return kNoToken;
  }
  if (bits & kPreposition) return StepPreposition(i);
  if (bits & kConjunction) return kNoToken;
  if (p_.IsAdverb(i) || (bits & (kWeekday | kMonth))) return i + 1;
  if (in_phrase_) return i + 1;
  if (p_.RoleOf(i) == Role::kEach || (bits & kTimeNoun)) return i + 1;
  return ++stray_ <= 1 ? i + 1 : kNoToken;
}

std::uint32_t PredicateScan::StepNumber(const Number& number) {
  switch (number.kind) {
    case NumberKind::kCount:
    case NumberKind::kMoney:
    case NumberKind::kPercent:
      return in_phrase_ && !number.each ? number.end : kNoToken;
    default:
      return number.end;
  }
}

std::uint32_t PredicateScan::StepAnd(std::uint32_t i) {
  if (!in_phrase_ || p_.NumberAt(i + 1) != nullptr) return kNoToken;
  if (p_.Is(i + 1, kGerund) && !p_.Is(i + 1, kNoun)) return kNoToken;
  return i + 1;
}

std::uint32_t PredicateScan::StepPunct(std::uint32_t i) {
  if (p_.IsHyphen(i) || p_.IsQuote(i)) return i + 1;
  if (p_.IsPunct(i, '(') || p_.IsPunct(i, '[')) return AfterBracketed(p_, i + 1);
  if (p_.IsPunct(i, ',')) return StepComma(i);
  if (!p_.IsDash(i)) return kNoToken;
  in_phrase_ = false;
  return AfterDashes(p_, i);
}

bool PredicateScan::DiesNext(std::uint32_t i) {
  const MeasureId killed = p_.senses.known.killed;
  const bool dies = p_.Text(i) == "be" ? p_.Sense(i + 1).object == killed
                                       : p_.Is(i, kVerb) && p_.Sense(i).subject == killed;
  if (dies) Set(i, killed, i);
  return dies;
}

bool PredicateScan::GoesNext(std::uint32_t i) {
  if (counted_ == CountedClass::kThing || !p_.Is(i, kVerb)) return false;
  const MeasureId displaced = p_.senses.known.displaced;
  const MeasureId subject = p_.Sense(i).subject;
  const bool goes = subject == displaced || subject == p_.senses.known.evacuated ||
                    LeavesCountry(p_, i, counted_) || p_.Text(i) == "leave";
  if (!goes) return false;
  for (std::uint32_t k = 2; k <= 9 && i >= p_.first + k; ++k) {  // Left of the figure.
    if (!p_.In(i - k, WordList::kCausing)) continue;
    Set(i, displaced, i);
    finding_.perfect = p_.Sense(i - k - 1).Is(kCueHave);
    return true;
  }
  return false;
}

std::uint32_t PredicateScan::StepComma(std::uint32_t i) {
  const WordSense& sense = p_.Sense(i + 1);
  if (sense.Is(kCueRelative)) {
    in_phrase_ = false;
    return i + 2;
  }
  if (p_.Text(i + 1) == "with" && p_.NumberAt(i + 2) != nullptr) return kNoToken;  // "with 2 hurt"
  bool of_them = false;  // ", a majority of them foreigners, ..."
  for (std::uint32_t k = i + 2; k <= i + 5; ++k) {
    of_them = of_them ||
              (p_.RoleOf(k) == Role::kOf && (p_.Text(k + 1) == "them" || p_.Text(k + 1) == "whom"));
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
  const bool clause =
      part_of && (p_.Text(part->end + 1) == "whom" || p_.Text(part->end + 1) == "which");
  if (sense.Is(kCueIncluding) || among || part_of) {
    const std::uint32_t after = clause ? AfterClause(p_, part->end) : AfterAside(p_, i + 1);
    in_phrase_ = false;
    return after;
  }
  in_phrase_ = false;
  return AfterShortAside(p_, i);
}

bool PredicateScan::IsState(const WordSense& sense) const {
  if (sense.adjective == MeasureId::kNone) return false;
  return counted_ != CountedClass::kThing || !p_.senses.CountsPeople(sense.adjective);
}

bool PredicateScan::BeforeNoun(std::uint32_t i) const {
  return p_.Is(i + 1, kNoun) && !p_.Is(i + 1, kTimeNoun | kAdverb | kPreposition) &&
         !p_.Is(i, kNoun);
}

std::uint32_t PredicateScan::StepAdjective(std::uint32_t i, const WordSense& sense) {
  if (sense.adjective == p_.senses.known.participants) {  // aboard
    Set(i, sense.adjective, i);
    finding_.weak = true;
    in_phrase_ = true;
    return i + 1;
  }
  Set(i, JointMeasure(p_, counted_, i, sense.adjective), i);
  return kNoToken;
}

std::uint32_t PredicateScan::StepPreposition(std::uint32_t i) {
  if (IsOnBoard(p_, i) && counted_ != CountedClass::kThing) {
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

MeasureId PredicateScan::State(std::uint32_t i) const { return ReadCondition(p_, i, counted_); }

const PhraseSense* PredicateScan::Phrase(std::uint32_t i, std::uint32_t reach, bool object) const {
  const PhraseSense* phrase = FindPhrase(p_, i, i + 1, reach, object);
  const bool persons = phrase != nullptr && p_.senses.CountsPeople(phrase->measure);
  const bool things = persons && (phrase->measure == p_.senses.known.affected ||  // homes, too
                                  phrase->measure == p_.senses.known.deployed);   // vessels
  return persons && !things && counted_ == CountedClass::kThing ? nullptr : phrase;
}

bool PredicateScan::ReadBareVerb(std::uint32_t i) {
  MeasureId measure = MeasureId::kNone;
  if (p_.Text(i) == "struck" && !p_.Has(i + 2) && counted_ == CountedClass::kPerson) {
    measure = p_.senses.known.participants;  // "750,000 teachers struck": they were not hit.
  }
  const bool headline = p_.doc.field == Field::kTitle && counted_ != CountedClass::kThing;
  if (p_.Text(i) == "lost" && p_.Sense(i - 1).Is(kCueReport | kCueProjected)) {
    measure = p_.senses.known.missing;  // "13 feared lost"
  }
  if (headline && p_.In(i, WordList::kPursuit) && p_.Is(i, kParticiple)) {
    measure = p_.senses.known.suspects;  // "Three sought in robbery"
  }
  const bool ends = !p_.Has(i + 1) || p_.IsPunct(i + 1, ',') || p_.IsPunct(i + 1, '.');
  const bool persons = counted_ == CountedClass::kPerson && ends;  // "and 70 people held, 12 of"
  if ((headline || persons) && p_.Text(i) == "held") {
    measure = p_.senses.known.arrested;  // "201 held"
  }
  if (measure == MeasureId::kNone) return false;
  Set(i, measure, i);
  return true;
}

std::uint32_t PredicateScan::StepParticiple(std::uint32_t i, const WordSense& sense) {
  MeasureId measure = ObjectMeasure(sense, counted_);
  if (measure != MeasureId::kNone) measure = JointMeasure(p_, counted_, i, measure);
  if (const PhraseSense* phrase = Phrase(i, 6, true)) measure = phrase->measure;
  if (sense.Is(kCueRelease) && !in_phrase_) measure = p_.senses.known.count;  // "and four freed"
  if (measure != MeasureId::kNone) {
    Set(i, measure, i);
    return kNoToken;
  }
  if (!sense.Is(kCueReport | kCueLeave | kCueProjected)) return i;
  if (sense.Is(kCueProjected) && p_.Text(i + 1) != "for") finding_.projected = true;
  in_phrase_ = false;
  return i + 1;
}

std::uint32_t PredicateScan::StepVerb(std::uint32_t i, const WordSense& sense, std::uint32_t bits) {
  if ((bits & kNoun) && in_phrase_) return i;
  const bool aboard = counted_ == CountedClass::kPerson &&
                      p_.Sense(i - 1).adjective == p_.senses.known.participants;
  if (in_phrase_ && !aboard && p_.Is(i - 1, kPreposition | kDeterminer | kAdjective)) return i;
  const bool past = p_.Is(i, kPastTense) && !p_.Is(i - 1, kPreposition);
  if (IsLink(i) && (!in_phrase_ || past)) return ReadVerbGroup(i);  // "12 in Torl remained missing"
  const bool transitive = ObjectStarts(p_, i + 1) || HelpsTo(p_, i);
  if (p_.Text(i) == "caught" && p_.Text(i + 1) == "fire") return NextVerb(i + 2);
  if (!transitive && (bits & kPastTense) && !in_phrase_) {  // "got away with $12 million"
    if (const PhraseSense* phrase = Phrase(i, 1, false)) {
      Set(i, phrase->measure, i);
      return kNoToken;
    }
  }
  if (!transitive && !in_phrase_ && ReadBareVerb(i)) return kNoToken;
  if ((bits & kParticiple) && !transitive) {
    const std::uint32_t next = StepParticiple(i, sense);
    if (next != i) return next;
  }
  if (const PhraseSense* phrase = Phrase(i, 6, false)) {
    Set(i, phrase->measure, i);
    return kNoToken;
  }
  MeasureId subject = SubjectMeasure(sense, counted_);
  if (subject == MeasureId::kNone) subject = DoneToOneself(i, sense);
  if (LeavesCountry(p_, i, counted_)) subject = p_.senses.known.evacuated;
  if (EntersCountry(p_, i, counted_)) subject = p_.senses.known.displaced;
  if (subject == p_.senses.known.count && ReadOutcome(i + 1)) return kNoToken;
  // "400 migrants fleeing Torl are feared drowned": what became of them in the end.
  const bool on_the_way = subject == p_.senses.known.displaced && (bits & kGerund) && !in_phrase_;
  if (on_the_way && ReadAfterInsertion(i + 1)) {
    if (finding_.found()) return kNoToken;
    finding_ = Finding{};
  }
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

MeasureId PredicateScan::DoneToOneself(std::uint32_t i, const WordSense& sense) const {
  if (counted_ == CountedClass::kThing) return MeasureId::kNone;
  for (const std::string_view self : {"themselves", "himself", "herself"}) {
    if (p_.Text(i + 1) == self) return ObjectMeasure(sense, counted_);
  }
  return MeasureId::kNone;
}

bool PredicateScan::ReadOutcome(std::uint32_t i) {
  for (std::uint32_t k = i; k < i + 3; ++k) {
    if (IsState(p_.Sense(k)) && !BeforeNoun(k)) {
      Set(k, p_.Sense(k).adjective, k);
      return true;
    }
    if (!p_.Is(k, kAdverb | kPreposition)) break;
  }
  return false;
}

bool PredicateScan::ReadAfterInsertion(std::uint32_t i) {
  for (std::uint32_t k = i; k < i + 9 && p_.At(k).kind == TokenKind::kWord; ++k) {
    if (p_.NumberAt(k) != nullptr || p_.Is(k, kConjunction) || p_.Sense(k).Is(kCueRelative)) break;
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

void PredicateScan::Set(std::uint32_t at, MeasureId measure, std::uint32_t begin) {
  finding_.measure = measure;
  finding_.relation = Relation::kPredicate;
  finding_.at = at;
  finding_.begin = begin;
  finding_.weak = false;
}

Finding ReadPredicate(const Passage& passage, std::uint32_t i, CountedClass counted) {
  return PredicateScan(passage, counted).Read(i);
}

}  // namespace claimwatch
