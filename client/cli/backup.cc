// `claimwatch backup`: a consistent copy of the store while everything goes on.
//
// Tested by tests/client/cli_test.py.
#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/command.h"
#include "client/cli/safe_text.h"
#include "client/cli/wording.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  claimwatch backup monday.db
      Writes monday.db into the daemon's backup directory (claimwatchd --backup_dir=DIR) and ends
      when it is complete and on disk. Put alone into an empty directory, it can be started from.
)";

class Backup final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("backup", "Write a copy of the store");
    command->add_option("NAME", name_, "File name in the daemon's backup directory; not a path")
        ->required();
    command->footer(kExamples);
    return command;
  }

  ExitCode Run(Shell& shell) override {
    pb::BackUpRequest request;
    request.set_name(name_);
    const auto response = shell.client().BackUp(request);
    if (!response.ok()) return shell.Fail(response.status());
    if (shell.json()) {
      shell.PrintJson(*response);
    } else {
      shell.PrintLine(absl::StrCat(SafeText(response->path()), ": ",
                                   CountText(response->size_bytes(), "byte", "bytes"),
                                   ", every article up to ", response->head_sequence()));
    }
    return kOk;
  }

 private:
  std::string name_;
};

}  // namespace

std::unique_ptr<Command> MakeBackup() { return std::make_unique<Backup>(); }

}  // namespace claimwatch::cli
