// Authorizer: may this caller call this method? The one place that decides, for every way in.
//
// Caller in, Decision out: by token or by verified certificate the caller is found among the
// credentials, then the table of rules (rules.h) says whether one of its roles will do. Without
// credentials the daemon is open, as on a loopback address by default. A stream keeps the Grant it
// was given and asks Holds() now and then: a credential that was taken away, changed or has expired
// ends it. Owned by App; outlives the servers. Thread-safe. Tested by
// tests/auth/authorizer_test.cc.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "server/auth/credentials.h"
#include "server/base/clock.h"

namespace claimwatch {

// Who asks, as the transport knows it.
struct Caller {
  std::string token;                      // Of "authorization: Bearer ..."; empty: none was sent.
  std::vector<std::string> certificates;  // Names in its certificate, once verified.
  std::string peer;                       // Address, for the audit log.
};

// The token in a header's value, "Bearer cw_..."; empty: it is none.
std::string_view TokenOfHeader(std::string_view value);

// What a caller was allowed. Holds no secret.
struct Grant {
  std::string name;  // "desk"; empty: the daemon is open.
  std::string method;
  std::vector<std::string> sources;  // Empty: any.
  std::string digest;                // Of the token, or
  std::string certificate;           // the name in the certificate.
  absl::Time expires = absl::InfiniteFuture();
  std::uint64_t generation = 0;

  // Whether articles of this source may be handed in.
  bool MaySpeakFor(std::string_view source) const;
};

enum class Refusal : std::uint8_t {
  kNone,
  kMissing,  // CREDENTIALS_MISSING: who are you?
  kUnknown,  // CREDENTIALS_INVALID: no such token or certificate
  kExpired,  // CREDENTIALS_EXPIRED
  kRole,     // ROLE_MISSING: known, but may not
};
// "CREDENTIALS_MISSING", for ErrorInfo.
const char* ReasonOf(Refusal refusal);
// For people; names no secret.
const char* MessageOf(Refusal refusal);

struct Decision {
  std::shared_ptr<const Grant> grant;  // Null: refused.
  Refusal refusal = Refusal::kNone;
  std::string name = {};  // Of the caller, where it is known.
  bool allowed() const { return grant != nullptr; }
  // UNAUTHENTICATED rather than PERMISSION_DENIED.
  bool unknown() const { return refusal != Refusal::kRole; }
};

class Authorizer {
 public:
  // nullopt: open to all who reach it.
  Authorizer(std::optional<Credentials> credentials, const Clock& clock);

  // `method`: "/claimwatch.v1.AdminService/BackUp".
  Decision Decide(const Caller& caller, std::string_view method) const;
  // Whether a grant is still good. Cheap.
  bool Holds(const Grant& grant) const;

  bool open() const;
  // From now on these count.
  void Replace(Credentials credentials);

 private:
  struct Current {
    std::optional<Credentials> credentials;
    std::uint64_t generation = 0;
  };
  // A grant is kept alive by the stream that holds it, credentials by the call that looks at them.
  std::shared_ptr<const Current> Now() const;

  const Clock& clock_;
  std::atomic<std::uint64_t> generation_{1};
  mutable absl::Mutex mu_;  // A leaf.
  std::shared_ptr<const Current> current_ ABSL_GUARDED_BY(mu_);
};

}  // namespace claimwatch
