#include "server/rpc/guard.h"

#include <grpc/grpc_security_constants.h>

#include <atomic>

#include "absl/strings/str_cat.h"
#include "server/auth/rules.h"
#include "server/base/log.h"
#include "server/base/trace.h"

namespace claimwatch {
namespace {

constexpr int kRefusalsToldMax = 10;  // A second; a flood must not fill the disk with its refusals.

// Whether this refusal is to be written down. The second is that of `now`.
bool MayTell(absl::Time now) {
  static std::atomic<std::int64_t> second{0};
  static std::atomic<int> told{0};
  const std::int64_t this_second = absl::ToUnixSeconds(now);
  if (second.exchange(this_second) != this_second) {
    const int before = told.exchange(0);
    if (before > kRefusalsToldMax) {
      Log()->warn("audit: {} more refusals were not written down", before - kRefusalsToldMax);
    }
  }
  return ++told <= kRefusalsToldMax;
}

std::string_view ToStd(const grpc::string_ref& text) { return {text.data(), text.size()}; }

}  // namespace

Caller CallerOf(const grpc::CallbackServerContext& context) {
  Caller caller;
  caller.peer = context.peer();
  const auto& metadata = context.client_metadata();
  const auto header = metadata.find("authorization");
  if (header != metadata.end()) {
    caller.token = std::string(TokenOfHeader(ToStd(header->second)));
    if (caller.token.empty()) caller.token = "none";  // Something was sent, and it is no token.
  }
  const auto peer = context.auth_context();
  if (peer == nullptr || !peer->IsPeerAuthenticated()) return caller;
  for (const char* property : {GRPC_X509_SAN_PROPERTY_NAME, GRPC_X509_CN_PROPERTY_NAME}) {
    for (const grpc::string_ref& name : peer->FindPropertyValues(property)) {
      caller.certificates.emplace_back(name.data(), name.size());
    }
  }
  return caller;
}

std::string TraceIdOf(const grpc::CallbackServerContext& context) {
  const auto header = context.client_metadata().find("traceparent");
  return header == context.client_metadata().end() ? "" : TraceIdOf(ToStd(header->second));
}

Outcome Admit(const Rooms& rooms, const grpc::CallbackServerContext& context,
              std::string_view method, GrantPtr* grant) {
  if (rooms.authorizer == nullptr) return std::nullopt;
  const TraceScope trace(TraceIdOf(context));
  return Admit(rooms, CallerOf(context), method, grant);
}

Outcome Admit(const Rooms& rooms, const Caller& caller, std::string_view method, GrantPtr* grant) {
  if (rooms.authorizer == nullptr) return std::nullopt;
  Decision decision = rooms.authorizer->Decide(caller, method);
  if (decision.allowed()) {
    const Rule* const rule = FindRule(method);
    if (rule != nullptr && rule->audited) Audit(decision.name, caller.peer, method, "allowed");
    if (grant != nullptr) *grant = std::move(decision.grant);
    return std::nullopt;
  }
  const char* const reason = ReasonOf(decision.refusal);
  if (MayTell(rooms.clock.Now())) Audit(decision.name, caller.peer, method, reason);
  return Error{.code = decision.unknown() ? absl::StatusCode::kUnauthenticated
                                          : absl::StatusCode::kPermissionDenied,
               .reason = reason,
               .message = MessageOf(decision.refusal)};
}

bool StillAdmitted(const Rooms& rooms, const GrantPtr& grant) {
  return rooms.authorizer == nullptr || grant == nullptr || rooms.authorizer->Holds(*grant);
}

Error CredentialsRevoked() {
  return {.code = absl::StatusCode::kUnauthenticated,
          .reason = "CREDENTIALS_REVOKED",
          .message = "the credential that opened this stream was taken away or has expired"};
}

void Audit(std::string_view who, std::string_view peer, std::string_view method,
           std::string_view outcome) {
  Log()->info("audit: {} from {} called {}: {}", who.empty() ? "somebody" : LogSafe(who),
              LogSafe(peer), LogSafe(method), outcome);
}

}  // namespace claimwatch
