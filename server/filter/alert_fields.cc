#include "server/filter/alert_fields.h"

#include <cmath>

#include "server/filter/limits.h"
#include "server/ledger/interval.h"

namespace claimwatch {
namespace {

constexpr std::string_view kKinds[] = {"CONFLICT",    "RAISED",    "LOWERED",
                                       "CORRECTED",   "RETRACTED", "SELF_CONTRADICTION",
                                       "BOUND_BROKEN"};
constexpr std::string_view kStates[] = {"OPEN", "SUPERSEDED", "RESOLVED", "WITHDRAWN"};
constexpr std::string_view kSeverities[] = {"LOW", "MEDIUM", "HIGH", "CRITICAL"};
constexpr std::string_view kChanges[] = {"OPENED",   "UPDATED",   "SUPERSEDED",
                                         "RESOLVED", "WITHDRAWN", "ACKNOWLEDGED"};
constexpr std::string_view kDirections[] = {"NONE", "UP", "DOWN"};
constexpr std::string_view kScopes[] = {"TOTAL", "PART", "INCREMENT", "RATE"};
constexpr std::string_view kStatuses[] = {"STATED", "PROJECTED", "DENIED", "PAST_EVENT"};

enum AlertField : int {
  kAlert,
  kStory,
  kFigure,
  kKind,
  kState,
  kSeverity,
  kChange,
  kMeasure,
  kPopulation,
  kSubject,
  kPlace,
  kUnit,
  kScope,
  kStatus,
  kSource,
  kPreviousSource,
  kAttribution,
  kArticle,
  kText,
  kCurrentValue,
  kPreviousValue,
  kChangeAbsolute,
  kChangeRatio,
  kDirection,
  kOrigins,
  kPreviousOrigins,
  kAcknowledged,
  kPublishTime,
  kAsOfTime,
  kCreateTime,
  kUpdateTime,
};

// In the order of AlertField.
constexpr FieldSpec kFields[] = {
    {"alert", FieldType::kId, {}, "al"},
    {"story", FieldType::kId, {}, "s"},
    {"figure", FieldType::kId, {}, "f"},
    {"kind", FieldType::kEnum, kKinds},
    {"state", FieldType::kEnum, kStates},
    {"severity", FieldType::kOrder, kSeverities},
    {"change", FieldType::kEnum, kChanges},
    {"measure", FieldType::kString},
    {"population", FieldType::kString},
    {"subject", FieldType::kString},
    {"place", FieldType::kString},
    {"unit", FieldType::kString},
    {"scope", FieldType::kEnum, kScopes},
    {"status", FieldType::kEnum, kStatuses},
    {"source", FieldType::kString},
    {"previous_source", FieldType::kString},
    {"attribution", FieldType::kString},
    {"article", FieldType::kString},
    {"text", FieldType::kText},
    {"current_value", FieldType::kNumber},
    {"previous_value", FieldType::kNumber},
    {"change_absolute", FieldType::kNumber},
    {"change_ratio", FieldType::kNumber},
    {"direction", FieldType::kEnum, kDirections},
    {"origins", FieldType::kNumber},
    {"previous_origins", FieldType::kNumber},
    {"acknowledged", FieldType::kBool},
    {"publish_time", FieldType::kTime},
    {"as_of_time", FieldType::kTime},
    {"create_time", FieldType::kTime},
    {"update_time", FieldType::kTime},
};
static_assert(std::size(kFields) == kUpdateTime + 1);

enum AlertFunction : int { kCrossedAbove, kCrossedBelow };
constexpr FunctionSpec kFunctions[] = {{"crossed_above", 1, 2, -1}, {"crossed_below", 1, 2, +1}};

bool HasNumber(const KnownClaim& claim) {
  return claim.id != ClaimId::kNone &&
         (claim.claim.quantity.low.has_value() || claim.claim.quantity.high.has_value());
}

// The change in one unit: that of both claims, else the base unit.
ValueChange InOneUnit(const Alert& alert) {
  if (alert.previous.empty()) return {};
  const KnownClaim& before = alert.previous.front();
  if (!HasNumber(alert.current) || !HasNumber(before)) return {};
  if (alert.current.claim.unit == before.claim.unit) return ValuesOf(alert);
  return {Middle(Meant(before.claim.quantity)), Middle(Meant(alert.current.claim.quantity))};
}

enum class Side { kArmed, kTripped, kBetween };

Side SideOf(double value, double threshold, double rearm) {
  if (value <= rearm) return Side::kArmed;
  return value >= threshold ? Side::kTripped : Side::kBetween;
}

// With `sign` -1 everything is mirrored.
bool Crossed(const Alert& alert, const AlertHistory& history, absl::Span<const double> arguments,
             double sign) {
  const double threshold = sign * arguments[0];
  const ValueChange values = ValuesOf(alert);
  if (!values.previous || !values.current) return false;
  if (sign * *values.previous >= threshold || sign * *values.current < threshold) return false;
  if (arguments.size() < 2) return true;
  const double rearm = sign * arguments[1];
  if (sign * *values.previous <= rearm) return true;
  for (const ValueChange& before : history.Before(alert)) {
    for (const std::optional<double>& value : {before.current, before.previous}) {
      if (!value) continue;
      const Side side = SideOf(sign * *value, threshold, rearm);
      if (side != Side::kBetween) return side == Side::kArmed;
    }
  }
  return true;
}

void GetTexts(const Alert& alert, FieldValue& value) {
  value.Set(alert.summary);
  value.Set(alert.current.sentence_text);
  value.Set(alert.current.claim.place.text);
  value.Set(alert.current.claim.attribution.text);
  for (const KnownClaim& claim : alert.previous) value.Set(claim.sentence_text);
}

void GetChange(const Alert& alert, int field, FieldValue& value) {
  const ValueChange values = InOneUnit(alert);
  if (!values.previous || !values.current) return;
  const double change = *values.current - *values.previous;
  if (field == kDirection) return value.SetInteger(change > 0 ? 1 : change < 0 ? 2 : 0);
  if (field == kChangeAbsolute) return value.SetNumber(std::abs(change));
  if (*values.previous != 0) value.SetNumber(std::abs(change) / std::abs(*values.previous));
}

// What the current claim says.
void GetOfClaim(const KnownClaim& known, int field, FieldValue& value) {
  if (known.id == ClaimId::kNone) return;
  const Claim& claim = known.claim;
  switch (field) {
    case kPopulation:
      return value.Set(claim.population);
    case kSubject:
      return value.Set(claim.subject.text);
    case kPlace:
      return value.Set(claim.place.text);
    case kUnit:
      return value.Set(claim.unit);
    case kScope:
      return value.SetInteger(static_cast<int>(claim.scope));
    case kStatus:
      return value.SetInteger(static_cast<int>(claim.status));
    case kSource:
      return value.Set(known.source);
    case kAttribution:
      return value.Set(claim.attribution.text);
    case kArticle:
      return value.Set(known.article_id);
    case kPublishTime:
      return value.SetTime(known.publish_time);
    case kAsOfTime:
      return value.SetTime(AsOf(known));
    default:
      return;
  }
}

}  // namespace

const Schema& AlertSchema() {
  static constexpr Schema kSchema = {"an alert event", kFields, kFunctions, AlertField::kText};
  return kSchema;
}

ValueChange ValuesOf(const Alert& alert) {
  ValueChange values;
  if (HasNumber(alert.current)) {
    values.current = Middle(MeantAsWritten(alert.current.claim.quantity));
  }
  if (!alert.previous.empty() && HasNumber(alert.previous.front())) {
    values.previous = Middle(MeantAsWritten(alert.previous.front().claim.quantity));
  }
  return values;
}

std::vector<ValueChange> StoredHistory::Before(const Alert& alert) const {
  std::vector<ValueChange> changes;
  AlertQuery query;
  query.story = alert.story;
  query.before = alert.id;
  query.limit = kCrossingAlertsMax;
  const absl::StatusOr<std::vector<Alert>> alerts = store_.ListAlerts(query);
  if (!alerts.ok()) return changes;
  for (const Alert& earlier : *alerts) {
    if (earlier.figure == alert.figure) changes.push_back(ValuesOf(earlier));
  }
  return changes;
}

void AlertFields::Get(int field, FieldValue& value) const {
  switch (field) {
    case kAlert:
      return value.SetInteger(static_cast<std::int64_t>(alert_.id));
    case kStory:
      return value.SetInteger(static_cast<std::int64_t>(alert_.story));
    case kFigure:
      return value.SetInteger(static_cast<std::int64_t>(alert_.figure));
    case kKind:
      return value.SetInteger(static_cast<int>(alert_.kind));
    case kState:
      return value.SetInteger(static_cast<int>(alert_.state));
    case kSeverity:
      return value.SetInteger(static_cast<int>(alert_.severity));
    case kChange:
      return value.SetInteger(static_cast<int>(change_));
    case kMeasure:
      return value.Set(alert_.measure);
    case kPreviousSource:
      for (const KnownClaim& claim : alert_.previous) value.Set(claim.source);
      return;
    case kText:
      return GetTexts(alert_, value);
    case kCurrentValue:
      if (const auto current = ValuesOf(alert_).current) value.SetNumber(*current);
      return;
    case kPreviousValue:
      if (const auto previous = ValuesOf(alert_).previous) value.SetNumber(*previous);
      return;
    case kChangeAbsolute:
    case kChangeRatio:
    case kDirection:
      return GetChange(alert_, field, value);
    case kOrigins:
      return value.SetNumber(alert_.current_origins);
    case kPreviousOrigins:
      return value.SetNumber(alert_.previous_origins);
    case kAcknowledged:
      return value.SetInteger(alert_.acknowledgement.time != absl::InfinitePast() ? 1 : 0);
    case kCreateTime:
      return value.SetTime(alert_.create_time);
    case kUpdateTime:
      return value.SetTime(alert_.update_time);
    default:
      return GetOfClaim(alert_.current, field, value);
  }
}

bool AlertFields::Call(int function, absl::Span<const double> arguments) const {
  return Crossed(alert_, history_, arguments, function == kCrossedAbove ? 1 : -1);
}

AlertChange ChangeInto(AlertState state) {
  switch (state) {
    case AlertState::kOpen:
      return AlertChange::kOpened;
    case AlertState::kSuperseded:
      return AlertChange::kSuperseded;
    case AlertState::kResolved:
      return AlertChange::kResolved;
    case AlertState::kWithdrawn:
      return AlertChange::kWithdrawn;
  }
  return AlertChange::kOpened;
}

}  // namespace claimwatch
