#include "server/auth/rules.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "claimwatch/v1/admin.pb.h"
#include "claimwatch/v1/alert.pb.h"
#include "claimwatch/v1/article.pb.h"
#include "claimwatch/v1/claim.pb.h"
#include "claimwatch/v1/story.pb.h"

namespace claimwatch {
namespace {

std::vector<std::string> MethodsOfContract() {
  const google::protobuf::FileDescriptor* files[] = {
      v1::GetStatusRequest::descriptor()->file(), v1::Alert::descriptor()->file(),
      v1::Article::descriptor()->file(), v1::Claim::descriptor()->file(),
      v1::Story::descriptor()->file()};
  std::vector<std::string> methods;
  for (const auto* file : files) {
    for (int s = 0; s < file->service_count(); ++s) {
      const auto* service = file->service(s);
      for (int m = 0; m < service->method_count(); ++m) {
        methods.push_back(absl::StrCat("/", service->full_name(), "/", service->method(m)->name()));
      }
    }
  }
  return methods;
}

TEST(Rules, EveryMethodOfTheContractHasOneAndNoneIsOpen) {
  const std::vector<std::string> methods = MethodsOfContract();
  ASSERT_GE(methods.size(), 17u);
  for (const std::string& method : methods) {
    const Rule* rule = FindRule(method);
    ASSERT_NE(rule, nullptr) << method << ": add it to server/auth/rules.cc";
    EXPECT_FALSE(rule->open) << method;
    EXPECT_NE(rule->any_of, 0u) << method;
  }
}

TEST(Rules, NoneIsForAMethodThatDoesNotExist) {
  const std::vector<std::string> methods = MethodsOfContract();
  for (const Rule& rule : RuleTable()) {
    if (rule.method.rfind("/grpc.", 0) == 0) continue;
    EXPECT_NE(std::find(methods.begin(), methods.end(), rule.method), methods.end()) << rule.method;
  }
}

TEST(Rules, TheDefaultIsNo) {
  EXPECT_EQ(FindRule("/claimwatch.v1.AdminService/DropEverything"), nullptr);
  EXPECT_EQ(FindRule(""), nullptr);
}

TEST(Rules, RolesAreWords) {
  EXPECT_EQ(ParseRoles("read"), kRoleRead);
  EXPECT_EQ(ParseRoles("ingest,admin"), kRoleIngest | kRoleAdmin);
  EXPECT_EQ(ParseRoles("root"), 0u);
  EXPECT_EQ(ParseRoles("read,"), 0u);
  EXPECT_EQ(ParseRoles(""), 0u);
  EXPECT_EQ(ToString(kRolesAll), "ingest,read,subscribe,admin");
}

}  // namespace
}  // namespace claimwatch
