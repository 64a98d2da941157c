#include "server/rpc/status.h"

#include <grpcpp/support/error_details.h>

#include <atomic>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/rpc/error_details.pb.h"
#include "server/base/hash.h"
#include "server/base/log.h"
#include "server/ingest/utf8.h"
#include "server/rpc/convert.h"

namespace claimwatch {
namespace {

constexpr absl::Duration kRetryAfter = absl::Milliseconds(500);

// Ingest tells the field and the bound; the wire wants the cause as a word too.
std::string ReasonOf(const FieldProblem& problem) {
  if (absl::StrContains(problem.description, "UTF-8")) return "NOT_UTF8";
  if (absl::StrContains(problem.description, "bytes")) return "TOO_LARGE";
  if (absl::StrContains(problem.description, "empty") ||
      absl::StrContains(problem.description, "required")) {
    return "REQUIRED";
  }
  if (absl::StrContains(problem.field, "time")) return "OUT_OF_RANGE";
  return "MALFORMED";
}

// Messages are put together from printable parts; this is for what a room below says.
std::string Valid(const std::string& text) { return IsUtf8(text) ? text : Printable(text); }

}  // namespace

std::string Printable(std::string_view text) {
  std::string safe = LogSafe(text);
  if (IsUtf8(safe)) return safe;
  std::string ascii;  // Not UTF-8, or cut inside of a character.
  for (const char c : safe) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      ascii.push_back(c);
    } else {
      absl::StrAppend(&ascii, "\\x", absl::Hex(byte, absl::kZeroPad2));
    }
  }
  return ascii;
}

google::rpc::Status ToProto(const Error& error) {
  google::rpc::Status status;
  status.set_code(static_cast<int>(error.code));
  status.set_message(Valid(error.message));
  google::rpc::ErrorInfo info;
  info.set_reason(error.reason);
  info.set_domain("claimwatch");
  for (const auto& [key, value] : error.metadata) {
    (*info.mutable_metadata())[key] = Valid(value);
  }
  status.add_details()->PackFrom(info);
  if (!error.violations.empty()) {
    google::rpc::BadRequest bad;
    for (const Violation& violation : error.violations) {
      auto* out = bad.add_field_violations();
      out->set_field(violation.field);
      out->set_description(Valid(violation.description));
      out->set_reason(violation.reason);
    }
    status.add_details()->PackFrom(bad);
  }
  if (error.retry_after.has_value()) {
    google::rpc::RetryInfo retry;
    *retry.mutable_retry_delay() = ToProto(*error.retry_after);
    status.add_details()->PackFrom(retry);
  }
  if (!error.resource_type.empty()) {
    google::rpc::ResourceInfo resource;
    resource.set_resource_type(error.resource_type);
    resource.set_resource_name(Valid(error.resource_name));
    resource.set_description(status.message());
    status.add_details()->PackFrom(resource);
  }
  return status;
}

grpc::Status ToGrpc(const Error& error) {
  grpc::Status status;
  grpc::SetErrorDetails(ToProto(error), &status);
  return status;
}

grpc::Status ToGrpc(const Outcome& outcome) {
  return outcome.has_value() ? ToGrpc(*outcome) : grpc::Status::OK;
}

Error InvalidRequest(std::vector<Violation> violations) {
  const std::string message =
      absl::StrJoin(violations, "; ", [](std::string* out, const Violation& violation) {
        absl::StrAppend(out, violation.field, " ", violation.description);
      });
  return {.code = absl::StatusCode::kInvalidArgument,
          .reason = "REQUEST_INVALID",
          .message = message,
          .violations = std::move(violations)};
}

Error InvalidField(std::string field, std::string description, std::string reason) {
  return InvalidRequest({{std::move(field), std::move(description), std::move(reason)}});
}

Error NotFound(std::string_view type, std::string_view id) {
  const absl::string_view name(type.data(), type.size());
  const std::string safe = Printable(id);
  const std::string lower = absl::AsciiStrToLower(name);
  return {.code = absl::StatusCode::kNotFound,
          .reason = absl::StrCat(absl::AsciiStrToUpper(name), "_NOT_FOUND"),
          .message = absl::StrCat("there is no ", lower, " \"", safe, "\""),
          .metadata = {{lower + "Id", safe}},
          .resource_type = absl::StrCat("claimwatch.v1.", name),
          .resource_name = safe};
}

Error Draining(absl::Duration retry_after) {
  return {.code = absl::StatusCode::kUnavailable,
          .reason = "DRAINING",
          .message = "the daemon is stopping; come back after the delay",
          .retry_after = Spread(retry_after)};
}

Error Overloaded(std::string what) {
  return {.code = absl::StatusCode::kResourceExhausted,
          .reason = "OVERLOADED",
          .message = std::move(what),
          .retry_after = Spread(kRetryAfter)};
}

Error SourceNotAllowed(std::string_view source) {
  return {.code = absl::StatusCode::kPermissionDenied,
          .reason = "SOURCE_NOT_ALLOWED",
          .message = absl::StrCat("the credential may not speak for the source \"",
                                  Printable(source), "\""),
          .metadata = {{"source", Printable(source)}}};
}

Error InvalidPageToken() {
  return {.code = absl::StatusCode::kInvalidArgument,
          .reason = "PAGE_TOKEN_INVALID",
          .message = "page_token is not one that was given out for this request; begin without it"};
}

Error FromStatus(const absl::Status& status, std::string_view type, std::string_view id) {
  const std::string message(status.message());
  if (status.code() == absl::StatusCode::kNotFound && !type.empty()) return NotFound(type, id);
  if (status.code() == absl::StatusCode::kResourceExhausted) return Overloaded(message);
  if (status.code() == absl::StatusCode::kUnavailable) {
    if (absl::StrContains(message, "drain") || absl::StrContains(message, "stopp")) {
      return Draining(kRetryAfter);
    }
    const bool read_only = status.GetPayload(kReadOnlyPayload).has_value();
    return {.code = status.code(),
            .reason = read_only ? "STORE_READ_ONLY" : "STORE_FAILED",
            .message = message,
            .retry_after = Spread(absl::Seconds(5))};
  }
  if (status.code() == absl::StatusCode::kPermissionDenied) return SourceNotAllowed(message);
  Log()->error("internal error told to a caller: {}", LogSafe(message));
  return {.code = absl::StatusCode::kInternal, .reason = "INTERNAL", .message = message};
}

Error ArticleInvalid(std::string_view article_id, const std::vector<FieldProblem>& problems) {
  std::vector<Violation> violations;
  violations.reserve(problems.size());
  for (const FieldProblem& problem : problems) {
    violations.push_back({problem.field, problem.description, ReasonOf(problem)});
  }
  Error error = InvalidRequest(std::move(violations));
  error.reason = "ARTICLE_INVALID";
  error.metadata = {{"articleId", Printable(article_id)}};
  return error;
}

absl::Duration Spread(absl::Duration delay) {
  // A counter is chance enough: what matters is that neighbours get different delays.
  static std::atomic<std::uint64_t> asked{0};
  const std::uint64_t count = asked.fetch_add(1, std::memory_order_relaxed);
  const double part = static_cast<double>(Fnv64("spread", count) % 1024) / 1024;  // [0, 1)
  return delay * (0.8 + 0.4 * part);
}

}  // namespace claimwatch
