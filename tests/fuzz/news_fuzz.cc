// Any bytes as what the world hands to `claimwatch feed`: a document of RSS or Atom, the HTML in
// it, its times, and the file in which the last run noted how far it was. The first byte says
// which.
//
// Whatever comes, an article that is made of it has an id and a text, is within the bounds of the
// contract, and its time is one that the contract can say; HTML becomes text without markup of its
// own; a noted place that is read is the same when it is written down and read again.
#include <google/protobuf/util/time_util.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "client/exchange/feed_document.h"
#include "client/exchange/feed_state.h"
#include "client/exchange/html_text.h"
#include "server/base/check.h"

namespace claimwatch {
namespace {

using google::protobuf::Timestamp;
using google::protobuf::util::TimeUtil;

constexpr std::size_t kIdBytesMax = 256;  // Of an article: proto/claimwatch/v1/article.proto.

void CheckTime(const Timestamp& time) {
  CW_CHECK(time.seconds() >= TimeUtil::kTimestampMinSeconds);
  CW_CHECK(time.seconds() <= TimeUtil::kTimestampMaxSeconds && time.nanos() == 0);
}

void CheckDocument(std::string_view bytes) {
  const auto feed = exchange::ReadFeed(bytes, "https://feeds.example:8443/news?all");
  if (!feed.ok()) return CW_CHECK(!feed.status().message().empty());
  for (const v1::Article& article : feed->articles) {
    CW_CHECK(!article.article_id().empty() && article.article_id().size() <= kIdBytesMax);
    CW_CHECK(!article.title().empty() || !article.body().empty());
    CW_CHECK(article.source() == "feeds.example");
    if (article.has_publish_time()) CheckTime(article.publish_time());
  }
}

void CheckHtml(std::string_view bytes) {
  const std::string text = exchange::TextOfHtml(bytes);
  CW_CHECK(text.size() <= 2 * bytes.size());
  CW_CHECK(text.find("\n\n\n") == std::string::npos && text.find("  ") == std::string::npos);
  CW_CHECK(text.empty() ||
           (!absl::ascii_isspace(text.front()) && !absl::ascii_isspace(text.back())));
}

std::string ReadBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void CheckState(std::string_view bytes) {
  static const std::string path = absl::StrCat("/dev/shm/claimwatch-news-fuzz.", getpid());
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  exchange::FeedState state;
  const absl::Status read = exchange::FeedState::Load(path, state);
  if (read.ok()) {
    CW_CHECK(state.Save().ok());
    const std::string saved = ReadBytes(path);
    exchange::FeedState again;
    CW_CHECK(exchange::FeedState::Load(path, again).ok() && again.Save().ok());
    CW_CHECK(ReadBytes(path).size() == saved.size());  // A map in it is in any order.
  } else {
    CW_CHECK(read.message().find(path) != absl::string_view::npos);
  }
  std::remove(path.c_str());
}

}  // namespace
}  // namespace claimwatch

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 4) {
    case 0:
      claimwatch::CheckDocument(bytes);
      break;
    case 1:
      claimwatch::CheckHtml(bytes);
      break;
    case 2:
      if (const auto time = claimwatch::exchange::ReadFeedTime(bytes)) claimwatch::CheckTime(*time);
      break;
    default:
      claimwatch::CheckState(bytes);
  }
  return 0;
}
