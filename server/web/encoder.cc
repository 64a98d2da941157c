#include "server/web/encoder.h"

#include <utility>

namespace claimwatch {

Encoder::Piece Encoder::Encode(const Dialect& dialect, const WebMethod& method,
                               const grpc::ByteBuffer& message) {
  grpc::Slice slice;
  if (message.Length() > 0 && !message.TrySingleSlice(&slice).ok()) {
    (void)message.DumpToSingleSlice(&slice);
  }
  {
    absl::MutexLock lock(&mu_);
    for (const Made& made : made_) {
      if (made.dialect == &dialect && made.message.begin() == slice.begin() &&
          made.message.size() == slice.size()) {
        return made.piece;
      }
    }
  }
  const std::string bytes(reinterpret_cast<const char*>(slice.begin()), slice.size());
  auto piece = std::make_shared<const std::string>(dialect.StreamMessage(method, bytes));
  Made last;  // Dies after the lock is let go.
  absl::MutexLock lock(&mu_);
  last = std::exchange(made_[next_], {slice, &dialect, piece});
  next_ = (next_ + 1) % kHeld;
  return piece;
}

}  // namespace claimwatch
