// Encoder: messages of streams in their dialect, made once for all who are sent the same bytes.
//
// A batch of events goes to many subscribers; what it looks like in one dialect is kept until some
// others have come. Owned by the front; thread-safe. Tested by tests/web/subscribe_test.cc.
#pragma once

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <array>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "server/web/dialect.h"

namespace claimwatch {

class Encoder {
 public:
  using Piece = std::shared_ptr<const std::string>;

  Piece Encode(const Dialect& dialect, const WebMethod& method, const grpc::ByteBuffer& message);

 private:
  // The slice keeps its bytes where they are, so that their place stands for them.
  struct Made {
    grpc::Slice message;
    const Dialect* dialect = nullptr;
    Piece piece;
  };
  static constexpr std::size_t kHeld = 32;

  absl::Mutex mu_;  // A leaf: not held while a piece is made.
  std::array<Made, kHeld> made_ ABSL_GUARDED_BY(mu_);
  std::size_t next_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace claimwatch
