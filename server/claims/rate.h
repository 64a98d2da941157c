// Rate: whether a figure is told over time or over heads ("12 a day", "45 per 100,000").
//
// The words right behind the figure decide, past brackets and dates; "daily" may stand before it.
// Prices ("$112 a barrel") are no rates of the event. Tested by tests/claims/scope_test.cc.
#pragma once

#include "server/claims/draft.h"

namespace claimwatch {

bool IsRate(const Passage& passage, const Draft& draft);
// per day, a day, each week, daily, for every 1,000
bool IsRateWord(const Passage& passage, std::uint32_t i);
// "in an ordinary year", from its "in" on
bool InPlainYear(const Passage& passage, std::uint32_t i);
// "two wells, each costing $100 million"
bool EachBefore(const Passage& passage, const Number& number);

}  // namespace claimwatch
