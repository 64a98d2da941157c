#include "tests/properties/schedule.h"

#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"

namespace claimwatch {
namespace {

constexpr const char* kNames[] = {"ingest", "commit", "publish", "open",    "read",
                                  "break",  "resume", "retain",  "restart", "tick"};
// How often each comes, in the order of Kind.
constexpr int kWeights[] = {8, 2, 2, 3, 12, 2, 3, 1, 1, 2};

}  // namespace

Schedule DrawSchedule(std::uint32_t seed, int length) {
  std::mt19937 chance(seed);  // Its sequence is the same everywhere; distributions are not.
  const auto draw = [&](int below) {
    return static_cast<int>(chance() % static_cast<std::uint32_t>(below));
  };
  int all = 0;
  for (const int weight : kWeights) all += weight;
  Schedule schedule;
  for (int i = 0; i < length; ++i) {
    int at = draw(all);
    int kind = 0;
    while (at >= kWeights[kind]) at -= kWeights[kind++];
    ScheduledAction action;
    action.kind = static_cast<ScheduledAction::Kind>(kind);
    action.who = draw(kSubscribers);
    action.number = action.kind == ScheduledAction::Kind::kRead ? 1 + draw(4) : draw(1000);
    if (action.kind == ScheduledAction::Kind::kRetain) action.number = draw(6);
    schedule.push_back(action);
  }
  return schedule;
}

Schedule Shrink(Schedule schedule, const std::function<bool(const Schedule&)>& fails,
                int tries_max) {
  int tries = 0;
  for (std::size_t run = std::max<std::size_t>(schedule.size() / 2, 1); run > 0;) {
    bool smaller = false;
    for (std::size_t begin = 0; begin < schedule.size() && tries < tries_max;) {
      Schedule without = schedule;
      const auto first = without.begin() + static_cast<std::ptrdiff_t>(begin);
      const auto count = std::min(run, schedule.size() - begin);
      without.erase(first, first + static_cast<std::ptrdiff_t>(count));
      ++tries;
      if (fails(without)) {
        schedule = std::move(without);
        smaller = true;
      } else {
        begin += run;
      }
    }
    if (tries >= tries_max) break;
    if (run > 1) {
      run /= 2;
    } else if (!smaller) {
      break;
    }
  }
  return schedule;
}

std::string Dump(const Schedule& schedule) {
  std::string lines;
  for (const ScheduledAction& action : schedule) {
    absl::StrAppend(&lines, "  ", kNames[static_cast<int>(action.kind)], " who=", action.who,
                    " number=", action.number, "\n");
  }
  return lines;
}

}  // namespace claimwatch
