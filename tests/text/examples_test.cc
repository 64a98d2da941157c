// Every entry of server/text/data is read as it says, in the example that stands beside it. In an
// example {} is the word, {^} the word with a capital, {A} in capitals; what follows "=>" is how
// its first figure is read, "-" that there is none.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "server/text/embedded_data.h"
#include "server/text/lexicon_builder.h"
#include "tests/text/dump.h"

namespace claimwatch {
namespace {

// The lines of a data file, cut at their tabs.
std::vector<std::vector<std::string>> Lines(std::string_view data) {
  std::vector<std::vector<std::string>> lines;
  for (const absl::string_view line :
       absl::StrSplit(absl::string_view(data.data(), data.size()), '\n')) {
    if (!line.empty() && line[0] != '#') lines.push_back(absl::StrSplit(line, '\t'));
  }
  return lines;
}

std::vector<std::string> Words(const std::string& cell) { return absl::StrSplit(cell, ' '); }

std::string Fill(absl::string_view example, const std::string& word) {
  std::string capital = word;
  capital[0] = absl::ascii_toupper(static_cast<unsigned char>(capital[0]));
  std::string text = absl::StrReplaceAll(
      example, {{"{}", word}, {"{^}", capital}, {"{A}", absl::AsciiStrToUpper(word)}});
  // "'ll" is a word's end.
  return word[0] == '\'' ? absl::StrReplaceAll(text, {{" '", "'"}}) : text;
}

struct Example {
  std::string sentence, expected;  // Nothing expected: empty.
};

Example ReadExample(const std::string& cell) {
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(cell, absl::MaxSplits(" => ", 1));
  return {parts.first, parts.second};
}

// How the first figure of the text is read, without its place: "count{>=20"; "-" for none.
std::string FirstFigure(const std::string& text) {
  const std::string all = DumpNumbers(text);
  if (all.empty()) return "-";
  return std::string(absl::StripTrailingAsciiWhitespace(all.substr(0, all.find('@'))));
}

TEST(Examples, EveryNumberWordDoesItsPart) {
  int words = 0;
  for (const std::vector<std::string>& cells : Lines(kDataNumberWords)) {
    ASSERT_EQ(cells.size(), 5u) << cells[3];
    const Example example = ReadExample(cells[4]);
    EXPECT_NE(example.expected, "") << cells[3];
    for (const std::string& word : Words(cells[3])) {
      const std::string text = Fill(example.sentence, word);
      EXPECT_EQ(FirstFigure(text), example.expected) << text;
      ++words;
    }
  }
  EXPECT_GT(words, 400);
}

// The word of the text's first token that reads as `form`, in any case.
const Word* WordIn(const std::string& text, const std::string& form) {
  const Document document = ReadDocument(Field::kBody, std::string_view(text), TestLexicon());
  for (const Token& token : document.tokens) {
    const std::string_view surface = document.Surface(token);
    const absl::string_view written(surface.data(), surface.size());
    if (absl::EqualsIgnoreCase(written, form)) return token.word;
  }
  return nullptr;
}

TEST(Examples, EveryWordIsKnownInAllItsForms) {
  int words = 0;
  for (const std::vector<std::string>& cells : Lines(kDataWords)) {
    ASSERT_EQ(cells.size(), 3u) << cells[1];
    const Example example = ReadExample(cells[2]);
    for (const std::string& entry : Words(cells[1])) {
      LexiconBuilder alone;
      ASSERT_TRUE(alone.AddWordLines(cells[0] + "\t" + entry).ok()) << entry;
      const std::unique_ptr<const Lexicon> forms = alone.Build();
      for (std::uint32_t id = 1; id <= forms->size(); ++id) {
        const Word& form = forms->Get(static_cast<WordId>(id));
        const std::string text = Fill(example.sentence, std::string(form.text));
        const Word* known = WordIn(text, std::string(form.text));
        ASSERT_NE(known, nullptr) << text;
        EXPECT_EQ(known->bits & form.bits, form.bits) << text;
        if (!example.expected.empty()) {
          EXPECT_EQ(FirstFigure(text), example.expected) << text;
        }
        ++words;
      }
    }
  }
  EXPECT_GT(words, 3000);
}

}  // namespace
}  // namespace claimwatch
