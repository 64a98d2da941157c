// PredicateScan: the look to the right of a figure, word by word, until something says what
// happened to the counted. Internal to predicate.cc (the words of the clause) and verb_group.cc
// (verbs with their auxiliaries).
//
// One scan for one figure; never moved. Tested by tests/claims/measure_test.cc.
#pragma once

#include <cstdint>

#include "server/claims/condition.h"
#include "server/claims/predicate.h"
#include "server/claims/verb_sense.h"

namespace claimwatch {

class PredicateScan {
 public:
  PredicateScan(const Passage& passage, CountedClass counted) : p_(passage), counted_(counted) {}

  Finding Read(std::uint32_t i);

 private:
  // The words of the clause: predicate.cc.
  // One token or group; the next token to look at, or kNoToken when the scan is over.
  std::uint32_t Step(std::uint32_t i);
  std::uint32_t StepNumber(const Number& number);
  // In "12 in the town and 3 ..." the rest belongs to another number.
  std::uint32_t StepAnd(std::uint32_t i);
  std::uint32_t StepPunct(std::uint32_t i);
  // "the youngest of 17 pupils to die", "12 soldiers to be killed"
  bool DiesNext(std::uint32_t i);
  // "[prompted 12 people] to flee" at the verb.
  bool GoesNext(std::uint32_t i);
  std::uint32_t StepComma(std::uint32_t i);
  // dead, missing: said of the counted; birds found dead are still a count of birds.
  bool IsState(const WordSense& sense) const;
  bool BeforeNoun(std::uint32_t i) const;
  std::uint32_t StepAdjective(std::uint32_t i, const WordSense& sense);
  // Prepositions open a phrase that is stepped over, unless they tell a state themselves.
  std::uint32_t StepPreposition(std::uint32_t i);
  MeasureId State(std::uint32_t i) const;
  // The phrase that begins with the verb at `i`; cows that are led out are no persons saved.
  const PhraseSense* Phrase(std::uint32_t i, std::uint32_t reach, bool object) const;
  // Verbs without an auxiliary. Returns `i` when the word is no verb here.
  std::uint32_t StepVerb(std::uint32_t i, const WordSense& sense, std::uint32_t bits);
  // Verbs that tell by what stands around them: no preposition before, no object after.
  bool ReadBareVerb(std::uint32_t i);
  // A participle without auxiliary or object; `i` when it says nothing.
  std::uint32_t StepParticiple(std::uint32_t i, const WordSense& sense);
  // "killed themselves": what is done to oneself is done to the counted.
  MeasureId DoneToOneself(std::uint32_t i, const WordSense& sense) const;
  // "walked away unhurt", "escaped unharmed"
  bool ReadOutcome(std::uint32_t i);
  // "people [carrying roses] filled the streets": the verb of the clause comes after.
  bool ReadAfterInsertion(std::uint32_t i);
  void Set(std::uint32_t at, MeasureId measure, std::uint32_t begin);

  // Verb groups: verb_group.cc.
  // From an auxiliary or modal on: "could have been reported killed".
  std::uint32_t ReadVerbGroup(std::uint32_t i);
  // Takes in a word that only colours the verb: could, have, been, not, to.
  bool ReadAuxiliary(std::uint32_t i);
  // "had serious injuries"
  bool HasInjuries(std::uint32_t i);
  // "are due to arrive", "are likely to die": not yet.
  bool ReadPlan(std::uint32_t i);
  // "were inside", "are on board", "is in hospital"
  void ReadComplement(std::uint32_t i);
  // Returns `i` to read on (were *reported* to have been...), else kNoToken.
  std::uint32_t MainVerb(std::uint32_t i, const WordSense& sense, std::uint32_t bits, bool passive);
  // "were recovering", "were leaving the club when a fight broke out"
  bool ReadDoing(std::uint32_t i);
  // "have not been found": no denial, but missing.
  std::uint32_t SetMissing(std::uint32_t i);
  bool IsLink(std::uint32_t i) const;
  // "suffered a heart attack [and died]": the verb that is joined to one that says nothing.
  std::uint32_t NextVerb(std::uint32_t i);
  // "fishermen who had been helping [were taken to hospital]"
  std::uint32_t AfterRelative(std::uint32_t i);

  const Passage& p_;
  const CountedClass counted_;
  Finding finding_;
  bool in_phrase_ = false;  // Inside a prepositional phrase.
  bool passive_ = false;    // In a verb group: after a form of be.
  bool copula_ = false;     // Likewise, and no verb since.
  bool linked_ = false;     // After remain, become, go.
  bool relative_ = false;   // In a clause of who or which.
  bool joined_ = false;     // A second verb was followed already.
  int stray_ = 0;           // Words that fit nowhere.
  int steps_ = 0;
};

}  // namespace claimwatch
