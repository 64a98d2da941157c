// StaticFiles: the dashboard, read into memory once and served from there.
//
// A few hundred kilobytes, compressed once; no path of a request ever reaches the file system.
// Immutable after loading, thread-safe. Tested by tests/web/static_files_test.cc.
#pragma once

#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "server/web/http.h"

namespace claimwatch {

class StaticFiles {
 public:
  // Every regular file under `root` of a kind that web pages are made of. A root that is not there
  // or holds no index.html gives a page that says so. INVALID_ARGUMENT: more than
  // kHttpFilesBytesMax, or a file that cannot be read.
  static absl::StatusOr<StaticFiles> Load(const std::string& root);

  // For GET and HEAD.
  HttpResponse Answer(const HttpRequest& request) const;

 private:
  struct File {
    std::string type;
    std::string tag;          // For If-None-Match.
    bool unchanging = false;  // Its name changes when it does.
    std::shared_ptr<const std::string> plain;
    std::shared_ptr<const std::string> gzipped;  // Null: not worth it.
  };

  absl::flat_hash_map<std::string, File> files_;  // By path: "/index.html"
};

}  // namespace claimwatch
