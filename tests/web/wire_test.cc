// The small parts of the wire: base64, frames, gzip, JSON, queries and percents.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/rpc/server.h"
#include "server/web/base64.h"
#include "server/web/frames.h"
#include "server/web/gzip.h"
#include "server/web/http.h"
#include "server/web/json.h"
#include "server/web/limits.h"
#include "server/web/methods.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;
using namespace std::string_literals;  // NOLINT

TEST(Base64, WhatIsWrittenIsRead) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(DecodeBase64(EncodeBase64(bytes)).value_or("?"), bytes) << i;
    EXPECT_EQ(DecodeBase64(EncodeBase64(bytes, false)).value_or("?"), bytes) << i;
    bytes.push_back(static_cast<char>(i * 7));
  }
}

// A text body may be cut and encoded anew at every byte.
TEST(Base64, PaddingMayStandInTheMiddle) {
  const std::string bytes = "\0\0\0\0\5hello, world"s;
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    const std::string text = EncodeBase64(bytes.substr(0, cut)) + EncodeBase64(bytes.substr(cut));
    EXPECT_EQ(DecodeBase64(text).value_or("?"), bytes) << cut;
  }
}

TEST(Base64, WhatIsNoneIsRefused) {
  for (const char* text : {"A", "=", "A===", "AA=A", "AAA=A", "AB", "AAB=", "A A", "AAAA!", "\n"}) {
    EXPECT_FALSE(DecodeBase64(text).ok()) << text;
  }
  EXPECT_EQ(DecodeBase64("-_8=").value_or("?"), DecodeBase64("+/8=").value_or("!"));
}

struct FrameCase {
  std::string body;
  std::string read;
};

TEST(Frames, OneIsReadWhole) {
  const FrameCase kCases[] = {
      {FrameHeader(0, 0), "0:"},
      {FrameHeader(0, 2) + "hi", "0:hi"},
      {FrameHeader(1, 2) + "hi", "1:hi"},
      {"", "holds no message: 0 bytes, and the header of a frame has 5"},
      {std::string(4, '\0'), "holds no message: 4 bytes, and the header of a frame has 5"},
      {FrameHeader(0, 3) + "hi", "announces a message of 3 bytes and holds 2"},
      {FrameHeader(0, 1) + "hi", "announces a message of 1 bytes and holds 2"},
      {FrameHeader(0x80, 0), "begins with the flags 0x80, which a request does not have here"},
      {FrameHeader(0x02, 0), "begins with the flags 0x02, which a request does not have here"},
      {FrameHeader(0, kMessageBytesMax + 1),
       absl::StrCat("announces a message of ", kMessageBytesMax + 1, " bytes, limit ",
                    kMessageBytesMax)},
  };
  for (const FrameCase& row : kCases) {
    const auto frame = ReadOnlyFrame(row.body, kFrameCompressed);
    EXPECT_EQ(frame.ok() ? absl::StrCat(int{frame->flags}, ":", std::string(frame->message))
                         : std::string(frame.status().message()),
              row.read);
  }
}

TEST(Gzip, GoesThereAndBackWithinBounds) {
  const std::string text(100'000, 'a');
  const std::string small = Gzip(text);
  EXPECT_LT(small.size(), 1000u);
  EXPECT_EQ(Gunzip(small, text.size()).value_or("?"), text);
  EXPECT_THAT(std::string(Gunzip(small, text.size() - 1).status().message()), HasSubstr("limit"));
  EXPECT_FALSE(Gunzip(small.substr(0, small.size() - 1), 1 << 20).ok()) << "cut short";
  EXPECT_FALSE(Gunzip(small + "x", 1 << 20).ok()) << "something behind it";
  EXPECT_FALSE(Gunzip("no gzip", 1 << 20).ok());
  EXPECT_FALSE(Gunzip("", 1 << 20).ok());
}

TEST(Json, GoesThereAndBack) {
  const std::string type = "claimwatch.v1.ListAlertsRequest";
  const auto bytes = JsonToProto(type, R"({"pageSize":3,"selector":{"kinds":["KIND_RAISED"]}})");
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  EXPECT_EQ(ProtoToJson(type, *bytes).value_or("?"),
            R"({"pageSize":3,"selector":{"kinds":["KIND_RAISED"]}})");
  EXPECT_EQ(JsonToProto(type, "{}").value_or("?"), "");
  for (const char* bad : {"", "[]", "{\"pageSiz\":3}", "{\"pageSize\":\"x\"}", "{"}) {
    EXPECT_FALSE(JsonToProto(type, bad).ok()) << bad;
  }
  EXPECT_EQ(JsonString("a\"\\\n</script>"), "\"a\\\"\\\\\\u000a\\u003c/script\\u003e\"");
}

TEST(Http, QueriesAreTakenApart) {
  const auto parts = ReadQuery("a=1&b=x%20y+z&&c&d=%3D");
  ASSERT_TRUE(parts.ok());
  EXPECT_EQ(*parts, (HttpFields{{"a", "1"}, {"b", "x y z"}, {"c", ""}, {"d", "="}}));
  for (const char* bad : {"a=%", "a=%4", "a=%zz", "%%%=1"})
    EXPECT_FALSE(ReadQuery(bad).ok()) << bad;
  EXPECT_EQ(PercentEncode("50 % of ü\n"), "50 %25 of %C3%BC%0A");
  EXPECT_EQ(MediaType(" Application/JSON ; charset=utf-8"), "application/json");
}

TEST(Methods, AreThoseOfTheContract) {
  const Methods methods(RpcServer::ServiceNames());
  const WebMethod* list = methods.Find("/claimwatch.v1.AlertService/ListAlerts");
  ASSERT_NE(list, nullptr);
  EXPECT_TRUE(list->no_side_effects);
  EXPECT_FALSE(list->server_streaming);
  EXPECT_EQ(list->output, "claimwatch.v1.ListAlertsResponse");
  EXPECT_FALSE(methods.Find("/claimwatch.v1.ArticleService/RetractArticle")->no_side_effects);
  EXPECT_TRUE(methods.Find("/claimwatch.v1.AlertService/SubscribeAlerts")->server_streaming);
  EXPECT_TRUE(methods.Find("/claimwatch.v1.ArticleService/IngestArticles")->client_streaming);
  EXPECT_EQ(methods.Find("/claimwatch.v1.AlertService/Nothing"), nullptr);
  EXPECT_TRUE(methods.IsService("/claimwatch.v1.AlertService/Nothing"));
  EXPECT_FALSE(methods.IsService("/v1/alerts/stream"));
  EXPECT_FALSE(methods.IsService("/assets/index.js"));
}

}  // namespace
}  // namespace claimwatch
