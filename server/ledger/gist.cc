#include "server/ledger/gist.h"

#include <optional>

namespace claimwatch {

std::vector<Gist> GistsOf(const std::vector<KnownClaim>& claims, FindMeasure measures) {
  static const Measure kUnknown;
  std::vector<Gist> gists(claims.size());
  std::optional<SentenceWords> sentence;  // Of the claim before: several often share one.
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const KnownClaim& known = claims[i];
    const bool same = i > 0 && known.claim.field == claims[i - 1].claim.field &&
                      known.claim.sentence == claims[i - 1].claim.sentence;
    if (!same) sentence.emplace(known.sentence_text);
    const Measure* measure = measures(known.measure);
    gists[i].identity = IdentityOf(known, measure != nullptr ? *measure : kUnknown);
    gists[i].meaning = MeaningOf(known.claim.quantity);
    gists[i].words = sentence->Around(known.claim);
  }
  return gists;
}

}  // namespace claimwatch
