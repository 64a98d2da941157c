// MessageSource: what one stream is told, message by message. AlertStream writes what it gives.
//
// Two of them: Subscription (a cursor of the subscriber's own) and Consumption (a named one's).
// Not thread-safe: its stream lets one thread in at a time. Tested by
// tests/rpc/alert_streams_test.cc.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "claimwatch/v1/alert.pb.h"
#include "server/rpc/convert.h"
#include "server/rpc/status.h"

namespace claimwatch {

struct StreamMessage {
  grpc::ByteBuffer bytes;
  std::optional<Error> end = {};  // Set: the last message; the stream ends with this.
  int events = 0;
  absl::Time committed = absl::InfinitePast();  // The first of the events.
};

class MessageSource {
 public:
  virtual ~MessageSource() = default;
  // The next message, or nothing until there is news or a heartbeat is due. `now`: of a monotonic
  // clock.
  virtual std::optional<StreamMessage> Next(absl::Duration now) = 0;
  // Whether Next() would read the store for long, so that it belongs on the pool.
  virtual bool IsSlow() const = 0;
  // Whether Next() has something to say at `now`; cheap.
  virtual bool HasNews(absl::Duration now) const = 0;
  virtual const std::string& client_id() const = 0;
};

inline void FillEnd(v1::SubscriptionEnd::Reason reason, const Error& error,
                    v1::SubscriptionEnd& end) {
  end.set_reason(reason);
  if (error.retry_after.has_value()) *end.mutable_retry_after() = ToProto(*error.retry_after);
  end.set_detail(error.message);
}

}  // namespace claimwatch
