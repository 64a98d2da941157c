// Roles: the part that a closed-class or number word plays in a number phrase.
//
// One role a word, given by server/text/data/number_words.tsv, so that the number grammar compares
// small integers. Words without a part in it have none.
// Tested by tests/text/lexicon_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace claimwatch {

enum class Role : std::uint8_t {
  kNone,
  // Number words; Word::value is given in brackets.
  kZero,          // zero, nought
  kDigit,         // one .. nine [1..9]
  kTeen,          // ten .. nineteen [10..19]
  kTen,           // twenty .. ninety [20..90]
  kHundred,       // hundred
  kMagnitude,     // thousand, million, bn, lakh [power of ten]
  kDozen,         // dozen [12], score [20], gross [144]
  kVague,         // dozens, scores, hundreds, thousands [the plural's base: 12, 20, 100]
  kVaguePower,    // thousands, millions [power of ten]
  kCouple,        // couple, pair [2]
  kHalf,          // half, halves
  kOrdinal,       // first .. ninetieth [1..90]
  kOrdinalPower,  // hundredth, thousandth [power of ten]
  kQuarter,       // quarter(s)
  kRepeat,        // once, twice, thrice [1..3]
  kTwin,          // twin, triple: as many as [2..4]
  kFew,           // several, few, many: no figure, but "several hundred" is one
  kNobody,        // none, nobody: 0 and no noun follows
  // Words around numbers.
  kA,
  kThe,
  kNo,
  kAnd,
  kOr,
  kTo,
  kOf,
  kIn,
  kPer,
  kThan,
  kAt,
  kAs,
  kFrom,
  kBetween,
  kBy,
  kUp,
  kOut,
  kNot,
  kPoint,
  kMinus,
  kPlus,
  kSo,
  kAbout,       // about, around, roughly
  kSome,        // some
  kEstimated,   // estimated
  kNearly,      // nearly, almost
  kClose,       // close (to)
  kMore,        // more, greater, higher
  kLess,        // less, fewer, lower
  kLeast,       // least
  kMost,        // most
  kMany,        // many, much, little, few (as many as)
  kOver,        // over, above, exceeding
  kExceed,      // exceed, exceeded, top, surpass: a bound only right before the number
  kUnder,       // under, below
  kEqual,       // equal, equals
  kMinimum,     // minimum
  kMaximum,     // maximum
  kDegree,      // well, just, far, slightly: before over, under, more
  kAnother,     // another
  kAdditional,  // additional, further, extra, new
  kOther,       // other, others
  kEach,        // each, apiece
  kTotal,       // total
  kThrough,     // through, till, until
  kAge,         // aged, age, ages
  kOld,         // old
  kEdge,        // early, late, mid: before a decade
  kClock,       // a.m., p.m., gmt, o'clock
  kEra,         // ad, bc, bce, ce
  kLabel,       // flight, section, no.: a name that ends in a number
  kSport,       // won, beat, match: a score is near
  kStreet,      // street, avenue, road
  kChange,      // rose, fell, from: two figures, no range
  kFold,        // times, fold: a multiple
  kRichter,     // magnitude, richter
  kQuake,       // aftershock: "a 7.0 aftershock"
  kLabels,      // junctions 9 and 10
  kHarm,        // no injuries: 0 of them
  kSuffix,      // st, nd, rd, th
};

// The role of a name in the data ("digit", "about"); nullopt for an unknown one.
std::optional<Role> RoleOf(std::string_view name);

}  // namespace claimwatch
