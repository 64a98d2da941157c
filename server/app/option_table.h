// The table of options and how a value of each type is written. Tested by
// tests/app/options_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "server/app/options.h"

namespace claimwatch {

// The member that an option sets decides its type.
using OptionMember =
    std::variant<std::string Options::*, std::vector<std::string> Options::*, bool Options::*,
                 absl::Duration Options::*, std::int64_t Options::*>;

struct OptionSpec {
  std::string_view name;
  std::string_view metavar;  // "DIR"; empty for a switch
  OptionMember member;
  std::string_view default_value;  // As in the configuration file.
  std::string_view help;           // What it does; why one would change it.
  // Bounds of numbers (counts, bytes) and durations (seconds), both inclusive.
  double low = 0;
  double high = 0;
  absl::Span<const std::string_view> choices = {};  // Of a string; empty: any.
};

absl::Span<const OptionSpec> OptionTable();
const OptionSpec* FindOption(std::string_view name);
// The option spelled most like `name`, or null when none comes near.
const OptionSpec* NearestOption(std::string_view name);

// "CLAIMWATCH_DATA_DIR"
std::string EnvironmentName(const OptionSpec& spec);

// Reads `value` into `options`. Lists take items separated by commas. The error says what the value
// should look like or which bound it breaks; it does not name the option.
absl::Status SetOption(const OptionSpec& spec, std::string_view value, Options& options);

}  // namespace claimwatch
