// Reads the lexicon's data lines: "tags TAB entry entry ... TAB example" and "role TAB value TAB
// tags TAB words TAB example". Examples are for people and tests.
//
// An entry is a lemma with its irregular forms: "kill", "rise/rose/risen", "admit+",
// "child/children", "aid/-" (no plural). A space inside a word is written '_'. Lines that start
// with '#' say why.
#include <array>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "server/text/lexicon_builder.h"

namespace claimwatch {
namespace {

using Tag = std::pair<std::string_view, std::uint32_t>;
constexpr std::array<Tag, 25> kTags = {{
    {"noun", kNoun},
    {"plural", kPlural},
    {"verb", kVerb},
    {"past", kPastTense},
    {"participle", kParticiple},
    {"gerund", kGerund},
    {"third", kThirdPerson},
    {"adjective", kAdjective},
    {"adverb", kAdverb},
    {"preposition", kPreposition},
    {"determiner", kDeterminer},
    {"pronoun", kPronoun},
    {"conjunction", kConjunction},
    {"modal", kModal},
    {"auxiliary", kAuxiliary},
    {"number", kNumberWord},
    {"ordinal", kOrdinalWord},
    {"month", kMonth},
    {"weekday", kWeekday},
    {"speech", kSpeech},
    {"negation", kNegation},
    {"person", kPersonNoun},
    {"place", kPlaceNoun},
    {"time", kTimeNoun},
    {"unit", kUnitNoun},
}};

using RoleName = std::pair<std::string_view, Role>;
constexpr std::array kRoles = std::to_array<RoleName>({
    {"-", Role::kNone},
    {"zero", Role::kZero},
    {"digit", Role::kDigit},
    {"teen", Role::kTeen},
    {"ten", Role::kTen},
    {"hundred", Role::kHundred},
    {"magnitude", Role::kMagnitude},
    {"dozen", Role::kDozen},
    {"vague", Role::kVague},
    {"vague_power", Role::kVaguePower},
    {"couple", Role::kCouple},
    {"half", Role::kHalf},
    {"ordinal", Role::kOrdinal},
    {"ordinal_power", Role::kOrdinalPower},
    {"quarter", Role::kQuarter},
    {"repeat", Role::kRepeat},
    {"twin", Role::kTwin},
    {"few", Role::kFew},
    {"nobody", Role::kNobody},
    {"a", Role::kA},
    {"the", Role::kThe},
    {"no", Role::kNo},
    {"and", Role::kAnd},
    {"or", Role::kOr},
    {"to", Role::kTo},
    {"of", Role::kOf},
    {"in", Role::kIn},
    {"per", Role::kPer},
    {"than", Role::kThan},
    {"at", Role::kAt},
    {"as", Role::kAs},
    {"from", Role::kFrom},
    {"between", Role::kBetween},
    {"by", Role::kBy},
    {"up", Role::kUp},
    {"out", Role::kOut},
    {"not", Role::kNot},
    {"point", Role::kPoint},
    {"minus", Role::kMinus},
    {"plus", Role::kPlus},
    {"so", Role::kSo},
    {"about", Role::kAbout},
    {"some", Role::kSome},
    {"estimated", Role::kEstimated},
    {"nearly", Role::kNearly},
    {"close", Role::kClose},
    {"more", Role::kMore},
    {"less", Role::kLess},
    {"least", Role::kLeast},
    {"most", Role::kMost},
    {"many", Role::kMany},
    {"over", Role::kOver},
    {"exceed", Role::kExceed},
    {"under", Role::kUnder},
    {"equal", Role::kEqual},
    {"minimum", Role::kMinimum},
    {"maximum", Role::kMaximum},
    {"degree", Role::kDegree},
    {"another", Role::kAnother},
    {"additional", Role::kAdditional},
    {"other", Role::kOther},
    {"each", Role::kEach},
    {"total", Role::kTotal},
    {"through", Role::kThrough},
    {"age", Role::kAge},
    {"old", Role::kOld},
    {"edge", Role::kEdge},
    {"clock", Role::kClock},
    {"era", Role::kEra},
    {"label", Role::kLabel},
    {"sport", Role::kSport},
    {"street", Role::kStreet},
    {"change", Role::kChange},
    {"fold", Role::kFold},
    {"richter", Role::kRichter},
    {"quake", Role::kQuake},
    {"labels", Role::kLabels},
    {"harm", Role::kHarm},
    {"suffix", Role::kSuffix},
});

// Cuts the part before the first `at` off `text`; all of it when there is none.
std::string_view CutTo(std::string_view* text, char at) {
  const std::size_t end = text->find(at);
  const std::string_view part = text->substr(0, end);
  text->remove_prefix(end == std::string_view::npos ? text->size() : end + 1);
  return part;
}

std::optional<std::uint32_t> BitsOf(std::string_view tags) {
  std::uint32_t bits = 0;
  while (!tags.empty()) {
    const std::string_view name = CutTo(&tags, ' ');
    if (name.empty() || name == "-") continue;
    bool known = false;
    for (const Tag& tag : kTags) {
      if (tag.first != name) continue;
      bits |= tag.second;
      known = true;
    }
    if (!known) return std::nullopt;
  }
  return bits;
}

std::string Spaced(std::string_view entry) {
  std::string text(entry);
  for (char& c : text) {
    if (c == '_') c = ' ';
  }
  return text;
}

std::string UnknownTag() {
  std::string text = "unknown tag; use";
  for (const Tag& tag : kTags) absl::StrAppend(&text, " ", std::string(tag.first));
  return text;
}

absl::Status BadLine(int line, std::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("lexicon data line ", line, ": ", absl::string_view(why.data(), why.size())));
}

}  // namespace

std::optional<Role> RoleOf(std::string_view name) {
  for (const RoleName& role : kRoles) {
    if (role.first == name) return role.second;
  }
  return std::nullopt;
}

absl::Status LexiconBuilder::AddEntry(std::string_view entry, std::uint32_t bits) {
  std::string_view rest = entry;
  const std::string lemma = Spaced(CutTo(&rest, '/'));
  const std::string_view first = CutTo(&rest, '/'), second = CutTo(&rest, '/');
  if (lemma.empty() || !rest.empty()) return absl::InvalidArgumentError("not an entry");
  constexpr std::uint32_t kVerbForms = kPastTense | kParticiple | kGerund | kThirdPerson;
  if ((bits & kVerb) != 0 && (bits & (kVerbForms | kAuxiliary | kModal)) == 0) {
    AddVerb(lemma, bits, first, second);
  } else if ((bits & kNoun) != 0 && (bits & kPlural) == 0) {
    AddNoun(lemma, bits, first);
  } else {
    Add(lemma, bits);
    if (!first.empty()) AddForms(lemma, {std::string(first)}, bits);
  }
  return absl::OkStatus();
}

absl::Status LexiconBuilder::AddWordLines(std::string_view tsv) {
  for (int number = 1; !tsv.empty(); ++number) {
    std::string_view line = CutTo(&tsv, '\n');
    if (line.empty() || line.front() == '#') continue;
    const std::optional<std::uint32_t> bits = BitsOf(CutTo(&line, '\t'));
    if (!bits.has_value()) return BadLine(number, UnknownTag());
    std::string_view entries = CutTo(&line, '\t');
    while (!entries.empty()) {
      const std::string_view entry = CutTo(&entries, ' ');
      if (!entry.empty() && !AddEntry(entry, *bits).ok()) return BadLine(number, entry);
    }
  }
  return absl::OkStatus();
}

absl::Status LexiconBuilder::AddRoleLines(std::string_view tsv) {
  for (int number = 1; !tsv.empty(); ++number) {
    std::string_view line = CutTo(&tsv, '\n');
    if (line.empty() || line.front() == '#') continue;
    const std::optional<Role> role = RoleOf(CutTo(&line, '\t'));
    if (!role.has_value()) return BadLine(number, "unknown role");
    const std::string_view value_text = CutTo(&line, '\t');
    int value = 0;
    if (!absl::SimpleAtoi(absl::string_view(value_text.data(), value_text.size()), &value) ||
        value < 0 || value > 65535) {
      return BadLine(number, "value is not 0..65535");
    }
    const std::optional<std::uint32_t> bits = BitsOf(CutTo(&line, '\t'));
    if (!bits.has_value()) return BadLine(number, UnknownTag());
    std::string_view words = CutTo(&line, '\t');
    while (!words.empty()) AddRole(Spaced(CutTo(&words, ' ')), *role, value, *bits);
  }
  return absl::OkStatus();
}

}  // namespace claimwatch
