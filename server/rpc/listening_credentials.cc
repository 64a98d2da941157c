#include "server/rpc/listening_credentials.h"

#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include "absl/strings/str_cat.h"

namespace claimwatch {
namespace {

constexpr unsigned kLookEverySeconds = 1;

absl::Status Unusable(const std::string& what, const std::string& file) {
  ERR_clear_error();
  return absl::InvalidArgumentError(absl::StrCat(what, ": cannot use ", file));
}

absl::Status CheckFiles(const TlsFiles& tls) {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()),
                                                                  &SSL_CTX_free);
  if (SSL_CTX_use_certificate_chain_file(context.get(), tls.certificate.c_str()) != 1) {
    return Unusable("tls_cert", tls.certificate);
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), tls.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1) {
    return Unusable("tls_key (is it the key of tls_cert?)", tls.key);
  }
  if (!tls.client_authority.empty() &&
      SSL_CTX_load_verify_locations(context.get(), tls.client_authority.c_str(), nullptr) != 1) {
    return Unusable("tls_client_ca", tls.client_authority);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> ListeningCredentials(const TlsFiles& tls) {
  if (tls.certificate.empty()) return grpc::InsecureServerCredentials();
  if (absl::Status unusable = CheckFiles(tls); !unusable.ok()) return unusable;
  namespace experimental = grpc::experimental;
  const bool verify = !tls.client_authority.empty();
  auto files = verify ? std::make_shared<experimental::FileWatcherCertificateProvider>(
                            tls.key, tls.certificate, tls.client_authority, kLookEverySeconds)
                      : std::make_shared<experimental::FileWatcherCertificateProvider>(
                            tls.key, tls.certificate, kLookEverySeconds);
  experimental::TlsServerCredentialsOptions options(files);
  options.watch_identity_key_cert_pairs();
  if (verify) options.watch_root_certs();
  options.set_cert_request_type(!verify ? GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE
                                : tls.client_required
                                    ? GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY
                                    : GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY);
  return experimental::TlsServerCredentials(options);
}

}  // namespace claimwatch
