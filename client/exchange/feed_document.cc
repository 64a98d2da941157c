#include "client/exchange/feed_document.h"

#include <google/protobuf/util/time_util.h>

#include <pugixml.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "client/exchange/html_text.h"

namespace claimwatch::exchange {
namespace {

namespace pb = ::claimwatch::v1;
using google::protobuf::util::TimeUtil;

constexpr std::size_t kIdBytesMax = 256;  // As the contract has it; a longer one is not an id.
constexpr std::size_t kUrlBytesMax = 2048;

// Children go by their local name: "content:encoded" is "encoded".
std::string_view LocalName(const pugi::xml_node& node) {
  std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

pugi::xml_node Child(const pugi::xml_node& parent, std::string_view name) {
  for (const pugi::xml_node& child : parent.children()) {
    if (LocalName(child) == name) return child;
  }
  return {};
}

// The markup of XHTML content, the text of everything else.
std::string Content(const pugi::xml_node& node) {
  if (std::string_view(node.attribute("type").value()) != "xhtml") {
    return node.text().get();
  }
  struct Writer final : pugi::xml_writer {
    void write(const void* data, std::size_t size) override {
      out.append(static_cast<const char*>(data), size);
    }
    std::string out;
  } writer;
  node.print(writer, "", pugi::format_raw | pugi::format_no_declaration);
  return writer.out;
}

std::string Trimmed(std::string_view text) {
  return std::string(absl::StripAsciiWhitespace(absl::string_view(text.data(), text.size())));
}

std::string TextOf(const pugi::xml_node& node) {
  const std::string content = Content(node);
  // Atom's type="text", the default there, means what it says.
  const std::string_view type = node.attribute("type").value();
  const bool plain = type == "text" || (type.empty() && content.find('<') == content.npos &&
                                        content.find('&') == content.npos);
  return plain ? Trimmed(content) : TextOfHtml(content);
}

std::string LinkOf(const pugi::xml_node& item) {
  std::string found;
  for (const pugi::xml_node& child : item.children()) {
    if (LocalName(child) != "link") continue;
    const std::string_view rel = child.attribute("rel").value();
    if (!rel.empty() && rel != "alternate") continue;
    const std::string_view href = child.attribute("href").value();
    if (found.empty()) found = Trimmed(href.empty() ? child.text().get() : href);
  }
  return found;
}

template <typename... Names>
std::string FirstText(const pugi::xml_node& item, Names... names) {
  std::string found;
  for (const std::string_view name : {std::string_view(names)...}) {
    if (found.empty()) found = TextOf(Child(item, name));
  }
  return found;
}

std::string AuthorOf(const pugi::xml_node& item) {
  const pugi::xml_node author = Child(item, "author");
  std::string name = Trimmed(Child(author, "name").text().get());
  if (name.empty()) name = Trimmed(Child(item, "creator").text().get());
  if (name.empty() && author) name = Trimmed(author.text().get());
  return name.size() <= kIdBytesMax ? name : "";
}

std::string IdOf(const pugi::xml_node& item, const std::string& link, const std::string& source) {
  std::string id = Trimmed(Child(item, "guid").text().get());
  if (id.empty()) id = Trimmed(Child(item, "id").text().get());
  if (id.empty()) id = link;
  // A bare number is unique within its feed alone.
  if (!id.empty() && id.find(':') == id.npos) id = absl::StrCat(source, "/", id);
  return id.size() <= kIdBytesMax ? id : "";
}

// Of the text, the fullest that is there.
std::string BodyOf(const pugi::xml_node& item) {
  std::string fullest;
  for (const std::string_view name : {"encoded", "content", "description", "summary"}) {
    std::string text = TextOf(Child(item, name));
    if (text.size() > fullest.size()) fullest = std::move(text);
  }
  return fullest;
}

std::string LanguageOf(const pugi::xml_node& channel, const pugi::xml_node& root) {
  std::string language = Trimmed(Child(channel, "language").text().get());
  if (language.empty()) language = root.attribute("xml:lang").value();
  return language.size() <= 35 ? language : "";
}

pb::Article ReadItem(const pugi::xml_node& item, const std::string& source) {
  pb::Article article;
  const std::string link = LinkOf(item);
  article.set_article_id(IdOf(item, link, source));
  article.set_source(source);
  article.set_title(TextOf(Child(item, "title")));
  article.set_body(BodyOf(item));
  article.set_author(AuthorOf(item));
  if (link.size() <= kUrlBytesMax) article.set_url(link);
  for (const std::string_view name : {"pubDate", "published", "date", "updated", "modified"}) {
    const auto time = ReadFeedTime(Child(item, name).text().get());
    if (time.has_value() && !article.has_publish_time()) *article.mutable_publish_time() = *time;
  }
  return article;
}

}  // namespace

absl::StatusOr<FeedDocument> ReadFeed(std::string_view xml, std::string_view url) {
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(
      xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
  if (!parsed) {
    return absl::InvalidArgumentError(
        absl::StrCat("not XML: ", parsed.description(), " at byte ", parsed.offset));
  }
  const pugi::xml_node root = document.document_element();
  const pugi::xml_node channel = Child(root, "channel");
  const std::string_view kind = LocalName(root);
  if (kind != "rss" && kind != "RDF" && kind != "feed") {
    return absl::InvalidArgumentError(
        absl::StrCat("neither RSS nor Atom: its root is ", root.name()));
  }
  FeedDocument feed;
  const std::string source = HostOf(url);
  const std::string language = LanguageOf(channel, root);
  // RSS 1.0 has its items beside the channel, 2.0 in it.
  for (const pugi::xml_node& parent : {kind == "rss" ? channel : root}) {
    for (const pugi::xml_node& item : parent.children()) {
      if (LocalName(item) != "item" && LocalName(item) != "entry") continue;
      pb::Article article = ReadItem(item, source);
      article.set_language(language);
      if (article.title().empty() && article.body().empty()) continue;
      if (article.article_id().empty()) {
        ++feed.items_without_id;
        continue;
      }
      feed.articles.push_back(std::move(article));
    }
  }
  return feed;
}

std::optional<google::protobuf::Timestamp> ReadFeedTime(std::string_view text) {
  std::string trimmed = Trimmed(text);
  // What RFC 822 calls its zones.
  for (const auto& [name, offset] : {std::pair<std::string_view, std::string_view>{"GMT", "+0000"},
                                     {"UTC", "+0000"},
                                     {"UT", "+0000"},
                                     {"Z", "+0000"},
                                     {"EST", "-0500"},
                                     {"EDT", "-0400"},
                                     {"CST", "-0600"},
                                     {"CDT", "-0500"},
                                     {"MST", "-0700"},
                                     {"MDT", "-0600"},
                                     {"PST", "-0800"},
                                     {"PDT", "-0700"}}) {
    if (trimmed.ends_with(name)) {
      trimmed.replace(trimmed.size() - name.size(), name.size(), offset);
      break;
    }
  }
  absl::Time time;
  for (const char* format :
       {"%a, %d %b %Y %H:%M:%E*S %z", "%a, %d %b %Y %H:%M %z", "%d %b %Y %H:%M:%S %z",
        "%Y-%m-%d%ET%H:%M:%E*S%Ez", "%Y-%m-%d%ET%H:%M:%E*S%z", "%Y-%m-%d%ET%H:%M%Ez", "%Y-%m-%d"}) {
    if (!absl::ParseTime(format, trimmed, &time, nullptr)) continue;
    google::protobuf::Timestamp timestamp;
    timestamp.set_seconds(absl::ToUnixSeconds(time));
    // "infinite-future" is a time to Abseil, and so is the year 99999; to the contract neither is.
    if (timestamp.seconds() < TimeUtil::kTimestampMinSeconds ||
        timestamp.seconds() > TimeUtil::kTimestampMaxSeconds) {
      return std::nullopt;
    }
    return timestamp;
  }
  return std::nullopt;
}

std::string HostOf(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != url.npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  const std::size_t user = url.rfind('@');
  if (user != url.npos) url.remove_prefix(user + 1);
  if (!url.starts_with('[')) url = url.substr(0, url.find(':'));
  return absl::AsciiStrToLower(absl::string_view(url.data(), url.size()));
}

}  // namespace claimwatch::exchange
