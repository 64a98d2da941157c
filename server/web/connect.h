// The Connect dialects: unary calls as plain HTTP, streams in envelopes; JSON or protobuf.
//
// Requests may be compressed by gzip; answers are not. Tested by tests/web/dialect_test.cc.
#pragma once

#include <string>

#include "server/web/dialect.h"

namespace claimwatch {

class ConnectUnary final : public Dialect {
 public:
  ConnectUnary(bool json, bool get) : json_(json), get_(get) {}

  absl::StatusOr<std::string> ReadMessage(const HttpRequest& request,
                                          const WebMethod& method) const override;
  HttpResponse Answer(const WebMethod& method, const RpcResult& result) const override;
  HttpResponse StreamHead() const override { return {}; }  // It has no streams.
  std::string StreamMessage(const WebMethod&, const std::string&) const override { return {}; }
  std::string StreamEnd(const RpcResult&) const override { return {}; }
  bool is_json() const override { return json_; }

 private:
  const bool json_;
  const bool get_;
};

class ConnectStream final : public Dialect {
 public:
  explicit ConnectStream(bool json) : json_(json) {}

  absl::StatusOr<std::string> ReadMessage(const HttpRequest& request,
                                          const WebMethod& method) const override;
  HttpResponse Answer(const WebMethod& method, const RpcResult& result) const override;
  HttpResponse StreamHead() const override;
  std::string StreamMessage(const WebMethod& method, const std::string& message) const override;
  std::string StreamEnd(const RpcResult& result) const override;
  bool is_json() const override { return json_; }

 private:
  const bool json_;
};

}  // namespace claimwatch
