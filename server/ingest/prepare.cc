#include "server/ingest/prepare.h"

#include <utility>

#include "server/base/check.h"
#include "server/base/hash.h"
#include "server/claims/reader.h"
#include "server/ingest/limits.h"
#include "server/ingest/utf8.h"
#include "server/store/codec.h"

namespace claimwatch {
namespace {

// Length first, so that no two lists of fields give the same bytes.
void AppendField(std::string_view field, std::string& bytes) {
  for (int shift = 0; shift < 32; shift += 8) {
    bytes.push_back(static_cast<char>(field.size() >> shift));
  }
  bytes.append(field);
}

std::string Cut(std::string_view text, Span span) {
  CW_CHECK(span.begin <= text.size() && span.size <= text.size() - span.begin);
  return std::string(text.substr(span.begin, span.size));
}

std::vector<KnownClaim> KnowClaims(const Article& article, ReadArticle& read,
                                   const Features& features, const Catalogue& catalogue) {
  std::vector<KnownClaim> known(read.claims.size());
  for (std::size_t i = 0; i < known.size(); ++i) {
    KnownClaim& one = known[i];
    one.claim = std::move(read.claims[i]);
    const std::string_view text = one.claim.field == Field::kTitle ? article.title : article.body;
    one.article_id = article.id;
    one.source = article.source;
    one.measure = catalogue.Get(one.claim.measure).name;
    one.quote_text = Cut(text, one.claim.quote);
    one.sentence_text = Cut(text, one.claim.sentence);
    one.origin = features.claim_sentences[i];
    one.publish_time = article.publish_time;
  }
  return known;
}

std::string_view TrimLeft(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

std::string StoryTitle(const Article& article) {
  std::string_view title = TrimLeft(article.title);
  if (title.empty()) title = TrimLeft(article.body);
  title = title.substr(0, title.find_first_of("\r\n"));
  return std::string(CutUtf8(title, kStoryTitleBytesMax));
}

absl::Time ToTheMicrosecond(absl::Time time) {
  if (time == absl::InfinitePast()) return time;
  return absl::FromUnixMicros(absl::ToUnixMicros(time));
}

}  // namespace

std::string HashContent(const Article& article) {
  std::string bytes;
  bytes.reserve(article.title.size() + article.body.size() + 256);
  for (const std::string* field :
       {&article.source, &article.title, &article.body, &article.language, &article.url}) {
    AppendField(*field, bytes);
  }
  const auto time = static_cast<std::uint64_t>(absl::ToUnixMicros(article.publish_time));
  for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<char>(time >> shift));
  return ContentHash(bytes);
}

Prepared Prepare(Article article, absl::Time now, absl::Duration future_max,
                 const Catalogue& catalogue) {
  Prepared made;
  made.article = std::move(article);
  made.problems = Validate(made.article, now, future_max);
  if (!made.problems.empty()) return made;
  made.article.publish_time = ToTheMicrosecond(made.article.publish_time);
  made.content_hash = HashContent(made.article);
  ReadArticle read = ReadClaims(made.article, catalogue);
  made.language_read = read.reading == Reading::kRead;
  made.features = ComputeFeatures(made.article, read, catalogue);
  CW_CHECK(made.features.claim_sentences.size() == read.claims.size());
  made.encoded_features = Encode(made.features);
  made.claims = KnowClaims(made.article, read, made.features, catalogue);
  made.gists = GistsOf(made.claims, [&](std::string_view name) { return catalogue.Find(name); });
  made.encoded = EncodeArticle(made.article, made.claims);
  made.story_title = StoryTitle(made.article);
  made.article.title = std::string();  // The text is in `encoded`; its memory goes now.
  made.article.body = std::string();
  return made;
}

}  // namespace claimwatch
