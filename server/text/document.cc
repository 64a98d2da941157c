#include "server/text/document.h"

#include <algorithm>

#include "server/base/check.h"
#include "server/text/sentences.h"
#include "server/text/tokenizer.h"

namespace claimwatch {

Span Join(Span a, Span b) {
  const std::uint32_t begin = std::min(a.begin, b.begin);
  return {begin, std::max(a.end(), b.end()) - begin};
}

std::uint32_t Document::SentenceOf(std::uint32_t token) const {
  CW_CHECK(token < tokens.size());
  const auto after =
      std::upper_bound(sentences.begin(), sentences.end(), token,
                       [](std::uint32_t t, const Sentence& s) { return t < s.first; });
  return static_cast<std::uint32_t>(after - sentences.begin()) - 1;
}

Document ReadDocument(Field field, std::string_view text, const Lexicon& lexicon) {
  Document document;
  document.field = field;
  document.text = text;
  document.tokens = Tokenize(text.substr(0, kFieldBytesMax), lexicon);
  document.sentences = SplitSentences(text, &document.tokens);
  return document;
}

}  // namespace claimwatch
