#include "server/rpc/guard.h"

#include <grpc/grpc_security_constants.h>

#include <atomic>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/auth/rules.h"
#include "server/auth/token.h"
#include "server/base/log.h"
#include "server/base/trace.h"
#include "server/rpc/acceptor.h"

namespace claimwatch {
namespace {

constexpr std::size_t kStreamHeaderBytes = 4096;  // What those of a stream are taken for.
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

using Metadata = std::multimap<grpc::string_ref, grpc::string_ref>;

// Another front speaks for its own peer.
void TakeForwarded(const Metadata& metadata, Caller& caller) {
  const auto key = metadata.find(kForwardedKey);
  if (key == metadata.end() || !SameDigest(ToStd(key->second), ForwardingKey())) return;
  const auto peer = metadata.find(kForwardedPeer);
  if (peer != metadata.end()) caller.peer = std::string(ToStd(peer->second));
  const auto [first, last] = metadata.equal_range(kForwardedCertificate);
  for (auto name = first; name != last; ++name) {
    caller.certificates.emplace_back(ToStd(name->second));
  }
}

std::size_t MetadataBytes(const grpc::CallbackServerContext& context) {
  std::size_t bytes = 0;
  for (const auto& [name, value] : context.client_metadata()) bytes += name.size() + value.size();
  return bytes;
}

void NoteReceived(const Rooms& rooms, const std::string& peer, std::size_t bytes) {
  if (rooms.acceptor != nullptr) rooms.acceptor->traffic().Received(peer, bytes);
}

Error TooMuch(const CallerLimits::Excess& excess) {
  const std::string_view name = NameOf(excess.bound);
  const absl::string_view bound(name.data(), name.size());
  const bool of_client = absl::StartsWith(bound, "client");
  return {
      .code = absl::StatusCode::kResourceExhausted,
      .reason = absl::StrCat(absl::AsciiStrToUpper(bound), "_EXCEEDED"),
      .message = absl::StrCat("too many ", bound.substr(bound.find('_') + 1), " for one ",
                              of_client ? "credential" : "address", "; come back after the delay"),
      .metadata = {{"limit", std::string(bound)}},
      .retry_after = Spread(excess.retry_after)};
}

Outcome Charge(const std::optional<CallerLimits::Excess>& excess) {
  return excess.has_value() ? Outcome(TooMuch(*excess)) : std::nullopt;
}

// Who may not call pays for asking, too: its address does.
Outcome Decide(const Rooms& rooms, const Caller& caller, std::string_view method, GrantPtr& grant) {
  if (rooms.authorizer == nullptr) return std::nullopt;
  Decision decision = rooms.authorizer->Decide(caller, method);
  if (decision.allowed()) {
    const Rule* const rule = FindRule(method);
    if (rule != nullptr && rule->audited) Audit(decision.name, caller.peer, method, "allowed");
    grant = std::move(decision.grant);
    return std::nullopt;
  }
  const char* const reason = ReasonOf(decision.refusal);
  if (MayTell(rooms.clock.Now())) Audit(decision.name, caller.peer, method, reason);
  return Error{.code = decision.unknown() ? absl::StatusCode::kUnauthenticated
                                          : absl::StatusCode::kPermissionDenied,
               .reason = reason,
               .message = MessageOf(decision.refusal)};
}

}  // namespace

const std::string& ForwardingKey() {
  static const auto* const key = new std::string(NewToken());
  return *key;
}

Caller CallerOf(const grpc::CallbackServerContext& context) {
  Caller caller;
  caller.peer = context.peer();
  const auto& metadata = context.client_metadata();
  TakeForwarded(metadata, caller);
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
              std::string_view method, std::size_t bytes, GrantPtr* grant) {
  const TraceScope trace(TraceIdOf(context));
  NoteReceived(rooms, context.peer(), bytes + MetadataBytes(context));
  return Admit(rooms, CallerOf(context), method, bytes, grant);
}

Outcome Admit(const Rooms& rooms, const Caller& caller, std::string_view method, std::size_t bytes,
              GrantPtr* grant) {
  const auto size = static_cast<std::int64_t>(bytes);
  if (rooms.limits != nullptr) {
    const std::string address = AddressOfPeer(caller.peer);
    if (Outcome much = Charge(rooms.limits->CallOfAddress(address, size))) return much;
  }
  GrantPtr granted;
  if (Outcome refused = Decide(rooms, caller, method, granted)) return refused;
  if (rooms.limits != nullptr && granted != nullptr) {
    if (Outcome much = Charge(rooms.limits->CallOfClient(granted->name, size))) return much;
  }
  if (grant != nullptr) *grant = std::move(granted);
  return std::nullopt;
}

Outcome AdmitStream(const Rooms& rooms, const Caller& caller, std::string_view method,
                    std::size_t bytes, StreamPass& pass) {
  NoteReceived(rooms, caller.peer, bytes + kStreamHeaderBytes);
  if (Outcome refused = Admit(rooms, caller, method, bytes, &pass.grant)) return refused;
  if (rooms.limits == nullptr) return std::nullopt;
  const std::string client = pass.grant == nullptr ? "" : pass.grant->name;
  return Charge(rooms.limits->OpenStream(client, AddressOfPeer(caller.peer), pass.place));
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
