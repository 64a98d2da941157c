// StoreCheck: is all of a store's file there, whole, and of one piece?
//
// SQLite's own integrity check reads every page (and compares its checksum); then every record is
// unsealed and decoded, and what the tables say of each other is compared: sequences and positions
// without gaps, every reference met, every count right, nothing behind the mark. Changes nothing.
// For `claimwatchd --check` and for a backup before it is restored; no daemon may hold the file.
// Takes about 60 us an article. Tested by tests/store/store_check_test.cc.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/store/claim_store.h"

namespace claimwatch {

// Problems that are spelled out; of the rest there is the count.
inline constexpr std::size_t kProblemsToldMax = 50;

struct StoreReport {
  StoreState state;
  std::int64_t problem_count = 0;
  std::vector<std::string> problems;  // The first of them, for people.
};

// `file`: a database; its log and its mark are looked at where they lie beside it. Errors: it
// cannot be opened at all, or is no store of ours.
absl::StatusOr<StoreReport> CheckStoreFile(const std::string& file);

// "whole: 12 articles with 30 claims, ..." or the problems, one a line.
std::string Verdict(const StoreReport& report);

}  // namespace claimwatch
