#include "client/exchange/html_text.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace claimwatch::exchange {
namespace {

struct Entity {
  std::string_view name, text;
};

constexpr Entity kEntities[] = {
    {"amp", "&"},    {"lt", "<"},     {"gt", ">"},     {"quot", "\""},      {"apos", "'"},
    {"nbsp", " "},   {"ndash", "–"},  {"mdash", "—"},  {"lsquo", "‘"},      {"rsquo", "’"},
    {"ldquo", "“"},  {"rdquo", "”"},  {"hellip", "…"}, {"pound", "£"},      {"euro", "€"},
    {"yen", "¥"},    {"cent", "¢"},   {"deg", "°"},    {"frac12", "½"},     {"frac14", "¼"},
    {"frac34", "¾"}, {"times", "×"},  {"middot", "·"}, {"bull", "•"},       {"eacute", "é"},
    {"egrave", "è"}, {"aacute", "á"}, {"oacute", "ó"}, {"uuml", "ü"},       {"ouml", "ö"},
    {"auml", "ä"},   {"ccedil", "ç"}, {"ntilde", "ñ"}, {"shy", "\xC2\xAD"}, {"thinsp", " "},
};

// Begin and end a paragraph.
constexpr std::string_view kBlocks[] = {
    "p",          "div",     "h1",      "h2",     "h3",     "h4", "h5",    "h6",
    "ul",         "ol",      "li",      "dl",     "dt",     "dd", "table", "tr",
    "blockquote", "article", "section", "header", "footer", "hr", "pre"};

// Their content is not text.
constexpr std::string_view kSkipped[] = {"script",   "style",  "template", "iframe", "object",
                                         "noscript", "select", "svg",      "form",   "figcaption"};

template <typename List>
bool Holds(const List& list, std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

void AppendUtf8(std::uint32_t code, std::string& out) {
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code > 0x10FFFF || surrogate || (code < 0x20 && code != '\n' && code != '\t')) code = 0xFFFD;
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    if (code < 0x10000) {
      out += static_cast<char>(0xE0 | (code >> 12));
    } else {
      out += static_cast<char>(0xF0 | (code >> 18));
      out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    }
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

class Reader {
 public:
  explicit Reader(std::string_view html) : rest_(html) {}

  std::string Read() {
    while (!rest_.empty()) {
      if (rest_.starts_with("<!--")) {
        SkipPast("-->");
      } else if (rest_.starts_with("<![CDATA[")) {
        rest_.remove_prefix(9);
      } else if (rest_.size() > 1 && rest_[0] == '<' && BeginsTag(rest_[1])) {
        ReadTag();
      } else if (rest_[0] == '&') {
        ReadEntity();
      } else {
        AppendText(rest_.substr(0, 1));
        rest_.remove_prefix(1);
      }
    }
    return std::move(text_);
  }

 private:
  // "a < b" is text, "<b" is not.
  static bool BeginsTag(char c) {
    return absl::ascii_isalpha(c) || c == '/' || c == '!' || c == '?';
  }

  void SkipPast(std::string_view end) {
    const std::size_t found = rest_.find(end);
    rest_.remove_prefix(found == rest_.npos ? rest_.size() : found + end.size());
  }

  void ReadTag() {
    std::size_t at = rest_[1] == '/' ? 2 : 1;
    const std::size_t begin = at;
    while (at < rest_.size() && absl::ascii_isalnum(rest_[at])) ++at;
    const std::string name =
        absl::AsciiStrToLower(absl::string_view(rest_.data() + begin, at - begin));
    const bool closes = begin == 2;
    SkipTag();
    if (name == "br") {
      Break(1);
    } else if (Holds(kBlocks, name)) {
      Break(2);
    } else if (name == "td" || name == "th") {
      AppendText(" ");
    } else if (!closes && Holds(kSkipped, name)) {
      SkipElement(name);
    }
  }

  // To the ">" that ends the tag: not one inside quotation marks.
  void SkipTag() {
    char quote = 0;
    std::size_t at = 1;
    for (; at < rest_.size(); ++at) {
      const char c = rest_[at];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        break;
      }
    }
    if (at == rest_.size()) {  // An open quotation mark must not swallow the rest.
      const std::size_t end = rest_.find('>');
      at = end == rest_.npos ? rest_.size() - 1 : end;
    }
    rest_.remove_prefix(at + 1);
  }

  void SkipElement(const std::string& name) {
    const std::string end = absl::StrCat("</", name);
    while (!rest_.empty()) {
      const std::size_t found = rest_.find("</");
      if (found == rest_.npos) {
        rest_ = {};
        return;
      }
      rest_.remove_prefix(found);
      if (absl::StartsWithIgnoreCase(absl::string_view(rest_.data(), rest_.size()), end)) break;
      rest_.remove_prefix(2);
    }
    SkipPast(">");
  }

  void ReadEntity() {
    const std::size_t end = rest_.substr(0, 12).find(';');
    const std::string_view name = end == rest_.npos ? "" : rest_.substr(1, end - 1);
    std::string text;
    if (name.starts_with('#')) {
      std::uint32_t code = 0;
      const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
      const absl::string_view digits(name.data() + (hex ? 2 : 1), name.size() - (hex ? 2 : 1));
      if (hex ? absl::SimpleHexAtoi(digits, &code) : absl::SimpleAtoi(digits, &code)) {
        AppendUtf8(code, text);
      }
    } else {
      for (const Entity& entity : kEntities) {
        if (entity.name == name) text = entity.text;
      }
    }
    if (end == rest_.npos || text.empty()) {
      AppendText("&");  // Not an entity that we know: as it stands.
      rest_.remove_prefix(1);
      return;
    }
    constexpr std::string_view kSoftHyphen = "\xC2\xAD", kNoBreakSpace = "\xC2\xA0";
    if (text == kNoBreakSpace) {
      AppendText(" ");
    } else if (text != kSoftHyphen) {
      AppendText(text);
    }
    rest_.remove_prefix(end + 1);
  }

  // White space becomes one space, and none at the beginning of a line.
  void AppendText(std::string_view piece) {
    for (const char c : piece) {
      if (!absl::ascii_isspace(c)) {
        if (space_ && !text_.empty() && text_.back() != '\n') text_ += ' ';
        space_ = false;
        text_ += c;
      } else {
        space_ = true;
      }
    }
  }

  // At least so many line ends, at most two.
  void Break(std::size_t ends) {
    space_ = false;
    if (text_.empty()) return;
    std::size_t there = 0;
    while (there < 2 && text_.size() > there && text_[text_.size() - 1 - there] == '\n') ++there;
    if (there < ends) text_.append(ends - there, '\n');
  }

  std::string_view rest_;
  std::string text_;
  bool space_ = false;
};

}  // namespace

std::string TextOfHtml(std::string_view html) {
  std::string text = Reader(html).Read();
  while (!text.empty() && absl::ascii_isspace(text.back())) text.pop_back();
  return text;
}

}  // namespace claimwatch::exchange
