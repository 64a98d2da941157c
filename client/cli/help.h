// Help: what --help prints.
//
// CLI11's own pages name types (TEXT, INT) and leave long lines to the terminal; these name what a
// value is (HOST:PORT, TIME, table|json) and keep to 80 columns or so, flags on the left. Tested by
// tests/client/cli_test.py.
#pragma once

#include <CLI/App.hpp>
#include <memory>

namespace claimwatch::cli {

std::shared_ptr<CLI::FormatterBase> HelpFormatter();

}  // namespace claimwatch::cli
