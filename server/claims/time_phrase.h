// Phrases of time: "on Monday", "in the past 24 hours", "since 3 March", "by Friday evening".
//
// A phrase is found at its core, the part that stands in the calendar ("Monday", "past 24 hours",
// "3 March"), and read to both sides from there. Days are days of UTC. Pure; linear in the
// sentence, and read once for all its figures.
// Tested by tests/claims/time_phrase_test.cc.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "server/claims/passage.h"

namespace claimwatch {

struct TimePhrase {
  std::uint32_t core = 0;  // Tokens: where its core begins, the phrase and one past it.
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  absl::Time from = absl::InfinitePast();  // What it tells of: [from, to).
  absl::Time to = absl::InfiniteFuture();
  absl::Time as_of = absl::InfinitePast();  // "as of Friday", "by noon on 3 March": the state then.
  bool open = false;  // "since Monday", "so far": until now, whoever says it when.
};

// Makes `phrases` those of the sentence, in the order of their cores. `published`: when the article
// is of; InfinitePast: not known, and nothing that depends on it is told.
void ReadTimePhrases(const Passage& passage, absl::Time published,
                     std::vector<TimePhrase>* phrases);

}  // namespace claimwatch
