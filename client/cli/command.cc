#include "client/cli/command.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <tuple>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "client/cli/json.h"
#include "client/cli/safe_text.h"
#include "client/lib/status.h"

namespace claimwatch::cli {
namespace {

std::size_t ColumnsOf(int fd) {
  winsize size = {};
  if (!::isatty(fd) || ::ioctl(fd, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

Look LookOf(int fd, const std::string& color) {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool dumb = term != nullptr && std::string_view(term) == "dumb";
  const bool wanted = ::isatty(fd) && !dumb && (no_color == nullptr || *no_color == '\0');
  return {color == "always" || (color == "auto" && wanted), ColumnsOf(fd)};
}

// The whole of a file that a flag names; nothing where it names none.
absl::Status ReadFlagFile(const char* flag, const std::string& path, std::string& content) {
  if (path.empty()) return absl::OkStatus();
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  content = text.str();
  if (!content.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(flag, ": cannot read ", path));
}

bool IsThisMachine(const std::string& target) {
  const std::string host = target.substr(0, target.rfind(':'));
  return host == "localhost" || host == "[::1]" || host.rfind("127.", 0) == 0 ||
         target.rfind("unix:", 0) == 0;
}

}  // namespace

Look Shell::look() const { return LookOf(STDOUT_FILENO, flags_.color); }
Look Shell::error_look() const { return LookOf(STDERR_FILENO, flags_.color); }
bool Shell::ErrorIsTerminal() { return ::isatty(STDERR_FILENO) == 1; }

absl::Status Shell::Connect(const client::RetryPolicy& policy) {
  client::ConnectionOptions options;
  options.target = flags_.server;
  options.tls = flags_.tls || !flags_.tls_ca.empty() || !flags_.tls_cert.empty();
  options.retry = policy;
  options.client_id = "claimwatch";
  const std::tuple<const char*, const std::string&, std::string&> files[] = {
      {"--tls_ca", flags_.tls_ca, options.tls_ca},
      {"--tls_cert", flags_.tls_cert, options.tls_cert},
      {"--tls_key", flags_.tls_key, options.tls_key},
      {"--api_token_file", flags_.token_file, options.token}};
  for (const auto& [flag, path, content] : files) {
    if (absl::Status read = ReadFlagFile(flag, path, content); !read.ok()) return read;
  }
  options.token = std::string(absl::StripAsciiWhitespace(options.token));
  if (!options.token.empty() && !options.tls && !IsThisMachine(options.target)) {
    return absl::InvalidArgumentError(
        "--api_token_file: the token would be sent in the clear; use --tls or --tls_ca");
  }
  if (!flags_.give_up_after.empty()) {
    const absl::StatusOr<absl::Duration> time = ParseDuration(flags_.give_up_after);
    if (!time.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("--give_up_after: ", time.status().message()));
    }
    options.retry.first_contact_max = options.retry.outage_max = *time;
  }
  connection_ = std::make_unique<client::Connection>(std::move(options));
  client_ = std::make_unique<client::Client>(*connection_);
  return absl::OkStatus();
}

void Shell::Print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void Shell::PrintLine(std::string_view line) {
  Print(line);
  std::fputc('\n', stdout);
}

void Shell::PrintJson(const google::protobuf::Message& message) { PrintLine(ToJson(message)); }

void Shell::Flush() { std::fflush(stdout); }

void Shell::Say(std::string_view text) {
  const std::string line = absl::StrCat("claimwatch: ", SafeText(text), "\n");
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void Shell::Say(const absl::Status& status) { Say(std::string(status.message())); }

ExitCode Shell::Fail(const absl::Status& status) const {
  if (absl::IsCancelled(status)) return kInterrupted;
  if (client::IsNoConnection(status)) {
    Say(absl::StrCat("cannot reach the daemon at ", flags_.server, ": ", client::Describe(status),
                     ". Is claimwatchd running there?"));
    return kUnreachable;
  }
  Say(client::Describe(status));
  return absl::IsUnavailable(status) ? kUnreachable : kFailed;
}

client::RetryPolicy Command::Retry() const {
  client::RetryPolicy policy;
  policy.first_contact_max = absl::ZeroDuration();
  policy.outage_max = absl::Seconds(10);
  return policy;
}

std::vector<std::unique_ptr<Command>> AllCommands() {
  std::vector<std::unique_ptr<Command>> commands;
  for (const auto make :
       {MakeIngest, MakeWatch, MakeExtract,   MakeAlerts,        MakeStories, MakeFigure,
        MakeClaims, MakeWhy,   MakeArticle,   MakeAck,           MakeRetract, MakeMerge,
        MakeSplit,  MakeFeed,  MakeRelay,     MakeSubscriptions, MakeConsume, MakeStatus,
        MakeBackup, MakeToken, MakeCompletion}) {
    commands.push_back(make());
  }
  return commands;
}

absl::StatusOr<absl::Duration> ParseDuration(std::string_view text) {
  if (text == "never") return absl::InfiniteDuration();
  absl::Duration duration;
  if (absl::ParseDuration(absl::string_view(text.data(), text.size()), &duration) &&
      duration >= absl::ZeroDuration()) {
    return duration;
  }
  return absl::InvalidArgumentError("want a time such as 500ms, 10s, 5m, 1h, or never");
}

absl::StatusOr<google::protobuf::Timestamp> ParseTime(std::string_view text) {
  absl::Time time;
  bool read = false;
  for (const char* format : {"%Y-%m-%d%ET%H:%M:%E*S%Ez", "%Y-%m-%d%ET%H:%M%Ez", "%Y-%m-%d"}) {
    read = read ||
           absl::ParseTime(format, absl::string_view(text.data(), text.size()), &time, nullptr);
  }
  if (!read) {
    return absl::InvalidArgumentError(
        "want a time such as 2022-01-10T09:00:00Z, 2022-01-10T15:00+06:00 or 2022-01-10");
  }
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  timestamp.set_nanos(static_cast<int>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(timestamp.seconds()))));
  return timestamp;
}

}  // namespace claimwatch::cli
