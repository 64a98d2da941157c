// Every entry of server/claims/data is read as it says, in the example that stands beside it.
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "server/claims/catalogue_builder.h"
#include "server/claims/catalogue_examples.h"
#include "server/claims/embedded_data.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

std::vector<CatalogueLine> Lines(std::string_view data) {
  absl::StatusOr<std::vector<CatalogueLine>> lines = ReadCatalogueLines(data);
  EXPECT_TRUE(lines.ok()) << lines.status();
  return lines.ok() ? *lines : std::vector<CatalogueLine>();
}

TEST(CatalogueTest, EveryLineIsReadInItsExample) {
  int lines = 0;
  for (const std::string_view data :
       {kDataMeasures, kDataVerbs, kDataPhrases, kDataNouns, kDataGroups, kDataThings, kDataCues,
        kDataConditions, kDataLists}) {
    for (const CatalogueLine& line : Lines(data)) {
      EXPECT_EQ(WrongExample(line, TestCatalogue()), "")
          << line.kind << " " << line.key << " " << line.role;
      ++lines;
    }
  }
  EXPECT_GT(lines, 150);
}

// The standard data without the line `left_out` of `list_data`.
std::unique_ptr<const Catalogue> Without(std::string_view list_data, int left_out) {
  CatalogueBuilder builder;
  for (const std::string_view data :
       {kDataMeasures, kDataVerbs, kDataPhrases, kDataNouns, kDataGroups, kDataThings, kDataCues,
        kDataConditions, kDataLists}) {
    std::string kept;
    int number = 0;
    for (const absl::string_view line :
         absl::StrSplit(absl::string_view(data.data(), data.size()), '\n')) {
      const bool out = data.data() == list_data.data() && ++number == left_out;
      absl::StrAppend(&kept, out ? "#" : "", line, "\n");
    }
    EXPECT_TRUE(builder.AddLines(kept).ok());
  }
  return CatalogueAccess::Make(std::move(builder).Build());
}

TEST(CatalogueTest, EveryWordOfAListMattersToItsExample) {
  int words = 0;
  for (const std::string_view data : {kDataConditions, kDataLists}) {
    for (const CatalogueLine& line : Lines(data)) {
      if (line.kind == "calendar") continue;  // "1 March" is no other day without it.
      const std::unique_ptr<const Catalogue> without = Without(data, line.number);
      for (const std::string_view word : WordsOf(line)) {
        CatalogueLine one = line;
        one.words = word;
        EXPECT_NE(WrongExample(one, *without), "")
            << line.key << ": the example is read so without '" << word << "' as well";
        ++words;
      }
    }
  }
  EXPECT_GT(words, 200);
}

TEST(CatalogueTest, AnOperatorAddsAMeasureWithoutARebuild) {
  const absl::StatusOr<std::unique_ptr<const Catalogue>> catalogue = Catalogue::Load(
      "measure\tculled\t-\t3\tFarmers culled 12 animals.\n"
      "verb\tculled\tobject\tcull\tOfficials say 12 animals were {}.\n");
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  const Article article = TestArticle("Farmers culled 4,000 pigs on Monday.");
  const ReadArticle read = ReadClaims(article, **catalogue);
  ASSERT_EQ(read.claims.size(), 1u);
  EXPECT_EQ((*catalogue)->Get(read.claims[0].measure).name, "culled");
}

TEST(CatalogueTest, AnOperatorAddsUnitsAndWords) {
  const absl::StatusOr<std::unique_ptr<const Catalogue>> catalogue = Catalogue::Load(
      "unit\ttonbag\t50 kg\ttonbag big_tonbag\tThe mill lost 12 {} of flour.\n"
      "word\tnoun person\t-\tverderer\tThe {} came home.\n"
      "number\tmagnitude\t9\tyard_of\tThe fund paid 3 {} euros.\n"
      "group\tverderers\tperson\tverderer\tOfficials say 12 {} were killed.\n");
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  const Article article = TestArticle("Two verderers were hurt. The mill sold 30 tonbags.");
  const ReadArticle read = ReadClaims(article, **catalogue);
  ASSERT_EQ(read.claims.size(), 2u);
  EXPECT_EQ(read.claims[0].population, "verderers");
  EXPECT_EQ(read.claims[1].unit, "tonbag");
}

TEST(CatalogueTest, TheExampleFileForOperatorsLoads) {
  std::ifstream in(std::string(CLAIMWATCH_SOURCE_DIR) + "/deploy/catalogue_extra.tsv");
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  const absl::StatusOr<std::unique_ptr<const Catalogue>> catalogue = Catalogue::Load(text);
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  EXPECT_NE((*catalogue)->Find("culled"), nullptr);
}

TEST(CatalogueTest, ErrorsNameTheLineAndTheFault) {
  struct Case {
    std::string_view extra, error;
  };
  constexpr Case kCases[] = {
      {"verb\tkilled",
       "x.tsv:1: 2 columns between tabs, expected 5: kind, key, role, words, example"},
      {"# mine\n\nverb\tsmitten\tobject\tsmite\tx",
       "x.tsv:3: unknown measure 'smitten'; use a known one, or add a measure line before it"},
      {"verb\tkilled\tsideways\tsmite\tx",
       "x.tsv:1: unknown role 'sideways'; use object, subject or any"},
      {"measure\tkilled\t-\t3\tx",
       "x.tsv:1: measure 'killed' is there already: leave the line out"},
      {"measure\tculled\t-\t9\tx", "x.tsv:1: weight '9' must be 1 (trivia) to 5 (deaths)"},
      {"thing\trobot\t-\tdrone\tx",
       "x.tsv:1: unknown class 'robot'; use building, vehicle, animal, other"},
      {"gadget\tx\t-\tx\tx",
       "x.tsv:1: unknown kind 'gadget'; use measure, verb, noun, adjective, phrase, condition, "
       "group, thing, cue, list, unit, word or number"},
      {"list\tlaws\tword\tx\tx",
       "x.tsv:1: unknown list 'laws'; use one of server/claims/data/lists.tsv, as \"law\""},
      {"list\tlast_year\tpair\tlast\tx", "x.tsv:1: 'last' is no pair: write first:second"},
      {"condition\tinjured\tlast\tx\tx", "x.tsv:1: unknown role 'last'; use any, person or state"},
      {"calendar\tmonth\t13\tx\tx", "x.tsv:1: unknown place '13'; use 1 to 12"},
      {"unit\tsackx\tmany\tsackx\tx",
       "x.tsv:1: unit 'sackx' is worth 'many': write a size and the symbol of a known unit (\"60 "
       "kg\"), \"money\", or \"-\" for a kind of its own"},
      {"number\tdigit\t7\tseven\tx", "x.tsv:1: 'seven' is a number word already: leave it out"},
      {"verb\tkilled\tobject\tsmite/smote/smitten\tThe town sleeps.",
       "x.tsv:1: the example is not read as its line says: \"The town sleeps.\" is read as no "
       "claim; "
       "mend the sentence or the words"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(std::string(Catalogue::Load(c.extra, "x.tsv").status().message()), c.error);
  }
  EXPECT_EQ(std::string(Catalogue::Load("verb\tkilled").status().message()).substr(0, 7),
            "line 1:");
}

}  // namespace
}  // namespace claimwatch
