#include "server/text/inflection.h"

namespace claimwatch {
namespace {

bool IsVowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// "carry", "city", but not "day" or "buy".
bool EndsInConsonantY(std::string_view word) {
  return word.size() >= 2 && word.back() == 'y' && !IsVowel(word[word.size() - 2]);
}

}  // namespace

std::string PluralOf(std::string_view noun) {
  const std::string base(noun);
  if (EndsInConsonantY(noun)) return base.substr(0, base.size() - 1) + "ies";
  for (const std::string_view end : {"s", "x", "z", "ch", "sh"}) {
    if (EndsWith(noun, end)) return base + "es";
  }
  return base + "s";
}

bool DoublesByRule(std::string_view verb) {
  if (verb.size() < 3) return false;
  const char last = verb.back(), before = verb[verb.size() - 2], third = verb[verb.size() - 3];
  if (IsVowel(last) || last == 'w' || last == 'x' || last == 'y') return false;
  if (!IsVowel(before) || IsVowel(third)) return false;
  int vowels = 0;
  for (const char c : verb) vowels += IsVowel(c);
  return vowels == 1 || (vowels == 2 && verb.substr(0, 2) == "qu");
}

std::string PastOf(std::string_view verb, bool twice) {
  const std::string base(verb);
  if (verb.empty()) return {};
  if (verb.back() == 'e') return base + "d";
  if (EndsInConsonantY(verb)) return base.substr(0, base.size() - 1) + "ied";
  if (twice) return base + verb.back() + "ed";
  return base + "ed";
}

std::string GerundOf(std::string_view verb, bool twice) {
  const std::string base(verb);
  if (verb.empty()) return {};
  if (EndsWith(verb, "ie")) return base.substr(0, base.size() - 2) + "ying";
  if (verb.back() == 'e' && !EndsWith(verb, "ee") && !EndsWith(verb, "oe") && verb != "be") {
    return base.substr(0, base.size() - 1) + "ing";
  }
  if (twice) return base + verb.back() + "ing";
  return base + "ing";
}

}  // namespace claimwatch
