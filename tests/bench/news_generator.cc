#include "tests/bench/news_generator.h"

#include <array>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
    "Hospitals in $PLACE took in $SOME patients overnight, a doctor said.",
    "More than $MANY residents were without power, the grid operator said.",
    "$RESCUERS rescuers with $FEW boats searched the area until dusk.",
    "It was the worst disaster in the province since 1998, when $OLD people lost their lives.",
    "The mayor said $PERCENT percent of the roads could be used again by the evening.",
};

// Told at most once an article; the words in capitals differ from event to event, or each time.
constexpr std::string_view kWithoutFigures[] = {
    "Witnesses spoke of scenes of confusion as families looked for relatives near the $THING.",
    "Shops in $TOWN stayed closed, and volunteers handed out $GOODS near the $THING.",
    "$OFFICIAL thanked neighbouring provinces for their $MOOD help and asked for patience.",
    "Schools in $TOWN will remain shut until inspectors have looked at every $THING.",
    "A spokeswoman for the $OFFICE declined to say when the results could be expected.",
    "Aid groups warned that $GOODS were running short and that more were needed in $TOWN.",
    "The road to the $THING was open again, but traffic moved slowly because of $MESS.",
    "Neighbours said that they had complained about the state of the $THING for years.",
    "Opposition leaders called for an inquiry and accused the $OFFICE of acting too late.",
    "\"We heard a $MOOD noise and ran,\" said $PERSON, who sells $GOODS beside the $THING.",
    "$PERSON, a $TRADE from $TOWN, described the night as $MOOD and without end.",
    "The $OFFICE sent $GOODS by lorry, though $MESS blocked the way past $TOWN.",
    "Television pictures showed $MESS in front of the $THING and people carrying $GOODS.",
    "It is still unclear why nobody at the $OFFICE had noticed the danger to the $THING.",
    "Forecasters expect $MOOD weather, which could make the work around $TOWN harder.",
    "$PERSON of the $OFFICE said that the $THING would be rebuilt in another place.",
    "Residents of $TOWN lit candles at the $THING while a $TRADE read out the names.",
    "The $TRADE $PERSON had warned of $MESS at the $THING in a letter to the $OFFICE.",
    "Engineers will examine the $THING as soon as the $MESS has been cleared away.",
    "A $MOOD mood hung over $TOWN, where most people know someone from the $THING.",
    "Neighbouring countries offered $GOODS, and the $OFFICE accepted after some delay.",
    "\"Nobody told us anything,\" said a $TRADE who spent the night in the $THING of $TOWN.",
    "The $THING, a landmark of $PLACE, was closed to visitors after the first reports.",
    "$PERSON and $OFFICIAL met at the $OFFICE and spoke about $GOODS for the villages.",
    "Trains between $PLACE and $TOWN did not run because of $MESS on the line.",
};

constexpr std::string_view kThings[] = {"bridge",  "harbour",   "market",  "stadium", "dam",
                                        "station", "hospital",  "mill",    "school",  "cemetery",
                                        "mosque",  "cathedral", "tunnel",  "quarry",  "airport",
                                        "library", "prison",    "factory", "theatre", "lighthouse"};
constexpr std::string_view kGoods[] = {
    "blankets", "tents", "medicine",    "candles", "boots",      "bread",  "pumps",
    "torches",  "rice",  "milk powder", "soap",    "generators", "stoves", "bandages"};
constexpr std::string_view kOffices[] = {"interior ministry", "health ministry",    "town council",
                                         "fire brigade",      "coast guard",        "army",
                                         "water board",       "prosecutor's office"};
constexpr std::string_view kMess[] = {"debris", "mud",  "fallen trees", "smoke", "broken glass",
                                      "ice",    "sand", "oil",          "rubble"};
constexpr std::string_view kMoods[] = {"sombre",  "loud",  "quick", "terrible", "quiet",
                                       "strange", "tense", "cold",  "stormy",   "generous"};
constexpr std::string_view kTrades[] = {"baker",  "teacher", "fisherman", "nurse",
                                        "driver", "farmer",  "student",   "tailor",
                                        "lawyer", "priest",  "plumber",   "waiter"};

constexpr std::string_view kDays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                      "Friday", "Saturday", "Sunday"};

// What stays the same in all reports on an event.
struct Event {
  std::string place, official;
  std::array<std::string, 4> towns, people;
  std::array<std::string_view, 3> things, goods;
  std::string_view title, lead;
  std::uint64_t base = 0;  // Its figures come of this.
};

Event MakeEvent(Dice& dice) {
  Event event;
  event.place = Name(dice, true);
  event.official = absl::StrCat("Governor ", Name(dice, false), " ", Name(dice, false));
  for (std::string& town : event.towns) town = Name(dice, true);
  for (std::string& person : event.people) {
    person = absl::StrCat(Name(dice, false), " ", Name(dice, false));
  }
  for (std::string_view& thing : event.things) thing = dice.Pick(kThings);
  for (std::string_view& goods : event.goods) goods = dice.Pick(kGoods);
  const Kind& kind = dice.Pick(kKinds);
  event.title = kind.title;
  event.lead = kind.lead;
  event.base = dice.Next() >> 16;
  return event;
}

// The figures as the n-th report tells them: each toll rises with every sixth report.
std::string Fill(std::string_view text, const Event& event, std::uint64_t n, Dice& dice) {
  const auto to = [](std::string_view word) { return absl::string_view(word.data(), word.size()); };
  const std::uint64_t base = event.base;
  const std::uint64_t dead = base % 60 + 3 + n / 6;
  const std::uint64_t hurt = base % 60 * 3 + base % 17 + 9 + (n + 3) / 6;
  const std::uint64_t many = (base % 90 + 10) * 100;
  return absl::StrReplaceAll(to(text),
                             {{"$PLACE", event.place},
                              {"$OFFICIAL", event.official},
                              {"$TOWN", dice.Pick(event.towns)},
                              {"$PERSON", dice.Pick(event.people)},
                              {"$THING", to(dice.Pick(event.things))},
                              {"$GOODS", to(dice.Pick(event.goods))},
                              {"$OFFICE", to(dice.Pick(kOffices))},
                              {"$MESS", to(dice.Pick(kMess))},
                              {"$MOOD", to(dice.Pick(kMoods))},
                              {"$TRADE", to(dice.Pick(kTrades))},
                              {"$DAY", to(kDays[base % 7])},
                              {"$DEAD", absl::StrCat(dead)},
                              {"$HURT", absl::StrCat(hurt)},
                              {"$MANY", absl::StrCat(many / 1000, ",", many % 1000 / 100, "00")},
                              {"$HOMES", absl::StrCat(base % 700 + 120)},
                              {"$HALF", absl::StrCat(base % 300 + 40)},
                              {"$FEW", absl::StrCat(base % 23 + 4)},
                              {"$SOME", absl::StrCat(base % 40 + 11)},
                              {"$PART", absl::StrCat(base % 3 + 2)},
                              {"$MONEY", absl::StrCat("$", base % 80 + 5)},
                              {"$RESCUERS", absl::StrCat(base % 400 + 200)},
                              {"$OLD", absl::StrCat(base % 900 + 100)},
                              {"$PERCENT", absl::StrCat(base % 60 + 20)}});
}

// The numbers 0 .. count - 1 in an order of the dice's own.
std::vector<std::size_t> Shuffled(std::size_t count, Dice& dice) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[dice.Below(i)]);
  return order;
}

// Sentences until `bytes` are reached, one in six with a figure; none twice before all were told.
void AppendSentences(const Event& event, std::uint64_t n, std::size_t bytes, Dice& dice,
                     std::string& body) {
  const auto with = Shuffled(std::size(kWithFigures), dice);
  const auto without = Shuffled(std::size(kWithoutFigures), dice);
  for (std::size_t i = 0; body.size() < bytes; ++i) {
    const std::string_view sentence = i % 6 == 0 ? kWithFigures[with[i / 6 % with.size()]]
                                                 : kWithoutFigures[without[i % without.size()]];
    absl::StrAppend(&body, i % 3 == 2 ? "\n" : " ", Fill(sentence, event, n, dice));
  }
}

}  // namespace

std::string PlaceName(std::uint64_t number) {
  constexpr std::uint64_t kParts = std::size(kSyllables);
  std::string name;
  for (int i = 0; i < 3; ++i, number /= kParts) name.append(kSyllables[number % kParts]);
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name + "ford";
}

Article GenerateReport(std::uint64_t event_number, std::uint64_t n, const NewsOptions& options) {
  Dice of_event(event_number * 0x51ed2701 + 17);
  const Event event = MakeEvent(of_event);
  Dice of_report(event_number * 0x9e3779b1 + n * 0x85ebca6b + 3);
  Article article;
  article.id = absl::StrCat("e", event_number, "-n", n);
  article.source = absl::StrCat("outlet", of_report.Below(200), ".example");
  article.title = Fill(event.title, event, n, of_report);
  article.language = "en";
  article.publish_time =
      absl::FromUnixSeconds(1'700'000'000 + static_cast<std::int64_t>(event_number) * 60) +
      absl::Minutes(30) * n;
  article.body = Fill(event.lead, event, n, of_report);
  AppendSentences(event, n, options.body_bytes, of_report, article.body);
  return article;
}

}  // namespace claimwatch
