#include "client/cli/table.h"

#include <gtest/gtest.h>

namespace claimwatch::cli {
namespace {

Table Sample() {
  Table table({"ID", ">COUNT", "TITLE"});
  table.AddRow({"s1", "5", "Unrest in Almaty and elsewhere"});
  table.AddRow({"s10", "1,200", "京 quake"});
  return table;
}

TEST(Table, LinesUp) {
  EXPECT_EQ(Sample().Text({}),
            "ID   COUNT  TITLE\n"
            "s1       5  Unrest in Almaty and elsewhere\n"
            "s10  1,200  京 quake\n");
}

TEST(Table, TheLastColumnIsCutAtTheWidth) {
  EXPECT_EQ(Sample().Text({false, 30}),
            "ID   COUNT  TITLE\n"
            "s1       5  Unrest in Almaty …\n"
            "s10  1,200  京 quake\n");
}

TEST(Table, TheWidestOfThoseThatGiveWayIsCutFirst) {
  Table table({"ID", "~WHO", ">VALUE", "WHY"});
  table.AddRow({"c1", "the Ministry of Health and Welfare", "12", "agrees with all before it"});
  EXPECT_EQ(table.Text({false, 60}),
            "ID  WHO                      VALUE  WHY\n"
            "c1  the Ministry of Health…     12  agrees with all before …\n");
}

TEST(Table, HeadingsAreDimInColour) {
  Table table({"ID", "TITLE"});
  EXPECT_TRUE(table.empty());
  EXPECT_EQ(table.Text({true, 0}), "\x1b[2mID  TITLE\x1b[0m\n");
}

}  // namespace
}  // namespace claimwatch::cli
