// StoryIndex: which event an article is about, decided online, article by article.
//
// Holds the stories of a window in memory with an inverted index from terms to stories, so that an
// article costs the same whether a thousand or a million stories are held. Deterministic: the same
// sequence of articles gives the same stories, whatever the machine; time is the articles' own.
// Owned and used by the one sequencer thread; not thread-safe.
// Tested by tests/story/story_index_test.cc.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "server/story/features.h"
#include "server/story/ids.h"

namespace claimwatch {

struct StoryOptions {
  std::size_t stories_max = 1'000'000;             // Held in memory; the least recent sleep beyond.
  absl::Duration window = absl::Hours(24 * 1830);  // Between an article and a story it may join.
};

// The outcome of linking, with its reason.
struct Link {
  StoryId story = StoryId::kNone;  // kNone: a new story.
  double score = 0;                // Of the chosen or, for a new story, of the best rejected one.
  std::string reason;              // For logs and people: "names Almaty, CSTO; 0.61 >= 0.35"
  Sequence copy_of =
      Sequence::kNone;  // An earlier article of the story with (nearly) the same text.
};

class StoryIndex {
 public:
  explicit StoryIndex(StoryOptions options);
  ~StoryIndex();

  // Decides; changes nothing.
  Link Find(const Features& features) const;
  // Records that the article belongs to the story (new or known). Also used when the index is
  // rebuilt from the store: the same calls in the same order give the same index.
  void Add(Sequence article, const Features& features, StoryId story);

  std::size_t size() const;  // Stories held.

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace claimwatch
