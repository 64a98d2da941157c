// StoryService: events in the news, and the figures of each over time.
//
// Tested by tests/rpc/story_service_test.cc.
#pragma once

#include "claimwatch/v1/story.grpc.pb.h"
#include "server/rpc/rooms.h"

namespace claimwatch {

// Owned by RpcServer; outlives the gRPC server. Thread-safe.
class StoryService final : public v1::StoryService::CallbackService {
 public:
  explicit StoryService(Rooms& rooms) : rooms_(rooms) {}

  grpc::ServerUnaryReactor* ListStories(grpc::CallbackServerContext* context,
                                        const v1::ListStoriesRequest* request,
                                        v1::ListStoriesResponse* response) override;
  grpc::ServerUnaryReactor* GetStory(grpc::CallbackServerContext* context,
                                     const v1::GetStoryRequest* request,
                                     v1::GetStoryResponse* response) override;
  grpc::ServerUnaryReactor* ListFigures(grpc::CallbackServerContext* context,
                                        const v1::ListFiguresRequest* request,
                                        v1::ListFiguresResponse* response) override;
  grpc::ServerUnaryReactor* GetFigure(grpc::CallbackServerContext* context,
                                      const v1::GetFigureRequest* request,
                                      v1::GetFigureResponse* response) override;
  grpc::ServerUnaryReactor* MergeStories(grpc::CallbackServerContext* context,
                                         const v1::MergeStoriesRequest* request,
                                         v1::MergeStoriesResponse* response) override;
  grpc::ServerUnaryReactor* SplitStory(grpc::CallbackServerContext* context,
                                       const v1::SplitStoryRequest* request,
                                       v1::SplitStoryResponse* response) override;

 private:
  Rooms& rooms_;
};

}  // namespace claimwatch
