#include "server/claims/word_lists.h"

namespace claimwatch {
namespace {

struct ListName {
  WordList list;
  std::string_view name;
};

constexpr ListName kListNames[] = {
    {WordList::kOwn, "own"},
    {WordList::kGun, "gun"},
    {WordList::kBore, "bore"},
    {WordList::kBoreUnit, "bore_unit"},
    {WordList::kInhabitants, "inhabitants"},
    {WordList::kPopulace, "populace"},
    {WordList::kInhabited, "inhabited"},
    {WordList::kDwell, "dwell"},
    {WordList::kHeadcount, "headcount"},
    {WordList::kRelief, "relief"},
    {WordList::kSentBody, "sent_body"},
    {WordList::kTeam, "team"},
    {WordList::kHit, "hit"},
    {WordList::kClient, "client"},
    {WordList::kCutback, "cutback"},
    {WordList::kArmed, "armed"},
    {WordList::kBurial, "burial"},
    {WordList::kWares, "wares"},
    {WordList::kPursuit, "pursuit"},
    {WordList::kDeed, "deed"},
    {WordList::kAssault, "assault"},
    {WordList::kAccusation, "accusation"},
    {WordList::kFounding, "founding"},
    {WordList::kNow, "now"},
    {WordList::kLast, "last"},
    {WordList::kLastYear, "last_year"},
    {WordList::kLastPeriod, "last_period"},
    {WordList::kThisPeriod, "this_period"},
    {WordList::kEarlier, "earlier"},
    {WordList::kLongSpan, "long_span"},
    {WordList::kAgo, "ago"},
    {WordList::kFromThen, "from_then"},
    {WordList::kRecovery, "recovery"},
    {WordList::kCompared, "compared"},
    {WordList::kAnniversary, "anniversary"},
    {WordList::kToday, "today"},
    {WordList::kYesterday, "yesterday"},
    {WordList::kSoFar, "so_far"},
    {WordList::kOvernight, "overnight"},
    {WordList::kNoon, "noon"},
    {WordList::kBeginning, "beginning"},
    {WordList::kDayPart, "day_part"},
    {WordList::kThis, "this"},
    {WordList::kNext, "next"},
    {WordList::kRecent, "recent"},
    {WordList::kHours, "hours"},
    {WordList::kDays, "days"},
    {WordList::kWeekend, "weekend"},
    {WordList::kWeeks, "weeks"},
    {WordList::kMonths, "months"},
    {WordList::kYears, "years"},
    {WordList::kStatistics, "statistics"},
    {WordList::kFigures, "figures"},
    {WordList::kOfficial, "official"},
    {WordList::kEpidemic, "epidemic"},
    {WordList::kSiege, "siege"},
    {WordList::kConditions, "conditions"},
    {WordList::kNeed, "need"},
    {WordList::kOutage, "outage"},
    {WordList::kAid, "aid"},
    {WordList::kDisaster, "disaster"},
    {WordList::kBlackout, "blackout"},
    {WordList::kStruck, "struck"},
    {WordList::kFind, "find"},
    {WordList::kLink, "link"},
    {WordList::kSearch, "search"},
    {WordList::kStorey, "storey"},
    {WordList::kCausing, "causing"},
    {WordList::kQuantifier, "quantifier"},
    {WordList::kHelp, "help"},
    {WordList::kNumbering, "numbering"},
    {WordList::kTraveller, "traveller"},
    {WordList::kStranding, "stranding"},
    {WordList::kEnter, "enter"},
    {WordList::kCross, "cross"},
    {WordList::kDepart, "depart"},
    {WordList::kCountryNoun, "country_noun"},
    {WordList::kLaw, "law"},
    {WordList::kHold, "hold"},
    {WordList::kSeize, "seize"},
    {WordList::kTreat, "treat"},
    {WordList::kPatient, "patient"},
    {WordList::kRetract, "retract"},
    {WordList::kTakeBack, "take_back"},
    {WordList::kDiscredit, "discredit"},
    {WordList::kMistaken, "mistaken"},
    {WordList::kClaimedFigure, "claimed_figure"},
    {WordList::kTrue, "true"},
    {WordList::kPledge, "pledge"},
    {WordList::kReject, "reject"},
    {WordList::kUntruth, "untruth"},
    {WordList::kPerceived, "perceived"},
    {WordList::kEarlierEvent, "earlier_event"},
    {WordList::kHappening, "happening"},
    {WordList::kCharge, "charge"},
    {WordList::kAskFor, "ask_for"},
    {WordList::kRequest, "request"},
    {WordList::kSeek, "seek"},
    {WordList::kPlanTo, "plan_to"},
    {WordList::kLikely, "likely"},
    {WordList::kMean, "mean"},
    {WordList::kClause, "clause"},
    {WordList::kAboutTo, "about_to"},
    {WordList::kSupposed, "supposed"},
    {WordList::kRecount, "recount"},
    {WordList::kAway, "away"},
    {WordList::kOutlay, "outlay"},
    {WordList::kHolding, "holding"},
    {WordList::kNoSpeaker, "no_speaker"},
    {WordList::kAnaphor, "anaphor"},
    {WordList::kTell, "tell"},
    {WordList::kAccording, "according"},
    {WordList::kNoSaying, "no_saying"},
    {WordList::kSaid, "said"},
    {WordList::kFinds, "finds"},
    {WordList::kAccount, "account"},
    {WordList::kPuts, "puts"},
    {WordList::kLabels, "labels"},
    {WordList::kKnowing, "knowing"},
    {WordList::kGives, "gives"},
    {WordList::kTallies, "tallies"},
    {WordList::kWithhold, "withhold"},
    {WordList::kTakesLives, "takes_lives"},
    {WordList::kLives, "lives"},
    {WordList::kTeller, "teller"},
    {WordList::kRelay, "relay"},
    {WordList::kNoStatement, "no_statement"},
    {WordList::kPlacePreposition, "place_preposition"},
    {WordList::kThroughout, "throughout"},
    {WordList::kInto, "into"},
    {WordList::kNeighbouring, "neighbouring"},
    {WordList::kEventPlace, "event_place"},
    {WordList::kBefall, "befall"},
    {WordList::kRival, "rival"},
    {WordList::kQuake, "quake"},
    {WordList::kPlainYear, "plain_year"},
    {WordList::kTakeIn, "take_in"},
    {WordList::kPassenger, "passenger"},
    {WordList::kCrew, "crew"},
    {WordList::kThingPart, "thing_part"},
    {WordList::kEngulf, "engulf"},
    {WordList::kTorn, "torn"},
    {WordList::kBusy, "busy"},
    {WordList::kFleet, "fleet"},
    {WordList::kPutToUse, "put_to_use"},
    {WordList::kVerdict, "verdict"},
    {WordList::kCostly, "costly"},
    {WordList::kBourse, "bourse"},
    {WordList::kWrecker, "wrecker"},
    {WordList::kSparing, "sparing"},
    {WordList::kRuined, "ruined"},
    {WordList::kWreck, "wreck"},
    {WordList::kDowned, "downed"},
    {WordList::kFelled, "felled"},
    {WordList::kPartHarm, "part_harm"},
    {WordList::kSank, "sank"},
    {WordList::kLoses, "loses"},
    {WordList::kLosses, "losses"},
    {WordList::kSeverable, "severable"},
    {WordList::kConvey, "convey"},
    {WordList::kTraded, "traded"},
    {WordList::kCome, "come"},
    {WordList::kAuthority, "authority"},
    {WordList::kStranger, "stranger"},
    {WordList::kLookFor, "look_for"},
    {WordList::kAtSea, "at_sea"},
    {WordList::kReach, "reach"},
    {WordList::kGrow, "grow"},
    {WordList::kRise, "rise"},
    {WordList::kBearer, "bearer"},
    {WordList::kInsurer, "insurer"},
    {WordList::kCost, "cost"},
    {WordList::kWriteOff, "write_off"},
    {WordList::kWriteDown, "write_down"},
    {WordList::kWipe, "wipe"},
    {WordList::kRebuild, "rebuild"},
    {WordList::kPick, "pick"},
    {WordList::kBringIn, "bring_in"},
    {WordList::kSweep, "sweep"},
    {WordList::kSetFire, "set_fire"},
    {WordList::kFraud, "fraud"},
    {WordList::kOneAttack, "one_attack"},
    {WordList::kFilled, "filled"},
    {WordList::kCapacity, "capacity"},
};

// The names by WordList, in whatever order they are written above. A list that is left out or named
// twice, or a name given twice, does not compile.
consteval std::array<std::string_view, kWordListCount> ByList() {
  std::array<std::string_view, kWordListCount> names{};
  for (const ListName& entry : kListNames) {
    std::string_view& name = names[static_cast<std::size_t>(entry.list)];
    if (!name.empty()) throw "a list is named twice";
    for (const std::string_view other : names) {
      if (other == entry.name) throw "two lists of one name";
    }
    name = entry.name;
  }
  for (const std::string_view name : names) {
    if (name.empty()) throw "a list has no name";
  }
  return names;
}

constexpr std::array kNames = ByList();

}  // namespace

std::string_view Name(WordList list) { return kNames[static_cast<std::size_t>(list)]; }

std::optional<WordList> WordListOf(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<WordList>(i);
  }
  return std::nullopt;
}

}  // namespace claimwatch
