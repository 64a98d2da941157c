// `claimwatch stories`: the events in the news, or one of them with its figures.
//
// Tested by tests/client/cli_test.py.
#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/command.h"
#include "client/cli/paging.h"
#include "client/cli/safe_text.h"
#include "client/cli/table.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  claimwatch stories
      The events, the latest begun first.
  claimwatch stories --open_alerts
      Only those with an open alert.
  claimwatch stories s7
      One event with all its figures and what is believed of each; see claimwatch figure.
  claimwatch stories s7 --measure=killed --output=json
      The story on the first line, then a figure a line.
)";

class Stories final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("stories", "List stories, or the figures of one");
    command->add_option("STORY_ID", story_id_, "Show this one with its figures");
    command->add_flag("--open_alerts", open_alerts_, "Only stories with an open alert");
    command->add_option("--measure", measure_, "With STORY_ID: only figures of this measure")
        ->type_name("MEASURE");
    command
        ->add_option("--filter", filter_,
                     "That this expression lets through: \"articles >= 10\", or of the figures of "
                     "STORY_ID: \"value > 100\"")
        ->type_name("FILTER");
    paging_.AddTo(*command);
    command->footer(kExamples);
    return command;
  }

  ExitCode Run(Shell& shell) override { return story_id_.empty() ? List(shell) : Show(shell); }

 private:
  ExitCode List(Shell& shell) const {
    pb::ListStoriesRequest request;
    request.set_open_alerts_only(open_alerts_);
    request.set_filter(filter_);
    Table table({"STORY", "FROM (UTC)", "TO (UTC)", ">ARTICLES", ">SOURCES", ">CLAIMS", ">FIGURES",
                 ">ALERTS", ">OPEN", "TITLE"});
    const absl::Status status = paging_.ForEach(
        shell, request, [&](const auto& page) { return shell.client().ListStories(page); },
        [](const auto& response) { return response.stories(); },
        [&](const pb::Story& story) {
          if (shell.json()) return shell.PrintJson(story);
          table.AddRow({SafeText(story.story_id()), TimeCell(story.first_publish_time()),
                        TimeCell(story.last_publish_time()), absl::StrCat(story.article_count()),
                        absl::StrCat(story.source_count()), absl::StrCat(story.claim_count()),
                        absl::StrCat(story.figure_count()), absl::StrCat(story.alert_count()),
                        absl::StrCat(story.open_alert_count()), SafeText(story.title())});
        });
    if (!table.empty()) shell.Print(table.Text(shell.look()));
    return status.ok() ? kOk : shell.Fail(status);
  }

  ExitCode Show(Shell& shell) const {
    pb::GetStoryRequest get;
    get.set_story_id(story_id_);
    const auto response = shell.client().GetStory(get);
    if (!response.ok()) return shell.Fail(response.status());
    PrintStory(response->story(), shell);

    pb::ListFiguresRequest request;
    request.set_story_id(story_id_);
    request.set_measure(measure_);
    request.set_filter(filter_);
    Table table(
        {"FIGURE", "~WHAT", "BELIEVED", "AS OF (UTC)", ">BY", ">CLAIMS", "PART OF", "ALERT"});
    const absl::Status status = paging_.ForEach(
        shell, request, [&](const auto& page) { return shell.client().ListFigures(page); },
        [](const auto& page) { return page.figures(); },
        [&](const pb::Figure& figure) {
          if (shell.json()) return shell.PrintJson(figure);
          table.AddRow({SafeText(figure.figure_id()), SafeText(figure.title()),
                        QuantityText(figure.believed()), TimeCell(figure.believed_as_of_time()),
                        absl::StrCat(figure.believed_origin_count()),
                        absl::StrCat(figure.claim_count()), SafeText(figure.part_of_figure_id()),
                        SafeText(figure.open_alert_id())});
        });
    if (!table.empty()) shell.Print("\n" + table.Text(shell.look()));
    return status.ok() ? kOk : shell.Fail(status);
  }

  static void PrintStory(const pb::Story& story, Shell& shell) {
    if (shell.json()) return shell.PrintJson(story);
    shell.PrintLine(shell.look().Paint(Ink::kBold, SafeText(story.title())));
    shell.PrintLine(absl::StrCat(SafeText(story.story_id()), " · ",
                                 TimeText(story.first_publish_time()), " to ",
                                 TimeText(story.last_publish_time()), " · ",
                                 CountText(story.article_count(), "article", "articles"), " of ",
                                 CountText(story.source_count(), "source", "sources"), " · ",
                                 CountText(story.alert_count(), "alert", "alerts"), ", ",
                                 story.open_alert_count(), " open"));
  }

  std::string story_id_, measure_, filter_;
  bool open_alerts_ = false;
  Paging paging_;
};

}  // namespace

std::unique_ptr<Command> MakeStories() { return std::make_unique<Stories>(); }

}  // namespace claimwatch::cli
