// Whether this test was built under a sanitizer, and what that costs: bounds on memory and time are
// multiplied by it, and so are as strict as ever without one.
#pragma once

namespace claimwatch {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif
#else
inline constexpr bool kSanitized = false;
#endif

// Each allocation has a margin, and what was freed is kept for a while.
inline constexpr int kMemoryFactor = kSanitized ? 4 : 1;
// Each access is checked.
inline constexpr int kTimeFactor = kSanitized ? 4 : 1;

}  // namespace claimwatch
