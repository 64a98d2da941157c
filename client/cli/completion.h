// Shell completion, written from the same flags that parse the command line.
//
// Tested by tests/client/cli_test.py.
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <string_view>

namespace claimwatch::cli {

// A script for "bash", "zsh" or "fish"; empty for any other shell.
std::string CompletionScript(const CLI::App& app, std::string_view shell);

}  // namespace claimwatch::cli
