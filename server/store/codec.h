// Codec: records of the store as bytes, sealed (seal.h), and back.
//
// An article is encoded with its claims by a reader thread, before its place in the sequence is
// known; sequencing adds a small Placement. What can be told from the place (claim ids, story,
// source, publication time of a claim) is not written twice. Decoding fails with DATA_LOSS on what
// encoding cannot have written. Times are kept to the microsecond.
// Tested by tests/store/codec_test.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "server/store/claim_store.h"

namespace claimwatch {

// The article's texts and its claims as read. Pure; for any thread.
std::string EncodeArticle(const Article& article, const std::vector<KnownClaim>& claims);
// Fills article (all but its id) and claims of `record`; sequence, story, sequenced and article.id
// are set before, and the claims take theirs from them. Where `texts` is false, title and body stay
// empty.
absl::Status DecodeArticle(std::string_view bytes, bool texts, ArticleRecord& record);

// Figures of the record's claims and the alerts that it opened.
std::string EncodePlacement(const ArticleRecord& record);
// The placement of an article that is taken back.
absl::StatusOr<std::string> WithRetraction(std::string_view placement, const Retraction& change);
absl::Status DecodePlacement(std::string_view bytes, ArticleRecord& record);

// Figures with consecutive ids; claims are not kept here.
std::string EncodeFigures(const std::vector<Figure>& figures);
absl::StatusOr<std::vector<Figure>> DecodeFigures(FigureId first, std::string_view bytes);

// Id and last_article are kept beside it.
std::string EncodeStory(const StoryRecord& story);
absl::Status DecodeStory(std::string_view bytes, StoryRecord& story);

std::string EncodeAlert(const Alert& alert);
absl::StatusOr<Alert> DecodeAlert(std::string_view bytes);

// Id, and subscription and position, are kept beside them.
std::string EncodeSubscription(const SubscriptionRecord& record);
absl::Status DecodeSubscription(std::string_view bytes, SubscriptionRecord& record);
std::string EncodeParked(const ParkedRecord& record);
absl::Status DecodeParked(std::string_view bytes, ParkedRecord& record);

}  // namespace claimwatch
