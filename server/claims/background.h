// Background: what is known of the whole article before its sentences are read.
//
// The year "now", whether it tells of a long crisis (whose figures come in parts: one town, one
// day) and which names its opening uses (the event's own place narrows nothing). One pass over the
// tokens. Tested by tests/claims/scope_test.cc.
#pragma once

#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "server/claims/catalogue.h"
#include "server/text/article.h"
#include "server/text/document.h"

namespace claimwatch {

struct Background {
  int year = 0;  // Of publication; 0: not known.
  absl::Time published = absl::InfinitePast();
  int month = 0;          // 1..12; 0: not known.
  int period = 0;         // The year before, where the article reports on that year; else 0.
  int tried = 0;          // The year of the deeds that a court report opens with; else 0.
  bool crisis = false;    // War, uprising, epidemic: an event of many events.
  bool captors = false;   // Pirates, kidnappers: who is held is a hostage.
  bool outbreak = false;  // An epidemic: figures of towns are parts, of countries not.
  std::vector<std::string_view> places;  // Names in the title and the first sentences.

  bool IsEventPlace(std::string_view name) const;
};

Background ReadBackground(const Article& article, const Document& title, const Document& body,
                          const Catalogue& catalogue);

}  // namespace claimwatch
