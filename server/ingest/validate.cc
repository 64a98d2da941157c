#include "server/ingest/validate.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "server/ingest/limits.h"
#include "server/ingest/utf8.h"

namespace claimwatch {
namespace {

constexpr std::size_t kSubtagBytesMax = 8;

class Problems {
 public:
  void Add(const char* field, std::string description) {
    found_.push_back({field, std::move(description)});
  }
  // What every text must be. A field that is too long is not looked at any further.
  void CheckText(const char* field, std::string_view text, std::size_t bytes_max) {
    if (text.size() > bytes_max) {
      Add(field, absl::StrCat("is ", text.size(), " bytes; the limit is ", bytes_max));
    } else if (!IsUtf8(text)) {
      Add(field, "is not valid UTF-8");
    }
  }
  std::vector<FieldProblem> Take() { return std::move(found_); }

 private:
  std::vector<FieldProblem> found_;
};

bool IsBlank(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return absl::ascii_isspace(c); });
}

bool HasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return absl::ascii_iscntrl(c); });
}

void CheckId(std::string_view id, Problems& problems) {
  if (id.empty()) {
    problems.Add("article_id", "is empty; an article needs an id that is unique for ever");
    return;
  }
  problems.CheckText("article_id", id, kArticleIdBytesMax);
  if (HasControl(id)) problems.Add("article_id", "holds a control character");
}

void CheckPublishTime(absl::Time time, absl::Time latest, Problems& problems) {
  if (time == absl::InfinitePast()) return;  // Not stated.
  static const absl::Time earliest =
      absl::FromCivil(absl::CivilSecond(kPublishYearMin), absl::UTCTimeZone());
  if (time < earliest) {
    problems.Add("publish_time", absl::StrCat("is before the year ", kPublishYearMin));
  } else if (time > latest) {
    problems.Add("publish_time",
                 absl::StrCat("is ", absl::FormatTime(absl::RFC3339_sec, time, absl::UTCTimeZone()),
                              ", in the future; the latest that is taken now is ",
                              absl::FormatTime(absl::RFC3339_sec, latest, absl::UTCTimeZone())));
  }
}

}  // namespace

bool IsLanguageTag(std::string_view tag) {
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = std::min(tag.find('-', begin), tag.size());
    const std::string_view subtag = tag.substr(begin, end - begin);
    const bool first = begin == 0;
    if (subtag.empty() || subtag.size() > kSubtagBytesMax) return false;
    for (const unsigned char c : subtag) {
      if (!(first ? absl::ascii_isalpha(c) : absl::ascii_isalnum(c))) return false;
    }
    if (end == tag.size()) return true;
    begin = end + 1;
  }
}

std::vector<FieldProblem> Validate(const Article& article, absl::Time now,
                                   absl::Duration future_max) {
  Problems problems;
  CheckId(article.id, problems);
  problems.CheckText("source", article.source, kSourceBytesMax);
  problems.CheckText("title", article.title, kTitleBytesMax);
  problems.CheckText("body", article.body, kBodyBytesMax);
  if (IsBlank(article.title) && IsBlank(article.body)) {
    problems.Add("body", "is empty, and so is the title: there is nothing to read");
  }
  if (article.language.size() > kLanguageBytesMax) {
    problems.CheckText("language", article.language, kLanguageBytesMax);
  } else if (!article.language.empty() && !IsLanguageTag(article.language)) {
    problems.Add("language", "is not a language tag (BCP 47), such as \"en\" or \"pt-BR\"");
  }
  problems.CheckText("url", article.url, kUrlBytesMax);
  problems.CheckText("story_hint", article.story_hint, kStoryHintBytesMax);
  CheckPublishTime(article.publish_time, now + future_max, problems);
  return problems.Take();
}

}  // namespace claimwatch
