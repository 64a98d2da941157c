// Any bytes as an article: the whole reading ends, and every span of every claim lies inside its
// text and quotes it.
#include <cstddef>
#include <cstdint>
#include <string>

#include "server/base/check.h"
#include "server/claims/reader.h"

namespace claimwatch {
namespace {

const Catalogue& Standard() {
  static const Catalogue* catalogue = [] {
    absl::StatusOr<std::unique_ptr<const Catalogue>> loaded = Catalogue::Load("");
    CW_CHECK(loaded.ok());
    return loaded->release();
  }();
  return *catalogue;
}

void CheckPhrase(const std::string& text, const Phrase& phrase) {
  if (phrase.text.empty()) return;
  CW_CHECK(phrase.span.begin <= text.size());
  CW_CHECK(phrase.span.size <= text.size() - phrase.span.begin);
  CW_CHECK(text.compare(phrase.span.begin, phrase.span.size, phrase.text) == 0);
}

void CheckReading(const Article& article) {
  const ReadArticle read = ReadClaims(article, Standard());
  CW_CHECK(read.claims.size() <= kArticleClaimsMax);
  for (const Claim& claim : read.claims) {
    const std::string& text = claim.field == Field::kTitle ? article.title : article.body;
    CW_CHECK(claim.quote.size > 0);
    CW_CHECK(claim.quote.end() <= text.size());
    CW_CHECK(claim.sentence.end() <= text.size());
    CheckPhrase(text, claim.subject);
    CheckPhrase(text, claim.attribution);
    CheckPhrase(text, claim.place);
    CheckPhrase(text, claim.time.phrase);
  }
  for (const ReadNumber& number : read.numbers) {
    CW_CHECK(number.claim >= -1 && number.claim < static_cast<int>(read.claims.size()));
  }
}

}  // namespace
}  // namespace claimwatch

// The first byte cuts the rest into headline and body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::size_t cut = text.size() * data[0] / 256;
  claimwatch::Article article;
  article.id = "a1";
  article.language = "en";
  article.title = text.substr(0, cut);
  article.body = text.substr(cut);
  article.publish_time = absl::FromUnixSeconds(1709287200);
  claimwatch::CheckReading(article);
  return 0;
}
