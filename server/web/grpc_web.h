// The gRPC-Web dialects, binary and text. Tested by tests/web/dialect_test.cc.
#pragma once

#include <string>

#include "server/web/dialect.h"

namespace claimwatch {

class GrpcWeb final : public Dialect {
 public:
  // What is read and what is written may differ: the answer follows the request's Accept.
  GrpcWeb(bool reads_text, bool writes_text) : reads_text_(reads_text), writes_text_(writes_text) {}

  absl::StatusOr<std::string> ReadMessage(const HttpRequest& request,
                                          const WebMethod& method) const override;
  HttpResponse Answer(const WebMethod& method, const RpcResult& result) const override;
  HttpResponse StreamHead() const override;
  std::string StreamMessage(const WebMethod& method, const std::string& message) const override;
  std::string StreamEnd(const RpcResult& result) const override;
  bool is_json() const override { return false; }

 private:
  std::string Framed(std::uint8_t flags, std::string_view message) const;

  const bool reads_text_;
  const bool writes_text_;
};

}  // namespace claimwatch
