#include "server/claims/speaker.h"

#include <string>

namespace claimwatch {
namespace {

// "Dr. Ann Bole", "Gen. Hale": the point belongs to the name.
bool IsTitlePoint(const Passage& p, std::uint32_t i) {
  return p.IsPunct(i, '.') && !p.At(i).space_before && p.HasCapital(i - 1) &&
         p.At(i - 1).span.size <= 4 && p.HasCapital(i + 1);
}

// "the Sailors' Union": the apostrophe belongs to the name.
bool IsOwnersMark(const Passage& p, std::uint32_t i) {
  if (p.Text(i) != "'" && p.Text(i) != "\xE2\x80\x99") return false;
  return !p.At(i).space_before && p.Text(i - 1).back() == 's' && p.NounLike(i + 1);
}

// "[The head of a hospital in] Benghazi told ...", "[a poll by] a university": the speaker opens
// the sentence or its clause.
std::uint32_t WithItsPlace(const Passage& p, std::uint32_t begin, std::uint32_t end) {
  if (begin < p.first + 2 || !p.Is(begin - 1, kPreposition)) return begin;
  std::uint32_t i = begin - 1;
  bool person = false;
  const auto reached = [&p](std::uint32_t k) {  // "[residents reached by] telephone said"
    return p.Is(k, kParticiple) && (p.Is(k - 1, kPersonNoun) || p.In(k - 1, WordList::kAccount));
  };
  while (i > p.first && end - i < kNameMax && (InName(p, i - 1) || reached(i - 1))) {
    --i;
    person = person || p.Is(i, kPersonNoun) || p.In(i, WordList::kAccount);
  }
  const bool opens = i == p.first || p.IsDash(i - 1) || p.IsPunct(i - 1, ',') || p.IsQuote(i - 1) ||
                     p.IsPunct(i - 1, ';');
  return person && opens ? i : begin;
}

// "; [one] team said", "[Two] witnesses said"; but "killing two police said".
bool OpensWithOne(const Passage& p, std::uint32_t begin) {
  if (begin <= p.first || p.RoleOf(begin - 1) != Role::kDigit) return false;
  const std::uint32_t i = begin - 1;
  return i == p.first || p.At(i - 1).kind == TokenKind::kPunct || p.Is(i - 1, kConjunction);
}

// "[and] the mayor", "[May] the court": what is no part of the name.
bool IsBeforeName(const Passage& p, std::uint32_t i) {
  const bool day = p.Is(i, kMonth | kWeekday) &&
                   (p.RoleOf(i + 1) == Role::kThe || p.Is(i + 1, kDeterminer | kPronoun));
  return p.RoleOf(i) == Role::kAnd || p.Text(i) == "for" || day;
}

// Words that end a phrase which is no speaker: "an accurate", "a brief tsunami", "the original".
bool EndsAsThing(const Passage& p, std::uint32_t last) {
  if (!p.Has(last) || p.HasCapital(last) || p.At(last).kind != TokenKind::kWord) return false;
  if (p.Is(last, kPersonNoun | kPronoun) || p.Sense(last).population != 0) return false;
  const std::uint32_t bits = p.Bits(last);
  if ((bits & kTimeNoun) != 0) return true;  // "cut its forecast this week and said"
  if ((bits & kAdjective) != 0 && (bits & kNoun) == 0) return true;
  return p.In(last, WordList::kNoSpeaker);
}

// "a source [close to the inquiry]", "a source [familiar with it]"; "familiar" itself may be taken
// for a noun.
std::uint32_t AfterKnowing(const Passage& p, std::uint32_t end) {
  const bool taken = p.IsPair(end - 1, WordList::kKnowing);
  if (!taken && !p.IsPair(end, WordList::kKnowing)) return end;
  std::uint32_t i = taken ? end + 1 : end + 2;
  while (i < end + kNameMax && (InName(p, i) || p.Is(i, kPreposition))) ++i;
  return i;
}

// "the fire department [in Brennick]."
std::uint32_t AfterTown(const Passage& p, std::uint32_t in) {
  std::uint32_t end = in + 1;
  while (end < in + kNameMax && p.At(end).kind == TokenKind::kWord && p.HasCapital(end) &&
         p.NumberAt(end) == nullptr) {
    ++end;
  }
  const bool closed = !p.Has(end) || p.At(end).kind == TokenKind::kPunct;
  return closed && end > in + 1 && !p.Is(in + 1, kMonth | kWeekday) ? end : in;
}

}  // namespace

bool InName(const Passage& p, std::uint32_t i) {
  if (!p.Has(i) || (p.NumberAt(i) != nullptr && p.RoleOf(i) != Role::kA)) return false;
  if (p.IsHyphen(i) || IsTitlePoint(p, i) || IsOwnersMark(p, i)) return true;
  if (p.At(i).kind != TokenKind::kWord) return false;
  if (p.IsHyphen(i - 1)) return true;  // "his sister-in-law"
  if (i == p.first && p.Is(i, kPreposition | kAdverb | kConjunction) && p.RoleOf(i) != Role::kPer) {
    return false;  // "In May the mayor said"; but "Per Holm said"
  }
  if (p.Is(i, kDeterminer) || p.RoleOf(i) == Role::kThe || p.RoleOf(i) == Role::kOf) return true;
  if (p.RoleOf(i) == Role::kA || p.RoleOf(i) == Role::kAnd) return true;
  if (p.Text(i) == "'s" || p.Text(i) == "\xE2\x80\x99s" || p.Text(i) == "for") return true;
  if (p.Is(i, kVerb) && !p.Is(i, kNoun) && !p.HasCapital(i)) return false;
  return p.NounLike(i) || p.HasCapital(i) || p.Is(i, kPronoun);
}

Phrase SpeakerWords(const Passage& p, std::uint32_t begin, std::uint32_t end) {
  while (begin < end && IsBeforeName(p, begin)) ++begin;
  while (end > begin && (p.RoleOf(end - 1) == Role::kAnd || p.RoleOf(end - 1) == Role::kOf)) --end;
  Phrase phrase;
  phrase.span = p.SpanOf(begin, end);
  if (!phrase.span.empty()) phrase.text = std::string(p.doc.Surface(phrase.span));
  return phrase;
}

Phrase NameAfter(const Passage& p, std::uint32_t i) {
  std::uint32_t end = i;
  const auto by = [&p](std::uint32_t k) {  // "a statement [by] its mission"
    const bool told = p.In(k - 1, WordList::kAccount) || p.In(k - 1, WordList::kFigures) ||
                      p.In(k - 1, WordList::kStatistics);
    return told && (p.RoleOf(k) == Role::kBy || p.RoleOf(k) == Role::kFrom);
  };
  const auto account = [&p](std::uint32_t k) { return p.In(k, WordList::kAccount); };
  while (end < i + kNameMax && !p.Sense(end).Is(kCueRelative) &&
         (InName(p, end) || (end > i && (by(end) || account(end))))) {
    ++end;
  }
  if (end > i) end = AfterKnowing(p, end);
  if (end > i && p.RoleOf(end) == Role::kIn) end = AfterTown(p, end);
  return SpeakerWords(p, i, end);
}

Phrase NameBefore(const Passage& p, std::uint32_t verb) {
  std::uint32_t i = verb;
  while (i > p.first &&
         (p.Is(i - 1, kAuxiliary | kModal) || p.IsAdverb(i - 1) || p.Text(i - 1) == "first"))
    --i;
  if (i > p.first && p.In(verb, WordList::kPuts) && p.Sense(i - 1).Is(kCueRelative)) --i;
  const Number* day = i > p.first ? p.NumberAt(i - 1) : nullptr;
  if (day != nullptr && day->kind == NumberKind::kDate && p.Text(day->first - 1) == "on") {
    i = day->first - 1;  // "A tally by the agency on July 6 put"
  }
  if (i > p.first + 1 && p.Is(i - 1, kWeekday)) {  // "The ministry on Monday reported"
    --i;
    while (i > p.first + 1 && (p.Text(i - 1) == "on" || p.RoleOf(i - 1) == Role::kEdge)) {
      --i;
    }
  }
  if (i > p.first + 1 && p.Is(i - 1, kParticiple) && p.NounLike(i - 2)) --i;  // "a poll released"
  if (p.IsPunct(i - 1, ')') && i >= p.first + 4 && p.IsPunct(i - 3, '(')) i -= 3;  // "(WHO)"
  std::uint32_t begin = i;
  while (begin > p.first && i - begin < kNameMax && InName(p, begin - 1)) {
    --begin;
    if (p.In(begin, WordList::kAnaphor)) break;  // "last month [it] said"
  }
  if (begin < i && OpensWithOne(p, begin)) --begin;
  return SpeakerWords(p, WithItsPlace(p, begin, i), i);
}

// "the toll", "that", "which": no speaker.
bool IsNoSpeaker(const Passage& p, const Phrase& phrase) {
  for (std::uint32_t i = p.first; i < p.end; ++i) {
    if (!phrase.span.Covers(p.At(i).span.begin)) continue;
    const WordSense& sense = p.Sense(i);
    if (p.In(i, WordList::kAccount)) return phrase.span == p.At(i).span;  // "a tally by the agency"
    if (sense.toll != MeasureId::kNone || sense.Is(kCueTally | kCueRelative)) return true;
    if (p.Text(i) == "that") return true;
    const bool ends = p.At(i).span.end() == phrase.span.end();
    if (ends && EndsAsThing(p, i)) return true;
  }
  return false;
}

bool CanTell(const Passage& p, const Phrase& phrase) {
  for (std::uint32_t i = p.first; i < p.end; ++i) {
    if (!phrase.span.Covers(p.At(i).span.begin)) continue;
    const bool last = p.At(i).span.end() == phrase.span.end();
    if (last && p.In(i, WordList::kAccount)) return p.In(i, WordList::kTeller);
    if (p.Is(i, kPersonNoun) || p.Sense(i).population != 0 || p.In(i, WordList::kTeller) ||
        (p.HasCapital(i) && p.WordAt(i) == nullptr)) {
      return true;
    }
  }
  return false;
}

}  // namespace claimwatch
