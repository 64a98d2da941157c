#include "tests/bench/suite/article_batches.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "claimwatch/v1/article.pb.h"
#include "tests/bench/news_generator.h"
#include "tests/bench/suite/byte_stream.h"

namespace claimwatch {
namespace {

// $2 is the place, the rest figures that are told of it.
constexpr char kToll[] =
    "$0 people were killed and $1 were injured in the flood in $2, the governor said.\n"
    "$3 people are missing in $2. Police arrested $4 people.\n"
    "$5 people were evacuated and $6 people were rescued. $7 people were taken to hospital.\n"
    "$8 homes and $9 bridges in $2 were destroyed.";

constexpr std::uint64_t kEventsAtATime = 100, kReportsOfAnEvent = 6;

void Fill(std::uint64_t number, v1::Article& to) {
  constexpr std::uint64_t kRound = kEventsAtATime * kReportsOfAnEvent;
  const Article from = GenerateReport(number / kRound * kEventsAtATime + number % kEventsAtATime,
                                      number / kEventsAtATime % kReportsOfAnEvent);
  to.set_article_id(from.id);
  to.set_source(from.source);
  to.set_title(from.title);
  to.set_body(from.body);
  to.set_language(from.language);
  to.mutable_publish_time()->set_seconds(absl::ToUnixSeconds(from.publish_time));
}

}  // namespace

std::vector<grpc::ByteBuffer> ArticleBatches(std::uint64_t first, std::uint64_t count,
                                             std::size_t batch, bool with_options) {
  std::vector<grpc::ByteBuffer> batches;
  for (std::uint64_t number = first; number < first + count;) {
    v1::IngestArticlesRequest request;
    if (with_options && batches.empty()) request.mutable_options()->set_client_id("bench");
    for (std::size_t i = 0; i < batch && number < first + count; ++i) {
      Fill(number++, *request.add_articles());
    }
    batches.push_back(ToBytes(request.SerializeAsString()));
  }
  return batches;
}

grpc::ByteBuffer TollBatch(std::uint64_t events, std::uint64_t round) {
  v1::IngestArticlesRequest request;
  for (std::uint64_t event = 0; event < events; ++event) {
    v1::Article& article = *request.add_articles();
    const std::string place = PlaceName(event);
    const std::uint64_t more = 100 * round + event;
    article.set_article_id(absl::StrCat("toll", event, "-", round));
    article.set_source("flood-office.example");
    article.set_title(absl::StrCat("Flood in ", place));
    article.set_body(absl::Substitute(kToll, 30 + more, 1200 + more, place, 60 + more, 20 + more,
                                      5000 + more, 300 + more, 700 + more, 900 + more, 10 + more));
    article.set_language("en");
    article.mutable_publish_time()->set_seconds(1'600'000'000 +
                                                static_cast<std::int64_t>(round) * 3600);
  }
  return ToBytes(request.SerializeAsString());
}

}  // namespace claimwatch
