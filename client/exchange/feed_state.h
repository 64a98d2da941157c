// FeedState: where `claimwatch feed` was with each of its sources, kept in one small file.
//
// A JSON object, written beside and moved over, so that a run that dies half-way leaves the state
// of before; sending something again is harmless, since the daemon knows it. Not thread-safe.
// Tested by tests/exchange/exchange_test.cc and feed_relay_test.py.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace claimwatch::exchange {

struct FeedPlace {
  // Of an address: what the server told for a conditional GET, and when to ask again.
  std::string etag, last_modified;
  absl::Time next = absl::InfinitePast();
  int failures = 0;  // In a row.
  bool gone = false;
  // What was in the last document and has been sent: hashes of id and content.
  std::set<std::string> sent;

  // Of a file: bytes that have been read and sent.
  std::int64_t offset = 0;
};

class FeedState {
 public:
  // Empty path: nothing is kept. A file that is missing is an empty state; INVALID_ARGUMENT: one
  // that cannot be read.
  static absl::Status Load(const std::string& path, FeedState& state);

  FeedPlace& Place(const std::string& source) { return places_[source]; }
  absl::Status Save() const;

 private:
  std::string path_;
  std::map<std::string, FeedPlace> places_;
};

}  // namespace claimwatch::exchange
