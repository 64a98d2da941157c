#include "server/story/postings.h"

#include <algorithm>
#include <bit>

#include "server/base/check.h"

namespace claimwatch {
namespace {

constexpr std::size_t kBucketsMin = 1 << 12;

}  // namespace

Postings::Postings(std::size_t stories)
    : buckets_(std::bit_ceil(std::max(stories, kBucketsMin))),
      shift_(32 - std::countr_zero(buckets_.size())) {
  CW_CHECK(stories < kStoriesMax);
}

void Postings::Put(std::uint32_t term, std::uint32_t story) {
  const std::uint32_t posting = (TagOf(term) << 24) | (story + 1);
  Bucket& bucket = buckets_[BucketOf(term)];
  auto at = std::find(bucket.begin(), bucket.end(), posting);
  if (at == bucket.end()) --at;  // The oldest falls out.
  std::copy_backward(bucket.begin(), at, at + 1);
  bucket.front() = posting;
}

}  // namespace claimwatch
