// `claimwatch ack`: notes that somebody has seen to an alert.
//
// Tested by tests/client/cli_test.py.
#include <cstdlib>
#include <string>

#include "client/cli/alert_text.h"
#include "client/cli/command.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  claimwatch ack al12 --note="checked with the ministry, correct"
      Every subscriber hears it. The same note again changes nothing.
  claimwatch ack al12 --by="night desk"
)";

std::string UserName() {
  const char* user = std::getenv("USER");
  return user == nullptr || *user == '\0' ? "unknown" : user;
}

class Ack final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("ack", "Note that somebody has seen to an alert");
    command->add_option("ALERT_ID", alert_id_, "Such as al12")->required();
    command->add_option("--note", note_, "What to say about it")->type_name("TEXT");
    command->add_option("--by", by_, "Who; without: the user's name")->type_name("NAME");
    command->footer(kExamples);
    return command;
  }

  ExitCode Run(Shell& shell) override {
    pb::AcknowledgeAlertRequest request;
    request.set_alert_id(alert_id_);
    request.set_by(by_.empty() ? UserName() : by_);
    request.set_note(note_);
    const auto response = shell.client().AcknowledgeAlert(request);
    if (!response.ok()) return shell.Fail(response.status());
    if (shell.json()) {
      shell.PrintJson(response->alert());
    } else {
      shell.Print(AlertText(response->alert(), shell.look()));
    }
    return kOk;
  }

 private:
  std::string alert_id_, note_, by_;
};

}  // namespace

std::unique_ptr<Command> MakeAck() { return std::make_unique<Ack>(); }

}  // namespace claimwatch::cli
