// ZeroedArray: a large table of zeros that takes memory only where it is written.
//
// std::vector would write the zeros and so take all of it at once. Tested through
// tests/story/story_index_test.cc.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <type_traits>

#include "server/base/check.h"

namespace claimwatch {

// All bits zero must be a valid T.
template <typename T>
class ZeroedArray {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  explicit ZeroedArray(std::size_t size)
      : size_(size), data_(static_cast<T*>(std::calloc(size, sizeof(T)))) {
    CW_CHECK(data_ != nullptr);
  }

  std::size_t size() const { return size_; }
  T& operator[](std::size_t i) { return data_.get()[i]; }
  const T& operator[](std::size_t i) const { return data_.get()[i]; }
  T* begin() { return data_.get(); }
  T* end() { return data_.get() + size_; }

 private:
  struct Free {
    void operator()(T* data) const { std::free(data); }
  };
  std::size_t size_;
  std::unique_ptr<T, Free> data_;
};

}  // namespace claimwatch
