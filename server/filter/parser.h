// Parser of the filter language: text to a typed tree, or the first thing that is wrong with it.
//
//   filter     = [ conjunction ] ;
//   conjunction= disjunction { [ "AND" ] disjunction } ;      a blank is an AND
//   disjunction= term { "OR" term } ;                         OR binds closer than AND (AIP-160)
//   term       = [ "NOT" | "-" ] ( "(" conjunction ")" | restriction ) ;
//   restriction= field comparator argument | function "(" numbers ")" | word ;
//
// Recursive descent, one token ahead; depth and terms are bounded (limits.h). Names, comparators
// and arguments are checked against the schema here. Tested by tests/filter/parser_test.cc and
// tests/fuzz/filter_fuzz.cc.
#pragma once

#include <string_view>
#include <vector>

#include "server/filter/filter.h"

namespace claimwatch {

// The root is the last of `nodes`. False: `problem` says why.
bool ParseFilter(std::string_view text, const Schema& schema, std::vector<FilterNode>& nodes,
                 FilterProblem& problem);

}  // namespace claimwatch
