// Streams the sample articles that are shipped and compares the alerts with the list beside this
// file: what a careful reader expects, and nothing else.
#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "server/ledger/wording.h"
#include "tests/fakes/newsroom.h"

namespace claimwatch {
namespace {

constexpr char kSamples[] = CLAIMWATCH_SOURCE_DIR "/deploy/samples/kazakhstan-2022.jsonl";
constexpr char kExpected[] = CLAIMWATCH_SOURCE_DIR "/tests/scenarios/kazakhstan_samples.expected";

// Lines of "what happened", by article ("id", or "id@2" for its second version).
using Happenings = std::map<std::string, std::vector<std::string>>;

Article ReadArticleLine(const std::string& line) {
  google::protobuf::Struct json;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(line, &json).ok()) << line;
  const auto text = [&](const char* field) {
    const auto found = json.fields().find(field);
    return found == json.fields().end() ? std::string() : found->second.string_value();
  };
  Article article;
  article.id = text("articleId");
  article.source = text("source");
  article.title = text("title");
  article.body = text("body");
  article.language = text("language");
  std::string error;
  EXPECT_TRUE(
      absl::ParseTime(absl::RFC3339_full, text("publishTime"), &article.publish_time, &error))
      << error;
  return article;
}

// "over 1,270" as the list spells it: ">1270"; "about 2,500": "~2500"; "scores of people":
// "scores".
std::string Spell(const KnownClaim& claim) {
  std::string value = absl::AsciiStrToLower(TellValue(claim));
  value =
      absl::StrReplaceAll(value, {{"over ", ">"}, {"more than ", ">"}, {"about ", "~"}, {",", ""}});
  return value.substr(0, value.find(' '));
}

std::string Spell(const AlertEvent& event) {
  const Alert& alert = event.alert;
  const std::string kind =
      event.change == AlertChange::kWithdrawn ? "WITHDRAWS" : std::string(Name(alert.kind));
  const bool taken_back = alert.kind == AlertKind::kRetracted;
  const std::string was = taken_back               ? Spell(alert.current)
                          : alert.previous.empty() ? "-"
                                                   : Spell(alert.previous[0]);
  return absl::StrCat(kind, " ", alert.measure, " ", was, " -> ",
                      taken_back ? "withdrawn" : Spell(alert.current));
}

Happenings ReadExpected() {
  Happenings expected;
  std::ifstream file(kExpected);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || absl::StartsWith(line, "#")) continue;
    const std::vector<std::string> columns = absl::StrSplit(line, '|');
    if (columns.size() != 5) {
      ADD_FAILURE() << line;
      continue;
    }
    const auto cell = [&](int i) {
      const absl::string_view text = absl::StripAsciiWhitespace(columns[i]);
      return std::string(text.data(), text.size());
    };
    expected[cell(0)].push_back(absl::StrCat(cell(1), " ", cell(2), " ", cell(4)));
  }
  return expected;
}

bool Holds(const std::vector<std::string>& alerts, const std::string& alert) {
  return std::count(alerts.begin(), alerts.end(), alert) == 1;
}

TEST(Samples, RaiseTheAlertsThatACarefulReaderExpects) {
  std::ifstream samples(kSamples);
  if (!samples) GTEST_SKIP() << "no samples at " << kSamples;
  Newsroom newsroom;
  newsroom.clock().Set(absl::FromUnixSeconds(1'700'000'000));
  Happenings seen;
  std::map<std::string, int> versions;
  for (std::string line; std::getline(samples, line);) {
    if (line.empty()) continue;
    const Article article = ReadArticleLine(line);
    const int version = ++versions[article.id];
    const std::string key = version == 1 ? article.id : absl::StrCat(article.id, "@", version);
    const std::int64_t before = newsroom.feed().head();
    ASSERT_EQ(newsroom.Ingest(article).status, absl::OkStatus()) << article.id;
    for (const AlertEvent& event : newsroom.EventsAfter(before)) {
      const bool told =
          event.change == AlertChange::kOpened || event.change == AlertChange::kWithdrawn;
      if (told) seen[key].push_back(Spell(event));
    }
  }
  const Happenings expected = ReadExpected();
  ASSERT_FALSE(expected.empty());
  for (const auto& [article, alerts] : seen) {
    const auto foretold = expected.find(article);
    for (const std::string& alert : alerts) {
      EXPECT_TRUE(foretold != expected.end() && Holds(foretold->second, alert))
          << article << " should not say " << alert;
    }
  }
  for (const auto& [article, alerts] : expected) {
    for (const std::string& alert : alerts) {
      EXPECT_TRUE(Holds(seen[article], alert)) << article << " should say " << alert;
    }
  }
}

}  // namespace
}  // namespace claimwatch
