#include "server/web/listener.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <thread>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "server/base/log.h"
#include "server/web/limits.h"

namespace claimwatch {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::milliseconds kTick{500};
constexpr std::chrono::milliseconds kAcceptAgain{100};

constexpr std::string_view kFull =
    "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\nretry-after: "
    "5\r\n\r\n";

}  // namespace

// One thread and its connections.
class Listener::Loop {
 public:
  Loop(HttpShared& shared, HttpCounters& counters, TlsFilesWatch* tls, Activity& open)
      : shared_(shared), counters_(counters), tls_(tls), open_(open) {
    Tick();
  }

  void Run() {
    thread_ = std::thread([this] { context.run(); });
  }

  void Add(asio::ip::tcp::socket socket) {
    auto wrapped = tls_ == nullptr ? MakePlainSocket(std::move(socket))
                                   : MakeTlsSocket(std::move(socket), tls_->Current());
    auto connection = std::make_shared<Connection>(context, std::move(wrapped), shared_,
                                                   [this](Connection* closed) {
                                                     connections_.erase(closed);
                                                     --counters_.connections;
                                                     open_.End();
                                                   });
    connections_.emplace(connection.get(), connection);
    connection->Start();
  }

  // One loop notices for all when the files of TLS change.
  void LookAfterFiles() { looks_ = tls_ != nullptr; }

  void CloseIdle() {
    ForEach([](Connection& connection) { connection.CloseIfIdle(); });
  }
  void CloseAll() {
    ForEach([](Connection& connection) { connection.Close(); });
  }

  void Stop() {
    context.stop();
    if (thread_.joinable()) thread_.join();
  }

  asio::io_context context{1};

 private:
  // Closing takes connections out of the map.
  template <typename Function>
  void ForEach(Function function) {
    std::vector<std::shared_ptr<Connection>> all;
    for (const auto& [address, connection] : connections_) all.push_back(connection);
    for (const auto& connection : all) function(*connection);
  }

  void Tick() {
    timer_.expires_after(kTick);
    timer_.async_wait([this](boost::system::error_code error) {
      if (error) return;
      const absl::Duration now = shared_.steady();
      ForEach([now](Connection& connection) { connection.Tick(now); });
      if (shared_.draining) CloseIdle();
      if (looks_) tls_->Look();
      Tick();
    });
  }

  HttpShared& shared_;
  HttpCounters& counters_;
  TlsFilesWatch* const tls_;
  Activity& open_;
  asio::executor_work_guard<asio::io_context::executor_type> work_{context.get_executor()};
  asio::steady_timer timer_{context};
  absl::flat_hash_map<Connection*, std::shared_ptr<Connection>> connections_;
  bool looks_ = false;  // Set before the thread runs.
  std::thread thread_;
};

Listener::Listener(HttpCounters& counters) : counters_(counters) {}

Listener::~Listener() { Stop(); }

absl::StatusOr<std::unique_ptr<Listener>> Listener::Start(const asio::ip::tcp::endpoint& endpoint,
                                                          int threads, HttpShared& shared,
                                                          HttpCounters& counters,
                                                          TlsFilesWatch* tls) {
  std::unique_ptr<Listener> made(new Listener(counters));
  for (int i = 0; i < threads; ++i) {
    made->loops_.push_back(std::make_unique<Loop>(shared, counters, tls, made->open_));
  }
  made->loops_[0]->LookAfterFiles();
  made->acceptor_ = std::make_unique<asio::ip::tcp::acceptor>(made->loops_[0]->context);
  asio::ip::tcp::acceptor& acceptor = *made->acceptor_;
  boost::system::error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::ip::tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::ip::tcp::acceptor::max_listen_connections, error);
  if (error) return absl::UnavailableError(error.message());
  made->port_ = acceptor.local_endpoint(error).port();
  made->Accept();
  for (const auto& loop : made->loops_) loop->Run();
  return made;
}

void Listener::Accept() {
  Loop& loop = *loops_[next_++ % loops_.size()];
  acceptor_->async_accept(
      loop.context, [this, &loop](boost::system::error_code error, asio::ip::tcp::socket socket) {
        if (!acceptor_->is_open()) return;
        if (!error) {
          WhenAccepted(loop, std::move(socket));
          return Accept();
        }
        ++counters_.accept_errors_total;
        const auto timer = std::make_shared<asio::steady_timer>(loops_[0]->context, kAcceptAgain);
        timer->async_wait([this, timer](boost::system::error_code) {
          if (acceptor_->is_open()) Accept();
        });
      });
}

void Listener::WhenAccepted(Loop& loop, asio::ip::tcp::socket socket) {
  ++counters_.connections_total;
  if (counters_.connections >= kHttpConnectionsMax) {
    ++counters_.connections_shed_total;
    boost::system::error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(kFull.data(), kFull.size()), ignored);
    return;
  }
  ++counters_.connections;
  open_.Begin();
  const auto held = std::make_shared<asio::ip::tcp::socket>(std::move(socket));
  asio::post(loop.context, [&loop, held] { loop.Add(std::move(*held)); });
}

void Listener::CloseIdle() {
  asio::post(loops_[0]->context, [this] {
    boost::system::error_code ignored;
    acceptor_->close(ignored);
  });
  for (const auto& loop : loops_) {
    asio::post(loop->context, [&loop = *loop] { loop.CloseIdle(); });
  }
}

void Listener::CloseAll() {
  for (const auto& loop : loops_) {
    asio::post(loop->context, [&loop = *loop] { loop.CloseAll(); });
  }
  AwaitNone(absl::InfiniteDuration());
}

void Listener::Stop() {
  if (acceptor_ == nullptr) return;
  for (const auto& loop : loops_) loop->Stop();
  acceptor_ = nullptr;
}

}  // namespace claimwatch
