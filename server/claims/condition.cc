#include "server/claims/condition.h"

#include <string_view>

namespace claimwatch {
namespace {

// "were among the dead", "among those arrested"
MeasureId OneOf(const Passage& p, std::uint32_t i) {
  const Number* whole = p.NumberAt(i + 1);  // "were among ten Americans killed there"
  if (whole != nullptr) {
    i = whole->end - 2;
  } else if (p.RoleOf(i + 1) != Role::kThe && p.Text(i + 1) != "those") {
    return MeasureId::kNone;
  }
  for (std::uint32_t k = i + 2; k <= i + 4 && p.At(k).kind == TokenKind::kWord; ++k) {
    const WordSense& sense = p.Sense(k);
    if (sense.Is(kCueRelative | kCueBe)) continue;
    for (const MeasureId m : {sense.adjective, sense.counts, sense.object}) {
      if (m != MeasureId::kNone && p.senses.CountsPeople(m)) return m;
    }
  }
  return MeasureId::kNone;
}

WordId IdAt(const Passage& p, std::uint32_t i) {
  return p.WordAt(i) == nullptr ? WordId::kNone : p.WordAt(i)->id;
}

// The preposition at `i` and the word at `k` say it.
bool Holds(const Passage& p, const ConditionSense& condition, std::uint32_t i, std::uint32_t k) {
  if (condition.word != IdAt(p, k) || condition.preposition != IdAt(p, i)) return false;
  if (condition.state && !p.Sense(i - 1).Is(kCueBe) && !p.In(i - 1, WordList::kLink) &&
      p.Text(i - 1) != "listed") {
    return false;
  }
  return condition.before == WordId::kNone || condition.before == IdAt(p, k - 1);
}

}  // namespace

MeasureId ReadLack(const Passage& passage, std::uint32_t i) {
  return passage.In(i, WordList::kNeed) ? passage.senses.known.affected : MeasureId::kNone;
}

MeasureId ReadCondition(const Passage& passage, std::uint32_t i, CountedClass counted) {
  const KnownMeasures& known = passage.senses.known;
  const std::string_view preposition = passage.Text(i);
  if (preposition == "among") return OneOf(passage, i);
  for (std::uint32_t k = i + 1; k <= i + 4 && passage.Has(k); ++k) {
    if (preposition == "without" && ReadLack(passage, k) != MeasureId::kNone) return known.affected;
    if (preposition == "with" && counted != CountedClass::kThing &&
        passage.Sense(k).counts == known.injured) {
      return known.injured;
    }
    if (!passage.In(k, WordList::kConditions)) {
      const Number* number = passage.NumberAt(k);  // "in 82 relief camps"
      if (passage.At(k).kind != TokenKind::kWord && (number == nullptr || k > i + 1)) break;
      continue;
    }
    for (const ConditionSense& condition : passage.senses.conditions) {
      if (Holds(passage, condition, i, k) &&
          (!condition.persons || counted != CountedClass::kThing)) {
        return condition.measure;
      }
    }
    if (passage.At(k).kind != TokenKind::kWord) break;
  }
  return MeasureId::kNone;
}

MeasureId ByNoun(const Passage& p, std::uint32_t i, CountedClass counted) {
  if (counted == CountedClass::kPerson && p.Text(i) == "against") {
    return p.In(i - 1, WordList::kAccusation) ? p.senses.known.arrested : MeasureId::kNone;
  }
  const bool disease = p.Sense(i - 1).Is(kCueDisease) && p.Is(i - 1, kNoun);
  if (counted == CountedClass::kPerson && p.RoleOf(i) == Role::kIn && disease) {
    return p.senses.known.infected;  // "confirmed the disease in 14 workers"
  }
  const bool to = p.RoleOf(i) == Role::kTo || p.Text(i) == "for";
  if (!to || counted == CountedClass::kUnknown) return MeasureId::kNone;
  if (counted == CountedClass::kPerson && p.In(i - 1, WordList::kAid)) {
    return p.senses.known.affected;
  }
  const bool was_cut = p.In(i - 1, WordList::kOutage) && p.Sense(i - 2).Is(kCueBe) &&
                       p.In(i - 3, WordList::kNeed);  // "Power was cut to 27,000 homes"
  if (was_cut && i >= p.first + 3) return p.senses.known.affected;
  if (!p.In(i - 1, WordList::kNeed)) return MeasureId::kNone;
  for (std::uint32_t k = 2; k <= 5 && i >= p.first + k; ++k) {
    if (p.In(i - k, WordList::kOutage)) return p.senses.known.affected;
  }
  return MeasureId::kNone;
}

bool IsNotFound(const Passage& p, std::uint32_t i, CountedClass counted) {
  return counted != CountedClass::kThing && p.In(i, WordList::kFind);
}

// "150 islanders helped keep ...", "helped to dig": they are no objects of it.
bool IsOnBoard(const Passage& p, std::uint32_t i) {
  if (p.Text(i) != "on" && p.RoleOf(i) != Role::kIn) return false;
  if (p.Text(i) == "on" && p.Text(i + 1) == "board") return true;
  if (p.RoleOf(i + 1) != Role::kThe && p.RoleOf(i + 1) != Role::kA) return false;
  for (std::uint32_t k = i + 2; k <= i + 4 && p.NounLike(k); ++k) {
    if (p.Sense(k).thing == ThingClass::kVehicle) return true;
  }
  return false;
}

bool HelpsTo(const Passage& passage, std::uint32_t i) {
  if (!passage.In(i, WordList::kHelp)) return false;
  const std::uint32_t next = passage.RoleOf(i + 1) == Role::kTo ? i + 2 : i + 1;
  const Word* word = passage.WordAt(next);
  return word != nullptr && word->Is(kVerb) && word->id == word->lemma;
}

// "were in the yard when ...", "were at the party at the time"
bool IsThereWhen(const Passage& passage, std::uint32_t i) {
  if (passage.RoleOf(i) != Role::kIn && passage.RoleOf(i) != Role::kAt && passage.Text(i) != "on")
    return false;
  for (std::uint32_t k = i + 2; k < i + 8 && passage.At(k).kind == TokenKind::kWord; ++k) {
    if (passage.Text(k) == "when" ||
        (passage.RoleOf(k) == Role::kAt && passage.Text(k + 2) == "time"))
      return true;
  }
  return false;
}

// "crossed into Chad", "have entered Chad"
bool EntersCountry(const Passage& p, std::uint32_t i, CountedClass counted) {
  if (counted == CountedClass::kThing) return false;
  if (p.In(i, WordList::kEnter)) return p.Sense(i + 1).Is(kCueCountry);
  if (!p.In(i, WordList::kCross)) return false;
  return p.Text(i + 1) == "into" && p.HasCapital(i + 2);
}

// "have left Chile", "left the country", "had to leave"
bool LeavesCountry(const Passage& passage, std::uint32_t i, CountedClass counted) {
  if (!passage.In(i, WordList::kDepart) || counted == CountedClass::kThing) return false;
  if (passage.RoleOf(i - 1) == Role::kTo && passage.Sense(i - 2).Is(kCueHave)) return true;
  const bool named =
      passage.HasCapital(i + 1) && !passage.Is(i + 1, kWeekday | kMonth | kDeterminer);
  return passage.Sense(i + 1).Is(kCueCountry) || named ||
         (passage.RoleOf(i + 1) == Role::kThe && passage.In(i + 2, WordList::kCountryNoun));
}

// "were leaving the club when a fight broke out"
bool IsBusyWhen(const Passage& passage, std::uint32_t i) {
  for (std::uint32_t k = i + 1; k < i + 8 && passage.At(k).kind == TokenKind::kWord; ++k) {
    if (passage.Text(k) == "when")
      return passage.NounLike(k + 1) || passage.Is(k + 1, kDeterminer) ||
             passage.RoleOf(k + 1) == Role::kA || passage.RoleOf(k + 1) == Role::kThe;
  }
  return false;
}

bool ObjectStarts(const Passage& p, std::uint32_t i) {
  const Number* number = p.NumberAt(i);
  if (number != nullptr) {
    return number->kind == NumberKind::kCount || number->kind == NumberKind::kMoney;
  }
  if (p.At(i).kind != TokenKind::kWord) return false;
  if (p.Is(i, kPreposition | kConjunction | kAuxiliary | kModal | kMonth | kWeekday)) return false;
  if (p.Is(i, kDeterminer)) return !p.Is(i + 1, kTimeNoun) && !p.Is(i + 2, kTimeNoun);
  if (p.Is(i, kPronoun)) return !p.Sense(i).Is(kCueRelative);
  if (p.Is(i, kTimeNoun | kAdverb)) return false;
  if (p.Is(i, kPlural) && p.Is(i, kNoun)) return !p.Is(i + 1, kSpeech | kAuxiliary);
  const bool name = p.WordAt(i) == nullptr && p.HasCapital(i);
  const bool form = p.Bits(i) == 0 || p.Is(i, kThirdPerson);  // "warrants", "searches"
  if (name || (form && !p.Is(i, kSpeech) && p.HasPluralForm(i))) {
    return !p.Is(i + 1, kSpeech);
  }
  if (p.In(i, WordList::kLast) && p.Is(i + 1, kTimeNoun)) return false;  // "killed last night"
  return p.Is(i, kNoun | kAdjective) && p.NounLike(i + 1) && !p.Is(i + 1, kSpeech);
}

}  // namespace claimwatch
