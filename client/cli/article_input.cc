#include "client/cli/article_input.h"

#include "absl/strings/str_cat.h"
#include "client/cli/command.h"
#include "client/cli/interrupt.h"
#include "client/cli/json.h"
#include "client/cli/line_reader.h"

namespace claimwatch::cli {

namespace {

bool IsBlank(const std::string& line) { return line.find_first_not_of(" \t") == std::string::npos; }

std::string NameOf(const std::string& file) { return file == "-" ? "standard input" : file; }

}  // namespace

void ArticleInput::AddTo(CLI::App& command) {
  command.add_option("FILE", files_, "Files to read; - is standard input")->required();
  command.add_flag("--text", text_, "Each file is the plain text of one article");
  constexpr char kGroup[] = "With --text";
  command.add_option("--id", id_, "Its article id; without: the file name")
      ->group(kGroup)
      ->type_name("ID");
  command.add_option("--source", source_, "Its publisher, such as herald.example")
      ->group(kGroup)
      ->type_name("NAME");
  command.add_option("--title", title_, "Its headline")->group(kGroup)->type_name("TEXT");
  command
      .add_option("--publish_time", publish_time_, "When it was published: 2022-01-10T09:00:00Z")
      ->group(kGroup)
      ->type_name("TIME");
  command.add_option("--language", language_, "Its language, such as en")
      ->group(kGroup)
      ->type_name("TAG");
  command.add_option("--url", url_, "Where a reader finds it")->group(kGroup)->type_name("URL");
  command.add_flag("--ignore_unknown", ignore_unknown_,
                   "Pass over JSON fields that articles do not have");
}

absl::Status ArticleInput::Check(bool need_id) const {
  const bool described = !(id_ + source_ + title_ + language_ + publish_time_ + url_).empty();
  if (!text_ && described) {
    return absl::InvalidArgumentError(
        "--id, --source, --title, --publish_time, --language and --url describe a plain text: add "
        "--text, or write them into the JSON");
  }
  if (text_ && !id_.empty() && files_.size() > 1) {
    return absl::InvalidArgumentError("--id names one article: give one FILE");
  }
  if (text_ && need_id && id_.empty() && files_.front() == "-") {
    return absl::InvalidArgumentError("--text from standard input needs --id, for it has no name");
  }
  if (!publish_time_.empty() && !ParseTime(publish_time_).ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--publish_time: ", ParseTime(publish_time_).status().message()));
  }
  return absl::OkStatus();
}

absl::Status ArticleInput::ForEach(const OnArticle& on_article,
                                   const std::function<void()>& on_pause) const {
  for (const std::string& file : files_) {
    absl::Status status;
    if (text_) {
      absl::StatusOr<pb::Article> article = ReadText(file);
      if (!article.ok()) return article.status();
      status = on_article(NameOf(file), std::move(article));
    } else {
      status = ForEachLine(file, on_article, on_pause);
    }
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status ArticleInput::ForEachLine(const std::string& file, const OnArticle& on_article,
                                       const std::function<void()>& on_pause) const {
  absl::StatusOr<LineReader> reader = LineReader::Open(file, InterruptFd());
  if (!reader.ok()) return reader.status();
  while (true) {
    if (reader->MustWait()) on_pause();
    absl::StatusOr<std::string> line = reader->Next();
    if (absl::IsOutOfRange(line.status())) return absl::OkStatus();
    const std::string place = absl::StrCat(NameOf(file), ":", reader->line_number());
    absl::Status status;
    if (absl::IsResourceExhausted(line.status())) {
      status = on_article(place, line.status());
    } else if (!line.ok()) {
      return line.status();
    } else if (!IsBlank(*line)) {
      status = on_article(place, ParseArticle(*line, ignore_unknown_));
    }
    if (!status.ok()) return status;
  }
}

absl::StatusOr<pb::Article> ArticleInput::ReadText(const std::string& file) const {
  absl::StatusOr<std::string> body = ReadAll(file);
  if (!body.ok()) return body.status();
  pb::Article article;
  article.set_article_id(id_.empty() ? file : id_);
  article.set_source(source_);
  article.set_title(title_);
  article.set_body(*std::move(body));
  article.set_language(language_);
  article.set_url(url_);
  if (!publish_time_.empty()) *article.mutable_publish_time() = *ParseTime(publish_time_);
  return article;
}

}  // namespace claimwatch::cli
