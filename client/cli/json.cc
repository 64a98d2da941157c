#include "client/cli/json.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "server/base/check.h"

namespace claimwatch::cli {
namespace {

namespace pb = ::claimwatch::v1;

// Tokens are URL-safe; a daemon that breaks that must not break the line.
std::string JsonString(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const bool plain = c > 0x20 && c < 0x7f && c != '"' && c != '\\';
    if (plain) {
      quoted += c;
    } else {
      absl::StrAppendFormat(&quoted, "\\u%04x", static_cast<unsigned char>(c));
    }
  }
  return quoted + "\"";
}

}  // namespace

std::string ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  // What gRPC parsed can be printed, but for details of an error that are of a foreign type.
  if (!status.ok()) return "{\"unprintable\":" + JsonString(status.ToString()) + "}";
  return json;
}

std::string EventJson(const pb::AlertEvent& event, std::string_view token) {
  std::string json = ToJson(event);
  CW_CHECK(json.ends_with('}'));
  if (token.empty()) return json;
  json.pop_back();
  return json + ",\"resumeToken\":" + JsonString(token) + "}";
}

absl::StatusOr<pb::Article> ParseArticle(std::string_view line, bool ignore_unknown) {
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = ignore_unknown;
  pb::Article article;
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(line.data(), line.size()), &article, options);
  if (status.ok()) return article;
  const std::string message(status.message());
  return absl::InvalidArgumentError(absl::StrCat("not an article in JSON: ", message));
}

}  // namespace claimwatch::cli
