#include "client/exchange/news_json.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "client/exchange/feed_document.h"
#include "client/exchange/html_text.h"

namespace claimwatch::exchange {
namespace {

namespace pb = ::claimwatch::v1;
using google::protobuf::Struct;
using google::protobuf::Value;

const Value* Field(const Struct& object, const std::string& name) {
  const auto found = object.fields().find(name);
  return found == object.fields().end() ? nullptr : &found->second;
}

std::string Text(const Struct& object, const std::string& name) {
  const Value* value = Field(object, name);
  return value == nullptr ? "" : value->string_value();
}

// ninjs 2 has lists of {"value": …, "contenttype": …} where ninjs 1 has plain fields.
std::string FirstValue(const Struct& object, const std::string& name) {
  const Value* list = Field(object, name);
  if (list == nullptr) return "";
  for (const Value& item : list->list_value().values()) {
    const std::string value = Text(item.struct_value(), "value");
    if (value.empty()) continue;
    const std::string type = Text(item.struct_value(), "contenttype");
    return type.find("html") == type.npos ? value : TextOfHtml(value);
  }
  return "";
}

std::string BodyOf(const Struct& item) {
  for (const std::string name : {"body_text", "bodyText"}) {
    if (std::string text = Text(item, name); !text.empty()) return text;
  }
  for (const std::string name : {"body_html", "body_xhtml"}) {
    if (std::string html = Text(item, name); !html.empty()) return TextOfHtml(html);
  }
  return FirstValue(item, "bodies");
}

std::string SourceOf(const Struct& item, std::string_view otherwise) {
  for (const std::string name : {"source", "provider", "copyrightholder"}) {
    const Value* value = Field(item, name);
    if (value == nullptr) continue;
    if (!value->string_value().empty()) return value->string_value();
    if (std::string nested = Text(value->struct_value(), "name"); !nested.empty()) return nested;
  }
  return std::string(otherwise);
}

pb::Article FromNinjs(const Struct& item, std::string_view source) {
  pb::Article article;
  article.set_article_id(Text(item, "uri"));
  article.set_source(SourceOf(item, source));
  const std::string headline = Text(item, "headline");
  article.set_title(headline.empty() ? FirstValue(item, "headlines") : headline);
  article.set_body(BodyOf(item));
  article.set_language(Text(item, "language"));
  const std::string byline = Text(item, "byline");
  article.set_author(byline.empty() ? Text(item, "by") : byline);
  for (const std::string name : {"versioncreated", "versionCreated", "firstcreated"}) {
    const auto time = ReadFeedTime(Text(item, name));
    if (time.has_value() && !article.has_publish_time()) *article.mutable_publish_time() = *time;
  }
  return article;
}

}  // namespace

absl::StatusOr<pb::Article> ReadNewsLine(std::string_view line, std::string_view source) {
  const google::protobuf::StringPiece text(line.data(), line.size());
  Struct object;
  const auto read = google::protobuf::util::JsonStringToMessage(text, &object);
  if (!read.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("no JSON: ", std::string(read.message())));
  }
  if (Field(object, "articleId") == nullptr && Field(object, "article_id") == nullptr &&
      Field(object, "uri") != nullptr) {
    return FromNinjs(object, source);
  }
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  pb::Article article;
  const auto parsed = google::protobuf::util::JsonStringToMessage(text, &article, options);
  if (!parsed.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("not an article in JSON: ", std::string(parsed.message())));
  }
  return article;
}

}  // namespace claimwatch::exchange
