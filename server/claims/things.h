// Things: what is told of houses and vehicles without a verb that has them as its object.
//
// "windows of eight cars were smashed", "flames spread to two barns": damaged. "a convoy of 25
// trucks", "boats skimming oil", "the search involves six boats": used. The words are lists of
// data/lists.tsv. Tested by tests/claims/things_test.cc and by the drill.
#pragma once

#include "server/claims/draft.h"

namespace claimwatch {

// `damaged`, `equipment`, or kNone where nothing of the kind is told of the draft's noun.
MeasureId ReadThings(const Passage& passage, const Draft& draft);

// "eight shops were looted and [ten] burned": the bare figure counts the things before it.
bool CountsThingsBefore(const Passage& passage, const Draft& before, const Draft& draft);

// The measure of a plain count of things that stands right behind another figure: "sent six
// helicopters and [43 boats]", "downing 45 missiles and [12 drones]"; else the draft's own.
MeasureId AlongWith(const Passage& passage, const Draft& before, const Draft& draft);

}  // namespace claimwatch
