#include "server/auth/credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "server/auth/token.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string HashOf(std::string_view token) {
  return absl::StrCat("token=sha256:", absl::BytesToHexString(TokenDigest(token)));
}

std::string ErrorOf(const std::string& text) {
  const auto parsed = Credentials::Parse(text);
  return parsed.ok() ? "OK" : std::string(parsed.status().message());
}

TEST(Credentials, ATokenIsFoundByItsHashAlone) {
  const std::string token = NewToken();
  const auto all = Credentials::Parse(
      absl::StrCat("# who may\n\ndesk ", HashOf(token),
                   " roles=read,subscribe expires=2027-01-01T00:00:00Z # until then\n"
                   "wire certificate=wire.example roles=ingest sources=a.example,b.example\r\n"));
  ASSERT_TRUE(all.ok()) << all.status();
  ASSERT_EQ(all->size(), 2u);
  const Credential* desk = all->FindToken(token);
  ASSERT_NE(desk, nullptr);
  EXPECT_EQ(desk->name, "desk");
  EXPECT_EQ(desk->roles, kRoleRead | kRoleSubscribe);
  EXPECT_EQ(desk->expires, absl::FromCivil(absl::CivilSecond(2027, 1, 1), absl::UTCTimeZone()));
  EXPECT_EQ(all->FindToken(token + "x"), nullptr);
  EXPECT_EQ(all->FindToken(""), nullptr);
  EXPECT_EQ(all->FindCertificate("desk"), nullptr);
  const Credential* wire = all->FindCertificate("wire.example");
  ASSERT_NE(wire, nullptr);
  EXPECT_EQ(wire->sources, (std::vector<std::string>{"a.example", "b.example"}));
  for (const Credential* one : {desk, wire}) {
    const auto again = Credentials::Parse(ToLine(*one));
    ASSERT_TRUE(again.ok()) << ToLine(*one);
    const Credential* found =
        one->digest.empty() ? again->FindCertificate(one->certificate) : again->FindToken(token);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(*found, *one);
  }
}

TEST(Credentials, OneBadLineRefusesTheFileAndIsNamed) {
  const std::string hash = HashOf("cw_secret-of-the-test");
  const std::pair<std::string, std::string> kCases[] = {
      {"desk", "line 1: give either token= or certificate="},
      {absl::StrCat("desk ", hash), "line 1: roles= is missing"},
      {absl::StrCat("\ndesk ", hash, " roles=root"), "line 2: roles must be of"},
      {absl::StrCat("de/sk ", hash, " roles=read"), "line 1: the name must be"},
      {absl::StrCat("a ", hash, " roles=read\nb ", hash, " roles=read"), "line 2: the same token"},
      {absl::StrCat("a ", hash, " certificate=x roles=read"), "line 1: give either"},
      {absl::StrCat("a ", hash, " roles=read expires=soon"), "line 1: expires must be"},
      {"a token=sha256:12 roles=read", "line 1: token must be sha256"},
      {"a token=cw_secret-of-the-test roles=read", "line 1: token must be sha256"},
      {absl::StrCat("a ", hash, " role=read"), "line 1: fields are"},
      {absl::StrCat("a ", hash, " roles"), "line 1: every field after the name"},
  };
  for (const auto& [text, error] : kCases) {
    EXPECT_THAT(ErrorOf(text), HasSubstr(error)) << text;
    EXPECT_THAT(ErrorOf(text), Not(HasSubstr("secret"))) << text;
  }
}

TEST(Credentials, TokensAreLongAndAllDifferent) {
  const std::string one = NewToken(), other = NewToken();
  EXPECT_EQ(one.size(), 46u);
  EXPECT_EQ(one.substr(0, 3), "cw_");
  EXPECT_NE(one, other);
  EXPECT_FALSE(SameDigest(TokenDigest(one), TokenDigest(other)));
  EXPECT_TRUE(SameDigest(TokenDigest(one), TokenDigest(one)));
}

}  // namespace
}  // namespace claimwatch
