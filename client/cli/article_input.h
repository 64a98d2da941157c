// ArticleInput: the articles that `ingest` and `extract` are given, from files or standard input,
// as JSON lines or as plain text.
//
// Tested by tests/client/cli_test.py.
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "claimwatch/v1/article.pb.h"

namespace claimwatch::cli {

class ArticleInput {
 public:
  // Gets each article, or what is wrong with its line, and the place: "articles.jsonl:3". An error
  // that it returns ends the reading.
  using OnArticle =
      std::function<absl::Status(std::string, absl::StatusOr<claimwatch::v1::Article>)>;

  void AddTo(CLI::App& command);

  // What cannot be told by one flag alone. Messages name the flags.
  absl::Status Check(bool need_id) const;

  // In order. `on_pause`: the next article has to be waited for. NOT_FOUND: a file cannot be read;
  // CANCELLED: interrupted.
  absl::Status ForEach(const OnArticle& on_article, const std::function<void()>& on_pause) const;

 private:
  absl::Status ForEachLine(const std::string& file, const OnArticle& on_article,
                           const std::function<void()>& on_pause) const;
  absl::StatusOr<claimwatch::v1::Article> ReadText(const std::string& file) const;

  std::vector<std::string> files_;
  bool text_ = false;
  bool ignore_unknown_ = false;
  std::string id_, source_, title_, language_, publish_time_, url_;
};

}  // namespace claimwatch::cli
