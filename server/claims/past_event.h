// PastReader: which figures of a sentence belong to an earlier event.
//
// By a year, "last year", another month, or because the sentence before told of one. Made for one
// sentence, which must outlive it; looks at each token a bounded number of times.
// Tested by tests/claims/status_test.cc.
#pragma once

#include <cstdint>
#include <optional>

#include "server/claims/background.h"
#include "server/claims/draft.h"

namespace claimwatch {

class PastReader {
 public:
  // `carried`: what anchor() was after the sentence before; 0 for none.
  PastReader(const Passage& passage, const Background& background, int carried);

  // Whether the figure of a claim is one of an earlier event.
  bool Tells(const Draft& draft);
  // The year of the earlier event told last; 1: earlier, no year is known; 0: none.
  int anchor() const { return anchor_; }

 private:
  int OpeningYear() const;
  bool NowBetween(std::uint32_t from, const Draft& draft) const;
  bool QuakeDidIt(const Draft& draft) const;
  bool IsFounding(const Number& date) const;
  bool SpeaksOfNow() const;
  bool LastYear(std::uint32_t at);
  bool EndsAside(std::uint32_t i) const;
  bool Compared(const Draft& draft) const;
  bool EarlierDidIt(const Draft& draft) const;
  bool LastYearAfter(const Draft& draft) const;
  bool OpensEarlier(std::uint32_t at) const;
  bool ToldThat(std::uint32_t at) const;
  bool IsOwn(int year) const;
  int DaysSince(std::uint32_t i) const;
  bool MonthBefore(std::uint32_t at) const;
  bool EventOfMonth(std::uint32_t month, std::uint32_t at) const;
  bool InMonthAfter(const Draft& draft) const;
  bool YearsAgo(const Number& date) const;
  bool YearsAgoAfter(const Number& date, std::uint32_t at) const;
  bool EarlierElsewhere(const Number& date, std::uint32_t at) const;
  bool IsToll(MeasureId m) const;
  bool Since(const Number& date) const;
  bool After(const Number& date, std::uint32_t at) const;

  const Passage& p_;
  const Background& background_;
  const int carried_;
  int opening_ = 0;  // The earlier year that the sentence opens with, or 0.
  int anchor_ = 0;
  std::uint32_t looked_ = 0;  // Tokens before it tell of last year, or do not.
  bool last_year_ = false;
  std::optional<bool> now_;
};

}  // namespace claimwatch
