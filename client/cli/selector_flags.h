// Flags that pick alerts, for `watch` and `alerts`.
//
// Tested by tests/client/cli_test.py.
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "claimwatch/v1/alert.pb.h"

namespace claimwatch::cli {

class SelectorFlags {
 public:
  void AddTo(CLI::App& command);

  // INVALID_ARGUMENT names the flag and lists what it takes.
  absl::StatusOr<claimwatch::v1::AlertSelector> Read() const;
  // An expression of the filter language; the daemon checks it.
  const std::string& filter() const { return filter_; }

 private:
  std::string story_, figure_, min_severity_, filter_;
  std::vector<std::string> measures_, kinds_, sources_;
};

// The words of an enum without its prefix, small, without the unspecified: "conflict raised …".
std::vector<std::string> EnumWords(const google::protobuf::EnumDescriptor& descriptor,
                                   std::string_view prefix);

// The number of such a word, whatever its case. INVALID_ARGUMENT lists the words.
absl::StatusOr<int> ParseEnum(const google::protobuf::EnumDescriptor& descriptor,
                              std::string_view prefix, std::string_view flag,
                              const std::string& word);

}  // namespace claimwatch::cli
