#include "server/base/out_of_memory.h"

#include <gtest/gtest.h>

#include <new>

namespace claimwatch {
namespace {

TEST(OutOfMemoryDeathTest, IsSaidAndEndsTheProcess) {
  EXPECT_DEATH(
      {
        EndWhenMemoryRunsOut();
        std::get_new_handler()();
      },
      "memory ran out on thread [^ ]+: ending");
}

}  // namespace
}  // namespace claimwatch
