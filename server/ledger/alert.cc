#include "server/ledger/alert.h"

namespace claimwatch {

std::string_view Name(AlertKind kind) {
  switch (kind) {
    case AlertKind::kConflict:
      return "CONFLICT";
    case AlertKind::kRaised:
      return "RAISED";
    case AlertKind::kLowered:
      return "LOWERED";
    case AlertKind::kCorrected:
      return "CORRECTED";
    case AlertKind::kRetracted:
      return "RETRACTED";
    case AlertKind::kSelfContradiction:
      return "SELF_CONTRADICTION";
    case AlertKind::kBoundBroken:
      return "BOUND_BROKEN";
  }
  return "";
}

std::string_view Name(AlertState state) {
  switch (state) {
    case AlertState::kOpen:
      return "OPEN";
    case AlertState::kSuperseded:
      return "SUPERSEDED";
    case AlertState::kResolved:
      return "RESOLVED";
    case AlertState::kWithdrawn:
      return "WITHDRAWN";
  }
  return "";
}

std::string_view Name(Severity severity) {
  switch (severity) {
    case Severity::kLow:
      return "LOW";
    case Severity::kMedium:
      return "MEDIUM";
    case Severity::kHigh:
      return "HIGH";
    case Severity::kCritical:
      return "CRITICAL";
  }
  return "";
}

std::string_view Name(AlertChange change) {
  switch (change) {
    case AlertChange::kOpened:
      return "OPENED";
    case AlertChange::kUpdated:
      return "UPDATED";
    case AlertChange::kSuperseded:
      return "SUPERSEDED";
    case AlertChange::kResolved:
      return "RESOLVED";
    case AlertChange::kWithdrawn:
      return "WITHDRAWN";
    case AlertChange::kAcknowledged:
      return "ACKNOWLEDGED";
  }
  return "";
}

}  // namespace claimwatch
