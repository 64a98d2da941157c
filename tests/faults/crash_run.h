// CrashRun: one data directory through any number of deaths of its daemon.
//
// A sender hands in a fixed history of articles and goes on after every death from the first one
// without a receipt; a subscriber resumes with its last token. At the end everything must be as if
// nobody had died: Compare() says what is not. Used by crash_rounds.cc.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/end_to_end/daemon_process.h"
#include "tests/end_to_end/wire_client.h"

namespace claimwatch {

// `count` invented reports of eight floods, each told by two sources that disagree now and then.
std::vector<v1::Article> CrashHistory(int count);

// What a daemon holds and has told, as lines.
struct RunOutcome {
  std::vector<std::string> articles;  // "a7 s3 2 claims"
  std::vector<std::string> claims;
  std::vector<std::string> alerts;
  std::vector<std::string> events;  // As the subscriber heard them.
};

// The differences, one a line; empty: none. Says which part is missing, doubled or other.
std::string Compare(const RunOutcome& undisturbed, const RunOutcome& outcome);

class CrashRun {
 public:
  // `flags`: of the daemon, in every life.
  CrashRun(std::string data_dir, const std::vector<v1::Article>& history,
           std::vector<std::string> flags = {})
      : data_dir_(std::move(data_dir)), history_(history), flags_(std::move(flags)) {}

  // Starts a daemon, sends on and hears on until all is sent or the daemon is gone.
  // `kill_after` is in microseconds after the start of sending; 0: not at all. `kill_early`:
  // counted from the start of the process instead. True: the daemon died.
  bool Live(std::int64_t kill_after, bool kill_early);

  // What the last daemon said on standard error.
  const std::string& log() const { return log_; }
  // All articles, and all that are to be taken back.
  bool all_sent() const { return acknowledged_ == history_.size() && !RetractionIsDue(); }
  std::size_t acknowledged() const { return acknowledged_; }
  // With a daemon of its own, which is stopped in order.
  RunOutcome Look();
  // What was broken on the way: a token that was not honoured, an event twice or left out.
  const std::string& broken() const { return broken_; }

 private:
  void Send(WireClient& client);
  void Hear(WireClient& client, bool to_the_end);
  bool RetractionIsDue() const;
  bool RetractWhereDue(WireClient& client);

  const std::string data_dir_;
  const std::vector<v1::Article>& history_;
  const std::vector<std::string> flags_;
  std::size_t acknowledged_ = 0;
  std::size_t retracted_up_to_ = 0;
  std::string token_;
  std::int64_t position_ = 0;
  std::vector<std::string> events_;
  std::string broken_;
  std::string log_;
};

}  // namespace claimwatch
