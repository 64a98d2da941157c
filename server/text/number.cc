#include "server/text/number.h"

#include "absl/strings/str_cat.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

std::optional<Decimal> Plain(std::string_view surface) {
  std::string digits;
  for (const char c : surface) {
    if (c != ',') digits += c;
  }
  return Decimal::Parse(digits);
}

}  // namespace

std::vector<Number> FindNumbers(const Document& document, const Lexicon&) {
  std::vector<Number> numbers;
  for (std::uint32_t i = 0; i < document.tokens.size(); ++i) {
    const Token& token = document.tokens[i];
    std::optional<Decimal> value;
    if (token.kind == TokenKind::kDigits) value = Plain(document.Surface(token));
    if (token.word != nullptr && token.word->value > 0 && token.word->value < 100 &&
        token.word->Is(kNumberWord) && token.word->role != Role::kMagnitude) {
      value = Decimal(token.word->value);
    }
    if (!value.has_value()) continue;
    Number number;
    number.span = number.digits = token.span;
    number.first = i;
    number.end = number.unit_end = i + 1;
    number.quantity.low = number.quantity.high = value;
    number.reason = "a plain number";
    numbers.push_back(number);
  }
  return numbers;
}

std::string Dump(const Document& document, const Number& number) {
  const std::string_view text = document.Surface(number.span);
  return absl::StrCat("count{", number.quantity.low ? number.quantity.low->ToString() : "", " @",
                      number.span.begin, "+", number.span.size, " '",
                      absl::string_view(text.data(), text.size()), "'}");
}

}  // namespace claimwatch
