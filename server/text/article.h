// Article: what a publisher released, as it came in. A plain value; validation is ingest's.
// Tested through tests/ingest/ingestor_test.cc.
#pragma once

#include <string>

#include "absl/time/time.h"

namespace claimwatch {

struct Article {
  std::string id;        // The caller's; unique for ever. ASCII or UTF-8, not empty.
  std::string source;    // The publisher, e.g. "tass.com"; may be empty (unknown).
  std::string title;     // UTF-8; may be empty.
  std::string body;      // UTF-8.
  std::string language;  // BCP 47, e.g. "en"; empty: taken for English if it reads like it.
  std::string url;       // May be empty.
  std::string author;    // Byline; kept and shown, never judged. May be empty.
  // Where the words come from when the caller knows (an agency); one origin is one witness.
  std::string origin;
  // The caller's own key of the event; articles that share one share a story. May be empty.
  std::string story_hint;
  absl::Time publish_time = absl::InfinitePast();  // InfinitePast: not stated.
};

}  // namespace claimwatch
