#include "server/ledger/role.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "server/ledger/words.h"
#include "server/story/common_words.h"

namespace claimwatch {
namespace {

constexpr std::size_t kReachWords = 9;  // On either side of the number.

// A role, and the words that tell it; forms of one stem are written out, plurals are folded.
struct Role {
  std::string_view name;
  std::string_view words;
};

constexpr std::array<Role, 8> kFlows = {{
    {"release",
     "leak leaked leaking spill spilled spilt spilling spew spewed spewing gush gushed gushing "
     "pour "
     "poured pouring seep seeping seeped escape escaped escaping release released discharge "
     "discharged discharging leakage outflow"},
    {"capture",
     "capture captured capturing collect collected collecting collection siphon siphoned siphoning "
     "recover recovered recovering contain contained containing skim skimmed skimming divert "
     "diverted diverting"},
    {"output",
     "produce produced producing production output pump pumped pumping extract extracted"},
    {"export", "export exported exporting"},
    {"outage", "shut halt halted disrupt disrupted disruption outage idled offline shortfall"},
    {"burned", "burn burned burnt burning scorch scorched scorching blackened charred consumed"},
    {"capacity", "hold capacity capable able store stored storage"},
    {"seizure", "seize seized seizing seizure confiscate confiscated haul"},
}};

constexpr std::array<Role, 17> kSums = {{
    {"fine", "fine fined penalty penalties"},
    {"price",
     "buy buying bought acquire acquired acquiring acquisition takeover bid offer offered purchase "
     "purchased"},
    {"rescue",
     "rescue bailout bailed lend lent inject injected injection recapitalise recapitalize"},
    {"ransom", "ransom"},
    {"reward", "reward bounty"},
    {"bail", "bail bond"},
    {"aid", "aid donate donated donation pledge pledged relief grant granted"},
    {"cost", "cost costing costs bill expense"},
    {"profit", "profit earnings earned income"},
    {"revenue", "revenue sales turnover"},
    {"debt", "debt owe owed owes loan loaned borrowed"},
    {"fund", "fund escrow"},
    {"compensation", "compensation damages settlement settle claims payout"},
    {"worth", "worth valued value stole stolen"},
    {"pay", "bonus bonuses salary wage wages paid"},
    {"budget", "budget spending deficit"},
    {"tax", "tax taxes duty"},
}};

constexpr std::array<Role, 10> kShares = {{
    {"contained", "contained containment"},
    {"turnout", "turnout"},
    {"vote", "vote votes ballot ballots"},
    {"unemployment", "unemployment jobless unemployed"},
    {"inflation", "inflation"},
    {"yield", "yield"},
    {"growth", "shrink shrank shrunk contract contracted contraction grow grew grown gdp"},
    {"stake", "stake owns owned"},
    {"support", "poll respondents approve approval disapprove"},
    {"outage", "outage shut halted disrupted disruption cut"},
}};

constexpr std::array<Role, 2> kHarm = {{
    {"serious", "seriously serious critically critical severely severe gravely grave badly"},
    {"minor", "slightly slight lightly light minor"},
}};

struct RoleWord {
  std::uint32_t hash;
  std::string_view role;
};
using RoleWords = std::vector<RoleWord>;  // Sorted by hash.

RoleWords Hashed(absl::Span<const Role> roles) {
  RoleWords words;
  for (const Role& role : roles) {
    const absl::string_view all(role.words.data(), role.words.size());
    for (const absl::string_view word : absl::StrSplit(all, ' ', absl::SkipEmpty())) {
      words.push_back({FoldedHash(std::string_view(word.data(), word.size())), role.name});
    }
  }
  std::stable_sort(words.begin(), words.end(),
                   [](const RoleWord& a, const RoleWord& b) { return a.hash < b.hash; });
  return words;
}

// The table for a quantity of that dimension; null: such figures have no roles.
const RoleWords* TableFor(const KnownClaim& claim, std::string_view dimension) {
  static const RoleWords* const flows = new RoleWords(Hashed(kFlows));
  static const RoleWords* const sums = new RoleWords(Hashed(kSums));
  static const RoleWords* const shares = new RoleWords(Hashed(kShares));
  static const RoleWords* const harm = new RoleWords(Hashed(kHarm));
  if (dimension.starts_with("volume") || dimension == "area" || dimension == "mass") return flows;
  if (claim.measure == "money") return sums;
  if (claim.measure == "percent") return shares;
  if (claim.measure == "injured" || claim.measure == "hospitalised") return harm;
  return nullptr;
}

std::string_view RoleOfWord(const RoleWords& table, std::string_view word) {
  const std::uint32_t hash = FoldedHash(word);
  const auto found =
      std::lower_bound(table.begin(), table.end(), hash,
                       [](const RoleWord& known, std::uint32_t h) { return known.hash < h; });
  return found != table.end() && found->hash == hash ? found->role : std::string_view();
}

// Where the number phrase ends in its sentence.
std::size_t QuoteEnd(const KnownClaim& known) {
  const Claim& claim = known.claim;
  const std::size_t end =
      claim.quote.end() > claim.sentence.begin ? claim.quote.end() - claim.sentence.begin : 0;
  return std::min(end, known.sentence_text.size());
}

std::size_t QuoteBegin(const KnownClaim& known) {
  const Claim& claim = known.claim;
  const std::size_t begin =
      claim.quote.begin > claim.sentence.begin ? claim.quote.begin - claim.sentence.begin : 0;
  return std::min(begin, known.sentence_text.size());
}

// Where the words that tell of the same persons end: "eight had serious injuries and 261 minor
// ones", "17 hurt, five seriously". For other quantities only a semicolon parts.
bool Parts(std::string_view between, bool harm) {
  return between.find(harm ? ',' : ';') != std::string_view::npos ||
         between.find(';') != std::string_view::npos;
}

struct Near {
  std::string_view role;
  std::size_t words = kReachWords + 1;  // Between it and the number.
};

Near After(const RoleWords& table, std::string_view text, bool harm) {
  std::size_t at = 0;
  for (std::size_t n = 0; n < kReachWords; ++n) {
    const std::size_t from = at;
    const std::string_view word = NextWord(text, &at);
    if (word.empty()) break;
    // Another clause speaks of something else.
    const std::string_view between = text.substr(from, at - word.size() - from);
    if (Parts(between, harm) || (harm && word == "and")) break;
    if (const std::string_view role = RoleOfWord(table, word); !role.empty()) return {role, n};
  }
  return {};
}

Near Before(const RoleWords& table, std::string_view text, bool harm) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0;;) {
    const std::size_t from = at;
    const std::string_view word = NextWord(text, &at);
    const std::size_t begin = word.empty() ? text.size() : at - word.size();
    if (harm && (word == "and" || Parts(text.substr(from, begin - from), harm))) words.clear();
    if (word.empty()) break;
    words.push_back(word);
  }
  for (std::size_t n = 0; n < std::min(words.size(), kReachWords); ++n) {
    const std::string_view role = RoleOfWord(table, words[words.size() - 1 - n]);
    if (!role.empty()) return {role, n};
  }
  return {};
}

bool SaysAble(std::string_view before) {
  static constexpr std::array<std::string_view, 4> kWords = {"capacity", "capable", "able to",
                                                             "designed to"};
  constexpr std::size_t kReachBytes = 60;
  if (before.size() > kReachBytes) before.remove_prefix(before.size() - kReachBytes);
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view words) {
    return before.find(words) != std::string_view::npos;
  });
}

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsUpper(char c) { return absl::ascii_isupper(static_cast<unsigned char>(c)); }
bool IsAlnum(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }

// What a designation may be followed by and still be the thing counted.
bool IsBearer(std::string_view noun) {
  static constexpr std::array<std::string_view, 30> kNouns = {
      "rifle",    "gun",      "weapon",    "pistol",  "assault",     "jet",
      "plane",    "aircraft", "fighter",   "bomber",  "tank",        "missile",
      "rocket",   "warplane", "car",       "truck",   "vehicle",     "helicopter",
      "launcher", "carbine",  "sub",       "warship", "drone",       "airplane",
      "airliner", "chopper",  "automatic", "machine", "kalashnikov", "firearm"};
  return std::find(kNouns.begin(), kNouns.end(), noun) != kNouns.end();
}

// "7.6 and 7.4", "a 6.1-magnitude aftershock": quakes beside the one that a story is about.
std::string QuakeOf(const KnownClaim& claim) {
  constexpr std::size_t kReachBytes = 24;  // Behind the number.
  const std::string_view text = claim.sentence_text;
  const std::string_view after = text.substr(QuoteEnd(claim), kReachBytes);
  if (after.find("aftershock") != std::string_view::npos) return "aftershock";
  std::vector<std::string_view> words;  // Ahead of the number, the nearest last.
  for (std::size_t at = 0; at < QuoteBegin(claim);) {
    const std::string_view word = NextWord(text.substr(0, QuoteBegin(claim)), &at);
    if (word.empty()) break;
    if (Singular(word) != "magnitude") words.push_back(word);
  }
  if (words.size() < 3 || words.back() != "and") return "";
  // "7.6" is two words to NextWord().
  const bool pair = IsDigit(words[words.size() - 2][0]) && IsDigit(words[words.size() - 3][0]);
  return pair ? "second quake" : "";
}

}  // namespace

std::string RoleOf(const KnownClaim& claim, std::string_view dimension) {
  if (dimension == "magnitude") return QuakeOf(claim);
  const RoleWords* table = TableFor(claim, dimension);
  if (table == nullptr) return "";
  const std::string_view text = claim.sentence_text;
  const bool harm = dimension == "people";
  const Near before = Before(*table, text.substr(0, QuoteBegin(claim)), harm);
  const Near after = After(*table, text.substr(QuoteEnd(claim)), harm);
  if (before.role.empty() && after.role.empty()) return "";
  // "has the capacity to capture", "able to pump": what could be is not what is.
  if (SaysAble(text.substr(0, QuoteBegin(claim)))) return "capacity";
  return std::string(before.words <= after.words ? before.role : after.role);
}

std::string DesignationOf(const KnownClaim& claim) {
  constexpr std::size_t kLettersMax = 4;
  constexpr std::size_t kDigitsMax = 3;
  const std::string_view text = claim.sentence_text;
  std::size_t i = QuoteEnd(claim);
  const auto skip = [&](std::string_view what) {
    while (i < text.size() && what.find(text[i]) != std::string_view::npos) ++i;
  };
  skip(" ");
  const std::size_t letters = i;
  while (i < text.size() && absl::ascii_isalpha(static_cast<unsigned char>(text[i]))) ++i;
  const std::size_t count = i - letters;
  if (count == 0 || count > kLettersMax || !IsUpper(text[letters])) return "";
  std::string name(text.substr(letters, count));
  skip(" -");
  const std::size_t digits = i;
  while (i < text.size() && IsDigit(text[i])) ++i;
  if (i == digits || i - digits > kDigitsMax) return "";
  absl::StrAppend(&name, "-", std::string(text.substr(digits, i - digits)));
  if (i < text.size() && IsUpper(text[i])) name.push_back(text[i++]);  // "Il-76M"
  const bool plural = i < text.size() && text[i] == 's';
  if (plural) ++i;
  if (i < text.size() && (IsAlnum(text[i]) || text[i] == '-' || text[i] == '.')) return "";
  absl::AsciiStrToLower(&name);
  if (plural) return name;
  const std::string next = Singular(NextWord(text, &i));
  return IsBearer(next) ? name : "";
}

}  // namespace claimwatch
