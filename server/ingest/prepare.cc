#include "server/ingest/prepare.h"

#include <cstddef>
#include <span>
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

// How many of the first articles are prepared at a time.
std::size_t StageSize(std::span<const Article> articles) {
  std::size_t bytes = 0;
  std::size_t count = 0;
  while (count < articles.size() && count < kStageArticlesMax && bytes < kStageBytesMax) {
    bytes += articles[count].title.size() + articles[count].body.size();
    ++count;
  }
  return count;
}

void Admit(Prepared& made, absl::Time now, absl::Duration future_max) {
  made.problems = Validate(made.article, now, future_max);
  if (!made.problems.empty()) return;
  made.article.publish_time = ToTheMicrosecond(made.article.publish_time);
  made.content_hash = HashContent(made.article);
}

void Store(Prepared& made) {
  made.encoded = EncodeArticle(made.article, made.claims);
  made.story_title = StoryTitle(made.article);
  made.article.title = std::string();  // The text is in `encoded`; its memory goes now.
  made.article.body = std::string();
}

// Step by step for all of them: each step is more code than the processor keeps at hand together
// with the others, and half as dear again where it is come back to for every article.
void PrepareStage(std::span<Prepared> stage, absl::Time now, absl::Duration future_max,
                  const Catalogue& catalogue) {
  std::vector<ReadArticle> reads(stage.size());
  const auto for_each = [&](const auto& step) {
    for (std::size_t i = 0; i < stage.size(); ++i) {
      if (stage[i].problems.empty()) step(stage[i], reads[i]);
    }
  };
  for (Prepared& made : stage) Admit(made, now, future_max);
  for_each([&](Prepared& made, ReadArticle& read) { read = ReadClaims(made.article, catalogue); });
  for_each([&](Prepared& made, ReadArticle& read) {
    made.language_read = read.reading == Reading::kRead;
    made.features = ComputeFeatures(made.article, read, catalogue);
    CW_CHECK(made.features.claim_sentences.size() == read.claims.size());
    made.encoded_features = Encode(made.features);
  });
  for_each([&](Prepared& made, ReadArticle& read) {
    made.claims = KnowClaims(made.article, read, made.features, catalogue);
    made.gists = GistsOf(made.claims, [&](std::string_view name) { return catalogue.Find(name); });
  });
  for_each([](Prepared& made, ReadArticle&) { Store(made); });
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

void Prepare(std::span<Article> articles, absl::Time now, absl::Duration future_max,
             const Catalogue& catalogue, std::span<Prepared> made) {
  CW_CHECK(articles.size() == made.size());
  while (!articles.empty()) {
    const std::size_t count = StageSize(articles);
    for (std::size_t i = 0; i < count; ++i) made[i].article = std::move(articles[i]);
    PrepareStage(made.first(count), now, future_max, catalogue);
    articles = articles.subspan(count);
    made = made.subspan(count);
  }
}

Prepared Prepare(Article article, absl::Time now, absl::Duration future_max,
                 const Catalogue& catalogue) {
  Prepared made;
  Prepare(std::span(&article, 1), now, future_max, catalogue, std::span(&made, 1));
  return made;
}

}  // namespace claimwatch
