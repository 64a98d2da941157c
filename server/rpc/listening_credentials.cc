#include "server/rpc/listening_credentials.h"

#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>

#include "server/rpc/tls_context.h"

namespace claimwatch {
namespace {

constexpr unsigned kLookEverySeconds = 1;

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> ListeningCredentials(const TlsFiles& tls) {
  if (tls.certificate.empty()) return grpc::InsecureServerCredentials();
  if (const auto read = LoadTlsContext(tls); !read.ok()) return read.status();
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
