// What every ClaimStore must do, asked of each of them alike.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/store/codec.h"
#include "server/store/memory_store.h"
#include "server/store/sqlite_store.h"
#include "tests/fakes/records.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A store with what it needs to live.
struct Home {
  TemporaryDirectory directory;
  std::unique_ptr<ClaimStore> store;
  bool durable = false;

  void Reopen() {  // A store in memory would come back empty: it stays as it is.
    if (!durable) return;
    store.reset();
    auto opened = SqliteStore::Open(absl::StrCat(directory.path(), "/claimwatch.db"));
    ASSERT_TRUE(opened.ok()) << opened.status();
    store = *std::move(opened);
  }
};

std::unique_ptr<Home> MemoryHome() {
  auto home = std::make_unique<Home>();
  home->store = std::make_unique<MemoryStore>();
  return home;
}

std::unique_ptr<Home> SqliteHome() {
  auto home = std::make_unique<Home>();
  home->durable = true;
  home->Reopen();
  return home;
}

class StoreConformance : public testing::TestWithParam<std::unique_ptr<Home> (*)()> {
 protected:
  StoreConformance() : home_(GetParam()()) {}

  ClaimStore& store() { return *home_->store; }
  void CommitBoth() {
    ASSERT_EQ(store().Commit(FirstBatch()), absl::OkStatus());
    ASSERT_EQ(store().Commit(SecondBatch()), absl::OkStatus());
  }

  std::unique_ptr<Home> home_;
};

// A ledger as lines, so that a difference can be read.
std::vector<std::string> Dump(const StoryLedger& ledger) {
  std::vector<std::string> lines;
  for (const Figure& figure : ledger.figures) {
    std::string line = absl::StrCat(ToString(figure.id), " of ", ToString(figure.whole), ":");
    for (const KnownClaim& claim : figure.claims) {
      absl::StrAppend(&line, " ", ToString(claim.id), claim.withdrawn ? "(withdrawn)" : "");
    }
    lines.push_back(line);
  }
  for (const Alert& alert : ledger.alerts) lines.push_back(ToString(alert.id));
  return lines;
}

TEST_P(StoreConformance, BeginsEmpty) {
  const auto state = store().ReadState();
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_FALSE(state->epoch.empty());
  EXPECT_EQ(state->last_sequence, Sequence::kNone);
  EXPECT_EQ(state->oldest_position, 1);
  EXPECT_EQ(state->articles, 0);
  EXPECT_EQ(store().FindArticle("a1").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(store().ReadLedger(StoryId{1}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(store().ReadStory(StoryId{1}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(store().ReadAlert(AlertId{1}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(*store().ReadEvents(0, 10), IsEmpty());
}

TEST_P(StoreConformance, GivesBackWhatItWasGiven) {
  CommitBoth();
  home_->Reopen();
  EXPECT_EQ(*store().ReadArticle(Sequence{1}), FirstBatch().articles[0]);
  EXPECT_EQ(*store().ReadArticle(Sequence{2}), SecondBatch().articles[0]);
  EXPECT_EQ(*store().ReadArticle(Sequence{3}), SecondBatch().articles[1]);
  EXPECT_EQ(*store().FindArticle("a3"), SecondBatch().articles[1]);
  EXPECT_EQ(*store().ReadStory(StoryId{1}), SecondBatch().stories[0]);
  EXPECT_EQ(*store().ReadAlert(AlertId{1}), SecondBatch().events[0].alert);
  EXPECT_THAT(*store().ReadEvents(0, 10), ElementsAre(SecondBatch().events[0]));
}

TEST_P(StoreConformance, CountsAndRemembersIds) {
  CommitBoth();
  const std::string epoch = store().ReadState()->epoch;
  home_->Reopen();
  const auto state = store().ReadState();
  ASSERT_TRUE(state.ok());
  EXPECT_EQ(state->epoch, epoch);
  EXPECT_EQ(state->last_sequence, Sequence{3});
  EXPECT_EQ(state->last_story, StoryId{2});
  EXPECT_EQ(state->ids.last_figure, FigureId{4});
  EXPECT_EQ(state->ids.last_alert, AlertId{1});
  EXPECT_EQ(state->ids.last_position, 1);
  EXPECT_EQ(state->articles, 3);
  EXPECT_EQ(state->claims, 6);
  EXPECT_EQ(state->stories, 2);
  EXPECT_EQ(state->alerts, 1);
}

TEST_P(StoreConformance, TakesArticlesThatAreEncodedAlready) {
  Batch batch = FirstBatch();
  const ArticleRecord whole = batch.articles[0];
  batch.encoded = {EncodeArticle(whole.article, whole.claims)};
  batch.articles[0].article.title.clear();
  batch.articles[0].article.body.clear();
  ASSERT_EQ(store().Commit(batch), absl::OkStatus());
  EXPECT_EQ(*store().ReadArticle(Sequence{1}), whole);
}

TEST_P(StoreConformance, KeepsNothingOfABatchThatDoesNotFollowOn) {
  CommitBoth();
  Batch gap = FirstBatch();
  gap.articles[0] = MakeArticle(5, StoryId{9}, FigureId{1});
  gap.stories = {MakeStory(StoryId{9}, 5, 1)};
  EXPECT_EQ(store().Commit(gap).code(), absl::StatusCode::kInternal);

  Batch no_article;
  no_article.stories = {MakeStory(StoryId{9}, 5, 1)};
  no_article.article_states = {{Sequence{77}, ArticleState::kRetracted}};
  EXPECT_EQ(store().Commit(no_article).code(), absl::StatusCode::kInternal);

  EXPECT_EQ(store().ReadStory(StoryId{9}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(store().ReadState()->articles, 3);
  Batch next;
  next.articles = {MakeArticle(4, StoryId{1}, FigureId{1})};
  next.stories = {MakeStory(StoryId{1}, 4, 3)};
  next.ids = store().ReadState()->ids;
  EXPECT_EQ(store().Commit(next), absl::OkStatus());
}

TEST_P(StoreConformance, FindsAllVersionsOfAnArticle) {
  CommitBoth();
  Batch revision;
  revision.articles = {MakeArticle(4, StoryId{1}, FigureId{1})};
  revision.articles[0].article.id = "a1";
  revision.articles[0].version = 2;
  for (KnownClaim& claim : revision.articles[0].claims) claim.article_id = "a1";
  revision.stories = {MakeStory(StoryId{1}, 4, 2)};
  revision.article_states = {{Sequence{1}, ArticleState::kSuperseded}};
  revision.withdrawn_claims = {MakeClaimId(Sequence{1}, 0), MakeClaimId(Sequence{1}, 1)};
  revision.ids = store().ReadState()->ids;
  ASSERT_EQ(store().Commit(revision), absl::OkStatus());
  home_->Reopen();

  EXPECT_THAT(Dump(*store().ReadLedger(StoryId{1})),
              ElementsAre("f1 of f0: c512(withdrawn) c1024 c2048",
                          "f2 of f1: c513(withdrawn) c1025 c2049", "al1"));
  EXPECT_EQ(*store().FindArticle("a1"), revision.articles[0]);
  ArticleRecord old = FirstBatch().articles[0];
  old.state = ArticleState::kSuperseded;
  for (KnownClaim& claim : old.claims) claim.withdrawn = true;
  EXPECT_EQ(*store().ReadArticle(Sequence{1}), old);

  const auto found = store().FindVersions({"a1", "unknown", "a2"});
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_THAT(*found, SizeIs(3));
  const ArticleVersion first = {Sequence{1}, old.content_hash,          StoryId{1},
                                1,           ArticleState::kSuperseded, 2};
  const ArticleVersion second = {
      Sequence{4}, revision.articles[0].content_hash, StoryId{1}, 2, ArticleState::kCurrent, 2};
  EXPECT_THAT((*found)[0], ElementsAre(first, second));
  EXPECT_THAT((*found)[1], IsEmpty());
  EXPECT_THAT((*found)[2], SizeIs(1));
}

TEST_P(StoreConformance, AnArticleMayBeReplacedInTheBatchThatBroughtIt) {
  Batch batch = FirstBatch();
  batch.articles.push_back(MakeArticle(2, StoryId{1}, FigureId{1}));
  batch.articles[1].article.id = "a1";
  batch.articles[1].version = 2;
  batch.article_states = {{Sequence{1}, ArticleState::kSuperseded}};
  batch.withdrawn_claims = {MakeClaimId(Sequence{1}, 0)};
  ASSERT_EQ(store().Commit(batch), absl::OkStatus());
  const auto old = store().ReadArticle(Sequence{1});
  ASSERT_TRUE(old.ok()) << old.status();
  EXPECT_EQ(old->state, ArticleState::kSuperseded);
  EXPECT_TRUE(old->claims[0].withdrawn);
  EXPECT_FALSE(old->claims[1].withdrawn);
}

TEST_P(StoreConformance, KeepsWhenAndWhyAnArticleWasTakenBackAndWhatItCopies) {
  Batch first = FirstBatch();
  first.articles[0].copy_of = "a0";
  ASSERT_EQ(store().Commit(first), absl::OkStatus());
  Batch taken_back;
  taken_back.retractions = {{Sequence{1}, At(9), "made up"}};
  taken_back.ids = store().ReadState()->ids;
  ASSERT_EQ(store().Commit(taken_back), absl::OkStatus());
  home_->Reopen();
  ArticleRecord expected = first.articles[0];
  expected.state = ArticleState::kRetracted;
  expected.retracted = At(9);
  expected.retract_reason = "made up";
  EXPECT_EQ(*store().ReadArticle(Sequence{1}), expected);
  EXPECT_EQ(*store().ArticleIdOf(Sequence{1}), "a1");
  EXPECT_EQ(store().ArticleIdOf(Sequence{77}).status().code(), absl::StatusCode::kNotFound);

  taken_back.retractions[0].article = Sequence{77};
  EXPECT_EQ(store().Commit(taken_back).code(), absl::StatusCode::kInternal);
}

TEST_P(StoreConformance, VisitsArticlesInOrder) {
  CommitBoth();
  std::vector<ArticleRecord> seen;
  const auto keep = [&](ArticleRecord record) { seen.push_back(std::move(record)); };
  ASSERT_EQ(store().VisitArticles(Sequence{1}, true, keep), absl::OkStatus());
  EXPECT_THAT(seen, ElementsAre(SecondBatch().articles[0], SecondBatch().articles[1]));

  seen.clear();
  ASSERT_EQ(store().VisitArticles(Sequence{2}, false, keep), absl::OkStatus());
  ASSERT_THAT(seen, SizeIs(1));
  EXPECT_EQ(seen[0].article.title, "");
  EXPECT_EQ(seen[0].article.body, "");
  EXPECT_EQ(seen[0].claims, SecondBatch().articles[1].claims);
}

TEST_P(StoreConformance, VisitsWhatLinkingNeeds) {
  CommitBoth();
  std::vector<std::string> seen;
  ASSERT_EQ(
      store().VisitLinks(Sequence{1},
                         [&](const ArticleLink& link) {
                           seen.push_back(absl::StrCat(
                               static_cast<int>(link.sequence), " ", ToString(link.story),
                               link.language_read ? " read " : " unread ", link.features.size()));
                         }),
      absl::OkStatus());
  EXPECT_THAT(seen, ElementsAre("2 s1 read 20", "3 s2 unread 20"));
}

TEST_P(StoreConformance, ListsTheArticlesOfAStory) {
  CommitBoth();
  EXPECT_THAT(*store().StoryArticles(StoryId{1}, Sequence::kNone, 10),
              ElementsAre(Sequence{1}, Sequence{2}));
  EXPECT_THAT(*store().StoryArticles(StoryId{1}, Sequence{1}, 10), ElementsAre(Sequence{2}));
  EXPECT_THAT(*store().StoryArticles(StoryId{1}, Sequence::kNone, 1), ElementsAre(Sequence{1}));
  EXPECT_THAT(*store().StoryArticles(StoryId{7}, Sequence::kNone, 10), IsEmpty());
}

TEST_P(StoreConformance, ListsStoriesByActivity) {
  CommitBoth();
  EXPECT_THAT(*store().ListStories(Sequence::kNone, 10),
              ElementsAre(SecondBatch().stories[1], SecondBatch().stories[0]));
  EXPECT_THAT(*store().ListStories(Sequence{3}, 10), ElementsAre(SecondBatch().stories[0]));
  EXPECT_THAT(*store().ListStories(Sequence::kNone, 1), SizeIs(1));
}

TEST_P(StoreConformance, KnowsTheStoryOfAFigure) {
  CommitBoth();
  EXPECT_EQ(*store().StoryOfFigure(FigureId{1}), StoryId{1});
  EXPECT_EQ(*store().StoryOfFigure(FigureId{2}), StoryId{1});
  EXPECT_EQ(*store().StoryOfFigure(FigureId{4}), StoryId{2});
  EXPECT_EQ(store().StoryOfFigure(FigureId{5}).status().code(), absl::StatusCode::kNotFound);
}

TEST_P(StoreConformance, RebuildsALedger) {
  CommitBoth();
  home_->Reopen();
  const auto ledger = store().ReadLedger(StoryId{1});
  ASSERT_TRUE(ledger.ok()) << ledger.status();
  EXPECT_EQ(ledger->story, StoryId{1});
  EXPECT_THAT(Dump(*ledger), ElementsAre("f1 of f0: c512 c1024", "f2 of f1: c513 c1025", "al1"));
  EXPECT_EQ(ledger->figures[0].key, MakeFigure(FigureId{1}).key);
  EXPECT_EQ(ledger->figures[0].claims[0], FirstBatch().articles[0].claims[0]);
  EXPECT_EQ(ledger->alerts[0], SecondBatch().events[0].alert);
  EXPECT_THAT(Dump(*store().ReadLedger(StoryId{2})),
              ElementsAre("f3 of f0: c1536", "f4 of f0: c1537"));
}

TEST_P(StoreConformance, FollowsTheLifeOfAnAlert) {
  CommitBoth();
  Batch closing;
  Alert closed = SecondBatch().events[0].alert;
  closed.state = AlertState::kWithdrawn;
  closed.acknowledgement = {"ana", "seen", At(200)};
  closing.events = {{2, AlertChange::kWithdrawn, closed}};
  closing.ids = {FigureId{4}, AlertId{1}, 2};
  ASSERT_EQ(store().Commit(closing), absl::OkStatus());
  home_->Reopen();
  EXPECT_EQ(*store().ReadAlert(AlertId{1}), closed);
  EXPECT_EQ(store().ReadState()->alerts, 1);
  EXPECT_THAT(*store().ReadEvents(0, 10), ElementsAre(SecondBatch().events[0], closing.events[0]));
  EXPECT_THAT(*store().ReadEvents(1, 10), ElementsAre(closing.events[0]));
  EXPECT_THAT(*store().ReadEvents(0, 1), ElementsAre(SecondBatch().events[0]));
  EXPECT_THAT(*store().ReadEvents(2, 10), IsEmpty());
  EXPECT_THAT(store().ReadLedger(StoryId{1})->alerts, IsEmpty());
}

TEST_P(StoreConformance, ForgetsOldEventsAndSaysSo) {
  CommitBoth();
  Batch more;
  Alert alert = SecondBatch().events[0].alert;
  for (int position = 2; position <= 5; ++position) {
    more.events.push_back({position, AlertChange::kUpdated, alert});
  }
  more.forget_events_before = 4;
  more.ids = {FigureId{4}, AlertId{1}, 5};
  ASSERT_EQ(store().Commit(more), absl::OkStatus());
  home_->Reopen();
  EXPECT_EQ(store().ReadState()->oldest_position, 4);
  EXPECT_EQ(store().ReadEvents(2, 10).status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_THAT(*store().ReadEvents(3, 10), SizeIs(2));
  EXPECT_EQ(*store().ReadAlert(AlertId{1}), alert);
}

TEST_P(StoreConformance, ListsAlertsNewestFirst) {
  CommitBoth();
  Batch more;
  Alert second = SecondBatch().events[0].alert;
  second.id = AlertId{2};
  second.kind = AlertKind::kConflict;
  second.severity = Severity::kLow;
  Alert third = second;
  third.id = AlertId{3};
  third.story = StoryId{2};
  third.measure = "injured";
  third.state = AlertState::kResolved;
  more.events = {{2, AlertChange::kOpened, second}, {3, AlertChange::kOpened, third}};
  more.ids = {FigureId{4}, AlertId{3}, 3};
  ASSERT_EQ(store().Commit(more), absl::OkStatus());

  const auto list = [&](const AlertQuery& query) {
    std::string ids;
    const auto alerts = store().ListAlerts(query);
    EXPECT_TRUE(alerts.ok()) << alerts.status();
    for (const Alert& alert : *alerts) absl::StrAppend(&ids, ToString(alert.id), " ");
    return ids;
  };
  EXPECT_EQ(list({}), "al3 al2 al1 ");
  EXPECT_EQ(list({.limit = 2}), "al3 al2 ");
  EXPECT_EQ(list({.before = AlertId{3}}), "al2 al1 ");
  EXPECT_EQ(list({.story = StoryId{1}}), "al2 al1 ");
  EXPECT_EQ(list({.story = StoryId{1}, .state = AlertState::kResolved}), "");
  EXPECT_EQ(list({.kind = AlertKind::kConflict}), "al3 al2 ");
  EXPECT_EQ(list({.state = AlertState::kOpen}), "al2 al1 ");
  EXPECT_EQ(list({.min_severity = Severity::kMedium}), "al1 ");
  EXPECT_EQ(list({.measure = "injured"}), "al3 ");
}

TEST_P(StoreConformance, KeepsTheArticleBehindAnEvent) {
  CommitBoth();
  Batch more;
  const Alert alert = SecondBatch().events[0].alert;
  more.events = {{2, AlertChange::kUpdated, alert, Sequence{3}},
                 {3, AlertChange::kAcknowledged, alert}};
  more.ids = {FigureId{4}, AlertId{1}, 3};
  ASSERT_EQ(store().Commit(more), absl::OkStatus());
  home_->Reopen();
  EXPECT_THAT(*store().ReadEvents(1, 10), ElementsAre(more.events[0], more.events[1]));
}

SubscriptionRecord NamedSubscription(const std::string& id) {
  return {.id = id,
          .selector = std::string("bytes\0of it", 11),
          .filter = "measure = killed",
          .lease = absl::Seconds(60),
          .deliveries_max = 5,
          .outstanding_max = 100,
          .create_time = At(1),
          .last_settle_time = At(2),
          .scanned = 7,
          .pending = {{3, 1}, {6, 2}}};
}

ParkedRecord Parked(const std::string& id, std::int64_t position) {
  ParkedRecord parked;
  parked.subscription = id;
  parked.event = {position, AlertChange::kOpened, SecondBatch().events[0].alert, Sequence{2}};
  parked.deliveries = 5;
  parked.park_time = At(3);
  parked.note = "no such desk";
  return parked;
}

TEST_P(StoreConformance, KeepsNamedSubscriptionsAndWhatTheyParked) {
  CommitBoth();
  Batch more;
  more.ids = SecondBatch().ids;
  more.subscriptions.kept = {NamedSubscription("desk"), NamedSubscription("archive")};
  more.subscriptions.kept[1].pending.clear();
  more.subscriptions.kept[1].last_settle_time = absl::InfinitePast();
  more.subscriptions.parked = {Parked("desk", 4), Parked("desk", 2), Parked("archive", 1)};
  ASSERT_EQ(store().Commit(more), absl::OkStatus());
  home_->Reopen();
  std::vector<SubscriptionRecord> wanted = {more.subscriptions.kept[1], more.subscriptions.kept[0]};
  wanted[0].parked = 1;
  wanted[1].parked = 2;
  EXPECT_EQ(*store().ReadSubscriptions(), wanted);
  EXPECT_THAT(*store().ListParked("desk", 0, 10),
              ElementsAre(Parked("desk", 2), Parked("desk", 4)));
  EXPECT_THAT(*store().ListParked("desk", 0, 1), ElementsAre(Parked("desk", 2)));
  EXPECT_THAT(*store().ListParked("desk", 2, 10), ElementsAre(Parked("desk", 4)));
  EXPECT_THAT(*store().ListParked("nobody", 0, 10), IsEmpty());

  Batch after;
  after.ids = more.ids;
  after.subscriptions.deleted = {"archive"};
  after.subscriptions.kept = {NamedSubscription("desk")};
  after.subscriptions.kept[0].scanned = 9;
  after.subscriptions.unparked = {{"desk", 2}};
  ASSERT_EQ(store().Commit(after), absl::OkStatus());
  home_->Reopen();
  const auto left = store().ReadSubscriptions();
  ASSERT_THAT(*left, SizeIs(1));
  EXPECT_EQ(left->front().scanned, 9);
  EXPECT_EQ(left->front().parked, 1);
  EXPECT_THAT(*store().ListParked("desk", 0, 10), ElementsAre(Parked("desk", 4)));
  EXPECT_THAT(*store().ListParked("archive", 0, 10), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Memory, StoreConformance, testing::Values(&MemoryHome));
INSTANTIATE_TEST_SUITE_P(Sqlite, StoreConformance, testing::Values(&SqliteHome));

}  // namespace
}  // namespace claimwatch
