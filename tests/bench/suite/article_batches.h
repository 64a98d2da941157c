// Batches of generated news, serialised before the clock runs.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <cstdint>
#include <vector>

namespace claimwatch {

// Articles `first` .. `first + count - 1` of one endless stream of news, as IngestArticlesRequest
// messages of `batch` articles: a hundred events at a time, six reports on each, then a hundred
// others. The first message carries the options. About 3.3 KB an article; the same on each run.
std::vector<grpc::ByteBuffer> ArticleBatches(std::uint64_t first, std::uint64_t count,
                                             std::size_t batch, bool with_options = true);

// One report on each of `events` floods, with a dozen figures, all of which rise from round to
// round: what makes the most alerts of the fewest articles. In one message.
grpc::ByteBuffer TollBatch(std::uint64_t events, std::uint64_t round);

}  // namespace claimwatch
