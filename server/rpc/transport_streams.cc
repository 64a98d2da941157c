#include "server/rpc/transport_streams.h"

#include <dlfcn.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <limits>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"

// The library's own, of which nothing but the names is used.
struct grpc_transport;
struct grpc_stream;
struct grpc_stream_refcount;
struct grpc_chttp2_transport;
struct grpc_chttp2_stream;
struct grpc_closure;
struct grpc_endpoint;
namespace grpc_core {
class Arena;
}

grpc_endpoint* grpc_transport_get_endpoint(grpc_transport* transport);
int grpc_endpoint_get_fd(grpc_endpoint* endpoint);

namespace claimwatch {
namespace {

constexpr char kInitStream[] =
    "_Z26grpc_transport_init_streamP14grpc_transportP11grpc_streamP20grpc_stream_refcountPKv"
    "PN9grpc_core5ArenaE";
constexpr char kDestroyStream[] =
    "_Z29grpc_transport_destroy_streamP14grpc_transportP11grpc_streamP12grpc_closure";
constexpr char kAcceptStream[] = "_Z33grpc_chttp2_parsing_accept_streamP21grpc_chttp2_transportj";

template <typename Signature>
Signature* Library(const char* name) {
  return reinterpret_cast<Signature*>(dlsym(RTLD_NEXT, name));
}

// Streams by connection.
class Count {
 public:
  void Add(const grpc_transport* connection) {
    ++all_;
    absl::MutexLock lock(&mu_);
    ++held_[connection].streams;
  }
  void Remove(const grpc_transport* connection) {
    --all_;
    absl::MutexLock lock(&mu_);
    const auto found = held_.find(connection);
    if (found != held_.end() && --found->second.streams == 0) held_.erase(found);
  }
  bool HasRoom(const grpc_transport* connection, std::int64_t allowed) {
    absl::MutexLock lock(&mu_);
    const auto found = held_.find(connection);
    return found == held_.end() || (found->second.streams < allowed && !found->second.cut);
  }
  // Of one that has no room. True: for the first time since it held none at all.
  bool Cut(const grpc_transport* connection) {
    absl::MutexLock lock(&mu_);
    const auto found = held_.find(connection);
    return found != held_.end() && !std::exchange(found->second.cut, true);
  }
  std::int64_t all() const { return all_; }

 private:
  struct Held {
    std::int64_t streams = 0;
    bool cut = false;
  };
  std::atomic<std::int64_t> all_{0};
  absl::Mutex mu_;  // A leaf.
  absl::flat_hash_map<const grpc_transport*, Held> held_ ABSL_GUARDED_BY(mu_);
};

Count& Streams() {
  static auto* const count = new Count;
  return *count;
}

std::atomic<std::int64_t> streams_max{std::numeric_limits<std::int64_t>::max()};
std::atomic<std::int64_t> crowded{0};

// The connection of which this thread is taking a stream. HTTP/2 calls it by another address than
// the rest of the library; what lies between is the same for all, and known from the first stream
// on.
thread_local grpc_chttp2_transport* taking = nullptr;
std::atomic<std::ptrdiff_t> between{std::numeric_limits<std::ptrdiff_t>::max()};

grpc_transport* ConnectionOf(grpc_chttp2_transport* wire) {
  const std::ptrdiff_t known = between;
  if (known == std::numeric_limits<std::ptrdiff_t>::max()) return nullptr;
  return reinterpret_cast<grpc_transport*>(reinterpret_cast<char*>(wire) + known);
}

bool HasRoom(const grpc_transport* connection) {
  return Streams().HasRoom(connection, HeldStreamsAllowed(Streams().all(), streams_max));
}

// What was read of it already is skipped, and its calls end once gRPC sees that it is closed. What
// it would not take is not kept for it by the kernel either.
void Close(grpc_transport* connection) {
  if (!Streams().Cut(connection)) return;
  ++crowded;
  const int socket = grpc_endpoint_get_fd(grpc_transport_get_endpoint(connection));
  constexpr linger kNow = {.l_onoff = 1, .l_linger = 0};
  if (socket < 0) return;
  setsockopt(socket, SOL_SOCKET, SO_LINGER, &kNow, sizeof(kNow));
  shutdown(socket, SHUT_RDWR);
}

}  // namespace

std::int64_t HeldStreamsAllowed(std::int64_t all, std::int64_t all_max) {
  const std::int64_t half = std::max<std::int64_t>(all_max / 2, 1);
  if (all <= half) return kHeldStreamsMax;
  const double left = static_cast<double>(all_max - all) / static_cast<double>(half);
  return std::max<std::int64_t>(static_cast<std::int64_t>(kHeldStreamsMax * left), 1);
}

void BoundTransportStreams(std::int64_t all_max) { streams_max = all_max; }

bool TransportStreamsAreBounded() {
  const auto found = [](const char* name) { return dlsym(RTLD_NEXT, name) != nullptr; };
  return found(kInitStream) && found(kDestroyStream) && found(kAcceptStream);
}

std::int64_t TransportStreams() { return Streams().all(); }
std::int64_t CrowdedConnections() { return crowded; }

}  // namespace claimwatch

// A peer begins a stream. Null: its frames are skipped.
grpc_chttp2_stream* grpc_chttp2_parsing_accept_stream(grpc_chttp2_transport* wire,
                                                      std::uint32_t id) {
  using Signature = grpc_chttp2_stream*(grpc_chttp2_transport*, std::uint32_t);
  static const auto accept = claimwatch::Library<Signature>(claimwatch::kAcceptStream);
  grpc_transport* const connection = claimwatch::ConnectionOf(wire);
  if (connection != nullptr && !claimwatch::HasRoom(connection)) {
    claimwatch::Close(connection);
    return nullptr;
  }
  claimwatch::taking = wire;
  grpc_chttp2_stream* const stream = accept(wire, id);
  claimwatch::taking = nullptr;
  return stream;
}

// Memory is there for a stream, of either side.
int grpc_transport_init_stream(grpc_transport* connection, grpc_stream* stream,
                               grpc_stream_refcount* references, const void* server_data,
                               grpc_core::Arena* arena) {
  using Signature =
      int(grpc_transport*, grpc_stream*, grpc_stream_refcount*, const void*, grpc_core::Arena*);
  static const auto init = claimwatch::Library<Signature>(claimwatch::kInitStream);
  claimwatch::Streams().Add(connection);
  if (claimwatch::taking != nullptr) {
    claimwatch::between =
        reinterpret_cast<char*>(connection) - reinterpret_cast<char*>(claimwatch::taking);
  }
  return init(connection, stream, references, server_data, arena);
}

// It is given back.
void grpc_transport_destroy_stream(grpc_transport* connection, grpc_stream* stream,
                                   grpc_closure* then) {
  using Signature = void(grpc_transport*, grpc_stream*, grpc_closure*);
  static const auto destroy = claimwatch::Library<Signature>(claimwatch::kDestroyStream);
  claimwatch::Streams().Remove(connection);
  destroy(connection, stream, then);
}
