#include "server/store/store_check.h"

#include <filesystem>
#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/hash.h"
#include "server/store/codec.h"
#include "server/store/high_water.h"
#include "server/store/sqlite_open.h"
#include "server/store/sqlite_store.h"

namespace claimwatch {
namespace {

constexpr int kClaimsPerSequence = 512;  // ids.h: a claim's id holds its article's sequence.

class StoreChecker {
 public:
  StoreChecker(SqliteConnection& connection, StoreReport& report)
      : connection_(connection), report_(report) {}

  void CheckAll() {
    CheckPages();
    ReadState();
    CheckArticles();
    CheckStories();
    CheckFigures();
    CheckAlerts();
    CheckEvents();
    CheckCounts();
  }

  template <typename... Parts>
  void Tell(const Parts&... parts) {
    ++report_.problem_count;
    if (report_.problems.size() < kProblemsToldMax)
      report_.problems.push_back(absl::StrCat(parts...));
  }

 private:
  using Visit = std::function<void(const Statement& row)>;

  void ForEach(const char* sql, const Visit& visit) {
    absl::StatusOr<Statement*> row = connection_.Use(sql);
    if (!row.ok()) return Tell(std::string(row.status().message()));
    absl::StatusOr<bool> found = (*row)->Step();
    for (; found.ok() && *found; found = (*row)->Step()) visit(**row);
    if (!found.ok()) Tell(std::string(found.status().message()));
    (*row)->Reset();
  }
  // The one number that `sql` asks for; -1 when it cannot be had, which is told.
  std::int64_t Number(const char* sql) {
    std::int64_t number = -1;
    ForEach(sql, [&](const Statement& row) { number = row.Integer(0); });
    return number;
  }
  void Expect(std::int64_t have, std::int64_t want, const char* what) {
    if (have != want) Tell(what, ": ", have, " where ", want, " are due");
  }
  void ExpectNone(const char* sql, const char* what) {
    const std::int64_t count = Number(sql);
    if (count > 0) Tell(count, " ", what);
  }

  void CheckPages() {
    ForEach("PRAGMA integrity_check(20)", [&](const Statement& row) {
      if (row.Bytes(0) != "ok") Tell("SQLite: ", std::string(row.Bytes(0)));
    });
  }

  void ReadState() {
    bool there = false;
    ForEach(
        "SELECT epoch, last_figure, last_alert, last_position, oldest_position, articles, claims,"
        " stories, alerts, commits FROM state",
        [&](const Statement& row) {
          StoreState& state = report_.state;
          state.epoch = std::string(row.Bytes(0));
          state.ids = {FigureId{row.Integer(1)}, AlertId{row.Integer(2)}, row.Integer(3)};
          state.oldest_position = row.Integer(4);
          state.articles = row.Integer(5);
          state.claims = row.Integer(6);
          state.stories = row.Integer(7);
          state.alerts = row.Integer(8);
          state.commits = row.Integer(9);
          there = true;
        });
    if (!there) Tell("the state of the store is missing");
  }

  void CheckArticles() {
    std::int64_t due = 1;
    ForEach(
        "SELECT sequence, article_id, content_hash, story, version, state, language_read,"
        " sequenced, placement, content, claims FROM article ORDER BY sequence",
        [&](const Statement& row) {
          const std::int64_t sequence = row.Integer(0);
          for (; due < sequence; ++due) Tell("article ", due, " is missing");
          due = sequence + 1;
          CheckArticle(row);
        });
    report_.state.last_sequence = Sequence{due - 1};
    ExpectNone(
        "SELECT count(*) FROM article a LEFT JOIN link l USING (sequence) WHERE l.sequence IS NULL"
        " OR l.story <> a.story",
        "articles without what linking needs of them");
    ExpectNone(
        "SELECT count(*) FROM article a LEFT JOIN story_article s ON s.story = a.story AND"
        " s.sequence = a.sequence WHERE s.sequence IS NULL",
        "articles that their stories do not list");
    ExpectNone("SELECT count(*) FROM article WHERE story NOT IN (SELECT id FROM story)",
               "articles of no story");
    ExpectNone(
        "SELECT count(*) FROM withdrawn WHERE claim / 512 NOT IN (SELECT sequence FROM article)",
        "withdrawn claims of no article");
  }

  void CheckArticle(const Statement& row) {
    const std::int64_t sequence = row.Integer(0);
    ArticleRecord record;
    record.sequence = Sequence{sequence};
    record.article.id = std::string(row.Bytes(1));
    record.story = StoryId{row.Integer(3)};
    record.sequenced = absl::FromUnixMicros(row.Integer(7));
    absl::Status status = DecodeArticle(row.Bytes(9), true, record);
    if (status.ok()) status = DecodePlacement(row.Bytes(8), record);
    if (!status.ok()) return Tell("article ", sequence, ": ", std::string(status.message()));
    if (static_cast<std::int64_t>(record.claims.size()) != row.Integer(10)) {
      Tell("article ", sequence, ": its count of claims is wrong");
    }
    if (row.Integer(5) < 0 || row.Integer(5) > static_cast<int>(ArticleState::kRetracted)) {
      Tell("article ", sequence, ": it is in no state that there is");
    }
    for (const KnownClaim& claim : record.claims) {
      if (claim.figure <= report_.state.ids.last_figure && claim.figure > FigureId::kNone) continue;
      Tell("article ", sequence, ": a claim of no figure");
    }
    absl::StatusOr<Statement*> key =
        connection_.Use("SELECT 1 FROM article_key WHERE hash = ?1 AND sequence = ?2");
    if (!key.ok()) return Tell(std::string(key.status().message()));
    (*key)->Bind(1, static_cast<std::int64_t>(Fnv64(record.article.id))).Bind(2, sequence);
    const absl::StatusOr<bool> found = (*key)->Step();
    if (!found.ok() || !*found) Tell("article ", sequence, ": it cannot be found by its id");
    (*key)->Reset();
  }

  void CheckStories() {
    std::int64_t due = 1;
    ForEach("SELECT id, last_article, record FROM story ORDER BY id", [&](const Statement& row) {
      for (; due < row.Integer(0); ++due) Tell("story ", due, " is missing");
      due = row.Integer(0) + 1;
      StoryRecord story;
      const absl::Status status = DecodeStory(row.Bytes(2), story);
      if (!status.ok()) Tell("story ", row.Integer(0), ": ", std::string(status.message()));
    });
    report_.state.last_story = StoryId{due - 1};
    ExpectNone(
        "SELECT count(*) FROM story WHERE last_article NOT IN (SELECT sequence FROM article)",
        "stories whose latest article is missing");
  }

  void CheckFigures() {
    std::int64_t due = 1;
    ForEach("SELECT first, last, story, record FROM figures ORDER BY first",
            [&](const Statement& row) {
              const std::int64_t first = row.Integer(0);
              if (first != due) Tell("figures ", due, " to ", first - 1, " are missing");
              due = row.Integer(1) + 1;
              const auto figures = DecodeFigures(FigureId{first}, row.Bytes(3));
              if (!figures.ok()) {
                Tell("figure ", first, ": ", std::string(figures.status().message()));
              } else if (static_cast<std::int64_t>(figures->size()) != due - first) {
                Tell("figure ", first, ": the count of its row is wrong");
              }
            });
    Expect(due - 1, static_cast<std::int64_t>(report_.state.ids.last_figure), "figures");
    ExpectNone(
        "SELECT count(*) FROM figures f LEFT JOIN story_figures s ON s.story = f.story AND"
        " s.first = f.first WHERE s.first IS NULL OR f.story NOT IN (SELECT id FROM story)",
        "figures that no story lists");
  }

  void CheckAlerts() {
    ForEach("SELECT id, story, state, record FROM alert ORDER BY id", [&](const Statement& row) {
      const absl::StatusOr<Alert> alert = DecodeAlert(row.Bytes(3));
      if (!alert.ok()) {
        Tell("alert ", row.Integer(0), ": ", std::string(alert.status().message()));
      } else if (static_cast<std::int64_t>(alert->id) != row.Integer(0) ||
                 static_cast<std::int64_t>(alert->story) != row.Integer(1) ||
                 static_cast<std::int64_t>(alert->state) != row.Integer(2)) {
        Tell("alert ", row.Integer(0), ": its record is of another one");
      }
    });
    ExpectNone("SELECT count(*) FROM alert WHERE story NOT IN (SELECT id FROM story)",
               "alerts of no story");
  }

  void CheckEvents() {
    std::int64_t due = report_.state.oldest_position;
    ForEach("SELECT position, record FROM event ORDER BY position", [&](const Statement& row) {
      if (row.Integer(0) != due) {
        Tell("alert events ", due, " to ", row.Integer(0) - 1, " are missing");
      }
      due = row.Integer(0) + 1;
      const absl::StatusOr<Alert> alert = DecodeAlert(row.Bytes(1));
      if (!alert.ok()) {
        Tell("alert event ", row.Integer(0), ": ", std::string(alert.status().message()));
      }
    });
    Expect(due - 1, report_.state.ids.last_position, "alert events");
  }

  void CheckCounts() {
    const StoreState& state = report_.state;
    Expect(Number("SELECT count(*) FROM article"), state.articles, "articles");
    Expect(Number("SELECT count(*) FROM article_key"), state.articles, "keys of articles");
    Expect(Number("SELECT count(*) FROM link"), state.articles, "links");
    Expect(Number("SELECT count(*) FROM story_article"), state.articles, "articles in stories");
    Expect(Number("SELECT coalesce(sum(claims), 0) FROM article"), state.claims, "claims");
    Expect(Number("SELECT count(*) FROM story"), state.stories, "stories");
    Expect(Number("SELECT count(*) FROM alert"), state.alerts, "alerts");
    Expect(Number("SELECT coalesce(max(id), 0) FROM alert"),
           static_cast<std::int64_t>(state.ids.last_alert), "last alert");
  }

  SqliteConnection& connection_;
  StoreReport& report_;
};

static_assert(kClaimsPerSequence == 512, "the SQL above says 512");

void CheckMark(const std::string& file, StoreChecker& checker, const StoreState& state) {
  const auto place = HighWater::Look(MarkOf(file));
  if (!place.ok()) return checker.Tell(std::string(place.status().message()));
  if (!place->has_value() || (*place)->epoch != state.epoch) return;  // A new epoch begins.
  if ((*place)->commits <= state.commits) return;
  checker.Tell((*place)->commits, " commits were acknowledged, ", state.commits, " are here");
}

// What reading has left beside a file that had no log.
void RemoveEmptyLog(const std::string& file, bool had_log) {
  std::error_code failed;
  if (had_log || std::filesystem::file_size(file + "-wal", failed) != 0 || failed) return;
  std::filesystem::remove(file + "-wal", failed);
  std::filesystem::remove(file + "-shm", failed);
}

absl::Status CheckIsOurs(const std::string& file, SqliteConnection& connection) {
  const auto application = connection.AskInteger("PRAGMA application_id");
  if (!application.ok()) return application.status();
  const auto version = connection.AskInteger("PRAGMA user_version");
  if (!version.ok()) return version.status();
  if (*application == kStoreApplicationId && *version == kStoreSchemaVersion) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(absl::StrCat(
      file, " is no Claimwatch store of this release: application_id ", *application,
      ", schema version ", *version, " (", kStoreSchemaVersion, " is this release's)"));
}

}  // namespace

absl::StatusOr<StoreReport> CheckStoreFile(const std::string& file) {
  if (!std::filesystem::is_regular_file(file)) {
    return absl::NotFoundError(absl::StrCat("there is no store ", file));
  }
  const bool had_log = std::filesystem::exists(file + "-wal");
  StoreReport report;
  absl::Status status;
  {
    absl::StatusOr<std::unique_ptr<SqliteConnection>> connection = OpenReader(file);
    if (!connection.ok()) return connection.status();
    status = CheckIsOurs(file, **connection);
    if (status.ok()) {
      StoreChecker checker(**connection, report);
      checker.CheckAll();
      CheckMark(file, checker, report.state);
    }
  }
  RemoveEmptyLog(file, had_log);
  if (!status.ok()) return status;
  return report;
}

std::string Verdict(const StoreReport& report) {
  const StoreState& state = report.state;
  if (report.problem_count == 0) {
    return absl::StrCat("whole: ", state.articles, " articles with ", state.claims, " claims, ",
                        state.stories, " stories, ", state.alerts, " alerts, events ",
                        state.oldest_position, " to ", state.ids.last_position, ", commit ",
                        state.commits, " of epoch ", state.epoch, "\n");
  }
  std::string text = absl::StrCat("DAMAGED: ", report.problem_count, " problems\n");
  for (const std::string& problem : report.problems) absl::StrAppend(&text, "  ", problem, "\n");
  return text;
}

}  // namespace claimwatch
