// Trace: which W3C trace a piece of work belongs to, for the log.
//
// A caller says it as `traceparent` (https://www.w3.org/TR/trace-context/, version 00); what is not
// valid counts as none, as that document asks for. While a TraceScope lives, every line that its
// thread logs carries the id: " trace_id=..." in text, a field of its own in JSON. Work that goes
// to another thread takes the id along and opens a scope there. Tested by tests/base/trace_test.cc.
#pragma once

#include <string>
#include <string_view>

namespace claimwatch {

// The trace id, 32 lower-case hexadecimal digits; empty: the text is no valid traceparent. Longer
// texts of versions after 00 are read as far as 00 goes.
std::string TraceIdOf(std::string_view traceparent);

class TraceScope {
 public:
  // Empty: no trace, also where a scope around this one has one.
  explicit TraceScope(std::string trace_id);
  TraceScope(const TraceScope&) = delete;
  TraceScope& operator=(const TraceScope&) = delete;
  ~TraceScope();

 private:
  const std::string trace_id_;
  const std::string* const outer_;
};

// Of this thread's innermost scope; empty: there is none.
std::string_view CurrentTraceId();

}  // namespace claimwatch
