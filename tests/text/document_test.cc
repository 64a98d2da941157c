#include "server/text/document.h"

#include <gtest/gtest.h>

#include "tests/text/dump.h"

namespace claimwatch {
namespace {

struct TextCase {
  std::string_view text;
  std::string_view dump;  // Tokens between '|', sentences on lines.
};

constexpr TextCase kTokens[] = {
    {"", ""},
    {" \n\t ", ""},
    {"It's the guards' don't.", "It|'s|the|guards|'|don't|."},
    {"O\xe2\x80\x99"
     "Brien\xe2\x80\x99s hut",
     "O\xe2\x80\x99"
     "Brien|\xe2\x80\x99s|hut"},
    {"1,300 and 2.5 and 12,34,567.", "1,300|and|2.5|and|12,34,567|."},
    {"22,24,26 or 1,5", "22|,|24|,|26|or|1,5"},
    {"the .25 calibre", "the|.25|calibre"},
    {"12th, 5km, MH17", "12|th|,|5|km|,|MH|17"},
    {"U.S. and p.m. and e.g.", "U.S.|and|p.m.|and|e.g."},
    {"thirty-four -- or ... so", "thirty|-|four|--|or|...|so"},
    {"\xe2\x82\xac"
     "5 & \xc2\xa3"
     "6",
     "\xe2\x82\xac|5|&|\xc2\xa3|6"},
    {"a&nbsp;b &amp; c &quot;d&quot; &#39;e", "a|b|&|c|\"|d|\"|'|e"},
    {"don&#8217;t a&#xA0;b&thinsp;c x&frac12; y&#1; z&bogus;",
     "don&#8217;t|a|b|c|x|\xc2\xbd|y|&#1;|z|&|bogus|;"},
    {"the mayor&rsquo;s &pound;5 &#8364;6", "the|mayor|&rsquo;s|\xc2\xa3|5|\xe2\x82\xac|6"},
    {"40\xc2\xa0"
     "000 \xe2\x80\x9cwords\xe2\x80\x9d",
     "40|000|\xe2\x80\x9c|words|\xe2\x80\x9d"},
    {"\xff\xfe \xc3", "\xff|\xfe|\xc3"},
    {"\xd0\x9a\xd0\xb8\xd0\xb5\xd0\xb2 2\xc2\xbd", "\xd0\x9a\xd0\xb8\xd0\xb5\xd0\xb2|2|\xc2\xbd"},
};

TEST(Document, CutsTokens) {
  for (const TextCase& c : kTokens) EXPECT_EQ(DumpSentences(c.text), c.dump) << c.text;
}

constexpr TextCase kSentences[] = {
    {"One came. Two left.", "One|came|.\nTwo|left|."},
    {"\"It burned,\" she said.\"It fell.\" He ran.",
     "\"|It|burned|,|\"|she|said|.|\"\nIt|fell|.|\"\nHe|ran|."},
    {"It burned.\xe2\x80\x9d She ran.", "It|burned|.|\xe2\x80\x9d\nShe|ran|."},
    {"It burned.She ran.", "It|burned|.\nShe|ran|."},
    {"Mr. Lee and Gen. Ode of St. Olaf met John F. Ade.",
     "Mr|.|Lee|and|Gen|.|Ode|of|St|.|Olaf|met|John|F|.|Ade|."},
    {"They left the U.S. on Monday. The U.S. The end.",
     "They|left|the|U.S.|on|Monday|.\nThe|U.S.\nThe|end|."},
    {"It closed at 5 p.m. He left at 6 p.m. sharp.",
     "It|closed|at|5|p.m.\nHe|left|at|6|p.m.|sharp|."},
    {"No. 5 came first. No. They did not.", "No|.|5|came|first|.\nNo|.\nThey|did|not|."},
    {"It cost 2.5. Then 3.", "It|cost|2.5|.\nThen|3|."},
    {"BLAST KILLS 12\nIt was a bomb.", "BLAST|KILLS|12\nIt|was|a|bomb|."},
    {"A head line\n\nand a body.", "A|head|line\nand|a|body|."},
    {"Deaths: 2\nCases: 5", "Deaths|:|2\nCases|:|5"},
    {"- first thing\n- second thing", "-|first|thing\n-|second|thing"},
    {"\xe2\x80\xa2 one\n\xe2\x80\xa2 two", "\xe2\x80\xa2|one\n\xe2\x80\xa2|two"},
    {"They met , he said . Then it rained .", "They|met|,|he|said|.\nThen|it|rained|."},
    {"It cost $ 46 . 8 million .", "It|cost|$|46|.|8|million|."},
    {"Really? Yes! Well\xe2\x80\xa6 He left.", "Really|?\nYes|!\nWell|\xe2\x80\xa6\nHe|left|."},
    {"Jan. 5 was wet. Jan sang.", "Jan|.|5|was|wet|.\nJan|sang|."},
};

TEST(Document, SplitsSentences) {
  for (const TextCase& c : kSentences) EXPECT_EQ(DumpSentences(c.text), c.dump) << c.text;
}

TEST(Document, TakesNoLineBreakOfWrappedTextForAnEnd) {
  const std::string dump =
      DumpSentences("the lines\nof a text\nthat was wrapped\nat New\nYork go on");
  EXPECT_EQ(dump.find('\n'), std::string::npos) << dump;
}

TEST(Document, MarksTokens) {
  const Document d =
      ReadDocument(Field::kTitle, std::string_view("Two MEN\nleft,Ann"), TestLexicon());
  ASSERT_EQ(d.tokens.size(), 5u);
  EXPECT_EQ(d.field, Field::kTitle);
  EXPECT_TRUE(d.tokens[0].capitalised && d.tokens[0].line_before && d.tokens[0].space_before);
  EXPECT_TRUE(d.tokens[0].sentence_start && !d.tokens[0].all_caps);
  EXPECT_TRUE(d.tokens[1].all_caps && d.tokens[1].space_before && !d.tokens[1].line_before);
  EXPECT_TRUE(d.tokens[2].line_before && !d.tokens[2].capitalised);
  EXPECT_EQ(d.tokens[3].kind, TokenKind::kPunct);
  EXPECT_FALSE(d.tokens[4].space_before);
  EXPECT_NE(d.tokens[1].word, nullptr);
  EXPECT_EQ(d.tokens[4].word, nullptr);
}

TEST(Document, KnowsTheSentenceOfAToken) {
  const Document d =
      ReadDocument(Field::kBody, std::string_view("One came. Two left. All went."), TestLexicon());
  ASSERT_EQ(d.sentences.size(), 3u);
  EXPECT_EQ(d.SentenceOf(0), 0u);
  EXPECT_EQ(d.SentenceOf(3), 1u);
  EXPECT_EQ(d.SentenceOf(static_cast<std::uint32_t>(d.tokens.size()) - 1), 2u);
  EXPECT_DEATH(d.SentenceOf(999), "CHECK failed");
}

TEST(Document, ReadsNoFurtherThanTheLimit) {
  const std::string text(kFieldBytesMax + 100, 'a');
  const Document d = ReadDocument(Field::kBody, std::string_view(text), TestLexicon());
  ASSERT_FALSE(d.tokens.empty());
  EXPECT_LE(d.tokens.back().span.end(), kFieldBytesMax);
}

TEST(Span, JoinsAndMeets) {
  const Span a{2, 3}, b{7, 1};
  EXPECT_EQ(Join(a, b), (Span{2, 6}));
  EXPECT_EQ(Join(b, a), (Span{2, 6}));
  EXPECT_FALSE(a.Overlaps(b));
  EXPECT_TRUE(a.Overlaps(Span{4, 9}));
  EXPECT_TRUE(a.Covers(4) && !a.Covers(5));
}

}  // namespace
}  // namespace claimwatch
