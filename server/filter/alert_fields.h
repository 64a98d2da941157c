// What a filter can say of an alert event, and of the change of value that it tells.
//
// Values are what a reader takes the words to mean (ledger/interval.h, its middle): "over 1,300" is
// 1,350. Both are in the unit of their claim; changes are in base units where the units differ.
//
// crossed_above(T, R) is met by an alert that takes a figure from below T to T or above, unless it
// has done so before without being at R or below since: R re-arms it. That is worked out from the
// alerts of the figure before this one, so it is the same for everybody, at any time, and after a
// resume; no subscription has a state. crossed_below() is its mirror. Where the history cannot be
// read the rule counts as armed: better told twice than not at all.
// Tested by tests/filter/alert_fields_test.cc.
#pragma once

#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "server/filter/schema.h"
#include "server/ledger/alert.h"
#include "server/store/claim_store.h"

namespace claimwatch {

const Schema& AlertSchema();

// What the alert's claims mean; absent: no number, or nothing to compare with.
struct ValueChange {
  std::optional<double> previous;
  std::optional<double> current;
};
ValueChange ValuesOf(const Alert& alert);

// Changes of one figure that were told before.
class AlertHistory {
 public:
  virtual ~AlertHistory() = default;
  // Of the alert's figure, alerts opened before it, the latest first; at most kCrossingAlertsMax.
  virtual std::vector<ValueChange> Before(const Alert& alert) const = 0;
};

// The history that is in the store; borrowed. Thread-safe.
class StoredHistory : public AlertHistory {
 public:
  explicit StoredHistory(const ClaimStore& store) : store_(store) {}
  std::vector<ValueChange> Before(const Alert& alert) const override;

 private:
  const ClaimStore& store_;
};

// One event; all is borrowed.
class AlertFields : public FieldSource {
 public:
  AlertFields(const Alert& alert, AlertChange change, const AlertHistory& history)
      : alert_(alert), change_(change), history_(history) {}

  void Get(int field, FieldValue& value) const override;
  bool Call(int function, absl::Span<const double> arguments) const override;

 private:
  const Alert& alert_;
  const AlertChange change_;
  const AlertHistory& history_;
};

// How an alert stands, as the change that brought it there: for lists.
AlertChange ChangeInto(AlertState state);

}  // namespace claimwatch
