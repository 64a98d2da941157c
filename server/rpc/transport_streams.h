// TransportStreams: bounds the streams that gRPC holds, where gRPC 1.51 does not.
//
// That version bounds the streams of a connection (kConnectionStreamsMax) only once the peer has
// acknowledged the bound, forgets those that the peer took back before they are over, and its
// memory quota refuses none. The guard sees a call only when its message is there. So for 15 bytes
// of headers a hostile peer had 12 KiB of memory. (Versions from 1.60 on have bounds of their own.)
//
// Functions of ours with the names of the library's stand before them, also for its own calls: they
// count what each connection holds, from the first header until the call is freed, and close a
// connection that holds too much before it gets more. Without those names in a library of another
// version nothing is counted, and TransportStreamsAreBounded() says so. Of the whole process;
// thread-safe. The reasons are in server/decisions/0021-caller-limits.md. Tested by
// tests/rpc/transport_streams_test.cc and tests/end_to_end/abuse_test.cc.
#pragma once

#include <cstdint>

namespace claimwatch {

// Of one connection, while there is room: four times what a peer is told, since it may begin some
// before it knows, and what is over takes a moment to be freed.
inline constexpr std::int64_t kHeldStreamsMax = 1024;
// What gRPC holds for a stream of which nothing but headers came, and some more.
inline constexpr std::int64_t kHeldStreamBytes = 16 << 10;

// What one connection may hold while all together hold `all` of `all_max` (> 0): kHeldStreamsMax
// until half is taken, from there on evenly less, at least 1.
std::int64_t HeldStreamsAllowed(std::int64_t all, std::int64_t all_max);

// From now on. At first there is no bound for all together.
void BoundTransportStreams(std::int64_t all_max);
bool TransportStreamsAreBounded();

std::int64_t TransportStreams();    // Held now, by the servers and channels of the process.
std::int64_t CrowdedConnections();  // Closed, since the process began.

}  // namespace claimwatch
