// Between the values of claims/ and ledger/ and the store's own messages (records.proto).
//
// Internal to store/. FromMessage takes its message apart (moves the strings out). Enum values are
// checked: DATA_LOSS for one that no release has written. Tested through tests/store/codec_test.cc.
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "server/ledger/ledger.h"

namespace claimwatch::store {
class Alert;
class Claim;
class FigureKey;
class KnownClaim;
}  // namespace claimwatch::store

namespace claimwatch {

// Microseconds since 1970; the infinities are the extreme values.
std::int64_t ToMicros(absl::Time time);
absl::Time FromMicros(std::int64_t micros);

// The claim as read (without ids, source and publication time).
void ToMessage(const KnownClaim& claim, store::Claim& message);
absl::Status FromMessage(store::Claim& message, KnownClaim& claim);

// The claim with all of it.
void ToMessage(const KnownClaim& claim, store::KnownClaim& message);
absl::Status FromMessage(store::KnownClaim& message, KnownClaim& claim);

void ToMessage(const FigureKey& key, store::FigureKey& message);
absl::Status FromMessage(store::FigureKey& message, FigureKey& key);

void ToMessage(const Alert& alert, store::Alert& message);
absl::Status FromMessage(store::Alert& message, Alert& alert);

}  // namespace claimwatch
