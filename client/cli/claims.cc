// `claimwatch claims`: the numeric statements that were recorded.
//
// Tested by tests/client/cli_test.py.
#include <string>

#include "client/cli/command.h"
#include "client/cli/paging.h"
#include "client/cli/safe_text.h"
#include "client/cli/table.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  claimwatch claims --article=herald-0110
      What was read in one article.
  claimwatch claims --story=s7 --measure=killed
      Who said what about the dead of one event, the latest first.
  claimwatch claims --output=json --figure=f3 | jq -r .sentence.text
)";

class Claims final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("claims", "List recorded claims");
    command->add_option("--story", story_, "Of this story, such as s7")->type_name("ID");
    command->add_option("--figure", figure_, "Of this figure, such as f3")->type_name("ID");
    command->add_option("--article", article_, "Of this article")->type_name("ID");
    command->add_option("--measure", measure_, "Of this measure, such as killed")
        ->type_name("MEASURE");
    command->add_option("--source", source_, "Of this publisher")->type_name("NAME");
    command
        ->add_option("--filter", filter_,
                     "That this expression lets through: \"value >= 100 AND place = lima\"")
        ->type_name("FILTER");
    command->add_flag("--withdrawn", withdrawn_, "Withdrawn ones too");
    paging_.AddTo(*command);
    command->footer(kExamples);
    return command;
  }

  ExitCode Run(Shell& shell) override {
    pb::ListClaimsRequest request;
    request.set_story_id(story_);
    request.set_figure_id(figure_);
    request.set_article_id(article_);
    request.set_measure(measure_);
    request.set_source(source_);
    request.set_include_withdrawn(withdrawn_);
    request.set_filter(filter_);
    Table table({"CLAIM", "FIGURE", "PUBLISHED (UTC)", "~WHAT", ">VALUE", "~WHO", "WORDS"});
    const absl::Status status = paging_.ForEach(
        shell, request, [&](const auto& page) { return shell.client().ListClaims(page); },
        [](const auto& response) { return response.claims(); },
        [&](const pb::Claim& claim) {
          if (shell.json()) return shell.PrintJson(claim);
          table.AddRow({SafeText(claim.claim_id()), SafeText(claim.figure_id()),
                        TimeCell(claim.publish_time()), AboutText(claim),
                        QuantityText(claim.quantity()), SpeakerText(claim),
                        SentenceText(claim, {})});
        });
    if (!table.empty()) shell.Print(table.Text(shell.look()));
    return status.ok() ? kOk : shell.Fail(status);
  }

 private:
  std::string story_, figure_, article_, measure_, source_, filter_;
  bool withdrawn_ = false;
  Paging paging_;
};

}  // namespace

std::unique_ptr<Command> MakeClaims() { return std::make_unique<Claims>(); }

}  // namespace claimwatch::cli
