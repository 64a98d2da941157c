#include "server/claims/background.h"

#include <algorithm>

#include "server/claims/senses.h"

namespace claimwatch {
namespace {

constexpr std::size_t kOpeningSentences = 2;
constexpr int kCrisisWordsMin = 2;

void AddNames(const Document& doc, std::uint32_t end, std::vector<std::string_view>* names) {
  for (std::uint32_t i = 0; i < end && i < doc.tokens.size(); ++i) {
    const Token& token = doc.tokens[i];
    if (token.kind == TokenKind::kWord && token.capitalised) names->push_back(doc.Surface(token));
  }
}

int CrisisWords(const Document& doc, const Senses& senses) {
  int count = 0;
  for (const Token& token : doc.tokens) count += senses.Of(token.word).Is(kCueCrisis);
  return count;
}

}  // namespace

bool Background::IsEventPlace(std::string_view name) const {
  return std::find(places.begin(), places.end(), name) != places.end();
}

Background ReadBackground(const Article& article, const Document& title, const Document& body,
                          const Catalogue& catalogue) {
  Background background;
  if (article.publish_time != absl::InfinitePast()) {
    background.year =
        static_cast<int>(absl::ToCivilYear(article.publish_time, absl::UTCTimeZone()).year());
  }
  const Senses& senses = CatalogueAccess::Get(catalogue);
  background.crisis = CrisisWords(title, senses) + CrisisWords(body, senses) >= kCrisisWordsMin;
  AddNames(title, static_cast<std::uint32_t>(title.tokens.size()), &background.places);
  if (!body.sentences.empty()) {
    const std::size_t last = std::min(kOpeningSentences, body.sentences.size()) - 1;
    AddNames(body, body.sentences[last].end, &background.places);
  }
  return background;
}

}  // namespace claimwatch
