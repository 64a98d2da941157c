// Examples: whether a line of data is read as it says, in the sentence that stands beside it.
//
// In an example {} is the word (a verb's participle or past, a noun's plural or singular, as its
// kind asks), {^} the word with a capital. "sentence => words": all these words are also in the
// one-line dump of a claim of the sentence ("projected", "part"), and those after a '!' are not;
// "=> -": it holds no claim. A sentence after "> " is a headline.
// Tested by tests/claims/catalogue_test.cc.
#pragma once

#include <string>

#include "server/claims/catalogue.h"
#include "server/claims/catalogue_builder.h"

namespace claimwatch {

// What is wrong with the line's example, for people; empty when it is read as it says.
std::string WrongExample(const CatalogueLine& line, const Catalogue& catalogue);

}  // namespace claimwatch
