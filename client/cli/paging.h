// Walks the pages of a list until there are enough items.
//
// Tested by tests/client/cli_test.py.
#pragma once

#include <CLI/App.hpp>
#include <cstdint>

#include "absl/status/statusor.h"
#include "client/cli/command.h"
#include "client/cli/wording.h"

namespace claimwatch::cli {

// --limit, for commands that list.
class Paging {
 public:
  void AddTo(CLI::App& command) {
    command
        .add_option("--limit", limit_,
                    "Print at most this many; 0: all. Without: 50 in a table, all as JSON")
        ->type_name("N");
  }

  // Calls `on_item` for each item. `list`: Request -> StatusOr<Response>; `items`: the repeated
  // field of a response. Where a table leaves some out, standard error says so.
  template <typename Request, typename List, typename Items, typename OnItem>
  absl::Status ForEach(const Shell& shell, Request request, List list, Items items,
                       OnItem on_item) const {
    const std::int64_t limit = limit_ >= 0 ? limit_ : shell.json() ? 0 : kTableLimit;
    std::int64_t count = 0;
    while (true) {
      constexpr std::int64_t kPage = 200;
      request.set_page_size(static_cast<int>(limit == 0 ? kPage : std::min(kPage, limit - count)));
      const auto response = list(request);
      if (!response.ok()) return response.status();
      for (const auto& item : items(*response)) {
        on_item(item);
        ++count;
      }
      if (response->next_page_token().empty()) return absl::OkStatus();
      if (limit > 0 && count >= limit) break;
      request.set_page_token(response->next_page_token());
    }
    Shell::Flush();
    Shell::Say("there are more: --limit=0 prints all");
    return absl::OkStatus();
  }

 private:
  static constexpr std::int64_t kTableLimit = 50;
  std::int64_t limit_ = -1;  // -1: not given.
};

}  // namespace claimwatch::cli
