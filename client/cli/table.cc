#include "client/cli/table.h"

#include <algorithm>
#include <utility>

#include "client/cli/safe_text.h"
#include "server/base/check.h"

namespace claimwatch::cli {
namespace {

constexpr std::size_t kGap = 2;         // between columns
constexpr std::size_t kColumnMin = 16;  // A narrow terminal wraps rather than shows nothing.

std::string Pad(const std::string& text, std::size_t width, bool right) {
  const std::size_t own = DisplayWidth(text);
  const std::string space(width > own ? width - own : 0, ' ');
  return right ? space + text : text + space;
}

}  // namespace

Table::Table(std::vector<std::string> headings) : headings_(std::move(headings)) {
  for (std::string& heading : headings_) {
    flush_right_.push_back(heading.starts_with('>'));
    gives_way_.push_back(heading.starts_with('~'));
    if (flush_right_.back() || gives_way_.back()) heading.erase(0, 1);
  }
  gives_way_.back() = gives_way_.back() || !flush_right_.back();
}

void Table::AddRow(std::vector<std::string> cells) {
  CW_CHECK(cells.size() == headings_.size());
  rows_.push_back(std::move(cells));
}

// What the widest cells need, less what the table is too wide, taken from the columns that give
// way: always from the widest of them.
std::vector<std::size_t> Table::Widths(std::size_t columns) const {
  std::vector<std::size_t> widths;
  std::size_t total = 0;
  for (std::size_t column = 0; column < headings_.size(); ++column) {
    std::size_t width = DisplayWidth(headings_[column]);
    for (const auto& row : rows_) width = std::max(width, DisplayWidth(row[column]));
    widths.push_back(width);
    total += width + kGap;
  }
  while (columns > 0 && total - kGap > columns) {
    std::size_t* widest = nullptr;
    for (std::size_t column = 0; column < widths.size(); ++column) {
      if (!gives_way_[column] || widths[column] <= kColumnMin) continue;
      if (widest == nullptr || widths[column] > *widest) widest = &widths[column];
    }
    if (widest == nullptr) break;
    --*widest;
    --total;
  }
  return widths;
}

std::string Table::Text(const Look& look) const {
  const std::vector<std::size_t> widths = Widths(look.columns);
  const auto line_of = [&](const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      line += Pad(Shorten(cells[column], widths[column]), widths[column], flush_right_[column]);
      line.append(kGap, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
  };
  std::string text = look.Paint(Ink::kDim, line_of(headings_)) + "\n";
  for (const auto& row : rows_) text += line_of(row) + "\n";
  return text;
}

}  // namespace claimwatch::cli
