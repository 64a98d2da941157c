#include "server/rpc/rooms.h"

#include "server/ingest/limits.h"
#include "server/rpc/limits.h"

namespace claimwatch {

v1::Limits Rooms::Limits() const {
  v1::Limits limits;
  limits.set_article_bytes_max(kBodyBytesMax);
  limits.set_article_claims_max(kArticleClaimsMax);
  limits.set_batch_articles_max(kBatchArticlesMax);
  limits.set_message_bytes_max(kMessageBytesMax);
  limits.set_inflight_articles_max(kStreamArticlesInFlightMax);
  limits.set_page_size_max(kPageSizeMax);
  limits.set_subscribers_max(options.subscribers_max);
  limits.set_events_kept_max(options.events_kept);
  limits.set_history_entries_max(kHistoryEntriesMax);
  *limits.mutable_publish_ahead_max() = ToProto(options.future_max);
  limits.set_client_streams_max(options.client_bounds.streams);
  limits.set_client_calls_per_second_max(options.client_bounds.calls_per_second);
  limits.set_client_bytes_per_second_max(options.client_bounds.bytes_per_second);
  limits.set_address_streams_max(options.address_bounds.streams);
  limits.set_address_calls_per_second_max(options.address_bounds.calls_per_second);
  limits.set_address_bytes_per_second_max(options.address_bounds.bytes_per_second);
  return limits;
}

}  // namespace claimwatch
