// claimwatch_bench: how fast articles are read, text to claims, on one core.
//
//   claimwatch_bench                 the canonical run: 3 KB articles, and how cost grows with
//   length claimwatch_bench --benchmark_filter=Read/3   and the other flags of Google Benchmark
//
// Figures to look at: bytes_per_second of BM_ReadClaims/3 (the aim is 40 MB/s and more), and that
// it stays level from 3 to 300 KB. BM_TouchBytes is the same text summed byte by byte: the
// machine's own measure for ratios, since these machines are noisy. BM_ReadWorst reads the slowest
// input of tests/fuzz/corpus over and over: far below prose, but level with length as well.
// BM_ReadMemory tells the most that one reading held at a time (peak_bytes) and that by byte of
// text, which must not grow with length.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <numeric>
#include <vector>

#include "server/claims/reader.h"
#include "server/story/features.h"
#include "server/text/number.h"
#include "tests/bench/news_generator.h"

namespace claimwatch {
namespace {

// What this thread has allocated and not freed, and the most it had since the meter was reset.
struct MemoryMeter {
  std::size_t live = 0, peak = 0;
};
thread_local MemoryMeter meter;

// The slowest bytes per second of the corpus that tests/fuzz/long keeps: one sentence without end,
// a figure every few bytes.
constexpr std::string_view kWorst(
    "alone\x00\x02KILLS 9  61,#000\x9d&06:878.8,8(88\xc2"
    "8se;888<x88doz4t 1<:1 two"
    "-thirds, 10\\/2 ",
    79);

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

void BM_ReadWorst(benchmark::State& state) {
  Article article;
  article.language = "en";
  const std::size_t size = static_cast<std::size_t>(state.range(0)) * 1024;
  while (article.body.size() < size) article.body += kWorst;
  for (auto _ : state) benchmark::DoNotOptimize(ReadClaims(article, TheCatalogue()));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * article.body.size()));
}
BENCHMARK(BM_ReadWorst)->Arg(3)->Arg(30)->Arg(300);

void BM_ReadMemory(benchmark::State& state) {
  std::size_t peak = 0, bytes = 1;
  OverArticles(state, [&](const Article& article) {
    const std::size_t before = meter.live;
    meter.peak = before;
    benchmark::DoNotOptimize(ReadClaims(article, TheCatalogue()));
    if (meter.peak - before <= peak) return;
    peak = meter.peak - before;
    bytes = article.title.size() + article.body.size();
  });
  state.counters["peak_bytes"] = static_cast<double>(peak);
  state.counters["peak_by_text_byte"] = static_cast<double>(peak) / static_cast<double>(bytes);
}
BENCHMARK(BM_ReadMemory)->Arg(3)->Arg(30)->Arg(300);

void BM_ReadAndFeatures(benchmark::State& state) {
  OverArticles(state, [](const Article& article) {
    const ReadArticle read = ReadClaims(article, TheCatalogue());
    benchmark::DoNotOptimize(ComputeFeatures(article, read, TheCatalogue()));
  });
}
BENCHMARK(BM_ReadAndFeatures)->Arg(3);

}  // namespace
}  // namespace claimwatch

void* operator new(std::size_t size) {
  void* const memory = std::malloc(size);
  if (memory == nullptr) std::abort();  // A benchmark has nothing to hand on to.
  claimwatch::MemoryMeter& meter = claimwatch::meter;
  meter.live += malloc_usable_size(memory);
  meter.peak = std::max(meter.peak, meter.live);
  return memory;
}

void operator delete(void* memory) noexcept {
  claimwatch::meter.live -= malloc_usable_size(memory);
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

BENCHMARK_MAIN();
