#include "server/app/option_table.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "server/app/limits.h"

namespace claimwatch {
namespace {

constexpr double kDay = 86400;
constexpr std::string_view kLogFormats[] = {"text", "json"};
constexpr std::string_view kLogLevels[] = {"trace", "debug", "info", "warning", "error"};

const OptionSpec kTable[] = {
    {"data_dir", "DIR", &Options::data_dir, "",
     "Where the daemon keeps what it knows. Made when missing; only one daemon at a time. "
     "Required."},
    {"listen", "HOST:PORT", &Options::listen, "127.0.0.1:7411",
     "Where clients reach the daemon. Repeat the flag, or separate by commas, for several; port 0 "
     "takes a free one and says which. Other than this machine's own addresses need TLS and "
     "credentials, or --insecure."},
    {"http_listen", "HOST:PORT", &Options::http_listen, "127.0.0.1:7412",
     "Where browsers reach the daemon: the dashboard, gRPC-Web, Connect and JSON, server-sent "
     "events, /metrics, /healthz. With --tls_cert it speaks TLS, as --listen does. Empty: nowhere. "
     "Where the default is taken by another program, "
     "the daemon says so and serves gRPC alone."},
    {"web_root", "DIR", &Options::web_root, "",
     "Where the dashboard's files are. Empty: share/claimwatch/dashboard beside the folder of the "
     "program."},
    {"http_origins", "ORIGIN", &Options::http_origins, "",
     "Pages of these origins may call the daemon from a browser, beside those it serves itself: "
     "https://board.example. Repeat the flag, or separate by commas, for several."},
    {"insecure", "", &Options::insecure, "false",
     "Serve without TLS on addresses that other machines can reach: whoever gets there can read "
     "and "
     "write everything."},
    {"tls_cert", "FILE", &Options::tls_cert, "",
     "Serve by TLS with this certificate (PEM, with its chain). Read again when it changes."},
    {"tls_key", "FILE", &Options::tls_key, "", "The key of --tls_cert (PEM)."},
    {"tls_client_ca", "FILE", &Options::tls_client_ca, "",
     "Verify certificates of clients by these authorities (PEM). Without --credentials every "
     "client "
     "needs one and may then do everything; with it, a certificate is one way to say who one is."},
    {"credentials", "FILE", &Options::credentials, "",
     "Who may call what: one a line, as `claimwatch token` writes it. Read again when it changes. "
     "Empty: whoever reaches the daemon may do everything."},
    {"port_file", "FILE", &Options::port_file, "",
     "Write the address in use there, one a line, once the daemon serves; removed when it stops. "
     "The last line is that of the dashboard, with http:// or https:// before it."},
    {"log_format", "text|json", &Options::log_format, "text",
     "One line an event on standard error: for people, or one JSON object for machines.", 0, 0,
     kLogFormats},
    {"log_level", "LEVEL", &Options::log_level, "info",
     "The least that is logged: trace, debug, info, warning, error.", 0, 0, kLogLevels},
    {"drain_grace", "TIME", &Options::drain_grace, "10s",
     "How long a stop may take: articles in hand are answered, subscribers are told to come back; "
     "then connections are cut.",
     0.1, 3600},
    {"reader_threads", "N", &Options::reader_threads, "0",
     "Threads that read articles for claims. 0: one a core.", 0, 256},
    {"catalogue_extra", "FILE", &Options::catalogue_extra, "",
     "Measures, units and words of your own, read at start; deploy/catalogue_extra.tsv "
     "shows and explains all kinds."},
    {"backup_dir", "DIR", &Options::backup_dir, "",
     "Where `claimwatch backup` may write. Empty: backups over the network are refused."},
    {"disk_free_min", "BYTES", &Options::disk_free_min, "64MiB",
     "With less free space than this where data_dir is, the daemon takes no more articles; reading "
     "goes on, and so does taking them when there is room again.",
     0, 1024.0 * 1024 * 1024 * kMiB},
    {"future_max", "TIME", &Options::future_max, "48h",
     "Articles whose publish_time lies further ahead than this are refused.", 0, 366 * kDay},
    {"stories_max", "N", &Options::stories_max, "1000000",
     "Stories held in memory for linking; the least recent sleep in the store.", 1, 100'000'000},
    {"story_window", "TIME", &Options::story_window, "400d",
     "Stories untouched for longer than this take no more articles.", kDay, 36525 * kDay},
    {"claims_held_max", "N", &Options::claims_held_max, "100000",
     "Claims held in memory for comparing, about 1.3 KB each; the least recent wait in the store.",
     1, 100'000'000},
    {"heartbeat_interval", "TIME", &Options::heartbeat_interval, "30s",
     "A subscriber that asked for no other interval hears at least this often where it stands.",
     kHeartbeatSecondsMin, kHeartbeatSecondsMax},
    {"stream_age_max", "TIME", &Options::stream_age_max, "1h",
     "Streams older than this are told to come back, so that load spreads over restarts and "
     "balancers; spread by a tenth. 0s: never.",
     0, 366 * kDay},
    {"subscribers_max", "N", &Options::subscribers_max, "10000",
     "Subscriptions at a time; more are told to try later.", 1, 1'000'000},
    {"client_streams_max", "N", &Options::client_streams_max, "2000",
     "Streams that one credential may hold at a time. 0: no bound.", 0, 1e6},
    {"client_calls_max", "N", &Options::client_calls_max, "5000",
     "Calls that one credential may begin in a second, streams included. 0: no bound.", 0, 1e9},
    {"client_bytes_max", "BYTES", &Options::client_bytes_max, "128MiB",
     "Bytes that one credential may send in a second, unpacked: a call beyond it is refused, a "
     "stream of articles waits. 0: no bound.",
     0, 1024.0 * 1024 * kMiB},
    {"address_streams_max", "N", &Options::address_streams_max, "20000",
     "Streams that all callers of one address (of IPv6: one /64) may hold at a time. 0: no "
     "bound.",
     0, 1e6},
    {"address_calls_max", "N", &Options::address_calls_max, "50000",
     "Calls that they may begin in a second, those that are refused included. 0: no bound.", 0,
     1e9},
    {"address_bytes_max", "BYTES", &Options::address_bytes_max, "1GiB",
     "Bytes that they may send in a second. 0: no bound.", 0, 1024.0 * 1024 * kMiB},
    {"alert_filter", "FILTER", &Options::alert_filter, "",
     "Only alerts that this filter lets through are told to subscribers, beside what each of them "
     "selects; all are kept and listed. Empty: all. The language is in proto/README.md."},
    {"events_kept", "N", &Options::events_kept, "0",
     "Alert events kept for subscribers who resume; older ones go, and who asks for them is told. "
     "0: all.",
     0, 1e15},
    {"events_kept_for", "TIME", &Options::events_kept_for, "0s",
     "The same by age; both hold where both are set. 0s: for ever.", 0, 36525 * kDay},
    {"transport_bytes_max", "BYTES", &Options::transport_bytes_max, "1GiB",
     "Memory that gRPC may take for all connections together: a back-stop, not a policy.",
     64.0 * kMiB, 1024.0 * 1024 * kMiB},
};

// "12", "64KiB", "1GiB"
bool ParseNumber(std::string_view text, std::int64_t& value) {
  std::int64_t unit = 1;
  constexpr std::pair<std::string_view, std::int64_t> kUnits[] = {
      {"KiB", 1024}, {"MiB", kMiB}, {"GiB", 1024 * kMiB}};
  for (const auto& [name, size] : kUnits) {
    if (text.ends_with(name)) {
      text.remove_suffix(name.size());
      unit = size;
      break;
    }
  }
  std::int64_t number = 0;
  if (!absl::SimpleAtoi(absl::string_view(text.data(), text.size()), &number)) return false;
  return !__builtin_mul_overflow(number, unit, &value);
}

// "10s", "1h30m", "400d"
bool ParseTime(std::string_view text, absl::Duration& value) {
  double days = 0;
  if (text.ends_with('d') &&
      absl::SimpleAtod(absl::string_view(text.data(), text.size() - 1), &days)) {
    value = absl::Hours(24) * days;
    return std::isfinite(days);
  }
  return absl::ParseDuration(absl::string_view(text.data(), text.size()), &value);
}

absl::Status OutOfBounds(std::string_view low, std::string_view high) {
  return absl::InvalidArgumentError(absl::StrCat("must be from ",
                                                 absl::string_view(low.data(), low.size()), " to ",
                                                 absl::string_view(high.data(), high.size())));
}

struct Setter {
  const OptionSpec& spec;
  std::string_view value;
  Options& options;

  absl::Status operator()(std::string Options::*member) const {
    if (!spec.choices.empty() &&
        std::find(spec.choices.begin(), spec.choices.end(), value) == spec.choices.end()) {
      std::vector<std::string> choices(spec.choices.begin(), spec.choices.end());
      return absl::InvalidArgumentError(
          absl::StrCat("must be one of ", absl::StrJoin(choices, ", ")));
    }
    options.*member = std::string(value);
    return absl::OkStatus();
  }
  absl::Status operator()(std::vector<std::string> Options::*member) const {
    if (value.empty() && spec.default_value.empty()) return absl::OkStatus();
    for (absl::string_view item :
         absl::StrSplit(absl::string_view(value.data(), value.size()), ',')) {
      item = absl::StripAsciiWhitespace(item);
      if (item.empty()) return absl::InvalidArgumentError("has an empty item");
      (options.*member).emplace_back(item);
    }
    return absl::OkStatus();
  }
  absl::Status operator()(bool Options::*member) const {
    const absl::string_view text(value.data(), value.size());
    if (!absl::SimpleAtob(text, &(options.*member))) {
      return absl::InvalidArgumentError("must be true or false");
    }
    return absl::OkStatus();
  }
  absl::Status operator()(absl::Duration Options::*member) const {
    absl::Duration read;
    if (!ParseTime(value, read)) {
      return absl::InvalidArgumentError("must be a time such as 500ms, 10s, 1h30m or 400d");
    }
    options.*member = read;
    const absl::Duration low = absl::Seconds(spec.low), high = absl::Seconds(spec.high);
    if (read >= low && read <= high) return absl::OkStatus();
    return OutOfBounds(absl::FormatDuration(low), absl::FormatDuration(high));
  }
  absl::Status operator()(std::int64_t Options::*member) const {
    std::int64_t read = 0;
    if (!ParseNumber(value, read)) {
      return absl::InvalidArgumentError("must be a whole number, with KiB, MiB or GiB if you like");
    }
    options.*member = read;
    const auto low = static_cast<std::int64_t>(spec.low);
    const auto high = static_cast<std::int64_t>(spec.high);
    if (read >= low && read <= high) return absl::OkStatus();
    return OutOfBounds(absl::StrCat(low), absl::StrCat(high));
  }
};

// Edits (insert, delete, replace) between two short words.
std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

}  // namespace

absl::Span<const OptionSpec> OptionTable() { return kTable; }

const OptionSpec* FindOption(std::string_view name) {
  for (const OptionSpec& spec : kTable) {
    if (spec.name == name) return &spec;
  }
  return nullptr;
}

const OptionSpec* NearestOption(std::string_view name) {
  const OptionSpec* nearest = nullptr;
  std::size_t least = std::min<std::size_t>(3, name.size() / 2) + 1;
  for (const OptionSpec& spec : kTable) {
    const std::size_t distance = EditDistance(name.substr(0, 64), spec.name);
    if (distance < least) {
      least = distance;
      nearest = &spec;
    }
  }
  return nearest;
}

std::string EnvironmentName(const OptionSpec& spec) {
  return absl::StrCat("CLAIMWATCH_",
                      absl::AsciiStrToUpper(absl::string_view(spec.name.data(), spec.name.size())));
}

absl::Status SetOption(const OptionSpec& spec, std::string_view value, Options& options) {
  return std::visit(Setter{spec, value, options}, spec.member);
}

}  // namespace claimwatch
