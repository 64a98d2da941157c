// Page tokens: where a walk through a list goes on, in a form that callers cannot take apart.
//
// A token holds the place and a fingerprint of the request that it was given out for, so that a
// walk with other selecting fields is refused instead of being wrong. No authority, no clock, no
// state: it outlives a restart. Tested by tests/rpc/page_token_test.cc.
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/rpc/status.h"

namespace claimwatch {

// Of the request without its page_size and page_token fields.
std::uint64_t RequestFingerprint(const google::protobuf::Message& request);

std::string EncodePageToken(std::uint64_t fingerprint, std::int64_t place);
// nullopt: not a token of ours, or of another request.
std::optional<std::int64_t> DecodePageToken(std::uint64_t fingerprint, std::string_view token);

// What every list request says, checked.
struct Page {
  int size = 0;            // 1 to kPageSizeMax
  std::int64_t place = 0;  // 0: from the beginning
  std::uint64_t fingerprint = 0;

  std::string TokenAt(std::int64_t next) const { return EncodePageToken(fingerprint, next); }
};

// Fills `page`; an error for the caller when the size is negative or the token is not good here.
std::optional<Error> ReadPage(const google::protobuf::Message& request, int page_size,
                              const std::string& page_token, Page& page);

template <typename Request>
std::optional<Error> ReadPage(const Request& request, Page& page) {
  return ReadPage(request, request.page_size(), request.page_token(), page);
}

}  // namespace claimwatch
