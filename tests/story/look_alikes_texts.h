// The words of look_alikes.cc: what each outlet says of an incident, with {slots} for what differs.
//
// Tested through tests/story/look_alikes_test.cc.
#pragma once

#include <span>

#include "tests/story/look_alikes.h"

namespace claimwatch {

// One way to tell of an incident.
struct Telling {
  const char* title;
  const char* body;
};

struct Outlet {
  const char* source;
  Telling first;   // On the day or the day after.
  Telling second;  // Within the week; the toll may have risen.
  Telling late;    // Weeks later.
};

std::span<const Outlet> OutletsOf(Trade trade);

}  // namespace claimwatch
