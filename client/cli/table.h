// Table: columns that line up, for people.
//
// Tested by tests/client/table_test.cc.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "client/cli/look.h"

namespace claimwatch::cli {

class Table {
 public:
  // A heading that begins with ">" makes its column flush right. The last column is cut at the
  // width of the look; the others are shown whole.
  explicit Table(std::vector<std::string> headings);

  // One cell a heading; already safe for a terminal.
  void AddRow(std::vector<std::string> cells);

  bool empty() const { return rows_.empty(); }

  // Heading and rows, each line ended.
  std::string Text(const Look& look) const;

 private:
  std::vector<std::size_t> Widths(std::size_t columns) const;

  std::vector<std::string> headings_;
  std::vector<bool> flush_right_;
  std::vector<bool> gives_way_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace claimwatch::cli
