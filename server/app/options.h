// Options: what an operator can set, in one table, from four places.
//
// A value comes from a flag, else from the environment, else from the configuration file, else it
// is the default; --print_config says which. The table in option_table.cc is the only list: help,
// the three sources, the checks and the documentation all read it. What is not in it is an error
// that names the place and the nearest option, because a setting that is silently ignored is worse
// than a daemon that does not start. Tested by tests/app/options_test.cc.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace claimwatch {

// The effective settings; the meaning of each is in option_table.cc, which --help prints.
struct Options {
  std::string data_dir;
  std::vector<std::string> listen;
  std::string http_listen;
  bool http_listen_given = false;  // Not the default.
  std::string web_root;
  std::vector<std::string> http_origins;
  bool insecure = false;
  std::string tls_cert;
  std::string tls_key;
  std::string tls_client_ca;
  std::string credentials;
  std::string port_file;
  std::string log_format;
  std::string log_level;
  absl::Duration drain_grace;
  std::int64_t reader_threads = 0;
  std::string catalogue_extra;
  std::string backup_dir;
  absl::Duration future_max;
  std::int64_t stories_max = 0;
  absl::Duration story_window;
  std::int64_t claims_held_max = 0;
  absl::Duration heartbeat_interval;
  absl::Duration stream_age_max;
  std::int64_t subscribers_max = 0;
  std::int64_t client_streams_max = 0;
  std::int64_t client_calls_max = 0;
  std::int64_t client_bytes_max = 0;
  std::int64_t address_streams_max = 0;
  std::int64_t address_calls_max = 0;
  std::int64_t address_bytes_max = 0;
  std::string alert_filter;
  std::int64_t events_kept = 0;
  absl::Duration events_kept_for;
  std::int64_t transport_bytes_max = 0;
  std::int64_t disk_free_min = 0;
};

// One option as it was set.
struct Setting {
  std::string_view name;
  std::string value;   // As text, in the spelling of the configuration file.
  std::string origin;  // "default", "flag", "environment CLAIMWATCH_LISTEN", "daemon.conf:12"
};

enum class Action : std::uint8_t { kServe, kCheck, kRestore, kPrintConfig, kHelp, kVersion };

struct CommandLine {
  Action action = Action::kServe;
  std::string backup;  // Of kRestore.
  Options options;
  std::vector<Setting> settings;  // One an option, in the order of the table.
};

// Where ReadCommandLine looks; tests hold their own.
struct OptionSources {
  std::vector<std::string> flags;        // argv without argv[0]
  std::vector<std::string> environment;  // "NAME=value", the whole environment
  std::function<absl::StatusOr<std::string>(const std::string& path)> read_file;
};

// INVALID_ARGUMENT names the flag, variable or file and line, what is wrong with it and the nearest
// option that exists. The options are only checked for being able to serve when the action is
// kServe.
absl::StatusOr<CommandLine> ReadCommandLine(const OptionSources& sources);

// The process's own.
OptionSources ProcessSources(int argc, char** argv);

// For --print_config: a configuration file that says the same, with the origin of each value.
std::string PrintConfig(const CommandLine& command);
// For --help.
std::string HelpText();
// For --version.
std::string VersionText();

}  // namespace claimwatch
