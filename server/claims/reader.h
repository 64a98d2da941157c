// Reader: an article in, claims out. The whole of "text -> claims" in one pure call.
//
// Reads headline and body, finds the numbers, decides which of them are claims, of what, by whom
// said, about when and where. Deterministic and thread-safe; cost linear in the text. An article
// that is not in a language we read (English) yields no claims and says so.
// Tested by tests/claims/reader_test.cc; fuzzed by tests/fuzz/reader_fuzz.cc.
#pragma once

#include <string>
#include <vector>

#include "server/claims/catalogue.h"
#include "server/claims/claim.h"
#include "server/text/article.h"
#include "server/text/document.h"
#include "server/text/number.h"

namespace claimwatch {

inline constexpr std::size_t kArticleClaimsMax =
    512;  // The rest of an article's figures is not read.

enum class Reading : std::uint8_t {
  kRead,
  kLanguageNotRead,  // Declared or recognised as a language other than English.
};

// A number phrase of the article and what became of it.
struct ReadNumber {
  Field field = Field::kBody;
  Number number;
  int claim = -1;      // Index into claims, or -1.
  std::string reason;  // Why it is a claim of this measure, or why it is none.
};

struct ReadArticle {
  Reading reading = Reading::kRead;
  Document title;  // Borrow the article's texts.
  Document body;
  std::vector<Claim> claims;        // Headline first, then body, in order of place.
  std::vector<ReadNumber> numbers;  // Likewise.
};

// Borrows the article and the catalogue's lexicon: both must outlive the result.
ReadArticle ReadClaims(const Article& article, const Catalogue& catalogue);
ReadArticle ReadClaims(Article&& article, const Catalogue& catalogue) = delete;

// One line for tests: "killed 164 people total stated 'people' by 'the Health Ministry'".
std::string Dump(const Claim& claim, const Catalogue& catalogue);

}  // namespace claimwatch
