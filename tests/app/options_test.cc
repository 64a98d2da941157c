// Tables: what is said where, and what comes of it.
#include "server/app/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace claimwatch {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

OptionSources Sources(std::vector<std::string> flags, std::vector<std::string> environment = {},
                      const std::string& file = "") {
  return {std::move(flags), std::move(environment),
          [file](const std::string& path) -> absl::StatusOr<std::string> {
            if (path == "daemon.conf") return file;
            return absl::NotFoundError(absl::StrCat("cannot read the file ", path));
          }};
}

std::string OriginOf(const CommandLine& command, std::string_view name) {
  for (const Setting& setting : command.settings) {
    if (setting.name == name) return setting.origin;
  }
  return "no such setting";
}

TEST(Options, DefaultsServeOnLoopback) {
  const auto command = ReadCommandLine(Sources({"--data_dir=/tmp/cw"}));
  ASSERT_TRUE(command.ok()) << command.status();
  EXPECT_EQ(command->action, Action::kServe);
  EXPECT_EQ(command->options.data_dir, "/tmp/cw");
  EXPECT_THAT(command->options.listen, ElementsAre("127.0.0.1:7411"));
  EXPECT_EQ(command->options.drain_grace, absl::Seconds(10));
  EXPECT_EQ(command->options.story_window, absl::Hours(24 * 400));
  EXPECT_EQ(command->options.transport_bytes_max, std::int64_t{1} << 30);
  EXPECT_FALSE(command->options.insecure);
}

struct Precedence {
  const char* what;
  std::vector<std::string> flags;
  std::vector<std::string> environment;
  const char* file;
  const char* level;   // The log_level that comes of it,
  const char* origin;  // and from where.
};

TEST(Options, FlagsBeforeEnvironmentBeforeFileBeforeDefaults) {
  const std::string config = "--config=daemon.conf";
  const Precedence kCases[] = {
      {"nothing", {}, {}, "", "info", "default"},
      {"file", {config}, {}, "\nlog_level = debug\n", "debug", "daemon.conf:2"},
      {"environment",
       {config},
       {"CLAIMWATCH_LOG_LEVEL=trace"},
       "log_level = debug\n",
       "trace",
       "environment CLAIMWATCH_LOG_LEVEL"},
      {"flag",
       {config, "--log_level=error"},
       {"CLAIMWATCH_LOG_LEVEL=trace"},
       "log_level = debug\n",
       "error",
       "flag"},
      {"flag with its value apart", {"--log_level", "warning"}, {}, "", "warning", "flag"},
      {"dashes", {"--log-level=warning"}, {}, "", "warning", "flag"},
      {"file named by the environment",
       {},
       {"CLAIMWATCH_CONFIG=daemon.conf"},
       "log_level = debug",
       "debug",
       "daemon.conf:1"},
      {"another program's variable",
       {},
       {"CLAIMWATCH_SERVER=there:1", "PATH=/bin"},
       "",
       "info",
       "default"},
      {"comments and quotes",
       {config},
       {},
       "# all of it\n log_level=\"debug\"  # chatty\n",
       "debug",
       "daemon.conf:2"},
  };
  for (const Precedence& row : kCases) {
    std::vector<std::string> flags = row.flags;
    flags.push_back("--data_dir=d");
    const auto command = ReadCommandLine(Sources(flags, row.environment, row.file));
    ASSERT_TRUE(command.ok()) << row.what << ": " << command.status();
    EXPECT_EQ(command->options.log_level, row.level) << row.what;
    EXPECT_EQ(OriginOf(*command, "log_level"), row.origin) << row.what;
  }
}

TEST(Options, ListsGrowAndReplace) {
  const auto flags = ReadCommandLine(
      Sources({"--data_dir=d", "--listen=127.0.0.1:1", "--listen=[::1]:2", "--config=daemon.conf"},
              {}, "listen = 127.0.0.1:9"));
  ASSERT_TRUE(flags.ok()) << flags.status();
  EXPECT_THAT(flags->options.listen, ElementsAre("127.0.0.1:1", "[::1]:2"));
  const auto file = ReadCommandLine(
      Sources({"--data_dir=d", "--config=daemon.conf"}, {}, "listen = 127.0.0.1:9, localhost:0"));
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_THAT(file->options.listen, ElementsAre("127.0.0.1:9", "localhost:0"));
}

struct Refusal {
  std::vector<std::string> flags;
  std::vector<std::string> environment;
  const char* file;
  const char* message;  // Part of it.
};

TEST(Options, WhatIsWrongIsNamedWithItsPlace) {
  const std::string data = "--data_dir=d", config = "--config=daemon.conf";
  const Refusal kCases[] = {
      {{}, {}, "", "data_dir is not set"},
      {{"d"}, {}, "", "\"d\" is no flag"},
      {{"--data_dri=d"}, {}, "", "did you mean \"data_dir\"?"},
      {{"--zzzzzzzzzz=1"}, {}, "", "flag --zzzzzzzzzz: there is no option"},
      {{data, "--drain_grace"}, {}, "", "flag --drain_grace needs a value"},
      {{data, "--drain_grace=soon"}, {}, "", "must be a time such as 500ms, 10s, 1h30m or 400d"},
      {{data, "--drain_grace=2h"}, {}, "", "must be from 100ms to 1h"},
      {{data, "--reader_threads=1000"}, {}, "", "must be from 0 to 256"},
      {{data, "--reader_threads=-1"}, {}, "", "must be from 0 to 256"},
      {{data, "--reader_threads=two"}, {}, "", "must be a whole number"},
      {{data, "--log_format=xml"}, {}, "", "must be one of text, json"},
      {{data, "--insecure=perhaps"}, {}, "", "must be true or false"},
      {{data, data}, {}, "", "flag: data_dir is set twice"},
      {{data, "--listen=127.0.0.1"}, {}, "", "must be HOST:PORT"},
      {{data, "--listen=0.0.0.0:7411"}, {}, "", "--insecure"},
      {{data, "--listen=[::]:7411"}, {}, "", "can be reached by other machines: give --tls_cert"},
      {{data, "--listen=127.0.0.1:1,,"}, {}, "", "has an empty item"},
      {{data}, {"CLAIMWATCH_LISTN=x:1"}, "", "environment CLAIMWATCH_LISTN: there is no option"},
      {{data},
       {"CLAIMWATCH_STORIES_MAX=0"},
       "",
       "environment CLAIMWATCH_STORIES_MAX: stories_max=\"0\" must be from 1"},
      {{data, config},
       {},
       "log_level = info\nlog_levle = debug\n",
       "daemon.conf:2: there is no option \"log_levle\"; did you mean \"log_level\"?"},
      {{data, config},
       {},
       "log_level = info\nlog_level = debug\n",
       "daemon.conf:2: log_level is set twice"},
      {{data, config}, {}, "\n\nlog_level\n", "daemon.conf:3: \"log_level\" is not of the form"},
      {{data, config}, {}, "future_max = 3 days", "daemon.conf:1: future_max=\"3 days\" must be"},
      {{data, "--config=none.conf"}, {}, "", "flag --config: cannot read the file none.conf"},
  };
  for (const Refusal& row : kCases) {
    const auto command = ReadCommandLine(Sources(row.flags, row.environment, row.file));
    const std::string what = absl::StrCat(absl::StrJoin(row.flags, " "), " | ", row.file);
    ASSERT_FALSE(command.ok()) << what;
    EXPECT_EQ(command.status().code(), absl::StatusCode::kInvalidArgument) << what;
    EXPECT_THAT(std::string(command.status().message()), HasSubstr(row.message)) << what;
  }
}

TEST(Options, OtherMachinesOnlyWithInsecure) {
  for (const char* address : {"0.0.0.0:7411", "news.example:7411"}) {
    const std::string listen = absl::StrCat("--listen=", address);
    EXPECT_FALSE(ReadCommandLine(Sources({"--data_dir=d", listen})).ok()) << address;
    EXPECT_TRUE(ReadCommandLine(Sources({"--data_dir=d", listen, "--insecure"})).ok()) << address;
  }
  for (const char* address :
       {"127.0.0.1:0", "127.8.0.1:1", "localhost:1", "[::1]:1", "unix:/tmp/cw.sock"}) {
    const std::string listen = absl::StrCat("--listen=", address);
    EXPECT_TRUE(ReadCommandLine(Sources({"--data_dir=d", listen})).ok()) << address;
  }
}

// What is printed is a configuration file that says the same.
TEST(Options, PrintConfigReadsBack) {
  const auto first =
      ReadCommandLine(Sources({"--print_config", "--listen=127.0.0.1:1", "--listen=127.0.0.1:2",
                               "--insecure", "--future_max=90m"},
                              {"CLAIMWATCH_DATA_DIR=/srv/claims"}));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->action, Action::kPrintConfig);
  const std::string printed = PrintConfig(*first);
  EXPECT_THAT(printed, HasSubstr("data_dir = /srv/claims  # environment CLAIMWATCH_DATA_DIR\n"));
  EXPECT_THAT(printed, HasSubstr("listen = 127.0.0.1:1,127.0.0.1:2  # flag\n"));
  EXPECT_THAT(printed, HasSubstr("log_level = info  # default\n"));
  const auto again = ReadCommandLine(Sources({"--config=daemon.conf"}, {}, printed));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->options.data_dir, "/srv/claims");
  EXPECT_EQ(again->options.listen, first->options.listen);
  EXPECT_EQ(again->options.future_max, absl::Minutes(90));
  EXPECT_TRUE(again->options.insecure);
}

struct Written {
  std::string_view line;
  std::string_view value;
};

// Quotation marks keep what would be a comment; without them the value ends there.
TEST(Options, ValuesOfAFileMayBeQuoted) {
  constexpr Written kCases[] = {{"data_dir = /a b/c", "/a b/c"},
                                {"  data_dir=/a#b  # where it is", "/a#b"},
                                {"data_dir = /a #1", "/a"},
                                {"data_dir = \"/a #1\"", "/a #1"},
                                {"data_dir = \"/a #1\"  # the \"first\" one", "/a #1"},
                                {"data_dir = \" /a \"", " /a "},
                                {"data_dir = \"/a", "\"/a"},
                                {"data_dir = \"/a\" b", "\"/a\" b"},
                                {"data_dir = \"\"/a\"\"", "\"/a\""}};
  for (const Written& c : kCases) {
    const auto read = ReadCommandLine(Sources({"--config=daemon.conf"}, {}, std::string(c.line)));
    ASSERT_TRUE(read.ok()) << c.line << ": " << read.status();
    EXPECT_EQ(read->options.data_dir, c.value) << c.line;
    const std::string printed = PrintConfig(*read);
    const auto again = ReadCommandLine(Sources({"--config=daemon.conf"}, {}, printed));
    ASSERT_TRUE(again.ok()) << c.line << ": " << again.status();
    EXPECT_EQ(again->options.data_dir, c.value) << c.line;
  }
}

// Nothing has to be right to be helped.
TEST(Options, HelpAndVersionNeedNothing) {
  EXPECT_EQ(ReadCommandLine(Sources({"--help"}))->action, Action::kHelp);
  EXPECT_EQ(ReadCommandLine(Sources({"-h"}))->action, Action::kHelp);
  EXPECT_EQ(ReadCommandLine(Sources({"--version"}))->action, Action::kVersion);
  const std::string help = HelpText();
  for (const char* part : {"--data_dir=DIR", "--listen=HOST:PORT", "CLAIMWATCH_NAME", "SIGTERM"}) {
    EXPECT_THAT(help, HasSubstr(part));
  }
  EXPECT_THAT(VersionText(), testing::MatchesRegex("claimwatchd [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

}  // namespace
}  // namespace claimwatch
