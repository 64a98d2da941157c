// Look: how output is dressed, decided once by what it goes to.
//
// Tested by tests/client/alert_text_test.cc.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace claimwatch::cli {

enum class Ink { kPlain, kBold, kDim, kRed, kBoldRed, kYellow, kGreen, kCyan };

struct Look {
  bool colour = false;
  std::size_t columns = 0;  // To wrap at. 0: not at all.

  std::string Paint(Ink ink, std::string_view text) const {
    constexpr const char* kCodes[] = {"", "1", "2", "31", "1;31", "33", "32", "36"};
    if (!colour || ink == Ink::kPlain || text.empty()) return std::string(text);
    return absl::StrCat("\x1b[", kCodes[static_cast<int>(ink)], "m",
                        absl::string_view(text.data(), text.size()), "\x1b[0m");
  }

  // The number in its sentence; without colour it stands in brackets.
  std::string Mark(std::string_view text) const {
    if (colour) return Paint(Ink::kBold, text);
    return absl::StrCat("[", absl::string_view(text.data(), text.size()), "]");
  }
};

}  // namespace claimwatch::cli
