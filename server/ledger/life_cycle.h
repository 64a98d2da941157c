// Life cycle: the steps of alerts, as events with positions.
//
// One open alert a figure and change. A new change supersedes it; a source of the old value that
// comes to tell the new one resolves it; a claim that it rests on and that is taken back withdraws
// it, unless an independent origin tells the same. An alert that was superseded stays so when its
// successor is withdrawn: what it told is old by then. Pure: events are made, nothing is changed.
// Tested by tests/ledger/life_cycle_test.cc.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "server/ledger/alert.h"
#include "server/ledger/figure.h"

namespace claimwatch {

// Where new ids come from: the last ones given; part of the sequencer's state.
struct IdSource {
  FigureId last_figure = FigureId::kNone;
  AlertId last_alert = AlertId::kNone;
  std::int64_t last_position = 0;
};

// Writes the events of one article (or one user's act), in order.
class LifeCycle {
 public:
  // `open`: the story's open alerts. All borrowed for the life of this object.
  LifeCycle(const std::vector<Alert>& open, absl::Time sequenced, IdSource& ids);

  // The newest state of the figure's open alert, events of this article included; null: none.
  const Alert* OpenOf(FigureId figure) const;
  std::vector<Alert> OpenAlerts() const;
  // Whether an alert of the figure was opened here.
  bool OpenedNow(FigureId figure) const;

  // `alert` whole but for id, state and times. A change supersedes the figure's open alert.
  void Open(Alert alert);
  void Change(Alert alert, AlertChange change);

  std::vector<AlertEvent> TakeEvents() { return std::move(events_); }

 private:
  const std::vector<Alert>& open_;
  const absl::Time sequenced_;
  IdSource& ids_;
  std::vector<AlertEvent> events_;
};

}  // namespace claimwatch
