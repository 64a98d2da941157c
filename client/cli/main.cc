// The claimwatch command: parses the command line, runs one command, ends with its exit code.
//
// Tested by tests/client/cli_test.py.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "client/cli/command.h"
#include "client/cli/help.h"
#include "client/cli/interrupt.h"

namespace claimwatch::cli {
namespace {

constexpr char kDescription[] =
    "claimwatch talks to claimwatchd, the daemon that notices when a number in the news changes.\n"
    "Each command has a --help with examples.";

constexpr char kFooter[] = R"(Begin with:
  claimwatch status                     # is the daemon there?
  claimwatch watch                      # in one terminal: alerts as they come
  claimwatch ingest articles.jsonl      # in another: one article a line
  claimwatch stories                    # what the articles are about
)";

constexpr char kCommonFooter[] =
    "\nEvery command also takes --server, --output, --color, --give_up_after, --api_token_file and "
    "the\n"
    "--tls flags; see claimwatch --help.\n";

void AddCommonFlags(CLI::App& app, CommonFlags& flags) {
  app.add_option("--server", flags.server, "Where the daemon listens")
      ->type_name("HOST:PORT")
      ->envname("CLAIMWATCH_SERVER")
      ->capture_default_str();
  app.add_option("--output", flags.output, "table for people, json for programs: an object a line")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  app.add_option("--color", flags.color, "auto: on a terminal, unless NO_COLOR is set")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  app.add_option(
         "--give_up_after", flags.give_up_after,
         "How long to try to reach the daemon: 500ms, 30s, never; without: watch and ingest "
         "try for 10 s and ride out later outages, the others try once")
      ->type_name("TIME");
  app.add_flag("--tls", flags.tls, "Connect by TLS");
  app.add_option("--tls_ca", flags.tls_ca, "Trust these authorities (PEM), and use TLS")
      ->type_name("FILE");
  app.add_option("--tls_cert", flags.tls_cert, "Show the daemon this certificate (PEM)")
      ->type_name("FILE");
  app.add_option("--tls_key", flags.tls_key, "The key of --tls_cert (PEM)")->type_name("FILE");
  app.add_option("--api_token_file", flags.token_file, "Send the API token in this file")
      ->type_name("FILE")
      ->envname("CLAIMWATCH_API_TOKEN_FILE");
}

// Flags may be written with dashes as well: --token-file is --token_file.
std::vector<std::string> Arguments(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  for (std::string& argument : arguments) {
    if (argument == "--") break;
    if (!argument.starts_with("--")) continue;
    const auto end = argument.begin() +
                     static_cast<std::ptrdiff_t>(std::min(argument.find('='), argument.size()));
    std::replace(argument.begin() + 2, end, '-', '_');
  }
  return arguments;
}

int Main(int argc, char** argv) {
  WatchForInterrupts();
  CommonFlags flags;
  std::vector<std::unique_ptr<Command>> commands = AllCommands();
  CLI::App app(kDescription, "claimwatch");
  app.formatter(HelpFormatter());  // Subcommands inherit it, and so does the help flag.
  app.set_version_flag("--version", "claimwatch " CLAIMWATCH_VERSION, "Print the release");
  app.set_help_flag("-h,--help", "Print this help");
  AddCommonFlags(app, flags);
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(std::string(kFooter) + "\n" + kExitCodes);
  std::vector<CLI::App*> subcommands;
  for (const auto& command : commands) {
    CLI::App* subcommand = command->AddTo(app);
    subcommand->footer(subcommand->get_footer() + kCommonFooter);
    subcommands.push_back(subcommand);
  }
  std::vector<std::string> arguments = Arguments(argc, argv);
  std::reverse(arguments.begin(), arguments.end());  // As CLI11 wants them.
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kOk : kUsage;
  }
  Shell shell(flags);
  for (std::size_t i = 0; i < commands.size(); ++i) {
    if (!subcommands[i]->parsed()) continue;
    if (const absl::Status status = shell.Connect(commands[i]->Retry()); !status.ok()) {
      Shell::Say(status);
      return kUsage;
    }
    const ExitCode code = commands[i]->Run(shell);
    Shell::Flush();
    return code;
  }
  return kUsage;
}

}  // namespace
}  // namespace claimwatch::cli

// NOLINTNEXTLINE(bugprone-exception-escape): what nobody catches ends the program.
int main(int argc, char** argv) { return claimwatch::cli::Main(argc, argv); }
