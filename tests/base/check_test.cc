#include "server/base/check.h"

#include <gtest/gtest.h>

namespace claimwatch {
namespace {

TEST(Check, PassesSilentlyAndEvaluatesOnce) {
  int calls = 0;
  CW_CHECK(++calls == 1);
  EXPECT_EQ(calls, 1);
}

TEST(CheckDeathTest, SaysPlaceAndCondition) {
  EXPECT_DEATH(CW_CHECK(1 + 1 == 3), "check_test.cc:[0-9]+: CHECK failed: 1 \\+ 1 == 3");
}

}  // namespace
}  // namespace claimwatch
