#include "server/filter/schema.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace claimwatch {
namespace {

constexpr char kEscape = '\x01';

char Fold(char c) { return absl::ascii_tolower(static_cast<unsigned char>(c)); }

template <typename Specs>
int Find(const Specs& specs, std::string_view name) {
  const auto found =
      std::find_if(specs.begin(), specs.end(), [&](const auto& spec) { return spec.name == name; });
  return found == specs.end() ? -1 : static_cast<int>(found - specs.begin());
}

}  // namespace

int FindField(const Schema& schema, std::string_view name) { return Find(schema.fields, name); }

int FindFunction(const Schema& schema, std::string_view name) {
  return Find(schema.functions, name);
}

std::vector<std::string> NamesOf(const Schema& schema) {
  std::vector<std::string> names;
  for (const FieldSpec& field : schema.fields) names.emplace_back(field.name);
  for (const FunctionSpec& function : schema.functions) {
    names.push_back(std::string(function.name) + "()");
  }
  return names;
}

bool EqualsFolded(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Fold(x) == Fold(y); });
}

bool ContainsFolded(std::string_view text, std::string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(),
                     [](char x, char y) { return Fold(x) == Fold(y); }) != text.end();
}

// Greedy with one step back: the last star seen may swallow one byte more. Quadratic at worst, and
// both are short.
bool MatchesPattern(std::string_view text, std::string_view pattern) {
  std::size_t t = 0, p = 0, star = std::string_view::npos, swallowed = 0;
  while (t < text.size()) {
    const bool literal = p + 1 < pattern.size() && pattern[p] == kEscape;
    const std::size_t at = literal ? p + 1 : p;
    if (p < pattern.size() && !literal && pattern[p] == '*') {
      star = p++;
      swallowed = t;
    } else if (at < pattern.size() && Fold(pattern[at]) == Fold(text[t])) {
      p = at + 1;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++swallowed;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace claimwatch
