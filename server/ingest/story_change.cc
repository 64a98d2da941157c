#include "server/ingest/story_change.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "server/story/features.h"

namespace claimwatch {
namespace {

// Numbers that cannot be taken yet, for what is judged anew.
constexpr std::int64_t kScratch = std::int64_t{1} << 60;

struct Rejudged {
  StoryLedger ledger;
  std::vector<ArticleRecord> articles;
};

void ResolveMeasure(const Catalogue& catalogue, KnownClaim& known) {
  const Measure* measure = catalogue.Find(known.measure);
  known.claim.measure = measure == nullptr ? MeasureId::kNone : measure->id;
}

void MarkWithdrawn(const StoryLedger& ledger, std::vector<ArticleRecord>& articles) {
  std::set<ClaimId> withdrawn;
  for (const Figure& figure : ledger.figures) {
    for (const KnownClaim& claim : figure.claims) {
      if (claim.withdrawn) withdrawn.insert(claim.id);
    }
  }
  for (ArticleRecord& article : articles) {
    for (KnownClaim& claim : article.claims) claim.withdrawn = withdrawn.count(claim.id) != 0;
  }
}

// Everything that the story's articles say, in the order in which they came.
Rejudged JudgeAnew(WholeStory story, absl::Time now, const Catalogue& catalogue,
                   IdSource& scratch) {
  Rejudged made;
  made.ledger.story = story.record.id;
  std::set<std::string> seen;
  for (ArticleRecord& article : story.articles) {
    FreshArticle fresh;
    fresh.story = story.record.id;
    fresh.article_id = article.article.id;
    fresh.sequence = article.sequence;
    fresh.sequenced = now;
    fresh.revision = !seen.insert(article.article.id).second;
    fresh.claims = article.claims;
    for (KnownClaim& claim : fresh.claims) {
      claim.story = story.record.id;
      claim.withdrawn = false;
      ResolveMeasure(catalogue, claim);
    }
    Judgement judgement = Judge(made.ledger, fresh, catalogue, scratch);
    Apply(judgement, made.ledger);
    article.story = story.record.id;
    article.claims = std::move(judgement.claims);
  }
  for (const ArticleRecord& article : story.articles) {
    if (article.state != ArticleState::kRetracted) continue;
    Apply(Retract(made.ledger, article.article.id, "", now, catalogue, scratch), made.ledger);
  }
  MarkWithdrawn(made.ledger, story.articles);
  made.articles = std::move(story.articles);
  return made;
}

using FigureIds = absl::flat_hash_map<FigureId, FigureId>;

// Figures keep the id that their first claim knew, if no other has it by then.
class FigureNames {
 public:
  explicit FigureNames(const std::vector<WholeStory>& before) {
    for (const WholeStory& story : before) {
      for (const ArticleRecord& article : story.articles) {
        for (const KnownClaim& claim : article.claims) was_[claim.id] = claim.figure;
      }
    }
  }

  void Name(const std::vector<Rejudged>& stories, IdSource& ids) {
    for (const Rejudged& story : stories) {
      for (const Figure& figure : story.ledger.figures) names_[figure.id] = Pick(figure, ids);
    }
  }

  FigureId operator()(FigureId scratch) const {
    const auto name = names_.find(scratch);
    return name == names_.end() ? FigureId::kNone : name->second;
  }

 private:
  FigureId Pick(const Figure& figure, IdSource& ids) {
    std::vector<ClaimId> claims;
    for (const KnownClaim& claim : figure.claims) claims.push_back(claim.id);
    std::sort(claims.begin(), claims.end());
    for (const ClaimId claim : claims) {
      const auto was = was_.find(claim);
      if (was != was_.end() && was->second != FigureId::kNone &&
          taken_.insert(was->second).second) {
        return was->second;
      }
    }
    ids.last_figure = FigureId{static_cast<std::int64_t>(ids.last_figure) + 1};
    return ids.last_figure;
  }

  absl::flat_hash_map<ClaimId, FigureId> was_;
  FigureIds names_;
  std::set<FigureId> taken_;
};

void Rename(const FigureNames& names, Rejudged& story) {
  for (Figure& figure : story.ledger.figures) {
    figure.id = names(figure.id);
    figure.whole = names(figure.whole);
    figure.claims.clear();
  }
  std::sort(story.ledger.figures.begin(), story.ledger.figures.end(),
            [](const Figure& a, const Figure& b) { return a.id < b.id; });
  for (ArticleRecord& article : story.articles) {
    for (KnownClaim& claim : article.claims) claim.figure = names(claim.figure);
  }
  for (Alert& alert : story.ledger.alerts) {
    alert.figure = names(alert.figure);
    alert.current.figure = names(alert.current.figure);
    for (KnownClaim& claim : alert.previous) claim.figure = names(claim.figure);
  }
}

// The same change told: of one claim, in one measure.
bool IsSame(const Alert& a, const Alert& b) {
  return a.current.id == b.current.id && a.kind == b.kind && a.measure == b.measure;
}

class Events {
 public:
  Events(const StoryChange& change, IdSource& ids, Batch& batch)
      : now_(change.sequenced), why_(change.why), ids_(ids), batch_(batch) {}

  // `was`: an alert that says the same; null: there is none.
  void Keep(Alert alert, const Alert* was) {
    if (was == nullptr) {
      ids_.last_alert = AlertId{static_cast<std::int64_t>(ids_.last_alert) + 1};
      alert.id = ids_.last_alert;
      alert.create_time = alert.update_time = now_;
      Tell(AlertChange::kOpened, std::move(alert));
      return;
    }
    alert.id = was->id;
    alert.create_time = was->create_time;
    alert.acknowledgement = was->acknowledgement;
    alert.update_time = was->update_time;
    if (alert == *was) return;
    alert.update_time = now_;
    Tell(AlertChange::kUpdated, std::move(alert));
  }

  void Withdraw(Alert alert) {
    alert.state = AlertState::kWithdrawn;
    alert.update_time = now_;
    alert.reason = why_;
    Tell(AlertChange::kWithdrawn, std::move(alert));
  }

 private:
  void Tell(AlertChange change, Alert alert) {
    batch_.events.push_back({++ids_.last_position, change, std::move(alert)});
  }

  const absl::Time now_;
  const std::string& why_;
  IdSource& ids_;
  Batch& batch_;
};

void TellAlerts(const StoryChange& change, std::vector<Rejudged>& stories, IdSource& ids,
                Batch& batch) {
  Events events(change, ids, batch);
  std::vector<Alert*> fresh;
  for (Rejudged& story : stories) {
    for (Alert& alert : story.ledger.alerts) fresh.push_back(&alert);
  }
  std::set<const Alert*> kept;
  std::vector<std::pair<Alert*, const Alert*>> pairs;
  for (Alert* alert : fresh) {
    const auto was = std::find_if(
        change.open_alerts.begin(), change.open_alerts.end(),
        [&](const Alert& old) { return kept.count(&old) == 0 && IsSame(old, *alert); });
    const Alert* known = was == change.open_alerts.end() ? nullptr : &*was;
    if (known != nullptr) kept.insert(known);
    pairs.emplace_back(alert, known);
  }
  // What no longer holds goes first: a figure has one open alert at a time.
  for (const Alert& old : change.open_alerts) {
    if (kept.count(&old) == 0) events.Withdraw(old);
  }
  for (const auto& [alert, known] : pairs) events.Keep(std::move(*alert), known);
}

StoryRecord RecordOf(const StoryRecord& before, const std::vector<ArticleRecord>& articles) {
  StoryRecord record;
  record.id = before.id;
  record.title = before.title;
  for (const ArticleRecord& article : articles) {
    const absl::StatusOr<Features> features = DecodeFeatures(article.features);
    const absl::Time time = features.ok() ? features->time : article.sequenced;
    const bool first = record.last_article == Sequence::kNone;
    record.first_time = first ? time : std::min(record.first_time, time);
    record.last_time = first ? time : std::max(record.last_time, time);
    record.last_article = article.sequence;
    if (article.state != ArticleState::kCurrent) continue;
    record.articles += 1;
    record.claims += static_cast<std::int64_t>(article.claims.size());
  }
  return record;
}

}  // namespace

void ApplyChange(StoryChange change, const Catalogue& catalogue, IdSource& ids, Batch& batch) {
  FigureNames names(change.stories);
  std::vector<StoryRecord> records;
  std::vector<Rejudged> stories;
  IdSource scratch;
  scratch.last_figure = FigureId{kScratch};
  scratch.last_alert = AlertId{kScratch};
  for (WholeStory& story : change.stories) {
    records.push_back(story.record);
    stories.push_back(JudgeAnew(std::move(story), change.sequenced, catalogue, scratch));
  }
  names.Name(stories, ids);
  for (Rejudged& story : stories) Rename(names, story);
  TellAlerts(change, stories, ids, batch);
  for (std::size_t i = 0; i < stories.size(); ++i) {
    batch.stories.push_back(RecordOf(records[i], stories[i].articles));
    batch.rewrites.push_back(
        {records[i].id, std::move(stories[i].articles), std::move(stories[i].ledger.figures)});
  }
  batch.ids = ids;
}

}  // namespace claimwatch
