// Days that a text names, as day numbers: "Tuesday", "Nov. 3", "3 November 2015", "yesterday".
//
// Two reports of one event name the same day in different words; reports of two events of one week
// do not. A weekday is the last such day up to publication, a date without a year the nearest one.
// Nothing is read where publication is unknown, except full dates.
// Tested by tests/story/features_test.cc.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/time/time.h"
#include "server/text/document.h"

namespace claimwatch {

// Days since 1970-01-01.
using DayNumber = std::int32_t;

// The day (UTC) of a time; nullopt for an infinite one.
std::optional<DayNumber> DayOf(absl::Time time);

// The day that the token names, alone or with its neighbours; nullopt if none.
std::optional<DayNumber> DayNamedAt(const Document& document, std::uint32_t token,
                                    std::optional<DayNumber> published);

}  // namespace claimwatch
