// Judging: one article's way through a ledger: place its claims in figures, judge each figure, move
// the alerts. Used by Judge() and Retract() only; see ledger.h for the contract.
// Tested by tests/ledger/ledger_test.cc and life_cycle_test.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "server/ledger/ledger.h"
#include "server/ledger/outcome.h"

namespace claimwatch {

class Judging {
 public:
  // All borrowed.
  Judging(const StoryLedger& ledger, absl::Time sequenced, FindMeasure measures, IdSource& ids);

  Judgement Judge(const FreshArticle& article);
  Judgement Retract(const std::string& article_id, const std::string& why);

 private:
  // The article's claims of one figure.
  struct Group {
    std::size_t position = 0;  // In the ledger's figures, then in new_figures.
    std::vector<std::size_t> fresh;
  };

  const Measure& MeasureOf(std::string_view name) const;
  const Figure& FigureAt(std::size_t position) const;
  const FigureState& StateAt(std::size_t position) const;
  std::optional<std::size_t> PositionOf(FigureId id) const;

  void WithdrawArticle(const std::string& article_id);
  std::size_t Place(std::size_t index);
  bool TellsAnotherValue(std::size_t index, const FigureKey& key) const;
  bool IsWhole(std::size_t index, std::optional<std::size_t> figure) const;
  std::optional<std::size_t> FindFigure(const Identity& identity, const KnownClaim& claim);
  std::optional<std::size_t> FindTakenBack(Identity identity, const KnownClaim& claim);
  bool IsDoubtful(const Group& group, std::size_t news) const;
  std::size_t NewFigure(const Identity& identity, const KnownClaim& claim);

  void JudgeGroup(const Group& group);
  bool JudgeRevision(const Group& group, const std::vector<const KnownClaim*>& fresh);
  bool JudgeTakenBack(const Group& group, const std::vector<const KnownClaim*>& fresh);
  void JudgeBounds(const std::vector<Group>& groups);
  void Confirm(const Group& group, const std::vector<const KnownClaim*>& fresh);
  void Settle();
  bool Rebase(Alert& alert) const;
  void Open(AlertKind kind, std::size_t position, const KnownClaim& current,
            std::vector<KnownClaim> previous, std::string reason);
  std::vector<const KnownClaim*> Witnesses(std::size_t position, const KnownClaim& claim) const;
  bool IsWithdrawn(ClaimId id) const;

  const StoryLedger& ledger_;
  const FindMeasure measures_;
  IdSource& ids_;
  LedgerIndex built_;  // Used when the ledger's own is not there.
  const LedgerIndex& index_;
  LifeCycle alerts_;
  Judgement out_;
  std::string revised_;  // The article that is revised or retracted, or empty.
  absl::flat_hash_map<std::size_t, FigureState> without_revised_;  // Of the figures it touches.
  std::vector<WordWeights> new_words_;  // Of new_figures: the words of the claim that made each.
  double likeness_ = 0;                 // Of the words of the last claim placed and its figure's.
  std::vector<double> likenesses_;      // Likewise, one a claim.
  std::vector<ClaimId> withdrawn_;      // As out_.withdrawn, sorted.
  std::string why_;                     // Why claims are withdrawn, for people.
};

}  // namespace claimwatch
