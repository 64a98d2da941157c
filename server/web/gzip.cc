#include "server/web/gzip.h"

#include <zlib.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "server/base/check.h"

namespace claimwatch {
namespace {

constexpr int kGzipWindow = 15 + 16;  // The largest window, with gzip's header.
constexpr std::size_t kStep = 64 << 10;

void Give(z_stream& stream, std::string_view bytes) {
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
}

}  // namespace

absl::StatusOr<std::string> Gunzip(std::string_view bytes, std::size_t bytes_max) {
  z_stream stream{};
  CW_CHECK(inflateInit2(&stream, kGzipWindow) == Z_OK);
  Give(stream, bytes);
  std::string out;
  int state = Z_OK;
  while (state == Z_OK && out.size() <= bytes_max) {
    const std::size_t had = out.size();
    out.resize(had + std::min(kStep, bytes_max + 1 - had));
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + had);
    stream.avail_out = static_cast<uInt>(out.size() - had);
    state = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
  }
  const bool all_read = stream.avail_in == 0;
  inflateEnd(&stream);
  if (out.size() > bytes_max) {
    return absl::InvalidArgumentError(
        absl::StrCat("inflates to more than the limit of ", bytes_max, " bytes"));
  }
  if (state != Z_STREAM_END || !all_read) return absl::InvalidArgumentError("is no whole gzip");
  return out;
}

std::string Gzip(std::string_view bytes) {
  z_stream stream{};
  CW_CHECK(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, 9,
                        Z_DEFAULT_STRATEGY) == Z_OK);
  Give(stream, bytes);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  CW_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace claimwatch
