#include "server/auth/token.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "server/base/check.h"

namespace claimwatch {

std::string NewToken() {
  unsigned char bytes[32];
  CW_CHECK(RAND_bytes(bytes, sizeof(bytes)) == 1);
  std::string text = absl::WebSafeBase64Escape(
      absl::string_view(reinterpret_cast<const char*>(bytes), sizeof(bytes)));
  while (!text.empty() && text.back() == '=') text.pop_back();
  OPENSSL_cleanse(bytes, sizeof(bytes));
  return std::string(kTokenPrefix) + text;
}

std::string TokenDigest(std::string_view token) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(token.data()), token.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

bool SameDigest(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace claimwatch
