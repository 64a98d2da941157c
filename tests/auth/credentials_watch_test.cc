#include "server/auth/credentials_watch.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/fakes/fake_clock.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

constexpr char kList[] = "/claimwatch.v1.StoryService/ListStories";

// Whole or not at all, as an administrator's tool should write it.
void Write(const std::string& path, const std::string& text) {
  std::ofstream(path + ".new") << text;
  std::filesystem::rename(path + ".new", path);
}

// Waits for the watch's thread, without a bound of its own: ctest's ends a watch that is blind.
template <typename Ready>
void Await(Ready ready) {
  while (!ready()) std::this_thread::yield();
}

TEST(CredentialsWatch, TakesWhatIsGoodAndKeepsTheOldOtherwise) {
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/credentials";
  Write(path, "node certificate=node.example roles=read\n");
  FakeClock clock;
  Authorizer authorizer(*Credentials::ReadFile(path), clock);
  const CredentialsWatch watch(path, authorizer, absl::Milliseconds(1));
  const Caller node{"", {"node.example"}, ""};
  const Caller other{"", {"other.example"}, ""};
  ASSERT_TRUE(authorizer.Decide(node, kList).allowed());

  Write(path, "other certificate=other.example roles=read\n");
  Await([&] { return watch.reloads() == 1; });
  EXPECT_FALSE(authorizer.Decide(node, kList).allowed());
  EXPECT_TRUE(authorizer.Decide(other, kList).allowed());

  Write(path, "nonsense\n");
  Await([&] { return watch.failures() == 1; });
  EXPECT_TRUE(authorizer.Decide(other, kList).allowed());

  std::filesystem::remove(path);
  Await([&] { return watch.failures() == 2; });
  EXPECT_TRUE(authorizer.Decide(other, kList).allowed());
}

}  // namespace
}  // namespace claimwatch
