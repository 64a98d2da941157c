#include "server/claims/claim.h"

namespace claimwatch {

std::string_view Name(Scope scope) {
  switch (scope) {
    case Scope::kTotal:
      return "TOTAL";
    case Scope::kPart:
      return "PART";
    case Scope::kIncrement:
      return "INCREMENT";
    case Scope::kRate:
      return "RATE";
  }
  return "TOTAL";
}

std::string_view Name(Status status) {
  switch (status) {
    case Status::kStated:
      return "STATED";
    case Status::kProjected:
      return "PROJECTED";
    case Status::kDenied:
      return "DENIED";
    case Status::kPastEvent:
      return "PAST_EVENT";
  }
  return "STATED";
}

}  // namespace claimwatch
