// Checker: whether what a subscriber was told keeps the promises of AlertService.SubscribeAlerts.
//
// It knows the events that were committed (World), and what one subscriber did and heard (History),
// and nothing of the daemon: no feed, no store, no filter language. One check for each sentence of
// the contract, named by its word: ordered, unique, atomic, reliable, resumable, bookmarkable,
// filter-exact, and snapshot. Linear in the history. Tested by tests/properties/checker_test.cc
// with histories that break each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace claimwatch {

// A committed event; positions are dense from 1.
struct WorldEvent {
  std::int64_t article = 0;  // Events of one article are told together.
  std::int64_t alert = 0;
  bool opens = false;   // Else it changes an alert that is open before it.
  bool closes = false;  // The alert is not open after it.
  int measure = 0;      // 0 or 1
};
using World = std::vector<WorldEvent>;  // Event of position p at p - 1.

// What subscribers select by, in plain code.
enum class Selection { kAll, kMeasureOne, kOpenedOnly, kNothing };
bool Passes(Selection selection, const WorldEvent& event);

enum class Start { kNow, kBeginning, kSnapshot, kToken };

// One thing that happened to a subscriber.
struct ObservedStep {
  enum class Kind { kOpened, kRefused, kMessage, kBroken };
  Kind kind = Kind::kMessage;
  // kOpened, kRefused: what was asked, and what was held then.
  Start start = Start::kNow;
  std::int64_t token = -1;  // Of kToken.
  std::int64_t oldest = 0;  // Oldest event held; also of a message with `end`.
  std::int64_t head = 0;
  std::string reason = {};  // kRefused: "TOKEN_TOO_OLD"; of a message: that of `end`.
  // kMessage.
  std::int64_t started_at = -1;             // -1: no `started` in it.
  std::vector<std::int64_t> snapshot = {};  // Alerts.
  std::vector<std::int64_t> events = {};    // Positions.
  std::int64_t position = -1;               // -1: neither token nor position in it.
  bool caught_up = false;
};

struct History {
  Selection selection = Selection::kAll;
  std::vector<ObservedStep> steps;
  bool ends_quiet = false;  // It was read until nothing more came: it must know everything.
};

struct BrokenPromise {
  std::string property;
  std::size_t step = 0;
  std::string what;
};

std::optional<BrokenPromise> Check(const World& world, const History& history);

// For people: a step or a violation in a line.
std::string Dump(const ObservedStep& step);
std::string Dump(const BrokenPromise& violation);

}  // namespace claimwatch
