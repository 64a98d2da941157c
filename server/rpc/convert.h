// Between the rooms' values and the messages of claimwatch.v1. Translation only: nothing is
// decided.
//
// Messages come out with every field set that the value knows; a field that has no source in the
// value stays absent. Quantities leave as doubles of at most 15 significant digits, which give the
// decimal back exactly. Tested by tests/rpc/convert_test.cc.
#pragma once

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "claimwatch/v1/admin.pb.h"
#include "claimwatch/v1/alert.pb.h"
#include "claimwatch/v1/article.pb.h"
#include "claimwatch/v1/claim.pb.h"
#include "claimwatch/v1/story.pb.h"
#include "server/claims/reader.h"
#include "server/ingest/ingestor.h"
#include "server/ledger/ledger.h"
#include "server/store/claim_store.h"

namespace claimwatch {

google::protobuf::Duration ToProto(absl::Duration duration);
google::protobuf::Timestamp ToProto(absl::Time time);
absl::Duration FromProto(const google::protobuf::Duration& duration);
// Taken to the nearest of the years 1 and 9999 outside of these.
absl::Time FromProto(const google::protobuf::Timestamp& time);

// Takes the texts out of the message.
Article FromProto(v1::Article&& article);
void ToProto(const Article& article, v1::Article& out);

void ToProto(const Quantity& quantity, std::string_view unit, v1::Quantity& out);
void ToProto(const KnownClaim& claim, v1::Claim& out);
// A claim that is not recorded: quotes come from the article itself.
void ToProto(const Claim& claim, const Article& article, std::string_view measure, v1::Claim& out);
void ToProto(const ReadNumber& number, const Article& article, v1::NumberPhrase& out);

void ToProto(const Alert& alert, v1::Alert& out);
void ToProto(const AlertEvent& event, v1::AlertEvent& out);
// The event as a field of SubscribeAlertsResponse: pieces of this kind, joined, are such a message.
std::string WireEvent(const AlertEvent& event);
std::string WireTail(std::string_view resume_token, std::int64_t position);

void ToProto(const Comparison& comparison, v1::Verdict& out);
void ToProto(const StoryRecord& story, v1::Story& out);
// The figure with what is believed at `when`; claims without an open alert leave that field empty.
void ToProto(const Figure& figure, StoryId story, absl::Time when, v1::Figure& out);

struct ReceiptOptions {
  bool claims = false;
  bool alerts = false;
};
// A refused article becomes a receipt with an error.
void ToProto(const IngestResult& result, ReceiptOptions options, v1::Receipt& out);
// A line at level debug, with the trace of the thread (base/trace.h).
void LogReceipt(const v1::Receipt& receipt);

// Enums by number, for the selectors: 0 and what is not known map to nothing.
std::optional<AlertKind> FromProto(v1::Alert::Kind kind);
std::optional<AlertState> FromProto(v1::Alert::State state);
std::optional<Severity> FromProto(v1::Alert::Severity severity);

}  // namespace claimwatch
