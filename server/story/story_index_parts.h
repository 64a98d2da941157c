// What a StoryIndex is made of; for story_index.cc and index_file.cc alone.
//
// Tested through tests/story/story_index_test.cc.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "server/story/frequencies.h"
#include "server/story/postings.h"
#include "server/story/sentence_table.h"
#include "server/story/story.h"
#include "server/story/story_index.h"

namespace claimwatch {

inline constexpr std::uint32_t kNoSlot = 0xffffffff;
inline constexpr std::size_t kHintsPerStory = 4;  // Times stories_max: hints that are remembered.

struct StoryIndex::Impl {
  explicit Impl(StoryOptions o) : options(o), postings(o.stories_max), sentences(o.stories_max) {}

  bool MayHold(const Story& story, const WeighedArticle& article, std::uint64_t hint) const;
  std::vector<std::uint32_t> Candidates(const WeighedArticle& article,
                                        const std::optional<SaidBefore>& said) const;
  Link Best(const Features& features, const WeighedArticle& article,
            const std::optional<SaidBefore>& said) const;
  std::uint32_t SlotFor(StoryId id);
  std::uint32_t FreshSlot();
  void TakeOut(std::uint32_t slot);
  void PutFirst(std::uint32_t slot);
  void KeepHint(std::uint64_t hint, StoryId id);

  StoryOptions options;
  Frequencies frequencies;
  Postings postings;
  SentenceTable sentences;
  std::deque<Story> stories;  // By slot.
  absl::flat_hash_map<StoryId, std::uint32_t> by_id;
  absl::flat_hash_map<std::uint64_t, StoryId> by_hint;  // Of stories that sleep too.
  std::deque<std::uint64_t> hints;                      // In the order in which they were heard.
  std::uint32_t newest = kNoSlot;                       // Ends of the list in order of last use.
  std::uint32_t oldest = kNoSlot;
};

}  // namespace claimwatch
