#include "server/claims/population.h"

#include <algorithm>

namespace claimwatch {
namespace {

constexpr std::uint8_t kPeople = 1;  // The first group of data/groups.tsv.

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string Singular(const Passage& p, std::uint32_t i, const Lexicon& lexicon) {
  const Word* word = p.WordAt(i);
  if (word != nullptr) {
    if (word->bits & kPlural) return std::string(lexicon.Get(word->lemma).text);
    return std::string(word->text);
  }
  std::string text = Lower(p.Surface(i));
  const bool plural = text.size() > 3 && text.back() == 's' && text[text.size() - 2] != 's';
  if (plural) text.pop_back();
  return text;
}

// A modifier that makes another population: a name or a nationality, not "unarmed".
std::string Attribute(const Passage& p, const NounPhrase& np) {
  std::string words;
  for (std::uint32_t i = np.begin; i < np.head; ++i) {
    if (!p.HasCapital(i) || p.At(i).kind != TokenKind::kWord) continue;
    if (!words.empty()) words += ' ';
    words += Lower(p.Surface(i));
  }
  return words;
}

}  // namespace

std::string PopulationOf(const Passage& passage, const NounPhrase& np, bool part,
                         const Lexicon& lexicon) {
  if (np.elided()) return "people";
  const std::vector<std::string>& names = passage.senses.populations;
  std::vector<std::uint8_t> groups;
  for (std::uint32_t i = np.begin; i < np.tail; ++i) {
    const std::uint8_t group = passage.Sense(i).population;
    if (i != np.head && passage.Sense(i).Is(kCueSeverity)) continue;  // "minor injuries"
    if (i == np.joined && !passage.Is(i, kPlural)) continue;          // "3 people and gunman"
    if (group > kPeople && std::find(groups.begin(), groups.end(), group) == groups.end()) {
      groups.push_back(group);
    }
  }
  std::sort(groups.begin(), groups.end());
  std::string population;
  for (const std::uint8_t group : groups) {
    if (!population.empty()) population += " and ";
    population += names[group];
  }
  // All of the pirates or gunmen are told with and without their nation; 12 Somalis of them are
  // not.
  const bool known_by_deed = population == "militants" || population == "suspects";
  const std::string attribute = known_by_deed && !part ? "" : Attribute(passage, np);
  const bool known = passage.Sense(np.head).population != 0;
  if (population.empty()) {
    const bool event = passage.Sense(np.head).counts != MeasureId::kNone;
    population = known || event ? "people" : Singular(passage, np.head, lexicon);
    if (!known && !event && passage.HasCapital(np.head)) population += " people";
  }
  return attribute.empty() ? population : attribute + " " + population;
}

std::string CountedOf(const Passage& passage, const NounPhrase& np, const Lexicon& lexicon) {
  if (np.elided()) return "";
  return Singular(passage, np.head, lexicon);
}

}  // namespace claimwatch
