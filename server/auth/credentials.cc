#include "server/auth/credentials.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "server/auth/token.h"

namespace claimwatch {
namespace {

constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kKeyBytes = 8;

bool IsName(absl::string_view text) {
  return !text.empty() && text.size() <= kCredentialNameBytesMax &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '-' || c == '@';
         });
}

absl::Status Bad(absl::string_view what) { return absl::InvalidArgumentError(what); }

absl::Status ReadTokenHash(absl::string_view value, Credential& credential) {
  if (!absl::ConsumePrefix(&value, "sha256:") || value.size() != 2 * kDigestBytes ||
      std::any_of(value.begin(), value.end(),
                  [](unsigned char c) { return !absl::ascii_isxdigit(c); })) {
    return Bad("token must be sha256: and 64 hexadecimal digits (claimwatch token makes them)");
  }
  credential.digest = absl::HexStringToBytes(value);
  return absl::OkStatus();
}

// "roles=read,subscribe"
absl::Status ReadField(absl::string_view field, Credential& credential) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(field, absl::MaxSplits('=', 1));
  const auto& [key, value] = parts;
  if (value.empty()) return Bad("every field after the name is key=value");
  if (key == "token") return ReadTokenHash(value, credential);
  if (key == "certificate") {
    credential.certificate = std::string(value);
  } else if (key == "roles") {
    credential.roles = ParseRoles(std::string_view(value.data(), value.size()));
    if (credential.roles == 0) return Bad("roles must be of ingest, read, subscribe, admin");
  } else if (key == "sources") {
    for (const absl::string_view source : absl::StrSplit(value, ',', absl::SkipEmpty())) {
      credential.sources.emplace_back(source);
    }
  } else if (key == "expires") {
    std::string why;
    if (!absl::ParseTime(absl::RFC3339_full, value, &credential.expires, &why)) {
      return Bad("expires must be a time such as 2027-01-01T00:00:00Z");
    }
  } else {
    return Bad("fields are token, certificate, roles, sources, expires");
  }
  return absl::OkStatus();
}

absl::StatusOr<Credential> ReadLine(absl::string_view line) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(line, absl::ByAnyChar(" \t\r"), absl::SkipEmpty());
  Credential credential;
  if (!IsName(words[0])) return Bad("the name must be 1 to 64 of A-Z a-z 0-9 . _ - @");
  credential.name = std::string(words[0]);
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (absl::Status bad = ReadField(words[i], credential); !bad.ok()) return bad;
  }
  if (credential.digest.empty() == credential.certificate.empty()) {
    return Bad("give either token= or certificate=");
  }
  if (credential.roles == 0) return Bad("roles= is missing");
  return credential;
}

std::string KeyOf(std::string_view digest) { return std::string(digest.substr(0, kKeyBytes)); }

}  // namespace

absl::StatusOr<Credentials> Credentials::Parse(std::string_view text) {
  Credentials credentials;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(absl::string_view(text.data(), text.size()), '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    const auto at_line = [&](absl::string_view what) {
      return absl::InvalidArgumentError(absl::StrCat("line ", number, ": ", what));
    };
    absl::StatusOr<Credential> credential = ReadLine(line);
    if (!credential.ok()) return at_line(credential.status().message());
    if (credentials.all_.size() == kCredentialsMax) return at_line("too many credentials");
    const std::size_t index = credentials.all_.size();
    const bool fresh =
        credential->digest.empty()
            ? credentials.by_certificate_.try_emplace(credential->certificate, index).second
            : credentials.by_digest_.try_emplace(KeyOf(credential->digest), index).second;
    if (!fresh) return at_line("the same token or certificate as on an earlier line");
    credentials.all_.push_back(*std::move(credential));
  }
  return credentials;
}

absl::StatusOr<Credentials> Credentials::ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Bad(absl::StrCat("cannot read the file ", path));
  std::string text(std::istreambuf_iterator<char>(in), {});
  if (text.size() > kCredentialsBytesMax) return Bad(absl::StrCat(path, " is over 8 MiB"));
  absl::StatusOr<Credentials> read = Parse(text);
  if (!read.ok()) return Bad(absl::StrCat(path, ": ", read.status().message()));
  return read;
}

const Credential* Credentials::FindToken(std::string_view token) const {
  return token.empty() ? nullptr : FindDigest(TokenDigest(token));
}

const Credential* Credentials::FindDigest(std::string_view digest) const {
  const auto found = by_digest_.find(KeyOf(digest));
  if (found == by_digest_.end()) return nullptr;
  const Credential& candidate = all_[found->second];
  return SameDigest(candidate.digest, digest) ? &candidate : nullptr;
}

const Credential* Credentials::FindCertificate(std::string_view name) const {
  const auto found = by_certificate_.find(absl::string_view(name.data(), name.size()));
  return found == by_certificate_.end() ? nullptr : &all_[found->second];
}

std::string ToLine(const Credential& credential) {
  std::string line = credential.name;
  if (credential.digest.empty()) {
    absl::StrAppend(&line, " certificate=", credential.certificate);
  } else {
    absl::StrAppend(&line, " token=sha256:", absl::BytesToHexString(credential.digest));
  }
  absl::StrAppend(&line, " roles=", ToString(credential.roles));
  if (!credential.sources.empty()) {
    absl::StrAppend(&line, " sources=", absl::StrJoin(credential.sources, ","));
  }
  if (credential.expires != absl::InfiniteFuture()) {
    absl::StrAppend(
        &line, " expires=",
        absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", credential.expires, absl::UTCTimeZone()));
  }
  return line;
}

}  // namespace claimwatch
