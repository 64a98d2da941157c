// Postings: which stories a term led to lately. A table of fixed size that forgets the oldest.
//
// A bucket is one cache line of sixteen stories, newest first, so that a look-up costs one miss
// whether a thousand or a million stories are held, and nothing is ever allocated after the start.
// Terms may share a bucket; eight bits of the hash tell most of them apart, and what slips through
// is a candidate that the comparison rejects. Tested through tests/story/story_index_test.cc.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "server/story/zeroed_array.h"

namespace claimwatch {

class Postings {
 public:
  static constexpr std::size_t kStoriesMax = 1 << 24;  // Slots that a posting can name.
  static constexpr std::size_t kBucket = 16;

  // With room for about sixteen terms of each of `stories` stories.
  explicit Postings(std::size_t stories);

  // The story moves to the front of the term's bucket.
  void Put(std::uint32_t term, std::uint32_t story);

  // The look-up will come soon: fetches the term's bucket meanwhile.
  void Prefetch(std::uint32_t term) const { __builtin_prefetch(&buckets_[BucketOf(term)]); }

  // Calls visit(story) for the term's stories, newest first.
  template <typename Visit>
  void ForEach(std::uint32_t term, Visit visit) const {
    for (const std::uint32_t posting : buckets_[BucketOf(term)]) {
      if (posting != 0 && (posting >> 24) == TagOf(term)) visit((posting & 0xffffffu) - 1);
    }
  }

  template <typename File>
  void Transfer(File& file) {
    file.Array(buckets_);
  }

 private:
  using Bucket = std::array<std::uint32_t, kBucket>;  // Tag and story + 1; 0: empty.

  std::size_t BucketOf(std::uint32_t term) const { return (term * 0x9e3779b1u) >> shift_; }
  static std::uint32_t TagOf(std::uint32_t term) { return term & 0xffu; }

  ZeroedArray<Bucket> buckets_;
  int shift_;  // Leaves a bucket's number of a 32-bit hash.
};

}  // namespace claimwatch
