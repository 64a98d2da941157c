// How a command ended, as scripts see it. Stable: --help prints this table.
//
// Tested by tests/client/cli_test.py.
#pragma once

namespace claimwatch::cli {

enum ExitCode {
  kOk = 0,           // done
  kSomeRefused = 1,  // some articles were refused; the others went through
  kUsage = 2,        // the command line, or a file it names, cannot be used
  kUnreachable = 3,  // no daemon answered, or not for long enough
  kInterrupted = 4,  // by SIGINT or SIGTERM
  kFailed = 5,       // the daemon answered with an error
  kGap = 6,          // watch: alerts after the token are gone for good
};

inline constexpr char kExitCodes[] =
    "Exit codes:\n"
    "  0  done\n"
    "  1  some articles were refused; the others went through\n"
    "  2  the command line, or a file that it names, cannot be used\n"
    "  3  no daemon answered, or the connection was lost for too long\n"
    "  4  interrupted (Ctrl-C, SIGTERM)\n"
    "  5  the daemon answered with an error, such as an id that it does not know\n"
    "  6  watch: alerts after the token are gone for good\n";

}  // namespace claimwatch::cli
