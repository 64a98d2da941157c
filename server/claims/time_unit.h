// Time units: days, weeks and years of the calendar, counted from a day.
//
// Pure. Tested by tests/claims/time_phrase_test.cc.
#pragma once

#include <cstdint>
#include <utility>

#include "absl/time/civil_time.h"

namespace claimwatch {

enum class TimeUnit : std::uint8_t { kNone, kHour, kDay, kWeekend, kWeek, kMonth, kYear };

// So many units before a day, and after it where count < 0. Hours are begun days.
absl::CivilDay Back(absl::CivilDay day, int count, TimeUnit unit);

// The week, month or year [first, second) that a day is of. Weeks begin on Monday.
std::pair<absl::CivilDay, absl::CivilDay> Around(absl::CivilDay day, TimeUnit unit);

}  // namespace claimwatch
