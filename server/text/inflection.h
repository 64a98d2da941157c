// Inflection: the regular forms of English nouns and verbs, by spelling rules.
//
// Irregular forms are given in the data; this is for the rest ("kills", "killed", "killing",
// "cities"). Tested by tests/text/lexicon_test.cc.
#pragma once

#include <string>
#include <string_view>

namespace claimwatch {

// "city" -> "cities", "box" -> "boxes", "day" -> "days".
std::string PluralOf(std::string_view noun);
// "carry" -> "carried", "stop" -> "stopped", "visit" -> "visited"; `twice` doubles the consonant.
std::string PastOf(std::string_view verb, bool twice);
// "make" -> "making", "die" -> "dying".
std::string GerundOf(std::string_view verb, bool twice);
// Whether a verb of one syllable doubles its last consonant before -ed and -ing ("stop").
bool DoublesByRule(std::string_view verb);

}  // namespace claimwatch
