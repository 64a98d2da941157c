// Draft: what is known so far about one number of a sentence, on its way to a claim.
//
// Steps fill it in order: noun phrase, finding, measure (measure.h), scope, status and the rest. A
// draft without a measure is no claim and says why. Tested by tests/claims/measure_test.cc.
#pragma once

#include <cstdint>
#include <vector>

#include "server/claims/claim.h"
#include "server/claims/noun_phrase.h"
#include "server/claims/passage.h"
#include "server/claims/predicate.h"

namespace claimwatch {

// How a measurement may stand to the rates of its article (scope.h).
enum class Level : std::uint8_t {
  kNone,   // A sum: "a total of 12 barrels".
  kOpen,   // Nothing said.
  kLevel,  // An estimate or pace: "the estimate was 12 barrels".
};

struct Draft {
  const Number* number = nullptr;
  std::uint32_t index = 0;  // Of the number in its field.
  NounPhrase np;
  CountedClass counted = CountedClass::kUnknown;
  Finding finding;
  MeasureId measure = MeasureId::kNone;
  int container = -1;  // Draft of the sentence that this is a part of: "including 3 children".
  bool part = false;   // "including 3", "among them 3"; also when the whole has no figure.
  int source = -1;     // Draft from which the measure was taken over.
  UnitId unit = UnitId::kNone;  // Of the figure before, where it goes for this one, too.
  Scope scope = Scope::kTotal;
  Status status = Status::kStated;
  bool by_default = false;  // A part only because a crisis tells its figures in parts.
  Level level = Level::kNone;
  bool anaphor = false;   // Counts what the claim before counted: "six more were found".
  bool rejected = false;  // A name, the base of a rate: no claim whatever stands around it.
  const char* reason = "";

  bool claim() const { return measure != MeasureId::kNone; }
};

// The measure that a bare figure takes over from the sentence before; kNone: none near enough.
struct Antecedent {
  MeasureId measure = MeasureId::kNone;
  Scope scope = Scope::kTotal;
  UnitId unit = UnitId::kNone;
  bool dead = false;  // That sentence told of dead, too.
  bool toll = false;  // The article did before.
};

// Decides for every number of the sentence what it measures; in order of place.
void ReadMeasures(const Passage& passage, const Antecedent& before, std::vector<Draft>* drafts);

// The steps of ReadMeasures that look at two numbers at a time: coordination, "including", "of
// whom".
void ShareMeasures(const Passage& passage, const Antecedent& before, std::vector<Draft>* drafts);

// "including 3", "among them 3": the words before the number make it a part.
bool TellsPart(const Passage& passage, const Number& number);
// "the other three", "the remaining three"
bool TellsRest(const Passage& passage, const Number& number);

bool IsZero(const Quantity& quantity);
bool IsOne(const Quantity& quantity);

// The class of a noun phrase's head.
CountedClass ClassOf(const Passage& passage, const NounPhrase& np);

}  // namespace claimwatch
