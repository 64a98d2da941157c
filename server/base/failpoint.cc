#include "server/base/failpoint.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <string>

#include "server/base/check.h"

namespace claimwatch {
namespace {

struct Target {
  std::string name;
  int visits = 1;
};

const Target& TheTarget() {
  static const auto* const target = [] {
    auto* made = new Target();
    const char* const said = getenv("CLAIMWATCH_FAIL_POINT");
    if (said == nullptr) return made;
    made->name = said;
    const auto colon = made->name.rfind(':');
    if (colon == std::string::npos) return made;
    made->visits = atoi(made->name.c_str() + colon + 1);
    made->name.resize(colon);
    return made;
  }();
  return *target;
}

}  // namespace

void ReachFailPoint(std::string_view name) {
  static std::atomic<int> visits{0};
  CW_CHECK(std::find(std::begin(kFailPoints), std::end(kFailPoints), name) !=
           std::end(kFailPoints));
  const Target& target = TheTarget();
  if (target.name != name || ++visits < target.visits) return;
  kill(getpid(), SIGKILL);
  while (true) pause();
}

}  // namespace claimwatch
