// `claimwatch extract`: what would be read in a text, and why. Nothing is stored.
//
// Tested by tests/client/cli_test.py.
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "client/cli/article_input.h"
#include "client/cli/command.h"
#include "client/cli/json.h"
#include "client/cli/phrase_text.h"
#include "client/lib/status.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  echo "At least 12 people were killed on Monday." | claimwatch extract --text -
      Every number phrase in its place, what it was read as, and why it is a claim or is none.
  claimwatch extract articles.jsonl
      The same for each article of a file with one article a line.
  claimwatch extract --output=json articles.jsonl | jq '.claims[].measure'
      One line an article: {"articleId":…,"claims":[…],"quantities":[…]}
)";

pb::ExtractClaimsRequest RequestFor(const pb::Article& article) {
  pb::ExtractClaimsRequest request;
  request.set_article_id(article.article_id());
  request.set_source(article.source());
  request.set_title(article.title());
  request.set_body(article.body());
  request.set_language(article.language());
  if (article.has_publish_time()) *request.mutable_publish_time() = article.publish_time();
  return request;
}

// The answer with the article's id in front.
std::string AnswerJson(const std::string& article_id, const pb::ExtractClaimsResponse& answer) {
  pb::Article id_only;
  id_only.set_article_id(article_id);
  const std::string id = ToJson(id_only);
  // From {"articleId":"…","source":"",…}, the first key and its value.
  const std::string head = id.substr(0, id.find(",\"source\":"));
  return head + "," + ToJson(answer).substr(1);
}

class Extract final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("extract", "Show what would be read in a text, and why");
    input_.AddTo(*command);
    command->footer(kExamples);
    return command;
  }

  ExitCode Run(Shell& shell) override {
    if (const absl::Status status = input_.Check(/*need_id=*/false); !status.ok()) {
      Shell::Say(status);
      return kUsage;
    }
    const Look look = shell.look();
    bool refused = false;
    ExitCode failed = kOk;
    const absl::Status read = input_.ForEach(
        [&](const std::string& place, const absl::StatusOr<pb::Article>& article) {
          const auto answer =
              article.ok() ? shell.client().ExtractClaims(RequestFor(*article)) : article.status();
          if (absl::IsInvalidArgument(answer.status()) ||
              absl::IsResourceExhausted(answer.status())) {
            Shell::Say(absl::StrCat(place, ": ", client::Describe(answer.status())));
            refused = true;
            return absl::OkStatus();
          }
          if (!answer.ok()) {
            failed = shell.Fail(answer.status());
            return answer.status();
          }
          if (shell.json()) {
            shell.PrintLine(AnswerJson(article->article_id(), *answer));
          } else {
            shell.Print(ExtractText(*article, *answer, look));
          }
          return absl::OkStatus();
        },
        [] { Shell::Flush(); });
    Shell::Flush();
    if (failed != kOk) return failed;
    if (!read.ok()) {
      Shell::Say(read);
      return absl::IsCancelled(read) ? kInterrupted : kUsage;
    }
    return refused ? kSomeRefused : kOk;
  }

 private:
  ArticleInput input_;
};

}  // namespace

std::unique_ptr<Command> MakeExtract() { return std::make_unique<Extract>(); }

}  // namespace claimwatch::cli
