// Exchange: one request and the answer to it, as handlers see them.
//
// A handler answers at once with Answer(), or begins a stream and writes its pieces one at a time.
// Everything happens on the connection's thread but Post(), by which other threads get there. When
// the client goes, on_gone is called once and nothing that is written after it matters. Held by the
// connection until it is over and by whoever still works on it.
// Tested through tests/web/connection_test.cc.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "server/web/http.h"

namespace claimwatch {

class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  virtual ~Exchange() = default;

  HttpRequest request;       // The handler's to take apart.
  HttpFields common_fields;  // Of every answer to it.

  // The whole answer. Once, and then nothing else.
  virtual void Answer(HttpResponse response) = 0;

  // A stream: its head, then pieces, each after the one before is taken, then the last one, which
  // may be empty. The head goes with the first of them.
  virtual void Begin(HttpResponse head) = 0;
  virtual void Write(std::shared_ptr<const std::string> piece) = 0;
  virtual void End(std::string last_piece) = 0;
  // Whether the client is gone or has its answer: nothing more can be said.
  virtual bool is_over() const = 0;
  // Closes the connection, whatever is under way on it.
  virtual void Cut() = 0;

  // From any thread: runs `work` on the connection's thread, also after the client is gone.
  virtual void Post(std::function<void()> work) = 0;
  // On the connection's thread: runs `work` there later.
  virtual void PostAfter(absl::Duration time, std::function<void()> work) = 0;

  // The handler's; forgotten when the exchange is over, so they may hold it.
  std::function<void()> on_written;  // The kernel took the piece.
  std::function<void()> on_gone;     // The client left, or was cut.
};

}  // namespace claimwatch
