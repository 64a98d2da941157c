#include "client/cli/table.h"

#include <algorithm>
#include <utility>

#include "client/cli/safe_text.h"
#include "server/base/check.h"

namespace claimwatch::cli {
namespace {

constexpr std::size_t kLastColumnMin = 16;  // A narrow terminal wraps rather than shows nothing.

std::string Pad(const std::string& text, std::size_t width, bool right) {
  const std::size_t own = DisplayWidth(text);
  const std::string space(width > own ? width - own : 0, ' ');
  return right ? space + text : text + space;
}

}  // namespace

Table::Table(std::vector<std::string> headings) : headings_(std::move(headings)) {
  for (std::string& heading : headings_) {
    flush_right_.push_back(heading.starts_with('>'));
    if (flush_right_.back()) heading.erase(0, 1);
  }
}

void Table::AddRow(std::vector<std::string> cells) {
  CW_CHECK(cells.size() == headings_.size());
  rows_.push_back(std::move(cells));
}

std::string Table::Text(const Look& look) const {
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < headings_.size(); ++column) {
    std::size_t width = DisplayWidth(headings_[column]);
    for (const auto& row : rows_) width = std::max(width, DisplayWidth(row[column]));
    widths.push_back(width);
  }
  const auto line_of = [&](const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t column = 0; column + 1 < cells.size(); ++column) {
      line += Pad(cells[column], widths[column], flush_right_[column]) + "  ";
    }
    const std::size_t taken = DisplayWidth(line);
    const std::size_t room =
        look.columns == 0 ? 0 : std::max(look.columns, taken + kLastColumnMin) - taken;
    line +=
        flush_right_.back() ? Pad(cells.back(), widths.back(), true) : Shorten(cells.back(), room);
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
  };
  std::string text = look.Paint(Ink::kDim, line_of(headings_)) + "\n";
  for (const auto& row : rows_) text += line_of(row) + "\n";
  return text;
}

}  // namespace claimwatch::cli
