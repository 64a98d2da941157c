#include "server/rpc/article_service.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/trace.h"
#include "server/ingest/limits.h"
#include "server/rpc/convert.h"
#include "server/rpc/limits.h"
#include "server/rpc/unary.h"

namespace claimwatch {
namespace {

class RefusedStream final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  explicit RefusedStream(const Error& error) { Finish(ToGrpc(error)); }
  void OnDone() override { delete this; }
};

Outcome CheckArticleId(const std::string& id) {
  if (id.empty()) return InvalidField("article_id", "is empty", "REQUIRED");
  if (id.size() <= kArticleIdBytesMax) return std::nullopt;
  return InvalidField("article_id",
                      absl::StrCat("is ", id.size(), " bytes; the limit is ", kArticleIdBytesMax),
                      "TOO_LARGE");
}

Outcome CheckRetract(const v1::RetractArticleRequest& request) {
  if (Outcome bad = CheckArticleId(request.article_id())) return bad;
  if (request.reason().size() > kReasonBytesMax) {
    return InvalidField("reason", absl::StrCat("is over ", kReasonBytesMax, " bytes"), "TOO_LARGE");
  }
  if (request.request_id().size() > kRequestIdBytesMax) {
    return InvalidField("request_id", absl::StrCat("is over ", kRequestIdBytesMax, " bytes"),
                        "TOO_LARGE");
  }
  return std::nullopt;
}

Outcome ShowArticle(const Rooms& rooms, const v1::GetArticleRequest& request,
                    v1::GetArticleResponse& response) {
  if (Outcome bad = CheckArticleId(request.article_id())) return bad;
  const absl::StatusOr<ArticleRecord> found = rooms.store.FindArticle(request.article_id());
  if (!found.ok()) return FromStatus(found.status(), "Article", request.article_id());
  ToProto(found->article, *response.mutable_article());
  response.set_sequence(static_cast<std::int64_t>(found->sequence));
  if (found->story != StoryId::kNone) response.set_story_id(ToString(found->story));
  response.set_revision(found->version);
  response.set_reading(found->language_read ? v1::READING_FULL : v1::READING_LANGUAGE_NOT_READ);
  response.set_claim_count(static_cast<std::int32_t>(found->claims.size()));
  response.set_copy_of_article_id(found->copy_of);
  *response.mutable_commit_time() = ToProto(found->sequenced);
  if (found->retracted != absl::InfinitePast()) {
    *response.mutable_retract_time() = ToProto(found->retracted);
    response.set_retract_reason(found->retract_reason);
  }
  return std::nullopt;
}

Outcome FillReceipt(const IngestResult& result, const v1::IngestOptions& options,
                    const std::string& trace_id, v1::Receipt& receipt) {
  const TraceScope trace(trace_id);
  if (absl::IsInvalidArgument(result.status)) {
    return ArticleInvalid(result.article_id, result.problems);
  }
  if (!result.status.ok()) return FromStatus(result.status);
  ToProto(result, {options.return_claims(), options.return_alerts()}, receipt);
  receipt.set_trace_id(trace_id);
  LogReceipt(receipt);
  return std::nullopt;
}

}  // namespace

void ArticleService::Drain() {
  std::vector<std::shared_ptr<IngestStream>> streams;
  {
    absl::MutexLock lock(&mu_);
    streams = streams_;
  }
  for (const auto& stream : streams) stream->Drain();
}

void ArticleService::EndRevoked() {
  std::vector<std::shared_ptr<IngestStream>> streams;
  {
    absl::MutexLock lock(&mu_);
    streams = streams_;
  }
  for (const auto& stream : streams) stream->EndIfRevoked();
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* ArticleService::IngestArticles(
    grpc::CallbackServerContext* context) {
  const TraceScope trace(TraceIdOf(*context));
  StreamPass pass;
  if (Outcome refused = AdmitStream(rooms_, CallerOf(*context),
                                    "/claimwatch.v1.ArticleService/IngestArticles", 0, pass)) {
    return new RefusedStream(*refused);
  }
  auto stream =
      std::make_shared<IngestStream>(rooms_, std::move(pass), context->peer(), TraceIdOf(*context),
                                     [this](IngestStream* gone) { Remove(gone); });
  {
    absl::MutexLock lock(&mu_);
    if (streams_.size() >= static_cast<std::size_t>(kIngestStreamsMax)) {
      Error full = Overloaded(
          absl::StrCat("there are ", streams_.size(), " streams of articles, which is the limit"));
      full.reason = "TOO_MANY_STREAMS";
      return new RefusedStream(full);
    }
    streams_.push_back(stream);
  }
  ++rooms_.ingest_streams;
  rooms_.active.Begin();
  stream->Begin();
  if (rooms_.draining) stream->Drain();
  return stream.get();  // Held by streams_ until OnDone.
}

void ArticleService::Remove(IngestStream* stream) {
  std::shared_ptr<IngestStream> last;  // Dies after the lock is let go.
  {
    absl::MutexLock lock(&mu_);
    const auto found = std::find_if(streams_.begin(), streams_.end(),
                                    [&](const auto& held) { return held.get() == stream; });
    if (found == streams_.end()) return;
    last = std::move(*found);
    *found = std::move(streams_.back());
    streams_.pop_back();
  }
  --rooms_.ingest_streams;
  rooms_.active.End();
}

grpc::ServerUnaryReactor* ArticleService::IngestArticle(grpc::CallbackServerContext* context,
                                                        const v1::IngestArticleRequest* request,
                                                        v1::IngestArticleResponse* response) {
  constexpr char kPath[] = "/claimwatch.v1.ArticleService/IngestArticle";
  const UnaryCall call(rooms_.calls, rooms_.metrics, kPath);
  GrantPtr grant;
  if (!BeginUnary(call, rooms_, *context, kPath, *request, &grant)) return call.reactor();
  if (grant != nullptr && !grant->MaySpeakFor(request->article().source())) {
    call.Finish(ToGrpc(SourceNotAllowed(request->article().source())));
    return call.reactor();
  }
  std::vector<Article> batch;
  batch.push_back(FromProto(v1::Article(request->article())));
  const absl::Status taken = rooms_.ingestor.Submit(
      std::move(batch), [this, call, request, response,
                         trace_id = TraceIdOf(*context)](std::vector<IngestResult> results) {
        rooms_.pool.Run([call, request, response, trace_id, result = std::move(results.front())] {
          call.Finish(ToGrpc(
              FillReceipt(result, request->options(), trace_id, *response->mutable_receipt())));
        });
      });
  if (!taken.ok()) call.Finish(ToGrpc(FromStatus(taken)));
  return call.reactor();
}

grpc::ServerUnaryReactor* ArticleService::RetractArticle(grpc::CallbackServerContext* context,
                                                         const v1::RetractArticleRequest* request,
                                                         v1::RetractArticleResponse* response) {
  constexpr char kPath[] = "/claimwatch.v1.ArticleService/RetractArticle";
  const UnaryCall call(rooms_.calls, rooms_.metrics, kPath);
  GrantPtr grant;
  if (!BeginUnary(call, rooms_, *context, kPath, *request, &grant)) return call.reactor();
  if (Outcome bad = CheckRetract(*request)) {
    call.Finish(ToGrpc(bad));
    return call.reactor();
  }
  const auto told = [call, request, response](absl::StatusOr<std::vector<Alert>> alerts) {
    if (!alerts.ok()) {
      call.Finish(ToGrpc(FromStatus(alerts.status(), "Article", request->article_id())));
      return;
    }
    response->set_article_id(request->article_id());
    for (const Alert& alert : *alerts) ToProto(alert, *response->add_alerts());
    call.Finish(grpc::Status::OK);
  };
  RunOnPool(call, rooms_, [this, call, request, response, told, grant] {
    const absl::StatusOr<ArticleRecord> before = rooms_.store.FindArticle(request->article_id());
    if (before.ok()) {
      if (grant != nullptr && !grant->MaySpeakFor(before->article.source)) {
        return call.Finish(ToGrpc(SourceNotAllowed(before->article.source)));
      }
      response->set_duplicate(before->state == ArticleState::kRetracted);
      response->set_withdrawn_claim_count(static_cast<std::int32_t>(before->claims.size()));
    }
    rooms_.ingestor.Retract(request->article_id(), request->reason(),
                            [this, told](absl::StatusOr<std::vector<Alert>> alerts) {
                              rooms_.pool.Run([told, alerts = std::move(alerts)] { told(alerts); });
                            });
  });
  return call.reactor();
}

grpc::ServerUnaryReactor* ArticleService::GetArticle(grpc::CallbackServerContext* context,
                                                     const v1::GetArticleRequest* request,
                                                     v1::GetArticleResponse* response) {
  return Answer(context, rooms_, "/claimwatch.v1.ArticleService/GetArticle", *request,
                [this, request, response] { return ShowArticle(rooms_, *request, *response); });
}

}  // namespace claimwatch
