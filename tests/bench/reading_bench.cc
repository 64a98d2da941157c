// claimwatch_bench: how fast articles are read, text to claims, on one core.
//
//   claimwatch_bench                 the canonical run: 3 KB articles, and how cost grows with
//   length claimwatch_bench --benchmark_filter=Read/3   and the other flags of Google Benchmark
//
// Figures to look at: bytes_per_second of BM_ReadClaims/3 (the aim is 40 MB/s and more), and that
// it stays level from 3 to 300 KB. BM_TouchBytes is the same text summed byte by byte: the
// machine's own measure for ratios, since these machines are noisy.
#include <benchmark/benchmark.h>

#include <numeric>
#include <vector>

#include "server/claims/reader.h"
#include "server/story/features.h"
#include "server/text/number.h"
#include "tests/bench/news_generator.h"

namespace claimwatch {
namespace {

const Catalogue& TheCatalogue() {
  static const auto* const catalogue = Catalogue::Load("").value().release();
  return *catalogue;
}

// Enough different articles that no cache learns one by heart, at any length about 4 MB of text.
std::vector<Article> Articles(std::size_t kilobytes) {
  std::vector<Article> articles;
  for (std::uint64_t i = 0; i < 4096 / kilobytes + 1; ++i) {
    articles.push_back(GenerateReport(i / 3, i % 3, {.body_bytes = kilobytes * 1024}));
  }
  return articles;
}

template <typename Work>
void OverArticles(benchmark::State& state, Work work) {
  const std::vector<Article> articles = Articles(static_cast<std::size_t>(state.range(0)));
  std::size_t at = 0, bytes = 0;
  for (auto _ : state) {
    const Article& article = articles[at++ % articles.size()];
    work(article);
    bytes += article.title.size() + article.body.size();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void BM_TouchBytes(benchmark::State& state) {
  OverArticles(state, [](const Article& article) {
    benchmark::DoNotOptimize(std::accumulate(article.body.begin(), article.body.end(), 0u));
  });
}
BENCHMARK(BM_TouchBytes)->Arg(3);

void BM_ReadDocument(benchmark::State& state) {
  OverArticles(state, [](const Article& article) {
    benchmark::DoNotOptimize(
        ReadDocument(Field::kBody, std::string_view(article.body), TheCatalogue().lexicon()));
  });
}
BENCHMARK(BM_ReadDocument)->Arg(3);

void BM_FindNumbers(benchmark::State& state) {
  OverArticles(state, [](const Article& article) {
    const Document document =
        ReadDocument(Field::kBody, std::string_view(article.body), TheCatalogue().lexicon());
    benchmark::DoNotOptimize(FindNumbers(document, TheCatalogue().lexicon()));
  });
}
BENCHMARK(BM_FindNumbers)->Arg(3);

void BM_ReadClaims(benchmark::State& state) {
  double claims = 0;
  OverArticles(state, [&](const Article& article) {
    claims += static_cast<double>(ReadClaims(article, TheCatalogue()).claims.size());
  });
  state.counters["claims"] = benchmark::Counter(claims, benchmark::Counter::kAvgIterations);
}
BENCHMARK(BM_ReadClaims)->Arg(3)->Arg(30)->Arg(300);

void BM_ReadAndFeatures(benchmark::State& state) {
  OverArticles(state, [](const Article& article) {
    const ReadArticle read = ReadClaims(article, TheCatalogue());
    benchmark::DoNotOptimize(ComputeFeatures(article, read, TheCatalogue()));
  });
}
BENCHMARK(BM_ReadAndFeatures)->Arg(3);

}  // namespace
}  // namespace claimwatch

BENCHMARK_MAIN();
