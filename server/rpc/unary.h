// Unary calls: admitted, then the answer is worked out on the pool, because it may wait for the
// store, and the reactor is finished with it. Tested through tests/rpc/*_service_test.cc and
// tests/rpc/guard_test.cc.
#pragma once

#include <google/protobuf/message_lite.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <utility>

#include "server/rpc/guard.h"
#include "server/rpc/rooms.h"
#include "server/rpc/status.h"
#include "server/rpc/unary_call.h"

namespace claimwatch {

// Every unary handler begins here: `method` is what the authorizer is asked about, and the size of
// `request` is charged to the caller. False: `call` is refused and already finished; its reactor is
// all that is left to return. `while_draining`: it is answered also while the daemon stops.
inline bool BeginUnary(const UnaryCall& call, Rooms& rooms,
                       const grpc::CallbackServerContext& context, std::string_view method,
                       const google::protobuf::MessageLite& request, GrantPtr* grant = nullptr,
                       bool while_draining = false) {
  Outcome refused = Admit(rooms, context, method, request.ByteSizeLong(), grant);
  if (!refused && rooms.draining && !while_draining) refused = Draining(absl::Seconds(1));
  if (refused) {
    call.Finish(ToGrpc(refused));
    return false;
  }
  call.Begin();
  return true;
}

// On the pool. What `work` refers to (request, response) lives as long as it holds `call`.
inline void RunOnPool(const UnaryCall& call, Rooms& rooms, std::function<void()> work) {
  if (rooms.pool.TryRun(std::move(work))) return;
  call.Finish(ToGrpc(Overloaded("too many calls wait; come back after the delay")));
}

// What `answer` refers to (request, response) lives until it has returned.
inline grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, Rooms& rooms,
                                        std::string_view method,
                                        const google::protobuf::MessageLite& request,
                                        std::function<Outcome()> answer) {
  const UnaryCall call(rooms.calls, rooms.metrics, method);
  if (!BeginUnary(call, rooms, *context, method, request)) return call.reactor();
  RunOnPool(call, rooms, [call, answer = std::move(answer)] { call.Finish(ToGrpc(answer())); });
  return call.reactor();
}

// The same for what is answered later: `begin` runs on the pool and has its argument called once,
// on any thread.
inline grpc::ServerUnaryReactor* AnswerLater(
    grpc::CallbackServerContext* context, Rooms& rooms, std::string_view method,
    const google::protobuf::MessageLite& request,
    std::function<void(std::function<void(const Outcome&)>)> begin) {
  const UnaryCall call(rooms.calls, rooms.metrics, method);
  if (!BeginUnary(call, rooms, *context, method, request)) return call.reactor();
  const auto told = [call](const Outcome& outcome) { call.Finish(ToGrpc(outcome)); };
  RunOnPool(call, rooms, [begin = std::move(begin), told] { begin(told); });
  return call.reactor();
}

}  // namespace claimwatch
