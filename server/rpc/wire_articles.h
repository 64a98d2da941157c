// Articles off the wire, one at a time, so that a bad one does not take its neighbours along.
//
// C++ refuses a whole message when one proto3 string in it is not UTF-8. So a request is cut into
// articles first (claimwatch/wire/ingest.proto), each is parsed alone, and one that does not parse
// is read again as bytes to find out whose it is and which fields to blame. Pure. Tested by
// tests/rpc/wire_articles_test.cc.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <optional>
#include <string>
#include <vector>

#include "claimwatch/v1/article.pb.h"
#include "claimwatch/wire/ingest.pb.h"
#include "server/ingest/ingestor.h"

namespace claimwatch {

using CutBatch = wire::IngestArticlesRequest;

// False: the bytes are no request at all.
bool CutArticles(const grpc::ByteBuffer& message, CutBatch& batch);

// The articles of a batch that can be read, in order, and for the others their results.
struct ReadBatch {
  std::vector<Article> articles;
  std::vector<IngestResult> results;  // One an article of the batch; those of readable ones empty.
  std::vector<std::size_t> places;    // Index in `results` of each of `articles`.
};
ReadBatch ReadArticles(const CutBatch& batch);

}  // namespace claimwatch
