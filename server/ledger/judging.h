// Judging: one article's way through a ledger: place its claims in figures, judge each figure, move
// the alerts. Used by Judge() and Retract() only; see ledger.h for the contract.
// Tested by tests/ledger/ledger_test.cc and life_cycle_test.cc.
#pragma once

#include <cstdint>
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

  Judgement Judge(FreshArticle article);
  Judgement Retract(const std::string& article_id, const std::string& why);

 private:
  // A fresh claim with what is worked out of it once.
  struct Fresh : Gist {
    std::uint64_t bucket = 0;
    bool aside = false;   // Raises no alert.
    double likeness = 0;  // Of its words and its figure's; 1 where the key is enough.
  };
  // The article's claims of one figure.
  struct Group {
    std::size_t position = 0;  // In the ledger's figures, then in new_figures.
    std::vector<std::size_t> fresh;
  };

  const Measure& MeasureOf(std::string_view name) const;
  const Figure& FigureAt(std::size_t position) const;
  const FigureState& StateAt(std::size_t position) const;
  std::optional<std::size_t> PositionOf(FigureId id) const;
  bool IsWithdrawn(ClaimId id) const;

  // placing.cc: which figure.
  void TakeIn(std::vector<Gist> gists);
  std::vector<Group> PlaceAll(StoryId story);
  std::size_t Place(std::size_t index);
  bool IsOutbreak() const;
  bool IsWholeSoFar(std::size_t index) const;
  bool IsOtherScale(std::size_t index, std::size_t figure) const;
  bool TellsCountries(std::uint64_t bucket) const;
  bool TellsAnotherValue(std::size_t index) const;
  bool IsPartBeside(std::size_t index) const;
  bool IsBesideTheWhole(std::size_t index, const FigureState& known) const;
  bool IsSumOfVictims(std::size_t index) const;
  bool IsWhole(std::size_t index, std::optional<std::size_t> figure) const;
  bool TellsKind(std::size_t index, const FigureKey& known, absl::Span<const WordWeights> told);
  std::optional<std::size_t> FindFigure(std::size_t index);
  std::optional<std::size_t> FindTakenBack(std::size_t index);
  bool TakesBackTold(std::size_t index);
  std::size_t NewFigure(std::size_t index);
  FigureId WholeOf(const FigureKey& part) const;
  bool IsDoubtful(const Group& group, std::size_t news) const;

  // withdrawal.cc: what was taken back.
  void WithdrawArticle(const std::string& article_id);
  bool JudgeRevision(const Group& group, const std::vector<const KnownClaim*>& fresh);
  bool JudgeTakenBack(const Group& group, const std::vector<const KnownClaim*>& fresh);
  void Settle();
  bool Rebase(Alert& alert) const;

  // judging.cc: what an alert is made of.
  void JudgeGroup(const Group& group);
  void JudgeBounds(const std::vector<Group>& groups);
  bool IsToldNow(std::size_t position, const KnownClaim& current) const;
  bool IsSumTold(std::size_t index) const;
  void Confirm(const Group& group, const std::vector<const KnownClaim*>& fresh);
  void Open(AlertKind kind, std::size_t position, const KnownClaim& current,
            std::vector<KnownClaim> previous, std::string reason);
  struct Backing {
    int origins = 0;
    int sources = 0;
  };
  Backing BackingOf(std::size_t position, const KnownClaim& current) const;
  void CountWitnesses(std::size_t position, Alert& alert) const;
  std::vector<const KnownClaim*> Witnesses(std::size_t position, const KnownClaim& claim) const;

  const StoryLedger& ledger_;
  const FindMeasure measures_;
  IdSource& ids_;
  LedgerIndex built_;  // Used when the ledger's own is not there.
  const LedgerIndex& index_;
  LifeCycle alerts_;
  Judgement out_;
  std::string revised_;  // The article that is revised or retracted, or empty.
  absl::flat_hash_map<std::size_t, FigureState> without_revised_;  // Of the figures it touches.
  std::vector<std::uint64_t> new_buckets_;                         // Of new_figures.
  std::vector<std::size_t> new_first_;  // Of new_figures: the claim that made each.
  std::vector<Fresh> fresh_;            // One a claim of the article.
  std::vector<ClaimId> withdrawn_;      // As out_.withdrawn, sorted.
  std::string why_;                     // Why claims are withdrawn, for people.
};

}  // namespace claimwatch
