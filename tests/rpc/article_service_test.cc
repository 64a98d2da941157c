#include "server/rpc/article_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/ingest/limits.h"
#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

using Stream = grpc::ClientReaderWriter<v1::IngestArticlesRequest, v1::IngestArticlesResponse>;

// Reads receipts until there are `count`; fewer when the stream ends.
std::vector<v1::Receipt> ReadReceipts(Stream& stream, std::size_t count) {
  std::vector<v1::Receipt> receipts;
  for (v1::IngestArticlesResponse response; receipts.size() < count && stream.Read(&response);) {
    receipts.insert(receipts.end(), response.receipts().begin(), response.receipts().end());
  }
  return receipts;
}

TEST(IngestArticles, StartedComesBeforeAnythingIsSent) {
  TestServer server;
  const auto context = Context();
  const auto stream = server.articles->IngestArticles(context.get());
  v1::IngestArticlesResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.started().epoch(), "memory");
  EXPECT_EQ(response.started().ack_level(), v1::ACK_LEVEL_COMMITTED);
  EXPECT_EQ(response.started().limits().batch_articles_max(), kBatchArticlesMax);
  stream->WritesDone();
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(IngestArticles, ReceiptsComeInOrderOverManyMessages) {
  TestServer server;
  const auto context = Context();
  const auto stream = server.articles->IngestArticles(context.get());
  constexpr int kMessages = 60, kEach = 40;
  std::thread writer([&] {
    for (int m = 0; m < kMessages; ++m) {
      v1::IngestArticlesRequest request;
      for (int i = 0; i < kEach; ++i) {
        *request.add_articles() = FireReport(absl::StrCat("a", m * kEach + i), 3, m);
      }
      if (!stream->Write(request)) break;
    }
    stream->WritesDone();
  });
  const std::vector<v1::Receipt> receipts = ReadReceipts(*stream, kMessages * kEach + 1);
  writer.join();
  EXPECT_TRUE(stream->Finish().ok());
  ASSERT_EQ(receipts.size(), kMessages * kEach);
  for (std::size_t i = 0; i < receipts.size(); ++i) {
    EXPECT_EQ(receipts[i].article_id(), absl::StrCat("a", i));
    EXPECT_EQ(receipts[i].index(), static_cast<std::int64_t>(i));
    EXPECT_EQ(receipts[i].claims_size(), 0) << "not asked for";
  }
}

constexpr char kTrace[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
constexpr char kOtherTrace[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

TEST(IngestArticles, ReceiptsCarryTheTraceOfTheirMessageOrOfTheCall) {
  TestServer server;
  const auto context = Context();
  context->AddMetadata("traceparent", kTrace);
  const auto stream = server.articles->IngestArticles(context.get());
  int next = 0;
  for (const char* traceparent : {"", kOtherTrace, "00-bad"}) {
    v1::IngestArticlesRequest request;
    request.set_traceparent(traceparent);
    *request.add_articles() = FireReport(absl::StrCat("a", next++), 3);
    ASSERT_TRUE(stream->Write(request));
  }
  stream->WritesDone();
  std::vector<std::string> traces;
  for (const v1::Receipt& receipt : ReadReceipts(*stream, 3)) traces.push_back(receipt.trace_id());
  EXPECT_THAT(traces, testing::ElementsAre("4bf92f3577b34da6a3ce929d0e0e4736",
                                           "0af7651916cd43dd8448eb211c80319c",
                                           "4bf92f3577b34da6a3ce929d0e0e4736"));
}

TEST(IngestArticle, TheReceiptAndTheLogCarryTheTraceOfTheCall) {
  TestServer server;
  ASSERT_TRUE(SetUpLog(LogFormat::kText, "debug").ok());
  testing::internal::CaptureStderr();
  const auto context = Context();
  context->AddMetadata("traceparent", kTrace);
  v1::IngestArticleRequest request;
  *request.mutable_article() = FireReport("traced", 3);
  v1::IngestArticleResponse response;
  ASSERT_TRUE(server.articles->IngestArticle(context.get(), request, &response).ok());
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_EQ(response.receipt().trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_NE(log.find("article traced is 1 of story"), log.npos) << log;
  EXPECT_NE(log.find("trace_id=4bf92f3577b34da6a3ce929d0e0e4736\n"), log.npos) << log;
  ASSERT_TRUE(SetUpLog(LogFormat::kText, "info").ok());
}

TEST(IngestArticles, BadArticlesBetweenGoodOnesKeepTheirPlace) {
  TestServer server;
  v1::Article bytes = FireReport("bytes", 3);
  bytes.set_body("Th\xe9 fire");
  v1::Article early = FireReport("early", 3);
  early.mutable_publish_time()->set_seconds(-100'000'000'000);
  const auto receipts =
      server.Ingest({FireReport("one", 3), bytes, FireReport("", 3), early, FireReport("two", 3)});
  std::vector<std::string> lines;
  for (const v1::Receipt& receipt : receipts) {
    lines.push_back(receipt.article_id() + "|" + Dump(receipt.error()));
  }
  EXPECT_THAT(lines,
              testing::ElementsAre(
                  "one|OK", "bytes|INVALID_ARGUMENT ARTICLE_INVALID body:NOT_UTF8",
                  "|INVALID_ARGUMENT ARTICLE_INVALID article_id:REQUIRED",
                  "early|INVALID_ARGUMENT ARTICLE_INVALID publish_time:OUT_OF_RANGE", "two|OK"));
  EXPECT_EQ(receipts[4].sequence(), 2);
}

struct Protocol {
  const char* what;
  std::function<void(Stream&)> say;
  const char* end;
};

TEST(IngestArticles, WhatBreaksTheProtocolEndsTheStreamAfterTheReceipts) {
  const Protocol kCases[] = {
      {"options twice",
       [](Stream& stream) {
         v1::IngestArticlesRequest request;
         request.mutable_options();
         *request.add_articles() = FireReport("a1", 3);
         stream.Write(request);
         stream.Write(request);
       },
       "INVALID_ARGUMENT STREAM_PROTOCOL"},
      {"too many articles",
       [](Stream& stream) {
         v1::IngestArticlesRequest request;
         *request.add_articles() = FireReport("a1", 3);
         stream.Write(request);
         for (std::size_t i = 0; i < kBatchArticlesMax; ++i) request.add_articles();
         stream.Write(request);
       },
       "INVALID_ARGUMENT BATCH_TOO_LARGE"},
      {"an unknown level",
       [](Stream& stream) {
         v1::IngestArticlesRequest request;
         request.mutable_options()->set_ack_level(static_cast<v1::AckLevel>(9));
         *request.add_articles() = FireReport("a1", 3);
         stream.Write(request);
       },
       "INVALID_ARGUMENT REQUEST_INVALID options.ack_level:UNKNOWN_VALUE"},
  };
  for (const Protocol& row : kCases) {
    TestServer server;
    const auto context = Context();
    const auto stream = server.articles->IngestArticles(context.get());
    row.say(*stream);
    const std::size_t receipts = ReadReceipts(*stream, 100).size();
    EXPECT_EQ(receipts, row.what == std::string("an unknown level") ? 0u : 1u) << row.what;
    EXPECT_EQ(Dump(stream->Finish()), row.end) << row.what;
  }
}

TEST(IngestArticles, AStoreThatFailsEndsTheStreamAndSaysFromWhere) {
  TestServer server;
  const auto context = Context();
  const auto stream = server.articles->IngestArticles(context.get());
  v1::IngestArticlesRequest request;
  *request.add_articles() = FireReport("a1", 3);
  ASSERT_TRUE(stream->Write(request));
  ASSERT_EQ(ReadReceipts(*stream, 1).size(), 1u);
  server.store().FailCommits(1);
  request.mutable_articles(0)->set_article_id("a2");
  ASSERT_TRUE(stream->Write(request));
  v1::IngestArticlesResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.end().reason(), v1::IngestEnd::REASON_STORE_UNAVAILABLE);
  EXPECT_EQ(response.end().receipt_count(), 1);
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(Dump(stream->Finish()), "UNAVAILABLE STORE_READ_ONLY retry");
  EXPECT_EQ(server.Ingest(FireReport("a2", 3)).sequence(), 2) << "and goes on afterwards";
}

TEST(IngestArticles, DrainingAnswersWhatIsInHandFirst) {
  TestServer server;
  const auto context = Context();
  const auto stream = server.articles->IngestArticles(context.get());
  v1::IngestArticlesRequest request;
  for (int i = 0; i < 20; ++i) *request.add_articles() = FireReport(absl::StrCat("a", i), 3);
  ASSERT_TRUE(stream->Write(request));
  v1::IngestArticlesResponse response;
  ASSERT_TRUE(stream->Read(&response));
  ASSERT_EQ(ReadReceipts(*stream, 20).size(), 20u);
  std::thread stopping([&] { server.Stop(); });
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.end().reason(), v1::IngestEnd::REASON_DRAINING);
  EXPECT_EQ(response.end().receipt_count(), 20);
  EXPECT_EQ(Dump(stream->Finish()), "UNAVAILABLE DRAINING retry");
  stopping.join();
}

TEST(IngestArticles, AStreamGrowsOldAndIsToldToComeBack) {
  TestServer server({.stream_age_max = absl::Minutes(10)});
  const auto context = Context();
  const auto stream = server.articles->IngestArticles(context.get());
  v1::IngestArticlesRequest request;
  *request.add_articles() = FireReport("a1", 3);
  ASSERT_TRUE(stream->Write(request));
  ASSERT_EQ(ReadReceipts(*stream, 1).size(), 1u);
  server.clock().Advance(absl::Minutes(13));
  request.mutable_articles(0)->set_article_id("a2");
  stream->Write(request);
  EXPECT_LE(ReadReceipts(*stream, 2).size(), 1u);
  EXPECT_EQ(Dump(stream->Finish()), "UNAVAILABLE STREAM_RECYCLED retry");
}

TEST(IngestArticle, ReceiptOrError) {
  TestServer server;
  v1::IngestArticleRequest request;
  v1::IngestArticleResponse response;
  *request.mutable_article() = FireReport("a1", 3);
  request.mutable_options()->set_return_claims(true);
  ASSERT_TRUE(server.articles->IngestArticle(Context().get(), request, &response).ok());
  EXPECT_EQ(response.receipt().sequence(), 1);
  EXPECT_GE(response.receipt().claims_size(), 1);
  request.mutable_article()->clear_article_id();
  EXPECT_EQ(Dump(server.articles->IngestArticle(Context().get(), request, &response)),
            "INVALID_ARGUMENT ARTICLE_INVALID article_id:REQUIRED");
}

TEST(GetArticle, AsItWasLastSent) {
  TestServer server;
  server.Ingest({FireReport("a1", 3)});
  server.Ingest({FireReport("a1", 5)});
  v1::GetArticleRequest request;
  v1::GetArticleResponse response;
  request.set_article_id("a1");
  ASSERT_TRUE(server.articles->GetArticle(Context().get(), request, &response).ok());
  EXPECT_EQ(response.article().ShortDebugString(), FireReport("a1", 5).ShortDebugString());
  EXPECT_EQ(response.revision(), 2);
  EXPECT_EQ(response.story_id(), "s1");
  request.set_article_id("a2");
  EXPECT_EQ(Dump(server.articles->GetArticle(Context().get(), request, &response)),
            "NOT_FOUND ARTICLE_NOT_FOUND claimwatch.v1.Article=a2");
  request.clear_article_id();
  EXPECT_EQ(Dump(server.articles->GetArticle(Context().get(), request, &response)),
            "INVALID_ARGUMENT REQUEST_INVALID article_id:REQUIRED");
}

TEST(RetractArticle, WithdrawsAndIsIdempotent) {
  TestServer server;
  server.Ingest({FireReport("a1", 3)});
  ASSERT_EQ(server.Ingest(FireReport("a2", 30, 600)).alerts_size(), 1);
  v1::RetractArticleRequest request;
  v1::RetractArticleResponse response;
  request.set_article_id("a2");
  request.set_reason("published by mistake");
  ASSERT_TRUE(server.articles->RetractArticle(Context().get(), request, &response).ok());
  EXPECT_FALSE(response.duplicate());
  EXPECT_EQ(response.withdrawn_claim_count(), 1);
  EXPECT_GE(response.alerts_size(), 1);
  response.Clear();
  ASSERT_TRUE(server.articles->RetractArticle(Context().get(), request, &response).ok());
  EXPECT_TRUE(response.duplicate());

  v1::GetArticleRequest get;
  v1::GetArticleResponse article;
  get.set_article_id("a2");
  ASSERT_TRUE(server.articles->GetArticle(Context().get(), get, &article).ok());
  EXPECT_TRUE(article.has_retract_time());
  EXPECT_EQ(article.retract_reason(), "published by mistake");
  get.set_article_id("a1");
  ASSERT_TRUE(server.articles->GetArticle(Context().get(), get, &article).ok());
  EXPECT_FALSE(article.has_retract_time());
  EXPECT_EQ(article.retract_reason(), "");

  request.set_article_id("nobody");
  EXPECT_EQ(Dump(server.articles->RetractArticle(Context().get(), request, &response)),
            "NOT_FOUND ARTICLE_NOT_FOUND claimwatch.v1.Article=nobody");
}

}  // namespace
}  // namespace claimwatch
