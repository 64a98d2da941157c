// What senders see: receipts in order, duplicates, revisions, bad articles, limits, draining.
#include "server/ingest/ingestor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/ingest/limits.h"
#include "tests/fakes/newsroom.h"
#include "tests/fakes/wire_stories.h"

namespace claimwatch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> Ids(const std::vector<IngestResult>& results) {
  std::vector<std::string> ids;
  for (const IngestResult& result : results) ids.push_back(result.article_id);
  return ids;
}

TEST(Ingestor, GivesAReceiptForWhatIsDurable) {
  Newsroom newsroom;
  const IngestResult result = newsroom.Ingest(QuakeReport("q1", "wire.example", 12, 0));
  ASSERT_EQ(result.status, absl::OkStatus());
  EXPECT_EQ(result.article_id, "q1");
  const Receipt& receipt = result.receipt;
  EXPECT_FALSE(receipt.duplicate);
  EXPECT_FALSE(receipt.revision);
  EXPECT_THAT(receipt.alerts, IsEmpty());
  EXPECT_EQ(receipt.article.sequence, Sequence{1});
  EXPECT_EQ(receipt.article.story, StoryId{1});
  EXPECT_EQ(receipt.article.sequenced, newsroom.clock().Now());
  ASSERT_THAT(receipt.article.claims, SizeIs(1));
  EXPECT_EQ(receipt.article.claims[0].measure, "killed");
  EXPECT_NE(receipt.article.claims[0].figure, FigureId::kNone);
  const auto stored = newsroom.store().ReadArticle(Sequence{1});
  ASSERT_TRUE(stored.ok()) << stored.status();
  EXPECT_EQ(stored->claims, receipt.article.claims);
  EXPECT_EQ(stored->article.body, QuakeReport("q1", "wire.example", 12, 0).body);
}

TEST(Ingestor, PushesAnAlertWithTheReceipt) {
  Newsroom newsroom;
  newsroom.Ingest(QuakeReport("q1", "wire.example", 12, 0));
  const IngestResult result = newsroom.Ingest(QuakeReport("q2", "wire.example", 30, 600));
  ASSERT_THAT(result.receipt.alerts, SizeIs(1));
  EXPECT_EQ(result.receipt.alerts[0].kind, AlertKind::kRaised);
  EXPECT_THAT(result.receipt.article.alerts, ElementsAre(AlertId{1}));
  const std::vector<AlertEvent> events = newsroom.EventsAfter(0);
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].change, AlertChange::kOpened);
  EXPECT_EQ(events[0].alert, result.receipt.alerts[0]);
}

TEST(Ingestor, KnowsAnArticleAgain) {
  Newsroom newsroom;
  newsroom.Ingest(QuakeReport("q1", "wire.example", 12, 0));
  const IngestResult first = newsroom.Ingest(QuakeReport("q2", "wire.example", 30, 600));
  for (const bool restart : {false, true}) {
    if (restart) newsroom.Restart();
    const IngestResult again = newsroom.Ingest(QuakeReport("q2", "wire.example", 30, 600));
    ASSERT_EQ(again.status, absl::OkStatus());
    EXPECT_TRUE(again.receipt.duplicate);
    EXPECT_EQ(again.receipt.article, first.receipt.article);
    EXPECT_EQ(again.receipt.alerts, first.receipt.alerts);
  }
  EXPECT_EQ(newsroom.store().ReadState()->articles, 2);
  EXPECT_EQ(newsroom.feed().head(), 1);
}

TEST(Ingestor, KnowsAnArticleAgainInOneBatch) {
  Newsroom newsroom;
  const Article report = QuakeReport("q1", "wire.example", 12, 0);
  const std::vector<IngestResult> results = newsroom.Ingest({report, report});
  EXPECT_FALSE(results[0].receipt.duplicate);
  EXPECT_TRUE(results[1].receipt.duplicate);
  EXPECT_EQ(results[1].receipt.article, results[0].receipt.article);
}

TEST(Ingestor, ARevisionStaysInItsStoryAndReplaces) {
  Newsroom newsroom;
  const IngestResult first = newsroom.Ingest(QuakeReport("q1", "wire.example", 12, 0));
  Article changed = FerryReport("q1", "wire.example", 40, 10);  // Nothing in common but the id.
  const IngestResult second = newsroom.Ingest(changed);
  ASSERT_EQ(second.status, absl::OkStatus());
  EXPECT_TRUE(second.receipt.revision);
  EXPECT_EQ(second.receipt.article.version, 2);
  EXPECT_EQ(second.receipt.article.story, first.receipt.article.story);
  const auto old = newsroom.store().ReadArticle(Sequence{1});
  EXPECT_EQ(old->state, ArticleState::kSuperseded);
  EXPECT_TRUE(old->claims[0].withdrawn);
  EXPECT_EQ(newsroom.store().FindArticle("q1")->sequence, Sequence{2});

  const IngestResult late = newsroom.Ingest(QuakeReport("q1", "wire.example", 12, 0));
  EXPECT_TRUE(late.receipt.duplicate);  // The first version, delivered once more.
  EXPECT_EQ(late.receipt.article.version, 1);
}

TEST(Ingestor, ACorrectedTollSaysSo) {
  Newsroom newsroom;
  newsroom.Ingest(QuakeReport("q1", "wire.example", 1200, 0));
  const IngestResult corrected = newsroom.Ingest(QuakeReport("q1", "wire.example", 12, 10));
  ASSERT_THAT(corrected.receipt.alerts, SizeIs(1));
  EXPECT_EQ(corrected.receipt.alerts[0].kind, AlertKind::kCorrected);
}

TEST(Ingestor, BadArticlesDoNotStopGoodOnes) {
  Newsroom newsroom;
  Article empty;
  empty.id = "empty";
  Article nameless = QuakeReport("", "wire.example", 12, 0);
  Article future = QuakeReport("future", "wire.example", 12, 0);
  future.publish_time = newsroom.clock().Now() + absl::Hours(100);
  const std::vector<IngestResult> results =
      newsroom.Ingest({empty, QuakeReport("q1", "wire.example", 12, 0), nameless, future,
                       FerryReport("f1", "coast.example", 40, 1)});
  EXPECT_THAT(Ids(results), ElementsAre("empty", "q1", "", "future", "f1"));
  const auto field = [&](std::size_t i) {
    EXPECT_EQ(results[i].status.code(), absl::StatusCode::kInvalidArgument);
    return results[i].problems.empty() ? "" : results[i].problems[0].field;
  };
  EXPECT_EQ(field(0), "body");
  EXPECT_EQ(field(2), "article_id");
  EXPECT_EQ(field(3), "publish_time");
  EXPECT_EQ(results[1].receipt.article.sequence, Sequence{1});
  EXPECT_EQ(results[4].receipt.article.sequence, Sequence{2});
}

TEST(Ingestor, StoresWhatItDoesNotReadAndSaysSo) {
  Newsroom newsroom;
  Article russian = QuakeReport("r1", "vestnik.example", 12, 0);
  russian.language = "ru";
  russian.body = "Сильное землетрясение произошло в Лиме. Погибли 12 человек.";
  const IngestResult first = newsroom.Ingest(russian);
  ASSERT_EQ(first.status, absl::OkStatus());
  EXPECT_FALSE(first.receipt.article.language_read);
  EXPECT_THAT(first.receipt.article.claims, IsEmpty());
  russian.id = "r2";
  EXPECT_NE(newsroom.Ingest(russian).receipt.article.story, first.receipt.article.story);
  EXPECT_EQ(newsroom.store().FindArticle("r1")->article.body, russian.body);
}

TEST(Ingestor, TakesTheSendersHintForAStory) {
  Newsroom newsroom;
  Article quake = QuakeReport("q1", "wire.example", 12, 0);
  quake.story_hint = "lima-quake";
  Article russian = FerryReport("r1", "vestnik.example", 12, 5);
  russian.language = "ru";
  russian.body = "Погибли 12 человек.";
  russian.story_hint = "lima-quake";
  const StoryId story = newsroom.Ingest(quake).receipt.article.story;
  EXPECT_EQ(newsroom.Ingest(russian).receipt.article.story, story);
}

TEST(Ingestor, WithoutAPublishTimeTheStampCounts) {
  Newsroom newsroom;
  Article undated = QuakeReport("q1", "wire.example", 12, 0);
  undated.publish_time = absl::InfinitePast();
  const IngestResult result = newsroom.Ingest(undated);
  ASSERT_THAT(result.receipt.article.claims, SizeIs(1));
  EXPECT_EQ(result.receipt.article.claims[0].publish_time, newsroom.clock().Now());
  EXPECT_EQ(result.receipt.article.article.publish_time, absl::InfinitePast());
  EXPECT_EQ(newsroom.store().ReadArticle(Sequence{1})->claims, result.receipt.article.claims);
}

TEST(Ingestor, RetractingTakesBackClaimsAndAlerts) {
  Newsroom newsroom;
  newsroom.Ingest(QuakeReport("q1", "wire.example", 12, 0));
  newsroom.Ingest(QuakeReport("q2", "daily.example", 30, 600));
  const auto withdrawn = newsroom.Retract("q2", "published by mistake");
  ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  ASSERT_THAT(*withdrawn, SizeIs(1));
  EXPECT_EQ((*withdrawn)[0].state, AlertState::kWithdrawn);
  EXPECT_EQ(newsroom.store().FindArticle("q2")->state, ArticleState::kRetracted);
  EXPECT_TRUE(newsroom.store().FindArticle("q2")->claims[0].withdrawn);
  std::vector<AlertChange> changes;
  for (const AlertEvent& event : newsroom.EventsAfter(1)) changes.push_back(event.change);
  EXPECT_THAT(changes, testing::Contains(AlertChange::kWithdrawn));

  const auto again = newsroom.Retract("q2", "published by mistake");
  ASSERT_TRUE(again.ok());
  EXPECT_THAT(*again, IsEmpty());
  const IngestResult same = newsroom.Ingest(QuakeReport("q2", "daily.example", 30, 600));
  EXPECT_TRUE(same.receipt.duplicate);
  EXPECT_EQ(same.receipt.article.state, ArticleState::kRetracted);
  EXPECT_EQ(newsroom.Retract("nobody", "").status().code(), absl::StatusCode::kNotFound);
}

TEST(Ingestor, SaysWhatAnArticleWasCopiedFrom) {
  Newsroom newsroom;
  Article first = QuakeReport("q1", "wire.example", 12, 0);
  first.body +=
      " The mayor of Tarvin asked for tents, blankets and doctors on Monday morning."
      " Roads to the valley villages were closed by rocks and mud for two days.";
  Article reprint = first;
  reprint.id = "q2";
  reprint.source = "daily.example";
  Article again = first;
  again.id = "q3";
  again.source = "herald.example";
  EXPECT_EQ(newsroom.Ingest(first).receipt.article.copy_of, "");
  EXPECT_EQ(newsroom.Ingest(reprint).receipt.article.copy_of, "q1");
  newsroom.Restart();
  EXPECT_NE(newsroom.Ingest(again).receipt.article.copy_of, "");  // Not lost with the memory.
  EXPECT_EQ(newsroom.store().FindArticle("q2")->copy_of, "q1");
  EXPECT_EQ(newsroom.Ingest(reprint).receipt.article.copy_of, "q1");  // A duplicate's, too.
}

TEST(Ingestor, AcknowledgingIsAnEvent) {
  Newsroom newsroom;
  newsroom.Ingest(QuakeReport("q1", "wire.example", 12, 0));
  newsroom.Ingest(QuakeReport("q2", "wire.example", 30, 600));
  const auto alert = newsroom.Acknowledge(AlertId{1}, "ana");
  ASSERT_TRUE(alert.ok()) << alert.status();
  EXPECT_EQ(alert->acknowledgement.by, "ana");
  EXPECT_EQ(newsroom.EventsAfter(1).back().change, AlertChange::kAcknowledged);
  EXPECT_EQ(newsroom.store().ReadAlert(AlertId{1})->acknowledgement.by, "ana");
  EXPECT_EQ(newsroom.Acknowledge(AlertId{7}, "ana").status().code(), absl::StatusCode::kNotFound);
}

TEST(Ingestor, AnswersBatchesInTheirOrder) {
  Newsroom newsroom;
  absl::Mutex mu;
  std::vector<int> told;
  constexpr int kBatches = 60;
  for (int batch = 0; batch < kBatches; ++batch) {
    std::vector<Article> articles;
    for (int i = 0; i <= batch % 5; ++i) {  // Of different sizes, so that readers finish unevenly.
      articles.push_back(QuakeReport(absl::StrCat("q", batch, "-", i), "wire.example", 12, i));
    }
    const absl::Status taken =
        newsroom.ingestor().Submit(articles, [&, batch](std::vector<IngestResult> results) {
          EXPECT_EQ(results.size(), static_cast<std::size_t>(batch % 5 + 1));
          absl::MutexLock lock(&mu);
          told.push_back(batch);
        });
    ASSERT_EQ(taken, absl::OkStatus());
  }
  newsroom.ingestor().Drain();
  absl::MutexLock lock(&mu);
  ASSERT_THAT(told, SizeIs(kBatches));
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
}

TEST(Ingestor, SequencesFollowTheOrderOfSubmission) {
  Newsroom newsroom;
  const std::vector<IngestResult> results = newsroom.Ingest(
      {QuakeReport("q1", "wire.example", 12, 0), FerryReport("f1", "coast.example", 40, 1),
       QuakeReport("q2", "daily.example", 12, 2)});
  std::vector<Sequence> sequences;
  for (const IngestResult& result : results) sequences.push_back(result.receipt.article.sequence);
  EXPECT_THAT(sequences, ElementsAre(Sequence{1}, Sequence{2}, Sequence{3}));
}

TEST(Ingestor, SaysWhenToWait) {
  Newsroom newsroom;
  absl::Notification blocked, go_on;
  ASSERT_EQ(newsroom.ingestor().Submit({Article()},
                                       [&](std::vector<IngestResult>) {
                                         blocked.Notify();
                                         go_on.WaitForNotification();
                                       }),
            absl::OkStatus());
  blocked.WaitForNotification();  // The sequencer stands still; batches pile up behind it.
  std::size_t taken = 0;
  absl::Status status;
  while (status.ok() && taken <= kArticlesInFlightMax) {
    status = newsroom.ingestor().Submit(std::vector<Article>(kBatchArticlesMax),
                                        [](std::vector<IngestResult>) {});
    if (status.ok()) taken += kBatchArticlesMax;
  }
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(taken, kArticlesInFlightMax);
  go_on.Notify();
  newsroom.ingestor().Drain();
}

TEST(Ingestor, RefusesABatchThatIsTooLarge) {
  Newsroom newsroom;
  EXPECT_EQ(newsroom.ingestor()
                .Submit(std::vector<Article>(kBatchArticlesMax + 1), [](auto) { FAIL(); })
                .code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(Ingestor, DrainingFinishesWhatIsInHandAndTakesNothingMore) {
  Newsroom newsroom;
  int told = 0;
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(newsroom.ingestor().Submit({QuakeReport(absl::StrCat("q", i), "w.example", 12, i)},
                                         [&](std::vector<IngestResult>) { ++told; }),
              absl::OkStatus());
  }
  newsroom.ingestor().Drain();
  EXPECT_EQ(told, 20);
  newsroom.ingestor().Drain();
  EXPECT_EQ(newsroom.ingestor().Submit({Article()}, [](auto) { FAIL(); }).code(),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(newsroom.Retract("q1", "").status().code(), absl::StatusCode::kUnavailable);
}

TEST(Ingestor, AnEmptyBatchIsAnswered) {
  Newsroom newsroom;
  EXPECT_THAT(newsroom.Ingest(std::vector<Article>()), IsEmpty());
}

}  // namespace
}  // namespace claimwatch
