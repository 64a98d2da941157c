// Alert: a verdict worth telling, with its life; AlertEvent: one step of that life, as the feed
// carries it. Values; the ledger makes them, the store keeps them.
//
// open -> superseded (the figure changed again) / resolved (the sources came to agree) / withdrawn
// (an article it rested on was corrected or retracted). Acknowledging is a mark beside the state.
// Tested by tests/ledger/life_cycle_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "server/ledger/known_claim.h"
#include "server/story/ids.h"

namespace claimwatch {

enum class AlertKind : std::uint8_t {
  kConflict,           // Independent origins disagree at about the same time.
  kRaised,             // A newer figure replaces a lower one.
  kLowered,            // A newer figure replaces a higher one.
  kCorrected,          // The publisher changed its own article.
  kRetracted,          // An article was withdrawn, or a text takes an earlier figure back.
  kSelfContradiction,  // Headline against body, two paragraphs of one article.
  kBoundBroken,        // A part larger than its whole.
};
enum class AlertState : std::uint8_t { kOpen, kSuperseded, kResolved, kWithdrawn };
enum class Severity : std::uint8_t { kLow, kMedium, kHigh, kCritical };
enum class AlertChange : std::uint8_t {
  kOpened,
  kUpdated,  // More outlets say the same; evidence added.
  kSuperseded,
  kResolved,
  kWithdrawn,
  kAcknowledged,
};

struct Acknowledgement {
  std::string by;
  std::string note;
  absl::Time time = absl::InfinitePast();  // InfinitePast: not acknowledged.
  friend bool operator==(const Acknowledgement&, const Acknowledgement&) = default;
};

struct Alert {
  AlertId id = AlertId::kNone;
  AlertKind kind = AlertKind::kConflict;
  AlertState state = AlertState::kOpen;
  Severity severity = Severity::kLow;
  StoryId story = StoryId::kNone;
  FigureId figure = FigureId::kNone;
  std::string measure;               // Catalogue name.
  KnownClaim current;                // The new claim, whole; after a retraction what is believed
                                     // again, without an id where nothing is left.
  std::vector<KnownClaim> previous;  // What it disagrees with, most telling first; bounded.
  int current_origins = 1;           // Independent origins behind the new value,
  int previous_origins = 1;          // and behind the first of `previous`.
  int current_sources = 1;           // Outlets that carry the new value, copies included.
  std::string summary;               // One line as a person would write it.
  std::string reason;                // Why the two were compared and found to differ.
  absl::Time create_time = absl::InfinitePast();  // When sequenced.
  absl::Time update_time = absl::InfinitePast();
  AlertId superseded_by = AlertId::kNone;  // The alert of the next change of the figure.
  Acknowledgement acknowledgement;
  friend bool operator==(const Alert&, const Alert&) = default;
};

// A step of an alert's life. Positions are dense from 1 in the order of commit; all events of one
// article are committed together.
struct AlertEvent {
  std::int64_t position = 0;
  AlertChange change = AlertChange::kOpened;
  Alert alert;  // As it is after the change.
  // Of the article that brought it about, for a retraction of the one taken back; kNone: no article
  // did, or it is from a store of the first version.
  Sequence sequence = Sequence::kNone;
  friend bool operator==(const AlertEvent&, const AlertEvent&) = default;
};

// Whether two events that follow each other belong together: no reader's place falls between them.
inline bool SameArticle(const AlertEvent& a, const AlertEvent& b) {
  if (a.sequence != b.sequence) return false;
  return a.sequence != Sequence::kNone || a.alert.update_time == b.alert.update_time;
}

inline constexpr std::size_t kAlertPreviousMax = 8;

std::string_view Name(AlertKind kind);      // "RAISED"
std::string_view Name(AlertState state);    // "OPEN"
std::string_view Name(Severity severity);   // "HIGH"
std::string_view Name(AlertChange change);  // "OPENED"

}  // namespace claimwatch
