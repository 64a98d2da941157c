#include "server/claims/time_scope.h"

namespace claimwatch {

TimeScope ReadTimeScope(const Passage&, const Draft&) { return {}; }

}  // namespace claimwatch
