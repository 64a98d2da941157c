#include "server/web/connect.h"

#include <iterator>

#include "absl/strings/str_cat.h"
#include "google/rpc/status.pb.h"
#include "server/web/base64.h"
#include "server/web/frames.h"
#include "server/web/gzip.h"
#include "server/web/json.h"
#include "server/web/limits.h"

namespace claimwatch {
namespace {

struct CodeRow {
  std::string_view name;
  int http;
};

// In the order of grpc::StatusCode.
constexpr CodeRow kCodes[] = {
    {"ok", 200},
    {"canceled", 499},
    {"unknown", 500},
    {"invalid_argument", 400},
    {"deadline_exceeded", 504},
    {"not_found", 404},
    {"already_exists", 409},
    {"permission_denied", 403},
    {"resource_exhausted", 429},
    {"failed_precondition", 400},
    {"aborted", 409},
    {"out_of_range", 400},
    {"unimplemented", 501},
    {"internal", 500},
    {"unavailable", 503},
    {"data_loss", 500},
    {"unauthenticated", 401},
};

const CodeRow& RowOf(grpc::StatusCode code) {
  const auto index = static_cast<std::size_t>(code);
  return kCodes[index < std::size(kCodes) ? index : 2];
}

// {"type":"google.rpc.ErrorInfo","value":"CgxB…","debug":{"reason":…}}
std::string Detail(const google::protobuf::Any& detail) {
  const std::string type = detail.type_url().substr(detail.type_url().rfind('/') + 1);
  std::string text = absl::StrCat("{\"type\":", JsonString(type), ",\"value\":\"",
                                  EncodeBase64(detail.value(), false), "\"");
  if (const absl::StatusOr<std::string> debug = ProtoToJson(type, detail.value()); debug.ok()) {
    absl::StrAppend(&text, ",\"debug\":", *debug);
  }
  return text + "}";
}

std::string MetadataValue(const std::string& name, const std::string& value) {
  return name.ends_with("-bin") ? EncodeBase64(value, false) : value;
}

// {"a":["1","2"]}: the values of one name together.
std::string MetadataJson(const HttpFields& metadata) {
  std::string text = "{";
  for (std::size_t i = 0; i < metadata.size(); ++i) {
    const std::string& name = metadata[i].first;
    bool told = false;
    for (std::size_t j = 0; j < i; ++j) told = told || metadata[j].first == name;
    if (told) continue;
    absl::StrAppend(&text, text.size() > 1 ? "," : "", JsonString(name), ":[");
    const char* comma = "";
    for (std::size_t j = i; j < metadata.size(); ++j) {
      if (metadata[j].first != name) continue;
      absl::StrAppend(&text, comma, JsonString(MetadataValue(name, metadata[j].second)));
      comma = ",";
    }
    text += "]";
  }
  return text + "}";
}

absl::StatusOr<std::string> Decompressed(std::string_view encoding, std::string_view bytes) {
  if (encoding == "gzip") return Gunzip(bytes, kMessageBytesMax);
  return absl::UnimplementedError(absl::StrCat("compression ", JsonString(encoding.substr(0, 40)),
                                               " is not known here; known are gzip and identity"));
}

absl::StatusOr<std::string> Translated(bool json, const WebMethod& method, std::string message) {
  if (json) return JsonToProto(method.input, message);
  return message;
}

// ?encoding=json&message={}&base64=1&compression=gzip
absl::StatusOr<std::string> ReadGet(const HttpRequest& request) {
  const absl::StatusOr<HttpFields> parts = ReadQuery(request.query);
  if (!parts.ok()) return parts.status();
  std::string message, compression;
  bool base64 = false, found = false;
  for (const auto& [name, value] : *parts) {
    if (name == "message") {
      message = value;
      found = true;
    }
    if (name == "base64") base64 = value == "1";
    if (name == "compression") compression = value;
  }
  if (!found) return absl::InvalidArgumentError("has no message in its query");
  if (base64) {
    absl::StatusOr<std::string> decoded = DecodeBase64(message);
    if (!decoded.ok()) return decoded.status();
    message = *std::move(decoded);
  }
  if (compression.empty() || compression == "identity") return message;
  return Decompressed(compression, message);
}

absl::StatusOr<std::string> ReadPost(const HttpRequest& request) {
  const std::string_view encoding = request.Field("content-encoding");
  if (encoding.empty() || encoding == "identity") return request.body;
  return Decompressed(encoding, request.body);
}

}  // namespace

std::string_view ConnectCode(grpc::StatusCode code) { return RowOf(code).name; }

int ConnectHttpStatus(grpc::StatusCode code) { return RowOf(code).http; }

std::string ConnectError(const grpc::Status& status) {
  std::string text = absl::StrCat("{\"code\":\"", std::string(ConnectCode(status.error_code())),
                                  "\",\"message\":", JsonString(status.error_message()));
  google::rpc::Status details;
  if (details.ParseFromString(status.error_details()) && details.details_size() > 0) {
    text += ",\"details\":[";
    for (int i = 0; i < details.details_size(); ++i) {
      absl::StrAppend(&text, i > 0 ? "," : "", Detail(details.details(i)));
    }
    text += "]";
  }
  return text + "}";
}

absl::StatusOr<std::string> ConnectUnary::ReadMessage(const HttpRequest& request,
                                                      const WebMethod& method) const {
  absl::StatusOr<std::string> message = get_ ? ReadGet(request) : ReadPost(request);
  if (!message.ok()) return message.status();
  return Translated(json_, method, *std::move(message));
}

HttpResponse ConnectUnary::Answer(const WebMethod& method, const RpcResult& result) const {
  HttpResponse response{.fields = {{"cache-control", "no-store"}}};
  for (const auto& [name, value] : result.leading) {
    response.fields.emplace_back(name, MetadataValue(name, value));
  }
  for (const auto& [name, value] : result.trailing) {
    response.fields.emplace_back("trailer-" + name, MetadataValue(name, value));
  }
  grpc::Status status = result.status;
  if (status.ok() && json_) {
    absl::StatusOr<std::string> json = ProtoToJson(method.output, result.message);
    if (json.ok()) {
      response.body = *std::move(json);
    } else {
      status = {grpc::StatusCode::INTERNAL, "the answer cannot be told in JSON"};
    }
  } else if (status.ok()) {
    response.body = result.message;
  }
  const bool plain = status.ok() && !json_;
  response.fields.emplace_back("content-type", plain ? "application/proto" : "application/json");
  if (!status.ok()) {
    response.status = ConnectHttpStatus(status.error_code());
    response.body = ConnectError(status);
  }
  return response;
}

absl::StatusOr<std::string> ConnectStream::ReadMessage(const HttpRequest& request,
                                                       const WebMethod& method) const {
  const absl::StatusOr<Frame> frame = ReadOnlyFrame(request.body, kFrameCompressed);
  if (!frame.ok()) return frame.status();
  std::string message(frame->message);
  if ((frame->flags & kFrameCompressed) != 0) {
    absl::StatusOr<std::string> inflated =
        Decompressed(request.Field("connect-content-encoding"), message);
    if (!inflated.ok()) return inflated.status();
    message = *std::move(inflated);
  }
  return Translated(json_, method, std::move(message));
}

HttpResponse ConnectStream::StreamHead() const {
  return {
      .fields = {{"content-type", json_ ? "application/connect+json" : "application/connect+proto"},
                 {"cache-control", "no-store"},
                 {"x-accel-buffering", "no"}}};
}

HttpResponse ConnectStream::Answer(const WebMethod& method, const RpcResult& result) const {
  HttpResponse response = StreamHead();
  if (result.status.ok()) response.body = StreamMessage(method, result.message);
  response.body += StreamEnd(result);
  return response;
}

std::string ConnectStream::StreamMessage(const WebMethod& method,
                                         const std::string& message) const {
  if (!json_) return FrameHeader(0, message.size()) + message;
  const std::string json = ProtoToJson(method.output, message).value_or("{}");
  return FrameHeader(0, json.size()) + json;
}

std::string ConnectStream::StreamEnd(const RpcResult& result) const {
  std::string json = "{";
  if (!result.status.ok()) absl::StrAppend(&json, "\"error\":", ConnectError(result.status));
  if (!result.trailing.empty()) {
    absl::StrAppend(&json, json.size() > 1 ? "," : "",
                    "\"metadata\":", MetadataJson(result.trailing));
  }
  json += "}";
  return FrameHeader(kFrameConnectEnd, json.size()) + json;
}

}  // namespace claimwatch
