// `claimwatch status`: what the daemon is doing.
//
// Tested by tests/client/cli_test.py.
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "client/cli/command.h"
#include "client/cli/safe_text.h"
#include "client/cli/table.h"
#include "client/cli/wording.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  claimwatch status
      Version, what is held, who is connected, the bounds in force.
  claimwatch status --give_up_after=30s
      Waits for a daemon that is just starting.
)";

std::string Bytes(std::int64_t bytes) {
  constexpr const char* kUnits[] = {"B", "KiB", "MiB", "GiB", "TiB"};
  double size = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (size >= 1024 && unit + 1 < std::size(kUnits)) {
    size /= 1024;
    ++unit;
  }
  return absl::StrFormat("%.*f %s", unit == 0 ? 0 : 1, size, kUnits[unit]);
}

std::string StateText(const pb::GetStatusResponse& status) {
  if (status.draining()) return "stopping";
  if (status.read_only()) return "READ-ONLY: " + SafeText(status.read_only_reason());
  return "serving";
}

class Status final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("status", "Show what the daemon is doing");
    command->footer(kExamples);
    return command;
  }

  ExitCode Run(Shell& shell) override {
    const auto status = shell.client().GetStatus({});
    if (!status.ok()) return shell.Fail(status.status());
    if (shell.json()) {
      shell.PrintJson(*status);
      return kOk;
    }
    const Look look = shell.look();
    const auto line = [&](const char* name, const std::string& text) {
      shell.PrintLine(look.Paint(Ink::kDim, absl::StrFormat("%-10s", name)) + text);
    };
    const bool well = !status->draining() && !status->read_only();
    line("state", look.Paint(well ? Ink::kGreen : Ink::kBoldRed, StateText(*status)));
    line("daemon", absl::StrCat("claimwatchd ", SafeText(status->version()), " at ", shell.server(),
                                ", since ", TimeText(status->start_time())));
    line("articles", absl::StrCat(status->article_count(), " in ",
                                  CountText(status->story_count(), "story", "stories")));
    line("claims", absl::StrCat(status->claim_count(), " of ",
                                CountText(status->figure_count(), "figure", "figures")));
    line("alerts", absl::StrCat(status->alert_count(), ", ", status->open_alert_count(), " open"));
    line("feed",
         absl::StrCat("epoch ", SafeText(status->epoch()), ", events ", status->oldest_position(),
                      " to ", status->head_position(), ", last article ", status->head_sequence()));
    line("streams",
         absl::StrCat(CountText(status->subscriber_count(), "subscriber", "subscribers"), ", ",
                      CountText(status->ingest_stream_count(), "sender", "senders")));
    line("store", status->store_bytes() == 0
                      ? "in memory"
                      : absl::StrCat(Bytes(status->store_bytes()), ", ",
                                     Bytes(status->disk_free_bytes()), " free"));
    return kOk;
  }
};

}  // namespace

std::unique_ptr<Command> MakeStatus() { return std::make_unique<Status>(); }

}  // namespace claimwatch::cli
