#include "server/web/json.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver_util.h>

#include "absl/strings/str_cat.h"

namespace claimwatch {
namespace {

constexpr char kTypePrefix[] = "type.googleapis.com";

google::protobuf::util::TypeResolver* Resolver() {
  static auto* const resolver = google::protobuf::util::NewTypeResolverForDescriptorPool(
      kTypePrefix, google::protobuf::DescriptorPool::generated_pool());
  return resolver;
}

std::string Url(const std::string& type) { return absl::StrCat(kTypePrefix, "/", type); }

absl::Status AsStatus(const google::protobuf::util::Status& status) {
  const auto message = status.message();
  return absl::InvalidArgumentError(absl::string_view(message.data(), message.size()));
}

}  // namespace

absl::StatusOr<std::string> JsonToProto(const std::string& type, const std::string& json) {
  std::string bytes;
  const auto read = google::protobuf::util::JsonToBinaryString(Resolver(), Url(type), json, &bytes);
  if (!read.ok()) return AsStatus(read);
  return bytes;
}

absl::StatusOr<std::string> ProtoToJson(const std::string& type, const std::string& bytes) {
  std::string json;
  const auto written =
      google::protobuf::util::BinaryToJsonString(Resolver(), Url(type), bytes, &json);
  if (!written.ok()) return AsStatus(written);
  return json;
}

std::string JsonString(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (static_cast<unsigned char>(c) < ' ' || c == '<' || c == '>' || c == '&') {
      absl::StrAppend(&out, "\\u", absl::Hex(static_cast<unsigned char>(c), absl::kZeroPad4));
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
  return out;
}

}  // namespace claimwatch
