#include "server/filter/lexer.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace claimwatch {
namespace {

constexpr char kEscape = '\x01';

bool IsWordByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return absl::ascii_isalnum(byte) || byte >= 0x80 ||
         std::string_view("_-.*+/@%#").find(c) != std::string_view::npos;
}

// "2022-01-07T": what follows are hours, whose colons are no comparators.
bool IsDateAndT(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-ddT";
  return text.size() >= kShape.size() &&
         std::equal(kShape.begin(), kShape.end(), text.begin(), [](char shape, char c) {
           return shape == 'd' ? absl::ascii_isdigit(static_cast<unsigned char>(c)) : shape == c;
         });
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<FilterToken> Run() {
    for (;;) {
      while (at_ < text_.size() && absl::ascii_isspace(static_cast<unsigned char>(text_[at_]))) {
        ++at_;
      }
      FilterToken token;
      token.position = at_;
      if (at_ < text_.size()) Read(token);
      token.size = at_ - token.position;
      tokens_.push_back(std::move(token));
      if (tokens_.back().kind == FilterTokenKind::kEnd) return std::move(tokens_);
    }
  }

 private:
  void Read(FilterToken& token) {
    const char c = text_[at_];
    if (c == '"' || c == '\'') return ReadString(token, c);
    if (c == '-' && at_ + 1 < text_.size() && text_[at_ + 1] != ' ') {
      return Take(token, FilterTokenKind::kMinus, 1);
    }
    if (IsWordByte(c)) return ReadWord(token);
    const bool equals = at_ + 1 < text_.size() && text_[at_ + 1] == '=';
    switch (c) {
      case '(':
        return Take(token, FilterTokenKind::kOpen, 1);
      case ')':
        return Take(token, FilterTokenKind::kClose, 1);
      case ',':
        return Take(token, FilterTokenKind::kComma, 1);
      case '=':
      case ':':
        return Take(token, FilterTokenKind::kComparator, 1);
      case '<':
      case '>':
        return Take(token, FilterTokenKind::kComparator, equals ? 2 : 1);
      case '!':
        if (equals) return Take(token, FilterTokenKind::kComparator, 2);
        [[fallthrough]];
      default:
        return Take(token, FilterTokenKind::kStray, 1);
    }
  }

  void Take(FilterToken& token, FilterTokenKind kind, std::size_t size) {
    token.kind = kind;
    token.text = std::string(text_.substr(at_, size));
    at_ += size;
  }

  void ReadWord(FilterToken& token) {
    token.kind = FilterTokenKind::kWord;
    const bool time = IsDateAndT(text_.substr(at_));
    while (at_ < text_.size() && (IsWordByte(text_[at_]) || (time && text_[at_] == ':'))) {
      token.wildcard |= text_[at_] == '*';
      token.text.push_back(text_[at_++]);
    }
  }

  // A backslash takes the next byte as it is. A byte 1 in the text itself is dropped, because
  // patterns use it as their mark.
  void ReadString(FilterToken& token, char quote) {
    token.kind = FilterTokenKind::kUnclosed;
    for (++at_; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == quote) {
        ++at_;
        token.kind = FilterTokenKind::kString;
        break;
      }
      const bool escaped = c == '\\' && at_ + 1 < text_.size();
      if (escaped) c = text_[++at_];
      if (c == kEscape) continue;
      if (c == '*' && escaped) token.text.push_back(kEscape);
      token.wildcard |= c == '*';
      token.text.push_back(c);
    }
  }

  const std::string_view text_;
  std::size_t at_ = 0;
  std::vector<FilterToken> tokens_;
};

}  // namespace

std::vector<FilterToken> Tokenise(std::string_view text) { return Lexer(text).Run(); }

}  // namespace claimwatch
