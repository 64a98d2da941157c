// Hand-made records for tests of the store and the feed: every field set, so that one that is lost
// on the way shows.
#pragma once

#include <string>

#include "absl/strings/str_cat.h"
#include "server/store/claim_store.h"

namespace claimwatch {

inline absl::Time At(int minute) {
  return absl::FromUnixSeconds(1'641'546'000) + absl::Minutes(minute);
}

// A claim of article `sequence` in `figure`, "over <count>".
inline KnownClaim MakeClaim(int sequence, int index, StoryId story, FigureId figure, int count) {
  KnownClaim known;
  known.id = MakeClaimId(Sequence{sequence}, index);
  known.story = story;
  known.figure = figure;
  known.article_id = absl::StrCat("a", sequence);
  known.source = "wire.example";
  known.measure = "killed";
  known.quote_text = absl::StrCat("over ", count);
  known.sentence_text = absl::StrCat("Over ", count, " people were killed.");
  known.origin = 0x9abcdef0u + static_cast<std::uint32_t>(sequence);
  known.publish_time = At(sequence);
  Claim& claim = known.claim;
  claim.field = Field::kBody;
  claim.quote = {4, 9};
  claim.sentence = {0, 40};
  claim.quantity = {Decimal(count), Decimal::Of(count + 1, 2), Bound::kMoreThan, true,
                    UnitId::kNone};
  claim.unit = "people";
  claim.measure = MeasureId{1};
  claim.subject = {"people in the town", {14, 6}};
  claim.counted = "person";
  claim.population = "people";
  claim.per = "day";
  claim.scope = Scope::kPart;
  claim.status = Status::kProjected;
  claim.attribution = {"the ministry", {21, 12}};
  claim.place = {"Lima", {30, 4}};
  claim.time.phrase.text = "since Monday";
  claim.time.phrase.span = {35, 5};
  claim.time.begin = At(-600);
  claim.time.end = At(-60);
  claim.time.as_of = At(-30);
  return known;
}

inline Alert MakeAlert(AlertId id, StoryId story, FigureId figure, const KnownClaim& current,
                       const KnownClaim& previous) {
  Alert alert;
  alert.id = id;
  alert.kind = AlertKind::kRaised;
  alert.severity = Severity::kHigh;
  alert.story = story;
  alert.figure = figure;
  alert.measure = "killed";
  alert.current = current;
  alert.previous = {previous};
  alert.current_origins = 3;
  alert.previous_origins = 2;
  alert.current_sources = 7;
  alert.superseded_by = AlertId{55};
  alert.summary = "Death toll raised";
  alert.reason = "a later figure of the same question";
  alert.create_time = At(100);
  alert.update_time = At(101);
  return alert;
}

// Version 1 of article "a<sequence>" in `story`, with two claims of figures `figure` and the next.
inline ArticleRecord MakeArticle(int sequence, StoryId story, FigureId figure) {
  ArticleRecord record;
  record.sequence = Sequence{sequence};
  record.article.id = absl::StrCat("a", sequence);
  record.article.source = "wire.example";
  record.article.title = "Toll rises";
  record.article.body = "Over 12 people were killed, the ministry said in Lima on Monday.";
  record.article.language = "en";
  record.article.url = "https://wire.example/1";
  record.article.story_hint = "quake";
  record.article.publish_time = At(sequence);
  record.content_hash = absl::StrCat("hash-of-", 10'000'000 + sequence);
  record.sequenced = At(sequence) + absl::Seconds(5);
  record.story = story;
  record.features = std::string("features\0with a zero", 20);
  const auto next = FigureId{static_cast<std::int64_t>(figure) + 1};
  record.claims = {MakeClaim(sequence, 0, story, figure, 10 + sequence),
                   MakeClaim(sequence, 1, story, next, 500 + sequence)};
  return record;
}

inline Figure MakeFigure(FigureId id, FigureId whole = FigureId::kNone) {
  Figure figure;
  figure.id = id;
  figure.key = {"killed",     "people", "person",  "people",           "lima",
                "2022-01-07", "day",    "serious", Status::kProjected, Scope::kPart};
  figure.whole = whole;
  return figure;
}

inline StoryRecord MakeStory(StoryId id, int last_article, int articles) {
  return {id,           "Toll rises",          At(1), At(last_article), articles,
          2 * articles, Sequence{last_article}};
}

// The first commit of a history: article 1 begins story 1 with figures 1 and 2 (a part of 1).
inline Batch FirstBatch() {
  Batch batch;
  batch.articles = {MakeArticle(1, StoryId{1}, FigureId{1})};
  batch.stories = {MakeStory(StoryId{1}, 1, 1)};
  batch.figures = {MakeFigure(FigureId{1}), MakeFigure(FigureId{2}, FigureId{1})};
  batch.figure_stories = {{FigureId{1}, StoryId{1}}, {FigureId{2}, StoryId{1}}};
  batch.ids = {FigureId{2}, AlertId{0}, 0};
  return batch;
}

// The second: article 2 goes on in story 1 and opens alert 1; article 3 begins story 2.
inline Batch SecondBatch() {
  Batch batch;
  batch.articles = {MakeArticle(2, StoryId{1}, FigureId{1}),
                    MakeArticle(3, StoryId{2}, FigureId{3})};
  batch.articles[0].alerts = {AlertId{1}};
  batch.articles[1].language_read = false;
  batch.articles[1].article.publish_time = absl::InfinitePast();
  for (KnownClaim& claim : batch.articles[1].claims) {
    claim.publish_time = batch.articles[1].sequenced;  // Where none was stated.
  }
  batch.stories = {MakeStory(StoryId{1}, 2, 2), MakeStory(StoryId{2}, 3, 1)};
  batch.figures = {MakeFigure(FigureId{3}), MakeFigure(FigureId{4})};
  batch.figure_stories = {{FigureId{3}, StoryId{2}}, {FigureId{4}, StoryId{2}}};
  const KnownClaim& fresh = batch.articles[0].claims[0];
  const KnownClaim known = MakeClaim(1, 0, StoryId{1}, FigureId{1}, 11);
  batch.events = {
      {1, AlertChange::kOpened, MakeAlert(AlertId{1}, StoryId{1}, FigureId{1}, fresh, known)}};
  batch.ids = {FigureId{4}, AlertId{1}, 1};
  return batch;
}

}  // namespace claimwatch
