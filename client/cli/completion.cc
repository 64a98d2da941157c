// `claimwatch completion`: prints a script that makes a shell complete commands, flags and values.
//
// Tested by tests/client/cli_test.py.
#include "client/cli/completion.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "client/cli/command.h"
#include "client/cli/selector_flags.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"text(Examples:
  eval "$(claimwatch completion bash)"                                   # in ~/.bashrc
  eval "$(claimwatch completion zsh)"                                    # in ~/.zshrc
  claimwatch completion fish > ~/.config/fish/completions/claimwatch.fish
)text";

struct Flag {
  std::string name;  // "--output"
  std::string description;
  bool takes_value = false;
};

std::string Severities() {
  return absl::StrJoin(EnumWords(*pb::Alert::Severity_descriptor(), "SEVERITY_"), " ");
}

// What a flag takes, where that is a short list.
std::string ValuesOf(const std::string& flag) {
  static const std::map<std::string, std::string>& values = *new std::map<std::string, std::string>{
      {"--output", "table json"},
      {"--color", "auto always never"},
      {"--from", "now beginning snapshot"},
      {"--on_gap", "stop oldest snapshot"},
      {"--kind", absl::StrJoin(EnumWords(*pb::Alert::Kind_descriptor(), "KIND_"), " ")},
      {"--state", absl::StrJoin(EnumWords(*pb::Alert::State_descriptor(), "STATE_"), " ")},
      {"--min_severity", Severities()},
  };
  const auto found = values.find(flag);
  return found == values.end() ? "" : found->second;
}

// In the order of --help.
void AddFlags(const CLI::App& command, std::vector<Flag>& flags) {
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      flags.push_back(
          {"--" + name, option->get_description(), option->get_items_expected_max() > 0});
    }
  }
}

std::vector<Flag> FlagsOf(const CLI::App& app, const CLI::App& command) {
  std::vector<Flag> flags;
  AddFlags(command, flags);
  if (&app != &command) {
    for (const CLI::Option* option : app.get_options()) {
      for (const std::string& name : option->get_lnames()) {
        if (name == "help" || name == "version") continue;
        flags.push_back(
            {"--" + name, option->get_description(), option->get_items_expected_max() > 0});
      }
    }
  }
  return flags;
}

std::string Words(const std::vector<Flag>& flags) {
  return absl::StrJoin(flags, " ", [](std::string* out, const Flag& flag) {
    absl::StrAppend(out, flag.name, flag.takes_value ? "=" : "");
  });
}

// Bash splits words at "=": "--output=j" are three. The value of a flag stands one or two words
// behind.
constexpr char kBashHead[] = R"text(# claimwatch: completion for bash
function _claimwatch {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
  local valued=" @VALUED@ " command="" flag="" words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      -*|=) ;;
      *) if [[ ${COMP_WORDS[i-1]} != = && $valued != *" ${COMP_WORDS[i-1]} "* ]]; then
           command=${COMP_WORDS[i]}
           break
         fi ;;
    esac
  done
  if [[ $word == = ]]; then
    flag=$before
    word=""
  elif [[ $before == = ]]; then
    flag=${COMP_WORDS[COMP_CWORD-2]}
  elif [[ $valued == *" $before "* ]]; then
    flag=$before
  fi
  COMPREPLY=()
)text";

std::string BashScript(const CLI::App& app) {
  std::map<std::string, std::string> values;  // By flag, where it takes one.
  std::string cases;
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(nullptr)) {
    const std::vector<Flag> flags = FlagsOf(app, *command);
    names.push_back(command->get_name());
    absl::StrAppend(&cases, "    ", command->get_name(), ") words=\"", Words(flags), "\" ;;\n");
    for (const Flag& flag : flags) {
      if (flag.takes_value) values[flag.name] = ValuesOf(flag.name);
    }
  }
  const std::string valued = absl::StrJoin(
      values, " ", [](std::string* out, const auto& flag) { absl::StrAppend(out, flag.first); });
  std::string script =
      absl::StrCat(absl::StrReplaceAll(kBashHead, {{"@VALUED@", valued}}), "  case $flag in\n");
  for (const auto& [flag, words] : values) {
    if (words.empty()) continue;
    absl::StrAppend(&script, "    ", flag, ") COMPREPLY=($(compgen -W \"", words,
                    "\" -- \"$word\")); return ;;\n");
  }
  absl::StrAppend(&script, "    --*) COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n  esac\n");
  absl::StrAppend(&script, "  case $command in\n    \"\") words=\"", absl::StrJoin(names, " "), " ",
                  Words(FlagsOf(app, app)), "\" ;;\n", cases, "  esac\n");
  absl::StrAppend(&script,
                  "  if [[ $word == -* || -z $command ]]; then\n"
                  "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
                  "    if [[ ${COMPREPLY[0]-} == *= ]]; then compopt -o nospace; fi\n"
                  "  elif [[ $command == completion ]]; then\n"
                  "    COMPREPLY=($(compgen -W \"bash zsh fish\" -- \"$word\"))\n"
                  "  else\n"
                  "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
                  "  fi\n"
                  "}\ncomplete -F _claimwatch claimwatch\n");
  return script;
}

std::string ZshScript(const CLI::App& app) {
  return "autoload -Uz compinit bashcompinit\n"
         "(( $+functions[compdef] )) || compinit\nbashcompinit\n" +
         BashScript(app);
}

std::string Quoted(const std::string& text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"'", "\\'"}}), "'");
}

std::string FishFlag(const std::string& condition, const Flag& flag) {
  std::string line = absl::StrCat("complete -c claimwatch", condition, " -l ", flag.name.substr(2));
  if (flag.takes_value) absl::StrAppend(&line, " -r");
  const std::string values = ValuesOf(flag.name);
  if (!values.empty()) absl::StrAppend(&line, " -f -a ", Quoted(values));
  return absl::StrCat(line, " -d ", Quoted(flag.description), "\n");
}

std::string FishScript(const CLI::App& app) {
  std::string script = "# claimwatch: completion for fish\n";
  for (const Flag& flag : FlagsOf(app, app)) absl::StrAppend(&script, FishFlag("", flag));
  for (const CLI::App* command : app.get_subcommands(nullptr)) {
    absl::StrAppend(&script, "complete -c claimwatch -n __fish_use_subcommand -f -a ",
                    command->get_name(), " -d ", Quoted(command->get_description()), "\n");
    std::vector<Flag> flags;
    AddFlags(*command, flags);
    for (const Flag& flag : flags) {
      const std::string condition =
          absl::StrCat(" -n '__fish_seen_subcommand_from ", command->get_name(), "'");
      absl::StrAppend(&script, FishFlag(condition, flag));
    }
  }
  return script +
         "complete -c claimwatch -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh "
         "fish'\n";
}

class Completion final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    app_ = &app;
    CLI::App* command = app.add_subcommand("completion", "Print a script for shell completion");
    command->add_option("SHELL", shell_, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    command->footer(kExamples);
    return command;
  }

  ExitCode Run(Shell& shell) override {
    shell.Print(CompletionScript(*app_, shell_));
    return kOk;
  }

 private:
  const CLI::App* app_ = nullptr;
  std::string shell_;
};

}  // namespace

std::string CompletionScript(const CLI::App& app, std::string_view shell) {
  if (shell == "bash") return BashScript(app);
  if (shell == "zsh") return ZshScript(app);
  return shell == "fish" ? FishScript(app) : "";
}

std::unique_ptr<Command> MakeCompletion() { return std::make_unique<Completion>(); }

}  // namespace claimwatch::cli
