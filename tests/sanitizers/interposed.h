// What a function of ours that bears the name of a library's calls in the end: the library's.
//
// A program's function comes before a shared library's of the same name, for the library's own
// calls too. In a function of C linkage, Next<Signature>(__func__) is the one that it stands
// before. Fit for any thread, also before main(). Only in builds for ThreadSanitizer; tested by
// tests/sanitizers/planted_race.cc.
#pragma once

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>

#define CLAIMWATCH_UNSEEN __attribute__((no_sanitize("thread")))

namespace claimwatch {

template <typename Signature>
CLAIMWATCH_UNSEEN Signature* Next(const char* name) {
  void* const found = dlsym(RTLD_NEXT, name);
  if (found == nullptr) {
    std::fprintf(stderr, "tests/sanitizers: no library has %s\n", name);
    std::abort();
  }
  return reinterpret_cast<Signature*>(found);
}

}  // namespace claimwatch
