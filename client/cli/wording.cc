#include "client/cli/wording.h"

#include <cmath>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "client/cli/safe_text.h"

namespace claimwatch::cli {

namespace pb = ::claimwatch::v1;

namespace {

constexpr char kNoDate[] = "no date";

// "1234567.5" with commas between the thousands.
std::string WithCommas(std::string digits) {
  const std::size_t sign = digits.starts_with('-') ? 1 : 0;
  std::size_t end = digits.find_first_of(".e");
  if (end == std::string::npos) end = digits.size();
  for (std::size_t i = end; i > sign + 3;) {
    i -= 3;
    digits.insert(i, 1, ',');
  }
  return digits;
}

// Currencies and percent are measured, as are units by a symbol; whole words are counted.
bool IsCounted(const std::string& unit) { return unit.size() > 3 && absl::ascii_islower(unit[0]); }

bool IsCurrency(const std::string& unit) {
  return unit.size() == 3 && absl::ascii_isupper(unit[0]) && absl::ascii_isupper(unit[2]);
}

int TrailingZeros(double number) {
  int zeros = 0;
  while (number >= 10 && std::fmod(number, 10) == 0) {
    number /= 10;
    ++zeros;
  }
  return zeros;
}

// "over 1,300" people is held as 1,301 and "over 2.5 km" as 2.5: the words were the rounder one.
double AsWorded(double bound, double next) {
  return TrailingZeros(bound) > TrailingZeros(next) ? bound : next;
}

std::string Interval(const pb::Quantity& q) {
  const std::string low = NumberText(q.low());
  const std::string high = NumberText(q.high());
  const double step = IsCounted(q.unit()) ? 1 : 0;
  switch (q.bound()) {
    case pb::Quantity::BOUND_AT_LEAST:
      return absl::StrCat("at least ", low);
    case pb::Quantity::BOUND_MORE_THAN:
      return absl::StrCat("over ", NumberText(AsWorded(q.low(), q.low() - step)));
    case pb::Quantity::BOUND_UP_TO:
      return absl::StrCat("up to ", high);
    case pb::Quantity::BOUND_LESS_THAN:
      return absl::StrCat("fewer than ", NumberText(AsWorded(q.high(), q.high() + step)));
    case pb::Quantity::BOUND_NEARLY:
      return absl::StrCat("nearly ", low);
    case pb::Quantity::BOUND_ABOUT:
      return absl::StrCat("about ", low);
    case pb::Quantity::BOUND_VAGUE:
      return absl::StrCat(low, " or more");
    default:
      break;
  }
  if (q.has_low() && q.has_high()) return q.low() == q.high() ? low : absl::StrCat(low, "–", high);
  return q.has_low() ? absl::StrCat("at least ", low) : absl::StrCat("up to ", high);
}

}  // namespace

std::string NumberText(double number) {
  const double size = std::fabs(number);
  constexpr std::pair<double, const char*> kWords[] = {
      {1e12, " trillion"}, {1e9, " billion"}, {1e6, " million"}};
  for (const auto& [scale, word] : kWords) {
    const double scaled = number / scale;
    if (size >= scale && std::round(scaled * 1000) / 1000 == scaled) {
      return WithCommas(absl::StrFormat("%.15g", scaled)) + word;
    }
  }
  if (size >= 1e15) return absl::StrFormat("%.15g", number);
  const std::string digits = absl::StrFormat("%.15g", number);
  // Four digits without a comma read as a year.
  return digits.find('e') != std::string::npos ? digits : WithCommas(digits);
}

std::string QuantityText(const pb::Quantity& quantity) {
  if (!quantity.has_low() && !quantity.has_high()) return "nothing";
  std::string number = Interval(quantity);
  const std::string unit = SafeText(quantity.unit());
  if (unit.empty()) return number;
  if (unit == "%") return absl::StrCat(number, "%");
  if (IsCurrency(unit)) return absl::StrCat(unit, " ", number);
  return absl::StrCat(number, " ", unit);
}

std::string TimeText(const google::protobuf::Timestamp& time) {
  const std::string cell = TimeCell(time);
  return cell == kNoDate ? cell : absl::StrCat(cell, " UTC");
}

std::string TimeCell(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0 && time.nanos() == 0) return kNoDate;
  const absl::Time t = absl::FromUnixSeconds(time.seconds());
  return absl::FormatTime("%Y-%m-%d %H:%M", t, absl::UTCTimeZone());
}

std::string EnumText(std::string_view name, std::string_view prefix) {
  if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  return name.empty() ? "UNKNOWN" : std::string(name);
}

std::string KindText(pb::Alert::Kind kind) { return EnumText(pb::Alert::Kind_Name(kind), "KIND_"); }

std::string SeverityText(pb::Alert::Severity severity) {
  return absl::AsciiStrToLower(EnumText(pb::Alert::Severity_Name(severity), "SEVERITY_"));
}

std::string StateText(pb::Alert::State state) {
  return absl::AsciiStrToLower(EnumText(pb::Alert::State_Name(state), "STATE_"));
}

std::string VerdictText(pb::Verdict::Reason reason) {
  const std::string name = EnumText(pb::Verdict::Reason_Name(reason), "REASON_");
  return absl::StrReplaceAll(absl::AsciiStrToLower(name), {{"_", " "}});
}

std::string SpeakerText(const pb::Claim& claim) {
  const std::string source = SafeText(claim.source());
  const std::string speaker = SafeText(claim.attribution());
  if (speaker.empty()) return source.empty() ? "no source" : source;
  return source.empty() ? speaker : absl::StrCat(speaker, ", via ", source);
}

std::string AboutText(const pb::Claim& claim) {
  std::string about = SafeText(claim.measure());
  if (claim.measure() == "count" && !claim.counted().empty()) about = SafeText(claim.counted());
  if (!claim.population().empty() && claim.population() != "people") {
    absl::StrAppend(&about, ", ", SafeText(claim.population()));
  }
  if (!claim.place().empty()) absl::StrAppend(&about, ", in ", SafeText(claim.place()));
  if (claim.scope() == pb::Claim::SCOPE_PART) absl::StrAppend(&about, ", part");
  if (claim.scope() == pb::Claim::SCOPE_INCREMENT) absl::StrAppend(&about, ", added");
  if (claim.scope() == pb::Claim::SCOPE_RATE) {
    absl::StrAppend(&about, ", per ", claim.per().empty() ? "unit" : SafeText(claim.per()));
  }
  if (claim.status() > pb::Claim::STATUS_STATED) {
    const std::string status = EnumText(pb::Claim::Status_Name(claim.status()), "STATUS_");
    absl::StrAppend(&about, ", ", absl::StrReplaceAll(absl::AsciiStrToLower(status), {{"_", " "}}));
  }
  if (claim.withdrawn()) absl::StrAppend(&about, ", withdrawn");
  return about;
}

std::string SentenceText(const pb::Claim& claim, const Look& look) {
  const pb::Quote& sentence = claim.sentence();
  const pb::Quote& quote = claim.quote();
  const std::string& text = sentence.text();
  const int begin = quote.begin() - sentence.begin();
  const bool inside = quote.field() == sentence.field() && begin >= 0 &&
                      quote.end() <= sentence.end() && quote.end() >= quote.begin() &&
                      sentence.end() - sentence.begin() == static_cast<int>(text.size());
  if (!inside) return absl::StrCat("“", SafeText(text), "”");
  const std::string_view whole = text;
  const std::size_t size = static_cast<std::size_t>(quote.end() - quote.begin());
  const std::size_t at = static_cast<std::size_t>(begin);
  return absl::StrCat("“", SafeText(whole.substr(0, at)),
                      look.Mark(SafeText(whole.substr(at, size))),
                      SafeText(whole.substr(at + size)), "”");
}

std::string CountText(std::int64_t count, std::string_view one, std::string_view many) {
  const std::string_view noun = count == 1 ? one : many;
  return absl::StrCat(WithCommas(absl::StrCat(count)), " ",
                      absl::string_view(noun.data(), noun.size()));
}

}  // namespace claimwatch::cli
