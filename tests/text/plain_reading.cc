#include "tests/text/plain_reading.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "server/text/entities.h"
#include "server/text/lexicon_table.h"
#include "server/text/units.h"
#include "server/text/utf8.h"

namespace claimwatch {
namespace {

bool Digit(char c) { return c >= '0' && c <= '9'; }
bool Letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// One character, or one entity, with its place.
struct Glyph {
  std::size_t begin = 0, size = 1;
  std::uint32_t code = 0;
  CharKind kind = CharKind::kOther;
  bool entity = false;

  bool Is(char c) const { return !entity && code == static_cast<unsigned char>(c); }
  bool AsciiLetter() const { return !entity && code < 0x80 && Letter(static_cast<char>(code)); }
  bool AsciiDigit() const { return !entity && code < 0x80 && Digit(static_cast<char>(code)); }
  bool Apostrophe() const { return code == '\'' || code == 0x2019; }
};

CharKind PlainKind(std::uint32_t code) {
  if (code >= 0x80) return KindOfCode(code);
  const char c = static_cast<char>(code);
  if (Letter(c)) return CharKind::kLetter;
  if (Digit(c)) return CharKind::kDigit;
  if (c == '\n' || c == '\r') return CharKind::kLine;
  if (c == ' ' || c == '\t' || c == '\v' || c == '\f') return CharKind::kSpace;
  if (c < ' ' || code == 127) return CharKind::kOther;
  const bool punct = std::string_view(".,;:!?()[]{}\"'-`").find(c) != std::string_view::npos;
  return punct ? CharKind::kPunct : CharKind::kSymbol;
}

// The bits that a byte of UTF-8 brings to its code point; its length when it leads, else 0.
std::size_t LeadLength(unsigned char byte) {
  if (byte < 0x80) return 1;
  if (byte >= 0xc0 && byte < 0xe0) return 2;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xf0 && byte < 0xf8 ? 4 : 0;
}

Glyph GlyphAt(std::string_view text, std::size_t at) {
  const Entity entity = EntityAt(text, at);
  if (entity.size != 0) return {at, entity.size, entity.code, PlainKind(entity.code), true};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = LeadLength(byte(at));
  const Glyph bad{at, 1, byte(at), CharKind::kOther, false};
  if (length == 0 || at + length > text.size()) return bad;
  constexpr std::uint32_t kLeadMask[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
  constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  std::uint32_t code = byte(at) & kLeadMask[length];
  for (std::size_t i = at + 1; i < at + length; ++i) {
    if (byte(i) < 0x80 || byte(i) >= 0xc0) return bad;
    code = code * 64 + (byte(i) - 0x80u);
  }
  const bool surrogate = code >= 0xd800 && code < 0xe000;
  if (code < kLeast[length] || surrogate || code > 0x10ffff) return bad;
  return {at, length, code, PlainKind(code), false};
}

std::vector<Glyph> Glyphs(std::string_view text) {
  std::vector<Glyph> glyphs;
  for (std::size_t at = 0; at < text.size(); at += glyphs.back().size) {
    glyphs.push_back(GlyphAt(text, at));
  }
  return glyphs;
}

// Digits cut at their separators: "1,300.5" is 1 ,300 .5.
struct Pieces {
  std::vector<std::string> parts;
  std::string marks;  // marks[i] stands before parts[i + 1].
};

Pieces Cut(std::string_view digits) {
  Pieces pieces;
  pieces.parts.emplace_back();
  for (const char c : digits) {
    if (Digit(c)) {
      pieces.parts.back() += c;
    } else {
      pieces.marks += c;
      pieces.parts.emplace_back();
    }
  }
  return pieces;
}

// How many parts after the first belong to the number.
std::size_t PartsTaken(const Pieces& p, bool in_list) {
  const std::size_t first = p.parts[0].size();
  if (p.marks.empty()) return 0;
  const std::size_t run = std::min(p.marks.find_first_not_of(p.marks[0]), p.marks.size());
  if (p.marks[0] == '.') {
    const bool comma = run < p.marks.size() && first <= 3 && p.parts[run].size() == 3 &&
                       p.parts[run + 1].size() <= 2;
    return comma ? run + 1 : run;
  }
  if (in_list) return 0;
  bool threes = true, twos = true;
  for (std::size_t i = 1; i <= run; ++i) {
    threes = threes && p.parts[i].size() == 3;
    twos = twos && p.parts[i].size() == (i == run ? 3u : 2u);
  }
  const bool grouped = (threes && first <= 3) || (twos && first <= 2);
  const bool decimal = run == 1 && first <= 3 && p.parts[1].size() != 3;
  if (!grouped && !decimal) return 0;
  return run < p.marks.size() ? run + 1 : run;
}

// Reads one token after the other from the glyphs of a text.
class Walker {
 public:
  Walker(const PlainReader& reader, std::string_view text)
      : reader_(reader), text_(text), glyphs_(Glyphs(text)) {}

  std::vector<Token> Run() {
    while (at_ < glyphs_.size()) Step();
    return tokens_;
  }

 private:
  const Glyph* Peek(std::size_t i) const { return i < glyphs_.size() ? &glyphs_[i] : nullptr; }
  bool Is(std::size_t i, char c) const { return Peek(i) != nullptr && Peek(i)->Is(c); }
  bool DigitAt(std::size_t i) const { return Peek(i) != nullptr && Peek(i)->AsciiDigit(); }
  bool LetterAt(std::size_t i) const { return Peek(i) != nullptr && Peek(i)->AsciiLetter(); }

  void Step();
  void Word();
  void Digits();
  void Mark();
  Token& Put(TokenKind kind, std::size_t end);
  std::size_t Clitic(std::size_t i) const;
  std::size_t Initials() const;

  const PlainReader& reader_;
  const std::string_view text_;
  const std::vector<Glyph> glyphs_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  bool space_ = true, line_ = true;
};

// A token of the glyphs from at_ up to `end`.
Token& Walker::Put(TokenKind kind, std::size_t end) {
  Token token;
  const std::size_t begin = glyphs_[at_].begin;
  const std::size_t last = glyphs_[end - 1].begin + glyphs_[end - 1].size;
  token.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(last - begin)};
  token.kind = kind;
  token.space_before = space_;
  token.line_before = line_;
  if (kind == TokenKind::kWord) {
    const std::string_view form = text_.substr(begin, last - begin);
    token.word = reader_.Find(form == "US" ? "u.s." : form);
    if (token.word != nullptr) token.role = token.word->role;
  }
  space_ = line_ = false;
  at_ = end;
  return tokens_.emplace_back(token);
}

void Walker::Step() {
  const Glyph& glyph = glyphs_[at_];
  if (glyph.kind == CharKind::kSpace || glyph.kind == CharKind::kLine) {
    space_ = true;
    line_ = line_ || (glyph.kind == CharKind::kLine && !glyph.entity);
    ++at_;
  } else if (glyph.entity || glyph.kind == CharKind::kPunct || glyph.kind == CharKind::kSymbol) {
    Mark();
  } else if (glyph.kind == CharKind::kLetter) {
    Word();
  } else if (glyph.kind == CharKind::kDigit) {
    Digits();
  } else {
    Put(glyph.kind == CharKind::kFraction ? TokenKind::kDigits : TokenKind::kOther, at_ + 1);
  }
}

// One past a clitic ("'s", "’ll") whose apostrophe is glyph i; 0: none.
std::size_t Walker::Clitic(std::size_t i) const {
  static const auto* const kClitics =
      new std::set<std::string>{"s", "re", "ll", "ve", "d", "m", "S", "RE", "LL", "VE", "D", "M"};
  if (Peek(i) == nullptr || !Peek(i)->Apostrophe()) return 0;
  std::string letters;
  std::size_t end = i + 1;
  for (; LetterAt(end) && letters.size() < 3; ++end) letters += static_cast<char>(Peek(end)->code);
  return kClitics->count(letters) != 0 ? end : 0;
}

// One past "U.S." or "e.g" from at_ on; 0: no initials.
std::size_t Walker::Initials() const {
  std::size_t end = at_, points = 0;
  for (; LetterAt(end) && Is(end + 1, '.'); end += 2) ++points;
  if (points == 0) return 0;
  const Glyph* after = Peek(end + 1);
  const bool ends =
      after == nullptr || after->entity ||
      (after->code < 0x80 && !after->AsciiLetter() && !after->AsciiDigit() && !after->Is('\''));
  if (LetterAt(end) && ends) return end + 1;
  return points >= 2 ? end : 0;
}

void Walker::Word() {
  std::size_t end = at_;
  std::vector<std::uint32_t> letters;
  while (Peek(end) != nullptr) {
    const Glyph& glyph = *Peek(end);
    if (glyph.kind == CharKind::kLetter && !glyph.entity) {
      letters.push_back(glyph.code);
    } else if (!glyph.Apostrophe() || !LetterAt(end + 1) || Clitic(end) != 0) {
      break;
    }
    ++end;
  }
  const std::size_t initials = Initials();
  const bool all = std::all_of(letters.begin(), letters.end(), IsCapital);
  Token& token = Put(TokenKind::kWord, std::max(end, initials));
  token.capitalised = IsCapital(letters[0]);
  token.all_caps = all && (letters.size() >= 2 || initials != 0);
}

void Walker::Digits() {
  std::size_t end = at_;
  while (DigitAt(end) || ((Is(end, ',') || Is(end, '.')) && DigitAt(end + 1))) ++end;
  const std::size_t begin = glyphs_[at_].begin;
  const Pieces pieces = Cut(text_.substr(begin, end - at_));
  const bool in_list = begin >= 2 && text_[begin - 1] == ',' && Digit(text_[begin - 2]);
  std::size_t size = pieces.parts[0].size();
  for (std::size_t i = 1; i <= PartsTaken(pieces, in_list); ++i) size += 1 + pieces.parts[i].size();
  Put(TokenKind::kDigits, at_ + size);
}

void Walker::Mark() {
  const Glyph glyph = glyphs_[at_];
  const bool follows = !space_ && !tokens_.empty();
  const TokenKind last = tokens_.empty() ? TokenKind::kOther : tokens_.back().kind;
  if (const std::size_t end = Clitic(at_); end != 0 && follows && last == TokenKind::kWord) {
    Put(TokenKind::kWord, end);
    return;
  }
  const bool after_number = follows && last != TokenKind::kPunct && last != TokenKind::kSymbol;
  std::size_t end = at_ + 1;
  if (glyph.Is('.') && DigitAt(end) && !after_number) {
    while (DigitAt(end)) ++end;
    Put(TokenKind::kDigits, end);
    return;
  }
  while ((glyph.Is('-') || glyph.Is('.')) && Is(end, static_cast<char>(glyph.code))) ++end;
  const bool digits = glyph.kind == CharKind::kDigit || glyph.kind == CharKind::kFraction;
  const TokenKind kind = glyph.kind == CharKind::kPunct    ? TokenKind::kPunct
                         : glyph.kind == CharKind::kSymbol ? TokenKind::kSymbol
                         : glyph.kind == CharKind::kLetter ? TokenKind::kWord
                         : digits                          ? TokenKind::kDigits
                                                           : TokenKind::kOther;
  Token& token = Put(kind, end);
  token.entity = glyph.entity;
  if (glyph.entity) {
    token.word = nullptr;
    token.role = Role::kNone;
  }
}

std::string Told(std::string_view text, const Token& t) {
  return absl::StrCat("'", std::string(text.substr(t.span.begin, t.span.size)), "' kind ",
                      static_cast<int>(t.kind), " flags ", t.capitalised, t.all_caps,
                      t.space_before, t.line_before, t.entity, " role ", static_cast<int>(t.role),
                      " word ", t.word == nullptr ? "-" : std::string(t.word->text));
}

bool Same(const Token& a, const Token& b) {
  return a.span == b.span && a.kind == b.kind && a.capitalised == b.capitalised &&
         a.all_caps == b.all_caps && a.space_before == b.space_before &&
         a.line_before == b.line_before && a.entity == b.entity && a.role == b.role &&
         a.word == b.word;
}

bool Same(const numbers::DigitRun& a, const numbers::DigitRun& b) {
  return a.value == b.value && a.integer_size == b.integer_size && a.grouped == b.grouped &&
         a.decimals == b.decimals && a.dotted == b.dotted && a.malformed == b.malformed &&
         a.thousand_point == b.thousand_point;
}

}  // namespace

PlainReader::PlainReader(const Lexicon& lexicon) {
  for (std::uint32_t id = 1; id <= lexicon.size(); ++id) {
    const claimwatch::Word& word = lexicon.Get(static_cast<WordId>(id));
    words_.emplace(std::string(word.text), &word);
  }
}

const Word* PlainReader::Find(std::string_view form) const {
  if (form.size() > kWordBytesMax) return nullptr;
  std::string lower;
  for (const Glyph& glyph : Glyphs(form)) {
    if (glyph.Apostrophe()) {
      lower += '\'';
    } else {
      lower += std::string(form.substr(glyph.begin, glyph.size));
    }
  }
  const auto found = words_.find(absl::AsciiStrToLower(lower));
  return found == words_.end() ? nullptr : found->second;
}

std::vector<Token> PlainReader::Tokens(std::string_view text) const {
  return Walker(*this, text).Run();
}

numbers::DigitRun PlainDigitRun(std::string_view digits) {
  const Pieces p = Cut(digits);
  const std::string& m = p.marks;
  const std::size_t last = p.parts.back().size(), first = p.parts[0].size();
  numbers::DigitRun run;
  const bool many_points = m.size() >= 2 && m.find(',') == std::string::npos;
  const bool point_groups = many_points && last == 3 && first <= 3;
  const bool european = m.size() >= 2 && m.back() == ',' && m.find(',') == m.size() - 1;
  const bool lone_comma = m == ",";
  run.dotted = !european && !point_groups && std::count(m.begin(), m.end(), '.') >= 2;
  run.malformed = lone_comma && last > 3;
  run.thousand_point = m == "." && last == 3 && first >= 1 && first <= 3 && digits[0] != '0';
  const bool western = m.find(',') != std::string::npos && !european;
  run.grouped = point_groups || european || (western && !(lone_comma && last <= 2));
  // The last part is decimals where its mark is a decimal mark.
  run.decimals = !run.dotted && !point_groups && !m.empty() &&
                 (european || m.back() == '.' || (lone_comma && last <= 2));
  std::string integer, decimals;
  for (std::size_t i = 0; i < p.parts.size(); ++i) {
    if (run.dotted && i > m.find('.')) break;
    const bool fraction = run.decimals && i + 1 == p.parts.size();
    (fraction ? decimals : integer) += p.parts[i];
  }
  run.integer_size = static_cast<int>(integer.size());
  const std::string plain = run.decimals ? integer + "." + decimals : integer;
  run.value = Decimal::Parse(plain).value_or(Decimal());
  return run;
}

std::string DifferenceFromPlain(const PlainReader& plain, const Document& document) {
  const std::vector<Token> expected = plain.Tokens(document.text.substr(0, kFieldBytesMax));
  const std::vector<Token>& read = document.tokens;
  for (std::size_t i = 0; i < std::max(expected.size(), read.size()); ++i) {
    const std::string want = i < expected.size() ? Told(document.text, expected[i]) : "nothing";
    const std::string got = i < read.size() ? Told(document.text, read[i]) : "nothing";
    const bool same = i < expected.size() && i < read.size() && Same(expected[i], read[i]);
    if (!same) return absl::StrCat("token ", i, " is ", got, ", plainly ", want);
    const std::string_view text = document.Surface(read[i]);
    const bool digits = read[i].kind == TokenKind::kDigits && !read[i].entity &&
                        static_cast<unsigned char>(text[0]) < 0x80;
    if (digits && !Same(numbers::ReadDigits(text), PlainDigitRun(text))) {
      return absl::StrCat("other digits in ", got);
    }
    if (FindUnit(text) != UnitId::kNone && !MayStartUnit(text)) {
      return absl::StrCat("a unit that none may start with: ", got);
    }
  }
  return "";
}

}  // namespace claimwatch
