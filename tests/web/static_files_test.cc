#include "server/web/static_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "server/web/gzip.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;

std::string FieldOf(const HttpResponse& response, std::string_view name) {
  for (const auto& [key, value] : response.fields) {
    if (key == name) return value;
  }
  return "";
}

class StaticFilesTest : public testing::Test {
 protected:
  StaticFilesTest() {
    Put("index.html", "<p>home</p>");
    Put("assets/app-1.js", std::string(5000, 'x'));
    Put("assets/notes.secret", "not of a page's kind");
    Put(".hidden.txt", "told all the same");
    std::filesystem::create_symlink("/etc/hostname", folder_.path() + "/link.txt");
  }
  void Put(const std::string& name, const std::string& content) {
    const std::filesystem::path path = folder_.path() + "/" + name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << content;
  }
  HttpResponse Get(const std::string& path, HttpFields fields = {}) {
    const auto files = StaticFiles::Load(folder_.path());
    EXPECT_TRUE(files.ok()) << files.status();
    return files->Answer(Ask("GET", path, std::move(fields)));
  }

  static HttpRequest Ask(const std::string& method, const std::string& path,
                         HttpFields fields = {}) {
    HttpRequest request;
    request.method = method;
    request.path = path;
    request.fields = std::move(fields);
    return request;
  }

  TemporaryDirectory folder_;
};

TEST_F(StaticFilesTest, PagesAreServedWithAPolicy) {
  for (const char* path : {"/", "/index.html"}) {
    const HttpResponse page = Get(path);
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.content(), "<p>home</p>");
    EXPECT_EQ(FieldOf(page, "content-type"), "text/html; charset=utf-8");
    EXPECT_THAT(FieldOf(page, "content-security-policy"), HasSubstr("script-src 'self';"));
    EXPECT_EQ(FieldOf(page, "cache-control"), "no-cache");
  }
}

TEST_F(StaticFilesTest, LargeOnesAreCompressedForThoseWhoTakeIt) {
  const HttpResponse plain = Get("/assets/app-1.js");
  EXPECT_EQ(plain.content().size(), 5000u);
  EXPECT_THAT(FieldOf(plain, "cache-control"), HasSubstr("immutable"));
  const HttpResponse packed = Get("/assets/app-1.js", {{"accept-encoding", "br, gzip"}});
  EXPECT_EQ(FieldOf(packed, "content-encoding"), "gzip");
  EXPECT_EQ(Gunzip(packed.content(), 1 << 20).value_or(""), plain.content());
}

TEST_F(StaticFilesTest, WhatIsKnownIsNotSentAgain) {
  const std::string tag = FieldOf(Get("/index.html"), "etag");
  EXPECT_EQ(Get("/index.html", {{"if-none-match", tag}}).status, 304);
  EXPECT_EQ(Get("/index.html", {{"if-none-match", "\"other\""}}).status, 200);
}

TEST_F(StaticFilesTest, NothingElseIsThere) {
  for (const char* path :
       {"/nothing", "/assets", "/assets/notes.secret", "/link.txt", "/../index.html",
        "/assets/../index.html", "//index.html", "", "/index.html/", "/%69ndex.html"}) {
    EXPECT_EQ(Get(path).status, 404) << path;
  }
  const auto files = StaticFiles::Load(folder_.path());
  EXPECT_EQ(files->Answer(Ask("POST", "/")).status, 405);
}

TEST_F(StaticFilesTest, WithoutADashboardThePageSaysSo) {
  const auto files = StaticFiles::Load(folder_.path() + "/no/such/folder");
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_THAT(std::string(files->Answer(Ask("GET", "/")).content()),
              HasSubstr("has not been built"));
}

TEST_F(StaticFilesTest, AFolderThatIsNoPageIsRefused) {
  Put("huge.txt", std::string(33 << 20, 'x'));
  EXPECT_FALSE(StaticFiles::Load(folder_.path()).ok());
}

}  // namespace
}  // namespace claimwatch
