// Queries: each one read transaction on a reader's connection.
#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/hash.h"
#include "server/store/codec.h"
#include "server/store/replay.h"
#include "server/store/sqlite_reader.h"
#include "server/store/sqlite_store.h"

namespace claimwatch {
namespace {

constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();
constexpr int kClaimsPerSequence = 512;  // ids.h: a claim's id holds its article's sequence.

template <typename Id>
std::int64_t ToInteger(Id id) {
  return static_cast<std::int64_t>(id);
}

constexpr char kArticleBySequence[] =
    "SELECT sequence, article_id, content_hash, story, version, state, language_read, sequenced,"
    " placement, content FROM article WHERE sequence = ?1";
constexpr char kArticlesAfter[] =
    "SELECT sequence, article_id, content_hash, story, version, state, language_read, sequenced,"
    " placement, content FROM article WHERE sequence > ?1 ORDER BY sequence";
constexpr char kArticlesOfStory[] =
    "SELECT a.sequence, article_id, content_hash, a.story, version, state, language_read,"
    " sequenced, placement, content FROM story_article s JOIN article a USING (sequence)"
    " WHERE s.story = ?1 ORDER BY s.sequence";

// The row of one of the three statements above, without what other tables hold.
absl::StatusOr<ArticleRecord> ToArticle(const Statement& row, bool texts) {
  ArticleRecord record;
  record.sequence = Sequence{row.Integer(0)};
  record.article.id = std::string(row.Bytes(1));
  record.content_hash = std::string(row.Bytes(2));
  record.story = StoryId{row.Integer(3)};
  record.version = static_cast<int>(row.Integer(4));
  record.state = static_cast<ArticleState>(row.Integer(5));
  record.language_read = row.Integer(6) != 0;
  record.sequenced = absl::FromUnixMicros(row.Integer(7));
  absl::Status status = DecodeArticle(row.Bytes(9), texts, record);
  if (status.ok()) status = DecodePlacement(row.Bytes(8), record);
  if (!status.ok()) {
    return absl::Status(status.code(), absl::StrCat("article ", row.Integer(0), ": ",
                                                    std::string(status.message())));
  }
  return record;
}

// Reader here is any class with Use(sql), so that these stay free of SqliteStore's privates.
template <typename Reader>
absl::Status MarkWithdrawn(Reader& reader, ArticleRecord& record) {
  absl::StatusOr<Statement*> row =
      reader.Use("SELECT claim FROM withdrawn WHERE claim BETWEEN ?1 AND ?2");
  if (!row.ok()) return row.status();
  const std::int64_t first = ToInteger(MakeClaimId(record.sequence, 0));
  (*row)->Bind(1, first).Bind(2, first + kClaimsPerSequence - 1);
  absl::StatusOr<bool> found = (*row)->Step();
  for (; found.ok() && *found; found = (*row)->Step()) {
    const auto index = static_cast<std::size_t>((*row)->Integer(0) - first);
    if (index < record.claims.size()) record.claims[index].withdrawn = true;
  }
  return found.status();
}

// The same for all articles of a story, ascending, in one go.
template <typename Reader>
absl::Status MarkWithdrawnIn(Reader& reader, StoryId story, std::vector<ArticleRecord>& articles) {
  absl::StatusOr<Statement*> row = reader.Use(
      "SELECT w.claim FROM story_article s CROSS JOIN withdrawn w"
      " ON w.claim BETWEEN s.sequence * 512 AND s.sequence * 512 + 511"
      " WHERE s.story = ?1 ORDER BY s.sequence");
  if (!row.ok()) return row.status();
  (*row)->Bind(1, ToInteger(story));
  auto article = articles.begin();
  absl::StatusOr<bool> found = (*row)->Step();
  for (; found.ok() && *found; found = (*row)->Step()) {
    const auto claim = ClaimId{(*row)->Integer(0)};
    while (article != articles.end() && article->sequence < ArticleOf(claim)) ++article;
    if (article == articles.end()) break;
    const auto index = static_cast<std::size_t>(IndexOf(claim));
    if (index < article->claims.size()) article->claims[index].withdrawn = true;
  }
  return found.status();
}

template <typename Reader>
absl::Status FillFeatures(Reader& reader, ArticleRecord& record) {
  absl::StatusOr<Statement*> row = reader.Use("SELECT features FROM link WHERE sequence = ?1");
  if (!row.ok()) return row.status();
  (*row)->Bind(1, ToInteger(record.sequence));
  const absl::StatusOr<bool> found = (*row)->Step();
  if (found.ok() && *found) record.features = std::string((*row)->Bytes(0));
  return found.status();
}

// Sequences of the versions of an article_id, ascending. Hashes may meet, ids do not.
template <typename Reader>
absl::StatusOr<std::vector<ArticleVersion>> VersionsOf(Reader& reader, std::string_view id) {
  absl::StatusOr<Statement*> row = reader.Use(
      "SELECT a.sequence, content_hash, story, version, state, claims, article_id"
      " FROM article_key k JOIN article a USING (sequence) WHERE k.hash = ?1 ORDER BY k.sequence");
  if (!row.ok()) return row.status();
  (*row)->Bind(1, ToInteger(Fnv64(id)));
  std::vector<ArticleVersion> versions;
  absl::StatusOr<bool> found = (*row)->Step();
  for (; found.ok() && *found; found = (*row)->Step()) {
    const Statement& at = **row;
    if (at.Bytes(6) != id) continue;
    versions.push_back({Sequence{at.Integer(0)}, std::string(at.Bytes(1)), StoryId{at.Integer(2)},
                        static_cast<int>(at.Integer(3)), static_cast<ArticleState>(at.Integer(4)),
                        at.Integer(5)});
  }
  if (!found.ok()) return found.status();
  return versions;
}

template <typename Reader>
absl::StatusOr<std::vector<std::vector<ArticleVersion>>> VersionsOfEach(
    Reader& reader, const std::vector<std::string_view>& article_ids) {
  std::vector<std::vector<ArticleVersion>> found;
  found.reserve(article_ids.size());
  for (const std::string_view id : article_ids) {
    absl::StatusOr<std::vector<ArticleVersion>> versions = VersionsOf(reader, id);
    if (!versions.ok()) return versions.status();
    found.push_back(*std::move(versions));
  }
  return found;
}

// The row's article with what other tables hold of it.
template <typename Reader>
absl::StatusOr<ArticleRecord> WholeArticle(Reader& reader, const Statement& row, bool texts) {
  absl::StatusOr<ArticleRecord> record = ToArticle(row, texts);
  if (!record.ok()) return record;
  absl::Status status = MarkWithdrawn(reader, *record);
  if (status.ok()) status = FillFeatures(reader, *record);
  if (!status.ok()) return status;
  return record;
}

template <typename Reader>
absl::StatusOr<ArticleRecord> OneArticle(Reader& reader, Sequence sequence) {
  absl::StatusOr<Statement*> row = reader.Use(kArticleBySequence);
  if (!row.ok()) return row.status();
  (*row)->Bind(1, ToInteger(sequence));
  const absl::StatusOr<bool> found = (*row)->Step();
  if (!found.ok()) return found.status();
  if (!*found) {
    return absl::NotFoundError(absl::StrCat("no article with sequence ", ToInteger(sequence)));
  }
  return WholeArticle(reader, **row, true);
}

template <typename Reader>
absl::StatusOr<std::vector<Figure>> FiguresOf(Reader& reader, StoryId story) {
  absl::StatusOr<Statement*> row = reader.Use(
      "SELECT f.first, record FROM story_figures s JOIN figures f USING (first)"
      " WHERE s.story = ?1 ORDER BY s.first");
  if (!row.ok()) return row.status();
  (*row)->Bind(1, ToInteger(story));
  std::vector<Figure> figures;
  absl::StatusOr<bool> found = (*row)->Step();
  for (; found.ok() && *found; found = (*row)->Step()) {
    absl::StatusOr<std::vector<Figure>> some =
        DecodeFigures(FigureId{(*row)->Integer(0)}, (*row)->Bytes(1));
    if (!some.ok()) return some.status();
    std::move(some->begin(), some->end(), std::back_inserter(figures));
  }
  if (!found.ok()) return found.status();
  return figures;
}

absl::StatusOr<StoryRecord> ToStory(const Statement& row) {
  StoryRecord story;
  story.id = StoryId{row.Integer(0)};
  story.last_article = Sequence{row.Integer(1)};
  absl::Status status = DecodeStory(row.Bytes(2), story);
  if (!status.ok()) return status;
  return story;
}

// Steps through a statement whose first column is an alert's record.
absl::StatusOr<std::vector<Alert>> CollectAlerts(Statement& row) {
  std::vector<Alert> alerts;
  absl::StatusOr<bool> found = row.Step();
  for (; found.ok() && *found; found = row.Step()) {
    absl::StatusOr<Alert> alert = DecodeAlert(row.Bytes(0));
    if (!alert.ok()) return alert.status();
    alerts.push_back(*std::move(alert));
  }
  if (!found.ok()) return found.status();
  return alerts;
}

}  // namespace

absl::StatusOr<StoreState> SqliteStore::ReadState() const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  absl::StatusOr<Statement*> row = reader->Use(
      "SELECT epoch, last_figure, last_alert, last_position, oldest_position, articles, claims,"
      " stories, alerts, (SELECT coalesce(max(sequence), 0) FROM article),"
      " (SELECT coalesce(max(id), 0) FROM story),"
      " (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size), commits"
      " FROM state");
  if (!row.ok()) return row.status();
  const absl::StatusOr<bool> found = (*row)->Step();
  if (!found.ok()) return found.status();
  if (!*found) return absl::DataLossError("store: its state is missing");
  const Statement& at = **row;
  StoreState state;
  state.epoch = std::string(at.Bytes(0));
  state.ids = {FigureId{at.Integer(1)}, AlertId{at.Integer(2)}, at.Integer(3)};
  state.oldest_position = at.Integer(4);
  state.articles = at.Integer(5);
  state.claims = at.Integer(6);
  state.stories = at.Integer(7);
  state.alerts = at.Integer(8);
  state.last_sequence = Sequence{at.Integer(9)};
  state.last_story = StoryId{at.Integer(10)};
  state.bytes = at.Integer(11);
  state.commits = at.Integer(12);
  return state;
}

absl::StatusOr<ArticleRecord> SqliteStore::FindArticle(std::string_view article_id) const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  const absl::StatusOr<std::vector<ArticleVersion>> versions = VersionsOf(*reader, article_id);
  if (!versions.ok()) return versions.status();
  if (versions->empty()) {
    return absl::NotFoundError(absl::StrCat("no article ", std::string(article_id)));
  }
  return OneArticle(*reader, versions->back().sequence);
}

absl::StatusOr<ArticleRecord> SqliteStore::ReadArticle(Sequence sequence) const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  return OneArticle(*reader, sequence);
}

absl::StatusOr<std::string> SqliteStore::ArticleIdOf(Sequence sequence) const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  absl::StatusOr<Statement*> row =
      reader->Use("SELECT article_id FROM article WHERE sequence = ?1");
  if (!row.ok()) return row.status();
  (*row)->Bind(1, ToInteger(sequence));
  const absl::StatusOr<bool> found = (*row)->Step();
  if (!found.ok()) return found.status();
  if (!*found) {
    return absl::NotFoundError(absl::StrCat("no article with sequence ", ToInteger(sequence)));
  }
  return std::string((*row)->Bytes(0));
}

absl::StatusOr<std::vector<std::vector<ArticleVersion>>> SqliteStore::FindVersions(
    const std::vector<std::string_view>& article_ids) const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  return VersionsOfEach(*reader, article_ids);
}

// A reader drops all its pages whenever something was committed; the writer knows its own.
absl::StatusOr<std::vector<std::vector<ArticleVersion>>> SqliteStore::FindVersionsToCommit(
    const std::vector<std::string_view>& article_ids) const {
  // What a commit that failed has left behind is not there.
  if (absl::Status status = RollBack(); !status.ok()) return status;
  return VersionsOfEach(*writer_, article_ids);
}

absl::Status SqliteStore::VisitArticles(Sequence after, bool texts,
                                        const std::function<void(ArticleRecord)>& visit) const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  absl::StatusOr<Statement*> row = reader->Use(kArticlesAfter);
  if (!row.ok()) return row.status();
  (*row)->Bind(1, ToInteger(after));
  absl::StatusOr<bool> found = (*row)->Step();
  for (; found.ok() && *found; found = (*row)->Step()) {
    absl::StatusOr<ArticleRecord> record = WholeArticle(*reader, **row, texts);
    if (!record.ok()) return record.status();
    visit(*std::move(record));
  }
  return found.status();
}

absl::Status SqliteStore::VisitLinks(Sequence after,
                                     const std::function<void(const ArticleLink&)>& visit) const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  absl::StatusOr<Statement*> row = reader->Use(
      "SELECT sequence, story, language_read, features FROM link WHERE sequence > ?1"
      " ORDER BY sequence");
  if (!row.ok()) return row.status();
  (*row)->Bind(1, ToInteger(after));
  absl::StatusOr<bool> found = (*row)->Step();
  for (; found.ok() && *found; found = (*row)->Step()) {
    const Statement& at = **row;
    visit({Sequence{at.Integer(0)}, StoryId{at.Integer(1)}, at.Integer(2) != 0, at.Bytes(3)});
  }
  return found.status();
}

absl::StatusOr<std::vector<Sequence>> SqliteStore::StoryArticles(StoryId story, Sequence after,
                                                                 int limit) const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  absl::StatusOr<Statement*> row = reader->Use(
      "SELECT sequence FROM story_article WHERE story = ?1 AND sequence > ?2 ORDER BY sequence"
      " LIMIT ?3");
  if (!row.ok()) return row.status();
  (*row)->Bind(1, ToInteger(story)).Bind(2, ToInteger(after)).Bind(3, std::max(limit, 0));
  std::vector<Sequence> sequences;
  absl::StatusOr<bool> found = (*row)->Step();
  for (; found.ok() && *found; found = (*row)->Step()) {
    sequences.push_back(Sequence{(*row)->Integer(0)});
  }
  if (!found.ok()) return found.status();
  return sequences;
}

absl::StatusOr<StoryLedger> SqliteStore::ReadLedger(StoryId story) const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  absl::StatusOr<Statement*> row = reader->Use(kArticlesOfStory);
  if (!row.ok()) return row.status();
  (*row)->Bind(1, ToInteger(story));
  std::vector<ArticleRecord> articles;
  absl::StatusOr<bool> found = (*row)->Step();
  for (; found.ok() && *found; found = (*row)->Step()) {
    absl::StatusOr<ArticleRecord> record = ToArticle(**row, false);
    if (!record.ok()) return record.status();
    articles.push_back(*std::move(record));
  }
  if (!found.ok()) return found.status();
  if (articles.empty()) return absl::NotFoundError("no story " + ToString(story));
  if (absl::Status marked = MarkWithdrawnIn(*reader, story, articles); !marked.ok()) return marked;

  absl::StatusOr<std::vector<Figure>> figures = FiguresOf(*reader, story);
  if (!figures.ok()) return figures.status();
  // "+" keeps SQLite from walking through all open alerts for the sake of their order.
  absl::StatusOr<Statement*> open =
      reader->Use("SELECT record FROM alert WHERE story = ?1 AND +state = ?2 ORDER BY id");
  if (!open.ok()) return open.status();
  (*open)->Bind(1, ToInteger(story)).Bind(2, ToInteger(AlertState::kOpen));
  absl::StatusOr<std::vector<Alert>> alerts = CollectAlerts(**open);
  if (!alerts.ok()) return alerts.status();
  return ReplayLedger(story, *std::move(figures), std::move(articles), *std::move(alerts));
}

absl::StatusOr<StoryRecord> SqliteStore::ReadStory(StoryId story) const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  absl::StatusOr<Statement*> row =
      reader->Use("SELECT id, last_article, record FROM story WHERE id = ?1");
  if (!row.ok()) return row.status();
  (*row)->Bind(1, ToInteger(story));
  const absl::StatusOr<bool> found = (*row)->Step();
  if (!found.ok()) return found.status();
  if (!*found) return absl::NotFoundError("no story " + ToString(story));
  return ToStory(**row);
}

absl::StatusOr<std::vector<StoryRecord>> SqliteStore::ListStories(Sequence before_article,
                                                                  int limit) const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  absl::StatusOr<Statement*> row = reader->Use(
      "SELECT id, last_article, record FROM story WHERE last_article < ?1"
      " ORDER BY last_article DESC LIMIT ?2");
  if (!row.ok()) return row.status();
  (*row)->Bind(1, before_article == Sequence::kNone ? kNoLimit : ToInteger(before_article));
  (*row)->Bind(2, std::max(limit, 0));
  std::vector<StoryRecord> stories;
  absl::StatusOr<bool> found = (*row)->Step();
  for (; found.ok() && *found; found = (*row)->Step()) {
    absl::StatusOr<StoryRecord> story = ToStory(**row);
    if (!story.ok()) return story.status();
    stories.push_back(*std::move(story));
  }
  if (!found.ok()) return found.status();
  return stories;
}

absl::StatusOr<StoryId> SqliteStore::StoryOfFigure(FigureId figure) const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  absl::StatusOr<Statement*> row =
      reader->Use("SELECT story, last FROM figures WHERE first <= ?1 ORDER BY first DESC LIMIT 1");
  if (!row.ok()) return row.status();
  (*row)->Bind(1, ToInteger(figure));
  const absl::StatusOr<bool> found = (*row)->Step();
  if (!found.ok()) return found.status();
  if (!*found || (*row)->Integer(1) < ToInteger(figure)) {
    return absl::NotFoundError("no figure " + ToString(figure));
  }
  return StoryId{(*row)->Integer(0)};
}

absl::StatusOr<Alert> SqliteStore::ReadAlert(AlertId alert) const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  absl::StatusOr<Statement*> row = reader->Use("SELECT record FROM alert WHERE id = ?1");
  if (!row.ok()) return row.status();
  (*row)->Bind(1, ToInteger(alert));
  const absl::StatusOr<bool> found = (*row)->Step();
  if (!found.ok()) return found.status();
  if (!*found) return absl::NotFoundError("no alert " + ToString(alert));
  return DecodeAlert((*row)->Bytes(0));
}

absl::StatusOr<std::vector<Alert>> SqliteStore::ListAlerts(const AlertQuery& query) const {
  // "+" keeps a column out of the choice of index: by story, else by state, else from the newest.
  constexpr char kOfStory[] =
      "SELECT record FROM alert WHERE id < ?1 AND (?2 < 0 OR kind = ?2)"
      " AND (?3 < 0 OR +state = ?3) AND severity >= ?4 AND (?5 = '' OR measure = ?5)"
      " AND story = ?6 ORDER BY id DESC LIMIT ?7";
  constexpr char kOfState[] =
      "SELECT record FROM alert WHERE id < ?1 AND (?2 < 0 OR kind = ?2) AND state = ?3"
      " AND severity >= ?4 AND (?5 = '' OR measure = ?5) AND ?6 = 0 ORDER BY id DESC LIMIT ?7";
  constexpr char kAny[] =
      "SELECT record FROM alert WHERE id < ?1 AND (?2 < 0 OR kind = ?2) AND ?3 < 0"
      " AND severity >= ?4 AND (?5 = '' OR measure = ?5) AND ?6 = 0 ORDER BY id DESC LIMIT ?7";
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  absl::StatusOr<Statement*> row = reader->Use(query.story != StoryId::kNone ? kOfStory
                                               : query.state                 ? kOfState
                                                                             : kAny);
  if (!row.ok()) return row.status();
  (*row)
      ->Bind(1, query.before == AlertId::kNone ? kNoLimit : ToInteger(query.before))
      .Bind(2, query.kind ? ToInteger(*query.kind) : -1)
      .Bind(3, query.state ? ToInteger(*query.state) : -1)
      .Bind(4, query.min_severity ? ToInteger(*query.min_severity) : 0)
      .BindText(5, query.measure)
      .Bind(6, ToInteger(query.story))
      .Bind(7, std::max(query.limit, 0));
  return CollectAlerts(**row);
}

absl::StatusOr<std::vector<AlertEvent>> SqliteStore::ReadEvents(std::int64_t after,
                                                                int limit) const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  absl::StatusOr<std::int64_t> oldest = (*reader)->AskInteger("SELECT oldest_position FROM state");
  if (!oldest.ok()) return oldest.status();
  if (after + 1 < *oldest) {
    return absl::OutOfRangeError(absl::StrCat(
        "events up to ", *oldest - 1, " are no longer kept; asked for those after ", after));
  }
  absl::StatusOr<Statement*> row = reader->Use(
      "SELECT position, change, record, sequence FROM event WHERE position > ?1"
      " ORDER BY position LIMIT ?2");
  if (!row.ok()) return row.status();
  (*row)->Bind(1, after).Bind(2, std::max(limit, 0));
  std::vector<AlertEvent> events;
  absl::StatusOr<bool> found = (*row)->Step();
  for (; found.ok() && *found; found = (*row)->Step()) {
    absl::StatusOr<Alert> alert = DecodeAlert((*row)->Bytes(2));
    if (!alert.ok()) return alert.status();
    events.push_back({(*row)->Integer(0), static_cast<AlertChange>((*row)->Integer(1)),
                      *std::move(alert), static_cast<Sequence>((*row)->Integer(3))});
  }
  if (!found.ok()) return found.status();
  return events;
}

}  // namespace claimwatch
