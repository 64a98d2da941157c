// Any bytes as a message of articles off the wire. The first byte says in which pieces they come.
//
// Whatever comes, each article of a batch gets its own answer: it is read as Protocol Buffers reads
// it, or refused by name with the fields to blame, in words that the caller's Protocol Buffers can
// read; and a message that is good as a whole has no bad article in it.
#include <google/protobuf/stubs/logging.h>
#include <grpcpp/support/byte_buffer.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/check.h"
#include "server/ingest/utf8.h"
#include "server/ingest/validate.h"
#include "server/rpc/convert.h"
#include "server/rpc/wire_articles.h"

namespace claimwatch {
namespace {

grpc::ByteBuffer InPieces(std::string_view bytes, std::size_t piece) {
  std::vector<grpc::Slice> slices;
  while (!bytes.empty()) {
    const std::string_view next = bytes.substr(0, std::max<std::size_t>(piece, 1));
    slices.emplace_back(next.data(), next.size());
    bytes.remove_prefix(next.size());
  }
  return {slices.data(), slices.size()};
}

void CheckProblems(const std::vector<FieldProblem>& problems) {
  for (const FieldProblem& problem : problems) {
    CW_CHECK(!problem.description.empty() && IsUtf8(problem.description));
    CW_CHECK(problem.field == "article" ||
             v1::Article::descriptor()->FindFieldByName(problem.field) != nullptr);
  }
}

void CheckRefused(const IngestResult& result) {
  CW_CHECK(!result.status.ok() && !result.problems.empty());
  CheckProblems(result.problems);
  v1::Receipt told;
  ToProto(result, {}, told);
  v1::Receipt heard;
  CW_CHECK(heard.ParseFromString(told.SerializeAsString()) && heard.error().code() != 0);
}

void CheckTaken(const Article& article, const std::string& bytes) {
  v1::Article again;
  ToProto(article, again);
  v1::Article plain;
  CW_CHECK(plain.ParseFromString(bytes));
  CW_CHECK(again.article_id() == plain.article_id() && again.body() == plain.body());
  const absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  CheckProblems(Validate(article, now, absl::Hours(48)));
}

void CheckMessage(const std::string& bytes, std::size_t piece) {
  v1::IngestArticlesRequest plain;
  const bool good = plain.ParseFromString(bytes);
  CutBatch batch;
  if (!CutArticles(InPieces(bytes, piece), batch)) return CW_CHECK(!good);
  const ReadBatch read = ReadArticles(batch);
  const auto articles = static_cast<std::size_t>(batch.articles_size());
  CW_CHECK(read.results.size() == articles && read.articles.size() == read.places.size());
  CW_CHECK(std::is_sorted(read.places.begin(), read.places.end()));
  if (good) {
    CW_CHECK(read.places.size() == articles);
    CW_CHECK(static_cast<std::size_t>(plain.articles_size()) == articles);
  }
  std::size_t next = 0;
  for (std::size_t i = 0; i < articles; ++i) {
    if (next < read.places.size() && read.places[next] == i) {
      CW_CHECK(read.results[i].article_id == read.articles[next].id);
      CheckTaken(read.articles[next++], batch.articles(static_cast<int>(i)));
    } else {
      CheckRefused(read.results[i]);
    }
  }
  CW_CHECK(next == read.places.size());
}

}  // namespace
}  // namespace claimwatch

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  google::protobuf::SetLogHandler(nullptr);  // Of each text that is not UTF-8 it writes a line.
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  claimwatch::CheckMessage(bytes, data[0] == 0 ? size : data[0]);
  return 0;
}
