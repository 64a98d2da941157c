#include "client/cli/line_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <vector>

namespace claimwatch::cli {
namespace {

std::string Write(const std::string& text) {
  const std::string path = testing::TempDir() + "line_reader_test";
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

std::vector<std::string> Lines(const std::string& text) {
  auto reader = LineReader::Open(Write(text), -1);
  EXPECT_TRUE(reader.ok());
  std::vector<std::string> lines;
  while (true) {
    auto line = reader->Next();
    if (!line.ok()) {
      EXPECT_TRUE(absl::IsOutOfRange(line.status()));
      return lines;
    }
    lines.push_back(*line);
    EXPECT_EQ(reader->line_number(), static_cast<int>(lines.size()));
  }
}

TEST(LineReader, ReadsLines) {
  EXPECT_THAT(Lines(""), testing::IsEmpty());
  EXPECT_THAT(Lines("one"), testing::ElementsAre("one"));
  EXPECT_THAT(Lines("one\n\ntwo\r\n"), testing::ElementsAre("one", "", "two"));
  const std::string large(1'000'000, 'x');
  EXPECT_THAT(Lines(large + "\n" + large), testing::ElementsAre(large, large));
}

TEST(LineReader, AMissingFileIsNamed) {
  const auto reader = LineReader::Open("/nowhere/x.jsonl", -1);
  EXPECT_THAT(std::string(reader.status().message()), testing::HasSubstr("/nowhere/x.jsonl"));
}

class LineReaderOnPipe : public testing::Test {
 protected:
  LineReaderOnPipe() {
    EXPECT_EQ(::pipe(pipe_), 0);
    EXPECT_EQ(::pipe(wake_), 0);
  }
  ~LineReaderOnPipe() override {
    for (const int fd : {pipe_[0], pipe_[1], wake_[0], wake_[1]}) ::close(fd);
  }
  LineReader Open() { return *LineReader::Open("/dev/fd/" + std::to_string(pipe_[0]), wake_[0]); }
  void Feed(std::string_view text) {
    EXPECT_EQ(::write(pipe_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }

  int pipe_[2];
  int wake_[2];
};

TEST_F(LineReaderOnPipe, KnowsWhetherItMustWait) {
  LineReader reader = Open();
  EXPECT_TRUE(reader.MustWait());
  Feed("one\ntwo\nthr");
  EXPECT_FALSE(reader.MustWait());
  EXPECT_EQ(*reader.Next(), "one");
  EXPECT_FALSE(reader.MustWait());
  EXPECT_EQ(*reader.Next(), "two");
  EXPECT_TRUE(reader.MustWait());  // Half a line is none.
  Feed("ee\n");
  EXPECT_FALSE(reader.MustWait());
  EXPECT_EQ(*reader.Next(), "three");
}

TEST_F(LineReaderOnPipe, WakingEndsTheWaiting) {
  LineReader reader = Open();
  EXPECT_EQ(::write(wake_[1], "x", 1), 1);
  EXPECT_TRUE(absl::IsCancelled(reader.Next().status()));
}

TEST(ReadAll, KeepsEveryByte) {
  const std::string text = std::string("one\r\ntwo\0\xff", 10);
  EXPECT_EQ(*ReadAll(Write(text)), text);
  EXPECT_TRUE(absl::IsNotFound(ReadAll("/nowhere/x").status()));
}

}  // namespace
}  // namespace claimwatch::cli
