#include "server/app/app.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "claimwatch/v1/admin.grpc.pb.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;

Options On(const std::string& data_dir, std::vector<std::string> flags = {}) {
  flags.push_back("--data_dir=" + data_dir);
  if (flags.size() == 1) flags.push_back("--listen=127.0.0.1:0");
  const auto command = ReadCommandLine({flags, {}, nullptr});
  EXPECT_TRUE(command.ok()) << command.status();
  return command->options;
}

std::string EpochOf(const App& app) {
  const auto stub = v1::AdminService::NewStub(
      grpc::CreateChannel(app.addresses()[0], grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  v1::GetStatusResponse status;
  return stub->GetStatus(&context, {}, &status).ok() ? status.epoch() : "";
}

TEST(App, TwoInOneProcess) {
  TemporaryDirectory folder;
  const auto one = App::Start(On(folder.path() + "/one"));
  const auto two = App::Start(On(folder.path() + "/two"));
  ASSERT_TRUE(one.ok()) << one.status();
  ASSERT_TRUE(two.ok()) << two.status();
  EXPECT_FALSE(EpochOf(**one).empty());
  EXPECT_NE(EpochOf(**one), EpochOf(**two));
  (*one)->Stop();
  EXPECT_FALSE(EpochOf(**two).empty()) << "the other one serves on";
}

TEST(App, TheLockGoesWithIt) {
  TemporaryDirectory folder;
  const Options options = On(folder.path() + "/data");
  std::string epoch;
  {
    const auto first = App::Start(options);
    ASSERT_TRUE(first.ok()) << first.status();
    epoch = EpochOf(**first);
    const auto second = App::Start(options);
    ASSERT_FALSE(second.ok());
    EXPECT_THAT(std::string(second.status().message()), HasSubstr(options.data_dir));
  }
  const auto again = App::Start(options);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(EpochOf(**again), epoch);
}

struct Failure {
  const char* what;
  std::vector<std::string> flags;
  absl::StatusCode code;
  std::string message;
};

// What fails leaves nothing behind that would hold up the next start.
TEST(App, WhatIsInTheWayIsNamed) {
  TemporaryDirectory folder;
  const auto other = App::Start(On(folder.path() + "/other"));
  ASSERT_TRUE(other.ok()) << other.status();
  std::ofstream(folder.path() + "/measures.tsv") << "this is no catalogue\n";
  const std::string taken = (*other)->addresses()[0];
  const Failure kCases[] = {
      {"port", {"--listen=" + taken}, absl::StatusCode::kUnavailable, taken},
      {"no catalogue",
       {"--catalogue_extra=/no/such/file"},
       absl::StatusCode::kInvalidArgument,
       "catalogue_extra: cannot read the file /no/such/file"},
      {"bad catalogue",
       {"--catalogue_extra=" + folder.path() + "/measures.tsv"},
       absl::StatusCode::kInvalidArgument,
       "measures.tsv:1: 1 columns between tabs"},
      {"backups",
       {"--backup_dir=/no/such/folder"},
       absl::StatusCode::kInvalidArgument,
       "backup_dir: /no/such/folder is no folder"},
      {"port file",
       {"--listen=127.0.0.1:0", "--port_file=/no/such/folder/port"},
       absl::StatusCode::kInvalidArgument,
       "port_file: cannot write /no/such/folder/port"},
  };
  for (const Failure& row : kCases) {
    const auto app = App::Start(On(folder.path() + "/data", row.flags));
    ASSERT_FALSE(app.ok()) << row.what;
    EXPECT_EQ(app.status().code(), row.code) << row.what << app.status();
    EXPECT_THAT(std::string(app.status().message()), HasSubstr(row.message)) << row.what;
  }
  EXPECT_TRUE(App::Start(On(folder.path() + "/data")).ok());
}

TEST(App, AFolderThatIsNotOursIsLeftAlone) {
  TemporaryDirectory folder;
  std::ofstream(folder.path() + "/holiday.jpg") << "not ours";
  const auto app = App::Start(On(folder.path()));
  ASSERT_FALSE(app.ok());
  EXPECT_THAT(std::string(app.status().message()), HasSubstr(folder.path()));
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/claimwatch.db"));
}

}  // namespace
}  // namespace claimwatch
