// `claimwatch alerts`: the alerts as they stand now, or one of them in full.
//
// Tested by tests/client/cli_test.py.
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "client/cli/alert_text.h"
#include "client/cli/command.h"
#include "client/cli/paging.h"
#include "client/cli/safe_text.h"
#include "client/cli/selector_flags.h"
#include "client/cli/table.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  claimwatch alerts
      The latest alerts, one a line.
  claimwatch alerts --state=open --min_severity=high
      What holds now and matters.
  claimwatch alerts al12
      One alert with both sentences, who says so, and why it is an alert.
  claimwatch alerts --output=json --story=s7 | jq -r .summary
)";

class Alerts final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("alerts", "List alerts, or show one");
    command->add_option("ALERT_ID", alert_id_, "Show this one in full");
    command
        ->add_option("--state", states_,
                     "In one of these states: open,superseded,resolved,withdrawn")
        ->type_name("STATES")
        ->delimiter(',')
        ->allow_extra_args(false);
    command->add_flag("--full", full_, "Show each in full, with the sentences");
    selector_.AddTo(*command);
    paging_.AddTo(*command);
    command->footer(kExamples);
    return command;
  }

  ExitCode Run(Shell& shell) override { return alert_id_.empty() ? List(shell) : Show(shell); }

 private:
  ExitCode Show(Shell& shell) const {
    pb::GetAlertRequest request;
    request.set_alert_id(alert_id_);
    const auto response = shell.client().GetAlert(request);
    if (!response.ok()) return shell.Fail(response.status());
    if (shell.json()) {
      shell.PrintJson(response->alert());
    } else {
      shell.Print(AlertText(response->alert(), shell.look()));
    }
    return kOk;
  }

  absl::StatusOr<pb::ListAlertsRequest> ReadFlags() const {
    pb::ListAlertsRequest request;
    absl::StatusOr<pb::AlertSelector> selector = selector_.Read();
    if (!selector.ok()) return selector.status();
    *request.mutable_selector() = *std::move(selector);
    request.set_filter(selector_.filter());
    for (const std::string& word : states_) {
      const auto state = ParseEnum(*pb::Alert::State_descriptor(), "STATE_", "--state", word);
      if (!state.ok()) return state.status();
      request.add_states(static_cast<pb::Alert::State>(*state));
    }
    return request;
  }

  ExitCode List(Shell& shell) const {
    const absl::StatusOr<pb::ListAlertsRequest> request = ReadFlags();
    if (!request.ok()) {
      Shell::Say(request.status());
      return kUsage;
    }
    const Look look = shell.look();
    Table table({"ALERT", "STATE", "SEVERITY", "KIND", "STORY", "FIGURE", "SUMMARY"});
    const absl::Status status = paging_.ForEach(
        shell, *request, [&](const auto& page) { return shell.client().ListAlerts(page); },
        [](const auto& response) { return response.alerts(); },
        [&](const pb::Alert& alert) {
          if (shell.json()) return shell.PrintJson(alert);
          if (full_) return shell.Print(AlertText(alert, look));
          table.AddRow({SafeText(alert.alert_id()), StateText(alert.state()),
                        SeverityText(alert.severity()), KindText(alert.kind()),
                        SafeText(alert.story_id()), SafeText(alert.figure_id()),
                        SafeText(alert.summary())});
        });
    if (!table.empty()) shell.Print(table.Text(look));
    return status.ok() ? kOk : shell.Fail(status);
  }

  std::string alert_id_;
  std::vector<std::string> states_;
  bool full_ = false;
  SelectorFlags selector_;
  Paging paging_;
};

}  // namespace

std::unique_ptr<Command> MakeAlerts() { return std::make_unique<Alerts>(); }

}  // namespace claimwatch::cli
