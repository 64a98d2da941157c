#include "client/lib/status.h"

#include <google/rpc/error_details.pb.h>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace claimwatch::client {
namespace {

constexpr char kPayload[] = "type.googleapis.com/google.rpc.Status";

absl::Status WithPayload(int code, const std::string& message, const std::string& details) {
  absl::Status status(static_cast<absl::StatusCode>(code), message);
  if (!status.ok() && !details.empty()) status.SetPayload(kPayload, absl::Cord(details));
  return status;
}

void ReadDetail(const google::protobuf::Any& any, StatusDetails& details) {
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad;
  google::rpc::RetryInfo retry;
  google::rpc::ResourceInfo resource;
  if (any.UnpackTo(&info)) {
    details.reason = info.reason();
    details.metadata.insert(info.metadata().begin(), info.metadata().end());
  } else if (any.UnpackTo(&bad)) {
    for (const auto& violation : bad.field_violations()) {
      details.violations.push_back(
          {violation.field(), violation.description(), violation.reason()});
    }
  } else if (any.UnpackTo(&retry)) {
    details.retry_after = ToDuration(retry.retry_delay());
  } else if (any.UnpackTo(&resource)) {
    details.resource = absl::StrCat(resource.resource_type(), " ", resource.resource_name());
  }
}

}  // namespace

absl::Status ToStatus(const grpc::Status& status) {
  return WithPayload(status.error_code(), status.error_message(), status.error_details());
}

absl::Status ToStatus(const google::rpc::Status& status) {
  return WithPayload(status.code(), status.message(), status.SerializeAsString());
}

StatusDetails DetailsOf(const absl::Status& status) {
  StatusDetails details;
  const absl::optional<absl::Cord> payload = status.GetPayload(kPayload);
  google::rpc::Status rpc;
  if (!payload || !rpc.ParseFromString(std::string(*payload))) return details;
  for (const google::protobuf::Any& any : rpc.details()) ReadDetail(any, details);
  return details;
}

bool MayTryAgain(const absl::Status& status) {
  if (absl::IsUnavailable(status)) return true;
  return absl::IsResourceExhausted(status) && DetailsOf(status).retry_after.has_value();
}

bool IsNoConnection(const absl::Status& status) {
  return absl::IsUnavailable(status) && DetailsOf(status).reason.empty();
}

absl::Duration ToDuration(const google::protobuf::Duration& duration) {
  return absl::Seconds(duration.seconds()) + absl::Nanoseconds(duration.nanos());
}

std::string Describe(const absl::Status& status) {
  std::string text(status.message());
  // gRPC tells the whole way down; its last step is what a person can act on: "Connection refused".
  const std::size_t last_step = text.rfind(": ");
  if (IsNoConnection(status) && last_step != std::string::npos) text.erase(0, last_step + 2);
  if (text.empty()) text = absl::StatusCodeToString(status.code());
  for (const FieldViolation& violation : DetailsOf(status).violations) {
    if (absl::StrContains(text, violation.field) && absl::StrContains(text, violation.description))
      continue;
    absl::StrAppend(&text, "; ", violation.field, ": ", violation.description);
  }
  return text;
}

}  // namespace claimwatch::client
