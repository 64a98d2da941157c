#include "server/rpc/page_token.h"

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "claimwatch/v1/alert.pb.h"
#include "server/rpc/limits.h"

namespace claimwatch {
namespace {

TEST(PageToken, GoesOnWithTheSameRequestOnly) {
  v1::ListAlertsRequest request;
  request.mutable_selector()->set_story_id("s7");
  request.set_page_size(10);
  Page page;
  ASSERT_FALSE(ReadPage(request, page).has_value());
  EXPECT_EQ(page.size, 10);
  EXPECT_EQ(page.place, 0);
  request.set_page_token(page.TokenAt(42));
  request.set_page_size(20);  // May change from page to page.
  ASSERT_FALSE(ReadPage(request, page).has_value());
  EXPECT_EQ(page.place, 42);
  request.mutable_selector()->set_story_id("s8");
  const auto other = ReadPage(request, page);
  ASSERT_TRUE(other.has_value());
  EXPECT_EQ(other->reason, "PAGE_TOKEN_INVALID");
}

TEST(PageToken, WhatIsNoTokenIsRefused) {
  const std::string good = EncodePageToken(7, 42);
  EXPECT_EQ(DecodePageToken(7, good), 42);
  for (const std::string& bad :
       {std::string(), std::string("p1:7:42"), good + "A", good.substr(1), EncodePageToken(7, -1),
        EncodePageToken(8, 42), std::string(1000, 'A'), " " + good, good + "=",
        absl::WebSafeBase64Escape("p1:7:+42"), absl::WebSafeBase64Escape("p1:7: 42"),
        absl::WebSafeBase64Escape("p1:7:042")}) {
    EXPECT_EQ(DecodePageToken(7, bad), std::nullopt) << bad;
  }
}

TEST(PageToken, SizesAreDefaultedAndCut) {
  const std::pair<int, int> kSizes[] = {
      {0, kPageSizeDefault}, {1, 1}, {kPageSizeMax, kPageSizeMax}, {1'000'000, kPageSizeMax}};
  for (const auto& [asked, given] : kSizes) {
    v1::ListAlertsRequest request;
    request.set_page_size(asked);
    Page page;
    ASSERT_FALSE(ReadPage(request, page).has_value());
    EXPECT_EQ(page.size, given);
  }
  v1::ListAlertsRequest request;
  request.set_page_size(-1);
  Page page;
  EXPECT_EQ(ReadPage(request, page)->reason, "REQUEST_INVALID");
}

}  // namespace
}  // namespace claimwatch
