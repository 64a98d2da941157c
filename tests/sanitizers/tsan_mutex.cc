// Tells ThreadSanitizer of Abseil's locks.
//
// Debian's Abseil is not instrumented, so TSan does not see that absl::Mutex orders anything, and
// reports a race wherever a lock is right. The linker hands every call of these functions in our
// own code to the ones here (-Wl,--wrap, see CMakeLists.txt beside this file), which say what the
// lock does and call the real one. Between "pre" and "post" TSan looks away: a condition that is
// evaluated on another thread inside of Unlock() is not taken for a race, and not checked either.
//
// What it does not do: gRPC and Boost's threads in the libraries of the system stay unseen, so the
// rooms that hand objects to gRPC are not tested under TSan. Linked to every binary of a TSan
// build, and to no other. Tested by tests/sanitizers/planted_race.cc.
#include <sanitizer/tsan_interface.h>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"

#define REAL(mangled) __real__ZN4absl7debian3##mangled
#define WRAPPED(mangled) __wrap__ZN4absl7debian3##mangled

extern "C" {

void REAL(5Mutex4LockEv)(absl::Mutex* mutex);
void WRAPPED(5Mutex4LockEv)(absl::Mutex* mutex) {
  __tsan_mutex_pre_lock(mutex, 0);
  REAL(5Mutex4LockEv)(mutex);
  __tsan_mutex_post_lock(mutex, 0, 0);
}

void REAL(5Mutex6UnlockEv)(absl::Mutex* mutex);
void WRAPPED(5Mutex6UnlockEv)(absl::Mutex* mutex) {
  __tsan_mutex_pre_unlock(mutex, 0);
  REAL(5Mutex6UnlockEv)(mutex);
  __tsan_mutex_post_unlock(mutex, 0);
}

bool REAL(5Mutex7TryLockEv)(absl::Mutex* mutex);
bool WRAPPED(5Mutex7TryLockEv)(absl::Mutex* mutex) {
  __tsan_mutex_pre_lock(mutex, __tsan_mutex_try_lock);
  const bool locked = REAL(5Mutex7TryLockEv)(mutex);
  __tsan_mutex_post_lock(mutex,
                         __tsan_mutex_try_lock | (locked ? 0u : __tsan_mutex_try_lock_failed), 0);
  return locked;
}

// Waiting lets go of the lock and takes it again.
void REAL(5Mutex5AwaitERKNS0_9ConditionE)(absl::Mutex* mutex, const absl::Condition& condition);
void WRAPPED(5Mutex5AwaitERKNS0_9ConditionE)(absl::Mutex* mutex, const absl::Condition& condition) {
  __tsan_mutex_pre_unlock(mutex, 0);
  REAL(5Mutex5AwaitERKNS0_9ConditionE)(mutex, condition);
  __tsan_mutex_post_unlock(mutex, 0);
  __tsan_mutex_pre_lock(mutex, 0);
  __tsan_mutex_post_lock(mutex, 0, 0);
}

bool REAL(5Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE)(
    absl::Mutex* mutex, const absl::Condition& condition, absl::Duration at_most);
bool WRAPPED(5Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE)(
    absl::Mutex* mutex, const absl::Condition& condition, absl::Duration at_most) {
  __tsan_mutex_pre_unlock(mutex, 0);
  const bool holds =
      REAL(5Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE)(mutex, condition, at_most);
  __tsan_mutex_post_unlock(mutex, 0);
  __tsan_mutex_pre_lock(mutex, 0);
  __tsan_mutex_post_lock(mutex, 0, 0);
  return holds;
}

void REAL(5MutexD1Ev)(absl::Mutex* mutex);
void WRAPPED(5MutexD1Ev)(absl::Mutex* mutex) {
  __tsan_mutex_destroy(mutex, 0);
  REAL(5MutexD1Ev)(mutex);
}

// HasBeenNotified() is inline and reads the flag behind the mutex.
void REAL(12Notification6NotifyEv)(absl::Notification* notification);
void WRAPPED(12Notification6NotifyEv)(absl::Notification* notification) {
  __tsan_release(reinterpret_cast<char*>(notification) + sizeof(absl::Mutex));
  REAL(12Notification6NotifyEv)(notification);
}

#undef REAL
#undef WRAPPED
#define REAL(mangled) __real__ZNK4absl7debian3##mangled
#define WRAPPED(mangled) __wrap__ZNK4absl7debian3##mangled

void REAL(12Notification19WaitForNotificationEv)(const absl::Notification* notification);
void WRAPPED(12Notification19WaitForNotificationEv)(const absl::Notification* notification) {
  REAL(12Notification19WaitForNotificationEv)(notification);
  notification->HasBeenNotified();
}

bool REAL(12Notification30WaitForNotificationWithTimeoutENS0_8DurationE)(
    const absl::Notification* notification, absl::Duration at_most);
bool WRAPPED(12Notification30WaitForNotificationWithTimeoutENS0_8DurationE)(
    const absl::Notification* notification, absl::Duration at_most) {
  REAL(12Notification30WaitForNotificationWithTimeoutENS0_8DurationE)(notification, at_most);
  return notification->HasBeenNotified();
}

}  // extern "C"
