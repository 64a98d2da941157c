#include "server/ledger/wording.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "server/ledger/interval.h"
#include "server/text/inflection.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

struct Noun {
  std::string_view measure;
  std::string_view noun;
};
constexpr std::array<Noun, 25> kNouns = {{
    {"killed", "Death toll"},
    {"injured", "Injured"},
    {"casualties", "Casualties"},
    {"missing", "Missing"},
    {"arrested", "Arrests"},
    {"displaced", "Displaced"},
    {"evacuated", "Evacuated"},
    {"rescued", "Rescued"},
    {"trapped", "Trapped"},
    {"hostages", "Hostages"},
    {"hospitalised", "In hospital"},
    {"infected", "Cases"},
    {"affected", "Affected"},
    {"deployed", "Deployed"},
    {"participants", "Participants"},
    {"suspects", "Suspects"},
    {"damaged", "damaged"},
    {"equipment", "Equipment"},
    {"loss", "Damage"},
    {"money", "Sum"},
    {"magnitude", "Magnitude"},
    {"measurement", "Measurement"},
    {"percent", "Share"},
    {"duration", "Duration"},
    {"count", "Count"},
}};

std::string Capitalised(std::string text) {
  if (!text.empty()) text[0] = absl::ascii_toupper(static_cast<unsigned char>(text[0]));
  return text;
}

// 1234567 -> "1,234,567"
std::string Grouped(const Decimal& value) {
  const std::string text = value.ToString();
  const std::size_t end = std::min(text.find('.'), text.size());
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  std::string grouped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > first && i < end && (end - i) % 3 == 0) grouped.push_back(',');
    grouped.push_back(text[i]);
  }
  return grouped;
}

std::string MadeUp(const Quantity& quantity) {
  const std::string about = quantity.approximate ? "about " : "";
  if (quantity.low && quantity.high) {
    if (*quantity.low == *quantity.high) return absl::StrCat(about, Grouped(*quantity.low));
    return absl::StrCat(about, Grouped(*quantity.low), " to ", Grouped(*quantity.high));
  }
  if (quantity.low) return absl::StrCat("at least ", Grouped(*quantity.low));
  if (quantity.high) return absl::StrCat("up to ", Grouped(*quantity.high));
  return "an unknown number";
}

std::string WithoutThe(std::string_view speaker) {
  if (speaker.starts_with("the ") || speaker.starts_with("The ")) speaker.remove_prefix(4);
  return std::string(speaker);
}

std::string TellSpan(absl::Duration span) {
  const std::int64_t hours = absl::ToInt64Hours(span);
  const std::int64_t minutes = absl::ToInt64Minutes(span);
  const auto some = [](std::int64_t n, std::string_view unit) {
    return absl::StrCat(n, " ", std::string(unit), n == 1 ? "" : "s");
  };
  if (hours >= 24 * 60) return some(hours / (24 * 30), "month");
  if (hours >= 36) return some((hours + 12) / 24, "day");
  if (hours >= 1) return some(hours, "hour");
  return some(std::max<std::int64_t>(minutes, 1), "minute");
}

std::string TellWhen(const KnownClaim& current, const KnownClaim& previous) {
  const absl::Duration apart = AsOf(current) - AsOf(previous);
  if (apart == absl::ZeroDuration() || apart == absl::InfiniteDuration()) return "";
  if (apart == -absl::InfiniteDuration()) return "";
  return apart > absl::ZeroDuration() ? absl::StrCat(", ", TellSpan(apart), " earlier")
                                      : absl::StrCat(", ", TellSpan(-apart), " later");
}

std::string_view Verb(AlertKind kind) {
  switch (kind) {
    case AlertKind::kConflict:
      return "disputed";
    case AlertKind::kRaised:
      return "raised";
    case AlertKind::kLowered:
      return "lowered";
    case AlertKind::kCorrected:
      return "corrected";
    case AlertKind::kRetracted:
      return "taken back";
    case AlertKind::kSelfContradiction:
      return "contradicted within one article";
    case AlertKind::kBoundBroken:
      return "larger than its whole";
  }
  return "";
}

}  // namespace

std::string TellValue(const KnownClaim& claim) {
  if (claim.quote_text.empty()) return MadeUp(claim.claim.quantity);
  std::string text = claim.quote_text;
  const bool word = text.size() > 1 && absl::ascii_isupper(static_cast<unsigned char>(text[0])) &&
                    absl::ascii_islower(static_cast<unsigned char>(text[1]));
  if (word) text[0] = absl::ascii_tolower(static_cast<unsigned char>(text[0]));
  return text;
}

std::string TellWho(const KnownClaim& claim) {
  const std::string speaker = WithoutThe(claim.claim.attribution.text);
  if (speaker.empty()) return claim.source.empty() ? "source not stated" : claim.source;
  return claim.source.empty() ? speaker : absl::StrCat(speaker, ", via ", claim.source);
}

std::string TellFigure(const FigureKey& key) {
  std::string noun = Capitalised(key.measure);
  for (const Noun& known : kNouns) {
    if (known.measure == key.measure) noun = std::string(known.noun);
  }
  if (!key.role.empty()) absl::StrAppend(&noun, ", ", key.role);
  if (!key.counted.empty() && key.dimension == "people") {
    absl::StrAppend(&noun, ", ", PluralOf(key.counted));
  } else if (!key.counted.empty() && key.role.empty()) {
    const std::string kind = key.population.empty() ? "" : absl::StrCat(key.population, " ");
    const std::string things = absl::StrCat(kind, PluralOf(key.counted));
    const bool damaged = key.measure == "damaged";
    return Capitalised(damaged ? absl::StrCat(things, " damaged") : things);
  }
  if (key.counted.empty() && !key.population.empty() && key.population != "people") {
    absl::StrAppend(&noun, ", ", key.population);
  }
  if (!key.place.empty()) absl::StrAppend(&noun, ", ", key.place);
  if (key.status == Status::kProjected) absl::StrAppend(&noun, " (expected)");
  return noun;
}

namespace {

// "Death toll taken back: 50 (herald); again 5 (wire)". A text that takes a figure back is told by
// name; after its article was withdrawn what counts is what is believed now.
std::string SummariseRetraction(const Alert& alert, const FigureKey& key) {
  const KnownClaim& gone = alert.previous.front();
  const KnownClaim& now = alert.current;
  std::string line =
      absl::StrCat(TellFigure(key), " taken back: ", TellValue(gone), " (", TellWho(gone), ")");
  if (now.id == ClaimId::kNone) return line;
  if (now.claim.status == Status::kDenied) return absl::StrCat(line, ", says ", TellWho(now));
  return absl::StrCat(line, "; again ", TellValue(now), " (", TellWho(now), ")");
}

}  // namespace

std::string Summarise(const Alert& alert, const FigureKey& key) {
  const KnownClaim& now = alert.current;
  if (alert.kind == AlertKind::kRetracted && !alert.previous.empty()) {
    return SummariseRetraction(alert, key);
  }
  std::string line = absl::StrCat(TellFigure(key), " ", std::string(Verb(alert.kind)), ": ",
                                  TellValue(now), " (", TellWho(now));
  if (alert.current_origins > 1) absl::StrAppend(&line, ", ", alert.current_origins, " sources");
  absl::StrAppend(&line, ")");
  if (alert.previous.empty()) return line;
  const KnownClaim& before = alert.previous.front();
  absl::StrAppend(&line, " against ", TellValue(before), " (", TellWho(before),
                  TellWhen(now, before), ")");
  return line;
}

Severity SeverityOf(const Alert& alert, const Measure& measure) {
  int points = measure.weight;  // 1..5
  const bool left = alert.kind != AlertKind::kRetracted || alert.current.id != ClaimId::kNone;
  if (!alert.previous.empty() && left) {
    const double now = Middle(Meant(alert.current.claim.quantity));
    const double before = Middle(Meant(alert.previous.front().claim.quantity));
    const double low = std::min(std::abs(now), std::abs(before));
    const double high = std::max(std::abs(now), std::abs(before));
    if (high >= 1.2 * low) ++points;
    if (high >= 2 * low) ++points;
    if (measure.people && high - low >= 50) ++points;
  }
  if (alert.current_origins >= 3) ++points;
  if (points >= 8) return Severity::kCritical;
  if (points >= 6) return Severity::kHigh;
  return points >= 4 ? Severity::kMedium : Severity::kLow;
}

}  // namespace claimwatch
