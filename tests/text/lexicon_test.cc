#include "server/text/lexicon.h"

#include <gtest/gtest.h>

#include "server/text/inflection.h"
#include "server/text/lexicon_builder.h"
#include "tests/text/dump.h"

namespace claimwatch {
namespace {

const Word& Get(std::string_view form) {
  const Word* word = TestLexicon().Find(form);
  EXPECT_NE(word, nullptr) << form;
  static const Word kNone;
  return word == nullptr ? kNone : *word;
}

std::string_view LemmaOf(std::string_view form) { return TestLexicon().Get(Get(form).lemma).text; }

struct FormCase {
  std::string_view form;
  std::string_view lemma;
  std::uint32_t bits;  // All of these are set.
};

constexpr FormCase kForms[] = {
    {"kill", "kill", kVerb},
    {"kills", "kill", kVerb | kThirdPerson},
    {"killed", "kill", kVerb | kPastTense | kParticiple},
    {"killing", "kill", kVerb | kGerund},
    {"rose", "rise", kVerb | kPastTense},
    {"risen", "rise", kVerb | kParticiple},
    {"stabbed", "stab", kVerb | kPastTense},
    {"carried", "carry", kVerb | kPastTense},
    {"died", "die", kVerb | kPastTense},
    {"dying", "die", kVerb | kGerund},
    {"said", "say", kVerb | kSpeech | kPastTense},
    {"cities", "city", kNoun | kPlural | kPlaceNoun},
    {"children", "child", kNoun | kPlural | kPersonNoun},
    {"people", "person", kNoun | kPlural | kPersonNoun},
    {"soldiers", "soldier", kNoun | kPlural | kPersonNoun},
    {"weeks", "week", kNoun | kPlural | kTimeNoun},
    {"is", "is", kAuxiliary | kThirdPerson},
    {"could", "could", kModal},
    {"the", "the", kDeterminer},
    {"nobody", "nobody", kPronoun | kNegation},
    {"between", "between", kPreposition},
    {"and", "and", kConjunction},
    {"march", "march", kMonth | kVerb},
    {"monday", "monday", kWeekday},
    {"seven", "seven", kNumberWord},
    {"third", "third", kOrdinalWord},
    {"wounded", "wound", kParticiple | kAdjective},
};

TEST(Lexicon, KnowsFormsAndTheirLemmas) {
  for (const FormCase& c : kForms) {
    EXPECT_EQ(Get(c.form).bits & c.bits, c.bits) << c.form;
    EXPECT_EQ(LemmaOf(c.form), c.lemma) << c.form;
  }
}

TEST(Lexicon, GivesNumberWordsTheirPart) {
  EXPECT_EQ(Get("seven").role, Role::kDigit);
  EXPECT_EQ(Get("seven").value, 7);
  EXPECT_EQ(Get("million").role, Role::kMagnitude);
  EXPECT_EQ(Get("million").value, 6);
  EXPECT_EQ(Get("dozens").role, Role::kVague);
  EXPECT_EQ(Get("roughly").role, Role::kAbout);
  EXPECT_EQ(Get("soldier").role, Role::kNone);
  EXPECT_EQ(LemmaOf("rose"), "rise") << "a part in numbers changes no lemma";
}

TEST(Lexicon, FoldsCase) {
  EXPECT_EQ(TestLexicon().FindFolded("KILLED"), TestLexicon().Find("killed"));
  Role role = Role::kA;
  EXPECT_EQ(TestLexicon().FindAscii("KILLED", 6, &role), TestLexicon().Find("killed"));
  EXPECT_EQ(role, Role::kNone);
  EXPECT_EQ(TestLexicon().FindAscii("Seven", 5, &role), TestLexicon().Find("seven"));
  EXPECT_EQ(role, Role::kDigit);
  EXPECT_EQ(TestLexicon().FindFolded("Don\xe2\x80\x99t"), TestLexicon().Find("don't"));
  EXPECT_NE(TestLexicon().Find("don't"), nullptr);
  EXPECT_EQ(TestLexicon().Find("KILLED"), nullptr) << "Find() takes the lower case";
}

TEST(Lexicon, DoesNotKnowWhatItWasNotTold) {
  Role role = Role::kNone;
  for (const std::string_view form : {"", "qwxz", "killedd", "soldiersoldiersoldier"}) {
    EXPECT_EQ(TestLexicon().FindFolded(form), nullptr) << form;
    EXPECT_EQ(TestLexicon().FindAscii(form, form.size(), &role), nullptr) << form;
  }
  EXPECT_EQ(TestLexicon().FindFolded(std::string(200, 'a')), nullptr);
  EXPECT_EQ(TestLexicon().FindAscii(std::string(200, 'a'), 200, &role), nullptr);
}

TEST(Lexicon, FindsEveryWordOfItsOwn) {
  const Lexicon& lexicon = TestLexicon();
  for (std::uint32_t i = 1; i <= lexicon.size(); ++i) {
    const Word& word = lexicon.Get(static_cast<WordId>(i));
    EXPECT_EQ(lexicon.Find(word.text), &word);
    EXPECT_EQ(lexicon.FindFolded(word.text), &word);
    Role role = Role::kNone;
    const std::string longer = std::string(word.text) + "zzzzzzzz";
    if (word.text.find_first_of("0123456789") == std::string_view::npos) {
      const std::string_view form = std::string_view(longer).substr(0, word.text.size());
      EXPECT_EQ(lexicon.FindAscii(form, form.size(), &role), &word);
      EXPECT_EQ(lexicon.FindAscii(form, longer.size(), &role), &word);
      EXPECT_EQ(role, word.role);
    }
    EXPECT_NE(lexicon.Get(word.lemma).text, "");
  }
  EXPECT_DEATH(lexicon.Get(WordId::kNone), "CHECK failed");
}

TEST(LexiconBuilder, TakesWordsOfLaterStages) {
  LexiconBuilder builder = LexiconBuilder::Standard();
  builder.AddVerb("bombard").AddNoun("zouave", kPersonNoun).AddNoun("fish", 0, "-").Add("Kyiv", 0);
  builder.AddForms("bombard", {"bombardment"}, kNoun).AddVerb("commit+");
  const auto lexicon = builder.Build();
  ASSERT_NE(lexicon->Find("bombarded"), nullptr);
  EXPECT_TRUE(lexicon->Find("zouaves")->Is(kPersonNoun));
  EXPECT_EQ(lexicon->Get(lexicon->Find("bombardment")->lemma).text, "bombard");
  EXPECT_NE(lexicon->Find("kyiv"), nullptr);
  EXPECT_NE(lexicon->Find("committed"), nullptr);
}

TEST(LexiconBuilder, MergesBitsAndKeepsTheFirstLemma) {
  LexiconBuilder builder;
  builder.AddVerb("find", 0, "found").Add("found", kAdjective).AddVerb("found");
  const auto lexicon = builder.Build();
  const Word& found = *lexicon->Find("found");
  EXPECT_TRUE(found.Is(kAdjective));
  EXPECT_TRUE(found.Is(kPastTense));
  EXPECT_EQ(lexicon->Get(found.lemma).text, "find");
}

TEST(LexiconBuilder, GivesTheSameIdsForTheSameCalls) {
  const auto a = LexiconBuilder::Standard().AddNoun("zouave").Build();
  const auto b = LexiconBuilder::Standard().AddNoun("zouave").Build();
  ASSERT_EQ(a->size(), b->size());
  EXPECT_EQ(a->Find("zouave")->id, b->Find("zouave")->id);
}

TEST(LexiconBuilder, RefusesDataThatDoesNotParse) {
  LexiconBuilder builder;
  EXPECT_TRUE(builder.AddWordLines("# a comment\n\nnoun\thut/- tent\n").ok());
  EXPECT_FALSE(builder.AddWordLines("noun colour\thut\n").ok());
  EXPECT_FALSE(builder.AddWordLines("noun\ta/b/c/d/e\n").ok());
  EXPECT_TRUE(builder.AddRoleLines("digit\t7\tnumber\tseven\n").ok());
  EXPECT_FALSE(builder.AddRoleLines("digit\tmany\tnumber\tseven\n").ok());
  EXPECT_FALSE(builder.AddRoleLines("no_such_role\t7\tnumber\tseven\n").ok());
  EXPECT_FALSE(builder.AddRoleLines("digit\t7\tcolour\tseven\n").ok());
}

TEST(Inflection, FollowsTheSpellingRules) {
  EXPECT_EQ(PluralOf("city"), "cities");
  EXPECT_EQ(PluralOf("day"), "days");
  EXPECT_EQ(PluralOf("church"), "churches");
  EXPECT_EQ(PastOf("carry", false), "carried");
  EXPECT_EQ(PastOf("stop", true), "stopped");
  EXPECT_EQ(GerundOf("make", false), "making");
  EXPECT_EQ(GerundOf("free", false), "freeing");
  EXPECT_EQ(GerundOf("die", false), "dying");
  EXPECT_TRUE(DoublesByRule("stop"));
  EXPECT_FALSE(DoublesByRule("visit"));
  EXPECT_FALSE(DoublesByRule("shoot"));
  EXPECT_FALSE(DoublesByRule("flow"));
}

}  // namespace
}  // namespace claimwatch
