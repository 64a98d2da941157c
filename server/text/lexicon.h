// Lexicon: what single words are, apart from any meaning to a claim: part of speech, lemma, number
// value, unit, and free tags that later stages define ("person noun", "vehicle").
//
// Built once at start from data (server/text/data/*.tsv, embedded at build time, plus what an
// operator adds); read-only afterwards and shared by all threads. One hash look-up a word, on the
// lower-cased ASCII form; inflected forms of known lemmas are entries of their own, made when the
// lexicon is built. Tested by tests/text/lexicon_test.cc.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/text/roles.h"

namespace claimwatch {

enum class WordId : std::uint32_t { kNone = 0 };

// Parts of speech and forms; a word may carry several ("wounded": verb participle and adjective).
enum WordBits : std::uint32_t {
  kNoun = 1u << 0,
  kPlural = 1u << 1,  // Plural noun form.
  kVerb = 1u << 2,
  kPastTense = 1u << 3,    // killed, rose
  kParticiple = 1u << 4,   // killed, risen (past participle)
  kGerund = 1u << 5,       // killing
  kThirdPerson = 1u << 6,  // kills
  kAdjective = 1u << 7,
  kAdverb = 1u << 8,
  kPreposition = 1u << 9,
  kDeterminer = 1u << 10,  // the, a, this, some, no
  kPronoun = 1u << 11,
  kConjunction = 1u << 12,
  kModal = 1u << 13,        // could, may, would
  kAuxiliary = 1u << 14,    // be, have, do in all forms
  kNumberWord = 1u << 15,   // two, dozen, hundred, half: see value/scale in numbers.
  kOrdinalWord = 1u << 16,  // first, third
  kMonth = 1u << 17,
  kWeekday = 1u << 18,
  kSpeech = 1u << 19,      // say, report, add: verbs of saying
  kNegation = 1u << 20,    // not, never, nobody
  kPersonNoun = 1u << 21,  // people, soldiers, child
  kPlaceNoun = 1u << 22,   // city, province, village
  kTimeNoun = 1u << 23,    // day, week, month
  kUnitNoun = 1u << 24,    // kilometre, barrel, per cent
};

struct Word {
  WordId id = WordId::kNone;     // Of this form.
  WordId lemma = WordId::kNone;  // Of its base form; == id for a base form.
  std::uint32_t bits = 0;        // WordBits.
  Role role = Role::kNone;       // Its part in number phrases (roles.h).
  std::uint16_t value = 0;       // What `role` says: "seven" 7, "million" 6 (a power of ten).
  std::string_view text;         // Lower case; lives as long as the lexicon.

  bool Is(std::uint32_t any_of) const { return (bits & any_of) != 0; }
};

class Lexicon {
 public:
  // From the embedded data. CHECK-fails on data that does not parse: a test reads it first.
  static std::unique_ptr<const Lexicon> Standard();

  Lexicon(const Lexicon&) = delete;
  Lexicon& operator=(const Lexicon&) = delete;
  ~Lexicon();

  // The entry of a lower-case form, or null.
  const Word* Find(std::string_view lower) const;
  // The entry of a form in any case ("Killed"); ASCII is folded, other letters are taken as they
  // are.
  const Word* FindFolded(std::string_view form) const;
  // The same for a form of ASCII letters, apostrophes and points only, with the word's role;
  // faster. `readable` bytes (>= form.size()) may be read from form.data() on.
  const Word* FindAscii(std::string_view form, std::size_t readable, Role* role) const;
  const Word& Get(WordId id) const;  // kNone is a CHECK failure.
  std::size_t size() const;

 private:
  friend class LexiconBuilder;
  struct Impl;
  explicit Lexicon(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace claimwatch
