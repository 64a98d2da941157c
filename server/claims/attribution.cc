#include "server/claims/attribution.h"

#include <algorithm>
#include <string>
#include <vector>

namespace claimwatch {
namespace {

constexpr std::uint32_t kNameMax = 16;
constexpr int kSentencesBack = 6;
constexpr std::uint32_t kInsertionMax = 30;
constexpr std::uint32_t kSayingReach = 120;  // Tokens; a longer sentence is no sentence.

// "Dr. Ann Bole", "Gen. Hale": the point belongs to the name.
bool IsTitlePoint(const Passage& p, std::uint32_t i) {
  return p.IsPunct(i, '.') && !p.At(i).space_before && p.At(i - 1).capitalised &&
         p.At(i - 1).span.size <= 4 && p.At(i + 1).capitalised;
}

// "the Sailors' Union": the apostrophe belongs to the name.
bool IsOwnersMark(const Passage& p, std::uint32_t i) {
  if (p.Text(i) != "'" && p.Text(i) != "\xE2\x80\x99") return false;
  return !p.At(i).space_before && p.Text(i - 1).back() == 's' && p.NounLike(i + 1);
}

bool InName(const Passage& p, std::uint32_t i) {
  if (!p.Has(i) || (p.NumberAt(i) != nullptr && p.RoleOf(i) != Role::kA)) return false;
  if (p.IsHyphen(i) || IsTitlePoint(p, i) || IsOwnersMark(p, i)) return true;
  if (p.At(i).kind != TokenKind::kWord) return false;
  if (p.IsHyphen(i - 1)) return true;                                 // "his sister-in-law"
  if (i == p.first && p.Is(i, kPreposition | kAdverb) && p.RoleOf(i) != Role::kPer) {
    return false;  // "In May the mayor said"; but "Per Holm said"
  }
  if (p.Is(i, kDeterminer) || p.RoleOf(i) == Role::kThe || p.RoleOf(i) == Role::kOf) return true;
  if (p.RoleOf(i) == Role::kA || p.RoleOf(i) == Role::kAnd) return true;
  if (p.Text(i) == "'s" || p.Text(i) == "\xE2\x80\x99s" || p.Text(i) == "for") return true;
  if (p.Is(i, kVerb) && !p.Is(i, kNoun) && !p.At(i).capitalised) return false;
  return p.NounLike(i) || p.At(i).capitalised || p.Is(i, kPronoun);
}

// "[and] the mayor", "[May] the court": what is no part of the name.
bool IsBeforeName(const Passage& p, std::uint32_t i) {
  const bool day = p.Is(i, kMonth | kWeekday) &&
                   (p.RoleOf(i + 1) == Role::kThe || p.Is(i + 1, kDeterminer | kPronoun));
  return p.RoleOf(i) == Role::kAnd || p.Text(i) == "for" || day;
}

Phrase Words(const Passage& p, std::uint32_t begin, std::uint32_t end) {
  while (begin < end && IsBeforeName(p, begin)) ++begin;
  while (end > begin && (p.RoleOf(end - 1) == Role::kAnd || p.RoleOf(end - 1) == Role::kOf)) --end;
  Phrase phrase;
  phrase.span = p.SpanOf(begin, end);
  if (!phrase.span.empty()) phrase.text = std::string(p.doc.Surface(phrase.span));
  return phrase;
}

Phrase Rightwards(const Passage& p, std::uint32_t i) {
  std::uint32_t end = i;
  const auto by = [&p](std::uint32_t k) {  // "a statement [by] its mission"
    return p.In(k - 1, WordList::kAccount) &&
           (p.RoleOf(k) == Role::kBy || p.RoleOf(k) == Role::kFrom);
  };
  while (end < i + kNameMax && (InName(p, end) || (end > i && by(end)))) ++end;
  return Words(p, i, end);
}

// "[The head of a hospital in] Benghazi told ...", "[a poll by] a university": the speaker opens
// the sentence or its clause.
std::uint32_t WithItsPlace(const Passage& p, std::uint32_t begin, std::uint32_t end) {
  if (begin < p.first + 2 || !p.Is(begin - 1, kPreposition)) return begin;
  std::uint32_t i = begin - 1;
  bool person = false;
  while (i > p.first && end - i < kNameMax && InName(p, i - 1)) {
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

Phrase Leftwards(const Passage& p, std::uint32_t verb) {
  std::uint32_t i = verb;
  while (i > p.first && p.Is(i - 1, kAdverb | kAuxiliary | kModal)) --i;
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
  std::uint32_t begin = i;
  while (begin > p.first && i - begin < kNameMax && InName(p, begin - 1)) {
    --begin;
    if (p.In(begin, WordList::kAnaphor)) break;  // "last month [it] said"
  }
  if (OpensWithOne(p, begin)) --begin;
  return Words(p, WithItsPlace(p, begin, i), i);
}

// "A poll found that", "doctors think that"; "the ministry put the toll at 40": says it, too.
bool Finds(const Passage& p, std::uint32_t i) {
  if (p.In(i, WordList::kFinds)) {
    const bool told = !p.Is(i - 1, kModal | kAuxiliary) && !p.Sense(i - 1).Is(kCueRelative);
    return told && p.Text(i + 1) == "that";
  }
  if (!p.In(i, WordList::kPuts) || p.Sense(i - 1).Is(kCueBe)) return false;
  if (p.RoleOf(i + 1) == Role::kAt) return false;  // "debts put at $40 million"
  for (std::uint32_t k = i + 1; k < i + 12 && (p.At(k).kind == TokenKind::kWord || p.IsHyphen(k));
       ++k) {
    if (p.RoleOf(k) == Role::kAt && p.NumberAt(k + 1) != nullptr) return true;
  }
  return false;
}

// "secretary of [state]", "[state] television", "neighbouring [states]",
// "there are credible [reports] that": a word that can tell, and does not.
bool IsNounThere(const Passage& p, std::uint32_t i) {
  if (p.Is(i - 1, kPreposition)) return true;
  const bool plain = p.WordAt(i)->id == p.WordAt(i)->lemma;
  const bool many =
      p.Is(i - 1, kPlural | kPronoun | kModal | kAdverb) || p.RoleOf(i - 1) == Role::kTo;
  if (plain && !many && p.NounLike(i + 1) && !p.Is(i + 1, kPronoun | kDeterminer)) return true;
  const std::string_view before = p.Text(i - 1);
  const bool form = before.size() > 5 && before.substr(before.size() - 3) == "ing";
  if (form && !p.At(i - 1).capitalised && !p.Is(i - 1, kNoun)) return true;
  for (std::uint32_t k = 1; k <= 3 && i >= p.first + k; ++k) {
    if (p.Sense(i - k).Is(kCueBe)) return true;
  }
  return false;
}

// "the war has claimed 60 lives"
bool ClaimsLives(const Passage& p, std::uint32_t i) {
  const std::string_view verb = p.Text(i);
  const Number* number = verb.substr(0, 5) == "claim" ? p.NumberAt(i + 1) : nullptr;
  if (number == nullptr) return false;
  const std::string_view what = p.Text(number->end);
  return what == "lives" || what == "victims";
}

bool IsSaying(const Passage& p, std::uint32_t i) {
  if (p.NumberAt(i) != nullptr) return false;
  if (!p.Is(i, kSpeech)) return Finds(p, i);
  if (p.IsPair(i - 1, WordList::kNoSaying) || p.IsHyphen(i - 1) || p.IsHyphen(i + 1)) return false;
  if (p.At(i).capitalised && i > p.first && p.doc.field == Field::kBody && !p.At(i).all_caps)
    return false;  // "the [State] Department", "the Blue [Note]"
  if (p.Is(i, kNoun) && !p.Is(i, kPastTense) && IsNounThere(p, i)) return false;
  if (ClaimsLives(p, i)) return false;
  if (p.Is(i, kNoun) && !p.Is(i, kPastTense) &&
      (p.Is(i - 1, kDeterminer | kAdjective) || p.NumberAt(i - 1) != nullptr)) {
    return false;  // "a report", "12 claims"
  }
  // "reports of 40 deaths", "denied reports that"
  if (p.Is(i, kNoun) && !p.Is(i, kPastTense) &&
      (p.RoleOf(i + 1) == Role::kOf ||
       (p.Is(i - 1, kVerb) && !p.At(i - 1).capitalised && !p.Is(i - 1, kNoun | kAuxiliary)))) {
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
      p.Text(i + 1) == "by" ||
      (!p.In(i, WordList::kSaid) &&  // "he said as many as 40", "they said after 53 died"
       (p.Text(i + 1) == "as" || (p.Is(i + 1, kPreposition) && figure != nullptr &&
                                  figure->kind <= NumberKind::kMeasurement)));
  const bool modifies = p.Is(i, kParticiple) && !p.Is(i - 1, kAuxiliary) &&
                        (p.Is(i - 1, kPreposition | kDeterminer) || passive);
  if (modifies && p.RoleOf(i + 1) != Role::kTo) return false;
  // "were reported killed" names no speaker.
  if (p.Is(i, kParticiple) && i > p.first && p.Sense(i - 1).Is(kCueBe)) return false;
  return true;
}

// Words that end a phrase which is no speaker: "an accurate", "a brief tsunami", "the original".
bool EndsAsThing(const Passage& p, std::uint32_t last) {
  if (!p.Has(last) || p.At(last).capitalised || p.At(last).kind != TokenKind::kWord) return false;
  if (p.Is(last, kPersonNoun | kPronoun) || p.Sense(last).population != 0) return false;
  const std::uint32_t bits = p.Bits(last);
  if ((bits & kTimeNoun) != 0) return true;  // "cut its forecast this week and said"
  if ((bits & kAdjective) != 0 && (bits & kNoun) == 0) return true;
  return p.In(last, WordList::kNoSpeaker);
}

// "the toll", "that", "which": no speaker.
bool IsThing(const Passage& p, const Phrase& phrase) {
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

// "he", "it": one who was named before.
bool IsPronoun(const Passage& p, const Phrase& speaker) {
  const auto begin = p.doc.tokens.begin() + p.first, end = p.doc.tokens.begin() + p.end;
  const auto at =
      std::lower_bound(begin, end, speaker.span.begin,
                       [](const Token& t, std::uint32_t b) { return t.span.begin < b; });
  return at != end && at->span == speaker.span && p.senses.In(at->word, WordList::kAnaphor);
}

// "LIMA, Jan 10 (Agency) - The mayor": where the sentence itself begins.
std::uint32_t AfterDateline(const Passage& p) {
  for (std::uint32_t i = p.first; i < p.first + kNameMax && p.Has(i); ++i) {
    if (p.IsDash(i)) return i + 1;
  }
  return p.first;
}

// "Peter Hale, who was paid a lot, said": one past the comma that opens what is put in before the
// verb; kNoToken: none.
std::uint32_t InsertionBefore(const Passage& p, std::uint32_t verb) {
  if (verb < p.first + 3 || !p.IsPunct(verb - 1, ',')) return kNoToken;
  for (std::uint32_t i = verb - 2; i > p.first && verb - i < kInsertionMax; --i) {
    if (!p.IsPunct(i, ',')) continue;
    const bool put_in = p.Sense(i + 1).Is(kCueRelative) || p.Is(i + 1, kParticiple);
    return put_in ? i + 1 : kNoToken;
  }
  return kNoToken;
}

// "12 died, [said the mayor].": nothing of the statement follows.
bool IsInverted(const Passage& p, const Phrase& name) {
  if (name.text.empty()) return false;
  const auto begin = p.doc.tokens.begin() + p.first, end = p.doc.tokens.begin() + p.end;
  const auto next =
      std::lower_bound(begin, end, name.span.end(),
                       [](const Token& t, std::uint32_t at) { return t.span.begin < at; });
  return next == end || next->kind == TokenKind::kPunct;
}

// The speaker of the verb at `verb`; `at` is where the figure stands, or the verb itself.
Phrase SpeakerOf(const Passage& p, std::uint32_t verb, std::uint32_t at) {
  const Phrase before = Leftwards(p, verb);
  if (!before.text.empty()) return IsThing(p, before) ? Phrase{} : before;
  if (p.Is(verb, kGerund)) {  // "12 died, he said, adding that", "The mayor left, saying ..."
    for (std::uint32_t i = verb - 1; i > p.first && verb - i < kSayingReach; --i) {
      if (p.IsPunct(i, ';')) break;
      if (IsSaying(p, i) && !p.Is(i, kGerund)) return SpeakerOf(p, i, i);
    }
    return Rightwards(p, AfterDateline(p));
  }
  if (p.In(verb, WordList::kTell)) return {};  // Who stands there hears it.
  // "The mayor, Ann Bole, said 12 died", but "12 died, said Ann Bole".
  Phrase after = Rightwards(p, verb + 1);
  if ((at <= verb || at >= p.end) && IsInverted(p, after))
    return IsThing(p, after) ? Phrase{} : after;
  if (const std::uint32_t put_in = InsertionBefore(p, verb); put_in != kNoToken) {
    return at >= put_in && at < verb ? Phrase{} : Leftwards(p, put_in - 1);
  }
  if (at > verb) {
    // "All are safe, said the army, which has six ships"
    const bool name = p.At(verb - 2).capitalised && p.IsPunct(verb - 1, ',');
    if (!name && IsInverted(p, after) && !IsThing(p, after)) return after;
    return p.IsPunct(verb - 1, ',') && verb >= p.first + 2 ? Leftwards(p, verb - 1) : Phrase{};
  }
  return IsThing(p, after) ? Phrase{} : after;
}

// "12 died, and [the UN said] 40 were hurt": it opens a statement of its own.
bool OpensClause(const Passage& p, std::uint32_t verb) {
  std::uint32_t i = verb;
  while (i > p.first && verb - i < kNameMax && InName(p, i - 1) && p.RoleOf(i - 1) != Role::kAnd) {
    --i;
  }
  return i < verb && i > p.first && p.Is(i - 1, kConjunction) && p.RoleOf(i - 1) != Role::kAs;
}

// The verb of saying, or the "according", that is nearest to the figure; kNoToken: none. Beyond a
// semicolon only one that stands before, where nobody speaks on the figure's side.
std::uint32_t NearestSaying(const Passage& p, std::uint32_t at) {
  std::uint32_t best = kNoToken, distance = ~0u;
  const std::uint32_t begin = at > p.first + kSayingReach ? at - kSayingReach : p.first;
  for (std::uint32_t i = begin; i < p.end && i < at + kSayingReach; ++i) {
    const Word* word = p.WordAt(i);
    if (word == nullptr) {
      if (!p.IsPunct(i, ';')) continue;
      if (i > at) break;
      distance = ~0u;
      continue;
    }
    if (!word->Is(kSpeech) && p.senses.Of(word).lists == 0) continue;  // Most words end here.
    const bool according = p.IsPair(i, WordList::kAccording);
    if (!according && (!IsSaying(p, i) || (i > at && best != kNoToken && OpensClause(p, i)))) {
      continue;
    }
    const std::uint32_t apart = i > at ? i - at : at - i;
    if (apart >= distance) continue;
    distance = apart;
    best = i;
  }
  return best;
}

// "[Tulo] has called up 40 men and declared that": the name that opens the sentence.
Phrase OpeningSubject(const Passage& p) {
  const std::uint32_t begin = AfterDateline(p);
  if (p.RoleOf(begin) == Role::kThe || p.Is(begin, kPreposition | kAdverb | kConjunction)) {
    return {};
  }
  std::uint32_t end = begin;
  while (end < begin + kNameMax && p.At(end).capitalised && p.NumberAt(end) == nullptr) ++end;
  return p.Is(end, kVerb | kAuxiliary) ? Words(p, begin, end) : Phrase{};
}

Phrase SpeakerIn(const Passage& p, std::uint32_t at) {
  std::uint32_t best = NearestSaying(p, at);
  if (best == kNoToken) return {};
  if (p.IsPair(best, WordList::kAccording)) return Rightwards(p, best + 2);
  // "said that ... and added": the speaker stands at the first of the verbs.
  if (p.RoleOf(best - 1) == Role::kAnd) {
    for (std::uint32_t i = p.first; i < best; ++i) {
      if (!IsSaying(p, i)) continue;
      best = i;
      break;
    }
    if (p.RoleOf(best - 1) == Role::kAnd) {
      Phrase subject = OpeningSubject(p);
      if (!subject.text.empty()) return subject;
    }
  }
  return SpeakerOf(p, best, at);
}

// "[Vertel], the chain, will close 12 shops, it said": a name that the lexicon does not know.
Phrase OpeningName(const Passage& p) {
  const std::uint32_t i = AfterDateline(p);
  return p.At(i).capitalised && p.WordAt(i) == nullptr ? Rightwards(p, i) : Phrase{};
}

// The speaker who was named last before this sentence, a few sentences back at most.
Phrase NamedBefore(const Passage& p) {
  const std::vector<Sentence>& sentences = p.doc.sentences;
  const auto here = std::lower_bound(
      sentences.begin(), sentences.end(), p.first,
      [](const Sentence& sentence, std::uint32_t first) { return sentence.first < first; });
  std::size_t index = static_cast<std::size_t>(here - sentences.begin());
  std::uint32_t number = p.first_number;
  for (int back = 0; back < kSentencesBack && index > 0; ++back) {
    const Sentence& sentence = sentences[--index];
    const std::uint32_t end = number;
    while (number > 0 && p.numbers[number - 1].first >= sentence.first) --number;
    const Passage before{p.doc, p.senses, p.numbers, sentence.first, sentence.end, number, end};
    Phrase speaker = SpeakerIn(before, sentence.end);
    if (speaker.text.empty()) speaker = SpeakerIn(before, sentence.first);
    if (!speaker.text.empty() && !IsPronoun(before, speaker)) return speaker;
  }
  return {};
}

bool IsDoubleQuote(const Document& doc, std::uint32_t i) {
  const std::string_view text = doc.Surface(doc.tokens[i]);
  return text == "\"" || text == "``" || text == "''" || text == "\xE2\x80\x9C" ||
         text == "\xE2\x80\x9D";
}

// A quotation begins there, it does not end. Spaces alone do not tell: tokenised copy has them
// anywhere.
bool OpensQuote(const Document& doc, std::uint32_t i) {
  const std::string_view text = doc.Surface(doc.tokens[i]);
  if (text == "``" || text == "\xE2\x80\x9C") return true;
  if (text != "\"" || i + 4 >= doc.tokens.size() || !doc.tokens[i + 1].capitalised) return false;
  if (i > 0 && !doc.tokens[i].space_before) return false;
  if (doc.tokens[i + 1].space_before) return false;
  if (i > 0 && doc.Surface(doc.tokens[i - 1]) == ",") return false;
  for (std::uint32_t k = i + 1; k < i + 5; ++k) {  // "... is over," Bole said
    const Word* word = doc.tokens[k].word;
    if (word != nullptr && word->Is(kSpeech) && word->Is(kPastTense)) return false;
  }
  return true;
}

// Whether a quotation that began in an earlier sentence, or begins with this one, holds `at`.
bool InQuotation(const Passage& p, std::uint32_t at) {
  for (std::uint32_t i = at; i > 0 && at - i < kSayingReach; --i) {
    if (!IsDoubleQuote(p.doc, i - 1)) continue;
    return i - 1 <= p.first && OpensQuote(p.doc, i - 1);
  }
  return false;
}

// The sentence that holds the token `at`, which lies in `p` or after it.
Passage SentenceOf(const Passage& p, std::uint32_t at) {
  const std::vector<Sentence>& sentences = p.doc.sentences;
  const auto here = std::upper_bound(
      sentences.begin(), sentences.end(), at,
      [](std::uint32_t token, const Sentence& sentence) { return token < sentence.first; });
  const Sentence& sentence = *(here - 1);
  std::uint32_t first = p.first_number;
  while (first < p.numbers.size() && p.numbers[first].first < sentence.first) ++first;
  std::uint32_t end = first;
  while (end < p.numbers.size() && p.numbers[end].first < sentence.end) ++end;
  return {p.doc, p.senses, p.numbers, sentence.first, sentence.end, first, end};
}

// "We lost 12 men. It was hell," [Bole] said: who is quoted over several sentences.
Phrase QuotedSpeaker(const Passage& p, std::uint32_t at) {
  if (!InQuotation(p, at)) return {};
  const auto size = static_cast<std::uint32_t>(p.doc.tokens.size());
  for (std::uint32_t i = at + 1; i < size && i < at + kSayingReach; ++i) {
    if (!IsDoubleQuote(p.doc, i)) continue;
    const Passage closing = SentenceOf(p, i);
    const Phrase speaker = SpeakerIn(closing, i);
    if (speaker.text.empty() || speaker.span.begin < p.doc.tokens[i].span.begin) break;
    return IsPronoun(closing, speaker) ? NamedBefore(closing) : speaker;
  }
  return IsDoubleQuote(p.doc, p.first) ? NamedBefore(p) : Phrase{};
}

}  // namespace

Phrase ReadAttribution(const Passage& passage, const Draft& draft) {
  Phrase speaker = SpeakerIn(passage, draft.number->first);
  if (speaker.text.empty()) return QuotedSpeaker(passage, draft.number->first);
  if (!IsPronoun(passage, speaker)) return speaker;
  if (speaker.text == "it" || speaker.text == "It") {
    Phrase name = OpeningName(passage);
    if (!name.text.empty() && name.span.begin < speaker.span.begin) return name;
  }
  return NamedBefore(passage);
}

}  // namespace claimwatch
