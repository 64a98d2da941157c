// CallerLimits: how much one caller may ask for, so that it does not take what is there for all.
//
// Two accounts are charged for each call: that of the client (its credential, where it has one) and
// that of the address it comes from (an IPv4 address, the /64 of an IPv6 one). Each bounds the
// streams held at a time, and calls and bytes by a token bucket that holds one second's worth.
// Bytes are known when they are here, so they are charged afterwards: an account in debt waits.
//
// Nobody makes the table grow without bound: an account at rest (bucket full, no stream) tells
// nothing and may go, and when all of kCallersKeptMax are busy, newcomers share one account.
// server/decisions/0021-caller-limits.md says why it is so. Owned by RpcServer; streams hold Places
// in it and end before it. Thread-safe. Tested by tests/auth/caller_limits_test.cc.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "server/base/clock.h"

namespace claimwatch {

// Of one account; 0: no bound.
struct CallerBounds {
  std::int64_t streams = 0;           // At a time.
  std::int64_t calls_per_second = 0;  // Streams that are opened are calls too.
  std::int64_t bytes_per_second = 0;  // Of messages that come in, unpacked.
};

// Which bound a caller met.
enum class CallerBound : std::uint8_t {
  kClientStreams,
  kClientCalls,
  kClientBytes,
  kAddressStreams,
  kAddressCalls,
  kAddressBytes,
};
inline constexpr std::size_t kCallerBounds = 6;
// "client_streams", for metrics; the ErrorInfo reason is the same in capitals and "_EXCEEDED".
std::string_view NameOf(CallerBound bound);

// "ipv4:203.0.113.7:40000" and "203.0.113.7:40000" are "203.0.113.7"; "[2001:db8::1]:1" is
// "2001:db8::/64"; "unix:..." is "unix". Empty: whoever that is comes from within the process.
std::string AddressOfPeer(std::string_view peer);

class CallerLimits {
  struct Account;

 public:
  struct Options {
    CallerBounds client = {};
    CallerBounds address = {};
    std::size_t callers_kept_max = 0;  // 0: kCallersKeptMax.
  };
  // Why a call is refused, and when it would not be.
  struct Excess {
    CallerBound bound = CallerBound::kClientCalls;
    absl::Duration retry_after;
  };
  // An open stream's place in its accounts; given back by its end.
  class Place {
   public:
    Place(CallerLimits& limits, Account* client, Account* address)
        : limits_(limits), client_(client), address_(address) {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place();
    // Charges what came, and says for how long no more may be read. Zero: read on.
    absl::Duration Receive(std::int64_t bytes);

   private:
    CallerLimits& limits_;
    Account* const client_;  // Null: not bounded.
    Account* const address_;
  };

  CallerLimits(const Options& options, const Clock& clock);
  ~CallerLimits();
  CallerLimits(const CallerLimits&) = delete;
  CallerLimits& operator=(const CallerLimits&) = delete;

  // Charges one call, and `bytes` that came with it. An empty key is not charged. What is refused
  // is not charged either.
  std::optional<Excess> CallOfAddress(std::string_view address, std::int64_t bytes);
  std::optional<Excess> CallOfClient(std::string_view client, std::int64_t bytes);
  // Takes a place in both accounts.
  std::optional<Excess> OpenStream(std::string_view client, std::string_view address,
                                   std::unique_ptr<Place>& place);

  // How often a call was refused at a bound, or a stream had to wait for it, since the start.
  std::int64_t refused(CallerBound bound) const {
    return refused_[static_cast<std::size_t>(bound)];
  }
  std::size_t accounts() const;

  // "client 203: calls 3.5 of 5, streams 1", for tests; nothing when there is no such account.
  std::string Dump(bool of_client, std::string_view key) const;

 private:
  using Accounts = std::list<Account>;  // Most recently used first; addresses of nodes are stable.

  Account* FindLocked(bool of_client, std::string_view key) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  Account* AddLocked(bool of_client, std::string key) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  bool MakeRoomLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void RefillLocked(Account& account) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  std::optional<Excess> ChargeLocked(Account* account, std::int64_t bytes)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Duration DebtLocked(Account* account, std::int64_t bytes)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  Excess Refuse(CallerBound bound, absl::Duration retry_after);
  std::optional<Excess> Call(bool of_client, std::string_view key, std::int64_t bytes);
  const CallerBounds& BoundsOf(bool of_client) const {
    return of_client ? options_.client : options_.address;
  }

  const Options options_;
  const Clock& clock_;
  std::array<std::atomic<std::int64_t>, kCallerBounds> refused_ = {};

  mutable absl::Mutex mu_;  // A leaf.
  Accounts accounts_ ABSL_GUARDED_BY(mu_);
  absl::flat_hash_map<std::string, Accounts::iterator> by_key_ ABSL_GUARDED_BY(mu_);
  std::unique_ptr<Account> other_clients_ ABSL_GUARDED_BY(mu_);
  std::unique_ptr<Account> other_addresses_ ABSL_GUARDED_BY(mu_);
};

}  // namespace claimwatch
