#include "server/auth/caller_limits.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "server/auth/limits.h"

namespace claimwatch {

// What one client or address has used. A bucket's level is what it may still ask for now.
struct CallerLimits::Account {
  bool of_client = false;
  std::string key;
  std::int64_t streams = 0;
  double calls = 0;
  double bytes = 0;  // Below zero: in debt.
  absl::Time at;     // Of the levels.
};

namespace {

constexpr absl::Duration kBurst = absl::Seconds(1);  // What a bucket holds, in time.
// A place may come free at any moment, when some stream ends.
constexpr absl::Duration kStreamRetry = absl::Seconds(5);
constexpr int kLooksForRoom = 8;

constexpr std::string_view kNames[] = {"client_streams",  "client_calls",  "client_bytes",
                                       "address_streams", "address_calls", "address_bytes"};

CallerBound BoundOf(bool of_client, CallerBound of_clients) {
  const auto place = static_cast<std::uint8_t>(of_clients);
  return static_cast<CallerBound>(of_client ? place : place + 3);
}

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

std::string KeyOf(bool of_client, std::string_view key) {
  return absl::StrCat(of_client ? "c" : "a", View(key));
}

double Refilled(double level, std::int64_t rate, absl::Duration passed) {
  const auto full = static_cast<double>(rate) * absl::ToDoubleSeconds(kBurst);
  return std::min(full, level + static_cast<double>(rate) * absl::ToDoubleSeconds(passed));
}

// Until the level is `wanted` again.
absl::Duration TimeUntil(double wanted, double level, std::int64_t rate) {
  const absl::Duration wait = absl::Seconds((wanted - level) / static_cast<double>(rate));
  return std::max(wait, absl::Milliseconds(1));
}

// An IPv6 caller has a whole /64 to itself.
std::string NetworkOf(const in6_addr& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (IN6_IS_ADDR_V4MAPPED(&address)) {
    inet_ntop(AF_INET, &address.s6_addr[12], text, sizeof(text));
    return text;
  }
  in6_addr network = {};
  memcpy(network.s6_addr, address.s6_addr, 8);
  inet_ntop(AF_INET6, &network, text, sizeof(text));
  return absl::StrCat(text, "/64");
}

}  // namespace

std::string_view NameOf(CallerBound bound) { return kNames[static_cast<std::size_t>(bound)]; }

std::string AddressOfPeer(std::string_view peer) {
  absl::string_view text = View(peer);
  if (absl::StartsWith(text, "inproc") || text == "unknown") return "";  // gRPC's words for it.
  if (absl::StartsWith(text, "unix")) return "unix";
  if (!absl::ConsumePrefix(&text, "ipv4:")) absl::ConsumePrefix(&text, "ipv6:");
  std::string host(text.substr(0, text.rfind(':')));
  host = absl::StrReplaceAll(host, {{"%5B", ""}, {"%5D", ""}, {"[", ""}, {"]", ""}});
  in6_addr six = {};
  if (const std::size_t zone = host.find('%'); zone != std::string::npos) host.resize(zone);
  return inet_pton(AF_INET6, host.c_str(), &six) == 1 ? NetworkOf(six) : host;
}

CallerLimits::CallerLimits(const Options& options, const Clock& clock)
    : options_(options),
      clock_(clock),
      other_clients_(std::make_unique<Account>()),
      other_addresses_(std::make_unique<Account>()) {
  other_clients_->of_client = true;
}

CallerLimits::~CallerLimits() = default;

std::optional<CallerLimits::Excess> CallerLimits::CallOfAddress(std::string_view address,
                                                                std::int64_t bytes) {
  return Call(false, address, bytes);
}

std::optional<CallerLimits::Excess> CallerLimits::CallOfClient(std::string_view client,
                                                               std::int64_t bytes) {
  return Call(true, client, bytes);
}

std::optional<CallerLimits::Excess> CallerLimits::Call(bool of_client, std::string_view key,
                                                       std::int64_t bytes) {
  absl::MutexLock lock(&mu_);
  return ChargeLocked(FindLocked(of_client, key), bytes);
}

std::optional<CallerLimits::Excess> CallerLimits::ChargeLocked(Account* account,
                                                               std::int64_t bytes) {
  if (account == nullptr) return std::nullopt;
  RefillLocked(*account);
  const CallerBounds& bounds = BoundsOf(account->of_client);
  if (bounds.calls_per_second > 0 && account->calls < 1) {
    return Refuse(BoundOf(account->of_client, CallerBound::kClientCalls),
                  TimeUntil(1, account->calls, bounds.calls_per_second));
  }
  if (bounds.bytes_per_second > 0 && account->bytes < 0) {
    return Refuse(BoundOf(account->of_client, CallerBound::kClientBytes),
                  TimeUntil(0, account->bytes, bounds.bytes_per_second));
  }
  if (bounds.calls_per_second > 0) account->calls -= 1;
  if (bounds.bytes_per_second > 0) account->bytes -= static_cast<double>(bytes);
  return std::nullopt;
}

std::optional<CallerLimits::Excess> CallerLimits::OpenStream(std::string_view client,
                                                             std::string_view address,
                                                             std::unique_ptr<Place>& place) {
  absl::MutexLock lock(&mu_);
  Account* found[] = {nullptr, nullptr};
  for (const bool of_client : {true, false}) {
    Account* const account = FindLocked(of_client, of_client ? client : address);
    const std::int64_t most = BoundsOf(of_client).streams;
    if (account != nullptr && most > 0 && account->streams >= most) {
      if (found[0] != nullptr) --found[0]->streams;
      return Refuse(BoundOf(of_client, CallerBound::kClientStreams), kStreamRetry);
    }
    if (account != nullptr) ++account->streams;  // From here on it is not evicted.
    found[of_client ? 0 : 1] = account;
  }
  place = std::make_unique<Place>(*this, found[0], found[1]);
  return std::nullopt;
}

CallerLimits::Place::~Place() {
  absl::MutexLock lock(&limits_.mu_);
  if (client_ != nullptr) --client_->streams;
  if (address_ != nullptr) --address_->streams;
}

absl::Duration CallerLimits::Place::Receive(std::int64_t bytes) {
  absl::MutexLock lock(&limits_.mu_);
  return std::max(limits_.DebtLocked(client_, bytes), limits_.DebtLocked(address_, bytes));
}

absl::Duration CallerLimits::DebtLocked(Account* account, std::int64_t bytes) {
  if (account == nullptr) return absl::ZeroDuration();
  const std::int64_t rate = BoundsOf(account->of_client).bytes_per_second;
  if (rate == 0) return absl::ZeroDuration();
  RefillLocked(*account);
  account->bytes -= static_cast<double>(bytes);
  if (account->bytes >= 0) return absl::ZeroDuration();
  return Refuse(BoundOf(account->of_client, CallerBound::kClientBytes),
                TimeUntil(0, account->bytes, rate))
      .retry_after;
}

CallerLimits::Excess CallerLimits::Refuse(CallerBound bound, absl::Duration retry_after) {
  ++refused_[static_cast<std::size_t>(bound)];
  return {bound, retry_after};
}

// A clock that goes back gives nothing and takes nothing.
void CallerLimits::RefillLocked(Account& account) const {
  const absl::Time now = clock_.Now();
  const absl::Duration passed = std::max(now - account.at, absl::ZeroDuration());
  const CallerBounds& bounds = BoundsOf(account.of_client);
  account.at = now;
  account.calls = Refilled(account.calls, bounds.calls_per_second, passed);
  account.bytes = Refilled(account.bytes, bounds.bytes_per_second, passed);
}

CallerLimits::Account* CallerLimits::FindLocked(bool of_client, std::string_view key) {
  const CallerBounds& bounds = BoundsOf(of_client);
  if (key.empty()) return nullptr;
  if (bounds.streams + bounds.calls_per_second + bounds.bytes_per_second == 0) return nullptr;
  std::string name = KeyOf(of_client, key);
  const auto found = by_key_.find(name);
  if (found == by_key_.end()) return AddLocked(of_client, std::move(name));
  accounts_.splice(accounts_.begin(), accounts_, found->second);
  return &*found->second;
}

CallerLimits::Account* CallerLimits::AddLocked(bool of_client, std::string key) {
  if (!MakeRoomLocked()) return of_client ? other_clients_.get() : other_addresses_.get();
  accounts_.emplace_front();
  Account& account = accounts_.front();
  account.of_client = of_client;
  account.key = std::move(key);
  account.calls = static_cast<double>(BoundsOf(of_client).calls_per_second);
  account.bytes = static_cast<double>(BoundsOf(of_client).bytes_per_second);
  account.at = clock_.Now();
  by_key_.emplace(account.key, accounts_.begin());
  return &account;
}

// Of the least recently used ones, the first that is at rest goes. The others had their look and
// come to the front, so that a few old streams do not keep everything behind them.
bool CallerLimits::MakeRoomLocked() {
  const std::size_t most =
      options_.callers_kept_max == 0 ? kCallersKeptMax : options_.callers_kept_max;
  if (accounts_.size() < most) return true;
  for (int look = 0; look < kLooksForRoom; ++look) {
    Account& oldest = accounts_.back();
    RefillLocked(oldest);
    const CallerBounds& bounds = BoundsOf(oldest.of_client);
    const bool full = oldest.calls >= static_cast<double>(bounds.calls_per_second) &&
                      oldest.bytes >= static_cast<double>(bounds.bytes_per_second);
    if (full && oldest.streams == 0) {
      by_key_.erase(oldest.key);
      accounts_.pop_back();
      return true;
    }
    accounts_.splice(accounts_.begin(), accounts_, std::prev(accounts_.end()));
  }
  return false;
}

std::size_t CallerLimits::accounts() const {
  absl::MutexLock lock(&mu_);
  return accounts_.size();
}

std::string CallerLimits::Dump(bool of_client, std::string_view key) const {
  absl::MutexLock lock(&mu_);
  const auto found = by_key_.find(KeyOf(of_client, key));
  if (found == by_key_.end()) return "";
  Account account = *found->second;
  RefillLocked(account);
  return absl::StrCat("streams ", account.streams, ", calls ", account.calls, ", bytes ",
                      account.bytes);
}

}  // namespace claimwatch
