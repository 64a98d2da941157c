// Noun measure: what the counted noun says by itself, where no verb decides.
//
// "12 deaths", "23 arrested pirates", "five fire crews". Tested by tests/claims/measure_test.cc.
#pragma once

#include <cstdint>

#include "server/claims/draft.h"

namespace claimwatch {

// "deaths", "injuries", "arrests": the noun says it all; unlike "suspects", "passengers".
bool HeadIsAct(const Passage& passage, std::uint32_t head);

// "23 arrested pirates", "12 damaged houses": the state told before the head; kNone: none is.
MeasureId StateMeasure(const Passage& passage, const Draft& draft);

// The measure of the head of `draft`, which has one; the plain count where it says nothing.
MeasureId HeadMeasure(const Passage& passage, const Draft& draft);

}  // namespace claimwatch
