#include "server/filter/filter_cache.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/filter/alert_fields.h"
#include "server/filter/limits.h"

namespace claimwatch {
namespace {

TEST(FilterCache, OneTextIsCompiledOnceAndOneMeaningIsOneFilter) {
  FilterCache cache(AlertSchema());
  FilterProblem problem;
  const FilterPtr first = cache.Get("measure = killed", problem);
  EXPECT_EQ(cache.Get("measure = killed", problem), first);
  EXPECT_EQ(cache.compiled(), 1);
  EXPECT_EQ(cache.Get("( measure='KILLED' )", problem), first);
  EXPECT_EQ(cache.compiled(), 2);
  EXPECT_NE(cache.Get("measure = injured", problem), first);
}

TEST(FilterCache, WhatIsNoFilterIsNotKept) {
  FilterCache cache(AlertSchema());
  FilterProblem problem;
  EXPECT_EQ(cache.Get("measure =", problem), nullptr);
  EXPECT_EQ(problem.position, 9u);
  EXPECT_EQ(cache.compiled(), 0);
}

TEST(FilterCache, IsBoundedAndLosesNothingThatIsInUse) {
  FilterCache cache(AlertSchema());
  FilterProblem problem;
  const FilterPtr held = cache.Get("origins > 0.5", problem);
  for (std::size_t i = 0; i <= kFiltersKeptMax; ++i) {
    ASSERT_NE(cache.Get(absl::StrCat("origins > ", i), problem), nullptr);
  }
  EXPECT_EQ(cache.Get("origins > 0.5", problem), held);
}

}  // namespace
}  // namespace claimwatch
