// Word lists: the small classes of words that single rules ask for, as data.
//
// A rule says what it looks for by the list's name ("a word of court, police or prison"); which
// words are in it stands in data/lists.tsv, with a sentence for each that is read by its list
// alone, and an operator may add more. A list is of single words or of pairs ("last:year").
// Tested by tests/claims/catalogue_test.cc.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>

namespace claimwatch {

enum class WordList : std::uint8_t {
  // Figures beside the event.
  kOwn,          // my: nobody's figure of the event
  kGun,          // a 9 mm *pistol*
  kBore,         // .40 *calibre*
  kBoreUnit,     // a 9 *mm* pistol
  kInhabitants,  // a town of 12,000 *souls*
  kPopulace,     // *population* 12,000
  kInhabited,    // a *town* of 12,000 people
  kDwell,        // of the 12,000 who *live* there
  kHeadcount,    // a 200-*strong* force
  kRelief,       // *rescue* teams: they are sent
  kSentBody,     // a 200-strong *contingent*
  kTeam,         // 12 rescue *crews*
  kHit,          // 12,000 customers were *hit*
  kClient,       // *customers* are hit by a failure, not by a blow
  kCutback,      // *layoffs* hit 12,000
  kArmed,        // *masked* men: suspects
  kBurial,       // has *buried* 12 victims
  kWares,        // 12 *pieces*: no people
  kPursuit,      // *hunting* 12 men
  kFilled,       // a hall *packed* with 12 guests
  kCapacity,     // *licensed* to carry 12 passengers
  kDeed,         // a *robbery* by 12 men
  kAssault,      // 12 men *robbed* a bank
  kAccusation,   // *charges* against 12 men
  // The time that is spoken of.
  kFounding,     // *founded* in 1850
  kNow,          // *currently*: not told of an earlier event
  kLast,         // *last* May
  kLastYear,     // pairs: *last year*
  kLastPeriod,   // pairs: *last month*
  kThisPeriod,   // pairs: earlier *this year*
  kEarlier,      // *earlier* this year
  kLongSpan,     // 12 *years* ago
  kAgo,          // 12 years *earlier*
  kFromThen,     // *ended* in 1999
  kRecovery,     // *recovering* from the flood of 1999
  kCompared,     // *compared* with 12 in 1999
  kAnniversary,  // the *anniversary* of a day on which 12 died
  kToday,        // *tonight*
  kYesterday,    // *yesterday*
  kSoFar,        // pairs: *so far*
  kOvernight,    // *overnight*
  kNoon,         // by *noon*
  kBeginning,    // since the *start* of the year
  kDayPart,      // Friday *evening*
  kThis,         // *this* week
  kNext,         // *next* month
  kRecent,       // the *past* 24 hours
  kHours,
  kDays,
  kWeekend,
  kWeeks,
  kMonths,
  kYears,
  // The article as a whole.
  kStatistics,  // *statistics* show
  kFigures,     // official *figures*
  kOfficial,    // *official* figures
  kEpidemic,    // *cholera*
  kSiege,       // *militants*: no war where all that they do is hold hostages
  // What a phrase says of the counted.
  kConditions,   // Its words stand in the lines of kind "condition".
  kNeed,         // without *power*
  kOutage,       // *knocked* out power to 12,000
  kAid,          // *food* for 12,000 people
  kDisaster,     // hit by the *drought*: not by a blow
  kBlackout,     // the *outage* hit 12,000
  kStruck,       // *hit* by the drought
  kFind,         // have not been *found*
  kLink,         // *remain* behind bars
  kSearch,       // a *search* is under way for 12 people
  kStorey,       // a 12-*storey* block
  kCausing,      // *prompted* 12 people to flee
  kQuantifier,   // *most* of the 12
  kHelp,         // *helped* keep
  kNumbering,    // relatives, *numbering* 200
  kTraveller,    // stranded *passengers* wait, they are not buried
  kStranding,    // the strike *stranded* 200 passengers
  kEnter,        // *entered* Chad
  kCross,        // *crossed* into Chad
  kDepart,       // *left* Chad
  kCountryNoun,  // left the *country*
  kLaw,          // *custody*: who is held is arrested
  kHold,         // *holding* 12 men
  kSeize,        // *seized* 12 men
  kTreat,        // *treated* in an outbreak: infected
  kPatient,      // *patients* of an outbreak
  // Status.
  kRetract,        // *withdrew* the figure
  kTakeBack,       // pairs: *took back* the figure
  kDiscredit,      // pairs: the figure *lacks credibility*
  kMistaken,       // the figure was *wrong*
  kClaimedFigure,  // withdrew the *claim*
  kTrue,           // it is not *true* that
  kPledge,         // *pledged* sums are told, not guessed
  kReject,         // *rejected* the report of 12 dead
  kUntruth,        // pairs: *no truth* in reports of 12 dead
  kPerceived,      // could be *seen*: they were
  kEarlierEvent,   // an *earlier* attack
  kHappening,      // an earlier *attack*
  kCharge,         // denies two *counts*
  kAskFor,         // *asked* for 12 men
  kRequest,        // *wants* 12 men
  kSeek,           // *seeks* 12 men
  kPlanTo,         // *plans* to send; "planned 12 attacks" is told
  kLikely,         // *likely* to reach 12
  kMean,           // *meant* that 12 died: not feared
  kClause,         // *because*: another statement
  kAboutTo,        // is *due* to send 12
  kSupposed,       // pairs: in the *worst case*
  kRecount,        // *lowered* the toll to 24 from 51
  kAway,           // 60 miles *from* the town
  kOutlay,         // will *cost* 12 million: nobody has set the sum
  kHolding,        // will *own* 20 percent: agreed, not guessed
  // Who says so.
  kNoSpeaker,    // the *quake* reported
  kAnaphor,      // *she*
  kTell,         // *told*
  kAccording,    // pairs: *according to*
  kNoSaying,     // pairs: *United States*
  kSaid,         // *said* as many as 40 died: never "12 said as ..."
  kFinds,        // a poll *found* that
  kAccount,      // a *tally* by the agency
  kPuts,         // *put* the toll at 12
  kLabels,       // *called* the report of 12 dead a lie
  kKnowing,      // pairs: a source *close to* the inquiry
  kGives,        // *gave* the number of dead as 12
  kTallies,      // *counted* 12 bodies
  kWithhold,     // *declined* to say how 12 died
  kTakesLives,   // *claimed* 12 lives: nobody speaks
  kLives,        // claimed 12 *lives*
  kTeller,       // *police*: 12 dead
  kRelay,        // *citing* police
  kNoStatement,  // pairs: *claimed responsibility*
  // Where.
  kPlacePreposition,  // *near* Kelo
  kThroughout,        // *across* Kelo
  kInto,              // crossed *into* Kelo
  kEventPlace,        // a storm swept *through* Kelo
  kBefall,            // a storm *hit* Kelo
  kNeighbouring,      // in *neighbouring* Kelo
  // How much of it.
  kRival,      // *put* the dead at 50: against other counts
  kQuake,      // 27 *aftershocks* of 4.5
  kPlainYear,  // die in an *ordinary* year
  kTakeIn,     // the clinic has *treated* 50
  kPassenger,  // 43 *passengers* and four crew
  kCrew,       // 43 passengers and four *crew*
  // Things and sums.
  kThingPart,  // the *windows* of 12 cars
  kEngulf,     // *spread* to 12 houses
  kTorn,       // 12 cars *riddled* with bullets
  kBusy,       // 12 trucks *carrying* food: used
  kFleet,      // a *convoy* of 12 trucks
  kPutToUse,   // the search *involves* 12 boats
  kVerdict,    // a *jury* gave her damages: no loss of the event
  kCostly,     // the *cleanup* has cost $12 million
  kBourse,     // the *index* lost 42
  kWrecker,    // the *flames* ate up 12 houses
  kSparing,    // the fire *threatened* 12 houses
  kRuined,     // 12 houses *fell* down
  kWreck,      // 12 houses were reduced to *splinters*
  kDowned,     // *downed* 12 drones
  kFelled,     // *shot down* 12 drones
  kPartHarm,   // *peeled* the roofs off 12 homes
  kSank,       // 12 boats *went down*
  kLoses,      // the navy *lost* 12 boats
  kLosses,     // the *loss* of 12 boats
  kSeverable,  // cut 12 *roads*
  kConvey,     // *shipped* 12 nets
  kTraded,     // *built* 12 frigates: none of them used
  kCome,       // 12 vehicles *rolled* into town
  // Who does what, and how figures move.
  kAuthority,  // *investigators* seek 2 men
  kStranger,   // police are looking for 2 *youths*
  kLookFor,    // divers *searched* for 2 men
  kAtSea,      // picked up 12 people from a *raft*
  kReach,      // the dead *numbered* 12
  kGrow,       // the toll *climbed* by 12
  kRise,       // 40 cases, an *increase* of 12
  kBearer,     // cost the *economy* $12 million
  kInsurer,    // *insurers'* claims
  kCost,       // *costing* shops $12 million
  kWriteOff,   // pairs: *wrote off* $12 million
  kWriteDown,  // a $12 million *charge*
  kWipe,       // *wiped* $12 million off shares
  kRebuild,    // *rebuilding* could cost $12 million
  kPick,       // *picked* up 12 men
  kBringIn,    // *brought* in 12 tents
  kSweep,      // 12 villagers were *swept* away
  kSetFire,    // pairs: *set fire* to 12 shops
  kFraud,      // *cheated* 12 people out of $12 million
  kOneAttack,  // have been killed in a *raid*
  kCount,      // Not a list: how many there are.
};

inline constexpr std::size_t kWordListCount = static_cast<std::size_t>(WordList::kCount);
inline constexpr std::size_t kWordListsMax = 192;
static_assert(kWordListCount <= kWordListsMax);

// The lists that a word is in.
using WordLists = std::bitset<kWordListsMax>;

// The name in the data ("last_year"), or the list of a name; nullopt: no such list.
std::string_view Name(WordList list);
std::optional<WordList> WordListOf(std::string_view name);

}  // namespace claimwatch
