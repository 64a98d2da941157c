#include "client/cli/pipe.h"

#include <sys/wait.h>

#include <csignal>
#include <cstdio>

namespace claimwatch::cli {
namespace {

// A command may end before it has read everything; we are not to die of that. Made after the
// command has started, which keeps the signal's usual meaning.
class NoBrokenPipe {
 public:
  NoBrokenPipe() : before_(std::signal(SIGPIPE, SIG_IGN)) {}
  ~NoBrokenPipe() { std::signal(SIGPIPE, before_); }
  NoBrokenPipe(const NoBrokenPipe&) = delete;
  NoBrokenPipe& operator=(const NoBrokenPipe&) = delete;

 private:
  void (*const before_)(int);
};

}  // namespace

int RunWithInput(const std::string& command, std::string_view text) {
  std::FILE* pipe = ::popen(command.c_str(), "w");
  if (pipe == nullptr) return -1;
  const NoBrokenPipe no_broken_pipe;
  std::fwrite(text.data(), 1, text.size(), pipe);
  const int status = ::pclose(pipe);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace claimwatch::cli
