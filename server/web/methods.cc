#include "server/web/methods.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include "absl/strings/str_cat.h"
#include "server/base/check.h"

namespace claimwatch {
namespace {

WebMethod Describe(const google::protobuf::MethodDescriptor& method) {
  return {.path = absl::StrCat("/", method.service()->full_name(), "/", method.name()),
          .input = method.input_type()->full_name(),
          .output = method.output_type()->full_name(),
          .client_streaming = method.client_streaming(),
          .server_streaming = method.server_streaming(),
          .no_side_effects = method.options().idempotency_level() ==
                             google::protobuf::MethodOptions::NO_SIDE_EFFECTS};
}

}  // namespace

Methods::Methods(absl::Span<const char* const> services) {
  for (const char* name : services) {
    const auto* service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    CW_CHECK(service != nullptr);
    for (int i = 0; i < service->method_count(); ++i) {
      WebMethod method = Describe(*service->method(i));
      std::string path = method.path;
      by_path_.emplace(std::move(path), std::move(method));
    }
  }
}

const WebMethod* Methods::Find(std::string_view path) const {
  const auto found = by_path_.find(absl::string_view(path.data(), path.size()));
  return found == by_path_.end() ? nullptr : &found->second;
}

bool Methods::IsService(std::string_view path) const {
  const std::size_t slash = path.find('/', 1);
  if (!path.starts_with('/') || slash == std::string_view::npos) return false;
  return path.substr(1, slash).find('.') != std::string_view::npos &&
         path.find('/', slash + 1) == std::string_view::npos;
}

}  // namespace claimwatch
