// StoryIndex: which event an article is about, decided online, article by article.
//
// Holds the stories used lately in memory, with an inverted index from terms to stories, so that an
// article costs about the same whether a thousand or a million stories are held. Deterministic: the
// same sequence of articles gives the same stories, whatever the machine; time is the articles'
// own. Owned and used by the one sequencer thread; not thread-safe. Tested by
// tests/story/story_index_test.cc.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/story/features.h"
#include "server/story/ids.h"

namespace claimwatch {

struct WeighedArticle;

struct StoryOptions {
  // Held in memory, 1 to 2^24 - 1; beyond, the one used least lately sleeps.
  std::size_t stories_max = 1'000'000;
  // The longest gap between an article and the publications of a story that it may join. By the
  // articles' own times, so that a backfill of other years neither wakes nor ends anything.
  absl::Duration window = absl::Hours(24 * 1830);
};

// The outcome of linking, with its reason.
struct Link {
  StoryId story = StoryId::kNone;  // kNone: a new story.
  std::uint32_t incident = 0;      // Of the story (incidents.h); for Features::incident.
  double score = 0;    // Of the best candidate: from 0 on the same event. 0 where none was scored.
  std::string reason;  // For people: "same event: words 0.31, names 0.40, 1.0 days apart; +6.20"
  Sequence copy_of = Sequence::kNone;  // An earlier article of the story that it was copied from,
                                       // whole or abridged.
  // The article's terms as they were weighed, for Add() of the same article, if that is the next
  // call; null: they were not.
  std::shared_ptr<const WeighedArticle> weighed;
};

class StoryIndex {
 public:
  explicit StoryIndex(StoryOptions options);
  ~StoryIndex();

  // Decides; changes nothing.
  Link Find(const Features& features) const;
  // Records that the article belongs to the story (new or known). Also used when the index is
  // rebuilt from the store: the same calls in the same order give the same index.
  // `weighed`: see Link; null: they are weighed here.
  void Add(Sequence article, const Features& features, StoryId story,
           const WeighedArticle* weighed = nullptr);

  std::size_t size() const;  // Stories held.

  // Writes the index down, as it is after the article `last` of the history `epoch`, so that a
  // start need not add every article again (index_file.cc). The file is whole or not there.
  absl::Status Save(const std::string& path, std::string_view epoch, Sequence last) const;
  // Null: there is no such file, or it is not of this history, of these options, of this release,
  // or not whole; then the index is rebuilt with Add(). `last` tells after which article.
  static std::unique_ptr<StoryIndex> Read(const std::string& path, StoryOptions options,
                                          std::string_view epoch, Sequence* last);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace claimwatch
