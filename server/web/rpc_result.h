// RpcResult: what became of a call, before it is put in the words of a protocol.
//
// Tested through tests/web/dialect_test.cc.
#pragma once

#include <grpcpp/support/status.h>

#include <string>

#include "server/rpc/status.h"
#include "server/web/http.h"

namespace claimwatch {

struct RpcResult {
  grpc::Status status;
  std::string message = {};  // Serialised; of a unary call that went well.
  HttpFields leading = {};   // The service's own metadata; binary values raw, names in "-bin".
  HttpFields trailing = {};
};

inline RpcResult Failed(const Error& error) { return {.status = ToGrpc(error)}; }

// What the front itself finds wrong with a request, in the form of the services' own errors.
inline RpcResult Malformed(std::string description) {
  return Failed(InvalidField("request", std::move(description), "MALFORMED"));
}

}  // namespace claimwatch
