#include "server/auth/rules.h"

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace claimwatch {
namespace {

constexpr Roles kAnyRole = kRolesAll;
constexpr Roles kLook = kRoleRead | kRoleSubscribe;

constexpr Rule kTable[] = {
    {"/claimwatch.v1.ArticleService/IngestArticles", kRoleIngest, true},
    {"/claimwatch.v1.ArticleService/IngestArticle", kRoleIngest},
    {"/claimwatch.v1.ArticleService/RetractArticle", kRoleIngest, true},
    {"/claimwatch.v1.ArticleService/GetArticle", kRoleRead},
    {"/claimwatch.v1.ClaimService/ExtractClaims", kRoleRead},
    {"/claimwatch.v1.ClaimService/ListClaims", kRoleRead},
    {"/claimwatch.v1.ClaimService/CompareClaims", kRoleRead},
    {"/claimwatch.v1.StoryService/ListStories", kRoleRead},
    {"/claimwatch.v1.StoryService/GetStory", kRoleRead},
    {"/claimwatch.v1.StoryService/ListFigures", kRoleRead},
    {"/claimwatch.v1.StoryService/GetFigure", kRoleRead},
    {"/claimwatch.v1.StoryService/MergeStories", kRoleSubscribe, true},
    {"/claimwatch.v1.StoryService/SplitStory", kRoleSubscribe, true},
    {"/claimwatch.v1.AlertService/SubscribeAlerts", kRoleSubscribe},
    {"/claimwatch.v1.AlertService/ListAlerts", kLook},
    {"/claimwatch.v1.AlertService/GetAlert", kLook},
    {"/claimwatch.v1.AlertService/AcknowledgeAlert", kRoleSubscribe, true},
    {"/claimwatch.v1.AlertService/CreateSubscription", kRoleSubscribe, true},
    {"/claimwatch.v1.AlertService/GetSubscription", kRoleSubscribe},
    {"/claimwatch.v1.AlertService/ListSubscriptions", kRoleSubscribe},
    {"/claimwatch.v1.AlertService/DeleteSubscription", kRoleSubscribe, true},
    {"/claimwatch.v1.AlertService/ConsumeAlerts", kRoleSubscribe},
    {"/claimwatch.v1.AlertService/SettleAlerts", kRoleSubscribe},
    {"/claimwatch.v1.AlertService/ListParkedAlerts", kRoleSubscribe},
    {"/claimwatch.v1.AlertService/ReplayParkedAlerts", kRoleSubscribe, true},
    {"/claimwatch.v1.AlertService/SeekSubscription", kRoleSubscribe, true},
    {"/claimwatch.v1.AdminService/GetStatus", kAnyRole},
    {"/claimwatch.v1.AdminService/BackUp", kRoleAdmin, true},
    // Balancers carry no credentials, and what a daemon can do is in its public proto files.
    {"/grpc.health.v1.Health/Check", 0, false, true},
    {"/grpc.health.v1.Health/Watch", 0, false, true},
    {"/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", 0, false, true},
};

constexpr std::pair<std::string_view, Roles> kNames[] = {{"ingest", kRoleIngest},
                                                         {"read", kRoleRead},
                                                         {"subscribe", kRoleSubscribe},
                                                         {"admin", kRoleAdmin}};

}  // namespace

absl::Span<const Rule> RuleTable() { return kTable; }

const Rule* FindRule(std::string_view method) {
  static const auto* const rules = [] {
    auto* made = new absl::flat_hash_map<std::string, const Rule*>();
    for (const Rule& rule : kTable) (*made)[std::string(rule.method)] = &rule;
    return made;
  }();
  const auto found = rules->find(absl::string_view(method.data(), method.size()));
  return found == rules->end() ? nullptr : found->second;
}

Roles ParseRoles(std::string_view words) {
  Roles roles = 0;
  for (const absl::string_view word :
       absl::StrSplit(absl::string_view(words.data(), words.size()), ',')) {
    Roles role = 0;
    for (const auto& [name, bit] : kNames) {
      if (name == std::string_view(word.data(), word.size())) role = bit;
    }
    if (role == 0) return 0;
    roles |= role;
  }
  return roles;
}

std::string ToString(Roles roles) {
  std::vector<std::string> names;
  for (const auto& [name, bit] : kNames) {
    if ((roles & bit) != 0) names.emplace_back(name);
  }
  return absl::StrJoin(names, ",");
}

}  // namespace claimwatch
