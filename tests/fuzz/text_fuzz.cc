// Any bytes as a field: spans lie inside the text, on token boundaries, in order and apart; the
// fast reader agrees with the plain one; the same bytes give the same answer twice.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "server/base/check.h"
#include "server/text/number.h"
#include "server/text/units.h"
#include "tests/text/plain_reading.h"

namespace claimwatch {
namespace {

void CheckDocument(const Document& document) {
  std::uint32_t at = 0;
  for (const Token& token : document.tokens) {
    CW_CHECK(token.span.size > 0 && token.span.begin >= at);
    CW_CHECK(token.span.end() <= document.text.size());
    at = token.span.end();
  }
  std::uint32_t next = 0;
  for (const Sentence& sentence : document.sentences) {
    CW_CHECK(sentence.first == next && sentence.first < sentence.end);
    next = sentence.end;
  }
  CW_CHECK(next == document.tokens.size());
}

void CheckNumbers(const Document& document, const std::vector<Number>& numbers) {
  std::uint32_t next = 0;
  for (const Number& number : numbers) {
    CW_CHECK(number.first >= next && number.first < number.end);
    CW_CHECK(number.end <= number.unit_end && number.unit_end <= number.per_end);
    CW_CHECK(number.per_end <= document.tokens.size());
    const Span first = document.tokens[number.first].span;
    CW_CHECK(number.span == Join(first, document.tokens[number.end - 1].span));
    const Quantity& q = number.quantity;
    CW_CHECK(!q.low || !q.high || *q.low <= *q.high);
    CW_CHECK(GetUnit(q.unit).id == q.unit);
    InToldUnit(q);
    InBaseUnit(q);
    next = number.per_end;
  }
}

}  // namespace
}  // namespace claimwatch

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace claimwatch;  // NOLINT(google-build-using-namespace): one function, our own names.
  static const Lexicon* const lexicon = Lexicon::Standard().release();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Document document = ReadDocument(Field::kBody, text, *lexicon);
  CheckDocument(document);
  static const PlainReader* const plain = new PlainReader(*lexicon);
  CW_CHECK(DifferenceFromPlain(*plain, document).empty());
  const std::vector<Number> numbers = FindNumbers(document, *lexicon);
  CheckNumbers(document, numbers);
  if (size % 8 != 0) return 0;  // The rest only now and then: it takes as long again.
  const std::vector<Number> again = FindNumbers(document, *lexicon);
  CW_CHECK(again.size() == numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    CW_CHECK(Dump(document, numbers[i]) == Dump(document, again[i]));
  }
  return 0;
}
