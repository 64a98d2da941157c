#include "server/claims/language.h"

#include <cstdint>

namespace claimwatch {
namespace {

constexpr std::size_t kTokensLooked = 400;

struct Tally {
  int words = 0;     // Words of letters, names aside.
  int known = 0;     // Of them in the lexicon.
  int function = 0;  // Articles, prepositions, auxiliaries, conjunctions.
  int foreign = 0;   // Letters outside Latin script.
};

void Count(const Document& doc, Tally* tally) {
  std::size_t looked = 0;
  for (const Token& token : doc.tokens) {
    if (++looked > kTokensLooked) break;
    if (token.kind != TokenKind::kWord) continue;
    const std::string_view text = doc.Surface(token);
    const auto lead = static_cast<unsigned char>(text.front());
    if (lead >= 0xC9) {  // From U+0240 on: Greek, Cyrillic, Arabic, Han...
      ++tally->foreign;
      continue;
    }
    ++tally->words;
    if (token.word == nullptr) continue;
    ++tally->known;
    constexpr std::uint32_t kFunction =
        kPreposition | kConjunction | kDeterminer | kAuxiliary | kPronoun | kModal;
    if (token.word->bits & kFunction) ++tally->function;
  }
}

}  // namespace

bool IsEnglish(std::string_view declared, const Document& title, const Document& body) {
  if (!declared.empty()) {
    const std::string_view primary = declared.substr(0, declared.find_first_of("-_"));
    return primary == "en" || primary == "EN" || primary == "En" || primary == "eng" ||
           primary == "und";
  }
  Tally tally;
  Count(title, &tally);
  Count(body, &tally);
  if (tally.foreign > tally.words) return false;
  if (tally.words < 8) return tally.words == 0 || tally.known * 3 >= tally.words;
  return tally.known * 10 >= tally.words * 4 && tally.function * 10 >= tally.words;
}

}  // namespace claimwatch
