// Tells ThreadSanitizer of what gRPC orders.
//
// Debian's gRPC is not instrumented, and hands work from thread to thread by atomics that TSan does
// not see: what one thread did before StartWrite() happens before OnWriteDone() on another, but
// looks like a race with it. All of it passes through a few functions of the library, whatever the
// shape of the call, and these bear their names (as tsan_mutex.cc those of Abseil), so no code of
// ours has to say anything:
//
//   an operation begins (grpc_cq_begin_op)  happens before  it ends (grpc_cq_end_op)
//   what a thread leaves to a call          happens before  the thread that has the call does it
//   it ends                                 happens before  who waits for it goes on (next, pluck)
//   a server starts                         happens before  any call of it
//   each of a call's callbacks              happens before  its OnDone
//   a call is let go (grpc_call_unref)      happens before  the server has shut down
//
// A callback runs on the thread that ended its operation, or on gRPC's executor, which locks. The
// starts and ends of servers are told for all of the process together, so a race between what one
// server's handler did and what came after another's shutdown is not seen.
//
// Also what TSan is to think of libraries that it cannot see into: their locks, threads and memory
// count; what they read and write does not.
//
// Linked to every binary of a TSan build, and to no other. Tested by
// tests/sanitizers/planted_stream_race.cc.
#include <grpc/grpc.h>
#include <grpcpp/support/server_callback.h>
#include <sanitizer/tsan_interface.h>

#include <atomic>
#include <utility>

#include "absl/status/status.h"
#include "tests/sanitizers/interposed.h"

struct grpc_cq_completion;

namespace {

using claimwatch::Next;
using Done = void (*)(void*, grpc_cq_completion*);

char started;  // Stands for all that was made before a server started,
char ended;    // and for all that was done in calls that have ended.

// A call counts the callbacks that are still to come, in its last member, and the one that counts
// to zero runs OnDone. Part of that is done in the library: what it counts is told of here.
using Call = grpc::internal::ServerCallbackCall;
static_assert(sizeof(Call) == sizeof(void*) + 2 * sizeof(std::atomic_int));
CLAIMWATCH_UNSEEN char* CancelCount(Call* call) {
  return reinterpret_cast<char*>(call) + sizeof(void*);
}
CLAIMWATCH_UNSEEN char* CallbackCount(Call* call) {
  return CancelCount(call) + sizeof(std::atomic_int);
}

// Runs OnCancel in place of the reactor, and says that it has run.
class Cancelled : public grpc::internal::ServerReactor {
 public:
  Cancelled(ServerReactor* reactor, Call* call) : reactor_(reactor), call_(call) {}
  void OnCancel() override {
    reactor_->OnCancel();
    __tsan_release(CallbackCount(call_));
    delete this;
  }
  void OnDone() override {}
  bool InternalInlineable() override { return reactor_->InternalInlineable(); }

 private:
  ServerReactor* const reactor_;
  Call* const call_;
};

}  // namespace

// gRPC's own C++ functions, which no header of it declares.
CLAIMWATCH_UNSEEN bool grpc_cq_begin_op(grpc_completion_queue* queue, void* tag) {
  static auto* const real =
      Next<bool(grpc_completion_queue*, void*)>("_Z16grpc_cq_begin_opP21grpc_completion_queuePv");
  __tsan_acquire(&started);
  __tsan_release(tag);
  return real(queue, tag);
}

CLAIMWATCH_UNSEEN void grpc_cq_end_op(grpc_completion_queue* queue, void* tag, absl::Status error,
                                      Done done, void* done_arg, grpc_cq_completion* storage,
                                      bool internal) {
  static auto* const real = Next<void(grpc_completion_queue*, void*, absl::Status, Done, void*,
                                      grpc_cq_completion*, bool)>(
      "_Z14grpc_cq_end_opP21grpc_completion_queuePvN4absl7debian36StatusEPFvS1_P18grpc_cq_"
      "completionES1_S6_b");
  __tsan_acquire(tag);
  __tsan_release(tag);
  real(queue, tag, std::move(error), done, done_arg, storage, internal);
}

extern "C" {

extern const char claimwatch_tsan_grpc;  // For the linker to ask for this file by.
const char claimwatch_tsan_grpc = 0;

CLAIMWATCH_UNSEEN grpc_event grpc_completion_queue_next(grpc_completion_queue* queue,
                                                        gpr_timespec until, void* reserved) {
  static auto* const real = Next<grpc_event(grpc_completion_queue*, gpr_timespec, void*)>(__func__);
  const grpc_event event = real(queue, until, reserved);
  if (event.type == GRPC_OP_COMPLETE) __tsan_acquire(event.tag);
  if (event.type == GRPC_QUEUE_SHUTDOWN) __tsan_acquire(&ended);
  return event;
}

CLAIMWATCH_UNSEEN grpc_event grpc_completion_queue_pluck(grpc_completion_queue* queue, void* tag,
                                                         gpr_timespec until, void* reserved) {
  static auto* const real =
      Next<grpc_event(grpc_completion_queue*, void*, gpr_timespec, void*)>(__func__);
  const grpc_event event = real(queue, tag, until, reserved);
  if (event.type == GRPC_OP_COMPLETE) __tsan_acquire(tag);
  return event;
}

CLAIMWATCH_UNSEEN void grpc_server_start(grpc_server* server) {
  static auto* const real = Next<void(grpc_server*)>(__func__);
  __tsan_release(&started);
  real(server);
}

CLAIMWATCH_UNSEEN void grpc_call_unref(grpc_call* call) {
  static auto* const real = Next<void(grpc_call*)>(__func__);
  __tsan_release(&ended);
  real(call);
}

// CallCombiner::Start() and Stop(): one thread after another has the call. What comes while it is
// taken is left to the one that has it.
CLAIMWATCH_UNSEEN void
_ZN9grpc_core12CallCombiner5StartEP12grpc_closureN4absl7debian36StatusEPKciS7_(
    void* call, void* closure, absl::Status error, const char* file, int line, const char* reason) {
  static auto* const real =
      Next<void(void*, void*, absl::Status, const char*, int, const char*)>(__func__);
  __tsan_release(call);
  real(call, closure, std::move(error), file, line, reason);
  __tsan_acquire(call);
}

CLAIMWATCH_UNSEEN void _ZN9grpc_core12CallCombiner4StopEPKciS2_(void* call, const char* file,
                                                                int line, const char* reason) {
  static auto* const real = Next<void(void*, const char*, int, const char*)>(__func__);
  __tsan_release(call);
  real(call, file, line, reason);
  __tsan_acquire(call);
}

// ServerCallbackCall::CallOnCancel() and ScheduleOnDone().
CLAIMWATCH_UNSEEN void _ZN4grpc8internal18ServerCallbackCall12CallOnCancelEPNS0_13ServerReactorE(
    Call* call, grpc::internal::ServerReactor* reactor) {
  static auto* const real = Next<void(Call*, grpc::internal::ServerReactor*)>(__func__);
  __tsan_acquire(CancelCount(call));
  real(call, new Cancelled(reactor, call));
}

CLAIMWATCH_UNSEEN void _ZN4grpc8internal18ServerCallbackCall14ScheduleOnDoneEb(Call* call,
                                                                               bool at_once) {
  static auto* const real = Next<void(Call*, bool)>(__func__);
  __tsan_acquire(CallbackCount(call));
  real(call, at_once);
}

CLAIMWATCH_UNSEEN const char* __tsan_default_options() {
  return "halt_on_error=1:ignore_noninstrumented_modules=1:second_deadlock_stack=1:"
         "atexit_sleep_ms=200";
}

// gRPC ends its threads in the background after the last channel is gone; a process that is faster
// has not joined them. Threads of ours are still told.
CLAIMWATCH_UNSEEN const char* __tsan_default_suppressions() {
  return "thread:grpc_core::Thread::Thread\n";
}

}  // extern "C"
