// Schedules: what happens to a feed and its subscribers, drawn from a seed, and made smaller.
//
// A schedule is a list of plain steps that means the same however many of its steps are taken out,
// so that one that breaks a promise can be shrunk to the few that matter.
// Tested by tests/properties/feed_properties_test.cc.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace claimwatch {

inline constexpr int kSubscribers = 4;  // One for each Selection.

struct ScheduledAction {
  enum class Kind {
    kIngest,  // `number` seeds a group of articles, which are committed and published.
    kCommit,  // The same, published by the next kIngest, kPublish or restart.
    kPublish,
    kOpen,     // `who` begins anew, from `number` % 3 as Start.
    kRead,     // `who` takes up to `number` messages.
    kBreak,    // The stream of `who` breaks.
    kResume,   // `who` comes back with its last token.
    kRetain,   // All but the last `number` articles are forgotten.
    kRestart,  // The process ends; the store stays.
    kTick,     // Time for a heartbeat passes.
  };
  Kind kind = Kind::kIngest;
  int who = 0;
  int number = 0;
};
using Schedule = std::vector<ScheduledAction>;

Schedule DrawSchedule(std::uint32_t seed, int length);

// The smallest schedule found of which `fails` still holds, by leaving out runs of actions. `fails`
// is asked at most `tries_max` times.
Schedule Shrink(Schedule schedule, const std::function<bool(const Schedule&)>& fails,
                int tries_max = 2000);

std::string Dump(const Schedule& schedule);

}  // namespace claimwatch
