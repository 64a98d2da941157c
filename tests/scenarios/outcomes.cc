#include "tests/scenarios/outcomes.h"

#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"
#include "server/base/check.h"
#include "server/ledger/wording.h"
#include "tests/fakes/newsroom.h"

namespace claimwatch {

Stream Interleave(const std::vector<Stream>& streams, unsigned seed) {
  std::vector<std::size_t> turns;
  for (std::size_t i = 0; i < streams.size(); ++i) turns.insert(turns.end(), streams[i].size(), i);
  std::mt19937 chance(seed);
  if (seed != 0) std::shuffle(turns.begin(), turns.end(), chance);
  std::vector<std::size_t> next(streams.size(), 0);
  Stream all;
  for (const std::size_t i : turns) all.push_back(streams[i][next[i]++]);
  return all;
}

std::map<std::string, std::string> Outcomes(const Stream& articles, unsigned restart_every) {
  Newsroom newsroom;
  newsroom.clock().Set(absl::FromCivil(absl::CivilDay(2030, 1, 1), absl::UTCTimeZone()));
  std::mt19937 chance(7);
  std::map<StoryId, std::string> stories;
  std::map<FigureId, std::string> figures;
  std::map<std::string, std::string> outcomes;
  for (const Article& article : articles) {
    if (restart_every != 0 && chance() % restart_every == 0) newsroom.Restart();
    const IngestResult result = newsroom.Ingest(article);
    CW_CHECK(result.status.ok());
    const ArticleRecord& record = result.receipt.article;
    std::string& told = outcomes[article.id];
    absl::StrAppend(&told, "in ", stories.try_emplace(record.story, article.id).first->second);
    for (std::size_t i = 0; i < record.claims.size(); ++i) {
      const KnownClaim& claim = record.claims[i];
      const std::string name = absl::StrCat(article.id, "#", i);
      absl::StrAppend(&told, "\n  ", Dump(claim.claim, SharedCatalogue()), " ",
                      figures.try_emplace(claim.figure, name).first->second);
    }
    for (const Alert& alert : result.receipt.alerts) absl::StrAppend(&told, "\n  ", alert.summary);
  }
  return outcomes;
}

}  // namespace claimwatch
