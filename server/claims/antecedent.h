// What a figure without a noun counts: what the nearest figure before it counted.
//
// "12 were hurt, up from 10", "The ministry's own figure stood at 29". Tested by
// tests/claims/measure_test.cc and counting_test.cc.
#pragma once

#include <vector>

#include "server/claims/draft.h"

namespace claimwatch {

// Gives `draft`, one of `drafts`, the measure of a figure before it in the sentence, else that of
// the sentence before; leaves it alone where the words forbid both.
void TakeAntecedent(const Passage& p, const Antecedent& before, const std::vector<Draft>& drafts,
                    Draft* draft);

// "up from 10,243", "down from 12"
bool IsChange(const Passage& p, const Number& number);
// "reached 11,034, with 85 deaths, up from 10,243": the figure before `draft` that may once have
// been it; `near` where none or `near` itself is of its size.
const Draft* LikeInSize(const std::vector<Draft>& drafts, const Draft& draft, const Draft* near);

}  // namespace claimwatch
