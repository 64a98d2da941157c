// Any bytes as what an operator or a returning client hands in: a configuration file, a file of
// credentials, a resume token, the token of a header. The first byte says which.
//
// Whatever comes, reading ends with a value or with a message that is fit for a log; a value that
// is written down again reads as itself; a message about credentials holds nothing of theirs.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "server/app/options.h"
#include "server/auth/authorizer.h"
#include "server/auth/credentials.h"
#include "server/auth/token.h"
#include "server/base/check.h"
#include "server/feed/alert_feed.h"

namespace claimwatch {
namespace {

absl::StatusOr<CommandLine> ReadConfiguration(const std::string& text) {
  return ReadCommandLine({.flags = {"--config=daemon.conf", "--print_config"},
                          .environment = {},
                          .read_file = [&](const std::string&) { return text; }});
}

void CheckConfiguration(const std::string& text) {
  const auto read = ReadConfiguration(text);
  if (!read.ok()) return CW_CHECK(!read.status().message().empty());
  for (const Setting& setting : read->settings) {
    if (setting.value.find_first_of("#\"") != std::string::npos) return;  // The file cannot say it.
  }
  const auto again = ReadConfiguration(PrintConfig(*read));
  CW_CHECK(again.ok() && again->settings.size() == read->settings.size());
  for (std::size_t i = 0; i < read->settings.size(); ++i) {
    CW_CHECK(again->settings[i].value == read->settings[i].value);
  }
}

void CheckCredentials(const std::string& text) {
  const auto read = Credentials::Parse(text);
  if (read.ok()) {
    CW_CHECK(read->FindToken(text) == nullptr || read->size() > 0);
    return;
  }
  // What could be a secret is one long word; no word of ours is as long.
  constexpr std::size_t kSecretBytesMin = 20;
  for (const absl::string_view word :
       absl::StrSplit(read.status().message(), absl::ByAnyChar(" \"',;:=()"))) {
    CW_CHECK(word.size() < kSecretBytesMin || !absl::StrContains(text, word));
  }
}

void CheckResumeToken(const std::string& text) {
  if (const auto point = DecodeToken(text); point.ok()) {
    CW_CHECK(point->position >= 0);
    CW_CHECK(DecodeToken(EncodeToken(*point))->position == point->position);
  }
  // The same bytes as what a token holds: read as they were written.
  const ResumePoint made{.epoch = text.substr(0, 64), .position = 7};
  const auto back = DecodeToken(EncodeToken(made));
  CW_CHECK(!back.ok() || (back->epoch == made.epoch && back->position == made.position));
}

void CheckHeader(const std::string& text) {
  CW_CHECK(TokenOfHeader(text).size() <= text.size());
  CW_CHECK(SameDigest(TokenDigest(text), TokenDigest(text)));
}

}  // namespace
}  // namespace claimwatch

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 4) {
    case 0:
      claimwatch::CheckConfiguration(text);
      break;
    case 1:
      claimwatch::CheckCredentials(text);
      break;
    case 2:
      claimwatch::CheckResumeToken(text);
      break;
    default:
      claimwatch::CheckHeader(text);
  }
  return 0;
}
