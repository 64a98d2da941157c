// `claimwatch article`: an article as it was last sent, and what became of it.
//
// Tested by tests/client/cli_test.py.
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/command.h"
#include "client/cli/safe_text.h"
#include "client/cli/wording.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  claimwatch article herald-0110
      Its text, its story, whether it was read, revised or retracted.
  claimwatch article herald-0110 --output=json | jq -r .article.body
)";

class ShowArticle final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("article", "Show an article as it was last sent");
    command->add_option("ARTICLE_ID", article_id_, "As its sender named it")->required();
    command->footer(kExamples);
    return command;
  }

  ExitCode Run(Shell& shell) override {
    pb::GetArticleRequest request;
    request.set_article_id(article_id_);
    const auto response = shell.client().GetArticle(request);
    if (!response.ok()) return shell.Fail(response.status());
    if (shell.json()) {
      shell.PrintJson(*response);
      return kOk;
    }
    const Look look = shell.look();
    const pb::Article& article = response->article();
    shell.PrintLine(look.Paint(Ink::kBold, Wrap(SafeText(article.title()), 0, look.columns)));
    shell.PrintLine(look.Paint(Ink::kDim, Facts(*response)));
    if (response->has_retract_time()) {
      shell.PrintLine(
          look.Paint(Ink::kRed, absl::StrCat("retracted ", TimeText(response->retract_time()),
                                             response->retract_reason().empty() ? "" : ": ",
                                             SafeText(response->retract_reason()))));
    }
    for (const auto& paragraph : absl::StrSplit(article.body(), '\n', absl::SkipWhitespace())) {
      shell.PrintLine("\n" + Wrap(SafeText({paragraph.data(), paragraph.size()}), 0, look.columns));
    }
    return kOk;
  }

 private:
  static std::string Facts(const pb::GetArticleResponse& response) {
    const pb::Article& article = response.article();
    std::string facts = absl::StrCat(
        SafeText(article.article_id()), " · ",
        article.source().empty() ? "no source" : SafeText(article.source()), " · ",
        TimeText(article.publish_time()), " · story ",
        response.story_id().empty() ? "none" : SafeText(response.story_id()), " · revision ",
        response.revision(), " · ", CountText(response.claim_count(), "claim", "claims"));
    if (response.reading() == pb::READING_LANGUAGE_NOT_READ) {
      absl::StrAppend(&facts, " · not in a language that is read");
    }
    if (!response.copy_of_article_id().empty()) {
      absl::StrAppend(&facts, " · a copy of ", SafeText(response.copy_of_article_id()));
    }
    return facts;
  }

  std::string article_id_;
};

}  // namespace

std::unique_ptr<Command> MakeArticle() { return std::make_unique<ShowArticle>(); }

}  // namespace claimwatch::cli
