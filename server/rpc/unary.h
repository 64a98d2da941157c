// Unary calls: the answer is worked out on the pool, because it may wait for the store, and the
// reactor is finished with it. Tested through tests/rpc/*_service_test.cc.
#pragma once

#include <google/protobuf/message_lite.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <utility>

#include "server/rpc/guard.h"
#include "server/rpc/rooms.h"
#include "server/rpc/status.h"

namespace claimwatch {

// `method` is what the authorizer is asked about, and the size of `request` is charged to the
// caller. What `answer` refers to (request, response) lives until the reactor is finished.
inline grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, Rooms& rooms,
                                        std::string_view method,
                                        const google::protobuf::MessageLite& request,
                                        std::function<Outcome()> answer) {
  const UnaryCall call(context->DefaultReactor(), rooms.metrics, method);
  if (Outcome refused = Admit(rooms, *context, method, request.ByteSizeLong())) {
    call.Finish(ToGrpc(refused));
    return call.reactor();
  }
  if (rooms.draining) {
    call.Finish(ToGrpc(Draining(absl::Seconds(1))));
    return call.reactor();
  }
  const bool taken = rooms.pool.TryRun(
      [call, answer = std::move(answer), active = rooms.active.BeginUntilReleased()] {
        call.Finish(ToGrpc(answer()));
      });
  if (!taken) call.Finish(ToGrpc(Overloaded("too many calls wait; come back after the delay")));
  return call.reactor();
}

// The same for what is answered later: `begin` runs on the pool and has its argument called once,
// on any thread.
inline grpc::ServerUnaryReactor* AnswerLater(
    grpc::CallbackServerContext* context, Rooms& rooms, std::string_view method,
    const google::protobuf::MessageLite& request,
    std::function<void(std::function<void(const Outcome&)>)> begin) {
  const UnaryCall call(context->DefaultReactor(), rooms.metrics, method);
  if (Outcome refused = Admit(rooms, *context, method, request.ByteSizeLong())) {
    call.Finish(ToGrpc(refused));
    return call.reactor();
  }
  if (rooms.draining) {
    call.Finish(ToGrpc(Draining(absl::Seconds(1))));
    return call.reactor();
  }
  const auto told = [call, active = rooms.active.BeginUntilReleased()](const Outcome& outcome) {
    call.Finish(ToGrpc(outcome));
  };
  const bool taken = rooms.pool.TryRun([begin = std::move(begin), told] { begin(told); });
  if (!taken) call.Finish(ToGrpc(Overloaded("too many calls wait; come back after the delay")));
  return call.reactor();
}

}  // namespace claimwatch
