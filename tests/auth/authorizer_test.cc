#include "server/auth/authorizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "server/auth/token.h"
#include "tests/fakes/fake_clock.h"

namespace claimwatch {
namespace {

constexpr char kBackUp[] = "/claimwatch.v1.AdminService/BackUp";
constexpr char kList[] = "/claimwatch.v1.StoryService/ListStories";
constexpr char kSubscribe[] = "/claimwatch.v1.AlertService/SubscribeAlerts";
constexpr char kIngest[] = "/claimwatch.v1.ArticleService/IngestArticles";
constexpr char kHealth[] = "/grpc.health.v1.Health/Check";

std::string LineOf(const std::string& name, const std::string& rest) {
  return absl::StrCat(name, " token=sha256:", absl::BytesToHexString(TokenDigest("cw_" + name)),
                      " ", rest, "\n");
}

Credentials Known(const std::string& text) {
  auto parsed = Credentials::Parse(text);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return *std::move(parsed);
}

Caller With(const std::string& name) { return {"cw_" + name, {}, "ipv4:10.0.0.1:1"}; }

class AuthorizerTest : public testing::Test {
 protected:
  std::string Ask(const Caller& caller, const char* method) {
    const Decision decision = authorizer_.Decide(caller, method);
    return decision.allowed() ? "yes " + decision.grant->name : ReasonOf(decision.refusal);
  }

  FakeClock clock_;
  Authorizer authorizer_{
      Known(LineOf("desk", "roles=read,subscribe") + LineOf("boss", "roles=admin") +
            LineOf("wire", "roles=ingest sources=wire.example") +
            "node certificate=spiffe://example/node roles=ingest\n"),
      clock_};
};

TEST_F(AuthorizerTest, RolesOpenWhatTheTableSays) {
  EXPECT_EQ(Ask(With("desk"), kList), "yes desk");
  EXPECT_EQ(Ask(With("desk"), kSubscribe), "yes desk");
  EXPECT_EQ(Ask(With("desk"), kIngest), "ROLE_MISSING");
  EXPECT_EQ(Ask(With("desk"), kBackUp), "ROLE_MISSING");
  EXPECT_EQ(Ask(With("wire"), kIngest), "yes wire");
  EXPECT_EQ(Ask(With("wire"), kList), "ROLE_MISSING");
  EXPECT_EQ(Ask(With("boss"), kBackUp), "yes boss");
  EXPECT_EQ(Ask(With("boss"), kIngest), "yes boss");
  EXPECT_EQ(Ask(With("boss"), "/claimwatch.v1.AdminService/Unheard"), "ROLE_MISSING");
}

TEST_F(AuthorizerTest, StrangersHearOnlyHealth) {
  EXPECT_EQ(Ask({}, kList), "CREDENTIALS_MISSING");
  EXPECT_EQ(Ask(With("thief"), kList), "CREDENTIALS_INVALID");
  EXPECT_EQ(Ask({"", {"spiffe://example/other"}, ""}, kIngest), "CREDENTIALS_INVALID");
  EXPECT_EQ(Ask({}, kHealth), "yes ");
}

TEST_F(AuthorizerTest, ACertificateNamesItsHolder) {
  EXPECT_EQ(Ask({"", {"node.example", "spiffe://example/node"}, ""}, kIngest), "yes node");
  // A token that was sent counts, and a wrong one is not mended by a certificate.
  EXPECT_EQ(Ask({"cw_thief", {"spiffe://example/node"}, ""}, kIngest), "CREDENTIALS_INVALID");
}

TEST_F(AuthorizerTest, ASenderSpeaksForItsSourcesOnly) {
  const Decision wire = authorizer_.Decide(With("wire"), kIngest);
  ASSERT_TRUE(wire.allowed());
  EXPECT_TRUE(wire.grant->MaySpeakFor("wire.example"));
  EXPECT_FALSE(wire.grant->MaySpeakFor("other.example"));
  EXPECT_TRUE(authorizer_.Decide(With("boss"), kIngest).grant->MaySpeakFor("any.example"));
}

TEST_F(AuthorizerTest, AGrantEndsWithItsCredential) {
  const auto desk = authorizer_.Decide(With("desk"), kSubscribe).grant;
  const auto wire = authorizer_.Decide(With("wire"), kIngest).grant;
  ASSERT_TRUE(authorizer_.Holds(*desk) && authorizer_.Holds(*wire));
  authorizer_.Replace(Known(LineOf("desk", "roles=read,subscribe") +
                            LineOf("wire", "roles=ingest sources=other.example")));
  EXPECT_TRUE(authorizer_.Holds(*desk));
  EXPECT_FALSE(authorizer_.Holds(*wire));  // Its sources are others now.
  authorizer_.Replace(Known(LineOf("desk", "roles=read")));
  EXPECT_FALSE(authorizer_.Holds(*desk));
  authorizer_.Replace(Known(""));
  EXPECT_FALSE(authorizer_.Holds(*desk));
  EXPECT_EQ(Ask(With("desk"), kList), "CREDENTIALS_INVALID");
}

TEST_F(AuthorizerTest, CredentialsExpire) {
  const absl::Time end = clock_.Now() + absl::Hours(1);
  authorizer_.Replace(
      Known(LineOf("desk", "roles=subscribe expires=" +
                               absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", end, absl::UTCTimeZone()))));
  const auto desk = authorizer_.Decide(With("desk"), kSubscribe).grant;
  ASSERT_NE(desk, nullptr);
  EXPECT_TRUE(authorizer_.Holds(*desk));
  clock_.Advance(absl::Hours(2));
  EXPECT_FALSE(authorizer_.Holds(*desk));
  EXPECT_EQ(Ask(With("desk"), kSubscribe), "CREDENTIALS_EXPIRED");
}

TEST(OpenAuthorizer, LetsEverybodyDoWhatHasARule) {
  FakeClock clock;
  const Authorizer open(std::nullopt, clock);
  EXPECT_TRUE(open.open());
  const Decision decision = open.Decide({}, kBackUp);
  ASSERT_TRUE(decision.allowed());
  EXPECT_TRUE(open.Holds(*decision.grant));
  EXPECT_FALSE(open.Decide({}, "/claimwatch.v1.AdminService/Unheard").allowed());
}

TEST(TokenOfHeader, WantsTheSchemeBearer) {
  EXPECT_EQ(TokenOfHeader("Bearer cw_1"), "cw_1");
  EXPECT_EQ(TokenOfHeader("bearer  cw_1 "), "cw_1");
  EXPECT_EQ(TokenOfHeader("Basic cw_1"), "");
  EXPECT_EQ(TokenOfHeader(""), "");
}

}  // namespace
}  // namespace claimwatch
