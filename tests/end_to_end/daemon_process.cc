#include "tests/end_to_end/daemon_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "server/base/check.h"

namespace claimwatch {
namespace {

constexpr int kStartMillisecondsMax = 60'000;

[[noreturn]] void Fail(const std::string& what, const std::string& log) {
  fprintf(stderr, "%s; the daemon wrote:\n%s\n", what.c_str(), log.c_str());
  abort();
}

}  // namespace

DaemonProcess::DaemonProcess(const std::string& data_dir, std::vector<std::string> flags) {
  log_path_ = data_dir + ".log";
  std::vector<std::string> words = {CLAIMWATCHD_PATH, "--data_dir=" + data_dir,
                                    "--listen=127.0.0.1:0", "--log_level=debug"};
  for (std::string& flag : flags) {
    const std::string name = flag.substr(0, flag.find('=')) + "=";
    std::erase_if(words, [&](const std::string& word) { return word.rfind(name, 0) == 0; });
    words.push_back(std::move(flag));
  }
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  int pipe_ends[2];
  CW_CHECK(pipe2(pipe_ends, O_CLOEXEC) == 0);
  const int log = open(log_path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  CW_CHECK(log >= 0);
  pid_ = fork();
  if (pid_ == 0) {
    dup2(pipe_ends[1], STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    execv(argv[0], argv.data());
    _exit(127);
  }
  CW_CHECK(pid_ > 0);
  close(pipe_ends[1]);
  close(log);
  out_ = pipe_ends[0];
}

DaemonProcess::~DaemonProcess() {
  if (pid_ > 0) Kill();
  close(out_);
}

const std::string& DaemonProcess::address() {
  constexpr char kListening[] = "listening on ";
  for (std::string line; address_.empty() && ReadLine(line);) {
    if (line.rfind(kListening, 0) == 0) address_ = line.substr(sizeof kListening - 1);
  }
  return address_;
}

void DaemonProcess::Send(int signal) { CW_CHECK(kill(pid_, signal) == 0); }

int DaemonProcess::Wait(absl::Duration at_most) {
  CW_CHECK(pid_ > 0);
  const int handle = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  CW_CHECK(handle >= 0);
  pollfd ended{handle, POLLIN, 0};
  if (poll(&ended, 1, static_cast<int>(absl::ToInt64Milliseconds(at_most))) != 1) {
    Fail("the daemon does not end", Log());
  }
  close(handle);
  int status = 0;
  CW_CHECK(waitpid(pid_, &status, 0) == pid_);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int DaemonProcess::Kill() {
  Send(SIGKILL);
  return Wait();
}

std::string DaemonProcess::Log() const {
  std::ifstream in(log_path_);
  std::ostringstream content;
  content << in.rdbuf();
  return content.str();
}

// False: the daemon closed its output, which it does by ending.
bool DaemonProcess::ReadLine(std::string& line) {
  for (;;) {
    const auto end = buffered_.find('\n');
    if (end != std::string::npos) {
      line = buffered_.substr(0, end);
      buffered_.erase(0, end + 1);
      return true;
    }
    pollfd readable{out_, POLLIN, 0};
    if (poll(&readable, 1, kStartMillisecondsMax) != 1) Fail("the daemon says nothing", Log());
    char bytes[512];
    const ssize_t got = read(out_, bytes, sizeof bytes);
    if (got <= 0) return false;
    buffered_.append(bytes, static_cast<std::size_t>(got));
  }
}

}  // namespace claimwatch
