#include "server/claims/attribution.h"

#include <algorithm>
#include <string>
#include <vector>

#include "server/claims/headline_speaker.h"
#include "server/claims/saying.h"
#include "server/claims/speaker.h"
#include "server/claims/speaker_aside.h"

namespace claimwatch {
namespace {

constexpr int kSentencesBack = 6;
constexpr std::uint32_t kSayingReach = 120;  // Tokens; a longer sentence is no sentence.

// "he", "it": one who was named before.
bool IsPronoun(const Passage& p, const Phrase& speaker) {
  const auto begin = p.doc.tokens.begin() + p.first, end = p.doc.tokens.begin() + p.end;
  const auto at =
      std::lower_bound(begin, end, speaker.span.begin,
                       [](const Token& t, std::uint32_t b) { return t.span.begin < b; });
  return at != end && at->span == speaker.span && p.senses.In(at->word, WordList::kAnaphor);
}

// "12 died, [said the mayor].": nothing of the statement follows.
bool IsInverted(const Passage& p, const Phrase& name) {
  if (name.text.empty()) return false;
  const auto begin = p.doc.tokens.begin() + p.first, end = p.doc.tokens.begin() + p.end;
  const auto next =
      std::lower_bound(begin, end, name.span.end(),
                       [](const Token& t, std::uint32_t at) { return t.span.begin < at; });
  if (next == end || next->kind == TokenKind::kPunct) return true;
  return p.senses.Of(next->word).Is(kCueRelative);  // "said an official who saw it"
}

// "Peter Hale, who was paid a lot, said", "Anna Rell, the spokeswoman, said": the name before what
// is put in; nobody for a figure that stands in it.
Phrase SpeakerBeforeAside(const Passage& p, std::uint32_t aside, std::uint32_t verb,
                          std::uint32_t at) {
  return at >= aside && at < verb ? Phrase{} : NameBefore(p, aside - 1);
}

// "[said] that ... and added": the first of the verbs, where the speaker stands.
std::uint32_t FirstOfJoined(const Passage& p, std::uint32_t verb) {
  if (p.RoleOf(verb - 1) != Role::kAnd && p.Text(verb - 1) != "but") return verb;
  for (std::uint32_t i = p.first; i < verb; ++i) {
    if (IsSaying(p, i)) return i;
  }
  return verb;
}

// Where the subject of a sentence begins that may open with the gerund `verb`: "Confirming the toll
// at 12, [the agency] warned".
std::uint32_t AfterOpening(const Passage& p, std::uint32_t verb) {
  const std::uint32_t begin = p.opening;
  if (verb != begin) return begin;
  std::uint32_t i = begin + 1;
  while (p.Has(i) && i < begin + kNameMax * 2 && !p.IsPunct(i, ',')) ++i;
  return p.IsPunct(i, ',') ? i + 1 : begin;
}

// The speaker of the verb at `verb`; `at` is where the figure stands, or the verb itself.
Phrase SpeakerOf(const Passage& p, std::uint32_t verb, std::uint32_t at) {
  if (const std::uint32_t clause = ClauseOfSpeaker(p, verb); clause != kNoToken) {
    const Phrase named = NameBefore(p, clause);
    return named.text.empty() || IsNoSpeaker(p, named) ? Phrase{} : named;
  }
  const Phrase before = NameBefore(p, verb);
  if (!before.text.empty()) return IsNoSpeaker(p, before) ? Phrase{} : before;
  if (p.Is(verb, kGerund)) {  // "12 died, he said, adding that", "The mayor left, saying ..."
    for (std::uint32_t i = verb - 1; i > p.first && verb - i < kSayingReach; --i) {
      if (p.IsPunct(i, ';')) break;
      if (IsSaying(p, i) && !p.Is(i, kGerund)) return SpeakerOf(p, FirstOfJoined(p, i), i);
    }
    return NameAfter(p, AfterOpening(p, verb));
  }
  // "The mayor, Ann Bole, said 12 died", but "12 died, said Ann Bole".
  const bool hears = p.In(verb, WordList::kTell);  // Who stands behind the verb hears it.
  Phrase after = hears ? Phrase{} : NameAfter(p, verb + 1);
  if ((at <= verb || at >= p.end) && IsInverted(p, after))
    return IsNoSpeaker(p, after) ? Phrase{} : after;
  // "A bomb went off in Torl, killing five, said Anna Rell, the mayor of the town, which is 60
  // miles"
  const bool full = after.text.find(' ') != std::string::npos && p.IsPunct(verb - 1, ',');
  if (full && p.In(verb, WordList::kSaid) && CanTell(p, after) && IsInverted(p, after))
    return after;
  for (const std::uint32_t aside : {InsertionBefore(p, verb), AppositionBefore(p, verb)}) {
    if (aside != kNoToken) return SpeakerBeforeAside(p, aside, verb, at);
  }
  if (hears) {
    const bool named = p.IsPunct(verb - 1, ',') && p.HasCapital(verb - 2);
    return named ? NameBefore(p, verb - 1) : Phrase{};
  }
  if (at > verb) {
    // "All are safe, said the army, which has six ships"
    const bool name = p.HasCapital(verb - 2) && p.IsPunct(verb - 1, ',');
    const bool told =
        p.In(verb, WordList::kSaid) && CanTell(p, after);  // "in Torl, said doctors, ..."
    if ((!name || told) && IsInverted(p, after) && !IsNoSpeaker(p, after)) return after;
    return p.IsPunct(verb - 1, ',') && verb >= p.first + 2 ? NameBefore(p, verb - 1) : Phrase{};
  }
  // "A slide buried 8 houses, the mayor of Quern, Ida Poll, said."
  const bool named = after.text.empty() && p.IsPunct(verb - 1, ',') && p.HasCapital(verb - 2);
  if (named) return NameBefore(p, verb - 1);
  return IsNoSpeaker(p, after) ? Phrase{} : after;
}

// "12 died, and [the UN said] 40 were hurt": it opens a statement of its own.
bool OpensClause(const Passage& p, std::uint32_t verb) {
  std::uint32_t i = verb;
  while (i > p.first && verb - i < kNameMax && InName(p, i - 1) && p.RoleOf(i - 1) != Role::kAnd) {
    --i;
  }
  return i < verb && i > p.first && p.Is(i - 1, kConjunction) && p.RoleOf(i - 1) != Role::kAs;
}

// "A ship left with 40 men as [rebels said they] had won": a clause that tells of something else.
bool TellsOther(const Passage& p, std::uint32_t verb) {
  std::uint32_t i = verb;
  while (i > p.first && verb - i < kNameMax && InName(p, i - 1) && p.RoleOf(i - 1) != Role::kAnd) {
    --i;
  }
  const bool opens =
      i < verb && i > p.first && p.RoleOf(i - 1) == Role::kAs && !p.IsPunct(i - 2, ',');
  return opens && p.Is(verb + 1, kPronoun | kDeterminer) && p.Text(verb + 1) != "that";
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
    if (!according && (SaysAThing(p, i, at) || (i > at && TellsOther(p, i)))) continue;
    const bool weak = p.In(i, WordList::kTallies) && !word->Is(kSpeech);  // Where nobody speaks.
    const std::uint32_t apart = (i > at ? i - at : at - i) + (weak ? kSayingReach : 0);
    if (apart >= distance) continue;
    distance = apart;
    best = i;
  }
  return best;
}

// "[Tulo] has called up 40 men and declared that": the name that opens the sentence.
Phrase OpeningSubject(const Passage& p) {
  const std::uint32_t begin = p.opening;
  if (p.RoleOf(begin) == Role::kThe || p.Is(begin, kPreposition | kAdverb | kConjunction)) {
    return {};
  }
  std::uint32_t end = begin;
  while (end < begin + kNameMax && p.HasCapital(end) && p.NumberAt(end) == nullptr) ++end;
  return p.Is(end, kVerb | kAuxiliary) ? SpeakerWords(p, begin, end) : Phrase{};
}

// "[Anna Rell] came to the camp. She said ...", "[The union] called off the strike": the subject
// that opens the sentence, where it can tell something.
Phrase OpeningTeller(const Passage& p) {
  const std::uint32_t begin = p.opening;
  std::uint32_t end = begin;
  while (end < begin + kNameMax && InName(p, end) && !p.Is(end, kPronoun) &&
         (end == begin || p.HasCapital(end) || !p.At(end).space_before ||
          !p.Is(end, kThirdPerson | kPastTense))) {
    ++end;
  }
  if (end == begin || !p.Is(end, kVerb | kAuxiliary | kModal)) return {};
  const Phrase subject = SpeakerWords(p, begin, end);
  return CanTell(p, subject) ? subject : Phrase{};
}

Phrase SpeakerIn(const Passage& p, std::uint32_t at) {
  std::uint32_t best = NearestSaying(p, at);
  if (Phrase origin = OriginOf(p, best); !origin.text.empty()) return origin;
  if (best == kNoToken) return HeadlineSpeaker(p);
  if (p.IsPair(best, WordList::kAccording)) return NameAfter(p, best + 2);
  best = FirstOfJoined(p, best);
  if (p.RoleOf(best - 1) == Role::kAnd) {
    Phrase subject = OpeningSubject(p);
    if (subject.text.empty() && NameBefore(p, best).text.empty()) subject = OpeningTeller(p);
    if (!subject.text.empty()) return subject;
  }
  return SpeakerOf(p, best, at);
}

// "[Vertel], the chain, will close 12 shops, it said": a name that the lexicon does not know.
Phrase OpeningName(const Passage& p) {
  const std::uint32_t i = p.opening;
  return p.HasCapital(i) && p.WordAt(i) == nullptr ? NameAfter(p, i) : Phrase{};
}

// The speaker who was named last before this sentence, a few sentences back at most; for a pronoun
// (`anaphor`) the subject of the sentence right before, too.
Phrase NamedBefore(const Passage& p, bool anaphor) {
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
    const Passage before{p.doc,          p.senses,     p.numbers, p.numbers_at,
                         sentence.first, sentence.end, number,    end};
    Phrase speaker = SpeakerIn(before, sentence.end);
    if (speaker.text.empty()) speaker = SpeakerIn(before, sentence.first);
    if (speaker.text.empty() && anaphor && back == 0) speaker = OpeningTeller(before);
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
  return {p.doc, p.senses, p.numbers, p.numbers_at, sentence.first, sentence.end, first, end};
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
    return IsPronoun(closing, speaker) ? NamedBefore(closing, true) : speaker;
  }
  return IsDoubleQuote(p.doc, p.first) ? NamedBefore(p, false) : Phrase{};
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
  return NamedBefore(passage, true);
}

}  // namespace claimwatch
