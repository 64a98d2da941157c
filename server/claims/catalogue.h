// Catalogue: which measures exist and which words speak of them. Data, not code.
//
// server/claims/data/*.tsv is embedded at build time; every entry carries an example sentence that
// a test reads. An operator adds measures and words in the configuration (same format), without a
// rebuild. Built once at start together with the lexicon; read-only and shared afterwards.
// Tested by tests/claims/catalogue_test.cc.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "server/claims/claim.h"
#include "server/text/lexicon.h"

namespace claimwatch {

// How far a measure's figures can be compared; the ledger asks.
struct Measure {
  MeasureId id = MeasureId::kNone;
  std::string name;            // "killed"; what the API shows.
  bool people = false;         // Counts persons.
  bool cumulative = false;     // A toll: usually only rises (killed, injured, displaced...).
  bool keyed_by_noun = false;  // `count`, `damaged`, `equipment`: figures differ by counted noun.
  int weight = 1;              // 1 (trivia) .. 5 (deaths): how much a change matters.
};

class Catalogue {
 public:
  // The embedded data plus `extra` (operator's lines, same format as the data files; may be empty)
  // from `file`. Also reads the example of every extra line. INVALID_ARGUMENT names file and line,
  // what is wrong with it and what to do.
  static absl::StatusOr<std::unique_ptr<const Catalogue>> Load(std::string_view extra,
                                                               std::string_view file = "");

  Catalogue(const Catalogue&) = delete;
  Catalogue& operator=(const Catalogue&) = delete;
  ~Catalogue();

  const Lexicon& lexicon() const;  // With all words of the measures.
  const Measure& Get(MeasureId id) const;
  const Measure* Find(std::string_view name) const;  // Null: no such measure.

 private:
  friend struct CatalogueAccess;  // claims/ internals
  struct Impl;
  explicit Catalogue(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace claimwatch
