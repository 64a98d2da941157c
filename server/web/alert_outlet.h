// WebAlertOutlet: one browser's subscription, attached to the pump that also writes to gRPC.
//
// The pump hands over a batch; it is put in the stream's dialect once for all and posted to the
// connection's thread. Held by its exchange and by posts under way until the stream is over.
// Tested by tests/web/subscribe_test.cc.
#pragma once

#include <memory>
#include <string>

#include "server/rpc/alert_streams.h"
#include "server/rpc/worker_pool.h"
#include "server/web/encoder.h"
#include "server/web/exchange.h"

namespace claimwatch {

class WebAlertOutlet final : public AlertOutlet,
                             public std::enable_shared_from_this<WebAlertOutlet> {
 public:
  struct Way {  // All borrowed; they outlive the stream.
    const Dialect& dialect;
    const WebMethod& method;
    Encoder& encoder;
    WorkerPool& pool;
    std::size_t bytes_max;  // After these the stream is told to come back.
  };

  WebAlertOutlet(std::shared_ptr<Exchange> exchange, const Way& way,
                 std::shared_ptr<AlertStream> stream)
      : exchange_(std::move(exchange)), way_(way), stream_(std::move(stream)) {}

  // On the connection's thread.
  void Start(absl::Duration timeout);

  void Write(const grpc::ByteBuffer& message) override;
  void WriteLast(const grpc::ByteBuffer& message, const Error& why) override;
  void End(const Error& why) override;
  void Cut() override;

 private:
  void WhenEncoded(const grpc::ByteBuffer& message, std::function<void(Encoder::Piece)> then);
  void WriteNow(Encoder::Piece piece, const grpc::ByteBuffer& message);
  void Recycle(const std::string& token);
  void EndNow(std::string last_piece);
  void WhenWritten();
  void Leave();  // The client is gone, or has all.

  const std::shared_ptr<Exchange> exchange_;
  const Way way_;
  const std::shared_ptr<AlertStream> stream_;

  // The connection's thread alone.
  bool begun_ = false;
  bool writing_ = false;
  bool left_ = false;
  std::size_t bytes_ = 0;
  std::string recycle_token_;         // Set: this was the last message but `end`.
  std::unique_ptr<std::string> end_;  // To be written once the write under way is taken.
};

}  // namespace claimwatch
