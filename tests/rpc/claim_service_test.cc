#include "server/rpc/claim_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

using testing::ElementsAre;

TEST(ExtractClaims, ClaimsAndEveryNumberWithItsReason) {
  TestServer server;
  v1::ExtractClaimsRequest request;
  request.set_title("Fire in Varna");
  request.set_body("The fire injured 14 people on 3 May 2019, the ministry said.");
  v1::ExtractClaimsResponse response;
  ASSERT_TRUE(server.claims->ExtractClaims(Context().get(), request, &response).ok());
  EXPECT_EQ(response.reading(), v1::READING_FULL);
  ASSERT_EQ(response.claims_size(), 1);
  const v1::Claim& claim = response.claims(0);
  EXPECT_EQ(claim.claim_id(), "x1");
  EXPECT_EQ(claim.measure(), "injured");
  EXPECT_EQ(claim.quantity().low(), 14);
  EXPECT_EQ(claim.quote().text(), "14");
  EXPECT_EQ(claim.quote().begin(), 17);
  EXPECT_EQ(claim.quote().end(), 19);
  EXPECT_EQ(claim.sentence().text(), request.body());
  EXPECT_TRUE(claim.story_id().empty());
  int dates = 0, claimed = 0;
  for (const v1::NumberPhrase& phrase : response.quantities()) {
    EXPECT_FALSE(phrase.reason().empty()) << phrase.ShortDebugString();
    dates += phrase.kind() == v1::NumberPhrase::KIND_DATE ? 1 : 0;
    claimed += phrase.claim_id() == "x1" ? 1 : 0;
  }
  EXPECT_GE(dates, 1);
  EXPECT_EQ(claimed, 1);
}

TEST(ExtractClaims, NothingIsStoredAndBadTextIsRefused) {
  TestServer server;
  v1::ExtractClaimsRequest request;
  v1::ExtractClaimsResponse response;
  EXPECT_EQ(Dump(server.claims->ExtractClaims(Context().get(), request, &response)),
            "INVALID_ARGUMENT ARTICLE_INVALID body:REQUIRED");
  request.set_body("Nine people were injured.");
  request.set_language("not a language");
  EXPECT_EQ(Dump(server.claims->ExtractClaims(Context().get(), request, &response)),
            "INVALID_ARGUMENT ARTICLE_INVALID language:MALFORMED");
  request.set_language("bg");
  ASSERT_TRUE(server.claims->ExtractClaims(Context().get(), request, &response).ok());
  EXPECT_EQ(response.reading(), v1::READING_LANGUAGE_NOT_READ);
  EXPECT_EQ(response.claims_size(), 0);
  EXPECT_EQ(static_cast<std::int64_t>(server.store().ReadState()->last_sequence), 0);
}

std::vector<std::string> Ids(const v1::ListClaimsResponse& response) {
  std::vector<std::string> ids;
  for (const v1::Claim& claim : response.claims()) {
    ids.push_back(claim.article_id() + "/" + claim.measure());
  }
  return ids;
}

class ListClaims : public testing::Test {
 protected:
  ListClaims() {
    for (int i = 1; i <= 3; ++i) {
      server_.Ingest(FireReport(absl::StrCat("a", i), 10 * i, 600 * i,
                                i == 2 ? "dock-gazette.example" : "port-news.example"));
    }
  }
  v1::ListClaimsResponse List(const v1::ListClaimsRequest& request) {
    v1::ListClaimsResponse response;
    const grpc::Status status = server_.claims->ListClaims(Context().get(), request, &response);
    EXPECT_TRUE(status.ok()) << Dump(status);
    return response;
  }

  TestServer server_;
};

TEST_F(ListClaims, LatestFirstPageByPage) {
  v1::ListClaimsRequest request;
  request.set_page_size(2);
  const v1::ListClaimsResponse first = List(request);
  EXPECT_THAT(Ids(first), ElementsAre("a3/injured", "a2/injured"));
  server_.Ingest(FireReport("a4", 77, 9000));  // Not shown to a running walk.
  request.set_page_token(first.next_page_token());
  const v1::ListClaimsResponse second = List(request);
  EXPECT_THAT(Ids(second), ElementsAre("a1/injured"));
  EXPECT_TRUE(second.next_page_token().empty());
}

TEST_F(ListClaims, BySelectingFields) {
  v1::ListClaimsRequest request;
  request.set_source("dock-gazette.example");
  EXPECT_THAT(Ids(List(request)), ElementsAre("a2/injured"));
  request.Clear();
  request.set_article_id("a3");
  EXPECT_THAT(Ids(List(request)), ElementsAre("a3/injured"));
  request.Clear();
  request.set_story_id("s1");
  EXPECT_THAT(Ids(List(request)), ElementsAre("a3/injured", "a2/injured", "a1/injured"));
  request.set_page_size(1);
  request.set_page_token(List(request).next_page_token());
  EXPECT_THAT(Ids(List(request)), ElementsAre("a2/injured"));
  request.Clear();
  request.set_figure_id("f1");
  EXPECT_THAT(Ids(List(request)), ElementsAre("a3/injured", "a2/injured", "a1/injured"));
  request.Clear();
  request.set_measure("killed");
  EXPECT_TRUE(Ids(List(request)).empty());
  request.Clear();
  request.set_figure_id("f999");
  EXPECT_TRUE(Ids(List(request)).empty());
}

TEST_F(ListClaims, BadRequests) {
  v1::ListClaimsResponse response;
  v1::ListClaimsRequest request;
  request.set_page_size(-1);
  EXPECT_EQ(Dump(server_.claims->ListClaims(Context().get(), request, &response)),
            "INVALID_ARGUMENT REQUEST_INVALID page_size:OUT_OF_RANGE");
  request.set_page_size(0);
  request.set_page_token("garbage");
  EXPECT_EQ(Dump(server_.claims->ListClaims(Context().get(), request, &response)),
            "INVALID_ARGUMENT PAGE_TOKEN_INVALID");
  request.Clear();
  request.set_story_id("f1");
  EXPECT_EQ(Dump(server_.claims->ListClaims(Context().get(), request, &response)),
            "INVALID_ARGUMENT REQUEST_INVALID story_id:MALFORMED");
}

TEST_F(ListClaims, ComparedInWordsAndWithTheirAlert) {
  v1::ListClaimsRequest list;
  const v1::ListClaimsResponse all = List(list);
  v1::CompareClaimsRequest request;
  v1::CompareClaimsResponse response;
  request.set_claim_id(all.claims(0).claim_id());
  request.set_other_claim_id(all.claims(1).claim_id());
  ASSERT_TRUE(server_.claims->CompareClaims(Context().get(), request, &response).ok());
  EXPECT_EQ(response.verdict().reason(), v1::Verdict::REASON_RAISED);
  EXPECT_TRUE(response.verdict().comparable());
  EXPECT_FALSE(response.verdict().explanation().empty());
  EXPECT_EQ(response.claim().article_id(), "a3");
  EXPECT_EQ(response.other_claim().article_id(), "a2");
  EXPECT_FALSE(response.alert_id().empty());
  request.set_other_claim_id(request.claim_id());
  EXPECT_EQ(Dump(server_.claims->CompareClaims(Context().get(), request, &response)),
            "INVALID_ARGUMENT REQUEST_INVALID other_claim_id:MALFORMED");
  request.set_other_claim_id("c99999");
  EXPECT_EQ(Dump(server_.claims->CompareClaims(Context().get(), request, &response)),
            "NOT_FOUND CLAIM_NOT_FOUND claimwatch.v1.Claim=c99999");
}

}  // namespace
}  // namespace claimwatch
