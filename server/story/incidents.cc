#include "server/story/incidents.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace claimwatch {
namespace {

constexpr std::uint32_t kRunningArticlesMin = 5;

// What the story was before any doubt came up.
Story FirstIncident(const Story& story) {
  Story first;
  first.first_seconds = story.first_seconds;
  first.last_seconds = story.last_seconds;
  first.timed = story.timed;
  first.roundup = story.roundup;
  first.themes = story.themes;
  first.articles = story.articles;
  first.core = story.core;
  first.norm = story.norm;
  return first;
}

}  // namespace

bool IsSure(const Evidence& evidence, float score) {
  if (evidence[kGap] < kLinkWeights.soon_gap) return score >= 0;
  // Then a gap is no matter.
  const bool alike = evidence[kWords] + evidence[kNames] >= kLinkWeights.alike;
  if (evidence[kMarked] > 0 || alike) return score >= 0;
  const bool late = evidence[kGap] >= kLinkWeights.late_gap;
  return score >= (late ? kLinkWeights.sure_late : kLinkWeights.sure);
}

std::uint32_t ChooseIncident(const WeighedArticle& article, bool roundup, const Story& story,
                             const Evidence& evidence, std::span<const Story* const> others) {
  // A long story that is being told: what belongs to it belongs together.
  const bool running =
      story.articles >= kRunningArticlesMin && evidence[kGap] < kLinkWeights.late_gap;
  if (story.incidents == nullptr) {
    if (story.roundup != roundup) return 1;
    return running || IsSure(evidence, Score(evidence)) ? 0 : 1;
  }
  std::vector<const Story*> ours;
  for (const Story& incident : story.incidents->all) {
    if (incident.roundup == roundup) ours.push_back(&incident);
  }
  std::vector<const Story*> rivals;
  for (const Story* other : others) {
    if (other != &story) rivals.push_back(other);
  }
  const std::vector<Evidence> all = CollectEvidenceOfEach(article, ours, rivals);
  const Story* best = nullptr;
  float best_score = 0;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const float score = Score(all[i]);
    if (!IsSure(all[i], score) || (best != nullptr && score <= best_score)) continue;
    best = ours[i];
    best_score = score;
  }
  if (best == nullptr && running && !ours.empty()) {
    best = *std::max_element(ours.begin(), ours.end(), [](const Story* a, const Story* b) {
      return a->articles < b->articles;
    });
  }
  return best != nullptr ? best->incident : story.incidents->last + 1;
}

void EnrichIncident(Story& story, const WeighedArticle& article, bool roundup,
                    std::uint32_t incident) {
  if (story.articles == 0) story.roundup = roundup;
  if (story.incidents == nullptr) {
    if (incident == 0) return;
    story.incidents = std::make_unique<Incidents>();
    story.incidents->all.push_back(FirstIncident(story));
  }
  std::vector<Story>& all = story.incidents->all;
  auto known = std::find_if(all.begin(), all.end(),
                            [&](const Story& one) { return one.incident == incident; });
  if (known == all.end()) {
    if (all.size() == kIncidentsMax) all.erase(all.begin() + 1);
    known = all.emplace(all.end());
    known->incident = incident;
    known->roundup = roundup;
    story.incidents->last = std::max(story.incidents->last, incident);
  }
  Enrich(*known, article);
}

}  // namespace claimwatch
