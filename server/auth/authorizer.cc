#include "server/auth/authorizer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace claimwatch {
namespace {

const Credential* Find(const Credentials& credentials, const Caller& caller) {
  if (!caller.token.empty()) return credentials.FindToken(caller.token);
  for (const std::string& name : caller.certificates) {
    if (const Credential* found = credentials.FindCertificate(name)) return found;
  }
  return nullptr;
}

bool MayCall(Roles roles, const Rule* rule) {
  if (rule == nullptr) return false;
  return rule->open || (roles & (rule->any_of | kRoleAdmin)) != 0;
}

Decision Refuse(Refusal why, std::string name = {}) { return {nullptr, why, std::move(name)}; }

}  // namespace

std::string_view TokenOfHeader(std::string_view value) {
  absl::string_view text(value.data(), value.size());
  constexpr std::size_t kScheme = 7;  // "Bearer "
  if (!absl::StartsWithIgnoreCase(text, "bearer ")) return {};
  text = absl::StripAsciiWhitespace(text.substr(kScheme));
  return {text.data(), text.size()};
}

bool Grant::MaySpeakFor(std::string_view source) const {
  return sources.empty() || std::find(sources.begin(), sources.end(), source) != sources.end();
}

const char* ReasonOf(Refusal refusal) {
  switch (refusal) {
    case Refusal::kNone:
      return "";
    case Refusal::kMissing:
      return "CREDENTIALS_MISSING";
    case Refusal::kUnknown:
      return "CREDENTIALS_INVALID";
    case Refusal::kExpired:
      return "CREDENTIALS_EXPIRED";
    case Refusal::kRole:
      return "ROLE_MISSING";
  }
  return "";
}

const char* MessageOf(Refusal refusal) {
  switch (refusal) {
    case Refusal::kNone:
      return "";
    case Refusal::kMissing:
      return "this daemon wants a token (authorization: Bearer ...) or a client certificate";
    case Refusal::kUnknown:
      return "the token or certificate is not one that this daemon knows";
    case Refusal::kExpired:
      return "the credential has expired";
    case Refusal::kRole:
      return "the credential has no role that may do this";
  }
  return "";
}

Authorizer::Authorizer(std::optional<Credentials> credentials, const Clock& clock)
    : clock_(clock), current_(std::make_shared<Current>(Current{std::move(credentials), 1})) {}

std::shared_ptr<const Authorizer::Current> Authorizer::Now() const {
  absl::MutexLock lock(&mu_);
  return current_;
}

bool Authorizer::open() const { return !Now()->credentials.has_value(); }

void Authorizer::Replace(Credentials credentials) {
  absl::MutexLock lock(&mu_);
  const std::uint64_t next = current_->generation + 1;
  current_ = std::make_shared<Current>(Current{std::move(credentials), next});
  generation_ = next;
}

Decision Authorizer::Decide(const Caller& caller, std::string_view method) const {
  const std::shared_ptr<const Current> now = Now();
  const Rule* const rule = FindRule(method);
  Grant grant;
  grant.method = std::string(method);
  grant.generation = now->generation;
  if (!now->credentials.has_value() || (rule != nullptr && rule->open)) {
    if (rule == nullptr) return Refuse(Refusal::kRole);
    return {std::make_shared<Grant>(std::move(grant))};
  }
  if (caller.token.empty() && caller.certificates.empty()) return Refuse(Refusal::kMissing);
  const Credential* const known = Find(*now->credentials, caller);
  if (known == nullptr) return Refuse(Refusal::kUnknown);
  if (clock_.Now() >= known->expires) return Refuse(Refusal::kExpired, known->name);
  if (!MayCall(known->roles, rule)) return Refuse(Refusal::kRole, known->name);
  grant.name = known->name;
  grant.sources = known->sources;
  grant.digest = known->digest;
  grant.certificate = known->certificate;
  grant.expires = known->expires;
  return {std::make_shared<Grant>(std::move(grant)), Refusal::kNone, known->name};
}

bool Authorizer::Holds(const Grant& grant) const {
  if (clock_.Now() >= grant.expires) return false;
  if (generation_ == grant.generation) return true;
  const std::shared_ptr<const Current> now = Now();
  if (!now->credentials.has_value()) return true;
  const Rule* const rule = FindRule(grant.method);
  if (rule != nullptr && rule->open) return true;
  const Credential* const known = grant.digest.empty()
                                      ? now->credentials->FindCertificate(grant.certificate)
                                      : now->credentials->FindDigest(grant.digest);
  return known != nullptr && clock_.Now() < known->expires && MayCall(known->roles, rule) &&
         known->sources == grant.sources;
}

}  // namespace claimwatch
