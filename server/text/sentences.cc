#include "server/text/sentences.h"

#include <algorithm>

namespace claimwatch {
namespace {

// Abbreviations after which a point ends no sentence, lower case.
constexpr std::string_view kAbbreviations[] = {
    "mr",   "mrs",    "ms",   "dr",    "st",   "gen",  "col",  "lt",   "sgt",  "capt", "maj",
    "cpl",  "gov",    "sen",  "rep",   "rev",  "prof", "hon",  "pres", "jr",   "sr",   "vs",
    "etc",  "approx", "no",   "nos",   "fig",  "jan",  "feb",  "mar",  "apr",  "jun",  "jul",
    "aug",  "sept",   "sep",  "oct",   "nov",  "dec",  "rs",   "mt",   "ft",   "inc",  "corp",
    "co",   "ltd",    "dept", "est",   "adm",  "brig", "cmdr", "supt", "insp", "det",  "atty",
    "ave",  "blvd",   "rd",   "calif", "fla",  "mass", "conn", "penn", "ariz", "ala",  "ark",
    "colo", "wash",   "tenn", "mich",  "minn", "sq",   "snr",  "comr", "inf",  "pvt",  "ltc",
};
// Those that also end sentences ("the company, Smith Inc. The…"): a known sentence opener decides.
constexpr std::string_view kMayEnd[] = {"inc", "corp", "co", "ltd", "jr",
                                        "sr",  "etc",  "st", "ave", "ft"};

bool Contains(std::string_view word, const std::string_view* begin, const std::string_view* end) {
  char lower[8];
  if (word.size() >= sizeof lower) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    lower[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  return std::find(begin, end, std::string_view(lower, word.size())) != end;
}

class Splitter {
 public:
  Splitter(std::string_view text, std::vector<Token>& tokens) : text_(text), tokens_(tokens) {
    wrapped_ = LooksWrapped();
  }

  // Whether a sentence starts at token i (> 0).
  bool StartsAt(std::size_t i) const {
    const Token& before = tokens_[i - 1];
    const bool stop_like = before.kind == TokenKind::kPunct || text_[before.span.end() - 1] == '.';
    if (!stop_like && !tokens_[i].line_before) {  // Most tokens.
      return (tokens_[i].all_caps || tokens_[i].kind == TokenKind::kSymbol) && IsTeaser(i);
    }
    if (IsLastOfLine(i) || IsDatelineBefore(i)) return !IsLastOfLine(i);
    if (IsCloser(tokens_[i]) && !tokens_[i].line_before) return false;
    if (tokens_[i].line_before && EndsAtLine(i)) return true;
    return StopBefore(i);
  }

 private:
  std::string_view Surface(const Token& t) const {
    const std::string_view written = text_.substr(t.span.begin, t.span.size);
    return t.entity ? EntityText(written) : written;
  }
  bool IsStop(const Token& t) const {
    if (t.kind != TokenKind::kPunct) return false;
    const std::string_view s = Surface(t);
    return s[0] == '.' || s == "!" || s == "?" || s == "\xe2\x80\xa6";
  }
  bool IsQuote(std::string_view s) const {
    return s == "\"" || s == "'" || s == "\xe2\x80\x9d" || s == "\xe2\x80\x9c" ||
           s == "\xe2\x80\x99" || s == "\xe2\x80\x98" || s == "\xc2\xab" || s == "\xc2\xbb" ||
           s == "`";
  }
  // A quote or bracket right after the stop, without white space.
  bool IsCloser(const Token& t) const {
    if (t.kind != TokenKind::kPunct) return false;
    const std::string_view s = Surface(t);
    if (s == ")" || s == "]" || s == "}") return true;
    if (s == "\xe2\x80\x9d" || s == "\xc2\xbb") return true;
    return IsQuote(s) && !t.space_before && s != "\xe2\x80\x9c" && s != "\xc2\xab" &&
           s != "\xe2\x80\x98";
  }
  // A quotation mark that closes the line before, after a space put there by mistake.
  bool IsLastOfLine(std::size_t i) const {
    return tokens_[i].kind == TokenKind::kPunct && !tokens_[i].line_before &&
           IsQuote(Surface(tokens_[i])) && (i + 1 == tokens_.size() || tokens_[i + 1].line_before);
  }
  bool IsTeaser(std::size_t i) const;
  bool IsDatelineBefore(std::size_t i) const;
  bool OpensSentence(std::size_t i) const;
  bool StopBefore(std::size_t i) const;
  bool EndsAtLine(std::size_t i) const;
  bool LooksWrapped() const;
  bool IsAbbreviation(std::size_t stop, std::size_t next) const;
  std::size_t LinesBetween(std::size_t i) const;

  const std::string_view text_;
  const std::vector<Token>& tokens_;
  bool wrapped_ = false;
};

// Line breaks between token i - 1 and token i, counted up to 2.
std::size_t Splitter::LinesBetween(std::size_t i) const {
  std::size_t lines = 0;
  const std::size_t begin = tokens_[i - 1].span.end();
  for (std::size_t at = begin; at < tokens_[i].span.begin && lines < 2; ++at) {
    if (text_[at] == '\n') ++lines;
    if (text_[at] == '\r' && (at + 1 >= text_.size() || text_[at + 1] != '\n')) ++lines;
  }
  return lines;
}

// Text whose lines were broken at a fixed width: breaks mean nothing there.
bool Splitter::LooksWrapped() const {
  std::size_t lines = 0, longest = 0, broken_low = 0, start = 0;
  for (std::size_t i = 1; i < tokens_.size(); ++i) {
    if (!tokens_[i].line_before) continue;
    longest = std::max<std::size_t>(longest, tokens_[i - 1].span.end() - tokens_[start].span.begin);
    start = i;
    ++lines;
    if (tokens_[i].kind == TokenKind::kWord && !tokens_[i].capitalised && LinesBetween(i) == 1) {
      ++broken_low;
    }
  }
  return lines >= 3 && longest <= 100 && broken_low * 3 >= lines;
}

bool Splitter::EndsAtLine(std::size_t i) const {
  if (LinesBetween(i) >= 2) return true;
  const Token& before = tokens_[i - 1];
  const Token& next = tokens_[i];
  const std::string_view mark = Surface(next);
  const bool bullet = next.kind != TokenKind::kWord && next.kind != TokenKind::kDigits &&
                      (mark == "-" || mark == "*" || mark == "--" || mark == "\xe2\x80\xa2" ||
                       mark == "\xe2\x80\x93" || mark == "\xc2\xb7");
  if (bullet) return true;
  if (wrapped_) return false;
  if (next.kind == TokenKind::kWord && !next.capitalised) return false;
  if (before.kind == TokenKind::kPunct && Surface(before) == ",") return false;
  if (before.word != nullptr && before.word->Is(kPreposition | kDeterminer | kConjunction) &&
      !before.capitalised) {
    return false;
  }
  return true;
}

// "NEW: ...", "\\* ...": teasers that run on without a stop.
bool Splitter::IsTeaser(std::size_t i) const {
  if (i + 1 >= tokens_.size()) return false;
  const Token& t = tokens_[i];
  const std::string_view next = Surface(tokens_[i + 1]);
  if (t.kind == TokenKind::kSymbol) return next == "*" && Surface(t) == "\\";
  return t.kind == TokenKind::kWord && t.all_caps && next == ":" && t.span.size >= 3 &&
         t.space_before;
}

// "(Reuters) -", "(CNN) --": what follows is the story.
bool Splitter::IsDatelineBefore(std::size_t i) const {
  if (i < 4 || tokens_[i].kind != TokenKind::kWord || !tokens_[i].capitalised) return false;
  const std::string_view dash = Surface(tokens_[i - 1]);
  const bool dashed = dash[0] == '-' || dash == "\xe2\x80\x93" || dash == "\xe2\x80\x94";
  const Token& agency = tokens_[i - 3];
  return dashed && Surface(tokens_[i - 2]) == ")" && Surface(tokens_[i - 4]) == "(" &&
         agency.kind == TokenKind::kWord && agency.capitalised && tokens_[i].space_before;
}

bool Splitter::OpensSentence(std::size_t i) const {
  const Token& t = tokens_[i];
  if (t.kind == TokenKind::kWord) return t.capitalised;
  if (t.kind == TokenKind::kDigits || t.kind == TokenKind::kSymbol) return t.space_before;
  const std::string_view s = Surface(t);
  if (t.kind == TokenKind::kPunct)
    return IsQuote(s) || s == "(" || s == "[" || s[0] == '-' || s[0] == '\xe2';
  return t.space_before;
}

// Whether the point at `stop` belongs to an abbreviation or an initial.
bool Splitter::IsAbbreviation(std::size_t stop, std::size_t next) const {
  if (Surface(tokens_[stop]) != ".") return false;
  if (stop == 0 || tokens_[stop].space_before) return false;
  const Token& word = tokens_[stop - 1];
  if (word.kind != TokenKind::kWord) return false;
  const std::string_view s = Surface(word);
  const Token& after = tokens_[next];
  if (s.size() == 1 && word.capitalised) return true;  // An initial: "John F. Kennedy".
  if (Contains(s, std::begin(kMayEnd), std::end(kMayEnd))) {
    return after.word == nullptr ||
           !after.word->Is(kDeterminer | kPronoun | kPreposition | kConjunction);
  }
  if (s == "no" || s == "No" || s == "nos" || s == "Nos") return after.kind == TokenKind::kDigits;
  const bool is_word = word.word != nullptr && word.word->Is(kVerb | kAdjective | kModal);
  return !is_word && Contains(s, std::begin(kAbbreviations), std::end(kAbbreviations)) &&
         (word.capitalised || s == "vs" || s == "etc" || s == "approx" || s == "sq" || s == "est");
}

bool Splitter::StopBefore(std::size_t i) const {
  std::size_t at = i;
  bool closed = false;
  while (at > 0 && IsCloser(tokens_[at - 1]) && at + 4 > i) {
    closed = true;
    --at;
  }
  if (at == 0) return false;
  const Token& stop = tokens_[at - 1];
  const Token& next = tokens_[i];
  // "U.S.", "p.m." carry their own point.
  if (stop.kind == TokenKind::kWord && Surface(stop).back() == '.') {
    return next.space_before && next.word != nullptr && next.capitalised &&
           next.word->Is(kDeterminer | kPronoun | kPreposition | kConjunction) && !next.all_caps;
  }
  if (!IsStop(stop) || !OpensSentence(i)) return false;
  const bool spaced_point = stop.space_before && next.kind == TokenKind::kDigits && at >= 2 &&
                            tokens_[at - 2].kind == TokenKind::kDigits;
  if (spaced_point && !closed) return false;  // "46 . 8 million" in tokenised text.
  if (!next.space_before && !closed) {
    // "It burned.The fire": no white space, but a word of two cases after a lower-case word.
    return next.kind == TokenKind::kWord && at >= 2 && tokens_[at - 2].kind == TokenKind::kWord &&
           !tokens_[at - 2].capitalised && Surface(stop)[0] == '.' && next.capitalised &&
           Surface(tokens_[at - 2]) != "www";
  }
  if (!next.space_before && next.kind != TokenKind::kWord) return false;
  if (next.kind == TokenKind::kPunct && Surface(next)[0] == '-') return Surface(stop) != ".";
  return closed || !IsAbbreviation(at - 1, i);
}

}  // namespace

std::vector<Sentence> SplitSentences(std::string_view text, std::vector<Token>* tokens) {
  std::vector<Sentence> sentences;
  if (tokens->empty()) return sentences;
  const Splitter splitter(text, *tokens);
  std::uint32_t first = 0;
  (*tokens)[0].sentence_start = true;
  for (std::uint32_t i = 1; i < tokens->size(); ++i) {
    if (!splitter.StartsAt(i)) continue;
    sentences.push_back({first, i});
    (*tokens)[i].sentence_start = true;
    first = i;
  }
  sentences.push_back({first, static_cast<std::uint32_t>(tokens->size())});
  return sentences;
}

}  // namespace claimwatch
