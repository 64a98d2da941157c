#include "server/story/days.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>

#include "absl/time/civil_time.h"

namespace claimwatch {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"sunday",   "monday", "tuesday", "wednesday",
                                                       "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

// "Sept." and "Nov" name months too; weekdays are read in full only (the "Sun" is a newspaper).
bool Names(std::string_view word, std::string_view full, std::size_t short_max) {
  if (word.ends_with('.')) word.remove_suffix(1);
  if (word.size() < 3 || word.size() > full.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if ((word[i] | 0x20) != full[i]) return false;
  }
  return word.size() <= short_max || word.size() == full.size();
}

template <std::size_t kSize>
int IndexIn(const std::array<std::string_view, kSize>& names, std::string_view word,
            std::size_t short_max) {
  for (std::size_t i = 0; i < kSize; ++i) {
    if (Names(word, names[i], short_max)) return static_cast<int>(i);
  }
  return -1;
}

// Whether the first three letters may begin a day's or a month's name: most words are told here.
bool MayName(std::string_view word) {
  constexpr auto kFirst = [] {
    std::array<std::uint32_t, 26> seconds{};  // By first letter: the second letters that follow.
    const auto add = [&](std::string_view name) {
      seconds[static_cast<std::size_t>(name[0] - 'a')] |= 1u << (name[1] - 'a');
    };
    for (const std::string_view name : kWeekdays) add(name);
    for (const std::string_view name : kMonths) add(name);
    return seconds;
  }();
  const auto letter = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(word[i]) | 0x20) - 'a';
  };
  return letter(0) < 26 && letter(1) < 26 && (kFirst[letter(0)] >> letter(1) & 1) != 0;
}

// Empty outside the document.
std::string_view SurfaceAt(const Document& document, std::int64_t token) {
  if (token < 0 || token >= static_cast<std::int64_t>(document.tokens.size())) return {};
  return document.Surface(document.tokens[static_cast<std::size_t>(token)]);
}

std::optional<int> NumberAt(const Document& document, std::int64_t token) {
  if (token < 0 || token >= static_cast<std::int64_t>(document.tokens.size())) return std::nullopt;
  const Token& at = document.tokens[static_cast<std::size_t>(token)];
  if (at.kind != TokenKind::kDigits) return std::nullopt;
  const std::string_view text = document.Surface(at);
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

DayNumber DayNumberOf(int year, int month, int day) {
  return static_cast<DayNumber>(absl::CivilDay(year, month, day) - absl::CivilDay(1970, 1, 1));
}

bool IsYear(std::optional<int> number) { return number && *number >= 1900 && *number <= 2100; }

// The year that puts the date nearest to publication; a date may lie a week ahead of it.
std::optional<DayNumber> NearestYear(int month, int day, std::optional<DayNumber> published) {
  if (!published) return std::nullopt;
  const absl::CivilDay today = absl::CivilDay(1970, 1, 1) + *published;
  const DayNumber same = DayNumberOf(static_cast<int>(today.year()), month, day);
  return same <= *published + 7 ? same
                                : DayNumberOf(static_cast<int>(today.year()) - 1, month, day);
}

// "Nov. 3", "November 3, 2015", "3 November", "3 November 2015".
std::optional<DayNumber> DateAt(const Document& document, std::int64_t token, int month,
                                std::optional<DayNumber> published) {
  std::int64_t after = token + 1;
  if (SurfaceAt(document, after) == ".") ++after;  // "Dec. 30"
  std::optional<int> day = NumberAt(document, after);
  if (day && *day >= 1 && *day <= 31) {
    ++after;
  } else {
    day = NumberAt(document, token - 1);
  }
  if (!day || *day < 1 || *day > 31) return std::nullopt;
  if (SurfaceAt(document, after) == ",") ++after;
  const std::optional<int> year = NumberAt(document, after);
  if (IsYear(year)) return DayNumberOf(*year, month, *day);
  return NearestYear(month, *day, published);
}

}  // namespace

std::optional<DayNumber> DayOf(absl::Time time) {
  if (time == absl::InfinitePast() || time == absl::InfiniteFuture()) return std::nullopt;
  return static_cast<DayNumber>(absl::ToCivilDay(time, absl::UTCTimeZone()) -
                                absl::CivilDay(1970, 1, 1));
}

std::optional<DayNumber> DayNamedAt(const Document& document, std::uint32_t token,
                                    std::optional<DayNumber> published) {
  const Token& at = document.tokens[token];
  if (at.kind != TokenKind::kWord || at.span.size < 3 || at.span.size > 10) return std::nullopt;
  const std::string_view word = document.Surface(at);
  if (!at.capitalised) {
    if (!published || (word.front() != 'y' && word.front() != 't') || word.size() < 5) {
      return std::nullopt;
    }
    if (word == "yesterday") return *published - 1;
    return word == "today" || word == "tonight" ? published : std::nullopt;
  }
  if (!MayName(word)) return std::nullopt;
  if (const int weekday = IndexIn(kWeekdays, word, 0); weekday >= 0) {
    if (!published) return std::nullopt;
    const int today = (*published % 7 + 7 + 4) % 7;  // Day 0 was a Thursday.
    return *published - (today - weekday + 7) % 7;
  }
  const int month = IndexIn(kMonths, word, 4);
  if (month < 0) return std::nullopt;
  return DateAt(document, token, month + 1, published);
}

}  // namespace claimwatch
