#include "server/store/data_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

using ::testing::HasSubstr;

TEST(DataDirectory, IsMadeForItsOwnerOnly) {
  TemporaryDirectory parent;
  const std::string path = absl::StrCat(parent.path(), "/deep/data");
  const auto directory = DataDirectory::Open(path);
  ASSERT_TRUE(directory.ok()) << directory.status();
  EXPECT_EQ((*directory)->StoreFile(), absl::StrCat(path, "/claimwatch.db"));
  struct stat info = {};
  ASSERT_EQ(stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
}

TEST(DataDirectory, BelongsToOneAtATime) {
  TemporaryDirectory place;
  auto first = DataDirectory::Open(place.path());
  ASSERT_TRUE(first.ok()) << first.status();
  const absl::Status second = DataDirectory::Open(place.path()).status();
  EXPECT_EQ(second.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.message()), HasSubstr(place.path()));
  EXPECT_THAT(std::string(second.message()), HasSubstr("another claimwatchd"));
  first->reset();
  EXPECT_TRUE(DataDirectory::Open(place.path()).ok());  // Holds our files now, and is free.
}

TEST(DataDirectory, RefusesTheFoldersOfOthers) {
  TemporaryDirectory place;
  std::ofstream(absl::StrCat(place.path(), "/thesis.tex")) << "hello";
  const absl::Status status = DataDirectory::Open(place.path()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("thesis.tex"));
  EXPECT_NE(access(absl::StrCat(place.path(), "/LOCK").c_str(), F_OK), 0);  // Left untouched.
}

TEST(DataDirectory, RefusesAFile) {
  TemporaryDirectory place;
  const std::string path = absl::StrCat(place.path(), "/file");
  std::ofstream(path) << "hello";
  EXPECT_EQ(DataDirectory::Open(path).status().code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace claimwatch
