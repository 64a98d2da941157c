// Subject: the real store, ring, cursor and filters, put through a schedule in one thread with a
// clock that is a number; what the subscribers did and heard is written down for the checker.
//
// A sabotage makes one promise break in what is written down, to show that it is found.
// Tested by tests/properties/feed_properties_test.cc.
#pragma once

#include <vector>

#include "tests/properties/checker.h"
#include "tests/properties/schedule.h"

namespace claimwatch {

enum class Sabotage { kNone, kLosesAfterResume, kTellsTwice, kTornToken, kHeartbeatRunsAhead };

struct Outcomes {
  World world;
  std::vector<History> histories;  // One a subscriber.
};

// `durable`: in a SQLite file of a temporary folder; else in memory.
Outcomes RunSchedule(const Schedule& schedule, bool durable, Sabotage sabotage = Sabotage::kNone);

}  // namespace claimwatch
