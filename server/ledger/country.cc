#include "server/ledger/country.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace claimwatch {
namespace {

// One-word names; others are in kLongNames.
constexpr std::string_view kNames =
    "afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan "
    "bahamas bahrain bangladesh barbados belarus belgium belize benin bhutan bolivia bosnia "
    "botswana brazil brunei bulgaria burundi cambodia cameroon canada chad chile china colombia "
    "congo croatia cuba cyprus denmark djibouti ecuador egypt eritrea estonia ethiopia fiji "
    "finland france gabon gambia georgia germany ghana greece guatemala guinea guyana haiti "
    "honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan "
    "kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya "
    "lithuania luxembourg macedonia madagascar malawi malaysia maldives mali malta mauritania "
    "mauritius mexico moldova mongolia montenegro morocco mozambique myanmar namibia nepal "
    "netherlands nicaragua niger nigeria norway oman pakistan panama paraguay peru philippines "
    "poland portugal qatar romania russia rwanda senegal serbia singapore slovakia slovenia "
    "somalia spain sudan suriname sweden switzerland syria taiwan tajikistan tanzania thailand "
    "togo tunisia turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam yemen "
    "zambia zimbabwe";

// What else a country is called; the words are joined by spaces.
constexpr std::array<std::pair<std::string_view, std::string_view>, 27> kOtherNames = {{
    {"us", "united states"},
    {"usa", "united states"},
    {"america", "united states"},
    {"american", "united states"},
    {"united states", "united states"},
    {"uk", "britain"},
    {"britain", "britain"},
    {"british", "britain"},
    {"england", "britain"},
    {"united kingdom", "britain"},
    {"hong kong", "hong kong"},
    {"new zealand", "new zealand"},
    {"south korea", "south korea"},
    {"north korea", "north korea"},
    {"south africa", "south africa"},
    {"saudi arabia", "saudi arabia"},
    {"sri lanka", "sri lanka"},
    {"sierra leone", "sierra leone"},
    {"costa rica", "costa rica"},
    {"el salvador", "el salvador"},
    {"burkina faso", "burkina faso"},
    {"czech republic", "czech republic"},
    {"dominican republic", "dominican republic"},
    {"ivory coast", "ivory coast"},
    {"mexican", "mexico"},
    {"chinese", "china"},
    {"spanish", "spain"},
}};

const std::vector<std::string_view>& Names() {
  static const auto* const names = [] {
    auto* all = new std::vector<std::string_view>;
    const absl::string_view text(kNames.data(), kNames.size());
    for (const absl::string_view name : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
      all->push_back(std::string_view(name.data(), name.size()));
    }
    std::sort(all->begin(), all->end());
    return all;
  }();
  return *names;
}

struct SentenceWord {
  std::string text;  // Lower case, without points: "u.s." -> "us".
  bool capitalised = false;
  std::size_t at = 0;
};

std::vector<SentenceWord> WordsOf(std::string_view sentence) {
  std::vector<SentenceWord> words;
  for (std::size_t i = 0; i < sentence.size();) {
    const auto letter = [&](std::size_t k) {
      return k < sentence.size() && absl::ascii_isalpha(static_cast<unsigned char>(sentence[k]));
    };
    if (!letter(i)) {
      ++i;
      continue;
    }
    SentenceWord word;
    word.at = i;
    word.capitalised = absl::ascii_isupper(static_cast<unsigned char>(sentence[i]));
    while (letter(i) || (i < sentence.size() && sentence[i] == '.' && letter(i + 1))) {
      if (sentence[i] != '.') word.text.push_back(sentence[i]);
      ++i;
    }
    const bool pronoun = word.text == "us";  // "told us"
    absl::AsciiStrToLower(&word.text);
    if (!pronoun) words.push_back(std::move(word));
  }
  return words;
}

bool SaysEverywhere(std::string_view word) {
  static constexpr std::array<std::string_view, 4> kWords = {"worldwide", "globally", "countries",
                                                             "nations"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

constexpr std::size_t kToldApart = 60;  // Bytes: as if so much further off.

bool ToldApart(std::string_view between) {
  return between.find(" and ") != std::string_view::npos ||
         between.find(',') != std::string_view::npos || between.find(';') != std::string_view::npos;
}

// The country that begins at words[i]; empty: none.
std::string NamedAt(const std::vector<SentenceWord>& words, std::size_t i) {
  if (!words[i].capitalised) return "";
  const std::string two =
      i + 1 < words.size() ? absl::StrCat(words[i].text, " ", words[i + 1].text) : "";
  for (const auto& [name, country] : kOtherNames) {
    if (name == words[i].text || name == two) return std::string(country);
  }
  const bool known = std::binary_search(Names().begin(), Names().end(), words[i].text);
  return known ? words[i].text : "";
}

}  // namespace

std::string CountryOf(const KnownClaim& known) {
  const Claim& claim = known.claim;
  const std::size_t number =
      claim.quote.begin > claim.sentence.begin ? claim.quote.begin - claim.sentence.begin : 0;
  const std::string_view text = known.sentence_text;
  const std::vector<SentenceWord> words = WordsOf(text);
  std::string nearest;
  std::size_t best = known.sentence_text.size() + 1;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::size_t apart = words[i].at > number ? words[i].at - number : number - words[i].at;
    // "Orvia has five cases and Lund two": what stands behind an "and" has a number of its own.
    if (words[i].at > number && ToldApart(text.substr(number, words[i].at - number))) {
      apart += kToldApart;
    }
    if (apart >= best) continue;
    if (SaysEverywhere(words[i].text)) {
      nearest.clear();
      best = apart;
      continue;
    }
    std::string country = NamedAt(words, i);
    if (country.empty()) continue;
    nearest = std::move(country);
    best = apart;
  }
  return nearest;
}

}  // namespace claimwatch
