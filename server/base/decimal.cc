#include "server/base/decimal.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace claimwatch {
namespace {

constexpr int kSignificant = 15;

}  // namespace

Decimal::Int128 Decimal::PowerOfTen(int n) {
  Int128 power = 1;
  while (n-- > 0) power *= 10;
  return power;
}

Decimal Decimal::Normalised(Int128 digits, int exponent) {
  const bool negative = digits < 0;
  if (negative) digits = -digits;
  while (digits > kDigitsMax) {  // Once, or twice when rounding up made one digit more.
    int dropped = 0;
    Int128 quotient = digits;
    while (quotient > kDigitsMax) {
      quotient /= 10;
      ++dropped;
    }
    const Int128 unit = PowerOfTen(dropped);
    const Int128 rest = digits % unit;
    digits = quotient;
    exponent += dropped;
    if (2 * rest > unit || (2 * rest == unit && digits % 2 == 1)) ++digits;
  }
  if (digits == 0) return Decimal();
  auto rest = static_cast<std::int64_t>(digits);  // 64 bits hold it now, and divide much faster.
  while (rest % 10 == 0) {
    rest /= 10;
    ++exponent;
  }
  if (exponent < -kExponentMax) return Decimal();
  Decimal value;
  value.digits_ = exponent > kExponentMax ? kDigitsMax : rest;
  value.exponent_ = exponent > kExponentMax ? kExponentMax : exponent;
  if (negative) value.digits_ = -value.digits_;
  return value;
}

Decimal::Decimal(std::int64_t value) {
  if (value % 10 != 0 && value <= kDigitsMax && value >= -kDigitsMax) {
    digits_ = value;  // As it is kept: most constants are like that.
  } else {
    *this = Normalised(value, 0);
  }
}

Decimal Decimal::Of(std::int64_t digits, int exponent) { return Normalised(digits, exponent); }

std::optional<Decimal> Decimal::Parse(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  static const Int128 kEnough = PowerOfTen(30);
  Int128 digits = 0;
  int exponent = 0;
  bool point = false, any = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    any = true;
    if (digits < kEnough) {
      digits = digits * 10 + (c - '0');
      if (point) --exponent;
    } else if (!point) {
      ++exponent;  // Beyond what rounding could see.
    }
  }
  if (!any) return std::nullopt;
  return Normalised(negative ? -digits : digits, exponent);
}

std::optional<Decimal> Decimal::FromDouble(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  char text[40];
  std::snprintf(text, sizeof text, "%.14e", value);
  char* end = nullptr;
  const std::int64_t exponent = std::strtol(std::string_view(text).find('e') + text + 1, &end, 10);
  std::int64_t digits = 0;
  for (const char* c = text; *c != 'e'; ++c) {
    if (*c >= '0' && *c <= '9') digits = digits * 10 + (*c - '0');
  }
  return Of(value < 0 ? -digits : digits, static_cast<int>(exponent) - (kSignificant - 1));
}

double Decimal::ToDouble() const {
  // Both factors are exact, so the result is the nearest double, as strtod would give (Clinger
  // 1990).
  static constexpr double kPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                       1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  if (digits_ > -kExact && digits_ < kExact && exponent_ >= -22 && exponent_ <= 22) {
    const double digits = static_cast<double>(digits_);
    return exponent_ < 0 ? digits / kPowers[-exponent_] : digits * kPowers[exponent_];
  }
  char text[40];
  std::snprintf(text, sizeof text, "%llde%d", static_cast<long long>(digits_), exponent_);
  return std::strtod(text, nullptr);
}

std::string Decimal::ToString() const {
  const std::string digits = std::to_string(digits_ < 0 ? -digits_ : digits_);
  const int size = static_cast<int>(digits.size());
  std::string text = digits_ < 0 ? "-" : "";
  if (size + exponent_ > 21 || exponent_ < -21) {
    text += digits[0];
    if (size > 1) text.append(".").append(digits, 1);
    const int power = exponent_ + size - 1;
    return text.append(power < 0 ? "e-" : "e+").append(std::to_string(std::abs(power)));
  }
  if (exponent_ >= 0) return text.append(digits).append(static_cast<std::size_t>(exponent_), '0');
  const int whole = size + exponent_;  // Digits before the point.
  if (whole <= 0) {
    return text.append("0.").append(static_cast<std::size_t>(-whole), '0').append(digits);
  }
  const auto split = static_cast<std::size_t>(whole);
  return text.append(digits, 0, split).append(".").append(digits, split);
}

Decimal operator*(const Decimal& a, const Decimal& b) {
  if (b.digits_ == 1 && b.exponent_ == 0) return a;  // What is told in the base unit.
  return Decimal::Normalised(static_cast<Decimal::Int128>(a.digits_) * b.digits_,
                             a.exponent_ + b.exponent_);
}

Decimal operator+(const Decimal& a, const Decimal& b) {
  if (a.IsZero()) return b;
  if (b.IsZero()) return a;
  const Decimal& high = a.exponent_ >= b.exponent_ ? a : b;
  const Decimal& low = a.exponent_ >= b.exponent_ ? b : a;
  const int shift = high.exponent_ - low.exponent_;
  if (shift > 20) return high;  // The other lies below the 15th digit.
  return Decimal::Normalised(
      static_cast<Decimal::Int128>(high.digits_) * Decimal::PowerOfTen(shift) + low.digits_,
      low.exponent_);
}

Decimal operator-(const Decimal& a, const Decimal& b) {
  Decimal minus = b;
  minus.digits_ = -minus.digits_;
  return a + minus;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a == b) return std::strong_ordering::equal;
  const int a_sign = (a.digits_ > 0) - (a.digits_ < 0), b_sign = (b.digits_ > 0) - (b.digits_ < 0);
  if (a_sign != b_sign) return a_sign <=> b_sign;
  const int shift = a.exponent_ - b.exponent_;
  if (shift > kSignificant) return a_sign <=> 0;
  if (shift < -kSignificant) return 0 <=> a_sign;
  const auto scaled = [](std::int64_t digits, int power) {
    return static_cast<Decimal::Int128>(digits) * Decimal::PowerOfTen(std::max(power, 0));
  };
  return scaled(a.digits_, shift) < scaled(b.digits_, -shift) ? std::strong_ordering::less
                                                              : std::strong_ordering::greater;
}

}  // namespace claimwatch
