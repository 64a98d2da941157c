#include "client/exchange/http.h"

#include <curl/curl.h>

#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "client/exchange/feed_document.h"

namespace claimwatch::exchange {
namespace {

constexpr long kRedirectsMax = 5;

struct Receiver {
  HttpAnswer answer;
  std::size_t bytes_max = 0;
  bool too_large = false;

  static std::size_t Body(const char* data, std::size_t one, std::size_t size, void* self) {
    Receiver& receiver = *static_cast<Receiver*>(self);
    if (receiver.answer.body.size() + one * size > receiver.bytes_max) {
      receiver.too_large = true;
      return 0;  // Anything but the size ends the transfer.
    }
    receiver.answer.body.append(data, one * size);
    return one * size;
  }

  static std::size_t Header(const char* data, std::size_t one, std::size_t size, void* self) {
    Receiver& receiver = *static_cast<Receiver*>(self);
    const absl::string_view line(data, one * size);
    const std::size_t colon = line.find(':');
    if (absl::string_view(line).substr(0, 5) == "HTTP/") {
      receiver.answer.headers.clear();  // The next answer, after a redirect.
    } else if (colon != absl::string_view::npos && receiver.answer.headers.size() < 100) {
      receiver.answer.headers[absl::AsciiStrToLower(line.substr(0, colon))] =
          std::string(absl::StripAsciiWhitespace(line.substr(colon + 1)));
    }
    return one * size;
  }
};

absl::Status StatusOf(CURLcode code, const Receiver& receiver, const HttpRequest& request) {
  if (code == CURLE_OK) return absl::OkStatus();
  if (receiver.too_large) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the answer is larger than ", request.bytes_max, " bytes"));
  }
  if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT) {
    return absl::InvalidArgumentError(curl_easy_strerror(code));
  }
  return absl::UnavailableError(curl_easy_strerror(code));
}

}  // namespace

absl::StatusOr<HttpAnswer> Fetch(const HttpRequest& request) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  if (ready != CURLE_OK || curl == nullptr) return absl::InternalError("libcurl does not start");
  curl_slist* list = nullptr;
  for (const auto& [name, value] : request.headers) {
    list = curl_slist_append(list, absl::StrCat(name, ": ", value).c_str());
  }
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(list, curl_slist_free_all);
  Receiver receiver;
  receiver.bytes_max = request.bytes_max;
  const auto set = [&](CURLoption option, auto value) {
    curl_easy_setopt(curl.get(), option, value);
  };
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, request.body.empty() ? 1L : 0L);
  set(CURLOPT_MAXREDIRS, kRedirectsMax);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(absl::ToInt64Milliseconds(request.timeout)));
  set(CURLOPT_CONNECTTIMEOUT_MS, 10'000L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_ACCEPT_ENCODING, "");  // Whatever libcurl can unpack; bytes_max counts unpacked.
  set(CURLOPT_HTTPHEADER, headers.get());
  if (!request.body.empty()) {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.data());
  }
  set(CURLOPT_WRITEFUNCTION, &Receiver::Body);
  set(CURLOPT_WRITEDATA, &receiver);
  set(CURLOPT_HEADERFUNCTION, &Receiver::Header);
  set(CURLOPT_HEADERDATA, &receiver);
  const CURLcode code = curl_easy_perform(curl.get());
  if (absl::Status status = StatusOf(code, receiver, request); !status.ok()) return status;
  long answered = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answered);
  receiver.answer.code = static_cast<int>(answered);
  return std::move(receiver.answer);
}

absl::Duration RetryAfter(const HttpAnswer& answer, absl::Time now) {
  const auto found = answer.headers.find("retry-after");
  if (found == answer.headers.end()) return absl::ZeroDuration();
  int seconds = 0;
  if (absl::SimpleAtoi(found->second, &seconds)) return absl::Seconds(std::max(seconds, 0));
  const auto time = ReadFeedTime(found->second);
  if (!time.has_value()) return absl::ZeroDuration();
  return std::max(absl::FromUnixSeconds(time->seconds()) - now, absl::ZeroDuration());
}

}  // namespace claimwatch::exchange
