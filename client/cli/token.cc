// `claimwatch token`: makes an API token and the line that lets a daemon know it.
//
// The token goes into a file of its own, never onto the screen or the command line; the line, which
// holds only its hash, goes to standard output. Needs no daemon. Tested by
// tests/client/cli_test.py.
#include "server/auth/token.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "absl/strings/str_split.h"
#include "client/cli/command.h"
#include "server/auth/credentials.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  claimwatch token desk --roles read,subscribe --out desk.token >> credentials
      Makes a token for the desk and lets a daemon that runs with --credentials=credentials know it.
      The desk then uses it: claimwatch watch --api_token_file desk.token
  claimwatch token wire --roles ingest --sources wire.example --expires 2027-01-01T00:00:00Z \
      --out wire.token >> credentials
)";

// Readable by its owner only; never over a file that is there.
absl::Status WriteSecret(const std::string& path, const std::string& text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return absl::ErrnoToStatus(errno, "--out: cannot make " + path);
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  absl::Status status = written ? absl::OkStatus() : absl::ErrnoToStatus(errno, "--out: " + path);
  close(file);
  return status;
}

class Token final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("token", "Make an API token");
    command->add_option("NAME", name_, "Whose it is; the audit log calls them so")->required();
    command->add_option("--roles", roles_, "Of ingest, read, subscribe, admin; separated by commas")
        ->required();
    command->add_option("--out", out_, "File for the token; must not exist")->required();
    command->add_option("--sources", sources_, "Sources it may hand in articles of; without: any");
    command->add_option("--expires", expires_, "Time such as 2027-01-01T00:00:00Z; without: never");
    command->footer(kExamples);
    return command;
  }

  ExitCode Run(Shell& shell) override {
    const std::string token = NewToken();
    Credential credential;
    credential.name = name_;
    credential.digest = TokenDigest(token);
    credential.roles = ParseRoles(roles_);
    if (!sources_.empty()) credential.sources = absl::StrSplit(sources_, ',', absl::SkipEmpty());
    if (!expires_.empty() &&
        !absl::ParseTime(absl::RFC3339_full, expires_, &credential.expires, nullptr)) {
      return shell.Fail(absl::InvalidArgumentError("--expires: must be as 2027-01-01T00:00:00Z"));
    }
    const std::string line = ToLine(credential);
    if (const auto readable = Credentials::Parse(line); !readable.ok()) {
      return shell.Fail(readable.status());
    }
    if (absl::Status written = WriteSecret(out_, token + "\n"); !written.ok()) {
      return shell.Fail(written);
    }
    shell.PrintLine(line);
    return kOk;
  }

 private:
  std::string name_;
  std::string roles_;
  std::string out_;
  std::string sources_;
  std::string expires_;
};

}  // namespace

std::unique_ptr<Command> MakeToken() { return std::make_unique<Token>(); }

}  // namespace claimwatch::cli
