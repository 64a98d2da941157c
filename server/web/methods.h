// Methods: which calls a browser can make, read from the services' descriptors.
//
// Tested by tests/web/wire_test.cc.
#pragma once

#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"

namespace claimwatch {

struct WebMethod {
  std::string path;    // "/claimwatch.v1.AlertService/ListAlerts"
  std::string input;   // "claimwatch.v1.ListAlertsRequest"
  std::string output;  // "claimwatch.v1.ListAlertsResponse"
  bool client_streaming = false;
  bool server_streaming = false;
  bool no_side_effects = false;  // May be asked by GET.
};

// Immutable after construction.
class Methods {
 public:
  // Of services that are linked into this program, by full name.
  explicit Methods(absl::Span<const char* const> services);

  // Null: there is no such method.
  const WebMethod* Find(std::string_view path) const;
  // Whether the path belongs to a service, though maybe to no method of it.
  bool IsService(std::string_view path) const;

 private:
  absl::flat_hash_map<std::string, WebMethod> by_path_;
};

}  // namespace claimwatch
