#include "server/story/mentions.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "server/story/furniture.h"

namespace claimwatch {
namespace {

Mention MentionOf(const Token& token, std::uint32_t index, std::uint32_t number,
                  const ArticleWord& word) {
  Mention mention;
  mention.token = index;
  mention.word = number;
  mention.commonness = word.commonness;
  // What the lexicon holds without a part of speech is a name: of a country, say.
  const bool ordinary = token.word != nullptr && token.word->bits != 0;
  mention.known = ordinary || mention.commonness != Commonness::kRare || word.themes != 0;
  mention.capitalised = token.capitalised && mention.commonness != Commonness::kFunction;
  return mention;
}

// What the words of a sentence amount to.
struct Tally {
  int furniture = 0;  // Points.
  int words = 0;      // That say something,
  int capitals = 0;   // and of these, capitalised.
  int digits = 0;     // Tokens.

  void Count(const Mention& mention, const ArticleWord& word) {
    furniture += word.furniture;
    if (mention.commonness == Commonness::kFunction) return;
    ++words;
    if (mention.capitalised) ++capitals;
  }
  // Headlines capitalise every word, which then tells no names.
  bool shouted() const { return words >= 4 && capitals * 10 >= words * 7; }
};

// "1:22 Fresno leaders kick off project Pause 1:39 ...": lengths of films that the page offers. A
// time of day is told with its half ("7:30 p.m.").
int FilmLengths(const Document& document, const Sentence& sentence) {
  int found = 0;
  for (std::uint32_t i = sentence.first; i + 3 < sentence.end; ++i) {
    const Token* const t = &document.tokens[i];
    if (t[0].kind != TokenKind::kDigits || t[2].kind != TokenKind::kDigits) continue;
    if (t[0].span.size > 2 || t[2].span.size != 2 || document.Surface(t[1]) != ":") continue;
    if (!t[1].space_before && !t[2].space_before && t[3].capitalised && !t[3].all_caps) ++found;
  }
  return found;
}

// The page around the article speaks here, not the article.
bool IsFurniture(const Document& document, const Sentence& sentence, const Tally& tally) {
  if (tally.furniture >= kFurniturePoints) return true;
  return tally.digits >= 3 && FilmLengths(document, sentence) >= 2;
}

// "NAIROBI, Kenya - Floods have ...": the word behind the dash opens the sentence.
void OpenBehindDateline(const Document& document, std::span<Mention> sentence) {
  constexpr std::size_t kDatelineWordsMax = 5;
  for (std::size_t i = 1; i < std::min(sentence.size(), kDatelineWordsMax + 1); ++i) {
    if (!document.tokens[sentence[i - 1].token].capitalised) return;
    const std::string_view before = document.Surface(document.tokens[sentence[i].token - 1]);
    if (before != "-" && before != "--" && before != "–" && before != "—") continue;
    sentence[i].opens = document.tokens[sentence[i].token].space_before;
    return;
  }
}

Tally AddMentions(const Document& document, const Sentence& sentence, WordTable& words,
                  std::vector<Mention>& mentions) {
  Tally tally;
  for (std::uint32_t i = sentence.first; i < sentence.end; ++i) {
    const Token& token = document.tokens[i];
    if (token.kind == TokenKind::kDigits) ++tally.digits;
    if (token.kind != TokenKind::kWord || token.span.size < 2) continue;
    const std::uint32_t number = words.Find(FoldedHash(document.Surface(token)));
    const ArticleWord& word = words[number];
    const Mention mention = MentionOf(token, i, number, word);
    tally.Count(mention, word);
    mentions.push_back(mention);
  }
  return tally;
}

}  // namespace

Mentions MentionsOf(const Document& document, WordTable& words) {
  Mentions mentions;
  mentions.all.reserve(document.tokens.size());
  mentions.furniture.reserve(document.sentences.size());
  for (const Sentence& sentence : document.sentences) {
    const std::size_t first = mentions.all.size();
    const Tally tally = AddMentions(document, sentence, words, mentions.all);
    mentions.furniture.push_back(IsFurniture(document, sentence, tally));
    if (mentions.furniture.back()) mentions.all.resize(first);
    if (mentions.all.size() == first) continue;
    const std::span<Mention> ours = std::span(mentions.all).subspan(first);
    ours.front().opens = true;
    OpenBehindDateline(document, ours);
    if (!tally.shouted()) continue;
    for (Mention& mention : ours) mention.shouted = true;
  }
  return mentions;
}

}  // namespace claimwatch
