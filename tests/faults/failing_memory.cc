// Preloaded into a program (LD_PRELOAD): its allocation number CLAIMWATCH_FAIL_ALLOCATION, counted
// over all threads from the start of the process, finds no memory. For crash_rounds.cc.
#include <dlfcn.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

long Chosen() {
  const char* const number = std::getenv("CLAIMWATCH_FAIL_ALLOCATION");
  return number == nullptr ? 0 : std::atol(number);
}

bool IsDue() {
  static std::atomic<long> counted = 0;
  static const long chosen = Chosen();
  return ++counted == chosen;
}

// As the C++ library does it.
void* Allocate(std::size_t size) {
  static auto* const real = reinterpret_cast<void* (*)(std::size_t)>(dlsym(RTLD_NEXT, "_Znwm"));
  while (IsDue()) {
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
  return real(size);
}

}  // namespace

void* operator new(std::size_t size) { return Allocate(size); }
void* operator new[](std::size_t size) { return Allocate(size); }
