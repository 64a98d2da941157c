#include "server/story/term_bag.h"

namespace claimwatch {

std::size_t TermBag::SlotOf(std::uint32_t hash) const {
  const std::size_t mask = table_.size() - 1;
  std::size_t at = hash & mask;
  while (table_[at] != 0 && entries_[table_[at] - 1].hash != hash) at = (at + 1) & mask;
  return at;
}

void TermBag::Add(TermKind kind, std::uint32_t folded, std::uint32_t weight) {
  const std::uint32_t hash = TermHash(kind, folded);
  const std::size_t at = SlotOf(hash);
  if (table_[at] != 0) {
    entries_[table_[at] - 1].weight += weight;
    return;
  }
  entries_.push_back({hash, folded, weight, kind});
  table_[at] = static_cast<std::uint32_t>(entries_.size());
  if (entries_.size() * 2 > table_.size()) Grow();
}

const BagEntry* TermBag::Find(std::uint32_t hash) const {
  const std::uint32_t index = table_[SlotOf(hash)];
  return index == 0 ? nullptr : &entries_[index - 1];
}

void TermBag::Grow() {
  table_.assign(table_.size() * 2, 0);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    table_[SlotOf(entries_[i].hash)] = static_cast<std::uint32_t>(i + 1);
  }
}

}  // namespace claimwatch
