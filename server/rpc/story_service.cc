#include "server/rpc/story_service.h"

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/ledger/history.h"
#include "server/rpc/convert.h"
#include "server/rpc/figure_history.h"
#include "server/rpc/limits.h"
#include "server/rpc/page_token.h"
#include "server/rpc/unary.h"

namespace claimwatch {
namespace {

Outcome ReadStoryId(const std::string& text, StoryId& id) {
  id = ParseStoryId(text).value_or(StoryId::kNone);
  if (id != StoryId::kNone) return std::nullopt;
  return InvalidField("story_id", "is no story id such as \"s7\"", "MALFORMED");
}

absl::StatusOr<std::vector<Alert>> AlertsOf(const ClaimStore& store, StoryId story) {
  AlertQuery query;
  query.story = story;
  query.limit = kPageSizeMax;
  return store.ListAlerts(query);
}

// What the record of the story does not count.
Outcome AddCounts(const ClaimStore& store, StoryId id, v1::Story& out) {
  const absl::StatusOr<StoryLedger> ledger = store.ReadLedger(id);
  if (!ledger.ok()) return FromStatus(ledger.status());
  const absl::StatusOr<std::vector<Alert>> alerts = AlertsOf(store, id);
  if (!alerts.ok()) return FromStatus(alerts.status());
  std::set<std::string_view> sources;
  for (const Figure& figure : ledger->figures) {
    for (const KnownClaim& claim : figure.claims) sources.insert(claim.source);
  }
  int open = 0;
  for (const Alert& alert : *alerts) open += alert.state == AlertState::kOpen ? 1 : 0;
  out.set_source_count(static_cast<std::int32_t>(sources.size()));
  out.set_figure_count(static_cast<std::int32_t>(ledger->figures.size()));
  out.set_alert_count(static_cast<std::int32_t>(alerts->size()));
  out.set_open_alert_count(open);
  return std::nullopt;
}

// Stories are numbered as they begin: the latest begun has the greatest id.
Outcome List(Rooms& rooms, const v1::ListStoriesRequest& request,
             v1::ListStoriesResponse& response) {
  const ClaimStore& store = rooms.store;
  FilterPtr filter;
  Page page;
  if (Outcome bad = ReadFilter(request.filter(), "filter", rooms.filters.stories, filter)) {
    return bad;
  }
  if (Outcome bad = ReadPage(request, page)) return bad;
  const absl::StatusOr<StoreState> state = store.ReadState();
  if (!state.ok()) return FromStatus(state.status());
  std::int64_t id = static_cast<std::int64_t>(state->last_story);
  if (page.place != 0) id = page.place - 1;
  for (int looked = 0; id > 0; --id, ++looked) {
    if (response.stories_size() == page.size || looked == kPageScanMax) {
      response.set_next_page_token(page.TokenAt(id + 1));
      break;
    }
    const absl::StatusOr<StoryRecord> story = store.ReadStory(static_cast<StoryId>(id));
    if (absl::IsNotFound(story.status())) continue;
    if (!story.ok()) return FromStatus(story.status());
    if (story->merged_into != StoryId::kNone) continue;
    if (filter != nullptr && !filter->Matches(StoryFields(*story))) continue;
    v1::Story shown;
    ToProto(*story, shown);
    if (Outcome failed = AddCounts(store, story->id, shown)) return failed;
    if (request.open_alerts_only() && shown.open_alert_count() == 0) continue;
    *response.add_stories() = std::move(shown);
  }
  return std::nullopt;
}

Outcome Show(const ClaimStore& store, const std::string& text, v1::Story& out) {
  StoryId id;
  if (Outcome bad = ReadStoryId(text, id)) return bad;
  const absl::StatusOr<StoryRecord> story = store.ReadStory(id);
  if (!story.ok()) return FromStatus(story.status(), "Story", text);
  if (story->merged_into != StoryId::kNone) return NotFound("Story", text);
  ToProto(*story, out);
  return AddCounts(store, id, out);
}

Outcome ListOfStory(Rooms& rooms, const v1::ListFiguresRequest& request,
                    v1::ListFiguresResponse& response) {
  StoryId story;
  FilterPtr filter;
  Page page;
  if (Outcome bad = ReadFilter(request.filter(), "filter", rooms.filters.figures, filter)) {
    return bad;
  }
  if (Outcome bad = ReadStoryId(request.story_id(), story)) return bad;
  if (Outcome bad = ReadPage(request, page)) return bad;
  const absl::StatusOr<StoryRecord> record = rooms.store.ReadStory(story);
  if (record.ok() && record->merged_into != StoryId::kNone) {
    return NotFound("Story", request.story_id());
  }
  const absl::StatusOr<StoryLedger> ledger = rooms.store.ReadLedger(story);
  if (!ledger.ok()) return FromStatus(ledger.status(), "Story", request.story_id());
  for (const Figure& figure : ledger->figures) {
    if (static_cast<std::int64_t>(figure.id) <= page.place) continue;
    if (!request.measure().empty() && figure.key.measure != request.measure()) continue;
    if (filter != nullptr && !filter->Matches(FigureFields(figure))) continue;
    if (response.figures_size() == page.size) {
      const auto& last = response.figures(page.size - 1).figure_id();
      const FigureId next = ParseFigureId(last).value_or(FigureId::kNone);
      response.set_next_page_token(page.TokenAt(static_cast<std::int64_t>(next)));
      break;
    }
    v1::Figure& out = *response.add_figures();
    ToProto(figure, story, absl::InfiniteFuture(), out);
    for (const Alert& alert : ledger->alerts) {
      if (alert.figure == figure.id) out.set_open_alert_id(ToString(alert.id));
    }
  }
  return std::nullopt;
}

Outcome ShowHistory(const Rooms& rooms, const v1::GetFigureRequest& request,
                    v1::GetFigureResponse& response) {
  const std::optional<FigureId> id = ParseFigureId(request.figure_id());
  if (!id.has_value()) {
    return InvalidField("figure_id", "is no figure id such as \"f3\"", "MALFORMED");
  }
  const absl::StatusOr<StoryId> story = rooms.store.StoryOfFigure(*id);
  if (!story.ok()) return FromStatus(story.status(), "Figure", request.figure_id());
  const absl::StatusOr<StoryLedger> ledger = rooms.store.ReadLedger(*story);
  if (!ledger.ok()) return FromStatus(ledger.status(), "Figure", request.figure_id());
  const absl::StatusOr<std::vector<Alert>> alerts = AlertsOf(rooms.store, *story);
  if (!alerts.ok()) return FromStatus(alerts.status());
  for (const Figure& figure : ledger->figures) {
    if (figure.id != *id) continue;
    if (!request.has_as_known_at()) {
      ShowFigure(figure, *story, *alerts, rooms.catalogue, response);
      return std::nullopt;
    }
    const Figure known = AsKnownAt(
        figure, FromProto(request.as_known_at()),
        [&](const KnownClaim& claim) { return WithdrawalOf(claim, rooms.store, *alerts); });
    if (known.claims.empty()) break;
    ShowFigure(known, *story, *alerts, rooms.catalogue, response);
    return std::nullopt;
  }
  return NotFound("Figure", request.figure_id());
}

// A story that a call is to change.
Outcome ReadStanding(const ClaimStore& store, const std::string& text, const char* field,
                     StoryId& id) {
  id = ParseStoryId(text).value_or(StoryId::kNone);
  if (id == StoryId::kNone) {
    return InvalidField(field, "is no story id such as \"s7\"", "MALFORMED");
  }
  const absl::StatusOr<StoryRecord> story = store.ReadStory(id);
  if (!story.ok()) return FromStatus(story.status(), "Story", text);
  if (story->merged_into != StoryId::kNone) return NotFound("Story", text);
  return std::nullopt;
}

Outcome CheckArticles(const v1::SplitStoryRequest& request) {
  if (request.article_ids().empty()) return InvalidField("article_ids", "is empty", "REQUIRED");
  if (request.article_ids_size() <= kSplitArticlesMax) return std::nullopt;
  return InvalidField("article_ids", absl::StrCat("holds over ", kSplitArticlesMax, " ids"),
                      "TOO_LARGE");
}

Outcome NotChanged(const absl::Status& status, const char* field, const std::string& story) {
  if (absl::IsInvalidArgument(status)) {
    return InvalidField(field, std::string(status.message()), "OUT_OF_RANGE");
  }
  return FromStatus(status, "Story", story);
}

template <typename Response>
void FillAlerts(const std::vector<Alert>& alerts, Response& response) {
  for (const Alert& alert : alerts) ToProto(alert, *response.add_alerts());
}

using ChangedOr = absl::StatusOr<Sequencer::Changed>;

// `change` asks the sequencer, `fill` answers when it is done; both on the pool.
grpc::ServerUnaryReactor* Change(grpc::CallbackServerContext* context, Rooms& rooms,
                                 std::string_view method,
                                 const google::protobuf::MessageLite& request,
                                 std::function<Outcome(std::function<void(ChangedOr)>)> change,
                                 std::function<Outcome(const ChangedOr&)> fill) {
  const UnaryCall call(rooms.calls, rooms.metrics, method);
  if (!BeginUnary(call, rooms, *context, method, request)) return call.reactor();
  const auto told = [&rooms, call, fill = std::move(fill)](ChangedOr changed) {
    rooms.pool.Run(
        [call, fill, changed = std::move(changed)] { call.Finish(ToGrpc(fill(changed))); });
  };
  RunOnPool(call, rooms, [call, change = std::move(change), told] {
    if (Outcome bad = change(told)) call.Finish(ToGrpc(bad));
  });
  return call.reactor();
}

}  // namespace

grpc::ServerUnaryReactor* StoryService::MergeStories(grpc::CallbackServerContext* context,
                                                     const v1::MergeStoriesRequest* request,
                                                     v1::MergeStoriesResponse* response) {
  const auto change = [this, request](const std::function<void(ChangedOr)>& told) -> Outcome {
    StoryId story;
    StoryId other;
    if (Outcome bad = ReadStanding(rooms_.store, request->story_id(), "story_id", story)) {
      return bad;
    }
    if (Outcome bad =
            ReadStanding(rooms_.store, request->other_story_id(), "other_story_id", other)) {
      return bad;
    }
    rooms_.ingestor.Merge(story, other, told);
    return std::nullopt;
  };
  const auto fill = [this, request, response](const ChangedOr& changed) -> Outcome {
    if (!changed.ok()) {
      return NotChanged(changed.status(), "other_story_id", request->other_story_id());
    }
    FillAlerts(changed->alerts, *response);
    return Show(rooms_.store, ToString(changed->story), *response->mutable_story());
  };
  return Change(context, rooms_, "/claimwatch.v1.StoryService/MergeStories", *request, change,
                fill);
}

grpc::ServerUnaryReactor* StoryService::SplitStory(grpc::CallbackServerContext* context,
                                                   const v1::SplitStoryRequest* request,
                                                   v1::SplitStoryResponse* response) {
  const auto change = [this, request](const std::function<void(ChangedOr)>& told) -> Outcome {
    StoryId story;
    if (Outcome bad = ReadStanding(rooms_.store, request->story_id(), "story_id", story)) {
      return bad;
    }
    if (Outcome bad = CheckArticles(*request)) return bad;
    rooms_.ingestor.Split(story, {request->article_ids().begin(), request->article_ids().end()},
                          told);
    return std::nullopt;
  };
  const auto fill = [this, request, response](const ChangedOr& changed) -> Outcome {
    if (!changed.ok()) return NotChanged(changed.status(), "article_ids", request->story_id());
    FillAlerts(changed->alerts, *response);
    Outcome failed =
        Show(rooms_.store, ToString(changed->new_story), *response->mutable_new_story());
    if (failed) return failed;
    return Show(rooms_.store, ToString(changed->story), *response->mutable_story());
  };
  return Change(context, rooms_, "/claimwatch.v1.StoryService/SplitStory", *request, change, fill);
}

grpc::ServerUnaryReactor* StoryService::ListStories(grpc::CallbackServerContext* context,
                                                    const v1::ListStoriesRequest* request,
                                                    v1::ListStoriesResponse* response) {
  return Answer(context, rooms_, "/claimwatch.v1.StoryService/ListStories", *request,
                [this, request, response] { return List(rooms_, *request, *response); });
}

grpc::ServerUnaryReactor* StoryService::GetStory(grpc::CallbackServerContext* context,
                                                 const v1::GetStoryRequest* request,
                                                 v1::GetStoryResponse* response) {
  return Answer(context, rooms_, "/claimwatch.v1.StoryService/GetStory", *request,
                [this, request, response] {
                  return Show(rooms_.store, request->story_id(), *response->mutable_story());
                });
}

grpc::ServerUnaryReactor* StoryService::ListFigures(grpc::CallbackServerContext* context,
                                                    const v1::ListFiguresRequest* request,
                                                    v1::ListFiguresResponse* response) {
  return Answer(context, rooms_, "/claimwatch.v1.StoryService/ListFigures", *request,
                [this, request, response] { return ListOfStory(rooms_, *request, *response); });
}

grpc::ServerUnaryReactor* StoryService::GetFigure(grpc::CallbackServerContext* context,
                                                  const v1::GetFigureRequest* request,
                                                  v1::GetFigureResponse* response) {
  return Answer(context, rooms_, "/claimwatch.v1.StoryService/GetFigure", *request,
                [this, request, response] { return ShowHistory(rooms_, *request, *response); });
}

}  // namespace claimwatch
