// Figure: one quantity of one story with its claims in as-of order, and what was told of it.
//
// A war's death toll may hold thousands of claims and yet few different values; FigureState keeps
// those values (Told), so that a fresh claim is compared with each value once and never with every
// claim. It is derived from the claims and rebuilt from them at any time.
// Tested by tests/ledger/ledger_test.cc.
#pragma once

#include <cstddef>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "server/ledger/identity.h"
#include "server/ledger/interval.h"
#include "server/ledger/known_claim.h"
#include "server/ledger/words.h"

namespace claimwatch {

struct Figure {
  FigureId id = FigureId::kNone;
  FigureKey key;
  FigureId whole = FigureId::kNone;  // The figure that this one is a part of.
  std::vector<KnownClaim> claims;    // In as-of order, then by id; withdrawn ones stay, marked.
};

// The claim believed at `when` (as known then): null if none was told yet. That is the newest value
// that was news when it was told; an old value told again changes nothing.
const KnownClaim* Believed(const Figure& figure, absl::Time when = absl::InfiniteFuture());
// Independent origins that stand behind the value of `claim` in its figure: claims of one origin,
// of one outlet, or that name one speaker are one witness. At least 1.
int OriginsBehind(const Figure& figure, const KnownClaim& claim);

// Claims of one origin, outlet or speaker, or one that credits the other's outlet with its words.
bool OneWitness(const KnownClaim& a, const KnownClaim& b);

// The same among claims that agree with it; the count stops at kWitnessesMax.
inline constexpr int kWitnessesMax = 12;
int CountOrigins(const KnownClaim& claim, const std::vector<const KnownClaim*>& agreeing);

// The claim of that id, by its as-of moment; null when it is not there.
const KnownClaim* FindClaim(const Figure& figure, ClaimId id, absl::Time as_of);
// Puts a claim in its place.
void InsertClaim(const KnownClaim& claim, Figure& figure);

// One value of a figure and who told it when.
struct Told {
  Meaning meaning;
  ClaimId first = ClaimId::kNone;  // The claim that told it first, by as-of time.
  ClaimId last = ClaimId::kNone;   // And the last to do so.
  absl::Time first_as_of = absl::InfinitePast();
  absl::Time last_as_of = absl::InfinitePast();
  bool taken_back = false;  // Denied by a later text: no longer stands, still known.
};

inline constexpr std::size_t kFigureWordsMax = 6;  // Sentences remembered, to know them again.

struct FigureState {
  std::vector<Told> told;                    // In the order of first telling.
  int believed = -1;                         // Index into told.
  absl::Time newest = absl::InfinitePast();  // Last as-of moment of any claim.
  std::vector<WordWeights> words;

  // In order of arrival (claim id). `meaning` and `around`: MeaningOf() and WordsAround() of it.
  void Add(const KnownClaim& claim, const Meaning& meaning, const WordWeights& around);
  void Add(const KnownClaim& claim);
  // From the claims that stand and those that were taken back; `except_article` does not count.
  static FigureState Of(const Figure& figure, std::string_view except_article = "");

 private:
  void AddWords(const WordWeights& fresh);
};

// Goes through the claims in order of arrival, those of `except_article` left out, and shows the
// state after each.
using ReplayVisitor = absl::FunctionRef<void(const KnownClaim& claim, const FigureState& after)>;
void Replay(const Figure& figure, std::string_view except_article, ReplayVisitor visit);

// A claim that says that the figure is false: it stands beside the figure's claims.
bool TakesBack(const Figure& figure, const KnownClaim& claim);
// Whether a denial is of that claim's value.
bool Denies(const KnownClaim& denial, const KnownClaim& claim);

// Whether an earlier value keeps a fresh one from being news: they agree, and the earlier one is
// not merely vaguer ("dozens" does not make 45 old news after 30).
bool Shields(const Meaning& known, const Meaning& fresh);

}  // namespace claimwatch
