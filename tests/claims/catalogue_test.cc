// Every entry of server/claims/data is read as it says, in the example that stands beside it.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "server/claims/catalogue_builder.h"
#include "server/claims/embedded_data.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

std::vector<CatalogueLine> Lines(std::string_view data) {
  absl::StatusOr<std::vector<CatalogueLine>> lines = ReadCatalogueLines(data);
  EXPECT_TRUE(lines.ok()) << lines.status();
  return lines.ok() ? *lines : std::vector<CatalogueLine>();
}

std::vector<std::string> Words(const CatalogueLine& line) {
  return absl::StrSplit(absl::string_view(line.words.data(), line.words.size()), ' ');
}

std::string Fill(const CatalogueLine& line, const std::string& word) {
  return absl::StrReplaceAll(absl::string_view(line.example.data(), line.example.size()),
                             {{"{}", word}});
}

// Whether the text has a claim for which `holds`.
template <typename Holds>
bool AnyClaim(const std::string& text, const Holds& holds) {
  const Article article = TestArticle(text);
  const ReadArticle read = ReadClaims(article, TestCatalogue());
  for (const Claim& claim : read.claims) {
    if (holds(claim)) return true;
  }
  return false;
}

void ExpectMeasure(const std::string& text, std::string_view measure) {
  EXPECT_TRUE(AnyClaim(
      text, [&](const Claim& claim) { return TestCatalogue().Get(claim.measure).name == measure; }))
      << "no " << measure << " in: " << text << "\n  read: " << Reads(text);
}

TEST(CatalogueTest, EveryMeasureIsReadInItsExample) {
  for (const CatalogueLine& line : Lines(kDataMeasures)) {
    if (line.key == "duration") continue;  // Kept apart from claims: see the reader.
    ExpectMeasure(std::string(line.example), line.key);
  }
}

TEST(CatalogueTest, EveryVerbIsReadInItsExample) {
  for (const CatalogueLine& line : Lines(kDataVerbs)) {
    for (const std::string& entry : Words(line)) {
      if (line.kind == "adjective")
        ExpectMeasure(Fill(line, entry), line.key);
      else if (line.role != "subject")
        ExpectMeasure(Fill(line, ParticipleOf(entry)), line.key);
      else
        ExpectMeasure(Fill(line, PastOf(entry)), line.key);
    }
  }
}

TEST(CatalogueTest, EveryPhraseIsReadInItsExample) {
  for (const CatalogueLine& line : Lines(kDataPhrases)) {
    ExpectMeasure(std::string(line.example), line.key);
  }
}

TEST(CatalogueTest, EveryNounIsReadInItsExample) {
  for (const CatalogueLine& line : Lines(kDataNouns)) {
    for (const std::string& entry : Words(line)) {
      const std::vector<std::string> forms = NounForms(entry);
      ExpectMeasure(Fill(line, line.role == "counts" ? forms.back() : forms.front()), line.key);
    }
  }
}

TEST(CatalogueTest, EveryGroupHasItsPopulation) {
  for (const CatalogueLine& line : Lines(kDataGroups)) {
    for (const std::string& entry : Words(line)) {
      const std::string text = Fill(line, NounForms(entry).back());
      EXPECT_TRUE(AnyClaim(text,
                           [&](const Claim& claim) {
                             return claim.population == line.key && claim.unit == "people";
                           }))
          << "no " << line.key << " in: " << text << "\n  read: " << Reads(text);
    }
  }
}

TEST(CatalogueTest, EveryThingIsCounted) {
  for (const CatalogueLine& line : Lines(kDataThings)) {
    if (line.key == "other") continue;  // Times and abstract things: many are no counts.
    for (const std::string& entry : Words(line)) {
      const std::vector<std::string> forms = NounForms(entry);
      const std::string text = Fill(line, forms.back());
      EXPECT_TRUE(AnyClaim(text,
                           [&](const Claim& claim) {
                             return claim.unit == forms.front() && claim.population.empty();
                           }))
          << "no " << entry << " in: " << text << "\n  read: " << Reads(text);
    }
  }
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

TEST(CatalogueTest, ErrorsNameTheLineAndTheFault) {
  const auto error = [](std::string_view extra) {
    return std::string(Catalogue::Load(extra).status().message());
  };
  EXPECT_EQ(error("verb\tkilled"),
            "line 1 has 2 columns, expected 5: kind, key, role, words, example");
  EXPECT_EQ(error("verb\tsmitten\tobject\tsmite\tx"),
            "unknown measure 'smitten' in line 'verb smitten object'");
  EXPECT_EQ(error("verb\tkilled\tsideways\tsmite\tx"),
            "unknown role 'sideways' in line 'verb killed sideways'");
  EXPECT_EQ(error("measure\tkilled\t-\t3\tx"),
            "measure is there already in line 'measure killed -'");
  EXPECT_EQ(error("measure\tculled\t-\t9\tx"), "weight must be 1..5 in line 'measure culled -'");
}

}  // namespace
}  // namespace claimwatch
