// Every bound of the daemon, and what happens there.
//
// A bound is defined in the room that keeps it and named here, so that this is the one page to
// read; what must hold between rooms is asserted below. What an operator can change is in
// option_table.cc with its own bounds. Tested by tests/app/limits_test.cc, which compares with what
// a client is told.
//
//   what                              bound                                 at the bound
//   an article's id, source, hint     kArticleIdBytesMax... (ingest)        error receipt, field
//   named an article's title, body          kTitleBytesMax, kBodyBytesMax         error receipt,
//   field named how far ahead it is dated         --future_max                          error
//   receipt, field named an article's claims               kArticleClaimsMax (claims) the rest is
//   not read articles in one message           kBatchArticlesMax (ingest)            stream ends:
//   BATCH_TOO_LARGE one message                       kMessageBytesMax (rpc)                stream
//   ends: the transport's
//                                                                           RESOURCE_EXHAUSTED
//   a stream's unanswered articles    kStreamArticlesInFlightMax,           the daemon stops
//   reading it
//                                     kStreamBytesInFlightMax (rpc)
//   all unanswered articles           kArticlesInFlightMax,                 streams wait; a unary
//   call
//                                     kBytesInFlightMax (ingest)            hears OVERLOADED
//   articles in one transaction       kGroupArticlesMax (ingest)            the next one
//   streams of articles               kIngestStreamsMax (rpc)               TOO_MANY_STREAMS
//   subscribers                       --subscribers_max                     TOO_MANY_STREAMS
//   streams on one connection         kConnectionStreamsMax (rpc)           the client's library
//   waits stories for linking               --stories_max, --story_window         the least recent
//   sleep ledgers held ready                kLedgersMax, kLedgerClaimsMax         read from the
//   store again an alert's earlier claims         kAlertPreviousMax (ledger)            the most
//   telling are kept events in memory                  kEventsKept (feed)                    older:
//   read from the store events in one write               kWriteEventsMax, kWriteBytesMax       the
//   next write a write that nobody takes         kWriteStallMax (rpc)                  the stream
//   is ended a stream's age                    --stream_age_max                      told to come
//   back unary calls that wait             kCallsWaitingMax (rpc)                OVERLOADED a page
//   kPageSizeMax, kPageScanMax (rpc)      shorter, with a token a figure's history
//   kHistoryEntriesMax (rpc)              the latest, and a count memory of the transport
//   --transport_bytes_max                 gRPC refuses work
//   over HTTP: connections            kHttpConnectionsMax (web)             503, closed
//   a request's header, body          kHttpHeaderBytesMax,                  431, 413
//                                     kHttpBodyBytesMax
//   all bodies at a time              kHttpBodiesBytesMax                   503
//   slow requests, quiet connections  kHttpHeaderTimeMax, kHttpBodyIdleMax, closed
//                                     kHttpKeepAliveMax
//   a slow reader's answer            kWriteStallMax                        closed
//   the dashboard's files             kHttpFilesBytesMax                    no start
#pragma once

#include <cstdint>

#include "server/claims/reader.h"
#include "server/feed/alert_feed.h"
#include "server/ingest/limits.h"
#include "server/rpc/limits.h"
#include "server/web/limits.h"

namespace claimwatch {

inline constexpr std::int64_t kMiB = 1024 * 1024;

// --heartbeat_interval, in seconds; what a subscriber may ask for is within the same.
inline constexpr double kHeartbeatSecondsMin = 1;
inline constexpr double kHeartbeatSecondsMax = 3600;

static_assert(kMessageBytesMax >= 4 * (kBodyBytesMax + kTitleBytesMax),
              "an article that is too large must get through to be refused by itself");
static_assert(kStreamArticlesInFlightMax >= kBatchArticlesMax, "one batch must fit into a stream");
static_assert(kArticlesInFlightMax >= kBatchArticlesMax, "and into the daemon");
static_assert(kEventsKept >= kWriteEventsHardMax, "a write must not need the store");
static_assert(kEventsKept >= 2 * kArticleClaimsMax, "one article's events must fit in memory");

}  // namespace claimwatch
