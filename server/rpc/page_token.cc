#include "server/rpc/page_token.h"

#include <algorithm>
#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "server/base/hash.h"
#include "server/rpc/limits.h"

namespace claimwatch {

std::uint64_t RequestFingerprint(const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> bare(request.New());
  bare->CopyFrom(request);
  for (const char* name : {"page_size", "page_token"}) {
    if (const auto* field = bare->GetDescriptor()->FindFieldByName(name)) {
      bare->GetReflection()->ClearField(bare.get(), field);
    }
  }
  return Fnv64(absl::StrCat(bare->GetDescriptor()->full_name(), "\n", bare->SerializeAsString()));
}

std::string EncodePageToken(std::uint64_t fingerprint, std::int64_t place) {
  return absl::WebSafeBase64Escape(absl::StrCat("p1:", absl::Hex(fingerprint), ":", place));
}

std::optional<std::int64_t> DecodePageToken(std::uint64_t fingerprint, std::string_view token) {
  std::string text;
  if (token.size() > 128 ||
      !absl::WebSafeBase64Unescape(absl::string_view(token.data(), token.size()), &text)) {
    return std::nullopt;
  }
  const std::vector<std::string> parts = absl::StrSplit(text, ':');
  std::int64_t place = 0;
  // As we write it, letter for letter: "+42" and "042" are none of ours.
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[2], &place) || place <= 0 ||
      EncodePageToken(fingerprint, place) != token) {
    return std::nullopt;
  }
  return place;
}

std::optional<Error> ReadPage(const google::protobuf::Message& request, int page_size,
                              const std::string& page_token, Page& page) {
  if (page_size < 0) return InvalidField("page_size", "must not be negative", "OUT_OF_RANGE");
  page.size = page_size == 0 ? kPageSizeDefault : std::min(page_size, kPageSizeMax);
  page.fingerprint = RequestFingerprint(request);
  if (page_token.empty()) return std::nullopt;
  const std::optional<std::int64_t> place = DecodePageToken(page.fingerprint, page_token);
  if (!place.has_value()) return InvalidPageToken();
  page.place = *place;
  return std::nullopt;
}

}  // namespace claimwatch
