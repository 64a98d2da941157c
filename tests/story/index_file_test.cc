#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "server/story/story_index.h"
#include "tests/fakes/temporary_directory.h"
#include "tests/story/reading.h"

namespace claimwatch {
namespace {

StoryOptions Small() {
  StoryOptions options;
  options.stories_max = 16;
  return options;
}

Features Report(int i) {
  static const char* const kTowns[] = {"Granville", "Adelgrund", "Lusanda", "Tarvik"};
  const std::string town = kTowns[i % 4];
  Article article =
      Told("Fire in " + town,
           "A fire on Pell Street in " + town + " hurt " + std::to_string(i) +
               " people on Monday, said Dora Menk of the fire brigade of " + town +
               ". The roof of the bakery number " + std::to_string(100 + i) + " fell in.",
           "2031-05-12T09:00:00Z");
  if (i % 5 == 0) article.story_hint = "hint " + town;
  Features features = FeaturesOf(article);
  features.incident = i % 7 == 0 ? 1 : 0;
  return features;
}

void AddReports(int begin, int end, StoryIndex& index) {
  for (int i = begin; i < end; ++i) {
    index.Add(static_cast<Sequence>(i + 1), Report(i), static_cast<StoryId>(i % 20 + 1));
  }
}

TEST(IndexFile, ReadBackItGoesOnAsIfNothingHadHappened) {
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/index";
  StoryIndex whole(Small());
  AddReports(0, 60, whole);
  ASSERT_TRUE(whole.Save(path, "epoch", Sequence{60}).ok());
  Sequence last = Sequence::kNone;
  const std::unique_ptr<StoryIndex> read = StoryIndex::Read(path, Small(), "epoch", &last);
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(last, Sequence{60});
  EXPECT_EQ(read->size(), whole.size());
  for (int i = 60; i < 120; ++i) {
    const Link a = whole.Find(Report(i));
    const Link b = read->Find(Report(i));
    EXPECT_EQ(a.story, b.story) << i;
    EXPECT_EQ(a.reason, b.reason) << i;
    EXPECT_EQ(a.incident, b.incident) << i;
    EXPECT_EQ(a.copy_of, b.copy_of) << i;
    AddReports(i, i + 1, whole);
    AddReports(i, i + 1, *read);
  }
}

TEST(IndexFile, AnotherHistoryOtherBoundsOrADamagedFileAreNotRead) {
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/index";
  Sequence last = Sequence::kNone;
  EXPECT_EQ(StoryIndex::Read(path, Small(), "epoch", &last), nullptr);
  StoryIndex index(Small());
  AddReports(0, 30, index);
  ASSERT_TRUE(index.Save(path, "epoch", Sequence{30}).ok());
  EXPECT_EQ(StoryIndex::Read(path, Small(), "another", &last), nullptr);
  EXPECT_EQ(StoryIndex::Read(path, StoryOptions(), "epoch", &last), nullptr);

  const auto size = std::filesystem::file_size(path);
  for (const auto at : {size / 7, size / 2, size - 3}) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(at));
    const char was = static_cast<char>(file.get());
    file.seekp(static_cast<std::streamoff>(at));
    file.put(static_cast<char>(was ^ 0x20));
    file.close();
    EXPECT_EQ(StoryIndex::Read(path, Small(), "epoch", &last), nullptr) << at;
    file.open(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(at));
    file.put(was);
  }
  EXPECT_NE(StoryIndex::Read(path, Small(), "epoch", &last), nullptr);
  std::filesystem::resize_file(path, size - 1);
  EXPECT_EQ(StoryIndex::Read(path, Small(), "epoch", &last), nullptr);
}

}  // namespace
}  // namespace claimwatch
