#include "server/web/connection.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "server/base/check.h"
#include "server/base/clock.h"
#include "server/web/limits.h"

namespace claimwatch {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

// A slow but living client may take this many bytes a second at least.
constexpr double kSendBytesPerSecondMin = 16 << 10;

std::string HeadOf(const HttpResponse& response, const HttpFields& common, bool keep_alive,
                   std::string_view framing) {
  std::string head = absl::StrCat("HTTP/1.1 ", response.status, " ");
  head += ReasonPhrase(response.status);
  absl::StrAppend(
      &head, "\r\ndate: ",
      absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", SystemClock().Now(), absl::UTCTimeZone()),
      "\r\nx-content-type-options: nosniff\r\n");
  head += framing;
  if (!keep_alive) head += "connection: close\r\n";
  for (const HttpFields* fields : {&response.fields, &common}) {
    for (const auto& [name, value] : *fields) absl::StrAppend(&head, name, ": ", value, "\r\n");
  }
  head += "\r\n";
  return head;
}

HttpRequest Taken(http::request<http::string_body>&& read, const Socket::Error& error,
                  const asio::ip::tcp::endpoint& peer) {
  HttpRequest request;
  request.method = std::string(read.method_string());
  const std::string target(read.target());
  const std::size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string::npos) request.query = target.substr(question + 1);
  for (const auto& field : read) {
    const auto name = field.name_string();
    request.fields.emplace_back(absl::AsciiStrToLower(absl::string_view(name.data(), name.size())),
                                std::string(field.value()));
  }
  request.minor_version = read.version() >= 11 ? 1 : 0;
  request.keep_alive = read.keep_alive();
  request.body = std::move(read.body());
  if (!error) request.peer = absl::StrCat(peer.address().to_string(), ":", peer.port());
  return request;
}

}  // namespace

// The connection's side of an exchange: what it writes lives here until it is taken.
class Connection::Turn final : public Exchange {
 public:
  Turn(asio::io_context& loop, Connection* connection) : loop_(loop), connection_(connection) {}

  void Answer(HttpResponse response) override {
    if (connection_ == nullptr) return;
    response_ = std::move(response);
    const bool has_body = response_.status != 204 && response_.status != 304;
    const std::string_view content =
        has_body && request.method != "HEAD" ? response_.content() : std::string_view();
    std::string framing;
    if (has_body) {
      framing = absl::StrCat("content-length: ", response_.content().size(), "\r\n");
    }
    head_ = HeadOf(response_, common_fields, KeepsAlive(), framing);
    connection_->Send({asio::buffer(head_), asio::buffer(content.data(), content.size())},
                      head_.size() + content.size(), true);
  }

  void Begin(HttpResponse head) override {
    if (connection_ == nullptr) return;
    Socket::Error ignored;
    connection_->socket_->tcp().set_option(
        asio::socket_base::send_buffer_size(kHttpStreamSendBytesMax), ignored);
    chunked_ = request.minor_version >= 1;
    if (!chunked_) request.keep_alive = false;
    head_ =
        HeadOf(head, common_fields, KeepsAlive(), chunked_ ? "transfer-encoding: chunked\r\n" : "");
    begun_ = true;
  }

  void Write(std::shared_ptr<const std::string> piece) override {
    if (connection_ == nullptr) return;
    CW_CHECK(begun_ && piece_ == nullptr);
    piece_ = std::move(piece);
    if (chunked_) absl::StrAppend(&head_, absl::Hex(piece_->size()), "\r\n");
    std::vector<asio::const_buffer> buffers{asio::buffer(head_), asio::buffer(*piece_)};
    if (chunked_) buffers.push_back(asio::buffer("\r\n", 2));
    connection_->Send(std::move(buffers), head_.size() + piece_->size(), false);
  }

  void End(std::string last_piece) override {
    if (connection_ == nullptr) return;
    CW_CHECK(begun_ && piece_ == nullptr);
    if (chunked_ && !last_piece.empty()) {
      absl::StrAppend(&head_, absl::Hex(last_piece.size()), "\r\n", last_piece, "\r\n");
    } else {
      head_ += last_piece;
    }
    if (chunked_) head_ += "0\r\n\r\n";
    connection_->Send({asio::buffer(head_)}, head_.size(), true);
  }

  bool is_over() const override { return connection_ == nullptr; }

  void Cut() override {
    if (connection_ != nullptr) connection_->Close();
  }

  void Post(std::function<void()> work) override { asio::post(loop_, std::move(work)); }

  void PostAfter(absl::Duration time, std::function<void()> work) override {
    const auto timer = std::make_shared<asio::steady_timer>(loop_);
    timer->expires_after(absl::ToChronoMilliseconds(time));
    timer->async_wait([timer, work = std::move(work)](Socket::Error error) {
      if (!error) work();
    });
  }

  // A piece is taken.
  void Written() {
    std::string().swap(head_);
    piece_ = nullptr;
    // A copy, since what it calls may end the exchange and forget it.
    if (const auto written = on_written) written();
  }

  // The connection goes on without this exchange. `gone`: because the client left.
  void Detach(bool gone) {
    connection_ = nullptr;
    const std::function<void()> told = std::exchange(on_gone, nullptr);
    on_written = nullptr;
    if (gone && told) told();
  }

  bool KeepsAlive() const { return request.keep_alive && !connection_->shared_.draining; }

 private:
  asio::io_context& loop_;
  Connection* connection_;  // Null: the exchange is over.
  HttpResponse response_;
  std::string head_;  // Whatever stands before the next piece.
  std::shared_ptr<const std::string> piece_;
  bool begun_ = false;
  bool chunked_ = false;
};

Connection::Connection(asio::io_context& loop, std::unique_ptr<Socket> socket, HttpShared& shared,
                       std::function<void(Connection*)> closed)
    : loop_(loop), socket_(std::move(socket)), shared_(shared), closed_(std::move(closed)) {}

Connection::~Connection() { shared_.body_bytes -= body_bytes_; }

void Connection::Start() {
  AllowFor(kHttpHeaderTimeMax);
  socket_->Open([self = shared_from_this()](Socket::Error error) {
    if (error) return self->Close();
    self->Read();
  });
}

void Connection::Tick(absl::Duration now) {
  if (now >= due_) Close();
}

void Connection::CloseIfIdle() {
  if (lingers_ || (turn_ == nullptr && in_.empty() && parser_ == nullptr)) Close();
}

void Connection::Close() {
  if (std::exchange(is_closed_, true)) return;
  const auto self = shared_from_this();  // The loop lets go of us below.
  socket_->Close();
  if (const auto turn = std::exchange(turn_, nullptr)) turn->Detach(true);
  closed_(this);
}

void Connection::Read() {
  if (reading_ || is_closed_) return;
  reading_ = true;
  socket_->Read([self = shared_from_this()](Socket::Error error, std::string_view bytes) {
    self->reading_ = false;
    self->WhenRead(error, bytes);
  });
}

void Connection::WhenRead(Socket::Error error, std::string_view bytes) {
  if (is_closed_) return;
  if (error) return Close();
  if (lingers_) return Read();
  in_ += bytes;
  if (turn_ == nullptr) {
    Parse();
  } else if (in_.size() > kHttpHeaderBytesMax) {
    return;  // The next request waits with the client; NextRequest() reads on.
  }
  Read();
}

void Connection::Parse() {
  if (parser_ == nullptr) {
    parser_ = std::make_unique<Parser>();
    parser_->eager(true);
    parser_->header_limit(kHttpHeaderBytesMax);
    parser_->body_limit(kHttpBodyBytesMax);
    AllowFor(kHttpHeaderTimeMax);
  }
  const bool had_header = parser_->is_header_done();
  bool more = true;
  while (more && !in_.empty() && !parser_->is_done()) {
    Socket::Error error;
    const std::size_t taken = parser_->put(asio::buffer(in_), error);
    in_.erase(0, taken);
    TakeBodyBytes();
    more = taken > 0 && !error;
    if (error == http::error::need_more) error = {};
    if (!WithinBounds(error)) return;
  }
  if (parser_->is_done()) return Dispatch();
  if (!parser_->is_header_done()) return;
  AllowFor(kHttpBodyIdleMax);
  if (!had_header && parser_->get()[http::field::expect] == "100-continue") {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    Send({asio::buffer(kContinue.data(), kContinue.size())}, kContinue.size(), false);
  }
}

bool Connection::WithinBounds(Socket::Error error) {
  if (shared_.body_bytes > kHttpBodiesBytesMax) {
    Refuse(503, "too much is being read; come back in a moment\n");
  } else if (error == http::error::header_limit) {
    Refuse(431, absl::StrCat("the header is over ", kHttpHeaderBytesMax, " bytes\n"));
  } else if (error == http::error::body_limit) {
    Refuse(413, absl::StrCat("the body is over ", kHttpBodyBytesMax, " bytes\n"));
  } else if (error) {
    Refuse(400, absl::StrCat("this is no HTTP/1.1 request: ", error.message(), "\n"));
  } else {
    return true;
  }
  return false;
}

void Connection::TakeBodyBytes() {
  if (!parser_->is_header_done()) return;
  const std::size_t announced = parser_->content_length().value_or(0);
  const std::size_t bytes = std::max<std::size_t>(announced, parser_->get().body().size());
  if (bytes <= body_bytes_) return;
  shared_.body_bytes += bytes - body_bytes_;
  body_bytes_ = bytes;
}

void Connection::Dispatch() {
  turn_ = std::make_shared<Turn>(loop_, this);
  Socket::Error error;
  const auto peer = socket_->tcp().remote_endpoint(error);
  turn_->request = Taken(parser_->release(), error, peer);
  turn_->request.certificates = socket_->PeerNames();
  parser_ = nullptr;
  if (in_.empty()) std::string().swap(in_);  // A subscriber may stay for hours.
  due_ = absl::InfiniteDuration();           // The handler's own bounds hold now.
  const auto turn = turn_;
  shared_.handle(turn);
}

void Connection::Refuse(int status, std::string why) {
  turn_ = std::make_shared<Turn>(loop_, this);
  turn_->request.keep_alive = false;
  parser_ = nullptr;
  in_.clear();
  turn_->Answer(PlainResponse(status, std::move(why)));
}

// The buffers are the turn's. Only "100 Continue" can still be under way here.
void Connection::Send(std::vector<asio::const_buffer> buffers, std::size_t size, bool last) {
  if (sending_) {
    send_next_ = [this, buffers = std::move(buffers), size, last] { Send(buffers, size, last); };
    return;
  }
  sending_ = true;
  AllowFor(kWriteStallMax + absl::Seconds(static_cast<double>(size) / kSendBytesPerSecondMin));
  socket_->Write(buffers, [self = shared_from_this(), last](Socket::Error error) {
    self->WhenSent(error, last);
  });
}

void Connection::WhenSent(Socket::Error error, bool last) {
  sending_ = false;
  if (is_closed_) return;
  if (error) return Close();
  if (const auto next = std::exchange(send_next_, nullptr)) return next();
  if (turn_ == nullptr) return;  // That was "100 Continue".
  if (last) return NextRequest();
  due_ = absl::InfiniteDuration();
  turn_->Written();
}

void Connection::NextRequest() {
  const bool keep = turn_->KeepsAlive();
  std::exchange(turn_, nullptr)->Detach(false);
  shared_.body_bytes -= std::exchange(body_bytes_, 0);
  if (!keep) return Linger();
  AllowFor(kHttpKeepAliveMax);
  if (!in_.empty()) Parse();
  Read();
}

// What the client still sends is read and forgotten for a moment: closing on it would reset the
// connection, and the client might never see the answer.
void Connection::Linger() {
  socket_->EndWriting();
  lingers_ = true;
  AllowFor(kHttpLingerMax);
  Read();
}

}  // namespace claimwatch
