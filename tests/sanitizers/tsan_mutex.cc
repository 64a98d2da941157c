// Tells ThreadSanitizer of Abseil's locks.
//
// Debian's Abseil is not instrumented, so TSan does not see that absl::Mutex orders anything, and
// reports a race wherever a lock is right. The functions here bear Abseil's names, and the dynamic
// linker takes a program's before a library's: every call, of our code and of gRPC's, comes here,
// where it is said what the lock does, and goes on to the real one. Between "pre" and "post" TSan
// looks away: a condition that is evaluated on another thread inside of Unlock() is not taken for
// a race, and not checked either.
//
// What gRPC orders without a lock is told by tsan_grpc.cc. Linked to every binary of a TSan build,
// and to no other. Tested by tests/sanitizers/planted_race.cc.
#include <sanitizer/tsan_interface.h>

#include "absl/base/dynamic_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "tests/sanitizers/interposed.h"

// A call of Abseil's by its mangled name, e.g. MUTEX(4LockEv) for absl::Mutex::Lock().
#define MUTEX(mangled) CLAIMWATCH_UNSEEN _ZN4absl7debian35Mutex##mangled
#define CONDVAR(mangled) CLAIMWATCH_UNSEEN _ZN4absl7debian37CondVar##mangled
#define NOTIFICATION(mangled) CLAIMWATCH_UNSEEN _ZN4absl7debian312Notification##mangled
#define CONST_NOTIFICATION(mangled) CLAIMWATCH_UNSEEN _ZNK4absl7debian312Notification##mangled

extern "C" const char __executable_start, etext;  // The linker's: where the program's code is.

namespace {

using claimwatch::Next;

// A wait lets go of the lock, and takes it again.
template <typename Wait>
CLAIMWATCH_UNSEEN auto Released(absl::Mutex* mutex, Wait wait) {
  __tsan_mutex_pre_unlock(mutex, 0);
  const auto result = wait();
  __tsan_mutex_post_unlock(mutex, 0);
  __tsan_mutex_pre_lock(mutex, 0);
  __tsan_mutex_post_lock(mutex, 0, 0);
  return result;
}

CLAIMWATCH_UNSEEN bool IsOurs(const void* code) {
  const char* const at = static_cast<const char*>(code);
  return at >= &__executable_start && at < &etext;
}

}  // namespace

extern "C" {

extern const char claimwatch_tsan_mutex;  // For the linker to ask for this file by.
const char claimwatch_tsan_mutex = 0;

void MUTEX(4LockEv)(absl::Mutex* mutex) {
  static auto* const real = Next<void(absl::Mutex*)>(__func__);
  __tsan_mutex_pre_lock(mutex, 0);
  real(mutex);
  __tsan_mutex_post_lock(mutex, 0, 0);
}

void MUTEX(6UnlockEv)(absl::Mutex* mutex) {
  static auto* const real = Next<void(absl::Mutex*)>(__func__);
  __tsan_mutex_pre_unlock(mutex, 0);
  real(mutex);
  __tsan_mutex_post_unlock(mutex, 0);
}

bool MUTEX(7TryLockEv)(absl::Mutex* mutex) {
  static auto* const real = Next<bool(absl::Mutex*)>(__func__);
  __tsan_mutex_pre_lock(mutex, __tsan_mutex_try_lock);
  const bool locked = real(mutex);
  __tsan_mutex_post_lock(mutex,
                         __tsan_mutex_try_lock | (locked ? 0u : __tsan_mutex_try_lock_failed), 0);
  return locked;
}

void MUTEX(5AwaitERKNS0_9ConditionE)(absl::Mutex* mutex, const absl::Condition& condition) {
  static auto* const real = Next<void(absl::Mutex*, const absl::Condition&)>(__func__);
  Released(mutex, [&] { return real(mutex, condition), true; });
}

// Also for those with a timeout: they call this one.
bool MUTEX(17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE)(absl::Mutex* mutex,
                                                            const absl::Condition& condition,
                                                            absl::Time until) {
  static auto* const real = Next<bool(absl::Mutex*, const absl::Condition&, absl::Time)>(__func__);
  return Released(mutex, [&] { return real(mutex, condition, until); });
}

// As absl::Notification waits.
void MUTEX(8LockWhenERKNS0_9ConditionE)(absl::Mutex* mutex, const absl::Condition& condition) {
  static auto* const real = Next<void(absl::Mutex*, const absl::Condition&)>(__func__);
  __tsan_mutex_pre_lock(mutex, 0);
  real(mutex, condition);
  __tsan_mutex_post_lock(mutex, 0, 0);
}

bool MUTEX(20LockWhenWithDeadlineERKNS0_9ConditionENS0_4TimeE)(absl::Mutex* mutex,
                                                               const absl::Condition& condition,
                                                               absl::Time until) {
  static auto* const real = Next<bool(absl::Mutex*, const absl::Condition&, absl::Time)>(__func__);
  __tsan_mutex_pre_lock(mutex, 0);
  const bool holds = real(mutex, condition, until);
  __tsan_mutex_post_lock(mutex, 0, 0);
  return holds;
}

// TSan takes the end of a mutex for a write to it. In a library it does not see what orders that
// after the last Unlock().
void MUTEX(D1Ev)(absl::Mutex* mutex) {
  static auto* const real = Next<void(absl::Mutex*)>(__func__);
  const bool ours = IsOurs(__builtin_return_address(0));
  if (!ours) ABSL_ANNOTATE_IGNORE_WRITES_BEGIN();
  __tsan_mutex_destroy(mutex, 0);
  if (!ours) ABSL_ANNOTATE_IGNORE_WRITES_END();
  real(mutex);
}

// Only gRPC waits on these.
void CONDVAR(4WaitEPNS0_5MutexE)(absl::CondVar* signal, absl::Mutex* mutex) {
  static auto* const real = Next<void(absl::CondVar*, absl::Mutex*)>(__func__);
  Released(mutex, [&] { return real(signal, mutex), true; });
}

bool CONDVAR(16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE)(absl::CondVar* signal, absl::Mutex* mutex,
                                                        absl::Time until) {
  static auto* const real = Next<bool(absl::CondVar*, absl::Mutex*, absl::Time)>(__func__);
  return Released(mutex, [&] { return real(signal, mutex, until); });
}

// A notification is known by its flag, behind the mutex, which HasBeenNotified() reads inline.
void NOTIFICATION(6NotifyEv)(absl::Notification* notification) {
  static auto* const real = Next<void(absl::Notification*)>(__func__);
  __tsan_release(reinterpret_cast<char*>(notification) + sizeof(absl::Mutex));
  real(notification);
}

void CONST_NOTIFICATION(19WaitForNotificationEv)(const absl::Notification* notification) {
  static auto* const real = Next<void(const absl::Notification*)>(__func__);
  real(notification);
  static_cast<void>(notification->HasBeenNotified());
}

bool CONST_NOTIFICATION(30WaitForNotificationWithTimeoutENS0_8DurationE)(
    const absl::Notification* notification, absl::Duration at_most) {
  static auto* const real = Next<bool(const absl::Notification*, absl::Duration)>(__func__);
  real(notification, at_most);
  return notification->HasBeenNotified();
}

}  // extern "C"
