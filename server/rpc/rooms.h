// Rooms: what the services translate for, and what they may promise.
//
// Tested through tests/rpc/*_service_test.cc.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "server/auth/authorizer.h"
#include "server/auth/caller_limits.h"
#include "server/base/clock.h"
#include "server/claims/catalogue.h"
#include "server/feed/alert_feed.h"
#include "server/ingest/ingestor.h"
#include "server/rpc/activity.h"
#include "server/rpc/convert.h"
#include "server/rpc/filters.h"
#include "server/rpc/metrics.h"
#include "server/rpc/selector.h"
#include "server/rpc/unary_call.h"
#include "server/rpc/worker_pool.h"
#include "server/store/claim_store.h"

namespace claimwatch {

class Acceptor;

// PEM files, read again when they change. Empty certificate: no TLS.
struct TlsFiles {
  std::string certificate;  // With the chain.
  std::string key;
  std::string client_authority;  // Verifies clients' certificates. Empty: they need none.
  bool client_required = false;  // Else only those that send one are verified.
};

struct RpcOptions {
  std::vector<std::string> listen = {};  // HOST:PORT; port 0: any free one
  TlsFiles tls = {};
  absl::Duration heartbeat_interval = absl::Seconds(30);
  absl::Duration stream_age_max = absl::InfiniteDuration();
  absl::Duration future_max = absl::Hours(48);  // Of IngestOptions, to be told.
  int subscribers_max = 10'000;
  CallerBounds client_bounds = {};   // Of one credential.
  CallerBounds address_bounds = {};  // Of one address.
  std::int64_t transport_bytes_max = std::int64_t{1} << 30;
  // For the free space of its file system; empty: the store is in memory.
  std::string data_dir = {};
  std::string backup_dir = {};   // Empty: no backups.
  std::int64_t events_kept = 0;  // Of IngestOptions, to be told.
  // Beside the filter of each subscription; compiled by the owner. Null: none.
  FilterPtr alert_filter = nullptr;
};

// All but the numbers is borrowed; the owner outlives the server.
struct Rooms {
  const Clock& clock;
  const Catalogue& catalogue;
  const ClaimStore& store;
  AlertFeed& feed;
  Ingestor& ingestor;
  WorkerPool& pool;
  const RpcOptions& options;
  absl::Time start_time;

  Filters filters{store};
  SelectorShare selectors{};
  RpcMetrics metrics{};

  Activity active{};  // Streams and unary calls, for stopping.
  OpenCalls calls{active};
  // What is going on, for GetStatus.
  std::atomic<int> subscribers{0};
  std::atomic<int> ingest_streams{0};
  std::atomic<bool> draining{false};

  const Authorizer* authorizer = nullptr;  // Borrowed; null: everybody may do everything.
  CallerLimits* limits = nullptr;          // Likewise; null: everybody may do it without end.
  const Acceptor* acceptor = nullptr;      // Likewise, for GetStatus; null: not yet listening.

  v1::Limits Limits() const;
};

}  // namespace claimwatch
