#include "server/filter/filter_cache.h"

#include "server/filter/limits.h"

namespace claimwatch {

FilterPtr FilterCache::Get(std::string_view text, FilterProblem& problem) {
  {
    absl::MutexLock lock(&mu_);
    const auto known = by_text_.find(absl::string_view(text.data(), text.size()));
    if (known != by_text_.end()) return known->second;
  }
  FilterPtr made = Filter::Compile(text, schema_, problem);
  if (made == nullptr) return nullptr;
  absl::MutexLock lock(&mu_);
  ++compiled_;
  if (by_text_.size() >= kFiltersKeptMax) {  // All at once: rare, and those in use live on.
    by_text_.clear();
    absl::erase_if(by_meaning_, [](const auto& entry) { return entry.second.expired(); });
  }
  std::weak_ptr<const Filter>& same = by_meaning_[made->canonical()];
  if (FilterPtr held = same.lock()) {
    made = std::move(held);
  } else {
    same = made;
  }
  by_text_.emplace(std::string(text), made);
  return made;
}

int FilterCache::compiled() const {
  absl::MutexLock lock(&mu_);
  return compiled_;
}

}  // namespace claimwatch
