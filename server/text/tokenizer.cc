#include "server/text/tokenizer.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "server/text/entities.h"
#include "server/text/utf8.h"

namespace claimwatch {
namespace {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsAsciiLetter(char c) { return static_cast<unsigned char>((c | 0x20) - 'a') < 26; }

// How many of the eight bytes at `from` are letters before the first that is none; sets `lower`
// when one of them is in lower case. All eight at once, without branches.
std::size_t LettersIn(const char* from, bool* lower) {
  constexpr std::uint64_t kHigh = 0x8080808080808080ULL, kOnes = 0x0101010101010101ULL;
  std::uint64_t bytes = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&bytes, from, 8);
  } else {
    for (std::size_t i = 0; i < 8; ++i) {
      bytes |= static_cast<std::uint64_t>(static_cast<unsigned char>(from[i])) << (8 * i);
    }
  }
  const std::uint64_t folded = (bytes | kOnes * 0x20) & ~kHigh;
  const std::uint64_t from_a = folded + kOnes * (0x80 - 'a');        // High bit: >= 'a'.
  const std::uint64_t past_z = folded + kOnes * (0x80 - ('z' + 1));  // High bit: > 'z'.
  const std::uint64_t letters = from_a & ~past_z & ~bytes & kHigh;
  const std::uint64_t others = ~letters & kHigh;
  const std::size_t run = static_cast<std::size_t>(std::countr_zero(others)) / 8;  // 8 for none.
  const std::uint64_t mask = run == 0 ? 0 : ~std::uint64_t{0} >> (8 * (8 - run));
  *lower |= (bytes & mask & kOnes * 0x20) != 0;
  return run;
}

// What an entity for a character of this kind is.
TokenKind TokenKindOf(CharKind kind) {
  switch (kind) {
    case CharKind::kLetter:
      return TokenKind::kWord;
    case CharKind::kDigit:
    case CharKind::kFraction:
      return TokenKind::kDigits;
    case CharKind::kPunct:
      return TokenKind::kPunct;
    case CharKind::kSymbol:
      return TokenKind::kSymbol;
    default:
      return TokenKind::kOther;
  }
}

// The clitics that are cut off a word, after the apostrophe.
constexpr std::string_view kClitics[] = {"s",  "S",  "re", "RE", "ll", "LL",
                                         "ve", "VE", "d",  "D",  "m",  "M"};

class Tokenizer {
 public:
  Tokenizer(std::string_view text, const Lexicon& lexicon) : text_(text), lexicon_(lexicon) {
    tokens_.reserve(text.size() / 4 + 8);
  }

  std::vector<Token> Run() {
    while (at_ < text_.size()) Step();
    return std::move(tokens_);
  }

 private:
  void Step();
  Token& Emit(TokenKind kind, std::size_t end);
  void LookUp(Token* token) const {
    const std::string_view form = text_.substr(token->span.begin, token->span.size);
    // The country, not the pronoun.
    token->word = form == "US" ? lexicon_.Find("u.s.") : lexicon_.FindFolded(form);
    if (token->word != nullptr) token->role = token->word->role;
  }
  bool ReadPlainWord();
  void ReadWord();
  void ReadMark(const Char& c);
  bool ReadEntity();
  std::size_t ApostropheAt(std::size_t at) const;
  std::size_t CliticEnd(std::size_t at) const;
  std::size_t InitialsEnd() const;
  std::size_t DigitsEnd(std::size_t from) const;
  std::size_t GroupsEnd(std::size_t from, std::size_t first) const;
  std::size_t PointsEnd(std::size_t from, std::size_t first) const;
  std::size_t RunEnd(std::size_t from) const {
    while (from < text_.size() && IsDigit(text_[from])) ++from;
    return from;
  }
  char Byte(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  bool RightAfterToken() const { return !space_ && !tokens_.empty(); }

  const std::string_view text_;
  const Lexicon& lexicon_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  bool space_ = true;  // White space, or the start, right before at_.
  bool line_ = true;
};

Token& Tokenizer::Emit(TokenKind kind, std::size_t end) {
  Token& token = tokens_.emplace_back();
  token.span = {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end - at_)};
  token.kind = kind;
  token.space_before = space_;
  token.line_before = line_;
  space_ = line_ = false;
  at_ = end;
  return token;
}

void Tokenizer::Step() {
  const char byte = text_[at_];
  if (byte == ' ') {
    space_ = true;
    ++at_;
    return;
  }
  if (IsAsciiLetter(byte) && ReadPlainWord()) return;
  const Char c = CharAt(text_, at_);
  switch (c.kind) {
    case CharKind::kSpace:
      space_ = true;
      at_ += c.size;
      return;
    case CharKind::kLine:
      space_ = line_ = true;
      at_ += c.size;
      return;
    case CharKind::kLetter:
      return ReadWord();
    case CharKind::kDigit:
      Emit(TokenKind::kDigits, DigitsEnd(at_));
      return;
    case CharKind::kFraction:
      Emit(TokenKind::kDigits, at_ + c.size);
      return;
    case CharKind::kPunct:
    case CharKind::kSymbol:
      return ReadMark(c);
    case CharKind::kOther:
      Emit(TokenKind::kOther, at_ + c.size);
      return;
  }
}

// Bytes of the apostrophe at `at`, straight, curly or an entity; 0 when there is none.
std::size_t Tokenizer::ApostropheAt(std::size_t at) const {
  if (Byte(at) == '\'') return 1;
  if (Byte(at) == '&') {
    const Entity entity = EntityAt(text_, at);
    return entity.code == '\'' || entity.code == 0x2019 ? entity.size : 0;
  }
  return Byte(at) == '\xe2' && text_.compare(at, 3, "\xe2\x80\x99") == 0 ? 3 : 0;
}

// End of a clitic whose apostrophe is at `at`; 0 when none stands there.
std::size_t Tokenizer::CliticEnd(std::size_t at) const {
  const std::size_t letters = at + ApostropheAt(at);
  if (letters == at) return 0;
  std::size_t end = letters;
  while (end < letters + 3 && IsAsciiLetter(Byte(end))) ++end;
  const std::string_view tail = text_.substr(letters, end - letters);
  for (const std::string_view clitic : kClitics) {
    if (tail == clitic) return end;
  }
  return 0;
}

// "U.S.", "p.m.", "e.g": single letters with points between them; 0 when there are none.
std::size_t Tokenizer::InitialsEnd() const {
  std::size_t end = at_;
  int letters = 0;
  while (IsAsciiLetter(Byte(end)) && Byte(end + 1) == '.') {
    end += 2;
    ++letters;
  }
  if (letters == 0) return 0;
  const char after = Byte(end + 1);
  const bool last = IsAsciiLetter(Byte(end)) && !IsAsciiLetter(after) && after != '\'' &&
                    !IsDigit(after) && static_cast<unsigned char>(after) < 0x80;
  if (last) return end + 1;
  return letters >= 2 ? end : 0;
}

// A word of ASCII letters alone, as nearly all are; false when it needs a closer look.
bool Tokenizer::ReadPlainWord() {
  const std::size_t size = text_.size();
  std::size_t end = at_;
  bool lower = false;
  while (end + 8 <= size) {
    const std::size_t run = LettersIn(text_.data() + end, &lower);
    end += run;
    if (run < 8) break;
  }
  while (end < size && IsAsciiLetter(text_[end])) lower |= text_[end++] >= 'a';
  if (end < size) {
    const auto next = static_cast<unsigned char>(text_[end]);
    if (next >= 0x80 || next == '\'' || next == '&' || (next == '.' && end == at_ + 1))
      return false;
  }
  const std::string_view form = text_.substr(at_, end - at_);
  Token& token = Emit(TokenKind::kWord, end);
  token.capitalised = (form[0] & 0x20) == 0;
  token.all_caps = !lower && form.size() >= 2;
  if (form == "US") {
    LookUp(&token);
  } else {
    token.word = lexicon_.FindAscii(form, size - token.span.begin, &token.role);
  }
  return true;
}

void Tokenizer::ReadWord() {
  std::size_t end = at_;
  bool capital = false, lower = false, first = true, starts_capital = false;
  int letters = 0;
  const std::size_t initials = Byte(at_ + 1) == '.' ? InitialsEnd() : 0;
  while (end < text_.size()) {
    const char byte = text_[end];
    bool is_capital = byte >= 'A' && byte <= 'Z';
    std::size_t size = 1;
    if (!is_capital && !(byte >= 'a' && byte <= 'z')) {
      if (static_cast<unsigned char>(byte) < 0x80 && byte != '\'' && byte != '&') break;
      const std::size_t mark = ApostropheAt(end);
      if (mark != 0) {
        if (!IsAsciiLetter(Byte(end + mark)) || CliticEnd(end) != 0) break;
        end += mark;
        continue;
      }
      const Char c = CharAt(text_, end);
      if (c.kind != CharKind::kLetter) break;
      is_capital = IsCapital(c.code);
      size = c.size;
    }
    if (first) starts_capital = is_capital;
    first = false;
    (is_capital ? capital : lower) = true;
    ++letters;
    end += size;
  }
  Token& token = Emit(TokenKind::kWord, std::max(end, initials));
  token.capitalised = starts_capital;
  token.all_caps = capital && !lower && (letters >= 2 || initials != 0);
  LookUp(&token);
}

// ",ddd" groups after the first `first` digits: western, Indian, or a decimal comma.
std::size_t Tokenizer::GroupsEnd(std::size_t from, std::size_t first) const {
  std::size_t end = from, groups = 0, size = 0, last = 0;
  bool threes = true, twos = true;
  while (Byte(end) == ',' && IsDigit(Byte(end + 1))) {
    const std::size_t next = RunEnd(end + 1);
    if (groups > 0) twos = twos && last == 2;
    last = next - end - 1;
    threes = threes && last == 3;
    if (groups == 0) size = last;
    ++groups;
    end = next;
  }
  if (groups == 0) return from;
  if (threes && first <= 3) return end;
  if (twos && last == 3 && first <= 2) return end;
  if (groups == 1 && first <= 3 && size != 3) return end;  // "1,5"; "2,3000" is flagged later.
  return from;                                             // A list: "22,24,26".
}

// ".ddd" after the first `first` digits: decimals, points between thousands, or a dotted number.
std::size_t Tokenizer::PointsEnd(std::size_t from, std::size_t first) const {
  std::size_t end = from, last = 0;
  while (Byte(end) == '.' && IsDigit(Byte(end + 1))) {
    const std::size_t next = RunEnd(end + 1);
    last = next - end - 1;
    end = next;
  }
  const bool decimals = Byte(end) == ',' && IsDigit(Byte(end + 1)) && last == 3 && first <= 3;
  if (!decimals || end == from) return end;
  const std::size_t comma = RunEnd(end + 1);
  return comma - end - 1 <= 2 ? comma : end;  // "1.111,11"
}

std::size_t Tokenizer::DigitsEnd(std::size_t from) const {
  const std::size_t run = RunEnd(from);
  if (Byte(run) == '.') return PointsEnd(run, run - from);
  if (Byte(run) != ',') return run;
  const bool in_list = from >= 2 && text_[from - 1] == ',' && IsDigit(text_[from - 2]);
  if (in_list) return run;
  const std::size_t groups = GroupsEnd(run, run - from);
  const bool decimals = groups > run && Byte(groups) == '.' && IsDigit(Byte(groups + 1));
  return decimals ? RunEnd(groups + 1) : groups;
}

bool Tokenizer::ReadEntity() {
  const Entity entity = EntityAt(text_, at_);
  if (entity.size == 0) return false;
  const CharKind kind = KindOfCode(entity.code);
  if (kind == CharKind::kSpace || kind == CharKind::kLine) {
    space_ = true;
    at_ += entity.size;
  } else {
    Emit(TokenKindOf(kind), at_ + entity.size).entity = true;
  }
  return true;
}

void Tokenizer::ReadMark(const Char& c) {
  const bool apostrophe = c.code == '\'' || c.code == 0x2019 || c.code == '&';
  const std::size_t clitic = apostrophe ? CliticEnd(at_) : 0;
  if (clitic != 0 && RightAfterToken() && tokens_.back().kind == TokenKind::kWord) {
    Token& token = Emit(TokenKind::kWord, clitic);
    LookUp(&token);
    return;
  }
  if (c.code == '&' && ReadEntity()) return;
  const bool after_number = RightAfterToken() && tokens_.back().kind != TokenKind::kPunct &&
                            tokens_.back().kind != TokenKind::kSymbol;
  if (c.code == '.' && IsDigit(Byte(at_ + 1)) && !after_number) {
    Emit(TokenKind::kDigits, RunEnd(at_ + 1));  // ".25"
    return;
  }
  std::size_t end = at_ + c.size;
  if (c.code == '-' || c.code == '.') {
    while (Byte(end) == text_[at_]) ++end;
  }
  Emit(c.kind == CharKind::kPunct ? TokenKind::kPunct : TokenKind::kSymbol, end);
}

}  // namespace

std::vector<Token> Tokenize(std::string_view text, const Lexicon& lexicon) {
  return Tokenizer(text, lexicon).Run();
}

}  // namespace claimwatch
