#include "client/cli/help.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "client/cli/safe_text.h"

namespace claimwatch::cli {
namespace {

constexpr std::size_t kColumns = 92;
constexpr std::size_t kNameColumns = 26;  // Longer names stand on a line of their own.

std::string Entry(const std::string& name, const std::string& description) {
  std::string head = "  " + name;
  if (DisplayWidth(head) + 2 > kNameColumns) {
    head += '\n';
    head.append(kNameColumns, ' ');
  } else {
    head.append(kNameColumns - DisplayWidth(head), ' ');
  }
  return absl::StrCat(head, Wrap(description, kNameColumns, kColumns), "\n");
}

// "HOST:PORT", "table|json"
std::string ValueName(const CLI::Option& option) {
  std::string type = option.get_type_name();
  const std::size_t choices = type.find('{');
  if (choices == std::string::npos) return type;
  const std::string list = type.substr(choices + 1, type.find('}') - choices - 1);
  return absl::StrReplaceAll(list, {{",", "|"}});
}

// "--output=table|json", "-h, --help", "FILE…"
std::string NameOf(const CLI::Option& option) {
  if (option.get_positional() && option.get_lnames().empty()) {
    return absl::StrCat(option.get_name(true), option.get_items_expected_max() > 1 ? "…" : "");
  }
  std::string name;
  for (const std::string& letter : option.get_snames()) absl::StrAppend(&name, "-", letter, ", ");
  absl::StrAppend(&name, "--", option.get_lnames().front());
  if (option.get_items_expected_max() > 0) absl::StrAppend(&name, "=", ValueName(option));
  return name;
}

std::string OptionEntry(const CLI::Option& option) {
  std::string description = option.get_description();
  if (!option.get_default_str().empty()) {
    absl::StrAppend(&description, " [", option.get_default_str(), "]");
  }
  if (!option.get_envname().empty()) {
    absl::StrAppend(&description, " [environment: ", option.get_envname(), "]");
  }
  return Entry(NameOf(option), description);
}

std::string Usage(const CLI::App& app, const std::string& name) {
  std::string usage = absl::StrCat("  ", name.empty() ? app.get_name() : name, " [FLAGS]");
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) continue;
    const std::string argument = NameOf(*option);
    absl::StrAppend(&usage, " ", option->get_required() ? argument : "[" + argument + "]");
  }
  if (!app.get_subcommands(nullptr).empty()) absl::StrAppend(&usage, " COMMAND");
  return usage + "\n";
}

class Help final : public CLI::FormatterBase {
 public:
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode /*mode*/) const override {
    std::string text = absl::StrCat(app->get_description(), "\n\n", Usage(*app, name));
    text += Commands(*app);
    std::vector<std::string> groups;
    for (const CLI::Option* option : app->get_options()) {
      const std::string group = option->get_positional() ? "Arguments" : option->get_group();
      if (std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(group);
    }
    std::stable_partition(groups.begin(), groups.end(),
                          [](const std::string& group) { return group == "Arguments"; });
    for (const std::string& group : groups) {
      absl::StrAppend(&text, "\n", group == "Options" ? "Flags" : group, ":\n");
      for (const CLI::Option* option : app->get_options()) {
        const bool argument = option->get_positional();
        if ((argument ? "Arguments" : option->get_group()) == group) text += OptionEntry(*option);
      }
    }
    return absl::StrCat(text, "\n", app->get_footer());
  }

 private:
  static std::string Commands(const CLI::App& app) {
    std::string text;
    for (const CLI::App* command : app.get_subcommands(nullptr)) {
      if (text.empty()) text = "\nCommands:\n";
      text += Entry(command->get_name(), command->get_description());
    }
    return text;
  }
};

}  // namespace

std::shared_ptr<CLI::FormatterBase> HelpFormatter() { return std::make_shared<Help>(); }

}  // namespace claimwatch::cli
