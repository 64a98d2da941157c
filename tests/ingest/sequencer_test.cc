// What the sequencer remembers, and what it must not: failed commits, damage, restarts.
#include "server/ingest/sequencer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fakes/newsroom.h"
#include "tests/fakes/wire_stories.h"

namespace claimwatch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Two stories told by turns, with a raised toll, a copy, a revision and a late report.
std::vector<Article> Stream() {
  return {QuakeReport("q1", "wire.example", 12, 0),      FerryReport("f1", "coast.example", 40, 5),
          QuakeReport("q2", "daily.example", 12, 10),    QuakeReport("q3", "wire.example", 30, 600),
          FerryReport("f2", "harbour.example", 40, 610), QuakeReport("q3", "wire.example", 31, 620),
          FerryReport("f3", "coast.example", 25, 1200),  QuakeReport("q4", "daily.example", 12, 30),
          QuakeReport("q5", "herald.example", 55, 1300)};
}

// Everything that a reader of the store can see, as lines.
std::vector<std::string> Dump(const ClaimStore& store) {
  std::vector<std::string> lines;
  const absl::Status visited =
      store.VisitArticles(Sequence::kNone, false, [&](const ArticleRecord& record) {
        std::string line =
            absl::StrCat(record.article.id, " v", record.version, " ", ToString(record.story));
        for (const KnownClaim& claim : record.claims) {
          absl::StrAppend(&line, " ", claim.measure, "=", claim.quote_text, "@",
                          ToString(claim.figure), claim.withdrawn ? "(withdrawn)" : "");
        }
        lines.push_back(line);
      });
  EXPECT_EQ(visited, absl::OkStatus());
  const auto events = store.ReadEvents(0, 1000);
  EXPECT_TRUE(events.ok()) << events.status();
  for (const AlertEvent& event : *events) {
    lines.push_back(absl::StrCat(event.position, " ", std::string(Name(event.change)), " ",
                                 ToString(event.alert.id), " ", std::string(Name(event.alert.kind)),
                                 " ", event.alert.summary));
  }
  return lines;
}

std::vector<std::string> DumpOfUncutStream() {
  Newsroom newsroom;
  for (const Article& article : Stream()) newsroom.Ingest(article);
  return Dump(newsroom.store());
}

TEST(Sequencer, TheStreamTellsSomething) {
  const std::vector<std::string> lines = DumpOfUncutStream();
  EXPECT_THAT(lines, testing::Contains(testing::HasSubstr("RAISED")));
  EXPECT_GT(lines.size(), Stream().size());
}

TEST(Sequencer, ARestartAnywhereChangesNothing) {
  const std::vector<std::string> expected = DumpOfUncutStream();
  for (std::size_t cut = 1; cut < Stream().size(); ++cut) {
    Newsroom newsroom;
    std::size_t at = 0;
    for (const Article& article : Stream()) {
      if (at++ == cut) newsroom.Restart();
      newsroom.Ingest(article);
    }
    EXPECT_EQ(Dump(newsroom.store()), expected) << "cut before article " << cut;
  }
}

TEST(Sequencer, OneGroupOrManyMakeNoDifference) {
  Newsroom newsroom;
  newsroom.Ingest(Stream());
  EXPECT_EQ(Dump(newsroom.store()), DumpOfUncutStream());
}

TEST(Sequencer, LedgersInMemoryEqualThoseReadBack) {
  const auto dump = [](const StoryLedger& ledger) {
    std::vector<std::string> lines;
    for (const Figure& figure : ledger.figures) {
      std::string line = absl::StrCat(ToString(figure.id), " ", figure.key.measure);
      for (const KnownClaim& claim : figure.claims) {
        absl::StrAppend(&line, " ", ToString(claim.id), claim.withdrawn ? "(withdrawn)" : "");
      }
      const KnownClaim* believed = Believed(figure);
      absl::StrAppend(&line, " believed ", believed == nullptr ? "-" : ToString(believed->id));
      lines.push_back(line);
    }
    for (const Alert& alert : ledger.alerts) lines.push_back(alert.summary);
    return lines;
  };
  MemoryStore store;
  FakeClock clock;
  AlertFeed feed(store, *store.ReadState(), nullptr);
  auto sequencer = Sequencer::Start({}, SharedCatalogue(), clock, store, feed);
  ASSERT_TRUE(sequencer.ok()) << sequencer.status();
  for (const Article& article : Stream()) {
    std::vector<Prepared> one;
    one.push_back(Prepare(article, clock.Now(), absl::Hours(48), SharedCatalogue()));
    (*sequencer)->Ingest(std::move(one));
    for (int story = 1; story <= 2; ++story) {
      const auto stored = store.ReadLedger(StoryId{story});
      const StoryLedger* live = (*sequencer)->LedgerForTest(StoryId{story});
      ASSERT_EQ(stored.ok(), live != nullptr);
      if (live != nullptr) {
        EXPECT_EQ(dump(*live), dump(*stored)) << "after " << article.id;
      }
    }
  }
}

TEST(Sequencer, AFailedCommitIsForgotten) {
  Newsroom newsroom;
  newsroom.Ingest(QuakeReport("q1", "wire.example", 12, 0));
  newsroom.store().FailCommits(1);
  const IngestResult lost = newsroom.Ingest(QuakeReport("q2", "wire.example", 30, 600));
  EXPECT_EQ(lost.status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(newsroom.feed().head(), 0);
  EXPECT_EQ(newsroom.store().FindArticle("q2").status().code(), absl::StatusCode::kNotFound);

  const IngestResult again = newsroom.Ingest(QuakeReport("q2", "wire.example", 30, 600));
  ASSERT_EQ(again.status, absl::OkStatus());
  EXPECT_FALSE(again.receipt.duplicate);
  EXPECT_EQ(again.receipt.article.sequence, Sequence{2});
  ASSERT_EQ(again.receipt.alerts.size(), 1u);
  EXPECT_EQ(again.receipt.alerts[0].id, AlertId{1});
  EXPECT_EQ(newsroom.feed().head(), 1);
}

TEST(Sequencer, WhileTheStoreTakesNothingNothingIsLostOrDoubled) {
  std::vector<Article> stream = Stream();
  Newsroom newsroom;
  for (std::size_t i = 0; i < stream.size(); ++i) {
    newsroom.store().FailCommits(i % 4 == 3 ? 3 : 0);
    IngestResult result = newsroom.Ingest(stream[i]);
    while (!result.status.ok()) {  // A sender that does as it is told.
      ASSERT_EQ(result.status.code(), absl::StatusCode::kUnavailable);
      result = newsroom.Ingest(stream[i]);
    }
  }
  EXPECT_EQ(Dump(newsroom.store()), DumpOfUncutStream());
}

TEST(Sequencer, ADamagedStoryDoesNotStopTheOthers) {
  Newsroom newsroom;
  newsroom.Ingest(QuakeReport("q1", "wire.example", 12, 0));
  newsroom.Restart();  // So that the ledger has to be read.
  newsroom.store().DamageLedgers(true);
  const std::vector<IngestResult> results = newsroom.Ingest(
      {QuakeReport("q2", "wire.example", 30, 600), FerryReport("f1", "coast.example", 40, 601)});
  EXPECT_EQ(results[0].status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(results[1].status, absl::OkStatus());
  newsroom.store().DamageLedgers(false);
  EXPECT_EQ(newsroom.Ingest(QuakeReport("q2", "wire.example", 30, 600)).status, absl::OkStatus());
}

TEST(Sequencer, ForgetsOldEventsAsItIsTold) {
  MemoryStore store;
  FakeClock clock;
  AlertFeed feed(store, *store.ReadState(), nullptr);
  auto sequencer =
      Sequencer::Start({.stories = {}, .events_kept = 2}, SharedCatalogue(), clock, store, feed);
  ASSERT_TRUE(sequencer.ok()) << sequencer.status();
  for (int toll = 1; toll <= 4; ++toll) {  // Each but the first raises the one before.
    std::vector<Prepared> one;
    one.push_back(
        Prepare(QuakeReport(absl::StrCat("q", toll), "wire.example", 10 * toll * toll, 600 * toll),
                clock.Now() + absl::Hours(24), absl::Hours(48), SharedCatalogue()));
    ASSERT_EQ((*sequencer)->Ingest(std::move(one))[0].status, absl::OkStatus());
  }
  EXPECT_GT(feed.head(), 2);
  EXPECT_EQ(feed.oldest(), feed.head() - 1);
  EXPECT_EQ(store.ReadState()->oldest_position, feed.oldest());
  EXPECT_EQ(feed.Read(0, 10).status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(feed.Read(feed.oldest() - 1, 10)->size(), 2u);
}

TEST(Sequencer, ForgetsEventsByTheirAge) {
  MemoryStore store;
  FakeClock clock;
  AlertFeed feed(store, *store.ReadState(), nullptr);
  auto sequencer = Sequencer::Start({.stories = {}, .events_kept_for = absl::Hours(1)},
                                    SharedCatalogue(), clock, store, feed);
  ASSERT_TRUE(sequencer.ok()) << sequencer.status();
  std::vector<std::int64_t> heads;
  for (int toll = 1; toll <= 4; ++toll) {  // Each but the first raises the one before.
    std::vector<Prepared> one;
    one.push_back(
        Prepare(QuakeReport(absl::StrCat("q", toll), "wire.example", 10 * toll * toll, 600 * toll),
                clock.Now() + absl::Hours(24), absl::Hours(48), SharedCatalogue()));
    ASSERT_EQ((*sequencer)->Ingest(std::move(one))[0].status, absl::OkStatus());
    heads.push_back(feed.head());
    clock.Advance(absl::Minutes(40));
  }
  // Told at minutes 0, 40, 80 and 120; at 120 what is older than an hour goes.
  EXPECT_GT(heads[1], heads[0]);
  EXPECT_EQ(feed.oldest(), heads[1] + 1);
  EXPECT_EQ(store.ReadState()->oldest_position, feed.oldest());
  EXPECT_EQ(feed.Read(0, 10).status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(feed.Read(feed.oldest() - 1, 10)->size(),
            static_cast<std::size_t>(heads[3] - heads[1]));
}

TEST(Sequencer, StampsNeverGoBack) {
  Newsroom newsroom;
  const IngestResult first = newsroom.Ingest(QuakeReport("q1", "wire.example", 12, 0));
  newsroom.clock().Advance(absl::Hours(-1));
  const IngestResult second = newsroom.Ingest(QuakeReport("q2", "wire.example", 12, 1));
  EXPECT_EQ(second.receipt.article.sequenced, first.receipt.article.sequenced);
  newsroom.Restart();
  const IngestResult third = newsroom.Ingest(QuakeReport("q3", "wire.example", 12, 2));
  EXPECT_EQ(third.receipt.article.sequenced, first.receipt.article.sequenced);
}

TEST(Sequencer, CountsWhatAStoryHolds) {
  Newsroom newsroom;
  const StoryId story =
      newsroom.Ingest(QuakeReport("q1", "wire.example", 12, 0)).receipt.article.story;
  newsroom.Ingest(QuakeReport("q2", "daily.example", 30, 600));
  const StoryRecord two = *newsroom.store().ReadStory(story);
  EXPECT_EQ(two.title, "Earthquake strikes Lima, Peru");
  EXPECT_EQ(two.articles, 2);
  EXPECT_EQ(two.first_time, WireTime(0));
  EXPECT_EQ(two.last_time, WireTime(600));
  newsroom.Ingest(QuakeReport("q2", "daily.example", 31, 601));  // A revision replaces.
  EXPECT_EQ(newsroom.store().ReadStory(story)->articles, 2);
  EXPECT_EQ(newsroom.store().ReadStory(story)->claims, two.claims);
  ASSERT_TRUE(newsroom.Retract("q2", "wrong").ok());
  EXPECT_EQ(newsroom.store().ReadStory(story)->articles, 1);
  EXPECT_EQ(newsroom.store().ReadStory(story)->claims, two.claims / 2);
}

}  // namespace
}  // namespace claimwatch
