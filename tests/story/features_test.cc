#include "server/story/features.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "server/story/common_words.h"
#include "server/story/days.h"
#include "server/story/fingerprint.h"
#include "server/story/furniture.h"
#include "tests/story/reading.h"

namespace claimwatch {
namespace {

constexpr char kMonday[] = "2031-03-10T12:00:00Z";

Features Of(std::string body, const char* time = kMonday) {
  return FeaturesOf(Told("", std::move(body), time));
}

const Term* Find(const Features& features, TermKind kind, std::uint32_t folded) {
  const std::uint32_t hash = TermHash(kind, folded);
  const auto found = std::find_if(features.terms.begin(), features.terms.end(), [&](const Term& t) {
    return t.hash == hash && t.kind == static_cast<std::uint8_t>(kind);
  });
  return found == features.terms.end() ? nullptr : &*found;
}

bool HasWord(const Features& f, std::string_view word) {
  return Find(f, TermKind::kWord, FoldedHash(word)) != nullptr;
}
bool HasName(const Features& f, std::string_view name) {
  return Find(f, TermKind::kName, FoldedHash(name)) != nullptr;
}
bool HasPair(const Features& f, std::string_view a, std::string_view b) {
  return Find(f, TermKind::kNamePair, PairHash(FoldedHash(a), FoldedHash(b))) != nullptr;
}

TEST(FoldedHash, JoinsTheFormsOfAWord) {
  EXPECT_EQ(FoldedHash("Fires"), FoldedHash("fire"));
  EXPECT_EQ(FoldedHash("cities"), FoldedHash("City"));
  EXPECT_EQ(FoldedHash("Libyans"), FoldedHash("Libya"));
  EXPECT_EQ(FoldedHash("Israelis"), FoldedHash("Israel"));
  EXPECT_NE(FoldedHash("glass"), FoldedHash("glas"));
  EXPECT_NE(FoldedHash("virus"), FoldedHash("viru"));
}

// What is remembered of a word is the same as what was worked out, whatever else came in between.
TEST(FoldedHash, IsTheSameEachTime) {
  const auto word = [](std::uint32_t i) {
    std::string letters = std::to_string(i * 2654435761u);
    for (char& c : letters) c = static_cast<char>((i % 2 == 0 ? 'a' : 'A') + (c - '0'));
    return letters.substr(0, 1 + i % 10) + (i % 3 == 0 ? "s" : "") + (i % 7 == 0 ? letters : "");
  };
  std::vector<std::uint32_t> first;
  for (std::uint32_t i = 0; i < 20'000; ++i) first.push_back(FoldedHash(word(i)));
  for (std::uint32_t i = 20'000; i-- > 0;) {
    const std::string again = word(i);
    std::string lower = again;
    for (char& c : lower) c = static_cast<char>(c | 0x20);
    EXPECT_EQ(FoldedHash(again), first[i]) << again;
    EXPECT_EQ(FoldedHash(lower), first[i]) << again;
  }
}

TEST(CommonWords, KnowHowCommonAWordIs) {
  EXPECT_EQ(CommonnessOf(FoldedHash("the")), Commonness::kFunction);
  EXPECT_EQ(CommonnessOf(FoldedHash("Years")), Commonness::kFrequent);
  EXPECT_EQ(CommonnessOf(FoldedHash("police")), Commonness::kCommon);
  EXPECT_EQ(CommonnessOf(FoldedHash("tsunami")), Commonness::kOccasional);
  EXPECT_EQ(CommonnessOf(FoldedHash("Veldrane")), Commonness::kRare);
}

TEST(Features, TellNamesFromWords) {
  const Features f = Of("A blaze gutted the Ostrava mill on Kestrel Lane. Ostrava firemen came.");
  EXPECT_TRUE(HasName(f, "Ostrava"));
  EXPECT_TRUE(HasPair(f, "Kestrel", "Lane"));
  EXPECT_TRUE(HasWord(f, "gutted"));
  EXPECT_FALSE(HasName(f, "gutted"));
  EXPECT_FALSE(HasWord(f, "the"));
}

TEST(Features, ACountryIsANameWhereverItStands) {
  EXPECT_TRUE(HasName(Of("Cambodia has three cases."), "Cambodia"));
  EXPECT_TRUE(HasName(Of("HANOI (Reuters) - Vietnam has closed its schools."), "Vietnam"));
}

TEST(Features, AWordBehindADatelineIsNoName) {
  const Features f = Of("NAIROBI, Kenya - Floods have cut the road to Ulm.");
  EXPECT_TRUE(HasName(f, "Nairobi"));
  EXPECT_TRUE(HasName(f, "Kenya"));
  EXPECT_TRUE(HasWord(f, "floods"));
  EXPECT_FALSE(HasName(f, "floods"));
}

TEST(Features, AHeadlineInCapitalsTellsNoNamesByItself) {
  const Features f = FeaturesOf(Told("Huge Blaze Destroys Ostrava Paper Mill",
                                     "The fire began in Ostrava at dawn.", kMonday));
  EXPECT_TRUE(HasName(f, "Ostrava"));
  EXPECT_TRUE(HasWord(f, "blaze"));
  EXPECT_FALSE(HasName(f, "blaze"));
}

TEST(Features, AnInitialDoesNotPartAName) {
  EXPECT_TRUE(HasPair(Of("They named him as Orrin T. Veldrane of the town."), "Orrin", "Veldrane"));
}

TEST(Features, WeighHeadlineAndLeadMore) {
  const Features f = FeaturesOf(Told("Mudslide near the dam",
                                     "A mudslide came down. It rained. It was dark. It was cold. "
                                     "Later a goat was found.",
                                     kMonday));
  EXPECT_GT(Find(f, TermKind::kWord, FoldedHash("mudslide"))->weight,
            Find(f, TermKind::kWord, FoldedHash("goat"))->weight);
}

TEST(Features, LeaveOutPageFurniture) {
  const Features f =
      Of("A goat was found in the quarry.\n\nPlease sign in to your account and subscribe to our "
         "newsletter for Wexmoor alerts.");
  EXPECT_TRUE(HasWord(f, "quarry"));
  EXPECT_FALSE(HasName(f, "Wexmoor"));
  EXPECT_EQ(f.fingerprints.size(), 1u);
  EXPECT_EQ(FurniturePointsOf(FoldedHash("goat")), 0);
}

TEST(Features, ReadAgesAndHouseNumbers) {
  const Features f = Of("Orrin Veldrane, 43, was hit in the 2600 block. A 17-year-old ran off.");
  const auto numbers = std::count_if(f.terms.begin(), f.terms.end(), [](const Term& t) {
    return t.kind == static_cast<std::uint8_t>(TermKind::kNumber);
  });
  EXPECT_EQ(numbers, 3);
}

struct DayCase {
  const char* text;
  const char* day;  // Or null: none.
};

TEST(Days, AreWorkedOutFromPublication) {
  constexpr DayCase kCases[] = {
      {"Monday", "2031-03-10"},
      {"Tuesday", "2031-03-04"},
      {"Sunday", "2031-03-09"},
      {"yesterday", "2031-03-09"},
      {"March 3", "2031-03-03"},
      {"Dec. 30", "2030-12-30"},
      {"3 February 2029", "2029-02-03"},
      {"Nov 5, 2030", "2030-11-05"},
      {"March 12", "2031-03-12"},
      {"May", nullptr},      // A month alone, or a person.
      {"the Sun", nullptr},  // A newspaper.
      {"31 times", nullptr},
  };
  for (const DayCase& c : kCases) {
    const Document document =
        ReadDocument(Field::kBody, std::string_view(c.text), StandardCatalogue().lexicon());
    std::optional<DayNumber> day;
    for (std::uint32_t i = 0; i < document.tokens.size(); ++i) {
      if (!day) day = DayNamedAt(document, i, DayOf(At(kMonday)));
    }
    std::optional<DayNumber> expected;
    if (c.day != nullptr) expected = DayOf(At((std::string(c.day) + "T00:00:00Z").c_str()));
    EXPECT_EQ(day, expected) << c.text;
  }
}

TEST(Days, WithoutPublicationOnlyFullDatesAreRead) {
  const Document document = ReadDocument(Field::kBody, std::string_view("Monday 3 March 2031"),
                                         StandardCatalogue().lexicon());
  EXPECT_EQ(DayNamedAt(document, 0, std::nullopt), std::nullopt);
  EXPECT_EQ(DayNamedAt(document, 2, std::nullopt), DayOf(At("2031-03-03T00:00:00Z")));
}

std::uint32_t PrintOf(std::string_view text) {
  const Document document = ReadDocument(Field::kBody, text, StandardCatalogue().lexicon());
  return FingerprintOf(document, 0, static_cast<std::uint32_t>(document.tokens.size())).hash;
}

TEST(Fingerprint, IsOfTheWordsAlone) {
  EXPECT_EQ(PrintOf("The flood killed 14 people, officials said."),
            PrintOf("The flood killed 14 people officials said"));
  EXPECT_EQ(PrintOf("OSTRAVA, March 10 (Wire) - The flood killed 14 people."),
            PrintOf("The flood killed 14 people."));
  EXPECT_NE(PrintOf("The flood killed 14 people."), PrintOf("The flood killed 15 people."));
}

// The claims' sentences, as spans of the body.
std::vector<std::uint32_t> ClaimSentences(const Article& article,
                                          const std::vector<std::string>& sentences) {
  ReadArticle read = Read(article);
  for (const std::string& sentence : sentences) {
    Claim claim;
    const auto begin = static_cast<std::uint32_t>(article.body.find(sentence));
    claim.sentence = {begin, static_cast<std::uint32_t>(sentence.size())};
    read.claims.push_back(claim);
  }
  return ComputeFeatures(article, read, StandardCatalogue()).claim_sentences;
}

TEST(Features, AClaimsSentenceIsKnownAgainInAnotherOutlet) {
  const std::string copied = "The flood in Ostrava killed 14 people.";
  const Article one = Told("", copied + " It rained for days.", kMonday, "a");
  const Article two = Told("", "Homes are wet. " + copied, kMonday, "b");
  const auto a = ClaimSentences(one, {copied, "It rained for days."});
  const auto b = ClaimSentences(two, {copied});
  ASSERT_EQ(a.size(), 2u);
  ASSERT_EQ(b.size(), 1u);
  EXPECT_EQ(a[0], b[0]);
  EXPECT_NE(a[0], a[1]);
}

TEST(Features, AShortSentenceIsKnownAgainOnlyInItsOwnOutlet) {
  const Article one = Told("", "Fourteen died.", kMonday, "a");
  const Article two = Told("", "Fourteen died.", kMonday, "b");
  EXPECT_EQ(ClaimSentences(one, {"Fourteen died."}), ClaimSentences(one, {"Fourteen died."}));
  EXPECT_NE(ClaimSentences(one, {"Fourteen died."}), ClaimSentences(two, {"Fourteen died."}));
}

TEST(Features, AreSortedUniqueAndBounded) {
  std::string body;
  for (int i = 0; i < 3000; ++i) {
    body += " w" + std::string(1, static_cast<char>('a' + i % 26)) + std::to_string(i) + "x Name" +
            std::string(1, static_cast<char>('a' + i / 26 % 26)) + "q met.";
  }
  const Features f = Of(body);
  int counts[kTermKinds] = {};
  for (std::size_t i = 0; i < f.terms.size(); ++i) {
    ++counts[f.terms[i].kind];
    if (i == 0 || f.terms[i].kind != f.terms[i - 1].kind) continue;
    EXPECT_LT(f.terms[i - 1].hash, f.terms[i].hash);
  }
  for (int kind = 0; kind < kTermKinds; ++kind) EXPECT_LE(counts[kind], kArticleTermsMax[kind]);
  EXPECT_LE(f.fingerprints.size(), kArticleFingerprintsMax);
}

TEST(Features, AreAFunctionOfTheArticle) {
  const Article article =
      Told("Flood in Ostrava", "The flood killed 14 people on Sunday.", kMonday);
  EXPECT_EQ(FeaturesOf(article), FeaturesOf(article));
}

TEST(Features, SayWhenTheLanguageIsNotRead) {
  Article article =
      Told("Hochwasser", "Das Hochwasser an der Oder hat Menschen getroffen.", kMonday);
  article.language = "de";
  const Features f = FeaturesOf(article);
  EXPECT_FALSE(IsRead(f));
  EXPECT_FALSE(f.terms.empty());
}

TEST(Features, ComeBackFromTheStore) {
  Article article =
      Told("Flood in Ostrava",
           "The flood in Ostrava killed 14 people on Sunday. Some 300 fled to Kestrel "
           "Lane, officials of the town told us.",
           kMonday);
  article.story_hint = "ostrava-flood";
  const Features features = FeaturesOf(article);
  const absl::StatusOr<Features> back = DecodeFeatures(Encode(features));
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(*back, features);
}

TEST(Features, UnknownAndOldTimesComeBack) {
  for (const absl::Time time : {absl::InfinitePast(), absl::InfiniteFuture(),
                                absl::FromUnixSeconds(-1), absl::FromUnixSeconds(0)}) {
    Features features;
    features.time = time;
    EXPECT_EQ(DecodeFeatures(Encode(features)).value(), features);
  }
}

TEST(Features, WhatWasNotEncodedIsRefused) {
  const std::string bytes = Encode(Of("The flood in Ostrava killed 14 people on Sunday."));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(DecodeFeatures(bytes.substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(DecodeFeatures(bytes + "x").ok());
  EXPECT_FALSE(DecodeFeatures(std::string(64, '\xff')).ok());
}

}  // namespace
}  // namespace claimwatch
