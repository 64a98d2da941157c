// Guard: nobody is answered before the authorizer was asked. For gRPC; the HTTP front has its own,
// and both ask the same Authorizer.
//
// Every handler begins with Admit(), unary ones through Answer(). The audit log is the daemon's
// log, lines that begin with "audit:": every refusal (a few a second at most, then counted) and
// every call that changes something. No token, no hash and no text of an article is ever in it.
// Admit() also charges the caller's account (server/auth/caller_limits.h): who asks for too much is
// told so before anything is done for it.
// Tested by tests/rpc/guard_test.cc.
#pragma once

#include <grpcpp/server_context.h>

#include <memory>
#include <string>
#include <string_view>

#include "server/auth/authorizer.h"
#include "server/auth/caller_limits.h"
#include "server/rpc/rooms.h"
#include "server/rpc/status.h"

namespace claimwatch {

using GrantPtr = std::shared_ptr<const Grant>;

// Metadata by which a front within the process tells whom it calls for: address, and the names in
// its verified certificate. Without the key, which never leaves the process, they count for
// nothing.
const std::string& ForwardingKey();
inline constexpr char kForwardedKey[] = "claimwatch-key-bin";
inline constexpr char kForwardedPeer[] = "claimwatch-peer-bin";
inline constexpr char kForwardedCertificate[] = "claimwatch-certificate-bin";

Caller CallerOf(const grpc::CallbackServerContext& context);
// The id of the trace that the call belongs to; empty: of none.
std::string TraceIdOf(const grpc::CallbackServerContext& context);

// `method`: "/claimwatch.v1.AdminService/BackUp"; `bytes`: of the request, unpacked. Nothing: go
// on, and `grant` is set where it is asked for. UNAUTHENTICATED, PERMISSION_DENIED or
// RESOURCE_EXHAUSTED otherwise.
Outcome Admit(const Rooms& rooms, const grpc::CallbackServerContext& context,
              std::string_view method, std::size_t bytes, GrantPtr* grant = nullptr);

Outcome Admit(const Rooms& rooms, const Caller& caller, std::string_view method, std::size_t bytes,
              GrantPtr* grant = nullptr);

// What an open stream keeps until its end.
struct StreamPass {
  GrantPtr grant;
  std::unique_ptr<CallerLimits::Place> place;  // Null: not bounded.
};
// The same for a stream.
Outcome AdmitStream(const Rooms& rooms, const Caller& caller, std::string_view method,
                    std::size_t bytes, StreamPass& pass);

// Whether a stream that was opened with this grant may go on. Cheap.
bool StillAdmitted(const Rooms& rooms, const GrantPtr& grant);
Error CredentialsRevoked();

// One line of the audit log; `who` and `peer` are made safe.
void Audit(std::string_view who, std::string_view peer, std::string_view method,
           std::string_view outcome);

}  // namespace claimwatch
