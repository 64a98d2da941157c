#include "server/rpc/traffic.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "server/base/log.h"

namespace claimwatch {
namespace {

// Frames, TLS records, keepalive: with each message, and without any.
constexpr std::size_t kFrameBytes = 64;
constexpr std::int64_t kForgivenPerSecond = 64 << 10;
constexpr std::size_t kManyConnections = 1000;             // From here on looked at
constexpr absl::Duration kSweepOfMany = absl::Seconds(1);  // so often.

ino_t InodeOf(int socket) {
  struct stat status = {};
  return fstat(socket, &status) == 0 && S_ISSOCK(status.st_mode) ? status.st_ino : 0;
}

std::optional<std::uint64_t> BytesThatCame(int socket) {
  tcp_info info = {};
  socklen_t size = sizeof(info);
  if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return std::nullopt;
  return info.tcpi_bytes_received;
}

std::string KeyOf(std::string_view peer) {
  absl::string_view text(peer.data(), peer.size());
  if (!absl::ConsumePrefix(&text, "ipv4:")) absl::ConsumePrefix(&text, "ipv6:");
  return absl::StrReplaceAll(text, {{"%5B", ""}, {"%5D", ""}, {"%25", "%"}, {"[", ""}, {"]", ""}});
}

}  // namespace

void Traffic::Opened(int socket, const std::string& peer) {
  Connection connection{
      .peer = KeyOf(peer), .inode = InodeOf(socket), .counted = BytesThatCame(socket).has_value()};
  absl::MutexLock lock(&mu_);
  by_peer_[connection.peer] = socket;
  Connection& place = connections_[socket];  // The one that had this descriptor is gone.
  if (const auto old = by_peer_.find(place.peer);
      old != by_peer_.end() && old->second == socket && place.peer != connection.peer) {
    by_peer_.erase(old);
  }
  place = std::move(connection);
}

void Traffic::Received(std::string_view peer, std::size_t bytes) {
  const std::string key = KeyOf(peer);
  absl::MutexLock lock(&mu_);
  const auto found = by_peer_.find(key);
  if (found == by_peer_.end()) return;
  const auto connection = connections_.find(found->second);
  if (connection != connections_.end())
    connection->second.received += bytes + bytes / 4 + kFrameBytes;
}

void Traffic::EndAll() {
  absl::MutexLock lock(&mu_);
  for (const auto& [socket, connection] : connections_) {
    if (connection.inode != 0 && InodeOf(socket) == connection.inode) shutdown(socket, SHUT_RDWR);
  }
}

// What a connection was credited beyond what came is not kept for later: headers that are repeated
// cost a byte each.
void Traffic::Sweep(absl::Duration now) {
  absl::MutexLock lock(&mu_);
  const absl::Duration passed = now - last_sweep_;
  if (connections_.size() > kManyConnections && passed < kSweepOfMany) return;
  last_sweep_ = now;
  const auto forgiven =
      static_cast<std::int64_t>(kForgivenPerSecond * std::min(absl::ToDoubleSeconds(passed), 60.0));
  std::vector<int> closed;
  for (auto& [socket, connection] : connections_) {
    if (!connection.counted && InodeOf(socket) == connection.inode) continue;
    const std::optional<std::uint64_t> came = BytesThatCame(socket);
    if (!came.has_value() || *came < connection.came) {
      closed.push_back(socket);
      continue;
    }
    const auto between = static_cast<std::int64_t>(*came - connection.came) -
                         static_cast<std::int64_t>(connection.received) - forgiven;
    connection.came = *came;
    connection.received = 0;
    connection.lost = std::max<std::int64_t>(connection.lost + between, 0);
  }
  for (const int socket : closed) {
    const auto found = connections_.find(socket);
    const auto peer = by_peer_.find(found->second.peer);
    if (peer != by_peer_.end() && peer->second == socket) by_peer_.erase(peer);
    connections_.erase(found);
  }
  CutWorstLocked();
}

void Traffic::CutWorstLocked() {
  std::vector<std::pair<std::int64_t, int>> lost;
  std::int64_t all = 0;
  for (const auto& [socket, connection] : connections_) {
    if (connection.lost == 0) continue;
    lost.emplace_back(connection.lost, socket);
    all += connection.lost;
  }
  std::sort(lost.rbegin(), lost.rend());
  for (const auto& [bytes, socket] : lost) {
    if (bytes <= kConnectionLostBytesMax && all <= kLostBytesMax) return;
    all -= bytes;
    CutLocked(socket, connections_[socket]);
    connections_[socket].lost = 0;
  }
}

void Traffic::CutLocked(int socket, const Connection& connection) {
  if (connection.inode == 0 || InodeOf(socket) != connection.inode) return;
  ++cut_;
  Log()->warn("the connection of {} sent {} bytes of which nothing became a call: it is cut",
              LogSafe(connection.peer), connection.lost);
  shutdown(socket, SHUT_RDWR);  // gRPC closes it.
}

}  // namespace claimwatch
