#include "server/story/story_index.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "tests/story/reading.h"

namespace claimwatch {
namespace {

// A desk that takes articles in order, as the sequencer does.
class Desk {
 public:
  explicit Desk(StoryOptions options = {}) : index_(options) {}

  // The story's number.
  std::int64_t Take(const Article& article) { return Take(FeaturesOf(article)); }
  std::int64_t Take(const Features& features) {
    last_ = index_.Find(features);
    StoryId story = last_.story;
    if (story == StoryId::kNone) story = static_cast<StoryId>(++stories_);
    index_.Add(static_cast<Sequence>(++articles_), features, story);
    return static_cast<std::int64_t>(story);
  }
  const Link& last() const { return last_; }
  std::size_t size() const { return index_.size(); }

 private:
  StoryIndex index_;
  Link last_;
  std::int64_t stories_ = 0;
  std::int64_t articles_ = 0;
};

struct Line {
  int event;
  const char* time;
  const char* title;
  const char* body;
};

void ExpectEvents(const std::vector<Line>& lines) {
  Desk desk;
  std::map<int, std::int64_t> story_of;
  std::map<std::int64_t, int> event_of;
  for (const Line& line : lines) {
    const std::int64_t story = desk.Take(Told(line.title, line.body, line.time));
    const auto [known, first] = story_of.try_emplace(line.event, story);
    EXPECT_EQ(known->second, story) << line.title << " | " << desk.last().reason;
    const auto [owner, free] = event_of.try_emplace(story, line.event);
    EXPECT_EQ(owner->second, line.event) << line.title << " | " << desk.last().reason;
  }
}

TEST(StoryIndex, TwoOutletsOnOneEventShareAStory) {
  ExpectEvents({
      {1, "2031-03-10T08:00:00Z", "Ferry sinks off Tarvik with 80 aboard",
       "The ferry Solveig Star went down in the Tarvik Sound before dawn on Monday with 80 people "
       "aboard, the coast guard said. Rescue boats from Tarvik picked up 52 survivors. Captain "
       "Ingmar Holt told them the car deck had flooded within minutes."},
      {1, "2031-03-10T11:30:00Z", "Dozens missing after Solveig Star goes down",
       "Rescuers searched the cold waters of the Tarvik Sound on Monday for passengers of the "
       "Solveig Star, a ferry that sank in the night. The coast guard counted 80 people aboard. "
       "Its captain, Ingmar Holt, survived and spoke of water on the car deck."},
      {2, "2031-03-10T12:00:00Z", "Miners trapped in Kolwara shaft",
       "A shaft of the Kolwara copper mine caved in on Monday and trapped 19 miners, the owner, "
       "Brightstone Copper, said. Drilling teams from Lusanda were on their way."},
  });
}

TEST(StoryIndex, TwoQuakesOnOneIslandStayApart) {
  ExpectEvents({
      {1, "2031-02-02T06:00:00Z", "Strong quake hits Maru island",
       "A 6.9 magnitude earthquake struck the island of Maru early on Sunday, the geological "
       "survey said. The epicentre lay off Port Halden in the west. At least 14 people died when "
       "the market hall of Port Halden collapsed, the mayor, Teo Lanrick, said."},
      {1, "2031-02-03T09:00:00Z", "Port Halden digs for survivors",
       "Rescuers dug through the market hall of Port Halden on Monday after the earthquake that "
       "hit Maru island on Sunday. Mayor Teo Lanrick said that 21 people were dead. The 6.9 "
       "magnitude shock was felt across the west."},
      {2, "2031-07-19T06:00:00Z", "Quake shakes Maru island, six dead",
       "A 5.8 magnitude earthquake shook the island of Maru on Saturday, the geological survey "
       "said. Landslides buried houses in the hill villages of Senka and Oroval in the east, where "
       "six people were killed, according to the district chief, Dana Wuyi."},
      {2, "2031-07-20T10:00:00Z", "Road to Oroval cut after landslides",
       "Soldiers walked to the hill villages of Senka and Oroval on Sunday, a day after an "
       "earthquake set off landslides in the east of Maru. District chief Dana Wuyi said nine "
       "bodies were found. The 5.8 magnitude shock cut the only road."},
  });
}

TEST(StoryIndex, TwoShootingsInOneCityInOneWeekStayApart) {
  ExpectEvents({
      {1, "2031-05-13T09:00:00Z", "Man shot dead on Pell Street",
       "GRANVILLE - A barber was shot and killed as he locked his shop on Monday night in the 2600 "
       "block of Pell Street. Darnell Okoye, 34, died at Mercy Hospital, his sister Ama Okoye "
       "said. Neighbours heard four shots and saw a silver sedan race toward the Holm Bridge. "
       "Detectives think that the killer wanted the day's takings. Okoye had run Crown Cuts for "
       "nine years and taught boys of the street to cut hair."},
      {2, "2031-05-15T09:00:00Z", "Teenager wounded at Harmon Avenue bus stop",
       "GRANVILLE - A 16-year-old was hit in the leg on Wednesday evening while he waited for the "
       "bus at Harmon Avenue and Fifth. Two masked men on foot fired at a group of pupils of "
       "Eastgate High after a quarrel over a phone, said the headmaster, Colm Reyes. The boy is in "
       "stable condition. Classes at Eastgate High were called off, and patrols will ride the "
       "buses of line 118 until the summer."},
      {1, "2031-05-16T09:00:00Z", "Arrest in killing of barber Darnell Okoye",
       "GRANVILLE - A 29-year-old man was arrested in the killing of Darnell Okoye, the barber who "
       "was shot as he locked Crown Cuts in the 2600 block of Pell Street on Monday. Lyle Brandt "
       "was stopped in a silver sedan near the Holm Bridge with the takings of the shop. Ama "
       "Okoye, the barber's sister, thanked the detectives."},
      {2, "2031-05-16T15:00:00Z", "Boy shot at bus stop goes home",
       "GRANVILLE - The 16-year-old who was shot in the leg at the bus stop at Harmon Avenue and "
       "Fifth on Wednesday has gone home. Two masked men who fired at pupils of Eastgate High are "
       "still sought. Headmaster Colm Reyes said that classes begin again on Monday, and that the "
       "quarrel over a phone had been known to teachers."},
  });
}

TEST(StoryIndex, AnEventToldOverMonthsIsOneStory) {
  std::vector<Line> lines = {
      {1, "2031-04-03T12:00:00Z", "Tanker Ostra Queen breaks up off Cape Venn",
       "The tanker Ostra Queen broke up off Cape Venn and spilled crude oil along the Venn coast. "
       "Its owner, Halcyon Shipping, said 9,000 tonnes were lost."},
      {1, "2031-04-19T12:00:00Z", "Halcyon Shipping doubles its estimate",
       "Halcyon Shipping said that the Ostra Queen lost 18,000 tonnes of crude oil off Cape Venn, "
       "twice what it told before. The slick has reached the Venn coast."},
      {1, "2031-05-30T12:00:00Z", "Fishermen of Cape Venn sue",
       "Fishermen of Cape Venn sued Halcyon Shipping over the oil of the Ostra Queen. The slick "
       "closed the Venn coast to boats in April."},
      {1, "2031-07-28T12:00:00Z", "Ostra Queen wreck to be raised",
       "Halcyon Shipping will raise the wreck of the Ostra Queen, whose oil fouled the Venn coast "
       "in the spring. Divers at Cape Venn found 2,000 tonnes of crude still aboard."},
  };
  lines.insert(lines.begin() + 2,
               {2, "2031-05-01T12:00:00Z", "Museum fire in Lorn",
                "A fire destroyed the maritime museum of Lorn overnight. Curator Elke Sand said "
                "that 300 ship models were lost."});
  ExpectEvents(lines);
}

constexpr char kFlood[] =
    "The river Senn burst its banks at Adelgrund on Friday and flooded the old town. At least 17 "
    "people were killed, the governor of the province said in the evening. Soldiers carried 240 "
    "patients out of the hospital of Adelgrund by boat. Power failed in most of the houses along "
    "the river, the utility said. Rain is expected until Sunday, and the dam at Hohrain is full. "
    "The last flood of this kind was seen by the grandparents of those who live there now.";
constexpr char kFloodAbridged[] =
    "The river Senn burst its banks at Adelgrund on Friday and flooded the old town. At least 17 "
    "people were killed, the governor of the province said in the evening. Power failed in most of "
    "the houses along the river, the utility said.";
constexpr char kFloodOwnWords[] =
    "Seventeen died when the Senn flooded Adelgrund on Friday. We spoke with the governor, who "
    "watched soldiers bring patients from the hospital of Adelgrund by boat as the river rose. The "
    "dam at Hohrain, she said, is full.";

TEST(StoryIndex, AnAbridgedReprintIsACopy) {
  Desk desk;
  const std::int64_t story = desk.Take(Told("Flood in Adelgrund", kFlood, "2031-06-06T20:00:00Z"));
  EXPECT_EQ(desk.Take(Told("Senn floods town", kFloodAbridged, "2031-06-07T07:00:00Z")), story);
  EXPECT_EQ(desk.last().copy_of, static_cast<Sequence>(1));
  EXPECT_EQ(desk.Take(Told("Flood in Adelgrund", kFlood, "2031-06-07T09:00:00Z")), story);
  EXPECT_EQ(desk.last().copy_of, static_cast<Sequence>(1));
}

TEST(StoryIndex, OwnWordsOnTheSameEventAreNoCopy) {
  Desk desk;
  const std::int64_t story = desk.Take(Told("Flood in Adelgrund", kFlood, "2031-06-06T20:00:00Z"));
  EXPECT_EQ(desk.Take(Told("Senn floods town", kFloodOwnWords, "2031-06-07T07:00:00Z")), story);
  EXPECT_EQ(desk.last().copy_of, Sequence::kNone);
}

TEST(StoryIndex, TheCallersHintDecides) {
  Desk desk;
  Article first = Told("Flood in Adelgrund", kFlood, "2031-06-06T20:00:00Z");
  first.story_hint = "flood";
  Article other =
      Told("Miners trapped", "A shaft of the Kolwara mine caved in.", "2031-06-07T07:00:00Z");
  other.story_hint = "flood";
  Article apart = Told("Flood in Adelgrund", kFlood, "2031-06-07T09:00:00Z");
  apart.story_hint = "second flood";
  const std::int64_t story = desk.Take(first);
  EXPECT_EQ(desk.Take(other), story);
  EXPECT_EQ(desk.last().reason, "the same story hint");
  EXPECT_NE(desk.Take(apart), story);
}

TEST(StoryIndex, AnArticleInALanguageThatIsNotReadStandsAlone) {
  Desk desk;
  const std::int64_t story = desk.Take(Told("Flood in Adelgrund", kFlood, "2031-06-06T20:00:00Z"));
  Article foreign = Told("Hochwasser in Adelgrund", kFlood, "2031-06-07T07:00:00Z");
  foreign.language = "de";
  EXPECT_NE(desk.Take(foreign), story);
  foreign.story_hint = "flood";
  const std::int64_t hinted = desk.Take(foreign);
  EXPECT_EQ(desk.Take(foreign), hinted);
}

TEST(StoryIndex, WithoutATimeTheWordsDecide) {
  Desk desk;
  Article first = Told("Flood in Adelgrund", kFlood, "");
  const std::int64_t story = desk.Take(first);
  EXPECT_EQ(desk.Take(Told("Senn floods town", kFloodOwnWords, "")), story);
}

TEST(StoryIndex, AnEmptyArticleIsAStoryOfItsOwn) {
  Desk desk;
  const std::int64_t story = desk.Take(Told("", "", "2031-06-06T20:00:00Z"));
  EXPECT_NE(desk.Take(Told("", "", "2031-06-06T20:00:00Z")), story);
  EXPECT_EQ(desk.last().copy_of, Sequence::kNone);
}

// A made-up word, one for each number.
std::string Word(int number) {
  const char* const syllables[] = {"ka", "lo",  "mir", "ten", "dra",
                                   "su", "vel", "po",  "gri", "nas"};
  std::string word;
  for (int rest = number + 100; rest > 0; rest /= 10) word += syllables[rest % 10];
  return word;
}

std::string Name(int number) {
  std::string name = Word(number);
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

// A stream of made-up incidents, three articles each, that share the words of their trade.
std::vector<Features> Stream(int articles) {
  std::vector<Features> stream;
  for (int i = 0; i < articles; ++i) {
    const int n = 10 * (i / 3);
    const absl::Time time = At("2031-01-01T00:00:00Z") + absl::Hours(7 * i);
    stream.push_back(FeaturesOf(
        Told("Man hurt by " + Word(n) + " in " + Name(n + 1),
             "Police in " + Name(n + 1) + " said that " + Name(n + 2) + " " + Name(n + 3) +
                 " was hurt by a " + Word(n) + " at the " + Word(n + 4) + " of " + Name(n + 5) +
                 ". The " + Word(n + 6) + " of the " + Word(n) + " broke on a " + Word(n + 7) +
                 ". It was the year's " + Word(i + 5000) + ".",
             absl::FormatTime(absl::RFC3339_full, time, absl::UTCTimeZone()).c_str())));
  }
  return stream;
}

TEST(StoryIndex, TheSameArticlesGiveTheSameStories) {
  const std::vector<Features> stream = Stream(120);
  Desk one;
  Desk two;
  for (const Features& features : stream) EXPECT_EQ(one.Take(features), two.Take(features));
  EXPECT_GT(one.size(), 5u);
}

TEST(StoryIndex, ARestartAnywhereChangesNoLink) {
  const std::vector<Features> stream = Stream(90);
  Desk whole;
  std::vector<StoryId> links;
  std::vector<std::string> reasons;
  for (const Features& features : stream) {
    links.push_back(static_cast<StoryId>(whole.Take(features)));
    reasons.push_back(whole.last().reason);
  }
  for (std::size_t cut = 0; cut < stream.size(); cut += 7) {
    StoryIndex rebuilt{StoryOptions{}};
    for (std::size_t i = 0; i < cut; ++i) {
      rebuilt.Add(static_cast<Sequence>(i + 1), DecodeFeatures(Encode(stream[i])).value(),
                  links[i]);
    }
    const Link link = rebuilt.Find(stream[cut]);
    EXPECT_EQ(link.reason, reasons[cut]) << cut;
    EXPECT_TRUE(link.story == StoryId::kNone || link.story == links[cut]) << cut;
  }
}

TEST(StoryIndex, HoldsNoMoreStoriesThanItMay) {
  StoryOptions options;
  options.stories_max = 10;
  Desk desk(options);
  Article hinted = Told("Flood in Adelgrund", kFlood, "2031-06-06T20:00:00Z");
  hinted.story_hint = "flood";
  const std::int64_t story = desk.Take(hinted);
  for (const Features& features : Stream(90)) desk.Take(features);
  EXPECT_EQ(desk.size(), 10u);
  EXPECT_EQ(desk.Take(hinted), story);  // It slept; its hint wakes it.
}

TEST(StoryIndex, AStoryThatSleepsIsWokenByACopy) {
  StoryOptions options;
  options.stories_max = 10;
  Desk desk(options);
  const std::int64_t story = desk.Take(Told("Flood in Adelgrund", kFlood, "2031-06-06T20:00:00Z"));
  for (const Features& features : Stream(90)) desk.Take(features);
  EXPECT_EQ(desk.Take(Told("Senn floods town", kFloodAbridged, "2031-06-08T07:00:00Z")), story);
  EXPECT_EQ(desk.last().reason, "a copy of an article of a story that slept");
}

TEST(StoryIndex, AStoryInUseStaysWhenOthersGo) {
  StoryOptions options;
  options.stories_max = 4;
  Desk desk(options);
  Article hinted = Told("Flood in Adelgrund", kFlood, "2031-06-06T20:00:00Z");
  hinted.story_hint = "flood";
  const std::int64_t story = desk.Take(hinted);
  for (const Features& features : Stream(30)) {
    desk.Take(features);
    EXPECT_EQ(desk.Take(hinted), story);
  }
}

TEST(StoryIndex, BeyondTheWindowAnEventIsAnother) {
  StoryOptions options;
  options.window = absl::Hours(24 * 30);
  Desk desk(options);
  const std::int64_t story = desk.Take(Told("Flood in Adelgrund", kFlood, "2031-06-06T20:00:00Z"));
  EXPECT_NE(desk.Take(Told("Flood in Adelgrund", kFlood, "2032-06-06T20:00:00Z")), story);
}

}  // namespace
}  // namespace claimwatch
