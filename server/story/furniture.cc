#include "server/story/furniture.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "server/base/check.h"
#include "server/story/common_words.h"

namespace claimwatch {
namespace {

constexpr std::string_view kStrong =
    "subscribe unsubscribe subscription newsletter login logout signup cookie javascript retweet "
    "inbox "
    "rebroadcast redistributed copyright hyperlink paywall autoplay username captcha rss permalink "
    "thumbnail slideshow";
constexpr std::string_view kMedium =
    "click tap swipe email sign log account profile notification page share comment commenting "
    "follow "
    "facebook twitter instagram tweet download app video photo image caption courtesy website site "
    "web "
    "registration register submit submitting terms privacy password please reserved rights "
    "material "
    "broadcast rewritten publish published advertisement sponsored related gallery link advertise "
    "mobile alert breaking updated comments trending browser contact loading viewing embed "
    "playlist footage credit getty";
constexpr std::string_view kWeak = "you your";

constexpr std::size_t kSlots = 512;

class Points {
 public:
  Points() {
    Put(kStrong, 3);
    Put(kMedium, 1);
    Put(kWeak, 1);
  }
  int Get(std::uint32_t hash) const {
    for (std::size_t at = hash % kSlots; hashes_[at] != 0; at = (at + 1) % kSlots) {
      if (hashes_[at] == hash) return points_[at];
    }
    return 0;
  }

 private:
  void Put(std::string_view words, std::uint8_t points) {
    while (!words.empty()) {
      const std::size_t size = std::min(words.find(' '), words.size());
      PutHash(FoldedHash(words.substr(0, size)), points);
      words.remove_prefix(std::min(size + 1, words.size()));
    }
  }
  void PutHash(std::uint32_t hash, std::uint8_t points) {
    std::size_t at = hash % kSlots;
    while (hashes_[at] != 0 && hashes_[at] != hash) at = (at + 1) % kSlots;
    if (hashes_[at] == hash) return;
    CW_CHECK(++used_ <= kSlots / 2);
    hashes_[at] = hash;
    points_[at] = points;
  }

  std::array<std::uint32_t, kSlots> hashes_{};
  std::array<std::uint8_t, kSlots> points_{};
  std::size_t used_ = 0;
};

}  // namespace

int FurniturePointsOf(std::uint32_t folded_hash) {
  static const Points points;
  return points.Get(folded_hash);
}

}  // namespace claimwatch
