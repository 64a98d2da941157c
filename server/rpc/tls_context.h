// TlsContext: the certificate files as OpenSSL holds them, checked.
//
// For fronts that speak TLS by themselves, and to find out at the start whether gRPC will be able
// to. Tested by tests/web/https_test.py and tests/end_to_end/access_test.cc.
#pragma once

#include <openssl/ssl.h>

#include <memory>

#include "absl/status/statusor.h"
#include "server/rpc/rooms.h"

namespace claimwatch {

using TlsContext = std::shared_ptr<SSL_CTX>;

// A server's, with TLS 1.2 at least; where there is a client_authority, certificates of clients are
// asked for and verified, but not demanded. INVALID_ARGUMENT names the file that cannot be used.
absl::StatusOr<TlsContext> LoadTlsContext(const TlsFiles& tls);

}  // namespace claimwatch
