#include "server/filter/argument.h"

#include <cmath>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace claimwatch {
namespace {

constexpr std::size_t kQuotedBytesMax = 40;
constexpr std::string_view kSigns[] = {"=", "!=", "<", "<=", ">", ">=", ":"};

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

bool Allows(FieldType type, Comparator comparator) {
  const bool equality = comparator == Comparator::kEqual || comparator == Comparator::kNotEqual;
  switch (type) {
    case FieldType::kText:
      return comparator == Comparator::kHas;
    case FieldType::kOrder:
    case FieldType::kNumber:
    case FieldType::kTime:
      return true;
    default:
      return equality || comparator == Comparator::kHas;
  }
}

bool ReadTime(std::string_view text, absl::Time& time) {
  std::string error;
  return absl::ParseTime(absl::RFC3339_full, View(text), &time, &error) ||
         absl::ParseTime("%Y-%m-%dT%H:%MZ", View(text), &time, &error) ||
         absl::ParseTime("%Y-%m-%d", View(text), &time, &error);
}

// Without regard to case; the spelling of the wire ("KIND_RAISED") too.
bool ReadName(std::string_view text, const FieldSpec& field, std::int64_t& value) {
  for (std::size_t i = 0; i < field.names.size(); ++i) {
    if (!EqualsFolded(text, field.names[i]) &&
        !EqualsFolded(text, absl::StrCat(View(field.name), "_", View(field.names[i])))) {
      continue;
    }
    value = static_cast<std::int64_t>(i);
    return true;
  }
  return false;
}

bool ReadId(std::string_view text, const FieldSpec& field, std::int64_t& value) {
  return text.starts_with(field.id_prefix) &&
         absl::SimpleAtoi(View(text.substr(field.id_prefix.size())), &value) && value > 0 &&
         text == absl::StrCat(View(field.id_prefix), value);
}

}  // namespace

std::string Quoted(std::string_view text) {
  const bool cut = text.size() > kQuotedBytesMax;
  return absl::StrCat("\"", absl::CHexEscape(View(text.substr(0, kQuotedBytesMax))),
                      cut ? "..." : "", "\"");
}

std::optional<Comparator> ReadComparator(std::string_view sign, FieldType type) {
  for (std::size_t i = 0; i < std::size(kSigns); ++i) {
    const auto comparator = static_cast<Comparator>(i);
    if (kSigns[i] == sign && Allows(type, comparator)) return comparator;
  }
  return std::nullopt;
}

std::vector<std::string> ComparatorsOf(FieldType type) {
  std::vector<std::string> signs;
  for (std::size_t i = 0; i < std::size(kSigns); ++i) {
    if (Allows(type, static_cast<Comparator>(i))) signs.emplace_back(kSigns[i]);
  }
  return signs;
}

std::vector<std::string> WantedOf(const FieldSpec& field) {
  switch (field.type) {
    case FieldType::kEnum:
    case FieldType::kOrder:
      return {field.names.begin(), field.names.end()};
    case FieldType::kBool:
      return {"true", "false"};
    case FieldType::kNumber:
      return {"a number"};
    case FieldType::kTime:
      return {"a time such as 2022-01-07 or 2022-01-07T12:00:00Z"};
    case FieldType::kId:
      return {absl::StrCat("an id such as ", View(field.id_prefix), "7")};
    default:
      return {"a word or a quoted text"};
  }
}

bool ReadFinite(std::string_view text, double& number) {
  const bool plain = text.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
  return plain && absl::SimpleAtod(View(text), &number) && std::isfinite(number);
}

std::string ReadArgument(const FilterToken& token, const FieldSpec& field, FilterNode& node) {
  const std::string& text = token.text;
  const std::string found = Quoted(text);
  switch (field.type) {
    case FieldType::kString:
    case FieldType::kText:
      node.text = text;
      node.pattern = token.wildcard;
      return text.empty() ? "is compared with an empty text" : "";
    case FieldType::kNumber:
      return ReadFinite(text, node.number) ? "" : "wants a number, not " + found;
    case FieldType::kTime:
      return ReadTime(text, node.time) ? "" : "wants a time, not " + found;
    case FieldType::kId:
      return ReadId(text, field, node.integer) ? "" : "wants an id, not " + found;
    case FieldType::kEnum:
    case FieldType::kOrder:
      return ReadName(text, field, node.integer) ? "" : "is never " + found;
    case FieldType::kBool:
      node.integer = text == "true" ? 1 : 0;
      return text == "true" || text == "false" ? "" : "wants true or false, not " + found;
  }
  return "";
}

}  // namespace claimwatch
