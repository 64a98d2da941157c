#include "server/rpc/selector.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "server/rpc/convert.h"
#include "server/rpc/limits.h"

namespace claimwatch {
namespace {

bool Holds(const std::vector<std::string>& sorted, const std::string& item) {
  return std::binary_search(sorted.begin(), sorted.end(), item);
}

template <typename Items>
void ReadItems(const Items& items, const std::string& path, std::vector<std::string>& out,
               std::vector<Violation>& violations) {
  if (items.size() > kSelectorItemsMax) {
    violations.push_back(
        {path, absl::StrCat("has ", items.size(), " items; the limit is ", kSelectorItemsMax),
         "TOO_LARGE"});
    return;
  }
  out.assign(items.begin(), items.end());
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

void ReadKinds(const v1::AlertSelector& message, const std::string& path, unsigned& kinds,
               std::vector<Violation>& violations) {
  for (int i = 0; i < message.kinds_size(); ++i) {
    const std::optional<AlertKind> kind = FromProto(message.kinds(i));
    if (kind.has_value()) {
      kinds |= 1u << static_cast<unsigned>(*kind);
    } else {
      violations.push_back(
          {absl::StrCat(path, ".kinds[", i, "]"), "is no kind of alert", "UNKNOWN_VALUE"});
    }
  }
}

}  // namespace

bool Selector::Matches(const Alert& alert, AlertChange change) const {
  if (story != StoryId::kNone && alert.story != story) return false;
  if (figure != FigureId::kNone && alert.figure != figure) return false;
  if (alert.severity < min_severity) return false;
  if (kinds != 0 && (kinds & (1u << static_cast<unsigned>(alert.kind))) == 0) return false;
  if (!measures.empty() && !Holds(measures, alert.measure)) return false;
  if (!sources.empty() && alert.current.id != ClaimId::kNone &&
      !Holds(sources, alert.current.source)) {
    return false;
  }
  return std::all_of(filters.begin(), filters.end(), [&](const FilterPtr& filter) {
    return filter->Matches(AlertFields(alert, change, *history));
  });
}

bool SharedSelector::Matches(const AlertEvent& event) const {
  if (selector_.key.empty()) return true;
  const auto position = static_cast<std::uint64_t>(event.position);
  std::atomic<std::uint64_t>& slot = verdicts_[position % kRemembered];
  const std::uint64_t known = slot.load(std::memory_order_relaxed);
  if (known / 2 == position) return known % 2 != 0;
  ++judged_;
  const bool matches = selector_.Matches(event.alert, event.change);
  slot.store(position * 2 + (matches ? 1 : 0), std::memory_order_relaxed);
  return matches;
}

bool SharedSelector::Matches(const Alert& alert) const {
  return selector_.Matches(alert, ChangeInto(alert.state));
}

SelectorPtr SelectorShare::Get(Selector selector) {
  absl::MutexLock lock(&mu_);
  std::weak_ptr<const SharedSelector>& known = by_key_[selector.key];
  if (std::shared_ptr<const SharedSelector> held = known.lock()) return held;
  auto made = std::make_shared<const SharedSelector>(std::move(selector));
  known = made;
  // What nobody holds any more goes when the table has doubled over it.
  if (by_key_.size() > 2 * in_use_ + 16) {
    absl::erase_if(by_key_, [](const auto& entry) { return entry.second.expired(); });
    in_use_ = by_key_.size();
  }
  return made;
}

Outcome ReadSelector(const v1::AlertSelector& message, const std::string& path,
                     Selector& selector) {
  std::vector<Violation> violations;
  if (!message.story_id().empty()) {
    selector.story = ParseStoryId(message.story_id()).value_or(StoryId::kNone);
    if (selector.story == StoryId::kNone) {
      violations.push_back({path + ".story_id", "is no story id such as \"s7\"", "MALFORMED"});
    }
  }
  if (!message.figure_id().empty()) {
    selector.figure = ParseFigureId(message.figure_id()).value_or(FigureId::kNone);
    if (selector.figure == FigureId::kNone) {
      violations.push_back({path + ".figure_id", "is no figure id such as \"f3\"", "MALFORMED"});
    }
  }
  ReadItems(message.measures(), path + ".measures", selector.measures, violations);
  ReadKinds(message, path, selector.kinds, violations);
  ReadItems(message.sources(), path + ".sources", selector.sources, violations);
  if (message.min_severity() != v1::Alert::SEVERITY_UNSPECIFIED) {
    const std::optional<Severity> severity = FromProto(message.min_severity());
    if (severity.has_value()) {
      selector.min_severity = *severity;
    } else {
      violations.push_back({path + ".min_severity", "is no severity", "UNKNOWN_VALUE"});
    }
  }
  if (!violations.empty()) return InvalidRequest(std::move(violations));
  selector.key = message.SerializeAsString();
  return std::nullopt;
}

void AddFilter(FilterPtr filter, const AlertHistory& history, Selector& selector) {
  if (filter == nullptr || filter->lets_all_through()) return;
  selector.key.push_back('\0');
  selector.key += filter->canonical();
  selector.filters.push_back(std::move(filter));
  selector.history = &history;
}

}  // namespace claimwatch
