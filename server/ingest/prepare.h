// Prepare: all that can be done for an article before its place in the sequence is known.
//
// Runs on the reader threads, in parallel: validation, hash of the content, reading of claims,
// features for linking, gists for judging, encoding and compression for the store. The sequencer
// gets what is left to decide, and no longer holds the text. Pure and deterministic.
// Tested by tests/ingest/prepare_test.cc.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "server/claims/catalogue.h"
#include "server/ingest/validate.h"
#include "server/ledger/gist.h"
#include "server/story/features.h"
#include "server/story/story_index.h"
#include "server/text/article.h"

namespace claimwatch {

struct Prepared {
  Article article;                     // Title and body are given up once they are encoded.
  std::vector<FieldProblem> problems;  // Not empty: nothing below is set.
  std::string content_hash;
  bool language_read = true;
  std::vector<KnownClaim> claims;  // Without ids, story and figure.
  std::vector<Gist> gists;         // Of the claims.
  Features features;
  std::string encoded_features;
  std::string encoded;                 // EncodeArticle() of store/codec.h.
  std::string story_title;             // What a story that begins with this article is called.
  Sequence copy_of = Sequence::kNone;  // Set when it is linked, and so is this:
  std::shared_ptr<const WeighedArticle> weighed;
};

// Sets made[i] for each of the articles, whose text it takes. Several at a time are done in steps,
// which costs a sixth less than one after the other; up to kStageArticlesMax are held meanwhile.
void Prepare(std::span<Article> articles, absl::Time now, absl::Duration future_max,
             const Catalogue& catalogue, std::span<Prepared> made);
Prepared Prepare(Article article, absl::Time now, absl::Duration future_max,
                 const Catalogue& catalogue);

// What makes two deliveries of one article_id the same: source, title, body, language, url and
// publish_time (not the hint). 16 bytes.
std::string HashContent(const Article& article);

}  // namespace claimwatch
