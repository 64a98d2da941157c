#include "server/web/origins.h"

#include <gtest/gtest.h>

namespace claimwatch {
namespace {

struct Case {
  const char* method;
  const char* host;
  const char* origin;  // Empty: none.
  int status;          // 0: served.
};

HttpRequest Ask(const Case& row) {
  HttpRequest request;
  request.method = row.method;
  request.fields = {{"host", row.host}};
  if (*row.origin != '\0') request.fields.emplace_back("origin", row.origin);
  if (request.method == "OPTIONS") {
    request.fields.emplace_back("access-control-request-method", "POST");
  }
  return request;
}

int StatusOf(const Origins& origins, const Case& row) {
  const auto answer = origins.Intercept(Ask(row));
  return answer.has_value() ? answer->status : 0;
}

TEST(Origins, OnALoopbackAddress) {
  const auto origins = Origins::Make({"https://board.example"}, true);
  ASSERT_TRUE(origins.ok());
  constexpr Case kCases[] = {
      {"POST", "127.0.0.1:7412", "", 0},  // curl
      {"POST", "127.0.0.1:7412", "http://127.0.0.1:7412", 0},
      {"POST", "localhost:7412", "http://localhost:7412", 0},
      {"POST", "[::1]:7412", "http://[::1]:7412", 0},
      {"POST", "127.0.0.1:7412", "http://127.0.0.1:9999", 403},  // Another program's page.
      {"POST", "127.0.0.1:7412", "https://evil.example", 403},
      {"POST", "127.0.0.1:7412", "null", 403},  // A file, a sandbox.
      {"POST", "127.0.0.1:7412", "https://board.example", 0},
      {"POST", "127.0.0.1:7412", "https://board.example.evil.example", 403},
      {"OPTIONS", "127.0.0.1:7412", "https://board.example", 204},
      {"OPTIONS", "127.0.0.1:7412", "https://evil.example", 403},
      // A foreign name that resolves to this machine is of "the same origin".
      {"GET", "evil.example:7412", "http://evil.example:7412", 421},
      {"GET", "evil.example", "", 421},
      {"GET", "", "", 421},
      {"GET", "board.example", "https://board.example", 0},  // Behind a proxy.
  };
  for (const Case& row : kCases) {
    EXPECT_EQ(StatusOf(*origins, row), row.status) << row.method << row.host << row.origin;
  }
}

TEST(Origins, OnAnyAddressNamesAreOurs) {
  const auto origins = Origins::Make({}, false);
  EXPECT_EQ(StatusOf(*origins, {"POST", "watch.example", "https://watch.example", 0}), 0);
  EXPECT_EQ(StatusOf(*origins, {"POST", "watch.example", "https://evil.example", 0}), 403);
}

TEST(Origins, OnlyAllowedPagesMayReadTheAnswer) {
  const auto origins = Origins::Make({"https://board.example"}, true);
  const auto fields = [&](const char* origin) {
    std::string all;
    for (const auto& [name, value] :
         origins->ResponseFields(Ask({"POST", "localhost", origin, 0}))) {
      if (name == "access-control-allow-origin") all += value;
    }
    return all;
  };
  EXPECT_EQ(fields("https://board.example"), "https://board.example");
  EXPECT_EQ(fields("https://evil.example"), "");
  EXPECT_EQ(fields(""), "");
}

TEST(Origins, OnlyOriginsAreTaken) {
  for (const char* bad : {"board.example", "*", "https://*", "https://board.example/",
                          "https://Board.example", "ftp://board.example", ""}) {
    EXPECT_FALSE(Origins::Make({bad}, true).ok()) << bad;
  }
}

}  // namespace
}  // namespace claimwatch
