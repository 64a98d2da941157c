#include "server/rpc/claim_service.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/ingest/limits.h"
#include "server/rpc/convert.h"
#include "server/rpc/limits.h"
#include "server/rpc/page_token.h"
#include "server/rpc/unary.h"

namespace claimwatch {
namespace {

Article ArticleOf(const v1::ExtractClaimsRequest& request) {
  v1::Article article;
  article.set_article_id(request.article_id());
  article.set_source(request.source());
  article.set_title(request.title());
  article.set_body(request.body());
  article.set_language(request.language());
  if (request.has_publish_time()) *article.mutable_publish_time() = request.publish_time();
  return FromProto(std::move(article));
}

Outcome Extract(const Rooms& rooms, const v1::ExtractClaimsRequest& request,
                v1::ExtractClaimsResponse& response) {
  Article article = ArticleOf(request);
  // The rules are those of an article that is sent in; only the id may be missing here.
  if (article.id.empty()) article.id.push_back('x');
  const std::vector<FieldProblem> problems =
      Validate(article, rooms.clock.Now(), rooms.options.future_max);
  if (!problems.empty()) return ArticleInvalid(request.article_id(), problems);
  article.id = request.article_id();

  const ReadArticle read = ReadClaims(article, rooms.catalogue);
  for (std::size_t i = 0; i < read.claims.size(); ++i) {
    v1::Claim& claim = *response.add_claims();
    ToProto(read.claims[i], article, rooms.catalogue.Get(read.claims[i].measure).name, claim);
    claim.set_claim_id(absl::StrCat("x", i + 1));
  }
  for (const ReadNumber& number : read.numbers) {
    v1::NumberPhrase& phrase = *response.add_quantities();
    ToProto(number, article, phrase);
    if (number.claim >= 0) phrase.set_claim_id(absl::StrCat("x", number.claim + 1));
  }
  response.set_reading(read.reading == Reading::kRead ? v1::READING_FULL
                                                      : v1::READING_LANGUAGE_NOT_READ);
  response.set_claims_truncated(read.claims.size() >= kArticleClaimsMax);
  return std::nullopt;
}

// A list's request, checked.
struct ClaimQuery {
  StoryId story = StoryId::kNone;
  FigureId figure = FigureId::kNone;
  const v1::ListClaimsRequest& request;
  FilterPtr filter = nullptr;

  bool Matches(const KnownClaim& claim) const {
    if (claim.withdrawn && !request.include_withdrawn()) return false;
    if (story != StoryId::kNone && claim.story != story) return false;
    if (figure != FigureId::kNone && claim.figure != figure) return false;
    if (!request.article_id().empty() && claim.article_id != request.article_id()) return false;
    if (!request.measure().empty() && claim.measure != request.measure()) return false;
    if (!request.source().empty() && claim.source != request.source()) return false;
    return filter == nullptr || filter->Matches(ClaimFields(claim));
  }
};

Outcome ReadQuery(ClaimQuery& query) {
  if (!query.request.story_id().empty()) {
    query.story = ParseStoryId(query.request.story_id()).value_or(StoryId::kNone);
    if (query.story == StoryId::kNone) {
      return InvalidField("story_id", "is no story id such as \"s7\"", "MALFORMED");
    }
  }
  if (!query.request.figure_id().empty()) {
    query.figure = ParseFigureId(query.request.figure_id()).value_or(FigureId::kNone);
    if (query.figure == FigureId::kNone) {
      return InvalidField("figure_id", "is no figure id such as \"f3\"", "MALFORMED");
    }
  }
  return std::nullopt;
}

// Where the next page begins: before this claim; the articles after `before` are not looked at.
struct Walk {
  const ClaimQuery& query;
  Page page;
  v1::ListClaimsResponse& response;

  // False: the page is full.
  bool Add(const KnownClaim& claim) {
    if (page.place != 0 && static_cast<std::int64_t>(claim.id) >= page.place) return true;
    if (!query.Matches(claim)) return true;
    if (response.claims_size() == page.size) {
      response.set_next_page_token(page.TokenAt(last));
      return false;
    }
    ToProto(claim, *response.add_claims());
    last = static_cast<std::int64_t>(claim.id);
    return true;
  }
  // Latest first. False: the page is full.
  bool AddAll(std::vector<KnownClaim> claims) {
    std::sort(claims.begin(), claims.end(),
              [](const KnownClaim& a, const KnownClaim& b) { return a.id > b.id; });
    return std::all_of(claims.begin(), claims.end(),
                       [this](const KnownClaim& claim) { return Add(claim); });
  }

  std::int64_t last = 0;
};

Outcome ListOfStory(const ClaimStore& store, StoryId story, Walk& walk) {
  const absl::StatusOr<StoryLedger> ledger = store.ReadLedger(story);
  if (absl::IsNotFound(ledger.status())) return std::nullopt;
  if (!ledger.ok()) return FromStatus(ledger.status());
  std::vector<KnownClaim> claims;
  for (const Figure& figure : ledger->figures) {
    claims.insert(claims.end(), figure.claims.begin(), figure.claims.end());
  }
  walk.AddAll(std::move(claims));
  return std::nullopt;
}

// From the latest article down, as far as one page may look.
Outcome ListOfAll(const ClaimStore& store, Walk& walk) {
  const absl::StatusOr<StoreState> state = store.ReadState();
  if (!state.ok()) return FromStatus(state.status());
  std::int64_t sequence = static_cast<std::int64_t>(state->last_sequence);
  if (walk.page.place != 0) {
    sequence = static_cast<std::int64_t>(ArticleOf(static_cast<ClaimId>(walk.page.place)));
  }
  for (int looked = 0; sequence > 0; --sequence, ++looked) {
    if (looked == kPageScanMax) {
      const ClaimId next = MakeClaimId(static_cast<Sequence>(sequence + 1), 0);
      walk.response.set_next_page_token(walk.page.TokenAt(static_cast<std::int64_t>(next)));
      break;
    }
    absl::StatusOr<ArticleRecord> article = store.ReadArticle(static_cast<Sequence>(sequence));
    if (absl::IsNotFound(article.status())) continue;  // A retraction has a sequence of its own.
    if (!article.ok()) return FromStatus(article.status());
    if (!walk.AddAll(std::move(article->claims))) break;
  }
  return std::nullopt;
}

Outcome List(Rooms& rooms, const v1::ListClaimsRequest& request, v1::ListClaimsResponse& response) {
  ClaimQuery query{.request = request};
  Page page;
  if (Outcome bad = ReadQuery(query)) return bad;
  if (Outcome bad = ReadFilter(request.filter(), "filter", rooms.filters.claims, query.filter)) {
    return bad;
  }
  if (Outcome bad = ReadPage(request, page)) return bad;
  Walk walk{query, page, response};
  if (!request.article_id().empty()) {
    absl::StatusOr<ArticleRecord> article = rooms.store.FindArticle(request.article_id());
    if (absl::IsNotFound(article.status())) return std::nullopt;
    if (!article.ok()) return FromStatus(article.status());
    walk.AddAll(std::move(article->claims));
    return std::nullopt;
  }
  if (query.figure != FigureId::kNone) {
    const absl::StatusOr<StoryId> story = rooms.store.StoryOfFigure(query.figure);
    if (absl::IsNotFound(story.status())) return std::nullopt;
    if (!story.ok()) return FromStatus(story.status());
    return ListOfStory(rooms.store, *story, walk);
  }
  if (query.story != StoryId::kNone) return ListOfStory(rooms.store, query.story, walk);
  return ListOfAll(rooms.store, walk);
}

Outcome FindClaim(const ClaimStore& store, const std::string& text, const char* field,
                  KnownClaim& claim) {
  const std::optional<ClaimId> id = ParseClaimId(text);
  if (!id.has_value()) return InvalidField(field, "is no claim id such as \"c9\"", "MALFORMED");
  absl::StatusOr<ArticleRecord> article = store.ReadArticle(ArticleOf(*id));
  if (!article.ok()) return FromStatus(article.status(), "Claim", text);
  for (KnownClaim& known : article->claims) {
    if (known.id != *id) continue;
    claim = std::move(known);
    return std::nullopt;
  }
  return NotFound("Claim", text);
}

// The alert that rests on both, the latest one.
Outcome FindAlert(const ClaimStore& store, const KnownClaim& a, const KnownClaim& b,
                  std::string& alert_id) {
  if (a.story != b.story || a.story == StoryId::kNone) return std::nullopt;
  AlertQuery query;
  query.story = a.story;
  query.limit = kPageSizeMax;
  const absl::StatusOr<std::vector<Alert>> alerts = store.ListAlerts(query);
  if (!alerts.ok()) return FromStatus(alerts.status());
  for (const Alert& alert : *alerts) {
    if (alert.current.id != a.id && alert.current.id != b.id) continue;
    const ClaimId other = alert.current.id == a.id ? b.id : a.id;
    for (const KnownClaim& previous : alert.previous) {
      if (previous.id != other) continue;
      alert_id = ToString(alert.id);
      return std::nullopt;
    }
  }
  return std::nullopt;
}

Outcome CompareTwo(const Rooms& rooms, const v1::CompareClaimsRequest& request,
                   v1::CompareClaimsResponse& response) {
  KnownClaim claim, other;
  if (Outcome bad = FindClaim(rooms.store, request.claim_id(), "claim_id", claim)) return bad;
  if (Outcome bad = FindClaim(rooms.store, request.other_claim_id(), "other_claim_id", other)) {
    return bad;
  }
  if (claim.id == other.id) {
    return InvalidField("other_claim_id", "is the same claim", "MALFORMED");
  }
  const bool other_first =
      std::make_pair(AsOf(other), other.id) < std::make_pair(AsOf(claim), claim.id);
  const Comparison comparison =
      other_first ? Compare(other, claim, rooms.catalogue) : Compare(claim, other, rooms.catalogue);
  ToProto(comparison, *response.mutable_verdict());
  ToProto(claim, *response.mutable_claim());
  ToProto(other, *response.mutable_other_claim());
  return FindAlert(rooms.store, claim, other, *response.mutable_alert_id());
}

}  // namespace

grpc::ServerUnaryReactor* ClaimService::ExtractClaims(grpc::CallbackServerContext* context,
                                                      const v1::ExtractClaimsRequest* request,
                                                      v1::ExtractClaimsResponse* response) {
  return Answer(context, rooms_, "/claimwatch.v1.ClaimService/ExtractClaims", *request,
                [this, request, response] { return Extract(rooms_, *request, *response); });
}

grpc::ServerUnaryReactor* ClaimService::ListClaims(grpc::CallbackServerContext* context,
                                                   const v1::ListClaimsRequest* request,
                                                   v1::ListClaimsResponse* response) {
  return Answer(context, rooms_, "/claimwatch.v1.ClaimService/ListClaims", *request,
                [this, request, response] { return List(rooms_, *request, *response); });
}

grpc::ServerUnaryReactor* ClaimService::CompareClaims(grpc::CallbackServerContext* context,
                                                      const v1::CompareClaimsRequest* request,
                                                      v1::CompareClaimsResponse* response) {
  return Answer(context, rooms_, "/claimwatch.v1.ClaimService/CompareClaims", *request,
                [this, request, response] { return CompareTwo(rooms_, *request, *response); });
}

}  // namespace claimwatch
