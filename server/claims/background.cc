#include "server/claims/background.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "server/claims/senses.h"

namespace claimwatch {
namespace {

constexpr std::size_t kOpeningSentences = 2;
constexpr std::size_t kCrisisWordsMin = 2;
constexpr std::size_t kCrisisKindsMin = 2;
constexpr int kCaptorWordsMin = 2;

// Names, and kinds of place ("province"): what is told of "the province" is told of all.
void AddNames(const Document& doc, const Senses& senses, std::uint32_t end,
              std::vector<std::string_view>* names) {
  for (std::uint32_t i = 0; i < end && i < doc.tokens.size(); ++i) {
    const Token& token = doc.tokens[i];
    if (token.kind != TokenKind::kWord) continue;
    const WordSense& sense = senses.Of(token.word);
    const bool region = sense.Is(kCueNarrow) && !sense.Is(kCueCare);
    if (token.capitalised || region) names->push_back(doc.Surface(token));
  }
}

// "the biggest march since the Iraq war": what is meant is the march.
bool OnlyMeasuresBy(const Document& doc, const Token& token) {
  const std::size_t at = static_cast<std::size_t>(&token - doc.tokens.data());
  const bool named = at >= 3 && doc.tokens[at - 1].capitalised;
  if (!named || doc.Surface(doc.tokens[at - 2]) != "the") return false;
  const std::string_view before = doc.Surface(doc.tokens[at - 3]);
  return before == "since" || before == "during" || before == "after";
}

struct CrisisWords {
  std::vector<WordId> lemmas;  // As often as they stand, up to what decides.
  bool grave = false;          // One of them is more than a protest.
  std::vector<WordId> siege;   // Likewise, of words that tell of hostage-takers, too.
  int captors = 0;             // Words of hostages and pirates.
};

void AddCrisisWords(const Document& doc, const Senses& senses, CrisisWords* words) {
  for (const Token& token : doc.tokens) {
    if (token.word == nullptr || !token.word->Is(kNoun)) continue;  // Most words end here.
    const WordSense& sense = senses.Of(token.word);
    if (!sense.Is(kCueCrisis | kCueCaptor) || OnlyMeasuresBy(doc, token)) continue;
    if (sense.Is(kCueCaptor)) ++words->captors;
    if (!sense.Is(kCueCrisis) || words->lemmas.size() > 64) continue;
    if (senses.In(token.word, WordList::kSiege)) {
      if (words->siege.size() < 64) words->siege.push_back(token.word->lemma);
      continue;
    }
    words->lemmas.push_back(token.word->lemma);
    words->grave = words->grave || !sense.Is(kCueStir);
  }
}

// A march with clashes is one event; with an uprising or a war it is one of many.
// Where hostages are held, those who hold them and their siege are one event, too.
bool IsCrisis(CrisisWords words) {
  std::vector<WordId>& lemmas = words.lemmas;
  if (words.captors < kCaptorWordsMin && !words.siege.empty()) {
    words.grave = true;
    lemmas.insert(lemmas.end(), words.siege.begin(), words.siege.end());
  }
  if (!words.grave || lemmas.size() < kCrisisWordsMin) return false;
  std::sort(lemmas.begin(), lemmas.end());
  lemmas.erase(std::unique(lemmas.begin(), lemmas.end()), lemmas.end());
  return lemmas.size() >= kCrisisKindsMin;
}

// A headline or opening that names the disease.
bool IsOutbreak(const Document& title, const Document& body, const Senses& senses) {
  const auto names = [&senses](const Document& doc, std::size_t sentences) {
    if (doc.sentences.empty()) return false;
    const std::uint32_t end = doc.sentences[std::min(sentences, doc.sentences.size()) - 1].end;
    for (std::uint32_t i = 0; i < end; ++i) {
      if (senses.In(doc.tokens[i].word, WordList::kEpidemic)) return true;
    }
    return false;
  };
  return names(title, 1) || names(body, kOpeningSentences);
}

// "official figures show", "according to a survey"
bool TellsStatistics(const Document& doc, std::size_t sentences, const Senses& senses) {
  if (doc.sentences.empty()) return false;
  const std::uint32_t end = doc.sentences[std::min(sentences, doc.sentences.size()) - 1].end;
  for (std::uint32_t i = 1; i < end; ++i) {
    const Word* word = doc.tokens[i].word;
    if (senses.In(word, WordList::kStatistics)) return true;
    if (senses.In(word, WordList::kFigures) &&
        senses.In(doc.tokens[i - 1].word, WordList::kOfficial)) {
      return true;
    }
  }
  return false;
}

// "fell 14 percent last year", told in January: the year that the article is about.
bool ReportsOnLastYear(const Document& doc, std::size_t sentences, const Senses& senses) {
  if (doc.sentences.empty()) return false;
  const std::uint32_t end = doc.sentences[std::min(sentences, doc.sentences.size()) - 1].end;
  for (std::uint32_t i = 0; i + 1 < end; ++i) {
    if (senses.ArePair(doc.tokens[i].word, doc.tokens[i + 1].word, WordList::kLastYear))
      return true;
  }
  return false;
}

// "convicted a commander of killing 40 people in 1999": the year that the trial is about.
int YearTried(const Document& title, const Document& body, const Senses& senses, int now) {
  bool court = false;
  int tried = 0;
  const auto look = [&](const Document& doc, std::size_t sentences) {
    if (doc.sentences.empty()) return;
    const std::uint32_t end = doc.sentences[std::min(sentences, doc.sentences.size()) - 1].end;
    for (std::uint32_t i = 0; i < end; ++i) {
      const Token& token = doc.tokens[i];
      const WordSense& sense = senses.Of(token.word);
      court = court || (sense.Is(kCueCourt) && token.word->Is(kPastTense | kParticiple | kGerund));
      int year = 0;
      if (token.kind != TokenKind::kDigits || token.span.size != 4) continue;
      for (const char c : doc.Surface(token)) year = year * 10 + (c - '0');
      if (tried == 0 && year >= 1900 && year < now) tried = year;
    }
  };
  look(title, 1);
  look(body, kOpeningSentences);
  return court ? tried : 0;
}

}  // namespace

bool Background::IsEventPlace(std::string_view name) const {
  return std::any_of(places.begin(), places.end(), [&](std::string_view place) {
    return place.size() == name.size() &&
           absl::EqualsIgnoreCase({place.data(), place.size()}, {name.data(), name.size()});
  });
}

Background ReadBackground(const Article& article, const Document& title, const Document& body,
                          const Catalogue& catalogue) {
  Background background;
  background.published = article.publish_time;
  if (article.publish_time != absl::InfinitePast()) {
    const absl::CivilMonth month = absl::ToCivilMonth(article.publish_time, absl::UTCTimeZone());
    background.year = static_cast<int>(month.year());
    background.month = month.month();
  }
  const Senses& senses = CatalogueAccess::Get(catalogue);
  const bool early = (background.month >= 1 && background.month <= 2) ||
                     TellsStatistics(body, kOpeningSentences, senses);
  if (early &&
      (ReportsOnLastYear(title, 1, senses) || ReportsOnLastYear(body, kOpeningSentences, senses))) {
    background.period = background.year - 1;
  }
  background.tried = YearTried(title, body, senses, background.year);
  CrisisWords words;
  AddCrisisWords(title, senses, &words);
  AddCrisisWords(body, senses, &words);
  background.captors = words.captors >= kCaptorWordsMin;
  background.crisis = IsCrisis(std::move(words));
  background.outbreak = IsOutbreak(title, body, senses);
  AddNames(title, senses, static_cast<std::uint32_t>(title.tokens.size()), &background.places);
  if (!body.sentences.empty()) {
    const std::size_t last = std::min(kOpeningSentences, body.sentences.size()) - 1;
    AddNames(body, senses, body.sentences[last].end, &background.places);
  }
  return background;
}

}  // namespace claimwatch
