// An RSS (0.9 to 2.0, RDF) or Atom document, as articles.
//
// What a feed calls its items differs; what an article needs is the same: an id that stays, the
// headline, the fullest text that the feed gives (content over summary), when and by whom. pugixml
// reads no DTD and expands no entity but the five of XML, so a document cannot make it fetch or
// grow. Tested by tests/exchange/exchange_test.cc.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "claimwatch/v1/article.pb.h"

namespace claimwatch::exchange {

struct FeedDocument {
  // In the order of the document. `source` is the host of the feed's address; ids are the item's
  // own, or else its link, led by the source where they are no URL; an item without any is left
  // out, and so is one without a text.
  std::vector<claimwatch::v1::Article> articles;
  int items_without_id = 0;
};

// INVALID_ARGUMENT: no such document. `url` is where it came from.
absl::StatusOr<FeedDocument> ReadFeed(std::string_view xml, std::string_view url);

// RFC 822 ("Tue, 02 Jan 2024 10:00:00 GMT") and RFC 3339; nothing when it is neither.
std::optional<google::protobuf::Timestamp> ReadFeedTime(std::string_view text);

// "www.example.org" of "https://www.example.org:8080/feed".
std::string HostOf(std::string_view url);

}  // namespace claimwatch::exchange
