#include "server/app/app.h"

#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "server/app/limits.h"
#include "server/auth/authorizer.h"
#include "server/auth/credentials_watch.h"
#include "server/base/clock.h"
#include "server/base/log.h"
#include "server/claims/catalogue.h"
#include "server/feed/alert_feed.h"
#include "server/ingest/ingestor.h"
#include "server/rpc/convert.h"
#include "server/rpc/server.h"
#include "server/rpc/version.h"
#include "server/store/data_directory.h"
#include "server/store/sqlite_store.h"
#include "server/web/front.h"

namespace claimwatch {
namespace {

// A connection is a file; running out of them stops this gRPC from accepting for ever
// (CVE-2023-4785), so the daemon takes as many as the system grants.
void RaiseFileLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0) Log()->warn("cannot raise the limit of open files");
}

absl::StatusOr<std::unique_ptr<const Catalogue>> LoadCatalogue(const std::string& extra_path) {
  std::string extra;
  if (!extra_path.empty()) {
    std::ifstream in(extra_path, std::ios::binary);
    if (!in) {
      return absl::InvalidArgumentError(
          absl::StrCat("catalogue_extra: cannot read the file ", extra_path));
    }
    std::ostringstream content;
    content << in.rdbuf();
    extra = content.str();
  }
  absl::StatusOr<std::unique_ptr<const Catalogue>> catalogue = Catalogue::Load(extra, extra_path);
  if (catalogue.ok() || extra.empty()) return catalogue;
  return absl::InvalidArgumentError(
      absl::StrCat("catalogue_extra: ", catalogue.status().message()));
}

absl::Status CheckBackupDir(const std::string& path) {
  std::error_code failed;
  if (path.empty() || std::filesystem::is_directory(path, failed)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("backup_dir: ", path, " is no folder"));
}

absl::StatusOr<FilterPtr> CompileAlertFilter(const std::string& text) {
  if (text.empty()) return nullptr;
  FilterProblem problem;
  FilterPtr filter = Filter::Compile(text, AlertSchema(), problem);
  if (filter != nullptr) return filter;
  return absl::InvalidArgumentError(absl::StrCat("alert_filter: ", ToString(problem)));
}

TlsFiles ToTlsFiles(const Options& options) {
  return {.certificate = options.tls_cert,
          .key = options.tls_key,
          .client_authority = options.tls_client_ca,
          .client_required = options.credentials.empty()};
}

RpcOptions ToRpcOptions(const Options& options, FilterPtr alert_filter) {
  return {.listen = options.listen,
          .tls = ToTlsFiles(options),
          .heartbeat_interval = options.heartbeat_interval,
          .stream_age_max = options.stream_age_max == absl::ZeroDuration()
                                ? absl::InfiniteDuration()
                                : options.stream_age_max,
          .future_max = options.future_max,
          .subscribers_max = static_cast<int>(options.subscribers_max),
          .client_bounds = {.streams = options.client_streams_max,
                            .calls_per_second = options.client_calls_max,
                            .bytes_per_second = options.client_bytes_max},
          .address_bounds = {.streams = options.address_streams_max,
                             .calls_per_second = options.address_calls_max,
                             .bytes_per_second = options.address_bytes_max},
          .transport_bytes_max = options.transport_bytes_max,
          .data_dir = options.data_dir,
          .backup_dir = options.backup_dir,
          .events_kept = options.events_kept,
          .alert_filter = std::move(alert_filter)};
}

// Beside the folder that the program is in, as `make install` and packages lay it out.
std::string DefaultWebRoot() {
  std::error_code failed;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", failed);
  return (program.parent_path().parent_path() / "share/claimwatch/dashboard").string();
}

WebOptions ToWebOptions(const Options& options) {
  return {.listen = options.http_listen,
          .tls = ToTlsFiles(options),
          .web_root = options.web_root.empty() ? DefaultWebRoot() : options.web_root,
          .origins = options.http_origins};
}

}  // namespace

// In the order of building; each borrows from those before it, and they end in the reverse order.
struct App::Parts {
  Options options;
  std::unique_ptr<const Catalogue> catalogue;
  FilterPtr alert_filter;
  std::unique_ptr<DataDirectory> directory;
  std::unique_ptr<ClaimStore> store;
  std::unique_ptr<AlertFeed> feed;
  std::unique_ptr<Ingestor> ingestor;
  std::unique_ptr<Authorizer> authorizer;
  std::unique_ptr<CredentialsWatch> credentials;
  std::unique_ptr<RpcServer> server;
  std::unique_ptr<WebFront> web;  // Null: no HTTP.
  bool stopped = false;

  absl::Status OpenStore();
  absl::Status StartIngest();
  absl::Status ReadCredentials();
  absl::Status StartServer();
  absl::Status StartWeb();
  absl::Status WritePortFile();
};

absl::Status App::Parts::OpenStore() {
  absl::StatusOr<std::unique_ptr<DataDirectory>> opened = DataDirectory::Open(options.data_dir);
  if (!opened.ok()) return opened.status();
  directory = *std::move(opened);
  absl::StatusOr<std::unique_ptr<SqliteStore>> sqlite =
      SqliteStore::Open(directory->StoreFile(), {.disk_free_min = options.disk_free_min});
  if (!sqlite.ok()) return sqlite.status();
  store = *std::move(sqlite);
  return absl::OkStatus();
}

absl::Status App::Parts::StartIngest() {
  absl::StatusOr<StoreState> state = store->ReadState();
  if (!state.ok()) return state.status();
  Log()->info("{}: {} articles, {} claims, {} stories, {} alerts", LogSafe(options.data_dir),
              state->articles, state->claims, state->stories, state->alerts);
  feed = std::make_unique<AlertFeed>(*store, *std::move(state), WireEvent);
  absl::StatusOr<std::unique_ptr<Ingestor>> started =
      Ingestor::Start({.reader_threads = static_cast<int>(options.reader_threads),
                       .future_max = options.future_max,
                       .events_kept = options.events_kept,
                       .events_kept_for = options.events_kept_for,
                       .claims_held = static_cast<std::size_t>(options.claims_held_max),
                       .index_file = directory->path() + "/stories.index"},
                      {.stories_max = static_cast<std::size_t>(options.stories_max),
                       .window = options.story_window},
                      *catalogue, SystemClock(), *store, *feed);
  if (!started.ok()) return started.status();
  ingestor = *std::move(started);
  return absl::OkStatus();
}

absl::Status App::Parts::ReadCredentials() {
  if (options.credentials.empty()) {
    authorizer = std::make_unique<Authorizer>(std::nullopt, SystemClock());
    return absl::OkStatus();
  }
  absl::StatusOr<Credentials> read = Credentials::ReadFile(options.credentials);
  if (!read.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("credentials: ", read.status().message()));
  }
  Log()->info("{} credentials", read->size());
  authorizer = std::make_unique<Authorizer>(*std::move(read), SystemClock());
  credentials = std::make_unique<CredentialsWatch>(options.credentials, *authorizer);
  return absl::OkStatus();
}

absl::Status App::Parts::StartServer() {
  absl::StatusOr<std::unique_ptr<RpcServer>> started =
      RpcServer::Start(ToRpcOptions(options, alert_filter),
                       {SystemClock(), *catalogue, *store, *feed, *ingestor, authorizer.get()});
  if (!started.ok()) return started.status();
  server = *std::move(started);
  Log()->info("claimwatchd {} listens on {}", kVersion, absl::StrJoin(server->addresses(), ", "));
  return absl::OkStatus();
}

absl::Status App::Parts::StartWeb() {
  if (options.http_listen.empty()) return absl::OkStatus();
  absl::StatusOr<std::unique_ptr<WebFront>> started =
      WebFront::Start(ToWebOptions(options), {server->InProcessChannel(), RpcServer::ServiceNames(),
                                              server->alert_hub(), server->metrics()});
  if (absl::IsUnavailable(started.status()) && !options.http_listen_given) {
    Log()->warn("{}; going on without HTTP", std::string(started.status().message()));
    return absl::OkStatus();
  }
  if (!started.ok()) return started.status();
  web = *std::move(started);
  Log()->info("the dashboard is at {}", web->url());
  return absl::OkStatus();
}

absl::Status App::Parts::WritePortFile() {
  if (options.port_file.empty()) return absl::OkStatus();
  // Whole or not at all: whoever waits for the file must not read half of it.
  const std::string unfinished = options.port_file + ".new";
  std::ofstream out(unfinished, std::ios::trunc);
  for (const std::string& address : server->addresses()) out << address << "\n";
  if (web != nullptr) out << web->url() << "\n";
  out.close();
  std::error_code failed;
  if (out) std::filesystem::rename(unfinished, options.port_file, failed);
  if (out && !failed) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("port_file: cannot write ", options.port_file));
}

App::App(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

absl::StatusOr<std::unique_ptr<App>> App::Start(const Options& options) {
  RaiseFileLimit();
  if (absl::Status bad = CheckBackupDir(options.backup_dir); !bad.ok()) return bad;
  absl::StatusOr<std::unique_ptr<const Catalogue>> catalogue =
      LoadCatalogue(options.catalogue_extra);
  if (!catalogue.ok()) return catalogue.status();
  absl::StatusOr<FilterPtr> alert_filter = CompileAlertFilter(options.alert_filter);
  if (!alert_filter.ok()) return alert_filter.status();
  auto parts = std::make_unique<Parts>();
  parts->options = options;
  parts->catalogue = *std::move(catalogue);
  parts->alert_filter = *std::move(alert_filter);
  std::unique_ptr<App> app(new App(std::move(parts)));  // From here on a failure ends in Stop().
  for (const auto step : {&Parts::ReadCredentials, &Parts::OpenStore, &Parts::StartIngest,
                          &Parts::StartServer, &Parts::StartWeb, &Parts::WritePortFile}) {
    if (absl::Status done = (*app->parts_.*step)(); !done.ok()) return done;
  }
  return app;
}

App::~App() { Stop(); }

const std::vector<std::string>& App::addresses() const { return parts_->server->addresses(); }

std::string App::web_url() const {
  return parts_->web == nullptr ? std::string() : parts_->web->url();
}

void App::Stop() {
  Parts& parts = *parts_;
  if (std::exchange(parts.stopped, true)) return;
  std::error_code ignored;
  if (!parts.options.port_file.empty() && parts.server != nullptr) {
    std::filesystem::remove(parts.options.port_file, ignored);
  }
  const absl::Time deadline = SystemClock().Now() + parts.options.drain_grace;
  if (parts.web != nullptr) parts.web->Drain();  // 1. Balancers look elsewhere.
  if (parts.server != nullptr) parts.server->Drain();
  if (parts.ingestor != nullptr) parts.ingestor->Drain();  // 2. Articles in hand are finished.
  if (parts.feed != nullptr) parts.feed->Close();  // 3. Subscribers hear the last, and `end`.
  const auto time_left = [deadline] {
    return std::max(deadline - SystemClock().Now(), absl::ZeroDuration());
  };
  if (parts.web != nullptr) parts.web->Stop(time_left());  // 4. Stragglers are cut.
  if (parts.server != nullptr) parts.server->Stop(time_left());
  parts.web = nullptr;
  parts.server = nullptr;
  parts.credentials = nullptr;
  parts.ingestor = nullptr;
  parts.feed = nullptr;
  parts.store = nullptr;  // 5. Nobody is left to write.
  parts.directory = nullptr;
}

}  // namespace claimwatch
