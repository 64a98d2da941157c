#include "client/lib/connection.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <utility>

namespace claimwatch::client {
namespace {

constexpr int kMessageBytesMax = 64 << 20;  // Answers may be larger than gRPC's default of 4 MiB.
constexpr int kLookaheadBytes = 256 << 10;  // What a reader that stalls lets pile up.

std::shared_ptr<grpc::ChannelCredentials> CredentialsOf(const ConnectionOptions& options) {
  if (!options.tls) return grpc::InsecureChannelCredentials();
  grpc::SslCredentialsOptions ssl;
  ssl.pem_root_certs = options.tls_ca;
  ssl.pem_cert_chain = options.tls_cert;
  ssl.pem_private_key = options.tls_key;
  return grpc::SslCredentials(ssl);
}

std::shared_ptr<grpc::Channel> MakeChannel(const ConnectionOptions& options) {
  grpc::ChannelArguments args;
  args.SetMaxReceiveMessageSize(kMessageBytesMax);
  args.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS,
              static_cast<int>(absl::ToInt64Milliseconds(options.keepalive_interval)));
  args.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
              static_cast<int>(absl::ToInt64Milliseconds(options.keepalive_timeout)));
  args.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);  // Quiet subscriptions are normal.
  // The probe would grow our window to megabytes, and the daemon would fill it.
  args.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  args.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, kLookaheadBytes);
  // A channel is one try: it must not wait out the delays of one before it, and in gRPC the least
  // delay between tries is also the longest that connecting may take.
  args.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  args.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS,
              static_cast<int>(absl::ToInt64Milliseconds(options.connect_timeout)));
  args.SetUserAgentPrefix("claimwatch-cpp");
  return grpc::CreateCustomChannel(options.target, CredentialsOf(options), args);
}

}  // namespace

Connection::Connection(ConnectionOptions options, World& world)
    : options_(std::move(options)),
      factory_([this] { return MakeChannel(options_); }),
      world_(world) {}

Connection::Connection(ConnectionOptions options, ChannelFactory factory, World& world)
    : options_(std::move(options)), factory_(std::move(factory)), world_(world) {}

std::shared_ptr<grpc::Channel> Connection::Channel() {
  absl::MutexLock lock(&mu_);
  if (channel_ == nullptr) channel_ = factory_();
  return channel_;
}

void Connection::Sign(grpc::ClientContext& context) const {
  if (!options_.token.empty()) context.AddMetadata("authorization", "Bearer " + options_.token);
}

void Connection::Drop(const std::shared_ptr<grpc::Channel>& channel) {
  absl::MutexLock lock(&mu_);
  if (channel_ == channel) channel_ = nullptr;
}

}  // namespace claimwatch::client
