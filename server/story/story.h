// Story: what the index remembers of one event, in a few hundred bytes.
//
// Not its articles but their sum: the heaviest terms, and the time they span. So a story of a
// thousand articles costs little more than one of three, and comparing an article with it costs the
// same. Tested through tests/story/story_index_test.cc.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "server/story/features.h"
#include "server/story/frequencies.h"
#include "server/story/ids.h"

namespace claimwatch {

inline constexpr std::size_t kSoleTermsMax = 64;    // Kept of a story's only article,
inline constexpr std::size_t kCoreTermsMax = 160;   // and of all articles together.
inline constexpr std::size_t kSoughtTermsMax = 32;  // Of an article, by which stories are sought.

// A term of the article at hand, weighed: how often (1 = once) times how surprising.
struct WeighedTerm {
  std::uint32_t hash = 0;
  std::uint8_t kind = 0;
  float weight = 0;
};

// The article at hand.
struct WeighedArticle {
  // The kSoughtTermsMax heaviest in order, then the others of the kSoleTermsMax heaviest, then the
  // rest: no more order than anybody asks for.
  std::vector<WeighedTerm> terms;
  std::array<float, kTermKinds> norm{};  // Root of the sum of squares, by kind.
  float word_sum = 0;                    // Of the weights of words,
  float name_sum = 0;                    // and of names,
  float mark_sum = 0;                    // and of all but words.
  bool timed = false;
  bool ongoing = false;
  std::uint16_t themes = 0;  // Of Features.
  std::int64_t seconds = 0;  // Unix time of publication; 0 when not known.
};

WeighedArticle Weigh(const Features& features, const Frequencies& frequencies);

struct StoredTerm {
  std::uint32_t hash = 0;
  std::uint16_t weight = 0;  // Sum over the articles, in units of 1 / kStoredUnits.
  std::uint8_t kind = 0;
  std::uint8_t members = 0;  // Which of the latest kMembers articles hold it: one bit each.
};
inline constexpr std::uint32_t kMembers = 8;
inline constexpr float kStoredUnits = 8.0f;

inline float WeightOf(const StoredTerm& term) {
  return static_cast<float>(term.weight) / kStoredUnits;
}

// Sums of the squared weights, by kind.
std::array<float, kTermKinds> SquaresOf(const std::vector<StoredTerm>& core);

struct Incidents;

struct Story {
  StoryId id = StoryId::kNone;
  std::uint64_t hint = 0;  // Hash of its story_hint; 0: none.
  std::int64_t first_seconds = 0;
  std::int64_t last_seconds = 0;
  bool timed = false;
  bool roundup = false;        // Its first article sums up several incidents.
  std::uint16_t themes = 0;    // Those of its articles.
  std::uint32_t incident = 0;  // Its number, where this is one incident of a story.
  std::uint32_t articles = 0;
  std::uint32_t newer = 0;  // Neighbours in order of last use.
  std::uint32_t older = 0;
  std::vector<StoredTerm> core;          // In order of hash.
  std::array<float, kTermKinds> norm{};  // SquaresOf(core).
  std::unique_ptr<Incidents> incidents;  // Null: all articles are of incident 0.
};

// The parts of a story that may be events of their own (incidents.h).
struct Incidents {
  std::uint32_t last = 0;  // The greatest number given.
  std::vector<Story> all;  // In order of number; the oldest but 0 is forgotten beyond a bound.
};

// Makes the article part of the story.
void Enrich(Story& story, const WeighedArticle& article);

}  // namespace claimwatch
