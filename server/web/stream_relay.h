// StreamRelay: any server stream of the daemon's own services, read over the in-process channel and
// written on in its dialect, a message at a time: the next one is read when this one is taken.
//
// SubscribeAlerts does not come this way: see alert_outlet.h. Holds itself until gRPC is done with
// it. Tested by tests/web/http_calls_test.cc.
#pragma once

#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>

#include <memory>

#include "server/rpc/worker_pool.h"
#include "server/web/encoder.h"
#include "server/web/exchange.h"
#include "server/web/rpc_calls.h"

namespace claimwatch {

class StreamRelay final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                          public std::enable_shared_from_this<StreamRelay> {
 public:
  StreamRelay(std::shared_ptr<Exchange> exchange, const Dialect& dialect, const WebMethod& method,
              WorkerPool& pool)
      : exchange_(std::move(exchange)), dialect_(dialect), method_(method), pool_(pool) {}

  // On the connection's thread. `active` is kept for as long as this relay lives.
  void Start(grpc::GenericStub& stub, const RpcRequest& request, std::shared_ptr<void> active);

  void OnReadDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;

 private:
  void WriteNow(Encoder::Piece piece);
  void ReadNext();
  void Cancel();
  void EndNow(const RpcResult& result);

  std::shared_ptr<void> active_;  // First: released when the context has let go of the channel.
  const std::shared_ptr<Exchange> exchange_;
  const Dialect& dialect_;
  const WebMethod& method_;
  WorkerPool& pool_;
  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer message_;
  std::shared_ptr<StreamRelay> self_;  // Until OnDone.

  // The connection's thread alone.
  bool begun_ = false;
  bool reading_ = false;
};

}  // namespace claimwatch
