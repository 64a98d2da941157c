// Command: one word of the command line, such as `watch`; and Shell, what every command works with.
//
// A command adds its flags to a CLI::App, and runs once they are parsed. What it prints goes to
// standard output; what it has to say beside that goes to standard error. Tested by
// tests/client/cli_test.py.
#pragma once

#include <CLI/App.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "client/cli/exit_code.h"
#include "client/cli/look.h"
#include "client/lib/client.h"
#include "client/lib/connection.h"

namespace claimwatch::cli {

namespace pb = ::claimwatch::v1;

// Flags that every command takes.
struct CommonFlags {
  std::string server = client::kDefaultTarget;
  std::string output = "table";
  std::string color = "auto";
  std::string give_up_after;  // Empty: the command's own.
  bool tls = false;
  std::string tls_ca;
  std::string tls_cert;
  std::string tls_key;
  std::string token_file;
};

class Shell {
 public:
  explicit Shell(const CommonFlags& flags) : flags_(flags) {}

  bool json() const { return flags_.output == "json"; }
  const std::string& server() const { return flags_.server; }
  // Of standard output, and of standard error.
  Look look() const;
  Look error_look() const;
  static bool ErrorIsTerminal();

  // Fails when a flag cannot be used. Call before connection() and client().
  absl::Status Connect(const client::RetryPolicy& policy);
  client::Connection& connection() { return *connection_; }
  client::Client& client() { return *client_; }

  // To standard output. A line gets its end.
  void Print(std::string_view text);
  void PrintLine(std::string_view line);
  void PrintJson(const google::protobuf::Message& message);
  static void Flush();

  // "claimwatch: …" on standard error; `text` may hold foreign text.
  static void Say(std::string_view text);
  static void Say(const absl::Status& status);  // Its message.
  // Likewise, for a call that failed; returns the exit code for it.
  ExitCode Fail(const absl::Status& status) const;

 private:
  const CommonFlags& flags_;
  std::unique_ptr<client::Connection> connection_;
  std::unique_ptr<client::Client> client_;
};

class Command {
 public:
  virtual ~Command() = default;
  // Adds the subcommand. Pointers to members go into the app: the command outlives it.
  virtual CLI::App* AddTo(CLI::App& app) = 0;
  virtual ExitCode Run(Shell& shell) = 0;

  // How long to try. One-shot commands do not wait for a daemon that is not there.
  virtual client::RetryPolicy Retry() const;
};

// All of them, in the order of --help.
std::vector<std::unique_ptr<Command>> AllCommands();

std::unique_ptr<Command> MakeAck();
std::unique_ptr<Command> MakeAlerts();
std::unique_ptr<Command> MakeArticle();
std::unique_ptr<Command> MakeBackup();
std::unique_ptr<Command> MakeToken();
std::unique_ptr<Command> MakeClaims();
std::unique_ptr<Command> MakeCompletion();
std::unique_ptr<Command> MakeConsume();
std::unique_ptr<Command> MakeExtract();
std::unique_ptr<Command> MakeFeed();
std::unique_ptr<Command> MakeFigure();
std::unique_ptr<Command> MakeIngest();
std::unique_ptr<Command> MakeRelay();
std::unique_ptr<Command> MakeRetract();
std::unique_ptr<Command> MakeMerge();
std::unique_ptr<Command> MakeSplit();
std::unique_ptr<Command> MakeStatus();
std::unique_ptr<Command> MakeStories();
std::unique_ptr<Command> MakeSubscriptions();
std::unique_ptr<Command> MakeWatch();
std::unique_ptr<Command> MakeWhy();

// "10s", "5m", "never"
absl::StatusOr<absl::Duration> ParseDuration(std::string_view text);
// "2022-01-10T09:00:00Z", "2022-01-10T09:00+06:00", "2022-01-10" (its first moment, UTC)
absl::StatusOr<google::protobuf::Timestamp> ParseTime(std::string_view text);

}  // namespace claimwatch::cli
