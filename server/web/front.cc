#include "server/web/front.h"

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/web/counters.h"
#include "server/web/limits.h"
#include "server/web/listener.h"
#include "server/web/metrics_page.h"
#include "server/web/origins.h"
#include "server/web/rpc_handler.h"
#include "server/web/static_files.h"
#include "server/web/tls_socket.h"

namespace claimwatch {
namespace {

using tcp = boost::asio::ip::tcp;

constexpr char kStatusPath[] = "/claimwatch.v1.AdminService/GetStatus";
constexpr char kHealthPath[] = "/grpc.health.v1.Health/Check";
constexpr char kServing[] = "\x08\x01";  // HealthCheckResponse{status: SERVING}
constexpr int kPoolThreads = 2;

absl::Duration SteadyNow() {
  return absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

absl::Status CannotListen(const std::string& address, const std::string& why) {
  return absl::UnavailableError(
      absl::StrCat("cannot listen on http_listen=", address, ": ", why,
                   "; is another daemon there, or is it not an address of this machine?"));
}

absl::StatusOr<tcp::endpoint> Resolve(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) return CannotListen(address, "it is no HOST:PORT");
  std::string host = address.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  boost::asio::io_context context;
  tcp::resolver resolver(context);
  boost::system::error_code error;
  const auto found =
      resolver.resolve(host, address.substr(colon + 1), tcp::resolver::passive, error);
  if (error || found.empty()) return CannotListen(address, error.message());
  return found.begin()->endpoint();
}

}  // namespace

struct WebFront::Impl {
  Impl(Parts given, Origins given_origins, StaticFiles given_files, std::size_t stream_bytes_max)
      : parts(std::move(given)),
        origins(std::move(given_origins)),
        files(std::move(given_files)),
        methods(parts.names),
        calls(parts.services),
        pool(kPoolThreads, SIZE_MAX),
        handler(methods, calls, parts.hub, pool, stream_bytes_max) {
    shared.handle = [this](const std::shared_ptr<Exchange>& exchange) { Handle(exchange); };
    shared.steady = SteadyNow;
  }

  void Handle(const std::shared_ptr<Exchange>& exchange);
  void AnswerProbe(const std::shared_ptr<Exchange>& exchange);
  void Call(const std::shared_ptr<Exchange>& exchange, const char* path,
            const std::function<HttpResponse(const RpcResult&)>& respond);
  void Count(HttpKind kind) { ++counters.requests[static_cast<std::size_t>(kind)]; }

  const Parts parts;
  const Origins origins;
  const StaticFiles files;
  const Methods methods;
  std::unique_ptr<TlsFilesWatch> tls;  // Null: plain.
  bool certificate_required = false;
  HttpCounters counters;
  HttpShared shared;
  RpcCalls calls;
  WorkerPool pool;
  RpcHandler handler;
  std::string address;
  std::unique_ptr<Listener> listener;
};

void WebFront::Impl::Handle(const std::shared_ptr<Exchange>& exchange) {
  const HttpRequest& request = exchange->request;
  exchange->common_fields = origins.ResponseFields(request);
  if (std::optional<HttpResponse> answer = origins.Intercept(request)) {
    Count(HttpKind::kRefused);
    return exchange->Answer(*std::move(answer));
  }
  const bool open = request.path == "/healthz" || request.path == "/readyz";
  if (certificate_required && request.certificates.empty() && !open) {
    Count(HttpKind::kRefused);
    return exchange->Answer(PlainResponse(401, "this daemon wants a client certificate\n"));
  }
  if (methods.IsService(request.path)) {
    Count(HttpKind::kRpc);
    return handler.Handle(exchange);
  }
  if (request.path == "/v1/alerts/stream" && request.method == "GET") {
    Count(HttpKind::kEvents);
    return handler.HandleEvents(exchange);
  }
  if (open || request.path == "/metrics") {
    Count(HttpKind::kProbe);
    return AnswerProbe(exchange);
  }
  Count(HttpKind::kPage);
  exchange->Answer(files.Answer(request));
}

void WebFront::Impl::Call(const std::shared_ptr<Exchange>& exchange, const char* path,
                          const std::function<HttpResponse(const RpcResult&)>& respond) {
  RpcRequest request{.path = path,
                     .message = {},
                     .metadata = ForwardedMetadata(exchange->request),
                     .timeout = absl::Seconds(5)};
  calls.CallUnary(request, [exchange, respond](const RpcResult& result) {
    exchange->Post([exchange, response = respond(result)] { exchange->Answer(response); });
  });
}

// Alive means that this answers; ready, that the services take calls, as gRPC's own health has it.
// Both are for everybody; the figures are for those who may ask for the status.
void WebFront::Impl::AnswerProbe(const std::shared_ptr<Exchange>& exchange) {
  if (exchange->request.path == "/healthz") return exchange->Answer(PlainResponse(200, "ok\n"));
  if (exchange->request.path == "/readyz") {
    return Call(exchange, kHealthPath, [this](const RpcResult& result) {
      const bool ready = result.status.ok() && result.message == kServing && !shared.draining;
      return ready ? PlainResponse(200, "ready\n") : PlainResponse(503, "not ready\n");
    });
  }
  Call(exchange, kStatusPath, [this](const RpcResult& result) {
    v1::GetStatusResponse status;
    if (!result.status.ok() || !status.ParseFromString(result.message)) {
      return PlainResponse(ConnectHttpStatus(result.status.error_code()),
                           result.status.error_message() + "\n");
    }
    HttpResponse response = PlainResponse(200, MetricsPage(status, parts.metrics, counters));
    response.fields[0].second = "text/plain; version=0.0.4; charset=utf-8";
    return response;
  });
}

WebFront::WebFront(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

absl::StatusOr<std::unique_ptr<WebFront>> WebFront::Start(const WebOptions& options, Parts parts) {
  const absl::StatusOr<tcp::endpoint> endpoint = Resolve(options.listen);
  if (!endpoint.ok()) return endpoint.status();
  absl::StatusOr<Origins> origins =
      Origins::Make(options.origins, endpoint->address().is_loopback());
  if (!origins.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("http_origins: ", origins.status().message()));
  }
  absl::StatusOr<StaticFiles> files = StaticFiles::Load(options.web_root);
  if (!files.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("web_root: ", files.status().message()));
  }
  absl::StatusOr<std::unique_ptr<TlsFilesWatch>> tls = nullptr;
  if (!options.tls.certificate.empty()) tls = TlsFilesWatch::Start(options.tls);
  if (!tls.ok()) return tls.status();
  auto impl = std::make_unique<Impl>(std::move(parts), *std::move(origins), *std::move(files),
                                     options.stream_bytes_max);
  impl->tls = *std::move(tls);
  impl->certificate_required = options.tls.client_required && !options.tls.client_authority.empty();
  absl::StatusOr<std::unique_ptr<Listener>> listener =
      Listener::Start(*endpoint, options.threads, impl->shared, impl->counters, impl->tls.get());
  if (!listener.ok()) {
    return CannotListen(options.listen, std::string(listener.status().message()));
  }
  impl->listener = *std::move(listener);
  impl->address = absl::StrCat(options.listen.substr(0, options.listen.rfind(':')), ":",
                               impl->listener->port());
  return std::unique_ptr<WebFront>(new WebFront(std::move(impl)));
}

WebFront::~WebFront() { Stop(absl::ZeroDuration()); }

const std::string& WebFront::address() const { return impl_->address; }

std::string WebFront::url() const {
  return absl::StrCat(impl_->tls == nullptr ? "http://" : "https://", impl_->address);
}

void WebFront::Drain() { impl_->shared.draining = true; }

// What is under way when the time is up is cut: its calls are cancelled by that, and end at once.
void WebFront::Stop(absl::Duration grace) {
  if (impl_->listener == nullptr) return;
  Drain();
  impl_->listener->CloseIdle();
  if (!impl_->listener->AwaitNone(grace)) impl_->listener->CloseAll();
  impl_->calls.AwaitIdle(absl::InfiniteDuration());
  impl_->pool.Stop();
  impl_->listener->Stop();
  impl_->listener = nullptr;
}

}  // namespace claimwatch
