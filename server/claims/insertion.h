// What is inserted between a figure and its verb, and where it ends: brackets, dashes, "including".
//
// Each takes the token where the insertion begins and answers the token after it, or kNoToken when
// nothing that ends soon is inserted there. Tested by tests/claims/measure_test.cc.
#pragma once

#include <cstdint>

#include "server/claims/passage.h"

namespace claimwatch {

// Inside "(...)" or "[...]", from the token after the opening mark.
std::uint32_t AfterBracketed(const Passage& p, std::uint32_t i);
// "5 children - aged 11 to 15 - were hurt", at the first dash.
std::uint32_t AfterDashes(const Passage& p, std::uint32_t i);
// ", for instance," and ", a city of 160,000," before the verb, at the first comma.
std::uint32_t AfterShortAside(const Passage& p, std::uint32_t i);
// ", three of whom had left," from "of" on: the verb in between is the clause's own.
std::uint32_t AfterClause(const Passage& p, std::uint32_t i);
// "including some 30 children," or up to the verb when no comma closes it, at its first word.
std::uint32_t AfterAside(const Passage& p, std::uint32_t i);

}  // namespace claimwatch
