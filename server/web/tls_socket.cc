#include "server/web/tls_socket.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <signal.h>
#include <sys/stat.h>

#include <array>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include "server/base/log.h"

namespace claimwatch {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

constexpr std::size_t kReadBytes = 64 << 10;
// A record of TLS holds as much; smaller pieces are joined, so that they share one.
constexpr std::size_t kRecordBytes = 16 << 10;

constexpr std::string_view kNotPlain =
    "HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\nconnection: "
    "close\r\n\r\nthis port speaks TLS: say https://\n";

std::string_view ToView(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

// As gRPC tells them: DNS names, URIs and addresses of e-mail, then the common name.
std::vector<std::string> NamesIn(X509* certificate) {
  std::vector<std::string> names;
  auto* const alternatives = static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  for (int i = 0; i < sk_GENERAL_NAME_num(alternatives); ++i) {
    const GENERAL_NAME* const name = sk_GENERAL_NAME_value(alternatives, i);
    if (name->type == GEN_DNS || name->type == GEN_URI || name->type == GEN_EMAIL) {
      names.emplace_back(ToView(name->d.ia5));
    }
  }
  GENERAL_NAMES_free(alternatives);
  X509_NAME* const subject = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at >= 0) {
    names.emplace_back(ToView(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at))));
  }
  return names;
}

class TlsSocket final : public Socket {
 public:
  TlsSocket(tcp::socket socket, const TlsContext& context)
      : socket_(std::move(socket)), tls_(SSL_new(context.get()), &SSL_free) {
    Error ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(tcp::no_delay(true), ignored);
    SSL_set_fd(tls_.get(), socket_.native_handle());
    SSL_set_accept_state(tls_.get());
    SSL_set_mode(tls_.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                 SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  }

  void Open(std::function<void(Error)> when_open) override {
    const int done = Try([this] { return SSL_do_handshake(tls_.get()); });
    if (done == 1) {
      usable_ = true;
      return when_open({});
    }
    if (ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST) SayThatItIsNotPlain();
    WhenReady(done, [this, when_open = std::move(when_open)](Error error) {
      if (IsGone(error)) return when_open(error);
      Open(when_open);
    });
  }

  void Read(WhenRead when_read) override {
    const auto ready = [this, when_read = std::move(when_read)](Error error) {
      if (IsGone(error)) return when_read(error, {});
      ReadNow(when_read);
    };
    if (SSL_has_pending(tls_.get()) == 1) {
      return asio::post(socket_.get_executor(), [ready] { ready({}); });
    }
    socket_.async_wait(tcp::socket::wait_read, ready);
  }

  void Write(const std::vector<asio::const_buffer>& buffers, WhenWritten when_written) override {
    left_.clear();
    std::size_t size = 0;
    for (const asio::const_buffer& buffer : buffers) size += buffer.size();
    if (size <= kRecordBytes) {
      for (const asio::const_buffer& buffer : buffers) {
        joined_.append(static_cast<const char*>(buffer.data()), buffer.size());
      }
      left_.push_back(asio::buffer(joined_));
    } else {
      left_.assign(buffers.rbegin(), buffers.rend());
    }
    WriteNow(std::move(when_written));
  }

  void EndWriting() override {
    SayGoodbye();
    Error ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }

  void Close() override {
    SayGoodbye();
    Error ignored;
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

  tcp::socket& tcp() override { return socket_; }

  std::vector<std::string> PeerNames() const override {
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        SSL_get1_peer_certificate(tls_.get()), &X509_free);
    return certificate == nullptr ? std::vector<std::string>() : NamesIn(certificate.get());
  }

 private:
  // Whoever waited may be called after Close() all the same, and then the number of our socket may
  // be another's already.
  bool IsGone(Error& error) const {
    if (!error && !socket_.is_open()) error = asio::error::operation_aborted;
    return static_cast<bool>(error);
  }

  // An operation of OpenSSL, with nothing of an earlier one in its queue of errors.
  template <typename Operation>
  static int Try(Operation operation) {
    ERR_clear_error();
    return operation();
  }

  // Calls back when an operation that came to `result` may be tried again, or will never succeed.
  void WhenReady(int result, std::function<void(Error)> ready) {
    const int why = SSL_get_error(tls_.get(), result);
    if (why == SSL_ERROR_WANT_READ) return socket_.async_wait(tcp::socket::wait_read, ready);
    if (why == SSL_ERROR_WANT_WRITE) return socket_.async_wait(tcp::socket::wait_write, ready);
    if (why != SSL_ERROR_ZERO_RETURN) usable_ = false;
    const Error error = why == SSL_ERROR_ZERO_RETURN ? Error(asio::error::eof)
                                                     : Error(asio::error::connection_reset);
    asio::post(socket_.get_executor(), [ready = std::move(ready), error] { ready(error); });
  }

  void ReadNow(const WhenRead& when_read) {
    static thread_local std::array<char, kReadBytes> buffer;
    const int got = Try([this] { return SSL_read(tls_.get(), buffer.data(), kReadBytes); });
    if (got > 0) return when_read({}, {buffer.data(), static_cast<std::size_t>(got)});
    WhenReady(got, [this, when_read](Error error) {
      if (IsGone(error)) return when_read(error, {});
      ReadNow(when_read);
    });
  }

  // left_ is in reverse.
  void WriteNow(WhenWritten when_written) {
    while (!left_.empty()) {
      asio::const_buffer& next = left_.back();
      if (next.size() == 0) {
        left_.pop_back();
        continue;
      }
      const int sent =
          Try([&] { return SSL_write(tls_.get(), next.data(), static_cast<int>(next.size())); });
      if (sent <= 0) {
        return WhenReady(sent, [this, when_written = std::move(when_written)](Error error) {
          if (IsGone(error)) return when_written(error);
          WriteNow(when_written);
        });
      }
      next += static_cast<std::size_t>(sent);
    }
    std::string().swap(joined_);
    asio::post(socket_.get_executor(),
               [when_written = std::move(when_written)] { when_written({}); });
  }

  // The peer may tell an end from a cable that was cut.
  void SayGoodbye() {
    if (!std::exchange(usable_, false)) return;
    Try([this] { return SSL_shutdown(tls_.get()); });
  }

  void SayThatItIsNotPlain() {
    Error ignored;
    socket_.write_some(asio::buffer(kNotPlain.data(), kNotPlain.size()), ignored);
  }

  tcp::socket socket_;
  const std::unique_ptr<SSL, decltype(&SSL_free)> tls_;
  std::vector<asio::const_buffer> left_;  // To be written, the next one last.
  std::string joined_;                    // What left_ points into, where pieces were small.
  bool usable_ = false;                   // The handshake is done, and nothing failed since.
};

// HTTP/1.1 for those who ask; who offers something else only is not turned away for that.
int SelectProtocol(SSL*, const unsigned char** chosen, unsigned char* size,
                   const unsigned char* offered, unsigned offered_size, void*) {
  static constexpr unsigned char kHttp[] = "\x08http/1.1";
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, size, kHttp, sizeof(kHttp) - 1, offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;
  }
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

absl::StatusOr<TlsContext> Load(const TlsFiles& files) {
  absl::StatusOr<TlsContext> context = LoadTlsContext(files);
  if (context.ok()) SSL_CTX_set_alpn_select_cb(context->get(), SelectProtocol, nullptr);
  return context;
}

}  // namespace

std::unique_ptr<Socket> MakeTlsSocket(tcp::socket socket, const TlsContext& context) {
  return std::make_unique<TlsSocket>(std::move(socket), context);
}

absl::StatusOr<std::unique_ptr<TlsFilesWatch>> TlsFilesWatch::Start(TlsFiles files) {
  signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to sockets whose peer is gone like to any other.
  std::unique_ptr<TlsFilesWatch> watch(new TlsFilesWatch(std::move(files)));
  absl::StatusOr<TlsContext> context = Load(watch->files_);
  if (!context.ok()) return context.status();
  absl::MutexLock lock(&watch->mu_);
  watch->current_ = *std::move(context);
  return watch;
}

TlsContext TlsFilesWatch::Current() const {
  absl::MutexLock lock(&mu_);
  return current_;
}

void TlsFilesWatch::Look() {
  std::vector<Stamp> now = Stamps();
  if (now == seen_) return;
  seen_ = std::move(now);
  absl::StatusOr<TlsContext> context = Load(files_);
  if (!context.ok()) {
    Log()->warn("http: {}; the certificate before it stays in use",
                LogSafe(std::string(context.status().message())));
    return;
  }
  Log()->info("http: the certificate was read again");
  absl::MutexLock lock(&mu_);
  current_ = *std::move(context);
}

std::vector<TlsFilesWatch::Stamp> TlsFilesWatch::Stamps() const {
  std::vector<Stamp> stamps;
  for (const std::string& path : {files_.certificate, files_.key, files_.client_authority}) {
    struct stat found {};
    Stamp& stamp = stamps.emplace_back();
    if (path.empty() || stat(path.c_str(), &found) != 0) continue;
    stamp = {.modified = found.st_mtim.tv_sec * 1'000'000'000 + found.st_mtim.tv_nsec,
             .size = found.st_size,
             .number = found.st_ino};
  }
  return stamps;
}

}  // namespace claimwatch
