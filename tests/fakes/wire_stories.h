// Invented agency copy on an earthquake and a ferry, for tests of the flow: plain sentences, so
// that they test the flow and not the reading.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/text/article.h"

namespace claimwatch {

inline absl::Time WireTime(int minute) {
  return absl::FromUnixSeconds(1'641'460'000) + absl::Minutes(minute);
}

// One report of the quake with `killed` dead, published at `minute`.
inline Article QuakeReport(const std::string& id, const std::string& source, int killed,
                           int minute) {
  Article article;
  article.id = id;
  article.source = source;
  article.title = "Earthquake strikes Lima, Peru";
  article.body = absl::StrCat(
      "LIMA - A strong earthquake struck the Peruvian capital Lima on Thursday morning. The "
      "earthquake killed ",
      killed,
      " people, Peru's Health Ministry said. Rescue teams searched collapsed houses in the "
      "Callao district of Lima.");
  article.language = "en";
  article.publish_time = WireTime(minute);
  return article;
}

// A report of another event, so that two stories run at once.
inline Article FerryReport(const std::string& id, const std::string& source, int missing,
                           int minute) {
  Article article;
  article.id = id;
  article.source = source;
  article.title = "Ferry sinks off Mindoro, Philippines";
  article.body = absl::StrCat(
      "MANILA - A wooden ferry sank in heavy waves off the island of Mindoro. The coast guard "
      "said ",
      missing, " people were missing after the ferry sank near Calapan.");
  article.language = "en";
  article.publish_time = WireTime(minute);
  return article;
}

}  // namespace claimwatch
