// ZeroedArray: a large table of zeros that takes memory only where it is written.
//
// std::vector would write the zeros and so take all of it at once. What was never written is not
// even read: the kernel would lay a page of zeros under it and, at the first write, have to take it
// away again from all threads, which costs more than all else that an article does to these tables.
// Tested through tests/story/story_index_test.cc.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <type_traits>
#include <vector>

#include "server/base/check.h"

namespace claimwatch {

// All bits zero must be a valid T.
template <typename T>
class ZeroedArray {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  explicit ZeroedArray(std::size_t size)
      : size_(size),
        held_(std::calloc(size * sizeof(T) + kPageBytes, 1)),
        data_(static_cast<T*>(AtPage(held_.get()))),
        written_(size * sizeof(T) / kPageBytes / 64 + 1, 0) {}

  std::size_t size() const { return size_; }
  // To be written: whoever gets it may read it first all the same.
  T& operator[](std::size_t i) {
    const std::size_t page = i * sizeof(T) / kPageBytes;
    const std::uint64_t bit = std::uint64_t{1} << page % 64;
    T& element = data_[i];
    if ((written_[page / 64] & bit) == 0) {
      written_[page / 64] |= bit;
      Write(element);
    }
    return element;
  }
  const T& operator[](std::size_t i) const {
    static constexpr T kZero{};
    const std::size_t page = i * sizeof(T) / kPageBytes;
    const bool written = (written_[page / 64] >> page % 64 & 1) != 0;
    return written ? data_[i] : kZero;
  }
  // All of it, to be read or written.
  T* begin() {
    std::fill(written_.begin(), written_.end(), ~std::uint64_t{0});
    return data_;
  }
  T* end() { return data_ + size_; }

 private:
  static constexpr std::size_t kPageBytes = 4096;

  // Where the first page in `held` begins: a bit of written_ must speak of one page alone.
  static void* AtPage(void* held) {
    CW_CHECK(held != nullptr);
    std::size_t space = 2 * kPageBytes;
    return std::align(kPageBytes, kPageBytes, held, space);
  }

  // Volatile, since compilers know that calloc gave zeros; fenced, since they would read the rest
  // of the element first.
  static void Write(T& element) {
    *reinterpret_cast<volatile char*>(&element) = 0;
    std::atomic_signal_fence(std::memory_order_seq_cst);
  }

  struct Free {
    void operator()(void* held) const { std::free(held); }
  };
  std::size_t size_;
  std::unique_ptr<void, Free> held_;
  T* data_;                             // In held_.
  std::vector<std::uint64_t> written_;  // A bit for each page in which something begins.
};

}  // namespace claimwatch
