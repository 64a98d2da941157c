// ArticleService: articles in, receipts out; articles taken back and shown.
//
// Translates and delegates: streams are IngestStreams, everything else is one call of a room below.
// Tested by tests/rpc/article_service_test.cc.
#pragma once

#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "claimwatch/v1/article.grpc.pb.h"
#include "server/rpc/ingest_stream.h"
#include "server/rpc/rooms.h"

namespace claimwatch {

// IngestArticles is raw (bytes), because a message with one bad article must not be refused whole.
using ArticleServiceBase = v1::ArticleService::WithRawCallbackMethod_IngestArticles<
    v1::ArticleService::WithCallbackMethod_IngestArticle<
        v1::ArticleService::WithCallbackMethod_RetractArticle<
            v1::ArticleService::WithCallbackMethod_GetArticle<v1::ArticleService::Service>>>>;

// Owned by RpcServer; outlives the gRPC server. Thread-safe.
class ArticleService final : public ArticleServiceBase {
 public:
  explicit ArticleService(Rooms& rooms) : rooms_(rooms) {}

  // Every stream answers what it has in hand and ends. Idempotent.
  void Drain();
  // Ends the streams whose credentials hold no longer. To be called now and then.
  void EndRevoked();

  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* IngestArticles(
      grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* IngestArticle(grpc::CallbackServerContext* context,
                                          const v1::IngestArticleRequest* request,
                                          v1::IngestArticleResponse* response) override;
  grpc::ServerUnaryReactor* RetractArticle(grpc::CallbackServerContext* context,
                                           const v1::RetractArticleRequest* request,
                                           v1::RetractArticleResponse* response) override;
  grpc::ServerUnaryReactor* GetArticle(grpc::CallbackServerContext* context,
                                       const v1::GetArticleRequest* request,
                                       v1::GetArticleResponse* response) override;

 private:
  void Remove(IngestStream* stream);

  Rooms& rooms_;

  absl::Mutex mu_;  // A leaf: no stream is called while it is held.
  std::vector<std::shared_ptr<IngestStream>> streams_ ABSL_GUARDED_BY(mu_);
};

}  // namespace claimwatch
