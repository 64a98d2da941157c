#include "server/app/options.h"

#include <fstream>
#include <sstream>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "server/app/option_table.h"
#include "server/base/log.h"
#include "server/rpc/version.h"

extern char** environ;

namespace claimwatch {
namespace {

constexpr absl::string_view kEnvironmentPrefix = "CLAIMWATCH_";

// What one source says of each option, by place in the table; empty origin: nothing.
struct Said {
  std::string value;
  std::string origin;
};
using Layer = std::vector<Said>;

std::size_t IndexOf(const OptionSpec& spec) { return &spec - OptionTable().data(); }

bool IsList(const OptionSpec& spec) {
  return std::holds_alternative<std::vector<std::string> Options::*>(spec.member);
}

std::string NoSuchOption(absl::string_view name, absl::string_view instead) {
  const OptionSpec* nearest = NearestOption(std::string_view(name.data(), name.size()));
  const std::string safe = LogSafe(std::string_view(name.data(), name.size()));
  if (nearest == nullptr) return absl::StrCat("there is no option \"", safe, "\"; ", instead);
  return absl::StrCat("there is no option \"", safe, "\"; did you mean \"",
                      std::string(nearest->name), "\"?");
}

// Keeps a value; a list grows, anything else may be said once a source.
absl::Status Say(const OptionSpec& spec, absl::string_view value, const std::string& origin,
                 Layer& layer) {
  Said& said = layer[IndexOf(spec)];
  if (said.origin.empty()) {
    said = {std::string(value), origin};
  } else if (IsList(spec)) {
    absl::StrAppend(&said.value, ",", value);
  } else {
    return absl::InvalidArgumentError(
        absl::StrCat(origin, ": ", std::string(spec.name), " is set twice"));
  }
  return absl::OkStatus();
}

struct Flags {
  Layer layer = Layer(OptionTable().size());
  std::string config;
  std::string config_origin;
  Action action = Action::kServe;
  std::string backup;
};

// True when the flag is one of those that are no options.
bool ReadAction(absl::string_view name, Flags& flags) {
  if (name == "help" || name == "h") {
    flags.action = Action::kHelp;
  } else if (name == "version") {
    flags.action = Action::kVersion;
  } else if (name == "print_config") {
    flags.action = Action::kPrintConfig;
  } else if (name == "check") {
    flags.action = Action::kCheck;
  } else {
    return false;
  }
  return true;
}

absl::StatusOr<Flags> ReadFlags(const std::vector<std::string>& args) {
  Flags flags;
  for (std::size_t i = 0; i < args.size(); ++i) {
    absl::string_view arg = args[i];
    if (!absl::ConsumePrefix(&arg, "--") && arg != "-h") {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", LogSafe(args[i]), "\" is no flag; flags look like --data_dir=DIR"));
    }
    const auto equals = arg.find('=');
    const bool has_value = equals != absl::string_view::npos;
    const std::string name =
        absl::StrReplaceAll(absl::StripPrefix(arg.substr(0, equals), "-"), {{"-", "_"}});
    if (!has_value && ReadAction(name, flags)) continue;
    if (name == "restore" && has_value) {
      flags.action = Action::kRestore;
      flags.backup = std::string(arg.substr(equals + 1));
      continue;
    }
    const OptionSpec* spec = FindOption(name);
    if (spec == nullptr && name != "config") {
      return absl::InvalidArgumentError(absl::StrCat(
          "flag --", LogSafe(name), ": ", NoSuchOption(name, "claimwatchd --help lists them all")));
    }
    absl::string_view value = has_value ? arg.substr(equals + 1) : absl::string_view();
    const bool is_switch = spec != nullptr && spec->metavar.empty();
    if (!has_value && is_switch) {
      value = "true";
    } else if (!has_value) {
      if (i + 1 == args.size()) {
        return absl::InvalidArgumentError(absl::StrCat("flag --", name, " needs a value"));
      }
      value = args[++i];
    }
    if (spec == nullptr) {
      flags.config = std::string(value);
      flags.config_origin = "flag --config";
    } else if (absl::Status said = Say(*spec, value, "flag", flags.layer); !said.ok()) {
      return said;
    }
  }
  return flags;
}

// Variables of ours by another program's name (the client's CLAIMWATCH_SERVER) are let be; what
// looks like a misspelt option is not.
absl::StatusOr<Layer> ReadEnvironment(const std::vector<std::string>& environment, Flags& flags) {
  Layer layer(OptionTable().size());
  for (const std::string& variable : environment) {
    absl::string_view name = variable;
    if (!absl::ConsumePrefix(&name, kEnvironmentPrefix)) continue;
    const auto equals = name.find('=');
    if (equals == absl::string_view::npos) continue;
    const absl::string_view value = name.substr(equals + 1);
    const std::string key = absl::AsciiStrToLower(name.substr(0, equals));
    const std::string origin =
        absl::StrCat("environment ", kEnvironmentPrefix, name.substr(0, equals));
    if (key == "config") {
      if (flags.config_origin.empty()) {
        flags.config = std::string(value);
        flags.config_origin = origin;
      }
    } else if (const OptionSpec* spec = FindOption(key); spec != nullptr) {
      if (absl::Status said = Say(*spec, value, origin, layer); !said.ok()) return said;
    } else if (NearestOption(key) != nullptr) {
      return absl::InvalidArgumentError(absl::StrCat(origin, ": ", NoSuchOption(key, "")));
    }
  }
  return layer;
}

// Where a comment begins: "#" at the start or after white space; else the end.
std::size_t CommentAt(absl::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '#' && (at == 0 || absl::ascii_isspace(text[at - 1]))) return at;
  }
  return text.size();
}

// What stands between quotation marks, where nothing but a comment follows them; else the text up
// to a comment, without the space around it.
absl::string_view ValueIn(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  const bool quoted = absl::StartsWith(text, "\"");
  for (std::size_t end = text.find('"', 1); quoted && end != text.npos;
       end = text.find('"', end + 1)) {
    const absl::string_view rest = text.substr(end + 1);
    if (absl::StripAsciiWhitespace(rest.substr(0, CommentAt(rest))).empty()) {
      return text.substr(1, end - 1);
    }
  }
  return absl::StripAsciiWhitespace(text.substr(0, CommentAt(text)));
}

// As ValueIn() reads it.
std::string Quoted(absl::string_view value) {
  const bool plain = ValueIn(value) == value;
  return plain ? std::string(value) : absl::StrCat("\"", value, "\"");
}

// Lines of `name = value`; see CommentAt() and ValueIn().
absl::StatusOr<Layer> ReadFile(const std::string& path, absl::string_view content) {
  Layer layer(OptionTable().size());
  int number = 0;
  for (absl::string_view line : absl::StrSplit(content, '\n')) {
    ++number;
    const std::string where = absl::StrCat(path, ":", number);
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line.front() == '#') continue;
    const auto equals = line.substr(0, CommentAt(line)).find('=');
    if (equals == absl::string_view::npos) {
      return absl::InvalidArgumentError(absl::StrCat(where, ": \"", LogSafe(std::string(line)),
                                                     "\" is not of the form: name = value"));
    }
    const std::string name(absl::StripAsciiWhitespace(line.substr(0, equals)));
    const OptionSpec* spec = FindOption(name);
    if (spec == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat(where, ": ", NoSuchOption(name, "claimwatchd --help lists them all")));
    }
    const absl::string_view value = ValueIn(line.substr(equals + 1));
    if (absl::Status said = Say(*spec, value, where, layer); !said.ok()) return said;
  }
  return layer;
}

absl::StatusOr<Layer> ReadConfig(const Flags& flags, const OptionSources& sources) {
  if (flags.config.empty()) return Layer(OptionTable().size());
  absl::StatusOr<std::string> content = sources.read_file(flags.config);
  if (!content.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(flags.config_origin, ": ", content.status().message()));
  }
  return ReadFile(flags.config, *content);
}

// The first layer that says something wins.
absl::Status Merge(absl::Span<const Layer> layers, CommandLine& command) {
  for (const OptionSpec& spec : OptionTable()) {
    Said said{std::string(spec.default_value), "default"};
    for (const Layer& layer : layers) {
      if (layer[IndexOf(spec)].origin.empty()) continue;
      said = layer[IndexOf(spec)];
      break;
    }
    if (absl::Status set = SetOption(spec, said.value, command.options); !set.ok()) {
      const std::string where = said.origin == "flag"
                                    ? absl::StrCat("flag --", std::string(spec.name))
                                    : absl::StrCat(said.origin, ": ", std::string(spec.name));
      return absl::InvalidArgumentError(
          absl::StrCat(where, "=\"", LogSafe(said.value), "\" ", set.message()));
    }
    if (spec.name == "http_listen") {
      command.options.http_listen_given = said.origin != "default";
    }
    command.settings.push_back({spec.name, said.value, said.origin});
  }
  return absl::OkStatus();
}

bool IsLoopback(absl::string_view address) {
  const absl::string_view host = address.substr(0, address.rfind(':'));
  return host == "localhost" || host == "[::1]" || absl::StartsWith(host, "127.") ||
         absl::StartsWith(address, "unix:");
}

absl::Status CheckAddress(absl::string_view option, const std::string& address,
                          const Options& options, bool guarded) {
  if (!absl::StrContains(address, ':')) {
    return absl::InvalidArgumentError(
        absl::StrCat(option, "=\"", LogSafe(address), "\" must be HOST:PORT"));
  }
  if (options.insecure || guarded || IsLoopback(address)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(option, "=\"", LogSafe(address), "\" can be reached by other machines: ",
                   "give --tls_cert and --tls_key and, to say who may do what, --credentials or "
                   "--tls_client_ca; or listen on 127.0.0.1; or say --insecure if everybody there "
                   "may read and write everything"));
}

absl::Status CheckServable(const Options& options) {
  if (options.data_dir.empty()) {
    return absl::InvalidArgumentError(
        "data_dir is not set: say where to keep what the daemon knows, --data_dir=DIR");
  }
  if (options.tls_cert.empty() != options.tls_key.empty()) {
    return absl::InvalidArgumentError("tls_cert and tls_key are given together or not at all");
  }
  if (options.tls_cert.empty() && !options.tls_client_ca.empty()) {
    return absl::InvalidArgumentError("tls_client_ca needs tls_cert and tls_key");
  }
  const bool guarded =
      !options.tls_cert.empty() && !(options.credentials.empty() && options.tls_client_ca.empty());
  for (const std::string& address : options.listen) {
    if (absl::Status bad = CheckAddress("listen", address, options, guarded); !bad.ok()) return bad;
  }
  return options.http_listen.empty()
             ? absl::OkStatus()
             : CheckAddress("http_listen", options.http_listen, options, guarded);
}

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream content;
  if (!in || !(content << in.rdbuf())) {
    // An empty file leaves nothing to insert, which the stream calls a failure.
    if (in.is_open() && in.peek() == std::ifstream::traits_type::eof()) return std::string();
    return absl::NotFoundError(absl::StrCat("cannot read the file ", path));
  }
  return content.str();
}

// `text` in lines of at most `width`, each after `indent`.
std::string Wrapped(absl::string_view text, absl::string_view indent, std::size_t width) {
  std::string out;
  std::size_t column = 0;
  for (const absl::string_view word : absl::StrSplit(text, ' ')) {
    if (column == 0 || column + 1 + word.size() > width) {
      absl::StrAppend(&out, column == 0 ? "" : "\n", indent, word);
      column = indent.size() + word.size();
    } else {
      absl::StrAppend(&out, " ", word);
      column += 1 + word.size();
    }
  }
  return out + "\n";
}

}  // namespace

absl::StatusOr<CommandLine> ReadCommandLine(const OptionSources& sources) {
  absl::StatusOr<Flags> flags = ReadFlags(sources.flags);
  if (!flags.ok()) return flags.status();
  CommandLine command;
  command.action = flags->action;
  command.backup = flags->backup;
  if (command.action == Action::kHelp || command.action == Action::kVersion) return command;
  absl::StatusOr<Layer> environment = ReadEnvironment(sources.environment, *flags);
  if (!environment.ok()) return environment.status();
  absl::StatusOr<Layer> file = ReadConfig(*flags, sources);
  if (!file.ok()) return file.status();
  const Layer layers[] = {flags->layer, *std::move(environment), *std::move(file)};
  if (absl::Status merged = Merge(layers, command); !merged.ok()) return merged;
  const bool stored = command.action == Action::kCheck || command.action == Action::kRestore;
  if (stored && command.options.data_dir.empty()) {
    return absl::InvalidArgumentError("data_dir is not set: say which, --data_dir=DIR");
  }
  if (command.action == Action::kServe) {
    if (absl::Status servable = CheckServable(command.options); !servable.ok()) return servable;
  }
  return command;
}

OptionSources ProcessSources(int argc, char** argv) {
  OptionSources sources;
  if (argc > 1) sources.flags.assign(argv + 1, argv + argc);
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    sources.environment.emplace_back(*variable);
  }
  sources.read_file = ReadWholeFile;
  return sources;
}

std::string PrintConfig(const CommandLine& command) {
  std::string out;
  for (const Setting& setting : command.settings) {
    absl::StrAppend(&out, std::string(setting.name), " = ", Quoted(setting.value), "  # ",
                    setting.origin, "\n");
  }
  return out;
}

std::string HelpText() {
  std::string out =
      "claimwatchd reads the numbers in news articles that are streamed to it and tells "
      "subscribers\n"
      "when a figure changes or is contradicted.\n\n"
      "  claimwatchd --data_dir=/var/lib/claimwatch          serve on 127.0.0.1:7411\n"
      "  claimwatchd --config=/etc/claimwatch/daemon.conf    take the options from a file\n"
      "  claimwatchd --config=FILE --print_config            show what is in force, and why\n"
      "  claimwatchd --data_dir=DIR --check                  is all of it there and whole?\n"
      "  claimwatchd --data_dir=DIR --restore=BACKUP         verify a backup and put it there\n\n"
      "Each option can be given as a flag (--name=value), in the environment "
      "(CLAIMWATCH_NAME=value)\n"
      "or in the configuration file (a line `name = value`); the first of these that has it "
      "wins.\n\n";
  for (const OptionSpec& spec : OptionTable()) {
    const std::string value =
        spec.metavar.empty() ? "" : absl::StrCat("=", std::string(spec.metavar));
    const std::string otherwise = spec.default_value.empty() || spec.metavar.empty()
                                      ? ""
                                      : absl::StrCat("   (", std::string(spec.default_value), ")");
    absl::StrAppend(&out, "  --", std::string(spec.name), value, otherwise, "\n",
                    Wrapped(std::string(spec.help), "        ", 96));
  }
  absl::StrAppend(
      &out,
      "  --config=FILE\n        The configuration file; also CLAIMWATCH_CONFIG.\n"
      "  --check\n        Read everything in data_dir (or the one file that it names), while "
      "no daemon runs there,\n        and tell whether it is whole: exit code 0, or 3 and "
      "what is damaged.\n"
      "  --restore=BACKUP\n        Verify a backup and make data_dir, which must be empty, "
      "begin with it.\n"
      "  --print_config   --help   --version\n\n"
      "SIGTERM or SIGINT stops the daemon in order; a second one stops it at once.\n"
      "Exit code: 0 stopped as asked, 2 the options are wrong, 3 --check found damage, 1 anything "
      "else.\n");
  return out;
}

std::string VersionText() { return absl::StrCat("claimwatchd ", std::string(kVersion), "\n"); }

}  // namespace claimwatch
