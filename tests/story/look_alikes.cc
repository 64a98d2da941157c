#include "tests/story/look_alikes.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <map>
#include <random>
#include <span>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "tests/story/look_alikes_texts.h"

namespace claimwatch {
namespace {

constexpr const char* kTowns[] = {"Ashby",      "Corvale",  "Dunmere",  "Eastholt",
                                  "Farrowdale", "Grinley",  "Hexford",  "Ilkden",
                                  "Marlowe",    "Northcut", "Pellston", "Ridgeway"};
constexpr const char* kCounties[] = {"Tarrow County", "Lenholt County", "Brise County"};
constexpr const char* kStreets[] = {
    "Alder Street", "Birch Lane",    "Canal Street",  "Dock Road",    "Elmwood Avenue",
    "Foundry Lane", "Garnet Street", "Hill Road",     "Ivy Close",    "Juniper Avenue",
    "King Street",  "Larch Grove",   "Mill Lane",     "Nelson Road",  "Orchard Drive",
    "Park Avenue",  "Quarry Road",   "River Street",  "Station Road", "Tanner Street",
    "Union Street", "Victoria Road", "Walnut Avenue", "Church Lane",  "Chestnut Street"};
constexpr const char* kFirst[] = {"Alan",  "Brenda", "Carl",  "Dora",   "Edgar",  "Fiona",  "Gavin",
                                  "Helen", "Ian",    "Janet", "Keith",  "Lorna",  "Martin", "Nadia",
                                  "Oscar", "Paula",  "Ralph", "Sheila", "Trevor", "Ursula"};
constexpr const char* kLast[] = {
    "Abbott",  "Bramley",  "Cordell",   "Dawkins", "Ellery", "Fenwick", "Garrity",   "Hobson",
    "Ingram",  "Jessop",   "Kettering", "Lomax",   "Mercer", "Nuttall", "Osgood",    "Pickard",
    "Quigley", "Rowntree", "Stebbins",  "Tranter", "Upshaw", "Vickers", "Wadsworth", "Yarrow"};
constexpr const char* kChiefs[] = {"Joan Castell", "Peter Ravenhill", "Amos Drury", "Lydia Brandt"};
constexpr const char* kRoads[] = {"A12", "Route 9",       "Highway 41",
                                  "A48", "Interstate 17", "Route 66"};
constexpr const char* kCars[] = {"Ford pickup",  "Honda saloon",   "Toyota van",
                                 "Volvo estate", "delivery lorry", "Mazda hatchback"};
constexpr const char* kSides[] = {"north", "south", "east", "west", "north-east", "south-west"};
constexpr const char* kWhen[] = {"early on %A", "on %A night", "on %A morning", "on %A afternoon",
                                 "late on %A"};
constexpr const char* kNumbers[] = {"no",  "one",   "two",   "three", "four", "five",
                                    "six", "seven", "eight", "nine",  "ten"};

using Slots = std::map<std::string, std::string>;

std::string InWords(int number) {
  return number <= 10 ? std::string(kNumbers[number]) : absl::StrCat(number);
}

std::string Capital(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string Fill(const char* telling, const Slots& slots) {
  std::vector<std::pair<std::string, std::string>> replaced;
  for (const auto& [slot, text] : slots) replaced.emplace_back(absl::StrCat("{", slot, "}"), text);
  return Capital(absl::StrReplaceAll(telling, replaced));
}

// Where and when, and what is told of it.
struct Incident {
  int number = 0;
  absl::Time time;
  Slots slots;
  int dead = 0;
  int hurt = 0;
  int damaged = 0;
};

class Press {
 public:
  Press(Trade trade, std::uint32_t seed)
      : trade_(trade), dice_(seed * 7919u + static_cast<std::uint32_t>(trade)) {}

  std::vector<LookAlike> Tell(int incidents) {
    absl::Time time = absl::FromCivil(absl::CivilHour(2031, 1, 4, 6), absl::UTCTimeZone());
    for (int i = 0; i < incidents; ++i) {
      time += absl::Minutes(Roll(60, 900));
      TellOf(Happen(i, time));
    }
    std::stable_sort(told_.begin(), told_.end(), [](const LookAlike& a, const LookAlike& b) {
      return a.article.publish_time < b.article.publish_time;
    });
    return std::move(told_);
  }

 private:
  int Roll(int least, int most) {
    return least + static_cast<int>(dice_() % static_cast<std::uint32_t>(most - least + 1));
  }
  bool Chance(int percent) { return Roll(1, 100) <= percent; }
  template <std::size_t n>
  std::string One(const char* const (&list)[n]) {
    return list[Roll(0, static_cast<int>(n) - 1)];
  }
  std::string Person() { return absl::StrCat(One(kFirst), " ", One(kLast)); }

  Incident Happen(int number, absl::Time time);
  void TellOf(Incident incident);
  void Put(const Incident& incident, absl::Duration later, const Outlet& outlet,
           const Telling& telling);

  const Trade trade_;
  std::mt19937 dice_;
  std::vector<LookAlike> told_;
};

Incident Press::Happen(int number, absl::Time time) {
  Incident incident;
  incident.number = number;
  incident.time = time;
  incident.dead = Chance(60) ? 1 : Roll(2, 4);
  incident.hurt = Roll(2, 7);
  incident.damaged = Roll(11, 260);
  const auto place = static_cast<std::size_t>(Roll(0, static_cast<int>(std::size(kTowns)) - 1));
  const std::string town = kTowns[place];
  const int block = Roll(1, 60);
  const absl::TimeZone utc = absl::UTCTimeZone();
  incident.slots = {{"town", town},
                    {"Town", town},
                    {"TOWN", absl::AsciiStrToUpper(town)},
                    {"town2", One(kTowns)},
                    {"county", kCounties[place % std::size(kCounties)]},
                    {"street", One(kStreets)},
                    {"street2", One(kStreets)},
                    {"number", absl::StrCat(block * 100 + Roll(1, 99))},
                    {"block", absl::StrCat(block * 100)},
                    {"when", absl::FormatTime(One(kWhen), time, utc)},
                    {"on_day", absl::FormatTime("on %A", time, utc)},
                    {"date", absl::FormatTime("%B %e", time, utc)},
                    {"time", absl::FormatTime("%H:%M", time, utc)},
                    {"chief", One(kChiefs)},
                    {"victim", Person()},
                    {"age", absl::StrCat(Roll(17, 88))},
                    {"suspect", Person()},
                    {"age2", absl::StrCat(Roll(17, 60))},
                    {"road", One(kRoads)},
                    {"mile", absl::StrCat(Roll(3, 220))},
                    {"car", One(kCars)},
                    {"car2", One(kCars)},
                    {"mag", absl::StrCat(Roll(4, 5), ".", Roll(0, 9))},
                    {"depth", absl::StrCat(Roll(5, 70))},
                    {"km", absl::StrCat(Roll(41, 99))},
                    {"side", One(kSides)}};
  return incident;
}

void Press::Put(const Incident& incident, absl::Duration later, const Outlet& outlet,
                const Telling& telling) {
  Slots slots = incident.slots;
  slots["dead"] = InWords(incident.dead);
  slots["Dead"] = Capital(InWords(incident.dead));
  slots["hurt"] = InWords(incident.hurt);
  slots["Hurt"] = Capital(InWords(incident.hurt));
  slots["damaged"] = slots["Damaged"] = absl::StrCat(incident.damaged);
  slots["people"] = incident.dead == 1 ? "person" : "people";
  slots["lives"] = incident.dead == 1 ? "life" : "lives";
  slots["others"] = "others were";
  slots["people2"] = "people were";
  LookAlike told;
  told.incident = incident.number;
  Article& article = told.article;
  article.id = absl::StrCat("i", incident.number, "-", told_.size());
  article.source = outlet.source;
  article.language = "en";
  article.title = Fill(telling.title, slots);
  article.body = Fill(telling.body, slots);
  article.publish_time = incident.time + later;
  told_.push_back(std::move(told));
}

// One to six articles.
void Press::TellOf(Incident incident) {
  const std::span<const Outlet> outlets = OutletsOf(trade_);
  const auto some = [&]() -> const Outlet& {
    return outlets[static_cast<std::size_t>(Roll(0, static_cast<int>(outlets.size()) - 1))];
  };
  const int first = Roll(0, static_cast<int>(outlets.size()) - 1);
  const int reports = Chance(45) ? 1 : Roll(2, 3);
  for (int i = 0; i < reports; ++i) {
    const Outlet& outlet = outlets[static_cast<std::size_t>(first + i) % outlets.size()];
    const absl::Duration later = absl::Minutes(Roll(40, 700));
    Put(incident, later, outlet, outlet.first);
    if (!Chance(15)) continue;
    Put(incident, later + absl::Hours(1), some(), outlet.first);  // Another prints it again.
  }
  if (Chance(35)) {
    if (Chance(40)) ++incident.dead;
    if (Chance(30)) incident.damaged += Roll(3, 90);
    const Outlet& outlet = some();
    Put(incident, absl::Hours(Roll(18, 110)), outlet, outlet.second);
  }
  if (Chance(15)) {
    const Outlet& outlet = some();
    Put(incident, absl::Hours(24 * Roll(10, 50)), outlet, outlet.late);
  }
}

}  // namespace

const char* Name(Trade trade) {
  constexpr const char* kNames[kTrades] = {"house fires", "road crashes", "shootings",
                                           "small quakes", "storms"};
  return kNames[static_cast<int>(trade)];
}

std::vector<LookAlike> TellLookAlikes(Trade trade, std::uint32_t seed, int incidents) {
  return Press(trade, seed).Tell(incidents);
}

}  // namespace claimwatch
