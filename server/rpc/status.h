// Errors as they go on the wire: a canonical code, one google.rpc.ErrorInfo, and the details that
// help the caller. The one place where statuses of the rooms below become gRPC's.
//
// The reasons and what a caller should do about each are in proto/README.md.
// Tested by tests/rpc/status_test.cc.
#pragma once

#include <grpcpp/support/status.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/rpc/status.pb.h"
#include "server/ingest/ingestor.h"

namespace claimwatch {

// A field of a request that breaks its rule.
struct Violation {
  std::string field;  // Path in lower_snake_case: "selector.kinds[2]"
  std::string description;
  std::string reason;  // "REQUIRED", "TOO_LARGE", "NOT_UTF8", "MALFORMED", "OUT_OF_RANGE"...
};

struct Error {
  absl::StatusCode code = absl::StatusCode::kInternal;
  std::string reason;                                              // ErrorInfo.reason
  std::string message;                                             // For people.
  std::vector<std::pair<std::string, std::string>> metadata = {};  // ErrorInfo.metadata
  std::vector<Violation> violations = {};                          // BadRequest
  std::optional<absl::Duration> retry_after = {};                  // RetryInfo
  std::string resource_type = {};                                  // ResourceInfo, e.g. "Article"
  std::string resource_name = {};
};

// `text` fit for a message or a field of the contract, whatever bytes it holds: printable, valid
// UTF-8, and short.
std::string Printable(std::string_view text);

// What working out an answer came to. Nothing: all is well, and the response is filled.
using Outcome = std::optional<Error>;

google::rpc::Status ToProto(const Error& error);
grpc::Status ToGrpc(const Error& error);
grpc::Status ToGrpc(const Outcome& outcome);

// Errors that several services tell.
Error InvalidRequest(std::vector<Violation> violations);
Error InvalidField(std::string field, std::string description, std::string reason);
// `type` is the message's name: "Article", "Story"; the reason is ARTICLE_NOT_FOUND and so on.
Error NotFound(std::string_view type, std::string_view id);
Error Draining(absl::Duration retry_after);
Error Overloaded(std::string what);
Error SourceNotAllowed(std::string_view source);
Error InvalidPageToken();

// What the rooms below answer, where nothing more special is known: NOT_FOUND of `type` and `id`,
// UNAVAILABLE, RESOURCE_EXHAUSTED; everything else is a fault of ours and INTERNAL.
Error FromStatus(const absl::Status& status, std::string_view type = {}, std::string_view id = {});

// Of an article that was refused.
Error ArticleInvalid(std::string_view article_id, const std::vector<FieldProblem>& problems);

// `delay` spread by a fifth either way, so that clients that were told together do not come back
// together.
absl::Duration Spread(absl::Duration delay);

}  // namespace claimwatch
