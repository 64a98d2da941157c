// Wording: numbers, times, claims and verdicts as short text for people.
//
// Everything returned is safe for a terminal. Tested by tests/client/wording_test.cc.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <string>
#include <string_view>

#include "claimwatch/v1/alert.pb.h"
#include "claimwatch/v1/claim.pb.h"
#include "client/cli/look.h"

namespace claimwatch::cli {

// "1,301", "2.5", "2.5 billion"
std::string NumberText(double number);

// "164 people", "at least 12 people", "USD 2 billion–3 billion". Of an absent quantity: "nothing".
std::string QuantityText(const claimwatch::v1::Quantity& quantity);

// "2022-01-15 09:00 UTC"; "no date" for a default one.
std::string TimeText(const google::protobuf::Timestamp& time);
// "2022-01-15 09:00", for columns whose heading says UTC.
std::string TimeCell(const google::protobuf::Timestamp& time);

// "SELF_CONTRADICTION" of KIND_SELF_CONTRADICTION; `prefix` is "KIND_".
std::string EnumText(std::string_view name, std::string_view prefix);
std::string KindText(claimwatch::v1::Alert::Kind kind);           // "RAISED"
std::string SeverityText(claimwatch::v1::Alert::Severity);        // "critical"
std::string StateText(claimwatch::v1::Alert::State state);        // "open"
std::string VerdictText(claimwatch::v1::Verdict::Reason reason);  // "late arrival"

// "the Health Ministry, via outlet.example", "outlet.example", "no source"
std::string SpeakerText(const claimwatch::v1::Claim& claim);

// What a claim is about, without its number: "killed, police, in Almaty, part, denied".
std::string AboutText(const claimwatch::v1::Claim& claim);

// The sentence of a claim with its number phrase marked, in quotation marks, on one line.
std::string SentenceText(const claimwatch::v1::Claim& claim, const Look& look);

// "1 article", "2 stories"; `many` for every count but 1.
std::string CountText(std::int64_t count, std::string_view one, std::string_view many);

}  // namespace claimwatch::cli
