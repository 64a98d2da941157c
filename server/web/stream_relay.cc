#include "server/web/stream_relay.h"

#include <utility>

#include "server/rpc/wire_buffer.h"

namespace claimwatch {

void StreamRelay::Start(grpc::GenericStub& stub, const RpcRequest& request,
                        std::shared_ptr<void> active) {
  self_ = shared_from_this();
  active_ = std::move(active);
  exchange_->on_written = [self = self_] { self->ReadNext(); };
  exchange_->on_gone = [self = self_] { self->Cancel(); };
  Prepare(context_, request);
  request_ = ToBuffer(request.message);
  stub.PrepareBidiStreamingCall(&context_, request.path, {}, this);
  AddHold();  // Reads are started outside of reactions; let go when one finds the end.
  StartWriteLast(&request_, grpc::WriteOptions());
  ReadNext();
  StartCall();
}

void StreamRelay::ReadNext() {
  if (std::exchange(reading_, true)) return;
  StartRead(&message_);
}

void StreamRelay::OnReadDone(bool ok) {
  if (!ok) return RemoveHold();
  const auto encode = [self = shared_from_this(), message = std::exchange(message_, {})] {
    auto piece = std::make_shared<const std::string>(
        self->dialect_.StreamMessage(self->method_, ToBytes(message)));
    self->exchange_->Post([self, piece = std::move(piece)] { self->WriteNow(piece); });
  };
  if (dialect_.is_json()) {
    pool_.Run(encode);
  } else {
    encode();
  }
}

void StreamRelay::WriteNow(Encoder::Piece piece) {
  reading_ = false;
  if (exchange_->is_over()) return ReadNext();  // Cancelled: to the end.
  if (!std::exchange(begun_, true)) exchange_->Begin(dialect_.StreamHead());
  exchange_->Write(std::move(piece));
}

void StreamRelay::Cancel() {
  context_.TryCancel();
  ReadNext();
}

void StreamRelay::OnDone(const grpc::Status& status) {
  exchange_->Post(
      [self = shared_from_this(), result = ResultOf(context_, status)] { self->EndNow(result); });
  self_ = nullptr;
}

void StreamRelay::EndNow(const RpcResult& result) {
  if (begun_) return exchange_->End(dialect_.StreamEnd(result));
  exchange_->Answer(dialect_.Answer(method_, result));
}

}  // namespace claimwatch
