// `claimwatch figure`: the history of one quantity: who said what when, and what was believed then.
//
// Tested by tests/client/cli_test.py.
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/command.h"
#include "client/cli/json.h"
#include "client/cli/safe_text.h"
#include "client/cli/table.h"
#include "client/cli/wording.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  claimwatch figure f3
      Every claim of the figure in the order in which the values hold, what came of each, and what
      was believed after it.
  claimwatch figure f3 --as_known_at=2022-01-10T12:00:00Z
      The same as a reader could know it then, without the corrections that came later.
  claimwatch stories s7
      Finds the figures of a story.
)";

class FigureHistory final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("figure", "Show the history of one figure");
    command->add_option("FIGURE_ID", figure_id_, "Such as f3")->required();
    command
        ->add_option("--as_known_at", as_known_at_,
                     "As it could be known at this time: 2022-01-10T12:00:00Z")
        ->type_name("TIME");
    command->footer(kExamples);
    return command;
  }

  ExitCode Run(Shell& shell) override {
    pb::GetFigureRequest request;
    request.set_figure_id(figure_id_);
    if (!as_known_at_.empty()) {
      const auto time = ParseTime(as_known_at_);
      if (!time.ok()) {
        Shell::Say(absl::StrCat("--as_known_at: ", time.status().message()));
        return kUsage;
      }
      *request.mutable_as_known_at() = *time;
    }
    const auto response = shell.client().GetFigure(request);
    if (!response.ok()) return shell.Fail(response.status());
    if (shell.json()) {
      shell.PrintJson(*response);
    } else {
      Print(*response, shell);
    }
    return kOk;
  }

 private:
  static void Print(const pb::GetFigureResponse& response, Shell& shell) {
    const Look look = shell.look();
    const pb::Figure& figure = response.figure();
    shell.PrintLine(look.Paint(Ink::kBold, SafeText(figure.title())));
    shell.PrintLine(
        absl::StrCat(SafeText(figure.figure_id()), " of story ", SafeText(figure.story_id()),
                     " · believed: ", look.Paint(Ink::kGreen, QuantityText(figure.believed())),
                     " as of ", TimeText(figure.believed_as_of_time()), ", by ",
                     CountText(figure.believed_origin_count(), "origin", "origins"),
                     figure.part_of_figure_id().empty()
                         ? ""
                         : absl::StrCat(" · part of ", SafeText(figure.part_of_figure_id())),
                     figure.open_alert_id().empty()
                         ? ""
                         : absl::StrCat(" · open alert ", SafeText(figure.open_alert_id()))));

    Table history(
        {"AS OF (UTC)", ">SAID", "~WHO", "OUTCOME", ">BELIEVED", "CLAIM", "ALERT", "WHY"});
    for (const pb::FigureEntry& entry : response.history()) {
      const std::string withdrawn = entry.claim().withdrawn() ? " (withdrawn)" : "";
      history.AddRow({TimeCell(entry.as_of_time()), QuantityText(entry.claim().quantity()),
                      SpeakerText(entry.claim()) + withdrawn, VerdictText(entry.verdict().reason()),
                      QuantityText(entry.believed()), SafeText(entry.claim().claim_id()),
                      SafeText(entry.alert_id()), SafeText(entry.verdict().explanation())});
    }
    shell.Print("\n");
    if (response.omitted_entry_count() > 0) {
      shell.PrintLine(absl::StrCat("(", response.omitted_entry_count(), " older ones left out)"));
    }
    shell.Print(history.Text(look));
    PrintValues(response, look, shell);
  }

  static void PrintValues(const pb::GetFigureResponse& response, const Look& look, Shell& shell) {
    if (response.values_size() < 2) return;
    Table values({">VALUE", ">ORIGINS", "FIRST (UTC)", "LAST (UTC)", "SOURCES"});
    for (const pb::FigureValue& value : response.values()) {
      values.AddRow({QuantityText(value.quantity()), absl::StrCat(value.origin_count()),
                     TimeCell(value.first_as_of_time()), TimeCell(value.last_as_of_time()),
                     SafeText(absl::StrJoin(value.sources(), ", "))});
    }
    shell.Print("\n" + values.Text(look));
  }

  std::string figure_id_, as_known_at_;
};

}  // namespace

std::unique_ptr<Command> MakeFigure() { return std::make_unique<FigureHistory>(); }

}  // namespace claimwatch::cli
