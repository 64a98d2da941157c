#include "server/web/grpc_web.h"

#include "absl/strings/str_cat.h"
#include "server/web/base64.h"
#include "server/web/frames.h"

namespace claimwatch {
namespace {

// The trailers of a call as fields, the way they are written in text.
HttpFields StatusFields(const RpcResult& result) {
  HttpFields fields{{"grpc-status", absl::StrCat(static_cast<int>(result.status.error_code()))}};
  if (!result.status.error_message().empty()) {
    fields.emplace_back("grpc-message", PercentEncode(result.status.error_message()));
  }
  if (!result.status.error_details().empty()) {
    fields.emplace_back("grpc-status-details-bin",
                        EncodeBase64(result.status.error_details(), false));
  }
  return fields;
}

void AppendMetadata(const HttpFields& metadata, HttpFields& fields) {
  for (const auto& [name, value] : metadata) {
    fields.emplace_back(name, name.ends_with("-bin") ? EncodeBase64(value, false) : value);
  }
}

}  // namespace

absl::StatusOr<std::string> GrpcWeb::ReadMessage(const HttpRequest& request,
                                                 const WebMethod&) const {
  std::string decoded;
  if (reads_text_) {
    absl::StatusOr<std::string> bytes = DecodeBase64(request.body);
    if (!bytes.ok()) return bytes.status();
    decoded = *std::move(bytes);
  }
  const absl::StatusOr<Frame> frame = ReadOnlyFrame(reads_text_ ? decoded : request.body, 0);
  if (!frame.ok()) return frame.status();
  return std::string(frame->message);
}

std::string GrpcWeb::Framed(std::uint8_t flags, std::string_view message) const {
  std::string bytes = FrameHeader(flags, message.size());
  bytes += message;
  return writes_text_ ? EncodeBase64(bytes) : bytes;
}

// A failed call has no message: its status stands in the header, and there is no body.
HttpResponse GrpcWeb::Answer(const WebMethod&, const RpcResult& result) const {
  HttpResponse response = StreamHead();
  AppendMetadata(result.leading, response.fields);
  if (result.status.ok()) {
    response.body = absl::StrCat(Framed(0, result.message), StreamEnd(result));
    return response;
  }
  for (auto& field : StatusFields(result)) response.fields.push_back(std::move(field));
  AppendMetadata(result.trailing, response.fields);
  return response;
}

HttpResponse GrpcWeb::StreamHead() const {
  return {.fields = {{"content-type", writes_text_ ? "application/grpc-web-text+proto"
                                                   : "application/grpc-web+proto"},
                     {"cache-control", "no-store"},
                     {"x-accel-buffering", "no"}}};
}

std::string GrpcWeb::StreamMessage(const WebMethod&, const std::string& message) const {
  return Framed(0, message);
}

std::string GrpcWeb::StreamEnd(const RpcResult& result) const {
  HttpFields fields = StatusFields(result);
  AppendMetadata(result.trailing, fields);
  std::string lines;
  for (const auto& [name, value] : fields) absl::StrAppend(&lines, name, ":", value, "\r\n");
  return Framed(kFrameTrailers, lines);
}

}  // namespace claimwatch
