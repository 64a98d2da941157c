// `claimwatch why`: whether two claims answer one question, and what comes of comparing them.
//
// Tested by tests/client/cli_test.py.
#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/command.h"
#include "client/cli/json.h"
#include "client/cli/safe_text.h"
#include "client/cli/wording.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  claimwatch why c4 c9
      Why there is an alert on these two, or why there is none: agreement, another group, another
      place, a part of the whole…
  claimwatch claims --story=s7
      Finds claims.
)";

class Why final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command =
        app.add_subcommand("why", "Explain the comparison of two claims, or the lack of one");
    command->add_option("CLAIM", claim_, "Such as c4")->required();
    command->add_option("OTHER", other_, "Such as c9")->required();
    command->footer(kExamples);
    return command;
  }

  ExitCode Run(Shell& shell) override {
    pb::CompareClaimsRequest request;
    request.set_claim_id(claim_);
    request.set_other_claim_id(other_);
    const auto response = shell.client().CompareClaims(request);
    if (!response.ok()) return shell.Fail(response.status());
    if (shell.json()) {
      shell.PrintJson(*response);
      return kOk;
    }
    const Look look = shell.look();
    const pb::Verdict& verdict = response->verdict();
    shell.PrintLine(absl::StrCat(look.Paint(verdict.comparable() ? Ink::kGreen : Ink::kYellow,
                                            verdict.comparable() ? "comparable" : "not comparable"),
                                 ": ", look.Paint(Ink::kBold, VerdictText(verdict.reason())),
                                 response->alert_id().empty()
                                     ? ""
                                     : absl::StrCat(", alert ", SafeText(response->alert_id()))));
    shell.PrintLine("  " + Wrap(SafeText(verdict.explanation()), 2, look.columns));
    for (const pb::Claim* claim : {&response->claim(), &response->other_claim()}) {
      PrintClaim(*claim, look, shell);
    }
    return kOk;
  }

 private:
  static void PrintClaim(const pb::Claim& claim, const Look& look, Shell& shell) {
    shell.PrintLine(absl::StrCat(SafeText(claim.claim_id()), "  ", AboutText(claim), ": ",
                                 QuantityText(claim.quantity()), " · ", SpeakerText(claim), " · ",
                                 TimeText(claim.publish_time())));
    shell.PrintLine("  " + Wrap(SentenceText(claim, look), 2, look.columns));
  }

  std::string claim_, other_;
};

}  // namespace

std::unique_ptr<Command> MakeWhy() { return std::make_unique<Why>(); }

}  // namespace claimwatch::cli
