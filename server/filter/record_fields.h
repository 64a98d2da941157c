// What a filter can say of a claim, a story or a figure, for the lists of these.
//
// Tested by tests/filter/record_fields_test.cc.
#pragma once

#include "server/filter/schema.h"
#include "server/ledger/figure.h"
#include "server/ledger/known_claim.h"
#include "server/store/claim_store.h"

namespace claimwatch {

const Schema& ClaimSchema();
const Schema& StorySchema();
const Schema& FigureSchema();

// Each borrows its record.
class ClaimFields : public FieldSource {
 public:
  explicit ClaimFields(const KnownClaim& claim) : claim_(claim) {}
  void Get(int field, FieldValue& value) const override;

 private:
  const KnownClaim& claim_;
};

class StoryFields : public FieldSource {
 public:
  explicit StoryFields(const StoryRecord& story) : story_(story) {}
  void Get(int field, FieldValue& value) const override;

 private:
  const StoryRecord& story_;
};

class FigureFields : public FieldSource {
 public:
  explicit FigureFields(const Figure& figure) : figure_(figure) {}
  void Get(int field, FieldValue& value) const override;

 private:
  const Figure& figure_;
};

}  // namespace claimwatch
