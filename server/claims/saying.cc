#include "server/claims/saying.h"

#include <string_view>

#include "server/claims/speaker.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kNounReach = 5;  // Tokens from a number to its noun.

// "dismissed the [claim] that"
bool RejectsClaim(const Passage& p, std::uint32_t i) {
  for (std::uint32_t k = i + 1; k < i + 6 && p.At(k).kind == TokenKind::kWord; ++k) {
    const bool figure = p.In(k, WordList::kClaimedFigure) || p.Sense(k).Is(kCueTally) ||
                        p.Sense(k).toll != MeasureId::kNone;
    if (figure) return true;
  }
  return false;
}

// "Some 12 people died, doctors [fear]": the name follows upon the statement.
bool SpokenAfter(const Passage& p, std::uint32_t i) {
  const Phrase name = NameBefore(p, i);
  if (name.text.empty() || !CanTell(p, name)) return false;
  std::uint32_t k = i;
  while (k > p.first && p.At(k - 1).span.begin >= name.span.begin) --k;
  return k > p.first && (p.IsPunct(k - 1, ',') || p.IsQuote(k - 1));
}

// "Some 12 people died, doctors [fear].", "..., Bole [recalled]."
bool ClosesStatement(const Passage& p, std::uint32_t i) {
  if (p.Has(i + 1) && p.At(i + 1).kind != TokenKind::kPunct) return false;
  return SpokenAfter(p, i);
}

// "A tally by the daily shows [46 deaths]"
bool ShowsFigure(const Passage& p, std::uint32_t i) {
  if (p.NumberAt(i + 1) == nullptr) return false;
  for (std::uint32_t k = i; k > p.first && i - k < kNameMax; --k) {
    if (p.In(k - 1, WordList::kAccount)) return true;
  }
  return false;
}

// "Rescuers fear [60 people are] buried"
bool FindsThatFigure(const Passage& p, std::uint32_t i) {
  const Number* figure = p.NumberAt(i);
  if (figure == nullptr || figure->kind != NumberKind::kCount) return false;
  for (std::uint32_t k = figure->end; k < figure->end + 5 && p.NounLike(k); ++k) {
    if (p.Is(k + 1, kAuxiliary | kModal)) return true;
  }
  return false;
}

// "A poll found that", "doctors think that"; "the ministry put the toll at 40": says it, too.
bool Finds(const Passage& p, std::uint32_t i) {
  if (p.In(i, WordList::kFinds)) {
    const bool told = !p.Is(i - 1, kModal | kAuxiliary) && !p.Sense(i - 1).Is(kCueRelative);
    return told && (p.Text(i + 1) == "that" || FindsThatFigure(p, i + 1) || ShowsFigure(p, i) ||
                    ClosesStatement(p, i));
  }
  if (p.In(i, WordList::kReject) || p.In(i, WordList::kLabels)) return RejectsClaim(p, i);
  if (p.In(i, WordList::kTallies)) {
    return p.NumberAt(i + 1) != nullptr && CanTell(p, NameBefore(p, i));
  }
  if (!p.In(i, WordList::kPuts) && !p.In(i, WordList::kGives)) return false;
  if (p.Sense(i - 1).Is(kCueBe)) return false;
  if (p.RoleOf(i + 1) == Role::kAt) return false;  // "debts put at $40 million"
  const bool gives = p.In(i, WordList::kGives);    // "gave the number of hurt as 30"
  for (std::uint32_t k = i + 1; k < i + 12 && (p.At(k).kind == TokenKind::kWord || p.IsHyphen(k));
       ++k) {
    const bool at = p.RoleOf(k) == (gives ? Role::kAs : Role::kAt);
    if (at && p.NumberAt(k + 1) != nullptr) return true;
  }
  return false;
}

// "according to a police [report]"
bool IsAccountThere(const Passage& p, std::uint32_t i) {
  if (!p.In(i, WordList::kAccount)) return false;
  for (std::uint32_t k = 2; k <= 4; ++k) {
    if (p.RoleOf(i - k) == Role::kA) return true;
  }
  return false;
}

// "five southern [states] rose", "12 storm [reports] in the north": the noun that a number counts.
bool IsCounted(const Passage& p, std::uint32_t i) {
  if (!p.Is(i, kPlural)) return false;
  for (std::uint32_t k = 1; k <= kNounReach && i >= p.first + k; ++k) {
    if (p.NumberAt(i - k) != nullptr) return k > 1;
    if (!p.NounLike(i - k) && !p.IsHyphen(i - k)) return false;
  }
  return false;
}

// "12 people [confirmed] dead", "up from 28 cases [reported] in 2018": said of the counted.
bool IsSaidOfCounted(const Passage& p, std::uint32_t i) {
  if (!p.Is(i, kParticiple) || p.In(i, WordList::kSaid) || p.In(i, WordList::kTell)) return false;
  const bool state = p.Sense(i + 1).adjective != MeasureId::kNone ||
                     (p.Is(i + 1, kParticiple) && !p.NounLike(i + 2));
  const bool alone = p.Is(i + 1, kPreposition) || p.RoleOf(i + 1) == Role::kTo || !p.Has(i + 1) ||
                     p.At(i + 1).kind == TokenKind::kPunct;
  if (!state && !alone) return false;
  for (std::uint32_t k = 1; k <= kNounReach && i >= p.first + k; ++k) {
    const Number* number = p.NumberAt(i - k);
    if (number != nullptr) return k > 1 && number->kind == NumberKind::kCount;
    if (!p.NounLike(i - k) && p.RoleOf(i - k) != Role::kOf) return false;
  }
  return false;
}

// "secretary of [state]", "[state] television", "neighbouring [states]",
// "there are credible [reports] that": a word that can tell, and does not.
bool IsNounThere(const Passage& p, std::uint32_t i) {
  if (IsAccountThere(p, i)) return true;
  if (p.Is(i - 1, kPreposition)) return true;
  const bool plain = p.WordAt(i)->id == p.WordAt(i)->lemma;
  const bool many =
      p.Is(i - 1, kPlural | kPronoun | kModal | kAdverb) || p.RoleOf(i - 1) == Role::kTo;
  if (plain && !many && p.NounLike(i + 1) && !p.Is(i + 1, kPronoun | kDeterminer)) return true;
  // "the latest situation [report] of the ministry": one thing would say with an s.
  if (plain && !many && p.Is(i - 1, kNoun) && !p.HasCapital(i - 1) && !p.Is(i - 1, kPersonNoun) &&
      p.Sense(i - 1).population == 0 && !p.In(i - 1, WordList::kTeller)) {
    return true;
  }
  // "in Torl [state], the governor said"
  if (plain && !many && p.HasCapital(i - 1) &&
      (p.IsPunct(i + 1, ',') || p.Is(i + 1, kAuxiliary | kModal))) {
    return true;
  }
  if (IsCounted(p, i)) return true;
  if (p.Is(i, kPlural) && p.Is(i + 1, kSpeech) && p.Is(i + 1, kPastTense)) return true;
  // "infections from Ulm, Sarn and Torl [states]."
  const bool listed = p.HasCapital(i - 1) && p.Is(i - 2, kConjunction);
  if (listed && p.Is(i, kPlural) && (!p.Has(i + 1) || p.At(i + 1).kind == TokenKind::kPunct)) {
    return true;
  }
  const std::string_view before = p.Text(i - 1);
  const bool form = before.size() > 5 && before.substr(before.size() - 3) == "ing";
  if (form && !p.HasCapital(i - 1) && !p.Is(i - 1, kNoun)) return true;
  for (std::uint32_t k = 1; k <= 3 && i >= p.first + k; ++k) {
    if (p.Sense(i - k).Is(kCueBe)) return true;
  }
  return false;
}

// "did not [say] how 12 died", "declined to [say]"
bool IsWithheld(const Passage& p, std::uint32_t i) {
  if (p.Is(i - 1, kNegation) && p.Is(i - 2, kAuxiliary | kModal)) return true;
  return p.RoleOf(i - 1) == Role::kTo && p.In(i - 2, WordList::kWithhold);
}

// "the war has claimed 60 lives"
bool ClaimsLives(const Passage& p, std::uint32_t i) {
  if (!p.In(i, WordList::kTakesLives)) return false;
  if (p.RoleOf(i + 1) == Role::kThe && p.In(i + 2, WordList::kLives)) return true;
  const Number* number = p.NumberAt(i + 1);
  return number != nullptr &&
         (p.In(number->end, WordList::kLives) || p.In(number->end + 1, WordList::kLives));
}

}  // namespace

bool IsSaying(const Passage& p, std::uint32_t i) {
  if (p.NumberAt(i) != nullptr || IsWithheld(p, i)) return false;
  if (!p.Is(i, kSpeech)) return Finds(p, i);
  if (p.IsPair(i - 1, WordList::kNoSaying) || p.IsHyphen(i - 1) || p.IsHyphen(i + 1)) return false;
  if (p.HasCapital(i) && i > p.first && p.doc.field == Field::kBody && !p.At(i).all_caps)
    return false;  // "the [State] Department", "the Blue [Note]"
  if (p.Is(i, kNoun) && !p.Is(i, kPastTense) && IsNounThere(p, i)) return false;
  if (ClaimsLives(p, i) || p.IsPair(i, WordList::kNoStatement)) return false;
  if (IsSaidOfCounted(p, i)) return false;
  const bool aside = p.In(i, WordList::kSaid) || (p.IsPunct(i - 1, ',') && p.Is(i, kParticiple));
  if (aside && p.RoleOf(i + 1) == Role::kTo && !p.NounLike(i + 2)) {
    return false;  // "the boat, said to be fit for 40", "the slick, estimated to be 130 miles long"
  }
  if (i == p.first && p.Is(i, kParticiple) && p.Is(i + 1, kNoun) && p.Is(i + 1, kPlural)) {
    return false;  // "Confirmed cases in Torl: 34"
  }
  if (p.Is(i, kNoun) && !p.Is(i, kPastTense) &&
      (p.Is(i - 1, kDeterminer | kAdjective) || p.NumberAt(i - 1) != nullptr)) {
    return false;  // "a report", "12 claims"
  }
  // "reports of 40 deaths", "denied reports that"
  if (p.Is(i, kNoun) && !p.Is(i, kPastTense) &&
      (p.RoleOf(i + 1) == Role::kOf ||
       (p.Is(i - 1, kVerb) && !p.HasCapital(i - 1) && !p.Is(i - 1, kNoun | kAuxiliary)))) {
    return false;
  }
  // "6,500 confirmed cases"
  if (p.Is(i, kParticiple) && p.NumberAt(i - 1) != nullptr &&
      (p.NounLike(i + 1) || p.RoleOf(i + 1) == Role::kAnd || p.RoleOf(i + 1) == Role::kOr)) {
    return false;
  }
  // "the number of confirmed cases", "crowds estimated at 200,000"; not "officials said on Monday"
  const Number* figure = p.NumberAt(i + 2);
  const bool passive =
      (p.Text(i + 1) == "by" && !(p.In(i, WordList::kSaid) && SpokenAfter(p, i))) ||
      (!p.In(i, WordList::kSaid) &&  // "he said as many as 40", "they said after 53 died"
       (p.Text(i + 1) == "as" || (p.Is(i + 1, kPreposition) && figure != nullptr &&
                                  figure->kind <= NumberKind::kMeasurement)));
  // "the latest reported deaths"
  if (p.Is(i, kParticiple) && !p.In(i, WordList::kSaid) && p.Is(i - 1, kAdjective) &&
      !p.Is(i - 1, kNoun) && p.Is(i + 1, kNoun) && p.Is(i + 1, kPlural)) {
    return false;
  }
  const bool modifies = p.Is(i, kParticiple) && !p.Is(i - 1, kAuxiliary) &&
                        (p.Is(i - 1, kPreposition | kDeterminer) || passive);
  if (modifies && p.RoleOf(i + 1) != Role::kTo) return false;
  // "were reported killed" names no speaker.
  if (p.Is(i, kParticiple) && i > p.first && p.Sense(i - 1).Is(kCueBe)) return false;
  return true;
}

bool SaysAThing(const Passage& p, std::uint32_t verb, std::uint32_t at) {
  if (at <= verb || at >= p.end || p.In(verb, WordList::kSaid) || !p.Is(verb, kSpeech)) {
    return false;
  }
  std::uint32_t i = verb + 1;
  while (i < at && (p.Is(i, kWeekday) || p.IsAdverb(i))) ++i;
  if (p.Is(i, kPreposition | kConjunction | kPronoun) || !p.Has(i) || p.Text(i) == "that") {
    return false;
  }
  bool hears = p.In(verb, WordList::kTell);  // "warned [residents] that 12 had died"
  for (bool thing = false; i < at; ++i) {
    if (p.At(i).kind == TokenKind::kPunct && !p.IsHyphen(i) && !p.IsPunct(i, ',')) return false;
    const bool beyond = p.In(i, WordList::kClause) || p.RoleOf(i) == Role::kAs;
    if (beyond || p.Sense(i).Is(kCueRelative)) {
      return thing && !(hears && !beyond);
    }
    if (p.NumberAt(i) != nullptr) return false;
    if (p.IsPunct(i, ',') && p.Is(i + 1, kAuxiliary | kModal)) return thing;  // "denied it, was"
    if (p.In(i, WordList::kClaimedFigure)) return false;  // "denied reports that 40 died"
    const bool ends = p.In(i + 1, WordList::kClause) || p.RoleOf(i + 1) == Role::kAs;
    const bool cuts = thing && ends && p.Is(i, kThirdPerson);  // "reported power cuts after"
    const bool finite = p.Is(i, kAuxiliary | kModal | kPastTense | kThirdPerson);
    if (finite && !p.Is(i, kNoun) && !cuts) return false;
    thing = thing || p.NounLike(i) || p.RoleOf(i - 1) == Role::kThe;
    hears = hears || p.Is(i, kPersonNoun) || p.Sense(i).population != 0;
  }
  return false;
}

}  // namespace claimwatch
