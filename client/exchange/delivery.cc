#include "client/exchange/delivery.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace claimwatch::exchange {
namespace {

namespace pb = ::claimwatch::v1;

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

// "opened" of CHANGE_OPENED.
std::string Word(std::string_view name, std::string_view prefix) {
  if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  return absl::AsciiStrToLower(View(name));
}

// As JSON strings want it, without the quotation marks. UTF-8 passes.
std::string JsonText(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(&out, "\\u%04x", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

// One line: what comes from an article must not begin a line of its own in a header or a quote.
std::string OneLine(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  }
  return out;
}

std::string Sentence(const pb::Claim& claim) { return OneLine(claim.sentence().text()); }

std::string Source(const pb::Claim& claim) {
  return OneLine(claim.source().empty() ? claim.article_id() : claim.source());
}

std::map<std::string, std::string> WordsOf(const pb::AlertEvent& event) {
  const pb::Alert& alert = event.alert();
  std::map<std::string, std::string> words = {
      {"change", Word(pb::AlertEvent::Change_Name(event.change()), "CHANGE_")},
      {"kind", Word(pb::Alert::Kind_Name(alert.kind()), "KIND_")},
      {"severity", Word(pb::Alert::Severity_Name(alert.severity()), "SEVERITY_")},
      {"state", Word(pb::Alert::State_Name(alert.state()), "STATE_")},
      {"summary", OneLine(alert.summary())},
      {"reason", OneLine(alert.reason())},
      {"alert_id", alert.alert_id()},
      {"story_id", alert.story_id()},
      {"figure_id", alert.figure_id()},
      {"position", absl::StrCat(event.position())},
      {"current_sentence", Sentence(alert.current())},
      {"current_source", Source(alert.current())},
      {"previous_sentence", ""},
      {"previous_source", ""},
  };
  if (alert.previous_size() > 0) {
    words["previous_sentence"] = Sentence(alert.previous(0));
    words["previous_source"] = Source(alert.previous(0));
  }
  return words;
}

std::string SlackText(std::string_view text) {
  return absl::StrReplaceAll(View(text), {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}});
}

// RFC 2047, in words of at most 75 characters, cut between characters of UTF-8.
std::string HeaderText(const std::string& text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; })) {
    return text;
  }
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = std::min(begin + 45, text.size());
    while (end < text.size() && end > begin + 1 && (text[end] & 0xC0) == 0x80) --end;
    words.push_back(
        absl::StrCat("=?UTF-8?B?", absl::Base64Escape(text.substr(begin, end - begin)), "?="));
    begin = end;
  }
  return absl::StrJoin(words, "\r\n ");
}

}  // namespace

std::string WebhookBody(const pb::AlertEvent& event, std::string_view json_event, absl::Time now) {
  const std::string change = Word(pb::AlertEvent::Change_Name(event.change()), "CHANGE_");
  return absl::StrCat(R"({"type":"alert.)", JsonText(change), R"(","timestamp":")",
                      absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", now, absl::UTCTimeZone()),
                      R"(","data":)", View(json_event), "}");
}

std::string SlackBody(const pb::AlertEvent& event) {
  const auto words = WordsOf(event);
  const auto at = [&](const char* name) { return SlackText(words.at(name)); };
  const bool opened = event.change() == pb::AlertEvent::CHANGE_OPENED ||
                      event.change() == pb::AlertEvent::CHANGE_SNAPSHOT;
  std::string text = absl::StrCat("*", opened ? absl::AsciiStrToUpper(at("kind")) : at("change"),
                                  "* (", at("severity"), ") ", at("summary"));
  if (opened) {
    absl::StrAppend(&text, "\n>", at("current_sentence"), " — ", at("current_source"));
    if (!words.at("previous_sentence").empty()) {
      absl::StrAppend(&text, "\nagainst\n>", at("previous_sentence"), " — ", at("previous_source"));
    }
  } else {
    absl::StrAppend(&text, "\n", at("reason"));
  }
  absl::StrAppend(&text, "\n_", at("alert_id"), " · ", at("story_id"), "_");
  return absl::StrCat(R"({"text":")", JsonText(text), R"("})");
}

std::string MailText(const pb::AlertEvent& event, std::string_view from, std::string_view to,
                     absl::Time now) {
  const auto words = WordsOf(event);
  const std::string subject =
      absl::StrCat("[claimwatch] ", words.at("severity"), ": ", words.at("summary"));
  std::string text = absl::StrCat(
      "From: ", OneLine(from), "\r\nTo: ", OneLine(to), "\r\nSubject: ", HeaderText(subject),
      "\r\nDate: ", absl::FormatTime("%a, %d %b %Y %H:%M:%S +0000", now, absl::UTCTimeZone()),
      "\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
  absl::StrAppend(&text, words.at("summary"), "\r\n\r\n", words.at("change"), ", ",
                  words.at("state"), ", ", words.at("severity"),
                  "\r\n\r\n  now:     ", words.at("current_sentence"), "\r\n           ",
                  words.at("current_source"), "\r\n");
  if (!words.at("previous_sentence").empty()) {
    absl::StrAppend(&text, "  against: ", words.at("previous_sentence"), "\r\n           ",
                    words.at("previous_source"), "\r\n");
  }
  absl::StrAppend(&text, "\r\n", words.at("reason"), "\r\n\r\nalert ", words.at("alert_id"),
                  ", story ", words.at("story_id"), "\r\n");
  return text;
}

absl::StatusOr<std::string> FillTemplate(std::string_view pattern, const pb::AlertEvent& event) {
  const auto words = WordsOf(event);
  const absl::string_view trimmed = absl::StripLeadingAsciiWhitespace(View(pattern));
  const bool json = !trimmed.empty() && (trimmed[0] == '{' || trimmed[0] == '[') &&
                    !absl::StartsWith(trimmed, "{{");
  std::string out;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find("{{");
    const std::size_t close = open == pattern.npos ? open : pattern.find("}}", open);
    if (close == pattern.npos) break;
    out += pattern.substr(0, open);
    const std::string name(
        absl::StripAsciiWhitespace(View(pattern.substr(open + 2, close - open - 2))));
    const auto word = words.find(name);
    if (word == words.end()) {
      const auto just_name = [](std::string* to, const auto& entry) { *to += entry.first; };
      return absl::InvalidArgumentError(
          absl::StrCat("{{", name, "}} is none of ", absl::StrJoin(words, ", ", just_name)));
    }
    out += json ? JsonText(word->second) : word->second;
    pattern.remove_prefix(close + 2);
  }
  return out + std::string(pattern);
}

std::string SecretBytes(std::string_view secret) {
  absl::string_view text = absl::StripAsciiWhitespace(View(secret));
  std::string bytes;
  if (absl::StartsWith(text, "whsec_") && absl::Base64Unescape(text.substr(6), &bytes)) {
    return bytes;
  }
  return std::string(text);
}

std::map<std::string, std::string> SignedHeaders(std::string_view secret, const std::string& id,
                                                 std::string_view body, absl::Time now) {
  const std::string seconds = absl::StrCat(absl::ToUnixSeconds(now));
  const std::string text = absl::StrCat(id, ".", seconds, ".", View(body));
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac, &size);
  const absl::string_view bytes(reinterpret_cast<const char*>(mac), size);
  return {{"webhook-id", id},
          {"webhook-timestamp", seconds},
          {"webhook-signature", absl::StrCat("v1,", absl::Base64Escape(bytes))}};
}

}  // namespace claimwatch::exchange
