#include "server/web/static_files.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/base/hash.h"
#include "server/base/log.h"
#include "server/web/gzip.h"
#include "server/web/limits.h"

namespace claimwatch {
namespace {

namespace fs = std::filesystem;

constexpr std::pair<std::string_view, const char*> kTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".json", "application/json"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
};

// Pages run only what comes with them, and show article text without being able to run it.
constexpr char kPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'";

constexpr char kNoDashboard[] =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Claimwatch</title>"
    "<h1>Claimwatch is running</h1><p>The dashboard has not been built. With Node.js and npm "
    "installed, <code>deploy/quickstart</code> builds it; the option <code>web_root</code> says "
    "where it is.</p><p>The services answer here all the same: see <code>/healthz</code>, "
    "<code>/metrics</code> and <code>/v1/alerts/stream</code>.</p></html>\n";

const char* TypeOf(const fs::path& path) {
  const std::string extension = path.extension().string();
  for (const auto& [known, type] : kTypes) {
    if (extension == known) return type;
  }
  return nullptr;
}

bool IsCompressible(std::string_view type) {
  return type.find("text/") == 0 || type.find("svg") != std::string_view::npos ||
         type.find("json") != std::string_view::npos;
}

absl::StatusOr<std::string> ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  if (!in) return absl::InvalidArgumentError(absl::StrCat("cannot read ", path.string()));
  return std::move(content).str();
}

}  // namespace

absl::StatusOr<StaticFiles> StaticFiles::Load(const std::string& root) {
  StaticFiles files;
  std::size_t bytes = 0;
  std::error_code failed;
  fs::recursive_directory_iterator entry(root, failed);
  for (; !failed && entry != fs::end(entry); entry.increment(failed)) {
    const char* type = TypeOf(entry->path());
    if (type == nullptr || !entry->is_regular_file() || entry->is_symlink()) continue;
    absl::StatusOr<std::string> content = ReadFile(entry->path());
    if (!content.ok()) return content.status();
    bytes += content->size();
    if (bytes > kHttpFilesBytesMax) {
      return absl::InvalidArgumentError(
          absl::StrCat(root, " holds more than ", kHttpFilesBytesMax, " bytes: is it a web page?"));
    }
    const std::string name =
        absl::StrCat("/", fs::relative(entry->path(), root, failed).generic_string());
    File file;
    file.type = type;
    file.tag = absl::StrCat("\"", absl::Hex(Fnv64(*content)), "\"");
    file.unchanging = absl::StartsWith(name, "/assets/");
    if (IsCompressible(type) && content->size() > 1024) {
      file.gzipped = std::make_shared<const std::string>(Gzip(*content));
    }
    file.plain = std::make_shared<const std::string>(*std::move(content));
    files.files_.emplace(name, std::move(file));
  }
  if (!files.files_.contains("/index.html")) {
    files.files_["/index.html"] = {.type = "text/html; charset=utf-8",
                                   .tag = "\"none\"",
                                   .plain = std::make_shared<const std::string>(kNoDashboard),
                                   .gzipped = nullptr};
  }
  return files;
}

HttpResponse StaticFiles::Answer(const HttpRequest& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    HttpResponse refused = PlainResponse(405, "only GET\n");
    refused.fields.emplace_back("allow", "GET, HEAD");
    return refused;
  }
  const auto found = files_.find(request.path == "/" ? "/index.html" : request.path);
  if (found == files_.end()) return PlainResponse(404, "there is nothing here\n");
  const File& file = found->second;
  HttpResponse response{
      .fields = {
          {"content-type", file.type},
          {"etag", file.tag},
          {"cache-control", file.unchanging ? "public, max-age=31536000, immutable" : "no-cache"},
          {"content-security-policy", kPolicy},
          {"referrer-policy", "no-referrer"},
          {"cross-origin-opener-policy", "same-origin"}}};
  if (request.Field("if-none-match") == file.tag) {
    response.status = 304;
    return response;
  }
  response.file = file.plain;
  if (file.gzipped == nullptr) return response;
  response.fields.emplace_back("vary", "Accept-Encoding");
  if (request.Field("accept-encoding").find("gzip") != std::string_view::npos) {
    response.fields.emplace_back("content-encoding", "gzip");
    response.file = file.gzipped;
  }
  return response;
}

}  // namespace claimwatch
