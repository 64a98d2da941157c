#include "server/base/log.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "absl/strings/str_cat.h"
#include "server/base/trace.h"

namespace claimwatch {
namespace {

constexpr std::size_t kLogValueBytesMax = 200;

// %J: the message as the inside of a JSON string.
class JsonMessageFlag final : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&,
              spdlog::memory_buf_t& out) override {
    for (const char c : message.payload) {
      const unsigned char byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') {
        out.push_back('\\');
        out.push_back(c);
      } else if (byte < 0x20 || byte == 0x7f) {
        constexpr char kHex[] = "0123456789abcdef";
        const char escape[] = {'\\', 'u', '0', '0', kHex[byte >> 4], kHex[byte & 15]};
        out.append(escape, escape + sizeof escape);
      } else {
        out.push_back(c);
      }
    }
  }
  std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<JsonMessageFlag>();
  }
};

// %Q: the trace of the thread, as ` trace_id=ID` or as a further field of a JSON object.
class TraceFlag final : public spdlog::custom_flag_formatter {
 public:
  explicit TraceFlag(LogFormat format) : format_(format) {}
  void format(const spdlog::details::log_msg&, const std::tm&, spdlog::memory_buf_t& out) override {
    const std::string_view id = CurrentTraceId();
    if (id.empty()) return;
    const bool json = format_ == LogFormat::kJson;
    for (const std::string_view part : {std::string_view(json ? R"(,"trace_id":")" : " trace_id="),
                                        id, std::string_view(json ? "\"" : "")}) {
      out.append(part.data(), part.data() + part.size());
    }
  }
  std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<TraceFlag>(format_);
  }

 private:
  const LogFormat format_;
};

std::shared_ptr<spdlog::logger>& Logger() {
  // Leaked on purpose: threads may still log while statics are destroyed.
  static auto* const logger = new std::shared_ptr<spdlog::logger>(std::make_shared<spdlog::logger>(
      "claimwatch", std::make_shared<spdlog::sinks::stderr_sink_mt>()));
  return *logger;
}

}  // namespace

absl::Status SetUpLog(LogFormat format, std::string_view level) {
  const auto parsed = spdlog::level::from_str(std::string(level));
  if (parsed == spdlog::level::off) {
    return absl::InvalidArgumentError(
        absl::StrCat("log level \"", absl::string_view(level.data(), level.size()),
                     "\" is not one of trace, debug, info, warning, error"));
  }
  auto formatter = std::make_unique<spdlog::pattern_formatter>();
  formatter->add_flag<TraceFlag>('Q', format);
  if (format == LogFormat::kJson) {
    formatter->add_flag<JsonMessageFlag>('J').set_pattern(
        R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l","thread":%t,"message":"%J"%Q})");
  } else {
    formatter->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %L %v%Q");
  }
  Logger()->set_formatter(std::move(formatter));
  Logger()->set_level(parsed);
  Logger()->flush_on(spdlog::level::info);
  return absl::OkStatus();
}

spdlog::logger* Log() { return Logger().get(); }

std::string LogSafe(std::string_view text) {
  std::string safe;
  for (const char c : text.substr(0, kLogValueBytesMax)) {
    const unsigned char byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f || c == '\\' || c == '"') {
      absl::StrAppend(&safe, "\\x", absl::Hex(byte, absl::kZeroPad2));
    } else {
      safe.push_back(c);
    }
  }
  if (text.size() > kLogValueBytesMax) safe += "...";
  return safe;
}

}  // namespace claimwatch
