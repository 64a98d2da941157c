#include "server/ledger/life_cycle.h"

#include <algorithm>
#include <utility>

namespace claimwatch {

LifeCycle::LifeCycle(const std::vector<Alert>& open, absl::Time sequenced, IdSource& ids)
    : open_(open), sequenced_(sequenced), ids_(ids) {}

const Alert* LifeCycle::OpenOf(FigureId figure) const {
  for (auto event = events_.rbegin(); event != events_.rend(); ++event) {
    if (event->alert.figure != figure) continue;
    return event->alert.state == AlertState::kOpen ? &event->alert : nullptr;
  }
  const auto found = std::find_if(open_.begin(), open_.end(),
                                  [&](const Alert& alert) { return alert.figure == figure; });
  return found == open_.end() ? nullptr : &*found;
}

std::vector<Alert> LifeCycle::OpenAlerts() const {
  std::vector<Alert> alerts = open_;
  for (const AlertEvent& event : events_) {
    const auto known = std::find_if(alerts.begin(), alerts.end(),
                                    [&](const Alert& alert) { return alert.id == event.alert.id; });
    if (known != alerts.end()) {
      *known = event.alert;
    } else {
      alerts.push_back(event.alert);
    }
  }
  std::erase_if(alerts, [](const Alert& alert) { return alert.state != AlertState::kOpen; });
  return alerts;
}

bool LifeCycle::OpenedNow(FigureId figure) const {
  return std::any_of(events_.begin(), events_.end(), [&](const AlertEvent& event) {
    return event.change == AlertChange::kOpened && event.alert.figure == figure;
  });
}

void LifeCycle::Open(Alert alert) {
  if (const Alert* before = OpenOf(alert.figure)) {
    Alert superseded = *before;
    superseded.state = AlertState::kSuperseded;
    superseded.superseded_by = AlertId{static_cast<std::int64_t>(ids_.last_alert) + 1};
    Change(std::move(superseded), AlertChange::kSuperseded);
  }
  ids_.last_alert = AlertId{static_cast<std::int64_t>(ids_.last_alert) + 1};
  alert.id = ids_.last_alert;
  alert.state = AlertState::kOpen;
  alert.create_time = sequenced_;
  Change(std::move(alert), AlertChange::kOpened);
}

void LifeCycle::Change(Alert alert, AlertChange change) {
  alert.update_time = sequenced_;
  events_.push_back({++ids_.last_position, change, std::move(alert)});
}

}  // namespace claimwatch
