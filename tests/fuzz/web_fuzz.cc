// Any bytes from a browser: the decoders of gRPC-Web and Connect, and the way of an HTTP request.
//
// The first byte says how the rest is cut into reads, so that every border is met. Whatever comes,
// a connection answers or closes, holds no more than its bounds, and gives back what it counted;
// what the decoders take, the encoders give.
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "server/base/check.h"
#include "server/web/base64.h"
#include "server/web/connection.h"
#include "server/web/frames.h"
#include "server/web/gzip.h"
#include "server/web/limits.h"

namespace claimwatch {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kInflatedMax = 1 << 16;

// Reads what it was given, piece after piece, then the end; takes whatever is written.
class ScriptedSocket final : public Socket {
 public:
  ScriptedSocket(asio::io_context& loop, std::string_view bytes, std::size_t piece)
      : loop_(loop), tcp_(loop), bytes_(bytes), piece_(piece) {}

  void Open(std::function<void(Error)> when_open) override { when_open({}); }
  void Read(WhenRead when_read) override {
    asio::post(loop_, [this, when_read = std::move(when_read)] {
      const std::string_view next = bytes_.substr(0, piece_);
      bytes_.remove_prefix(next.size());
      if (next.empty()) return when_read(asio::error::eof, {});
      when_read({}, next);
    });
  }
  void Write(const std::vector<asio::const_buffer>& buffers, WhenWritten when_written) override {
    for (const asio::const_buffer& buffer : buffers) CW_CHECK(buffer.size() < kHttpBodyBytesMax);
    asio::post(loop_, [when_written = std::move(when_written)] { when_written({}); });
  }
  void EndWriting() override {}
  void Close() override { bytes_ = {}; }
  asio::ip::tcp::socket& tcp() override { return tcp_; }

 private:
  asio::io_context& loop_;
  asio::ip::tcp::socket tcp_;
  std::string_view bytes_;
  const std::size_t piece_;
};

void CheckDecoders(const std::string& bytes) {
  if (const auto decoded = DecodeBase64(bytes); decoded.ok()) {
    CW_CHECK(decoded->size() <= bytes.size());
    CW_CHECK(*DecodeBase64(EncodeBase64(*decoded)) == *decoded);
  }
  CW_CHECK(*DecodeBase64(EncodeBase64(bytes)) == bytes);
  CW_CHECK(*DecodeBase64(EncodeBase64(bytes, false)) == bytes);
  const std::size_t half = bytes.size() / 2;
  CW_CHECK(*DecodeBase64(EncodeBase64(bytes.substr(0, half)) + EncodeBase64(bytes.substr(half))) ==
           bytes);
  for (const std::uint8_t known : {std::uint8_t{0}, kFrameCompressed, kFrameTrailers}) {
    const auto frame = ReadOnlyFrame(bytes, known);
    if (!frame.ok()) continue;
    CW_CHECK(frame->message.size() + kFrameHeaderBytes == bytes.size());
    CW_CHECK((frame->flags & ~known) == 0);
  }
  CW_CHECK(ReadOnlyFrame(FrameHeader(0, bytes.size()) + bytes, 0)->message == bytes);
  if (const auto inflated = Gunzip(bytes, kInflatedMax); inflated.ok()) {
    CW_CHECK(inflated->size() <= kInflatedMax);
  }
  if (const auto plain = PercentDecode(bytes, true); plain.ok()) {
    CW_CHECK(*PercentDecode(PercentEncode(*plain), false) == *plain);
  }
}

void CheckRequest(std::string_view bytes, std::size_t piece) {
  asio::io_context loop;
  HttpShared shared;
  int closed = 0;
  shared.steady = [] { return absl::ZeroDuration(); };
  shared.handle = [](const std::shared_ptr<Exchange>& exchange) {
    const HttpRequest& request = exchange->request;
    CW_CHECK(!request.method.empty() && request.body.size() <= kHttpBodyBytesMax);
    const auto query = ReadQuery(request.query);
    exchange->Answer(
        PlainResponse(query.ok() ? 200 : 400, MediaType(request.Field("content-type"))));
  };
  const auto connection =
      std::make_shared<Connection>(loop, std::make_unique<ScriptedSocket>(loop, bytes, piece),
                                   shared, [&](Connection*) { ++closed; });
  connection->Start();
  loop.run();
  connection->Close();
  CW_CHECK(closed == 1);
}

}  // namespace
}  // namespace claimwatch

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  claimwatch::CheckDecoders(bytes);
  claimwatch::CheckRequest(bytes, data[0] == 0 ? size : data[0]);
  return 0;
}
