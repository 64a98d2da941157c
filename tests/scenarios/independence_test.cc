// Thirty events that have nothing in common but the words of their trade (other names, other
// places), each told in four reports, mixed in many ways and cut by restarts: every article finds
// the same story, the same figures and the same alerts as when the events are told one after the
// other. server/decisions/0003-stories.md says what this promise is worth beyond this test.
#include <gtest/gtest.h>

#include <array>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/scenarios/outcomes.h"

namespace claimwatch {
namespace {

constexpr int kEvents = 30;
constexpr int kReports = 4;
using Reports = std::array<std::string_view, kReports>;

// $T a town, $R its region, $P a person, $B a body; #1 to #4 figures that rise.
constexpr std::array<Reports, 6> kTrades = {{
    {"A strong earthquake shook the town of $T in $R before dawn, killing #1 people, $P of the $B "
     "said. Walls fell in the old quarter of $T.",
     "The earthquake in $T has killed #2 people, $P said. The $B is sending tents to $R.",
     "Rescuers dug through the night in $T, where an earthquake killed #3 people in $R, the $B "
     "said.",
     "The death toll from the earthquake in $T rose to #4, $P of the $B said. Schools in $R stay "
     "closed."},
    {"Floods have swept through $T after heavy rain in $R, and #1 people have died, the $B said. "
     "$P asked for boats.",
     "Floods killed #2 people in $T, $P of the $B said as the river in $R went on rising.",
     "The water is falling in $T, where floods have killed #3 people, the $B said. $P went to $R.",
     "The toll of the floods in $T has reached #4 dead, the $B said. $P thanked the people of $R."},
    {"Police fired on a protest in $T and killed #1 people, the $B said. $P called for new "
     "marches across $R.",
     "Protests have spread from $T to all of $R. #2 people have been killed, the $B said; $P is "
     "in hiding.",
     "The uprising that began in $T has cost #3 lives, $P of the $B said. $R is without power.",
     "In $T and all over $R #4 people have been killed since the uprising began, the $B said, and "
     "$P will stand trial."},
    {"A fever of a kind unknown before has killed #1 people in $T, doctor $P said. The $B closed "
     "the market of $R.",
     "The outbreak of fever in $T has killed #2 people, the $B said. $P asked those who live in "
     "$R to stay at home.",
     "Nurses of the $B have come to $T, where an outbreak of fever killed #3 people, $P said. The "
     "roads of $R are shut.",
     "The outbreak in $T has slowed, $P said. In all, #4 people have died in $R, the $B said."},
    {"A ferry sank off $T with pilgrims from $R, and #1 people drowned, $P of the $B said.",
     "Divers of the $B found more bodies in the ferry that sank off $T. #2 people have died, $P "
     "said. Flags in $R fly low.",
     "The ferry that sank off $T killed #3 people, the $B said. $P blamed the weather in $R.",
     "The sinking of a ferry off $T took #4 lives, the $B found. $P lost his post in $R."},
    {"A blast tore through the $B works in $T, killing #1 workers, $P said. Smoke hung over $R.",
     "The blast at the $B works in $T killed #2 workers, $P said. Firemen came from all of $R.",
     "Fire still burns at the $B works in $T. #3 workers were killed by the blast, said $P of "
     "$R.",
     "The death toll of the blast at the $B works in $T has risen to #4, $P said in $R."},
}};

// A name that no other event has.
std::string NameOf(int event, int which) {
  static constexpr std::array<std::string_view, 8> kBegin = {"Ost", "Vel", "Mar",  "Kun",
                                                             "Tor", "Bel", "Shal", "Dren"};
  static constexpr std::array<std::string_view, 8> kMiddle = {"ova", "ik",  "umb", "era",
                                                              "and", "osh", "il",  "eku"};
  static constexpr std::array<std::string_view, 4> kEnd = {"ra", "din", "gost", "mak"};
  const auto n = static_cast<std::size_t>(event * 4 + which);
  return absl::StrCat(std::string(kBegin[n % 8]), std::string(kMiddle[n / 8 % 8]),
                      std::string(kEnd[(n / 64 + static_cast<std::size_t>(which)) % 4]));
}

Stream Tell(int event) {
  const Reports& reports = kTrades[static_cast<std::size_t>(event) % kTrades.size()];
  Stream stream;
  for (int i = 0; i < kReports; ++i) {
    Article article;
    article.id = absl::StrCat("e", event, "/", i);
    article.source = i % 2 == 0 ? "wire" : "daily";
    article.language = "en";
    article.publish_time = absl::FromCivil(absl::CivilHour(2029, 3, 1 + event / 3, 8 + event % 5),
                                           absl::UTCTimeZone()) +
                           i * absl::Hours(30);
    const std::string_view text = reports[static_cast<std::size_t>(i)];
    const auto toll = [&](int report) { return absl::StrCat(11 + event + report * 9); };
    article.body =
        absl::StrReplaceAll(absl::string_view(text.data(), text.size()), {{"$T", NameOf(event, 0)},
                                                                          {"$R", NameOf(event, 1)},
                                                                          {"$P", NameOf(event, 2)},
                                                                          {"$B", NameOf(event, 3)},
                                                                          {"#1", toll(0)},
                                                                          {"#2", toll(1)},
                                                                          {"#3", toll(2)},
                                                                          {"#4", toll(3)}});
    stream.push_back(std::move(article));
  }
  return stream;
}

std::vector<Stream> AllEvents() {
  std::vector<Stream> events;
  for (int event = 0; event < kEvents; ++event) events.push_back(Tell(event));
  return events;
}

TEST(Independence, EventsLeaveEachOtherAloneInWhateverOrderTheyCome) {
  const std::vector<Stream> events = AllEvents();
  const auto apart = Outcomes(Interleave(events, 0));
  for (unsigned seed = 1; seed <= 8; ++seed) {
    // Every other mixture is cut by restarts as well.
    const auto mixed = Outcomes(Interleave(events, seed), seed % 2 == 0 ? 6 : 0);
    ASSERT_EQ(mixed.size(), apart.size());
    for (const auto& [article, told] : apart) {
      EXPECT_EQ(mixed.at(article), told) << article << ", seed " << seed;
    }
  }
}

// And what they agree on is right: one story an event, and as a rule an alert when its toll rises.
TEST(Independence, EveryEventIsOneStoryWhoseTollRises) {
  int raised = 0;
  for (const auto& [article, told] : Outcomes(Interleave(AllEvents(), 1))) {
    const std::string first = absl::StrCat("in ", article.substr(0, article.find('/')), "/0");
    EXPECT_EQ(told.substr(0, told.find('\n')), first) << article;
    if (told.find(" raised: ") != std::string::npos) ++raised;
  }
  EXPECT_GE(raised, kEvents * (kReports - 1) * 8 / 10);
}

// Many events of one trade at a time, told in one agency's sentences, do not run together.
TEST(Independence, ManyLikeReportsStayApart) {
  constexpr int kMany = 64;  // Names of more would be told twice.
  std::vector<Stream> events;
  for (int event = 0; event < kMany; ++event) events.push_back(Tell(event));
  int wrong = 0;
  for (const auto& [article, told] : Outcomes(Interleave(events, 3))) {
    const std::string first = absl::StrCat("in ", article.substr(0, article.find('/')), "/0");
    if (told.substr(0, told.find('\n')) != first) ++wrong;
  }
  EXPECT_LE(wrong, kMany * kReports * 3 / 100);
}

}  // namespace
}  // namespace claimwatch
