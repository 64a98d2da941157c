// Document: one field of an article as tokens and sentences.
//
// Headline and body are read apart, each with offsets into its own text, because a claim's place is
// told to users as (field, byte range). Tokens know their word in the lexicon, so that later stages
// compare integers and bits, never strings. Reading is one pass over the bytes: cost is linear and
// no token is copied. Any bytes may come in: what is not UTF-8 becomes tokens of kind kOther.
// Tested by tests/text/document_test.cc.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "server/text/entities.h"
#include "server/text/lexicon.h"

namespace claimwatch {

enum class Field : std::uint8_t { kTitle, kBody };

// Half-open byte range of a field's text. Always: text.substr(begin, size) is the wording meant.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;

  std::uint32_t end() const { return begin + size; }
  bool empty() const { return size == 0; }
  bool Covers(std::uint32_t at) const { return at >= begin && at < end(); }
  bool Overlaps(Span other) const { return begin < other.end() && other.begin < end(); }
  friend bool operator==(Span, Span) = default;
};

// The smallest span that holds both.
Span Join(Span a, Span b);

enum class TokenKind : std::uint8_t {
  kWord,    // Letters, with inner apostrophes ("don't", "O'Brien") cut before a clitic ("'s");
            // initials with their points are one word ("U.S.", "p.m.").
  kDigits,  // A run of digits with its grouping and decimal point: "1,300", "2.5", "12th" is two.
  kPunct,   // One punctuation mark: . , ; : ! ? ( ) [ ] quotes, and dashes; "--" and "..." are one.
  kSymbol,  // Everything else that is visible: $ % & # / + currency signs.
  kOther,   // Bytes that are not UTF-8, control characters, emoji.
};

struct Token {
  Span span;
  TokenKind kind = TokenKind::kOther;
  bool capitalised : 1 = false;     // First letter is a capital.
  bool all_caps : 1 = false;        // All letters are capitals, at least two of them.
  bool space_before : 1 = false;    // White space (or the field's start) stands before it.
  bool line_before : 1 = false;     // A line break (or the field's start) stands before it.
  bool sentence_start : 1 = false;  // First token of its sentence.
  bool entity : 1 = false;          // An HTML entity ("&pound;"), read as its character.
  Role role = Role::kNone;          // Its word's part in number phrases, here for speed.
  const Word* word = nullptr;       // Its lexicon entry, also for an inflected form; may be null.
};

struct Sentence {
  std::uint32_t first = 0;  // Index of the first token.
  std::uint32_t end = 0;    // One past the last token; first < end.
};

// One field, read. Borrows the text and the lexicon, which must outlive it.
struct Document {
  Field field = Field::kBody;
  std::string_view text;
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;  // In order, without gaps: together they hold every token.

  std::string_view Surface(Span span) const { return text.substr(span.begin, span.size); }
  // As written; an entity as the character that it stands for.
  std::string_view Surface(const Token& token) const {
    const std::string_view written = Surface(token.span);
    return token.entity ? EntityText(written) : written;
  }
  // Index of the sentence that holds a token.
  std::uint32_t SentenceOf(std::uint32_t token) const;
};

// Longer texts are read up to here, at a token boundary; ingest refuses them before.
inline constexpr std::size_t kFieldBytesMax = 1 << 20;

Document ReadDocument(Field field, std::string_view text, const Lexicon& lexicon);
Document ReadDocument(Field field, std::string&& text, const Lexicon& lexicon) = delete;

}  // namespace claimwatch
