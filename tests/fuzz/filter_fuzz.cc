// Any bytes as a filter: compiling ends, a problem names a place inside of the text, and what
// compiles has a canonical form and an answer for any alert.
#include <cstddef>
#include <cstdint>
#include <string>

#include "server/base/check.h"
#include "server/filter/alert_fields.h"
#include "server/filter/filter.h"
#include "tests/fakes/records.h"

namespace claimwatch {
namespace {

class NoHistory : public AlertHistory {
 public:
  std::vector<ValueChange> Before(const Alert&) const override { return {}; }
};

void CheckFilter(const std::string& text) {
  static const Alert& alert = *new Alert(SecondBatch().events[0].alert);
  static const NoHistory history;
  FilterProblem problem;
  const auto filter = Filter::Compile(text, AlertSchema(), problem);
  if (filter == nullptr) {
    CW_CHECK(problem.position <= text.size());
    CW_CHECK(!problem.message.empty());
    return;
  }
  CW_CHECK(!filter->canonical().empty());
  const AlertFields fields(alert, AlertChange::kOpened, history);
  const bool matches = filter->Matches(fields);
  if (filter->lets_all_through()) return;
  const auto opposite = Filter::Compile("NOT (" + text + ")", AlertSchema(), problem);
  // One parenthesis or a few bytes more may be too many; what compiles says the opposite.
  if (opposite != nullptr) CW_CHECK(opposite->Matches(fields) != matches);
}

}  // namespace
}  // namespace claimwatch

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  claimwatch::CheckFilter(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
