// The core of a phrase of time: the part that stands in the calendar.
//
// "Monday", "3 March", "past 24 hours", "noon"; what stands before it ("since", "by") is
// time_phrase.h's. Days are days of UTC. Pure. Tested by tests/claims/time_phrase_test.cc.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/time/civil_time.h"
#include "server/claims/passage.h"

namespace claimwatch {

// Days [from, to), if they are known.
struct TimeCore {
  std::uint32_t begin = 0;  // Tokens.
  std::uint32_t end = 0;
  bool known = false;
  absl::CivilDay from;
  absl::CivilDay to;
  bool bare = true;      // May stand without a preposition: "Monday", "last week"; but "in March".
  bool running = false;  // Ends with the day of the article: "the past week", "this year".
};

// The day that an article is of.
struct Today {
  bool known = false;  // Else `day` is any day, and no core that depends on it is known.
  absl::CivilDay day;
};

// Whether a core may begin at token i: few may, and all are asked.
bool MayBeginCore(const Passage& passage, std::uint32_t i);

std::optional<TimeCore> ReadTimeCore(const Passage& passage, const Today& today, std::uint32_t i);

// "by [6 p.m.] on Friday", "by [noon] on Friday": where it begins; kNoToken: no clock ends at i.
std::uint32_t ClockEndingAt(const Passage& passage, std::uint32_t i);

// "[as of] Friday", "[as at] noon" at its second word.
bool IsAsOf(const Passage& passage, std::uint32_t i);

}  // namespace claimwatch
