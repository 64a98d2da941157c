// Rules: which roles may call which method. The default is no.
//
// One table for every way in (gRPC, HTTP). A method that is not in it is refused, also to an
// administrator, so a new rpc is closed until somebody has thought about it; a test walks over all
// descriptors and demands a row for each. Tested by tests/auth/rules_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/types/span.h"

namespace claimwatch {

// What a caller may be. Bits, so that a set of them is one number.
using Roles = std::uint32_t;
inline constexpr Roles kRoleIngest = 1;     // Hands in and takes back articles.
inline constexpr Roles kRoleRead = 2;       // Looks at articles, claims, stories, alerts.
inline constexpr Roles kRoleSubscribe = 4;  // Hears alerts, and acknowledges them.
inline constexpr Roles kRoleAdmin = 8;      // Everything.
inline constexpr Roles kRolesAll = kRoleIngest | kRoleRead | kRoleSubscribe | kRoleAdmin;

struct Rule {
  std::string_view method;  // "/claimwatch.v1.AdminService/BackUp"
  Roles any_of;             // One of these is enough; kRoleAdmin always is.
  bool audited = false;     // Written to the audit log also when it is allowed.
  bool open = false;        // For everybody, also without a credential.
};

absl::Span<const Rule> RuleTable();
// Null: no rule, so nobody may.
const Rule* FindRule(std::string_view method);

// "read,subscribe"; 0 where a word is no role.
Roles ParseRoles(std::string_view words);
std::string ToString(Roles roles);

}  // namespace claimwatch
