// Numbers that are no quantities: names, scores, references, ranks.
//
// "Boeing 737", "MH17", "Section 427", "COVID-19"; "3-2"; "[19]", phone and ZIP numbers, "13500
// block of Cerise Avenue", "2,3000" (malformed: flagged, not guessed); "12th", "first".
#include "server/text/number_parts.h"

namespace claimwatch::numbers {
namespace {

constexpr std::uint32_t kGapReach = 24;  // Tokens from a figure back to the list's first.

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

bool PlainDigits(const Line& line, std::uint32_t i) {
  if (!line.Digits(i)) return false;
  for (const char c : line.Text(i)) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

// Whether something countable or a unit stands at token i; `names`: past capitalised unknown words.
bool Counts(const Line& line, std::uint32_t i, bool names = true) {
  for (int steps = 0; steps < 3; ++steps, ++i) {
    if (line.Mark(i, '%')) return true;
    if (!line.IsWord(i) || (line.At(i).line_before && line.Capitalised(i))) return false;
    if (line.Is(i, kPlural | kNumberWord | kUnitNoun | kPersonNoun | kTimeNoun)) return true;
    // "12 killed", but "the Nasdaq 100 gained 2%" and "closed at".
    const Role next = line.RoleAt(i + 1);
    const bool verb = line.Digits(i + 1) || next == Role::kAt || next == Role::kUp;
    if (line.Is(i, kParticiple) && !verb) return true;
    if (line.Lower(i) == "dead" || line.Lower(i) == "more" || line.Lower(i) == "others")
      return true;
    if (steps == 0 && FindUnit(line.Text(i)) != UnitId::kNone) return true;
    if (steps == 0 && line.WordAt(i) == nullptr && !line.Capitalised(i)) {
      const std::string_view text = line.Text(i);  // An unknown plural.
      return text.size() > 3 && text.back() == 's';
    }
    const bool name = line.Capitalised(i) && line.WordAt(i) == nullptr;
    if (!line.Is(i, kAdjective | kNoun) && !(name && names)) return false;
  }
  return false;
}

// "an M5.7 quake": a size, where "the M5 motorway" is a name.
bool IsQuakeSize(const Line& line, std::uint32_t i) {
  if (line.Text(i - 1) != "M" && line.Text(i - 1) != "Mw") return false;
  return line.Text(i).find('.') != std::string_view::npos && line.RoleAt(i + 1) == Role::kQuake;
}

// "MH17", "G20", "A380", "iPhone11", "F-16", "COVID-19", "TA-35", "787-8".
bool IsGluedName(const Line& line, std::uint32_t i) {
  if (!line.Glued(i) || IsQuakeSize(line, i)) return false;
  std::uint32_t word = i - 1;
  if (line.IsWord(word)) {
    return ReadCurrencyBefore(line, i, line.first()).end == 0;
  }
  const bool spaced = !line.Glued(word);  // "COVID -19"
  if (!line.Dash(word) || (spaced && line.Mark(i + 1, '%'))) return false;
  --word;
  if (spaced && (!line.IsWord(word) || !line.At(word).all_caps || !PlainDigits(line, i)))
    return false;
  if (line.Digits(word)) return false;
  if (!line.IsWord(word)) return false;
  const std::string_view text = line.Text(word);
  const bool letters =
      IsUpper(text[0]) && (line.At(word).all_caps || text.size() <= 2 || text.size() > 5);
  const bool known = line.Is(word, kNumberWord | kPreposition | kAdjective | kVerb | kUnitNoun) ||
                     line.RoleAt(word) != Role::kNone;
  if (ReadCurrencyBefore(line, i, line.first()).end != 0) return false;
  return letters && !known && !line.Is(word, kMonth | kWeekday);
}

// Letters glued to the digits that are no unit, magnitude or suffix: "3D", "4x4", "737s".
bool HasGluedLetters(const Line& line, std::uint32_t i) {
  if (!line.IsWord(i + 1) || !line.Glued(i + 1)) return false;
  const std::string_view text = line.Text(i + 1);
  const Role role = line.RoleAt(i + 1);
  if (role == Role::kSuffix || role == Role::kMagnitude || role == Role::kClock) return false;
  if (SuffixPower(text) != 0 || FindUnit(text) != UnitId::kNone) return false;
  if (text == "e" || text == "x" || text == "E" || text == "yo" || text == "s") return text == "s";
  return text.size() <= 2 || IsUpper(text[0]);
}

// "County Road 2217"; but "On Mill Road 5 people".
bool IsNumberedRoad(const Line& line, std::uint32_t i) {
  return line.Capitalised(i - 1) && line.Capitalised(i - 2) && PlainDigits(line, i) &&
         (line.Is(i + 1, kPreposition) || !Counts(line, i + 1));
}

// "between [junctions] 9 and 10", "sections 3 to 5"; the last token of the label at `at`.
bool HasPluralLabel(const Line& line, std::uint32_t at) {
  const Role joint = line.RoleAt(at);
  if ((joint == Role::kAnd || joint == Role::kTo || joint == Role::kOr) && line.Digits(at - 1)) {
    at -= 2;
  } else if (!line.Digits(at + 1)) {
    return false;
  }
  return line.RoleAt(at) == Role::kLabels;
}

// "Section 427", "Flight 370", "Highway 5", "No. 3", "Boeing 737".
bool HasLabel(const Line& line, std::uint32_t i) {
  std::uint32_t at = i - 1;
  if (line.Mark(at, '.') && line.Glued(at)) --at;
  const std::string_view word = line.Lower(at);
  if (at + 2 == i && (word == "no" || word == "nos")) return true;
  const bool code = line.Text(at) == "code" && PlainDigits(line, i);  // "Zip code 60617"
  if (word == "lane" || code || HasPluralLabel(line, at)) return true;
  if (line.RoleAt(at) == Role::kStreet) return IsNumberedRoad(line, i);
  if (line.RoleAt(at) != Role::kLabel) return false;
  if (line.Capitalised(at) && !line.At(at).sentence_start) return true;
  const bool always = word == "flight" || word == "week" || word == "type" || word == "unit" ||
                      word == "highway" || word == "route" || word == "interstate" ||
                      word == "category" || word == "boeing" || word == "airbus" ||
                      word == "section" || word == "article" || word == "chapter" ||
                      word == "paragraph" || word == "page" || word == "gate" || word == "runway" ||
                      word == "phase" || word == "version" || word == "platform" ||
                      word == "room" || word == "resolution" || word == "level" || word == "exit" ||
                      word == "apartment" || word == "size";
  return always || (line.Capitalised(at) && !Counts(line, i + 1));
}

// "iPhone", "eBay".
bool HasCapital(std::string_view text) {
  for (const char c : text) {
    if (IsUpper(c)) return true;
  }
  return false;
}

// "Lagos has 51 cases, Kano [16] and Port Harcourt [14]": a name and its figure, without the verb
// and the noun that the figure before them has.
bool IsGapped(const Line& line, std::uint32_t i) {
  const Role after = line.RoleAt(i + 1);
  const bool ends = !line.Has(i + 1) || after == Role::kAnd || line.Mark(i + 1, ',') ||
                    line.Mark(i + 1, ';') || line.Mark(i + 1, '.');
  if (!ends) return false;
  std::uint32_t at = i - 1;
  while (at > line.first() && i - at < 4 && line.Capitalised(at)) --at;
  if (line.RoleAt(at) != Role::kAnd && !line.Mark(at, ',') && !line.Mark(at, ';')) return false;
  const std::uint32_t floor = line.first() + kGapReach < at ? at - kGapReach : line.first();
  for (; at > floor; --at) {
    const bool number = line.Digits(at) || line.Is(at, kNumberWord);
    if (number && (Counts(line, at + 1) || line.RoleAt(at + 1) == Role::kOf)) {
      return line.Is(at - 1, kVerb | kAuxiliary | kAdverb);
    }
  }
  return false;
}

// A capitalised word that the lexicon does not know, right before bare digits: "Falcon 9", "Euro
// 2012".
bool FollowsProperName(const Line& line, std::uint32_t i) {
  const std::uint32_t at = i - 1;
  if (!line.IsWord(at) || !(line.Capitalised(at) || HasCapital(line.Text(at)))) return false;
  if (!PlainDigits(line, i) || line.Text(i).size() > 4 || line.Text(i)[0] == '0') return false;
  if (line.Dash(i + 1) && line.Glued(i + 1) && !line.Digits(i + 2)) return false;  // "13-year-old"
  if (line.Is(at, kMonth | kWeekday | kPreposition | kDeterminer | kVerb | kConjunction | kAdverb |
                      kNumberWord | kPronoun | kAuxiliary | kModal)) {
    return false;
  }
  const std::string_view after = line.Lower(i + 1);
  if (line.Is(at - 1, kPreposition) && (after == "were" || after == "are" || after == "have")) {
    return false;  // "In Lima 138 were held"
  }
  if (line.WordAt(at) != nullptr && (line.RoleAt(at) != Role::kNone || !line.Is(at, kNoun))) {
    return line.Lower(at) == "big";
  }
  const Token& token = line.At(at);
  const bool shouting = token.all_caps && line.Text(at).size() > 4;  // Headlines in capitals.
  if (shouting || ReadCurrencyBefore(line, i, line.first()).end != 0) return false;
  if (IsGapped(line, i)) return false;
  const bool acronym = token.all_caps && line.Text(at).size() <= 5;
  if (acronym && line.IsWord(i + 1) &&
      !line.Is(i + 1, kPlural | kUnitNoun | kPersonNoun | kNumberWord)) {
    return !Counts(line, i + 1, false) || line.Is(i + 1, kOrdinalWord | kAdverb);
  }
  return !Counts(line, i + 1, false);
}

// "near 7 Mile and Marl roads": a road's name in Detroit.
bool IsMileRoad(const Line& line, std::uint32_t i) {
  return PlainDigits(line, i) && line.Text(i + 1) == "Mile" && !line.Capitalised(i + 2);
}

// "iPhone 11 Pro", "737 Max": the name of a model goes on behind the number.
bool InModelName(const Line& line, std::uint32_t i) {
  if (!PlainDigits(line, i) || line.Text(i).size() > 4 || !line.Capitalised(i + 1)) return false;
  if (line.At(i + 1).all_caps) return false;
  for (const std::string_view more :
       {"Pro", "Max", "Ultra", "Plus", "Mini", "Lite", "Dreamliner", "Turbo", "Neo"}) {
    if (line.Text(i + 1) == more) return true;
  }
  return false;
}

// Whether a word of sports stands in the sentence near token i.
bool InSports(const Line& line, std::uint32_t i) {
  const std::uint32_t first = i > line.first() + 12 ? i - 12 : line.first();
  for (std::uint32_t at = first; at < i + 12 && line.Has(at); ++at) {
    if (line.RoleAt(at) == Role::kSport) return true;
  }
  return false;
}

// "13500 block of Cerise Avenue", "the 1100-block", "the 5000 blocks", "3600 blk": houses are
// counted in hundreds there.
std::uint32_t BlockEnd(const Line& line, std::uint32_t i) {
  const std::uint32_t at = line.Dash(i + 1) && line.Glued(i + 1) ? i + 2 : i + 1;
  const std::string_view word = line.Lower(at);
  if (word == "block" && line.RoleAt(at + 1) == Role::kOf) return at + 1;
  if (word != "block" && word != "blocks" && line.Text(at) != "blk") return i;
  const std::string_view text = line.Text(i);
  const bool tens = text.size() >= 3 && text.back() == '0' && line.Lower(i - 1) == "the";
  return tens ? at + 1 : i;
}

// "12 Main Street", "9 E 71st St".
std::uint32_t AddressEnd(const Line& line, std::uint32_t i) {
  if (!PlainDigits(line, i)) return i;
  if (const std::uint32_t end = BlockEnd(line, i); end != i) return end;
  // "12 Killed In Mill Street Fire": a headline, with a capital for every word.
  constexpr std::uint32_t kInNoStreet = kPreposition | kConjunction | kAuxiliary | kModal;
  std::uint32_t at = i + 1;
  for (; at < i + 7 && !line.Is(at, kInNoStreet); ++at) {
    const bool street = line.RoleAt(at) == Role::kStreet || line.Text(at) == "St" ||
                        line.Text(at) == "Dr" || line.Lower(at) == "way" ||
                        line.Lower(at) == "court";
    if (street && line.Capitalised(at) && at > i + 1) {
      return ReadCurrencyBefore(line, i, line.first()).end != 0 ? i : at + 1;
    }
    const bool suffix = line.RoleAt(at) == Role::kSuffix && line.Glued(at);
    const bool number = line.Digits(at) && line.RoleAt(at + 1) == Role::kSuffix;
    if (!line.Capitalised(at) && !suffix && !number) break;
    const bool short_form =
        line.Text(at).size() == 1 || line.Text(at) == "Mt" || line.Text(at) == "St";
    if (line.Mark(at + 1, '.') && !short_form) break;
    if (line.Mark(at + 1, '.')) ++at;  // "604 N. 23rd St."
  }
  return i;
}

// "101.5 FM"
bool IsRadio(const Line& line, std::uint32_t i, const DigitRun& run) {
  return run.decimals && (line.Text(i + 1) == "FM" || line.Text(i + 1) == "AM");
}

// "18 U.S.C. 1030"
bool IsStatute(const Line& line, std::uint32_t i) {
  return line.Text(i + 1).substr(0, 5) == "U.S.C" || line.Text(i - 1).substr(0, 5) == "U.S.C";
}

// "Dallas, TX 75201", "75201 ZIP", "Dallas, Texas 75201."
bool IsZip(const Line& line, std::uint32_t i) {
  if (!PlainDigits(line, i) || line.Text(i).size() != 5) return false;
  const bool state = line.IsWord(i - 1) && line.At(i - 1).all_caps &&
                     line.Text(i - 1).size() == 2 && line.Mark(i - 2, ',');
  const bool spelt = line.Capitalised(i - 1) && line.Mark(i - 2, ',') && line.Capitalised(i - 3) &&
                     !line.IsWord(i + 1);
  return state || spelt || line.Text(i + 1) == "ZIP";
}

// "+1-222-2222", "555-1234", "0800 123 456".
std::uint32_t PhoneEnd(const Line& line, std::uint32_t i) {
  std::uint32_t at = i, groups = 1;
  std::size_t digits = line.Text(i).size();
  const bool area = line.Mark(i - 1, '(') && line.Mark(i + 1, ')') && digits == 3 &&
                    PlainDigits(line, i + 2) && line.Text(i + 2).size() == 3 && line.Dash(i + 3);
  if (area) {  // "(219) 555-0134"
    at = i + 2;
    groups = 2;
    digits += 3;
  }
  const bool dashed = line.Mark(i - 1, '(') && line.Mark(i + 1, ')') && digits == 3 &&
                      line.Dash(i + 2) && PlainDigits(line, i + 3) &&
                      line.Text(i + 3).size() == 3 && line.Dash(i + 4);
  if (dashed) {  // "(219)-555-0134"
    at = i + 3;
    groups = 2;
    digits += 3;
  }
  while ((line.Dash(at + 1) || line.Mark(at + 1, '.')) && line.Glued(at + 1) &&
         line.Glued(at + 2) && PlainDigits(line, at + 2)) {
    at += 2;
    ++groups;
    digits += line.Text(at).size();
  }
  // "0845 555 0134": the first group starts with 0.
  std::uint32_t spaced = i;
  std::size_t all = digits;
  while (line.Text(i)[0] == '0' && digits >= 3 && PlainDigits(line, spaced + 1) &&
         line.Text(spaced + 1).size() >= 3 && !line.At(spaced + 1).line_before) {
    all += line.Text(++spaced).size();
  }
  if (all >= 9 && spaced != i) return spaced + 1;
  // "800-555-TIPS", "(816) 555-TIPS".
  const bool word = line.Dash(at + 1) && line.Glued(at + 1) && line.Glued(at + 2) &&
                    line.IsWord(at + 2) && line.At(at + 2).all_caps && line.Text(at).size() == 3;
  const bool lead = groups >= 2 || (line.Mark(i - 1, ')') && line.Digits(i - 2));
  if (word && lead) return at + 3;
  const bool plus = line.Mark(i - 1, '+') && line.Glued(i);
  const bool phone =
      (groups >= 3 && digits >= 7) || (plus && digits >= 7) ||
      (groups == 2 && line.Text(i).size() == 3 && line.Text(at).size() == 4 && digits == 7);
  return phone ? at + 1 : i;
}

// "text your tip to 55123"
bool IsTextNumber(const Line& line, std::uint32_t i) {
  const std::size_t digits = line.Text(i).size();
  if (!PlainDigits(line, i) || digits < 5 || digits > 6) return false;
  if (line.RoleAt(i - 1) != Role::kTo) return false;
  for (std::uint32_t k = 2; k <= 8 && i >= line.first() + k; ++k) {
    const std::string_view word = line.Text(i - k);
    if (word == "text" || word == "Text" || word == "texting") return true;
  }
  return false;
}

// "HELP (4357)": the keys of a telephone that spell the word before it.
bool SpellsWordBefore(const Line& line, std::uint32_t i) {
  static constexpr std::string_view kKeys = "22233344455566677778889999";  // A to Z.
  if (!line.Mark(i - 1, '(') || !line.Mark(i + 1, ')') || !line.IsWord(i - 2)) return false;
  const std::string_view word = line.Text(i - 2), digits = line.Text(i);
  if (word.size() != digits.size() || word.size() < 3) return false;
  for (std::size_t at = 0; at < word.size(); ++at) {
    if (!IsUpper(word[at]) || kKeys[word[at] - 'A'] != digits[at]) return false;
  }
  return true;
}

}  // namespace

void SetSpan(const Line& line, Number* number) {
  number->span = Join(line.At(number->first).span, line.At(number->end - 1).span);
}

Number NotAQuantity(const Line& line, std::uint32_t first, std::uint32_t end, NumberKind kind,
                    const char* reason) {
  Number number;
  number.first = first;
  number.end = number.unit_end = number.per_end = end;
  number.kind = kind;
  number.reason = reason;
  SetSpan(line, &number);
  number.digits = number.span;
  if (kind != NumberKind::kDate && kind != NumberKind::kTime && line.Digits(first) &&
      (end == first + 1 || kind == NumberKind::kName)) {
    number.quantity.low = number.quantity.high = ReadDigits(line.Text(first)).value;
  }
  return number;
}

// "9/11", "24/7".
bool IsSlashName(const Line& line, std::uint32_t i) {
  if (!line.Mark(i + 1, '/') || !line.Glued(i + 1) || !line.Glued(i + 2)) return false;
  const std::string_view a = line.Text(i), b = line.Text(i + 2);
  return (a == "24" && b == "7") || (a == "9" && b == "11") || (a == "7" && b == "7");
}

// "Air Force One", "Terminal Two": a number word with a capital after a name, inside a sentence.
bool IsWordInName(const Line& line, std::uint32_t i) {
  const std::uint32_t at = i - 1;
  if (line.Text(at) == "Big" && line.Capitalised(i)) return true;  // "a Big Ten game"
  const bool group = line.RoleAt(at) == Role::kOf && line.Text(at - 1) == "Group";
  if (group && line.Capitalised(i)) return true;  // "the Group of Eight"
  if (!line.Capitalised(i) || !line.Capitalised(at) || line.At(i).sentence_start) return false;
  if (line.At(i).all_caps || line.Dash(i + 1) || line.RoleAt(i) == Role::kHundred) return false;
  const bool known = line.WordAt(at) != nullptr && !line.Is(at, kNoun);
  const bool acts = line.Is(at, kVerb | kPreposition | kNumberWord | kMonth | kWeekday);
  return !known && (!acts || line.RoleAt(at) == Role::kLabel || line.Lower(at) == "force") &&
         !line.Capitalised(i + 1) && !line.Is(i + 1, kPlural | kNumberWord) &&
         !(line.ValueAt(i) > 1 && line.Is(i + 1, kParticiple));
}

std::optional<Number> ReadName(const Line& line, std::uint32_t i) {
  const bool word = line.RoleAt(i) == Role::kDigit || line.Text(i - 1) == "Big";
  if (word && !line.Digits(i) && line.Is(i, kNumberWord) && IsWordInName(line, i)) {
    return NotAQuantity(line, i, i + 1, NumberKind::kName, "part of a name");
  }
  if (!line.Digits(i)) return std::nullopt;
  if (IsSlashName(line, i)) {
    return NotAQuantity(line, i, i + 3, NumberKind::kName, "a name with a slash");
  }
  std::uint32_t end = i + 1;
  const char* reason = "part of a name";
  if (IsGluedName(line, i)) {
    reason = "glued to letters: a name";
  } else if (HasGluedLetters(line, i)) {
    end = i + 2;
    reason = "glued to letters: a name";
  } else if (HasLabel(line, i)) {
    reason = "numbered by the word before it";
  } else if (InModelName(line, i)) {
    reason = "part of a model's name";
  } else if (!FollowsProperName(line, i) && !IsMileRoad(line, i)) {
    return std::nullopt;
  }
  while (line.Dash(end) && line.Glued(end) && line.Glued(end + 1) && PlainDigits(line, end + 1))
    end += 2;
  return NotAQuantity(line, i, end, NumberKind::kName, reason);
}

std::optional<Number> ReadScore(const Line& line, std::uint32_t i) {
  if (!PlainDigits(line, i) || !line.Dash(i + 1) || !PlainDigits(line, i + 2)) return std::nullopt;
  if (!line.Glued(i + 1) || !line.Glued(i + 2)) return std::nullopt;
  const std::string_view a = line.Text(i), b = line.Text(i + 2);
  if (a.size() > 3 || b.size() > 3 || line.Mark(i + 3, '%')) return std::nullopt;
  if (line.RoleAt(i + 3) == Role::kMagnitude || line.Mark(i + 3, '\\') || line.Mark(i + 3, '/'))
    return std::nullopt;
  const Decimal low = ReadDigits(a).value, high = ReadDigits(b).value;
  const bool third = line.Dash(i + 3) && line.Glued(i + 3) && PlainDigits(line, i + 4);
  const bool ascending = low < high;
  if (third && line.Text(i + 4).size() >= 4) return std::nullopt;  // A phone number.
  if (ascending && !third && !InSports(line, i)) return std::nullopt;
  if (ascending && Counts(line, i + 3) && !third) return std::nullopt;
  return NotAQuantity(line, i, third ? i + 5 : i + 3, NumberKind::kScore, "a score or a tally");
}

// A number that is called or texted, in whatever form.
std::optional<Number> ReadCallNumber(const Line& line, std::uint32_t i, std::uint32_t floor) {
  if (!PlainDigits(line, i)) return std::nullopt;
  if (SpellsWordBefore(line, i)) {
    return NotAQuantity(line, i, i + 1, NumberKind::kReference, "a word on a telephone's keys");
  }
  if (IsTextNumber(line, i)) {
    return NotAQuantity(line, i, i + 1, NumberKind::kReference, "a phone number");
  }
  const std::uint32_t end = PhoneEnd(line, i);
  if (end == i) return std::nullopt;
  const bool bracket = line.Mark(i - 1, '(') && i > floor && line.Mark(i + 1, ')');
  return NotAQuantity(line, bracket ? i - 1 : i, end, NumberKind::kReference, "a phone number");
}

std::optional<Number> ReadReference(const Line& line, std::uint32_t i, std::uint32_t floor) {
  if (!line.Digits(i)) return std::nullopt;
  const DigitRun run = ReadDigits(line.Text(i));
  if (run.malformed) {
    return NotAQuantity(line, i, i + 1, NumberKind::kReference, "digits that are grouped wrongly");
  }
  const bool note = line.Mark(i - 1, '[') && line.Mark(i + 1, ']') && i > floor &&
                    line.Has(i - 2) && line.Glued(i - 1) && line.Text(i).size() <= 3;
  if (note) return NotAQuantity(line, i, i + 1, NumberKind::kReference, "a footnote");
  if (auto call = ReadCallNumber(line, i, floor)) return call;
  if (IsStatute(line, i))
    return NotAQuantity(line, i, i + 1, NumberKind::kReference, "a legal reference");
  if (const std::uint32_t end = AddressEnd(line, i); end != i) {
    return NotAQuantity(line, i, end, NumberKind::kReference, "an address");
  }
  const bool web = line.Mark(i - 1, '/') && line.Glued(i) && line.Glued(i - 1) &&
                   line.IsWord(i - 2) &&
                   line.RoleAt(i + 1) != Role::kMagnitude;  // "504,000 gallons/1.9 million litres"
  if (web) return NotAQuantity(line, i, i + 1, NumberKind::kReference, "part of a web address");
  const bool emergency = (line.Text(i) == "911" || line.Text(i) == "999") && !Counts(line, i + 1);
  if (emergency) return NotAQuantity(line, i, i + 1, NumberKind::kReference, "an emergency number");
  if (IsZip(line, i)) {
    return NotAQuantity(line, i, i + 1, NumberKind::kReference, "a ZIP code");
  }
  if (IsRadio(line, i, run)) {
    return NotAQuantity(line, i, i + 1, NumberKind::kReference, "a radio station");
  }
  if (run.dotted) {
    return NotAQuantity(line, i, i + 1, NumberKind::kReference, "a dotted number");
  }
  const bool place = run.decimals && line.Text(i).size() - line.Text(i).find('.') > 5 &&
                     !line.IsWord(i + 1) &&
                     (line.Mark(i - 1, '-') || line.Mark(i + 1, ',') || line.Mark(i - 1, ','));
  if (place) return NotAQuantity(line, i, i + 1, NumberKind::kReference, "a coordinate");
  const bool code = line.Mark(i - 1, '[') && line.Mark(i + 1, ']') && line.Text(i)[0] == '0';
  if (code) return NotAQuantity(line, i, i + 1, NumberKind::kReference, "a code in brackets");
  const bool signed_number = line.Mark(i - 1, '-') && line.Glued(i);
  const bool long_run = !signed_number && PlainDigits(line, i) && line.Text(i).size() >= 11;
  if (long_run)
    return NotAQuantity(line, i, i + 1, NumberKind::kReference, "too long for a figure");
  return std::nullopt;
}

std::optional<Number> ReadOrdinal(const Line& line, std::uint32_t i) {
  if (line.Digits(i)) {
    if (line.RoleAt(i + 1) != Role::kSuffix || !line.Glued(i + 1)) return std::nullopt;
    return NotAQuantity(line, i, i + 2, NumberKind::kOrdinal, "a rank");
  }
  std::uint32_t at = i;
  if (line.RoleAt(at) == Role::kTen) {
    ++at;
    if (line.Dash(at)) ++at;
    if (line.ValueAt(at) > 9 || line.Is(at, kPlural)) return std::nullopt;
  }
  const Role role = line.RoleAt(at);
  if (role != Role::kOrdinal && role != Role::kOrdinalPower) return std::nullopt;
  if (role == Role::kOrdinalPower && at != i) return std::nullopt;
  return NotAQuantity(line, i, at + 1, NumberKind::kOrdinal, "a rank");
}

}  // namespace claimwatch::numbers
