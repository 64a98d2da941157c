// What the daemon's errors say to a client: the reason, the fields at fault, whether to try again.
//
// gRPC carries a google.rpc.Status beside the code; here it rides on an absl::Status as a payload,
// so that one type goes through the whole client. The table of what may be tried again is that of
// proto/README.md, "Errors". Tested by tests/client/status_test.cc.
#pragma once

#include <google/protobuf/duration.pb.h>
#include <google/rpc/status.pb.h>
#include <grpcpp/support/status.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace claimwatch::client {

struct FieldViolation {
  std::string field;        // "body", "publish_time"; as the contract spells it
  std::string description;  // For people.
  std::string reason;       // REQUIRED, TOO_LARGE, ...; see proto/README.md
};

// All that the daemon said beside code and message. Empty fields: it did not say.
struct StatusDetails {
  std::string reason;  // of ErrorInfo: "TOKEN_TOO_OLD"
  std::map<std::string, std::string> metadata;
  std::vector<FieldViolation> violations;
  std::string resource;  // "alert al9"
  std::optional<absl::Duration> retry_after;
};

// With the details as a payload, for DetailsOf().
absl::Status ToStatus(const grpc::Status& status);
absl::Status ToStatus(const google::rpc::Status& status);

// Never fails: details that do not parse are as good as none.
StatusDetails DetailsOf(const absl::Status& status);

// True when the same call can be made again, unchanged, after a delay: UNAVAILABLE, and
// RESOURCE_EXHAUSTED where the daemon said when. Every call but BackUp may be.
bool MayTryAgain(const absl::Status& status);

// True when no daemon answered: nobody listens there, or the connection was lost.
bool IsNoConnection(const absl::Status& status);

absl::Duration ToDuration(const google::protobuf::Duration& duration);

// One line for people: the message, then the fields at fault where the message names none. Not yet
// safe for a terminal.
std::string Describe(const absl::Status& status);

}  // namespace claimwatch::client
