#include "server/claims/time_unit.h"

namespace claimwatch {

absl::CivilDay Back(absl::CivilDay day, int count, TimeUnit unit) {
  switch (unit) {
    case TimeUnit::kHour:
      return day - (count + 23) / 24;
    case TimeUnit::kWeek:
      return day - 7 * count;
    case TimeUnit::kMonth:
      return absl::CivilDay(absl::CivilMonth(day) - count) + (day.day() - 1);
    case TimeUnit::kYear:
      return absl::CivilDay(day.year() - count, day.month(), day.day());
    default:
      return day - count;
  }
}

std::pair<absl::CivilDay, absl::CivilDay> Around(absl::CivilDay day, TimeUnit unit) {
  const absl::CivilDay monday = absl::PrevWeekday(day + 1, absl::Weekday::monday);
  switch (unit) {
    case TimeUnit::kWeek:
      return {monday, monday + 7};
    case TimeUnit::kWeekend:
      return {monday + 5, monday + 7};
    case TimeUnit::kMonth: {
      const absl::CivilMonth month(day);
      return {absl::CivilDay(month), absl::CivilDay(month + 1)};
    }
    case TimeUnit::kYear:
      return {absl::CivilDay(day.year(), 1, 1), absl::CivilDay(day.year() + 1, 1, 1)};
    default:
      return {day, day + 1};
  }
}

}  // namespace claimwatch
