// ListeningCredentials: plain text or TLS, as the options say.
//
// The files are read again every second by gRPC, so a certificate is renewed without a restart; at
// the start they are checked here, because gRPC would serve nobody and not say why.
// Tested by tests/end_to_end/access_test.cc.
#pragma once

#include <grpcpp/security/server_credentials.h>

#include <memory>

#include "absl/status/statusor.h"
#include "server/rpc/rooms.h"

namespace claimwatch {

// INVALID_ARGUMENT names the file that cannot be used.
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> ListeningCredentials(const TlsFiles& tls);

}  // namespace claimwatch
