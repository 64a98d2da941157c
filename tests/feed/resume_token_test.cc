#include <gtest/gtest.h>

#include "server/feed/alert_feed.h"

namespace claimwatch {
namespace {

TEST(ResumeToken, ComesBackAsItWas) {
  for (const std::int64_t position : {0LL, 1LL, 255LL, 256LL, 9'007'199'254'740'993LL}) {
    const auto point = DecodeToken(EncodeToken({"0a1b2c", position}));
    ASSERT_TRUE(point.ok()) << point.status();
    EXPECT_EQ(point->epoch, "0a1b2c");
    EXPECT_EQ(point->position, position);
  }
}

TEST(ResumeToken, IsFitForAUrl) {
  const std::string token = EncodeToken({"\xff\xfe\xfd\xfb", 1'000'000'007});
  EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                    "0123456789-_"),
            std::string::npos)
      << token;
}

TEST(ResumeToken, RefusesWhatItHasNotWritten) {
  const std::string token = EncodeToken({"epoch", 42});
  for (const std::string& wrong :
       {std::string(), std::string("42"), std::string("not a token!"), token.substr(1),
        token.substr(0, token.size() - 2), token + "AAAA", token + "=", " " + token, token + "\n",
        std::string(10'000, 'A')}) {
    EXPECT_EQ(DecodeToken(wrong).status().code(), absl::StatusCode::kInvalidArgument) << wrong;
  }
  for (std::size_t i = 0; i < token.size(); ++i) {  // One letter changed anywhere.
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(DecodeToken(changed).ok()) << changed;
  }
}

}  // namespace
}  // namespace claimwatch
