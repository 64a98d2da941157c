// Decimal is the number a journalist wrote: exact, comparable, cheap to copy.
//
// A value is digits * 10^exponent with at most 15 significant digits, kept without trailing zeros,
// so that equal values have equal members and a double holds every value exactly enough to come
// back (15 digits is what an IEEE double guarantees). Longer input is rounded half to even at the
// 15th digit. Tested by tests/base/decimal_test.cc.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace claimwatch {

class Decimal {
 public:
  static constexpr std::int64_t kDigitsMax = 999'999'999'999'999;  // 15 digits
  static constexpr int kExponentMax = 300;                         // |exponent|; beyond: clamped

  constexpr Decimal() = default;
  Decimal(std::int64_t value);  // NOLINT(google-explicit-constructor): 164 is one.

  // digits * 10^exponent, rounded to 15 significant digits; exponents beyond the limit are clamped
  // to the largest value or to zero.
  static Decimal Of(std::int64_t digits, int exponent);

  // Reads "164", "-3", "2.5" (ASCII digits, at most one point, no grouping); nullopt for all else.
  static std::optional<Decimal> Parse(std::string_view text);

  // The nearest Decimal to a finite double; nullopt for NaN and infinities.
  static std::optional<Decimal> FromDouble(double value);

  double ToDouble() const;
  // Plain notation: "164", "2.5", "2000000000"; from 10^21 on scientific ("1e+21").
  std::string ToString() const;

  std::int64_t digits() const { return digits_; }
  int exponent() const { return exponent_; }
  bool IsInteger() const { return exponent_ >= 0; }
  bool IsZero() const { return digits_ == 0; }

  friend Decimal operator*(const Decimal& a, const Decimal& b);
  friend Decimal operator+(const Decimal& a, const Decimal& b);
  friend Decimal operator-(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) = default;
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

 private:
  __extension__ typedef __int128 Int128;  // g++ and clang have it; -Wpedantic wants to be told.
  static Int128 PowerOfTen(int n);        // 0 <= n <= 30
  static Decimal Normalised(Int128 digits, int exponent);

  std::int64_t digits_ = 0;    // |digits_| <= kDigitsMax; no trailing decimal zeros.
  std::int32_t exponent_ = 0;  // 0 when digits_ is 0.
};

}  // namespace claimwatch
