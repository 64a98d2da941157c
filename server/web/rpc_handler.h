// RpcHandler: calls of the services, in any dialect.
//
// Small messages are read on the connection's thread; large ones, and answers in JSON, are worked
// on in the pool, so that no thread that serves subscribers is held up. Owned by the front;
// thread-safe. Tested by tests/web/http_calls_test.cc.
#pragma once

#include <memory>
#include <string>

#include "server/rpc/alert_streams.h"
#include "server/rpc/worker_pool.h"
#include "server/web/dialect.h"
#include "server/web/encoder.h"
#include "server/web/exchange.h"
#include "server/web/methods.h"
#include "server/web/rpc_calls.h"

namespace claimwatch {

class RpcHandler {
 public:
  // Borrowed; they outlive the handler.
  RpcHandler(const Methods& methods, RpcCalls& calls, AlertHub& hub, WorkerPool& pool,
             std::size_t stream_bytes_max)
      : methods_(methods),
        calls_(calls),
        hub_(hub),
        pool_(pool),
        stream_bytes_max_(stream_bytes_max) {}

  // On the connection's thread, all of these. A path of some service:
  void Handle(const std::shared_ptr<Exchange>& exchange);
  // GET /v1/alerts/stream: SubscribeAlerts as server-sent events. The query has `filter`, `start`
  // (now, beginning, snapshot), `resume_token`, `client_id`; the header Last-Event-ID goes before
  // a resume_token.
  void HandleEvents(const std::shared_ptr<Exchange>& exchange);

 private:
  void ReadAndCall(const std::shared_ptr<Exchange>& exchange, const Dialect& dialect,
                   const WebMethod& method);
  void Call(const std::shared_ptr<Exchange>& exchange, const Dialect& dialect,
            const WebMethod& method, const RpcRequest& request);
  void CallUnary(const std::shared_ptr<Exchange>& exchange, const Dialect& dialect,
                 const WebMethod& method, const RpcRequest& request);
  void Subscribe(const std::shared_ptr<Exchange>& exchange, const Dialect& dialect,
                 const WebMethod& method, const v1::SubscribeAlertsRequest& message,
                 absl::Duration timeout);

  const Methods& methods_;
  RpcCalls& calls_;
  AlertHub& hub_;
  WorkerPool& pool_;
  const std::size_t stream_bytes_max_;
  Encoder encoder_;
};

}  // namespace claimwatch
