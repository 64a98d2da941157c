#include "server/rpc/tls_context.h"

#include <openssl/err.h>

#include "absl/strings/str_cat.h"

namespace claimwatch {
namespace {

// Sessions of another context are not to be resumed here.
constexpr unsigned char kSessions[] = "claimwatch";

absl::Status Unusable(const std::string& what, const std::string& file) {
  ERR_clear_error();
  return absl::InvalidArgumentError(absl::StrCat(what, ": cannot use ", file));
}

absl::Status VerifyClients(const TlsFiles& tls, SSL_CTX* context) {
  const char* const file = tls.client_authority.c_str();
  STACK_OF(X509_NAME)* const names = SSL_load_client_CA_file(file);
  if (names == nullptr || SSL_CTX_load_verify_locations(context, file, nullptr) != 1) {
    return Unusable("tls_client_ca", tls.client_authority);
  }
  SSL_CTX_set_client_CA_list(context, names);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_session_id_context(context, kSessions, sizeof(kSessions) - 1);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TlsContext> LoadTlsContext(const TlsFiles& tls) {
  TlsContext context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  if (SSL_CTX_use_certificate_chain_file(context.get(), tls.certificate.c_str()) != 1) {
    return Unusable("tls_cert", tls.certificate);
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), tls.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1) {
    return Unusable("tls_key (is it the key of tls_cert?)", tls.key);
  }
  if (!tls.client_authority.empty()) {
    if (absl::Status bad = VerifyClients(tls, context.get()); !bad.ok()) return bad;
  }
  return context;
}

}  // namespace claimwatch
