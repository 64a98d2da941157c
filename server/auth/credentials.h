// Credentials: who may call, read from a file that holds no secret.
//
// One a line, '#' begins a comment:
//
//   desk   token=sha256:<64 hex digits>     roles=read,subscribe  expires=2027-01-01T00:00:00Z
//   wire   certificate=wire.example.org     roles=ingest          sources=wire.example,ap.example
//
// A token is known by its SHA-256; a certificate by a name in it (URI, DNS name or e-mail address
// of its subject alternative names, else its common name) once TLS has verified it. `sources` binds
// a sender to the sources it may speak for. A file with one bad line is refused whole: half a list
// of rights is worse than the old one. Tested by tests/auth/credentials_test.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/auth/rules.h"

namespace claimwatch {

inline constexpr std::size_t kCredentialsMax = 10'000;
inline constexpr std::size_t kCredentialNameBytesMax = 64;
inline constexpr std::size_t kCredentialsBytesMax = 8u << 20;

struct Credential {
  std::string name;         // Of its holder, for the audit log.
  std::string digest;       // 32 bytes; empty: known by certificate.
  std::string certificate;  // A name in it; empty: known by token.
  Roles roles = 0;
  std::vector<std::string> sources;  // Empty: any.
  absl::Time expires = absl::InfiniteFuture();
  friend bool operator==(const Credential&, const Credential&) = default;
};

class Credentials {
 public:
  // INVALID_ARGUMENT names the line and what is wrong with it, never what it holds.
  static absl::StatusOr<Credentials> Parse(std::string_view text);
  static absl::StatusOr<Credentials> ReadFile(const std::string& path);

  const Credential* FindToken(std::string_view token) const;
  const Credential* FindDigest(std::string_view digest) const;
  const Credential* FindCertificate(std::string_view name) const;
  std::size_t size() const { return all_.size(); }

 private:
  std::vector<Credential> all_;
  // By the first 8 bytes of the digest, which tell nothing of the token; the rest is compared in
  // constant time.
  absl::flat_hash_map<std::string, std::size_t> by_digest_;
  absl::flat_hash_map<std::string, std::size_t> by_certificate_;
};

// A line of the file.
std::string ToLine(const Credential& credential);

}  // namespace claimwatch
