// Presence: what persons of whom no verb tells anything were there for.
//
// "a hall packed with 300 guests", "some 200 people were in the room": they took part. "It has
// asked for 350 more doctors", "twenty officers searched the house": those whose trade it is to be
// sent were sent. "licensed to carry 150 passengers": nobody is there. Bounded looks around the
// figure. Tested by tests/claims/presence_test.cc.
#pragma once

#include "server/claims/draft.h"

namespace claimwatch {

// Whether the words before the number tell what a thing can hold, not whom it holds.
bool IsCapacity(const Passage& passage, const Number& number);

// What a figure of persons counts that no word beside it tells; kNone: nothing.
MeasureId ReadPresence(const Passage& passage, const Draft& draft);

}  // namespace claimwatch
