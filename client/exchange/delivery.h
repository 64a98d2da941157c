// What `claimwatch relay` sends: an event of the feed as the body of a webhook, as a message for a
// chat, or as an e-mail; and the signature that lets the receiver trust it.
//
// Signed as the Standard Webhooks specification has it: HMAC-SHA256 over "id.timestamp.body", in
// base64, so that any of its libraries can check it. Everything here is a pure function. Tested by
// tests/exchange/exchange_test.cc.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "claimwatch/v1/alert.pb.h"

namespace claimwatch::exchange {

// {"type": "alert.opened", "timestamp": …, "data": AlertEvent in proto3 JSON}. `json_event` is the
// event, printed.
std::string WebhookBody(const claimwatch::v1::AlertEvent& event, std::string_view json_event,
                        absl::Time now);

// {"text": …}: headline, both sentences, sources; as Slack and Mattermost take it.
std::string SlackBody(const claimwatch::v1::AlertEvent& event);

// A whole message, headers first. `from` and `to` are as on the command line.
std::string MailText(const claimwatch::v1::AlertEvent& event, std::string_view from,
                     std::string_view to, absl::Time now);

// Puts the words of an event into "{{summary}}", "{{kind}}" and so on. In a template that begins
// with "{" or "[" they are written as JSON strings want them. INVALID_ARGUMENT names a word that
// there is none of, and lists those there are.
absl::StatusOr<std::string> FillTemplate(std::string_view pattern,
                                         const claimwatch::v1::AlertEvent& event);

// "whsec_…" (base64), or the secret itself.
std::string SecretBytes(std::string_view secret);

// The three headers of the specification; `secret` as bytes.
std::map<std::string, std::string> SignedHeaders(std::string_view secret, const std::string& id,
                                                 std::string_view body, absl::Time now);

}  // namespace claimwatch::exchange
