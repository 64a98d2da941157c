#include "server/web/socket.h"

#include <array>
#include <boost/asio/write.hpp>
#include <utility>

namespace claimwatch {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kReadBytes = 64 << 10;

class PlainSocket final : public Socket {
 public:
  explicit PlainSocket(asio::ip::tcp::socket socket) : socket_(std::move(socket)) {
    Error ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  }

  void Open(std::function<void(Error)> when_open) override { when_open({}); }

  void Read(WhenRead when_read) override {
    socket_.async_wait(asio::ip::tcp::socket::wait_read,
                       [this, when_read = std::move(when_read)](Error error) {
                         if (error) return when_read(error, {});
                         ReadNow(when_read);
                       });
  }

  void Write(const std::vector<asio::const_buffer>& buffers, WhenWritten when_written) override {
    asio::async_write(socket_, buffers,
                      [when_written = std::move(when_written)](Error error, std::size_t) {
                        when_written(error);
                      });
  }

  void EndWriting() override {
    Error ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  }

  void Close() override {
    Error ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

  asio::ip::tcp::socket& tcp() override { return socket_; }

 private:
  void ReadNow(const WhenRead& when_read) {
    static thread_local std::array<char, kReadBytes> buffer;
    Error error;
    const std::size_t size = socket_.read_some(asio::buffer(buffer), error);
    if (error == asio::error::would_block || error == asio::error::interrupted) {
      return Read(when_read);
    }
    when_read(error, {buffer.data(), size});
  }

  asio::ip::tcp::socket socket_;
};

}  // namespace

std::unique_ptr<Socket> MakePlainSocket(asio::ip::tcp::socket socket) {
  return std::make_unique<PlainSocket>(std::move(socket));
}

}  // namespace claimwatch
