#include "server/rpc/server.h"

#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "server/base/log.h"
#include "server/rpc/acceptor.h"
#include "server/rpc/admin_service.h"
#include "server/rpc/alert_service.h"
#include "server/rpc/article_service.h"
#include "server/rpc/claim_service.h"
#include "server/rpc/limits.h"
#include "server/rpc/listening_credentials.h"
#include "server/rpc/story_service.h"
#include "server/rpc/transport_streams.h"

namespace claimwatch {
namespace {

absl::Duration SteadyNow() {
  return absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

// How soon health follows the store.
constexpr absl::Duration kHealthEvery = absl::Milliseconds(250);

// How long connections that nothing uses any more may take to close.
constexpr absl::Duration kCloseMax = absl::Milliseconds(200);

// Of the grace: for telling those who are not answered by then to come again.
constexpr absl::Duration kTellMax = absl::Milliseconds(500);

int PoolThreads() { return std::clamp<int>(std::thread::hardware_concurrency(), 2, 16); }

// What the libraries print on standard error by themselves, we tell the caller anyway.
void QuietenLibraries() {
  google::protobuf::SetLogHandler(
      [](google::protobuf::LogLevel, const char*, int, const std::string& message) {
        Log()->debug("protobuf: {}", LogSafe(message));
      });
  gpr_set_log_function(
      [](gpr_log_func_args* said) { Log()->debug("grpc: {}", LogSafe(said->message)); });
}

// The reasons that are not said here are in server/decisions/0007-rpc.md.
void SetArguments(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(static_cast<int>(kMessageBytesMax));
  builder.SetMaxSendMessageSize(-1);
  const std::pair<const char*, int> arguments[] = {
      {GRPC_ARG_KEEPALIVE_TIME_MS, 30'000},
      {GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000},
      {GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1},
      {GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000},
      {GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0},  // Idle subscriptions.
      {GRPC_ARG_MAX_CONCURRENT_STREAMS, kConnectionStreamsMax},
      {GRPC_ARG_MAX_METADATA_SIZE, kMetadataBytesMax},
      {GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 10'000},
  };
  for (const auto& [name, value] : arguments) builder.AddChannelArgument(name, value);
}

constexpr char kArticleService[] = "claimwatch.v1.ArticleService";
constexpr const char* kServices[] = {kArticleService, "claimwatch.v1.ClaimService",
                                     "claimwatch.v1.StoryService", "claimwatch.v1.AlertService",
                                     "claimwatch.v1.AdminService"};

}  // namespace

struct RpcServer::Impl {
  Impl(RpcOptions given, const Parts& parts)
      : options(std::move(given)),
        limits({.client = options.client_bounds, .address = options.address_bounds}, parts.clock),
        pool(PoolThreads(), kCallsWaitingMax),
        rooms{parts.clock, parts.catalogue, parts.store,      parts.feed, parts.ingestor,
              pool,        options,         parts.clock.Now()},
        subscriptions(rooms),
        hub(rooms, subscriptions, SteadyNow),
        articles(rooms),
        claims(rooms),
        stories(rooms),
        alerts(rooms, hub, subscriptions),
        admin(rooms) {
    rooms.authorizer = parts.authorizer;
    rooms.limits = &limits;
  }

  absl::Status Listen();
  void SetHealth(bool serving);
  void WatchStore();  // The life of the thread `watch`.
  void EndWatch();
  // False: something was still under way at the end of `grace`.
  bool EndCalls(absl::Duration grace);

  const RpcOptions options;
  CallerLimits limits;
  WorkerPool pool;
  Rooms rooms;
  NamedSubscriptions subscriptions;
  AlertHub hub;
  ArticleService articles;
  ClaimService claims;
  StoryService stories;
  AlertService alerts;
  AdminService admin;
  std::unique_ptr<Acceptor> acceptor;
  std::unique_ptr<grpc::Server> server;

  absl::Mutex watch_mu;  // A leaf.
  bool watch_over ABSL_GUARDED_BY(watch_mu) = false;
  std::thread watch;
};

absl::Status RpcServer::Impl::Listen() {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  SetArguments(builder);
  grpc::ResourceQuota quota("claimwatch");
  quota.Resize(static_cast<std::size_t>(options.transport_bytes_max));
  builder.SetResourceQuota(quota);
  BoundTransportStreams(options.transport_bytes_max / kHeldStreamBytes);
  if (!TransportStreamsAreBounded()) {
    Log()->warn(
        "this gRPC is not the one that was tested: what peers hold of its memory by streams "
        "without messages is for its own bounds to limit");
  }
  const absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> credentials =
      ListeningCredentials(options.tls);
  if (!credentials.ok()) return credentials.status();
  absl::StatusOr<std::unique_ptr<Acceptor>> bound = Acceptor::Bind(options.listen);
  if (!bound.ok()) return bound.status();
  acceptor = *std::move(bound);
  rooms.acceptor = acceptor.get();
  const std::shared_ptr<grpc::experimental::ExternalConnectionAcceptor> connections =
      builder.experimental().AddExternalConnectionAcceptor(
          grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD, *credentials);
  builder.RegisterService(&articles);
  builder.RegisterService(&claims);
  builder.RegisterService(&stories);
  builder.RegisterService(&alerts);
  builder.RegisterService(&admin);
  server = builder.BuildAndStart();
  if (server == nullptr) return absl::UnavailableError("gRPC does not start");
  acceptor->Start([connections](int socket) {
    grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters connection;
    connection.fd = socket;
    connections->HandleNewConnection(&connection);
  });
  SetHealth(true);
  watch = std::thread([this] { WatchStore(); });
  return absl::OkStatus();
}

// Who sends articles is told by the service's health that the store takes none; who reads need not
// go elsewhere.
void RpcServer::Impl::WatchStore() {
  bool told = true;
  while (true) {
    {
      absl::MutexLock lock(&watch_mu);
      if (watch_mu.AwaitWithTimeout(absl::Condition(&watch_over), kHealthEvery)) return;
    }
    articles.EndRevoked();
    acceptor->traffic().Sweep(SteadyNow());
    const bool takes = !rooms.store.Health().read_only;
    if (takes == told) continue;
    told = takes;
    server->GetHealthCheckService()->SetServingStatus(kArticleService, takes);
  }
}

void RpcServer::Impl::EndWatch() {
  {
    absl::MutexLock lock(&watch_mu);
    watch_over = true;
  }
  if (watch.joinable()) watch.join();
}

// Who is not answered in time is told to come again, as long as it can be told.
bool RpcServer::Impl::EndCalls(absl::Duration grace) {
  const absl::Duration telling = std::min(kTellMax, grace / 4);
  if (rooms.active.AwaitIdle(grace - telling)) return true;
  rooms.calls.End(ToGrpc(Draining(absl::Seconds(1))));
  return rooms.active.AwaitIdle(telling);
}

void RpcServer::Impl::SetHealth(bool serving) {
  grpc::HealthCheckServiceInterface* health = server->GetHealthCheckService();
  health->SetServingStatus(serving);
  for (const char* service : kServices) health->SetServingStatus(service, serving);
}

RpcServer::RpcServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

absl::StatusOr<std::unique_ptr<RpcServer>> RpcServer::Start(RpcOptions options,
                                                            const Parts& parts) {
  QuietenLibraries();
  auto impl = std::make_unique<Impl>(std::move(options), parts);
  if (absl::Status loaded = impl->subscriptions.Load(); !loaded.ok()) return loaded;
  if (absl::Status listening = impl->Listen(); !listening.ok()) return listening;
  return std::unique_ptr<RpcServer>(new RpcServer(std::move(impl)));
}

RpcServer::~RpcServer() { Stop(absl::ZeroDuration()); }

const std::vector<std::string>& RpcServer::addresses() const {
  return impl_->acceptor->addresses();
}

AlertHub& RpcServer::alert_hub() { return impl_->hub; }

const RpcMetrics& RpcServer::metrics() const { return impl_->rooms.metrics; }

std::shared_ptr<grpc::Channel> RpcServer::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  return impl_->server->InProcessChannel(arguments);
}

absl::Span<const char* const> RpcServer::ServiceNames() { return kServices; }

void RpcServer::Drain() {
  if (impl_->server == nullptr) return;
  impl_->EndWatch();
  impl_->SetHealth(false);
  impl_->rooms.draining = true;
  impl_->articles.Drain();
}

void RpcServer::Stop(absl::Duration grace) {
  impl_->EndWatch();
  if (impl_->acceptor != nullptr) impl_->acceptor->Stop();
  if (impl_->server != nullptr) {
    const bool idle = impl_->EndCalls(grace);
    // Calls that come while gRPC shuts down end with CANCELLED there, which is the caller's word
    // and not tried again: so none may come any more. A connection that ends is UNAVAILABLE.
    if (impl_->acceptor != nullptr) impl_->acceptor->traffic().EndAll();
    const absl::Duration rest = idle ? std::min(grace, kCloseMax) : absl::ZeroDuration();
    impl_->server->Shutdown(std::chrono::system_clock::now() + absl::ToChronoMicroseconds(rest));
    impl_->server->Wait();
    impl_->server = nullptr;
  }
  impl_->hub.Stop();
  impl_->pool.Stop();
}

}  // namespace claimwatch
