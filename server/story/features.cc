#include "server/story/features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>

#include "server/story/common_words.h"
#include "server/story/days.h"
#include "server/story/fingerprint.h"
#include "server/story/mentions.h"
#include "server/story/ongoing.h"
#include "server/story/roundup.h"
#include "server/story/term_bag.h"
#include "server/story/themes.h"
#include "server/story/word_table.h"

namespace claimwatch {
namespace {

constexpr std::array<std::uint32_t, kTermKinds> kSalts = {0, 0x9e3779b9, 0x7f4a7c15, 0x94d049bb,
                                                          0xbf58476d};

// Weights of a mention, in sixteenths: what stands first is what the article is about.
constexpr std::uint32_t kTitleWeight = 32;
constexpr std::uint32_t kLeadWeight = 24;
constexpr std::uint32_t kTextWeight = 16;
constexpr std::uint32_t kLeadSentences = 3;

constexpr int kFingerprintWordsMin = 6;  // Shorter sentences are copied by chance.
constexpr int kClaimWordsMin = 5;        // Shorter ones are told alike by independent witnesses.

// Only white space, or an initial ("Shontay N. Young"), stands between two names of one run.
bool Adjoin(const Document& document, const Mention& left, const Mention& right) {
  if (right.token - left.token == 1) return document.tokens[right.token].space_before;
  if (right.token - left.token > 3) return false;
  for (std::uint32_t i = left.token + 1; i < right.token; ++i) {
    const Token& token = document.tokens[i];
    const bool initial = token.kind == TokenKind::kWord && token.capitalised;
    if (!initial && document.Surface(token) != ".") return false;
    if (token.span.size > 2) return false;
  }
  return document.tokens[left.token + 1].capitalised;
}

class TermReader {
 public:
  TermReader(std::optional<DayNumber> published, WordTable& words)
      : published_(published), words_(words) {}

  // First the names that are certain: capitalised inside an ordinary sentence.
  void LearnNames(const Mentions& mentions) {
    for (const Mention& mention : mentions.all) {
      if (mention.shouted) continue;
      if (mention.capitalised && !mention.opens) words_[mention.word].sure_name = true;
      if (!mention.capitalised) words_[mention.word].sure_word = true;
    }
  }

  void Read(const Document& document, const Mentions& mentions, std::span<const Span> claimed) {
    std::uint32_t sentence = 0;
    const Mention* previous = nullptr;  // A name that the next one may adjoin.
    for (const Mention& mention : mentions.all) {
      while (mention.token >= document.sentences[sentence].end) ++sentence;
      const std::uint32_t weight = WeightIn(document.field, sentence);
      if (mention.commonness == Commonness::kFunction) {
        AddDay(document, mention.token, weight);
        previous = nullptr;
        continue;
      }
      ArticleWord& word = words_[mention.word];
      const bool name = IsName(mention, word);
      (name ? word.name_weight : word.word_weight) += weight;
      if (name && previous != nullptr && Adjoin(document, *previous, mention)) {
        bag_.Add(TermKind::kNamePair, PairHash(words_[previous->word].folded, word.folded), weight);
      }
      previous = name ? &mention : nullptr;
    }
    AddNumbers(document, mentions.furniture, claimed);
  }

  // All but words and names, which the words keep.
  const TermBag& bag() const { return bag_; }

 private:
  static std::uint32_t WeightIn(Field field, std::uint32_t sentence) {
    if (field == Field::kTitle) return kTitleWeight;
    return sentence < kLeadSentences ? kLeadWeight : kTextWeight;
  }

  static bool IsName(const Mention& mention, const ArticleWord& word) {
    if (!mention.capitalised) return false;
    if (!mention.opens && !mention.shouted) return true;
    return word.sure_name || (!mention.known && !word.sure_word);
  }

  void AddDay(const Document& document, std::uint32_t token, std::uint32_t weight) {
    const std::optional<DayNumber> day = DayNamedAt(document, token, published_);
    if (day.has_value()) bag_.Add(TermKind::kDay, static_cast<std::uint32_t>(*day), weight);
  }

  void AddNumbers(const Document& document, const std::vector<bool>& furniture,
                  std::span<const Span> claimed);
  // What bears a number, or stands behind it: "Route 9", "A12", "1234 Victoria Road".
  void AddNumbered(const Document& document, std::uint32_t token, std::uint32_t value,
                   std::uint32_t weight);

  std::optional<DayNumber> published_;
  WordTable& words_;
  TermBag bag_;
};

// Digits without their grouping; 0 when there are more than nine or a decimal point is met.
std::uint32_t PlainNumber(std::string_view digits) {
  std::uint32_t value = 0;
  int count = 0;
  for (const char c : digits) {
    if (c == ',') continue;
    if (c < '0' || c > '9' || ++count > 9) return 0;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return value;
}

bool TokenIs(const Document& document, std::uint32_t index, std::string_view text) {
  return index < document.tokens.size() && document.Surface(document.tokens[index]) == text;
}

// "35-year-old", ", 35," after a name, "aged 35".
bool IsAge(const Document& document, std::uint32_t index) {
  if (TokenIs(document, index + 1, "-") && TokenIs(document, index + 2, "year")) return true;
  if (index >= 1 && (TokenIs(document, index - 1, "aged") || TokenIs(document, index - 1, "age"))) {
    return true;
  }
  if (index < 2 || !TokenIs(document, index - 1, ",")) return false;
  const Token& before = document.tokens[index - 2];
  return before.kind == TokenKind::kWord && before.capitalised &&
         index + 1 < document.tokens.size() &&
         (TokenIs(document, index + 1, ",") || TokenIs(document, index + 1, ".") ||
          TokenIs(document, index + 1, ";"));
}

// "11:30 p.m.", "2 a.m.", "23:30": minutes since midnight; where no half is told, of the first.
std::optional<std::uint32_t> TimeOfDay(const Document& document, std::uint32_t index) {
  const auto& tokens = document.tokens;
  const std::uint32_t hours = PlainNumber(document.Surface(tokens[index]));
  if (hours > 24) return std::nullopt;
  const bool clock = index + 2 < tokens.size() && TokenIs(document, index + 1, ":") &&
                     !tokens[index + 1].space_before && tokens[index + 2].span.size == 2 &&
                     tokens[index + 2].kind == TokenKind::kDigits;
  const std::uint32_t after = clock ? index + 3 : index + 1;
  const bool late = TokenIs(document, after, "p.m.") || TokenIs(document, after, "pm");
  if (!clock && !late && !TokenIs(document, after, "a.m.") && !TokenIs(document, after, "am")) {
    return std::nullopt;
  }
  const std::uint32_t minutes = clock ? PlainNumber(document.Surface(tokens[index + 2])) : 0;
  return (late ? hours % 12 + 12 : hours) * 60 + minutes;
}

void TermReader::AddNumbered(const Document& document, std::uint32_t token, std::uint32_t value,
                             std::uint32_t weight) {
  const auto add = [&](const Token& word) {
    const std::uint32_t folded = FoldedHash(document.Surface(word));
    if (CommonnessOf(folded) == Commonness::kFunction && word.span.size > 1) return;  // A month.
    bag_.Add(TermKind::kNamePair, PairHash(folded, value), weight);
  };
  const auto names = [](const Token& word) {
    return word.kind == TokenKind::kWord && word.capitalised;
  };
  const auto& tokens = document.tokens;
  if (token > 0 && names(tokens[token - 1])) add(tokens[token - 1]);
  if (token + 1 < tokens.size() && names(tokens[token + 1])) add(tokens[token + 1]);
}

// Values of claims are left out: what is counted changes, and never tells which event it is.
void TermReader::AddNumbers(const Document& document, const std::vector<bool>& furniture,
                            std::span<const Span> claimed) {
  constexpr std::uint32_t kAgeSalt = 0x41474500;
  constexpr std::uint32_t kTimeSalt = 0x54494d45;
  std::uint32_t sentence = 0;
  for (std::uint32_t i = 0; i < document.tokens.size(); ++i) {
    const Token& token = document.tokens[i];
    while (i >= document.sentences[sentence].end) ++sentence;
    if (token.kind != TokenKind::kDigits || furniture[sentence]) continue;
    while (!claimed.empty() && claimed.front().end() <= token.span.begin) {
      claimed = claimed.subspan(1);
    }
    if (!claimed.empty() && claimed.front().Overlaps(token.span)) continue;
    const std::string_view digits = document.Surface(token);
    const std::uint32_t value = PlainNumber(digits);
    const std::uint32_t weight = WeightIn(document.field, sentence);
    if (value == 0) {
      if (digits.size() <= 12) bag_.Add(TermKind::kNumber, FoldedHash(digits), weight);
    } else if (const auto time = TimeOfDay(document, i); time.has_value()) {
      bag_.Add(TermKind::kNumber, *time + kTimeSalt, weight);
      if (TokenIs(document, i + 1, ":")) i += 2;
    } else if (value < 110 && IsAge(document, i)) {
      bag_.Add(TermKind::kNumber, value + kAgeSalt, weight);
    } else {
      if (value >= 100 && (value < 1900 || value > 2100)) {
        bag_.Add(TermKind::kNumber, value, weight);
      }
      AddNumbered(document, i, value, weight);
    }
  }
}

// The number phrases of a field's claims, in order of place.
std::vector<Span> ClaimedIn(const ReadArticle& read, Field field) {
  std::vector<Span> claimed;
  for (const Claim& claim : read.claims) {
    if (claim.field == field) claimed.push_back(claim.quote);
  }
  std::sort(claimed.begin(), claimed.end(),
            [](const Span& a, const Span& b) { return a.begin < b.begin; });
  return claimed;
}

// What the mentions of a term are worth before anything is known of the stream.
std::uint32_t Interest(Commonness commonness, std::uint32_t weight) {
  constexpr std::array<std::uint32_t, 5> kByCommonness = {12, 8, 4, 1, 0};
  return (std::min(weight, 16u * 16u) + 64) * kByCommonness[static_cast<std::size_t>(commonness)];
}

std::uint16_t StoredWeight(std::uint32_t sixteenths) {
  const double mentions = static_cast<double>(std::min(sixteenths, 16u * 100u)) / 16.0;
  return static_cast<std::uint16_t>(256.0 * std::sqrt(mentions));  // Exact everywhere, unlike log.
}

// The most telling terms of each kind, as many as may be kept.
class Selection {
 public:
  Selection() {
    for (std::size_t kind = 0; kind < choices_.size(); ++kind) {
      choices_[kind].reserve(2 * static_cast<std::size_t>(kArticleTermsMax[kind]));
    }
  }

  void Add(TermKind kind, std::uint32_t hash, std::uint32_t weight, Commonness commonness) {
    // In order of interest, the greatest first, then of hash.
    const std::uint64_t order = std::uint64_t{~Interest(commonness, weight)} << 32 | hash;
    choices_[static_cast<std::size_t>(kind)].push_back({order, weight});
  }

  std::vector<Term> Take() {
    std::vector<Term> terms;
    terms.reserve(160);
    for (std::size_t kind = 0; kind < choices_.size(); ++kind) {
      std::vector<Choice>& choices = choices_[kind];
      const auto most = static_cast<std::size_t>(kArticleTermsMax[kind]);
      if (choices.size() > most) {
        std::nth_element(choices.begin(), choices.begin() + kArticleTermsMax[kind], choices.end(),
                         [](const Choice& a, const Choice& b) { return a.order < b.order; });
        choices.resize(most);
      }
      const std::size_t first = terms.size();
      for (const Choice& choice : choices) {
        terms.push_back({static_cast<std::uint32_t>(choice.order), StoredWeight(choice.weight),
                         static_cast<std::uint8_t>(kind)});
      }
      std::sort(terms.begin() + static_cast<std::ptrdiff_t>(first), terms.end(),
                [](const Term& a, const Term& b) { return a.hash < b.hash; });
    }
    return terms;
  }

 private:
  struct Choice {
    std::uint64_t order;
    std::uint32_t weight;
  };
  std::array<std::vector<Choice>, kTermKinds> choices_;
};

std::vector<Term> SelectTerms(const WordTable& words, const TermBag& bag) {
  Selection selection;
  for (const ArticleWord& word : words.all()) {
    for (const TermKind kind : {TermKind::kWord, TermKind::kName}) {
      const std::uint32_t weight = kind == TermKind::kWord ? word.word_weight : word.name_weight;
      if (weight == 0) continue;
      selection.Add(kind, TermHash(kind, word.folded), weight, word.commonness);
    }
  }
  for (const BagEntry& entry : bag.entries()) {
    selection.Add(entry.kind, entry.hash, entry.weight, Commonness::kRare);
  }
  return selection.Take();
}

// Of the body's sentences, those that belong to the page left out.
std::vector<std::uint32_t> SentencePrints(const std::vector<Fingerprint>& body,
                                          const std::vector<bool>& furniture) {
  std::vector<std::uint32_t> prints;
  prints.reserve(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (!furniture[i] && body[i].words >= kFingerprintWordsMin) prints.push_back(body[i].hash);
  }
  std::sort(prints.begin(), prints.end());
  prints.erase(std::unique(prints.begin(), prints.end()), prints.end());
  // The lowest ones: two copies cut at different places keep the same ones.
  if (prints.size() > kArticleFingerprintsMax) prints.resize(kArticleFingerprintsMax);
  return prints;
}

// The range of tokens that lie in a span.
Sentence TokensIn(const Document& document, Span span) {
  const auto before = [](const Token& token, std::uint32_t at) { return token.span.begin < at; };
  const auto& tokens = document.tokens;
  const auto first = std::lower_bound(tokens.begin(), tokens.end(), span.begin, before);
  const auto end = std::lower_bound(first, tokens.end(), span.end(), before);
  return {static_cast<std::uint32_t>(first - tokens.begin()),
          static_cast<std::uint32_t>(end - tokens.begin())};
}

// A claim's sentence is as a rule one of the document's, whose fingerprint is known.
Fingerprint PrintOf(const Document& document, Span span, const std::vector<Fingerprint>& known) {
  const Sentence range = TokensIn(document, span);
  const auto& sentences = document.sentences;
  const auto same = std::lower_bound(
      sentences.begin(), sentences.end(), range.first,
      [](const Sentence& sentence, std::uint32_t first) { return sentence.first < first; });
  if (same != sentences.end() && same->first == range.first && same->end == range.end) {
    return known[static_cast<std::size_t>(same - sentences.begin())];
  }
  return FingerprintOf(document, range.first, range.end);
}

std::vector<std::uint32_t> ClaimPrints(const Article& article, const ReadArticle& read,
                                       const std::vector<Fingerprint>& body) {
  const std::vector<Fingerprint> title = FingerprintsOf(read.title);
  std::vector<std::uint32_t> prints;
  prints.reserve(read.claims.size());
  for (const Claim& claim : read.claims) {
    Fingerprint print = claim.field == Field::kTitle ? PrintOf(read.title, claim.sentence, title)
                                                     : PrintOf(read.body, claim.sentence, body);
    if (print.words < kClaimWordsMin && !article.source.empty()) {
      print.hash ^= FoldedHash(article.source);
    }
    prints.push_back(print.hash);
  }
  return prints;
}

}  // namespace

std::uint32_t TermHash(TermKind kind, std::uint32_t folded_hash) {
  return folded_hash ^ kSalts[static_cast<std::size_t>(kind)];
}

std::uint32_t FoldedOf(TermKind kind, std::uint32_t term_hash) {
  return term_hash ^ kSalts[static_cast<std::size_t>(kind)];
}

std::uint32_t PairHash(std::uint32_t first_folded, std::uint32_t second_folded) {
  std::uint64_t h = (std::uint64_t{first_folded} << 32) | second_folded;
  h *= 0xff51afd7ed558ccdULL;
  h ^= h >> 32;
  return static_cast<std::uint32_t>(h * 0x9e3779b1u);
}

Features ComputeFeatures(const Article& article, const ReadArticle& read, const Catalogue&) {
  WordTable words;
  const Mentions title = MentionsOf(read.title, words);
  const Mentions body = MentionsOf(read.body, words);
  TermReader reader(DayOf(article.publish_time), words);
  reader.LearnNames(body);
  reader.LearnNames(title);
  reader.Read(read.title, title, ClaimedIn(read, Field::kTitle));
  reader.Read(read.body, body, ClaimedIn(read, Field::kBody));

  Features features;
  const std::vector<Fingerprint> prints = FingerprintsOf(read.body);
  features.terms = SelectTerms(words, reader.bag());
  features.fingerprints = SentencePrints(prints, body.furniture);
  features.claim_sentences = ClaimPrints(article, read, prints);
  features.themes = ThemesOf(words);
  features.time = article.publish_time;
  features.story_hint = article.story_hint;
  features.language = article.language;
  features.roundup = IsRoundup(read.title, read.body, body.furniture);
  features.ongoing = IsOngoing(read.title, read.body, body.furniture);
  if (read.reading == Reading::kLanguageNotRead && IsRead(features)) features.language = "und";
  return features;
}

}  // namespace claimwatch
