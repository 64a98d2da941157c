// `claimwatch merge` and `claimwatch split`: says which articles are about one event.
//
// Tested by tests/client/cli_test.py.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/alert_text.h"
#include "client/cli/command.h"
#include "client/cli/safe_text.h"
#include "client/cli/wording.h"

namespace claimwatch::cli {
namespace {

constexpr char kMergeExamples[] = R"(Examples:
  claimwatch merge s3 s7
      s7 goes into s3 and is gone. All articles are judged anew as one story: alerts that no longer
      hold are withdrawn, new ones open. Later articles go to s3.
)";

constexpr char kSplitExamples[] = R"(Examples:
  claimwatch split s3 herald-0109 wire-0110
      The two articles leave s3 and make a story of their own; both are judged anew. Later articles
      go to the one that they are about.
)";

void PrintAlerts(const google::protobuf::RepeatedPtrField<pb::Alert>& alerts, Shell& shell) {
  for (const pb::Alert& alert : alerts) {
    shell.PrintLine(absl::StrCat("  ", SafeText(alert.alert_id()), " ", StateText(alert.state()),
                                 ": ", AlertHeadline(alert, {shell.look().colour, 0})));
  }
}

std::string Counts(const pb::Story& story) {
  return absl::StrCat(CountText(story.article_count(), "article", "articles"), ", ",
                      CountText(story.claim_count(), "claim", "claims"));
}

class Merge final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("merge", "Make two stories one");
    command->add_option("STORY_ID", story_, "The one that stays")->required();
    command->add_option("OTHER_STORY_ID", other_, "The one that goes into it")->required();
    command->footer(kMergeExamples);
    return command;
  }

  ExitCode Run(Shell& shell) override {
    pb::MergeStoriesRequest request;
    request.set_story_id(story_);
    request.set_other_story_id(other_);
    const auto response = shell.client().MergeStories(request);
    if (!response.ok()) return shell.Fail(response.status());
    if (shell.json()) {
      shell.PrintJson(*response);
      return kOk;
    }
    shell.PrintLine(
        absl::StrCat(SafeText(response->story().story_id()), ": ", Counts(response->story()), "; ",
                     CountText(response->alerts_size(), "alert", "alerts"), " changed"));
    PrintAlerts(response->alerts(), shell);
    return kOk;
  }

 private:
  std::string story_, other_;
};

class Split final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("split", "Take articles out of a story");
    command->add_option("STORY_ID", story_, "The story that they leave")->required();
    command->add_option("ARTICLE_ID", articles_, "As their senders named them")->required();
    command->footer(kSplitExamples);
    return command;
  }

  ExitCode Run(Shell& shell) override {
    pb::SplitStoryRequest request;
    request.set_story_id(story_);
    for (const std::string& article : articles_) request.add_article_ids(article);
    const auto response = shell.client().SplitStory(request);
    if (!response.ok()) return shell.Fail(response.status());
    if (shell.json()) {
      shell.PrintJson(*response);
      return kOk;
    }
    shell.PrintLine(absl::StrCat(
        SafeText(response->new_story().story_id()), ": ", Counts(response->new_story()), "; ",
        SafeText(response->story().story_id()), " keeps ", Counts(response->story()), "; ",
        CountText(response->alerts_size(), "alert", "alerts"), " changed"));
    PrintAlerts(response->alerts(), shell);
    return kOk;
  }

 private:
  std::string story_;
  std::vector<std::string> articles_;
};

}  // namespace

std::unique_ptr<Command> MakeMerge() { return std::make_unique<Merge>(); }
std::unique_ptr<Command> MakeSplit() { return std::make_unique<Split>(); }

}  // namespace claimwatch::cli
