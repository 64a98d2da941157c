#include "client/cli/token_file.h"

#include <cstdio>
#include <fstream>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace claimwatch::cli {

absl::Status SaveToken(const std::string& path, const std::string& token) {
  const std::string fresh = path + ".new";
  std::ofstream file(fresh, std::ios::trunc);
  file << token << "\n";
  file.close();
  if (!file || std::rename(fresh.c_str(), path.c_str()) != 0) {
    return absl::InternalError(absl::StrCat("--token_file: cannot write ", path));
  }
  return absl::OkStatus();
}

std::string LoadToken(const std::string& path) {
  std::ifstream file(path);
  std::string token;
  std::getline(file, token);
  return std::string(absl::StripAsciiWhitespace(token));
}

}  // namespace claimwatch::cli
