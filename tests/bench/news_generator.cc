#include "tests/bench/news_generator.h"

#include <array>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace claimwatch {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, the same everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t Next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  std::uint64_t Below(std::uint64_t bound) { return Next() % bound; }
  template <typename Array>
  const auto& Pick(const Array& from) {
    return from[Below(std::size(from))];
  }

 private:
  std::uint64_t state_;
};

constexpr std::string_view kSyllables[] = {"ar", "bel", "cor", "dan", "el",  "far", "gol", "hin",
                                           "is", "jor", "kal", "lun", "mar", "nor", "ost", "pel",
                                           "ru", "sal", "tor", "ul",  "ven", "wes", "yar", "zan"};
constexpr std::string_view kPlaceEnds[] = {"a", "ia", "burg", "ford", "ton", "pur", "grad", "os"};

std::string Name(Dice& dice, bool place) {
  std::string name;
  for (std::uint64_t i = 0, n = 2 + dice.Below(2); i < n; ++i) {
    const std::string_view part = dice.Pick(kSyllables);
    name.append(part);
  }
  if (place) name.append(dice.Pick(kPlaceEnds));
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

// What a kind of event says of itself: headline, lead, and sentences with the toll.
struct Kind {
  std::string_view title;
  std::string_view lead;
};

constexpr Kind kKinds[] = {
    {"Quake near $PLACE kills at least $DEAD",
     "A strong earthquake shook the hills around $PLACE on $DAY, killing at least $DEAD people and "
     "injuring $HURT others, the regional emergency office said."},
    {"Floods in $PLACE leave $DEAD dead",
     "Flood water swept through the lower town of $PLACE on $DAY. At least $DEAD people died and "
     "$HURT were hurt, according to the civil protection service."},
    {"Ferry sinks off $PLACE, $DEAD dead",
     "A ferry went down in rough seas off $PLACE on $DAY and $DEAD bodies were recovered, while "
     "$HURT passengers were treated for injuries, the coast guard said."},
    {"Clashes in $PLACE: $DEAD killed",
     "Protesters and police fought for hours in the centre of $PLACE on $DAY. $DEAD people were "
     "killed and more than $HURT wounded, the health ministry said."},
    {"Fire at $PLACE market kills $DEAD",
     "A fire tore through the covered market of $PLACE on $DAY, killing $DEAD people and leaving "
     "$HURT with burns, the fire brigade reported."},
};

constexpr std::string_view kWithFigures[] = {
    "About $MANY people were evacuated to schools on higher ground, $OFFICIAL said.",
    "$HOMES homes were destroyed and $HALF more were damaged in the districts to the north.",
    "Police arrested $FEW people on suspicion of looting, the interior ministry added.",
    "Among the dead were $PART children, $OFFICIAL told reporters.",
    "The government put the damage at $MONEY million and promised a first payment this week.",
    "Hospitals in $PLACE took in $PART patients overnight, a doctor said.",
    "More than $MANY residents were without power, the grid operator said.",
    "$RESCUERS rescuers with $FEW boats searched the area until dusk.",
    "It was the worst disaster in the province since 1998, when $OLD people lost their lives.",
    "The mayor said $PERCENT percent of the roads could be used again by the evening.",
};

constexpr std::string_view kWithoutFigures[] = {
    "Witnesses spoke of scenes of confusion as families looked for relatives in the dark.",
    "Shops stayed closed, and volunteers handed out blankets and hot tea near the town hall.",
    "$OFFICIAL thanked neighbouring provinces for their quick help and asked for patience.",
    "Schools will remain shut until inspectors have looked at every building, officials said.",
    "A spokeswoman for the ministry declined to say when the first results could be expected.",
    "Aid groups warned that clean water was running short and that more tents were needed.",
    "The road to the airport was open again, but traffic moved slowly because of debris.",
    "Neighbours said that they had complained about the state of the embankment for years.",
    "Opposition leaders called for an inquiry and accused the authorities of acting too late.",
};

constexpr std::string_view kDays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                      "Friday", "Saturday", "Sunday"};

// The figures of an event as its n-th report tells them: tolls rise every few reports.
std::string Fill(std::string_view text, std::string_view place, std::string_view official,
                 std::uint64_t base, std::uint64_t n) {
  const std::uint64_t dead = base % 60 + 3 + n / 4;
  const std::uint64_t hurt = dead * 3 + base % 17 + n / 3;
  const std::uint64_t many = (base % 90 + 10) * 100;
  return absl::StrReplaceAll(
      absl::string_view(text.data(), text.size()),
      {{"$PLACE", absl::string_view(place.data(), place.size())},
       {"$OFFICIAL", absl::string_view(official.data(), official.size())},
       {"$DAY", absl::string_view(kDays[base % 7].data(), kDays[base % 7].size())},
       {"$DEAD", absl::StrCat(dead)},
       {"$HURT", absl::StrCat(hurt)},
       {"$MANY", absl::StrCat(many / 1000, ",", many % 1000 / 100, "00")},
       {"$HOMES", absl::StrCat(base % 700 + 120)},
       {"$HALF", absl::StrCat(base % 300 + 40)},
       {"$FEW", absl::StrCat(base % 23 + 4)},
       {"$PART", absl::StrCat(base % 3 + 2)},
       {"$MONEY", absl::StrCat("$", base % 80 + 5)},
       {"$RESCUERS", absl::StrCat(base % 400 + 200)},
       {"$OLD", absl::StrCat(base % 900 + 100)},
       {"$PERCENT", absl::StrCat(base % 60 + 20)}});
}

}  // namespace

Article GenerateReport(std::uint64_t event, std::uint64_t n, const NewsOptions& options) {
  Dice of_event(event * 0x51ed2701 + 17);
  const std::string place = Name(of_event, true);
  const std::string official =
      absl::StrCat("Governor ", Name(of_event, false), " ", Name(of_event, false));
  const Kind& kind = of_event.Pick(kKinds);
  const std::uint64_t base = of_event.Next() >> 16;

  Dice of_report(event * 0x9e3779b1 + n * 0x85ebca6b + 3);
  const auto fill = [&](std::string_view text) { return Fill(text, place, official, base, n); };
  Article article;
  article.id = absl::StrCat("e", event, "-n", n);
  article.source = absl::StrCat("outlet", of_report.Below(200), ".example");
  article.title = fill(kind.title);
  article.language = "en";
  article.publish_time =
      absl::FromUnixSeconds(1'700'000'000 + static_cast<std::int64_t>(event) * 60) +
      absl::Minutes(30) * n;
  article.body = fill(kind.lead);
  for (std::uint64_t i = 0; article.body.size() < options.body_bytes; ++i) {
    const bool figures = i % 4 == 0;
    const std::string_view sentence =
        figures ? of_report.Pick(kWithFigures) : of_report.Pick(kWithoutFigures);
    absl::StrAppend(&article.body, i % 3 == 2 ? "\n" : " ", fill(sentence));
  }
  return article;
}

}  // namespace claimwatch
