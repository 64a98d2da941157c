// The /metrics page: the daemon's state in Prometheus' text format.
//
// Names follow Prometheus' conventions: base units, _total for counters.
// Tested by tests/web/connection_test.cc.
#pragma once

#include <string>

#include "claimwatch/v1/admin.pb.h"
#include "server/rpc/metrics.h"
#include "server/web/counters.h"

namespace claimwatch {

std::string MetricsPage(const v1::GetStatusResponse& status, const RpcMetrics& rpc,
                        const HttpCounters& http);

}  // namespace claimwatch
