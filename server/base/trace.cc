#include "server/base/trace.h"

#include <algorithm>
#include <utility>

namespace claimwatch {
namespace {

thread_local const std::string* current = nullptr;

bool IsHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool IsZero(std::string_view text) { return text.find_first_not_of('0') == text.npos; }

}  // namespace

std::string TraceIdOf(std::string_view traceparent) {
  // version "-" trace-id "-" parent-id "-" flags
  constexpr std::size_t kSize = 55;
  if (traceparent.size() < kSize) return {};
  const std::string_view version = traceparent.substr(0, 2), id = traceparent.substr(3, 32),
                         parent = traceparent.substr(36, 16), flags = traceparent.substr(53, 2);
  const bool dashes = traceparent[2] == '-' && traceparent[35] == '-' && traceparent[52] == '-';
  const bool ends = traceparent.size() == kSize || (version != "00" && traceparent[kSize] == '-');
  if (!dashes || !ends || version == "ff") return {};
  if (!IsHex(version) || !IsHex(id) || !IsHex(parent) || !IsHex(flags)) return {};
  if (IsZero(id) || IsZero(parent)) return {};
  return std::string(id);
}

TraceScope::TraceScope(std::string trace_id)
    : trace_id_(std::move(trace_id)), outer_(std::exchange(current, &trace_id_)) {}

TraceScope::~TraceScope() { current = outer_; }

std::string_view CurrentTraceId() { return current == nullptr ? std::string_view() : *current; }

}  // namespace claimwatch
