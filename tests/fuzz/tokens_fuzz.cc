// Any bytes as what a returning client hands in to go on: the token of a page, the token of a place
// in the feed. The first byte says which.
//
// A token that is taken is, letter for letter, the one that we would give out for what it says, so
// that nobody can write one place in two ways; the message about one that is refused holds nothing
// of it. The bytes are also tried as what a token holds.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/escaping.h"
#include "claimwatch/v1/alert.pb.h"
#include "server/base/check.h"
#include "server/feed/alert_feed.h"
#include "server/rpc/page_token.h"

namespace claimwatch {
namespace {

constexpr std::size_t kEpochBytesMax = 64;  // As in server/feed/resume_token.cc.

void CheckPlaceInFeed(const std::string& token) {
  const auto point = DecodeToken(token);
  if (!point.ok()) return CW_CHECK(point.status().message() == DecodeToken("").status().message());
  CW_CHECK(point->position >= 0 && point->epoch.size() <= kEpochBytesMax);
  CW_CHECK(EncodeToken(*point) == token);
}

void CheckPlaceMade(const std::string& bytes) {
  ResumePoint made{.epoch = bytes.substr(0, kEpochBytesMax), .position = 0};
  for (const char c : bytes) {
    made.position = (made.position << 5) ^ static_cast<unsigned char>(c);
    made.position &= INT64_MAX;
  }
  const auto back = DecodeToken(EncodeToken(made));
  CW_CHECK(back.ok() && back->epoch == made.epoch && back->position == made.position);
}

void CheckPage(const std::string& token) {
  v1::ListAlertsRequest request;
  request.set_page_token(token);
  Page page;
  if (const std::optional<Error> error = ReadPage(request, page); error.has_value()) {
    CW_CHECK(error->reason == "PAGE_TOKEN_INVALID" && page.place == 0);
    CW_CHECK(error->message.find("page_token") != std::string::npos);
    return;
  }
  CW_CHECK(page.place >= 0 && (page.place == 0) == token.empty());
  CW_CHECK(token.empty() || page.TokenAt(page.place) == token);
}

}  // namespace
}  // namespace claimwatch

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string coded = absl::WebSafeBase64Escape(text);
  switch (data[0] % 5) {
    case 0:
      claimwatch::CheckPlaceInFeed(text);
      break;
    case 1:
      claimwatch::CheckPlaceInFeed(coded);
      break;
    case 2:
      claimwatch::CheckPlaceMade(text);
      break;
    case 3:
      claimwatch::CheckPage(text);
      break;
    default:
      claimwatch::CheckPage(coded);
  }
  return 0;
}
