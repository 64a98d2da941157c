// Incidents: the parts of a story that may, for all we know, be events of their own.
//
// Putting an article into a story asks which event it is most likely about; setting its figures
// against those of another article asks for more: an alert across two shootings in one city is
// worse than none. An article that joins its story without enough evidence begins an incident
// inside it, and so does one that sums up several incidents. Those that come later are compared
// with each incident by itself. Figures of two incidents are never compared.
// Tested by tests/story/incidents_test.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "server/story/evidence.h"
#include "server/story/features.h"
#include "server/story/story.h"

namespace claimwatch {

inline constexpr std::size_t kIncidentsMax = 12;  // Of a story, of which new articles may be.

// Whether that much evidence is enough to set figures against each other.
bool IsSure(const Evidence& evidence, float score);

// Which incident of `story` the article is of: a known one, or a new number. `evidence` is of the
// story as a whole; `others` are the stories next to which it was chosen.
std::uint32_t ChooseIncident(const WeighedArticle& article, bool roundup, const Story& story,
                             const Evidence& evidence, std::span<const Story* const> others);

// Records that an article is of that incident of the story, before Enrich(story, article).
void EnrichIncident(Story& story, const WeighedArticle& article, bool roundup,
                    std::uint32_t incident);

}  // namespace claimwatch
