// `claimwatch retract`: takes an article back.
//
// Tested by tests/client/cli_test.py.
#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/alert_text.h"
#include "client/cli/command.h"
#include "client/cli/safe_text.h"
#include "client/cli/wording.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  claimwatch retract herald-0109 --reason="technical mistake"
      Its claims no longer count; alerts that rested on them are withdrawn or judged again, and
      every subscriber hears it. The article stays readable. Again: changes nothing.
)";

class Retract final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("retract", "Take an article back");
    command->add_option("ARTICLE_ID", article_id_, "As its sender named it")->required();
    command->add_option("--reason", reason_, "Why; told in the alerts")->type_name("TEXT");
    command->footer(kExamples);
    return command;
  }

  ExitCode Run(Shell& shell) override {
    pb::RetractArticleRequest request;
    request.set_article_id(article_id_);
    request.set_reason(reason_);
    const auto response = shell.client().RetractArticle(request);
    if (!response.ok()) return shell.Fail(response.status());
    if (shell.json()) {
      shell.PrintJson(*response);
      return kOk;
    }
    shell.PrintLine(absl::StrCat(
        SafeText(response->article_id()),
        response->duplicate() ? ": was retracted before; " : ": retracted; ",
        CountText(response->withdrawn_claim_count(), "claim", "claims"), " withdrawn, ",
        CountText(response->alerts_size(), "alert", "alerts"), " changed"));
    for (const pb::Alert& alert : response->alerts()) {
      shell.PrintLine(absl::StrCat("  ", SafeText(alert.alert_id()), " ", StateText(alert.state()),
                                   ": ", AlertHeadline(alert, {shell.look().colour, 0})));
    }
    return kOk;
  }

 private:
  std::string article_id_, reason_;
};

}  // namespace

std::unique_ptr<Command> MakeRetract() { return std::make_unique<Retract>(); }

}  // namespace claimwatch::cli
