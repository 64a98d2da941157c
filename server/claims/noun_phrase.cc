#include "server/claims/noun_phrase.h"

#include "absl/strings/match.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kWordsMax = 8;  // Of one phrase.
constexpr std::uint32_t kClauseMax = 24;
constexpr std::uint32_t kClosed =
    kPreposition | kConjunction | kPronoun | kModal | kAuxiliary | kDeterminer;

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() > end.size() &&
         absl::EndsWithIgnoreCase({text.data(), text.size()}, {end.data(), end.size()});
}

// Words that tell what happened ("dead", "injured") are no heads: they are the predicate.
bool IsPredicateWord(const Passage& p, std::uint32_t i) {
  const WordSense& sense = p.Sense(i);
  if (sense.adjective != MeasureId::kNone) return true;
  const bool object = sense.object != MeasureId::kNone || sense.object_thing != MeasureId::kNone;
  return object && p.Is(i, kParticiple);
}

bool LooksPlural(const Passage& p, std::uint32_t i) {
  return p.WordAt(i) != nullptr ? p.Is(i, kPlural) : p.HasPluralForm(i);
}

class Reader {
 public:
  Reader(const Passage& passage, const Number& number) : p_(passage), number_(number) {}

  NounPhrase Read() {
    std::uint32_t i = number_.end > number_.unit_end ? number_.end : number_.unit_end;
    while (p_.IsHyphen(i) || (i > 0 && p_.IsPunct(i, '-') && !p_.At(i).space_before)) ++i;
    i = SkipSize(SkipMore(i));
    if (p_.Text(i) == "such") ++i;  // "353 such attacks"
    i = SkipGloss(SkipOf(i));
    np_.begin = i;
    if (np_.others && p_.Text(i - 1) == "others") {  // "12 others suffered damage"
      np_.end = np_.tail = i;
      return np_;
    }
    np_.end = np_.tail = ReadCore(i, &np_.head);
    if (np_.elided()) {
      np_.end = np_.tail = i;
      return np_;
    }
    np_.inner = kNoToken;
    ReadJoined();
    ReadOf();
    return np_;
  }

 private:
  std::uint32_t SkipMore(std::uint32_t i) {
    while (p_.Has(i)) {
      const Role role = p_.RoleOf(i);
      if (role == Role::kOther)
        np_.others = true;
      else if (role != Role::kMore && role != Role::kAdditional && !p_.Says(i, "else") &&
               p_.Text(i) != "such")
        break;
      ++i;
    }
    return i;
  }

  // "six [9mm] pistols", "two [1,000-pound] bombs"
  std::uint32_t SkipSize(std::uint32_t i) const {
    const Number* size = p_.NumberAt(i);
    if (size == nullptr || size->first != i || number_.kind != NumberKind::kCount) return i;
    const bool joins = i == number_.end && size->kind == NumberKind::kMeasurement;
    const std::uint32_t noun = size->unit_end;
    return joins && p_.NounLike(noun) && p_.Is(noun, kPlural) ? noun : i;
  }

  // "almost 30 [bullet] casings"
  std::uint32_t SkipGloss(std::uint32_t i) const {
    if (!p_.IsPunct(i, '[') && !p_.IsPunct(i, '(')) return i;
    std::uint32_t k = i + 1;
    while (k < i + 4 && p_.NounLike(k) && p_.NumberAt(k) == nullptr) ++k;
    const bool closed = k > i + 1 && (p_.IsPunct(k, ']') || p_.IsPunct(k, ')'));
    return closed && p_.NounLike(k + 1) && LooksPlural(p_, k + 1) && !p_.Is(k + 1, kVerb) ? k + 1
                                                                                          : i;
  }

  // "14 [out of 22] districts", "16 [out of an expected 30] doses": the number; kNoToken: none.
  std::uint32_t WholeAfterOut(std::uint32_t i) const {
    if (p_.Text(i) != "out" || p_.RoleOf(i + 1) != Role::kOf) return kNoToken;
    for (std::uint32_t k = i + 2; k <= i + 4; ++k) {
      if (p_.NumberAt(k) != nullptr) return k;
      if (p_.RoleOf(k) != Role::kA && !p_.Is(k, kAdjective | kParticiple | kDeterminer)) break;
    }
    return kNoToken;
  }

  std::uint32_t SkipOf(std::uint32_t i) {
    if (const std::uint32_t whole = WholeAfterOut(i); whole != kNoToken) {
      np_.partitive = true;
      return p_.NumberAt(whole)->end;
    }
    if (p_.RoleOf(i) != Role::kOf) return i;
    ++i;
    const bool vague = number_.quantity.bound == Bound::kVague;
    if (p_.Is(i, kPronoun) && !p_.Is(i, kDeterminer)) {
      np_.partitive = pronoun_ = true;
      return i + 1;
    }
    if (p_.RoleOf(i) == Role::kThe || p_.Is(i, kDeterminer)) {
      np_.partitive = !p_.Is(i, kPronoun) || !vague;
      ++i;
      const Number* whole = p_.NumberAt(i);
      if (whole != nullptr) i = whole->end;
      const bool held = p_.Text(i) == "held" && p_.Text(i - 1) == "those";
      if (held || (IsPredicateWord(p_, i) && !FollowedByNoun(i)))
        np_.inner = i++;  // of the (16) dead
      return i;
    }
    if (!vague) np_.partitive = true;
    const Number* whole = p_.NumberAt(i);
    return whole == nullptr ? i : whole->end;
  }

  // Reads modifiers and nouns from `i`; returns one past the last noun, whose index goes to `head`.
  std::uint32_t ReadCore(std::uint32_t i, std::uint32_t* head) {
    const std::uint32_t begin = i;
    std::uint32_t end = i, limit = begin + kWordsMax;
    for (; p_.Has(i) && i < limit; ++i) {
      if (p_.IsHyphen(i) ||
          (*head == kNoToken && i > begin && p_.IsPunct(i, ',') && p_.Is(i - 1, kAdjective) &&
           p_.NounLike(i + 1) && !IsPredicateWord(p_, i - 1))) {
        continue;
      }
      if (p_.IsQuote(i) && *head == kNoToken) continue;
      if (i > begin && IsShortForm(i)) {
        i += 2;
        limit += 3;
        continue;
      }
      if (*head == kNoToken && i > begin && JoinsModifiers(i)) continue;
      if (p_.IsHyphen(i + 1)) {  // "surface-to-air missiles": one modifier.
        i = CompoundEnd(i);
        if (!p_.NounLike(i + 1) && p_.At(i).kind == TokenKind::kWord) {
          *head = i;
          end = i + 1;
          break;
        }
        continue;
      }
      if (p_.At(i).kind != TokenKind::kWord || p_.NumberAt(i) != nullptr || OpensTime(i)) break;
      const bool acts = p_.Is(i, kPastTense | kAuxiliary) ||            // "of them needed"
                        (p_.Is(i, kVerb) && p_.Text(i - 1) == "whom");  // "of whom face charges"
      if (i == begin && (pronoun_ || IsBareVague(i)) && acts) break;
      if (!Belongs(i, *head) || (i == begin && (IsMainVerb(i) || IsHeadlineVerb(i)))) break;
      if (IsPredicateWord(p_, i)) np_.state = i;
      if (i == begin && IsBareVerb(i)) break;
      const bool noun = p_.Bits(i) == 0 ? !IsAdverbByForm(i) : p_.Is(i, kNoun) || IsNounByPlace(i);
      if (!noun || (IsPredicateWord(p_, i) && !FollowedByNoun(i))) continue;
      *head = i;
      end = i + 1;
      if (Closes(i)) break;
    }
    return end;
  }

  // Not where a line was only too long.
  bool OnNewLine(std::uint32_t i) const { return p_.At(i).line_before && p_.At(i).capitalised; }

  // "Thousands fled west Torl": with "of" alone such a number has a noun.
  bool IsBareVague(std::uint32_t i) const {
    return number_.quantity.bound == Bound::kVague && p_.NumberAt(i - 1) != nullptr &&
           EndsWith(p_.Text(i - 1), "s");
  }

  // "12 Hale virus [(HaV)] cases": the short form of a name that goes on.
  bool IsShortForm(std::uint32_t i) const {
    if (!p_.IsPunct(i, '(') || !p_.IsPunct(i + 2, ')')) return false;
    return p_.NumberAt(i + 1) == nullptr && p_.NounLike(i + 3) && p_.Is(i + 3, kPlural);
  }

  // "left 73 dead [last year]", "73 [last June]"
  bool OpensTime(std::uint32_t i) const {
    return p_.In(i, WordList::kLast) && p_.Is(i + 1, kTimeNoun | kMonth | kWeekday) &&
           !p_.Is(i + 1, kPlural);
  }

  // The last token of a word joined by hyphens.
  std::uint32_t CompoundEnd(std::uint32_t i) const {
    while (p_.IsHyphen(i + 1) && p_.Has(i + 2)) i += 2;
    return i;
  }

  // "250,000 march", "12,000 protest over pay": one verb in the present, no noun in the singular.
  bool IsBareVerb(std::uint32_t i) const {
    if (!p_.Is(i, kVerb) || p_.Is(i, kPlural | kPersonNoun)) return false;
    const MeasureId subject = p_.Sense(i).subject;
    if (subject == MeasureId::kNone || subject != p_.senses.known.participants) return false;
    return number_.quantity.low && *number_.quantity.low > Decimal(1) && !p_.NounLike(i + 1);
  }

  // "Another 900 boarded ships on Monday." has no other verb.
  bool IsMainVerb(std::uint32_t i) const {
    const bool opens = number_.first == p_.first || p_.IsPunct(number_.first - 1, ';');
    if (!opens || !p_.Is(i, kPastTense) || p_.Is(i, kNoun)) return false;
    if (!p_.Is(i + 1, kNoun | kWeekday)) return false;
    for (std::uint32_t k = i + 1; p_.Has(k) && k < i + kClauseMax; ++k) {
      if (p_.Is(k, kAuxiliary | kModal | kPastTense | kThirdPerson)) return false;
    }
    return p_.end < i + kClauseMax;
  }

  // "Half a million march in London", "Thousands protest over cuts"
  bool IsHeadlineVerb(std::uint32_t i) const {
    if (p_.doc.field != Field::kTitle || p_.Is(i, kPlural) || !p_.Is(i, kVerb)) return false;
    const bool acts = p_.Sense(i).subject != MeasureId::kNone && p_.WordAt(i)->id == p_.Lemma(i);
    return acts && (!p_.Has(i + 1) || p_.Is(i + 1, kPreposition | kAdverb | kWeekday) ||
                    p_.RoleOf(i + 1) == Role::kIn || p_.RoleOf(i + 1) == Role::kAt);
  }

  // "confirmed [and] probable cases"
  bool JoinsModifiers(std::uint32_t i) const {
    if (p_.RoleOf(i) != Role::kAnd && p_.RoleOf(i) != Role::kOr) return false;
    constexpr std::uint32_t kModifier = kAdjective | kParticiple;
    return p_.Is(i - 1, kModifier) && p_.Is(i + 1, kModifier) && !IsPredicateWord(p_, i + 1) &&
           !p_.Is(i - 1, kNoun) && p_.Is(i + 2, kNoun) && p_.Is(i + 2, kPlural);
  }

  // "12 contacts were traced": what only a verb is known for, before the verb.
  bool IsNounByPlace(std::uint32_t i) const {
    if (i != np_.begin || !p_.Is(i, kThirdPerson) || p_.Is(i, kNoun | kAuxiliary)) return false;
    // "took 86 watches": no plural does what an s is said of.
    const auto& size = number_.quantity.low;
    const bool many = number_.kind == NumberKind::kCount && size && *size > Decimal(1) &&
                      number_.quantity.bound != Bound::kVague;
    return p_.Is(i + 1, kAuxiliary | kModal) || (many && !p_.Is(i, kSpeech));
  }

  bool IsAdverbByForm(std::uint32_t i) const { return EndsWith(p_.Text(i), "ly"); }

  bool FollowedByNoun(std::uint32_t i) const {
    std::uint32_t next = i + 1;
    while (p_.IsHyphen(next)) ++next;
    if (p_.RoleOf(next) == Role::kAnd || p_.RoleOf(next) == Role::kOr) {
      // "confirmed and probable cases"
      const bool other = p_.Is(next + 1, kAdjective | kParticiple) || p_.Bits(next + 1) == 0;
      return other && !p_.Is(next + 1, kNoun) && !p_.HasCapital(next + 1) &&
             p_.Is(next + 2, kNoun) && p_.Is(next + 2, kPlural);
    }
    if (!p_.NounLike(next) || OnNewLine(next) || OpensTime(next)) return false;
    if (p_.Text(next) == "late" || p_.Text(next) == "early") return false;  // "4 missing late on"
    // "12 killed police said": a verb of saying right after makes the noun a speaker.
    return !p_.Is(next + 1, kSpeech) || p_.Is(next, kPlural);
  }

  // A head after which no further noun is expected.
  bool Closes(std::uint32_t i) const {
    if (p_.IsHyphen(i + 1)) return false;
    if (!LooksPlural(p_, i)) return false;
    if (p_.WordAt(i) != nullptr) {
      // "Chinese tourist", "Chinese army trucks"
      if (p_.Is(i, kAdjective) && p_.Is(i + 1, kNoun) &&
          (p_.Is(i + 1, kPersonNoun) || !p_.Is(i + 1, kVerb))) {
        return false;
      }
      // "women prisoners", but not "people deaths".
      return !(p_.Is(i + 1, kNoun) && p_.Is(i + 1, kPersonNoun) && p_.Is(i + 1, kPlural) &&
               !p_.Is(i + 1, kVerb));
    }
    // A name that only looks like a plural: "5 Dallas police officers".
    return !(p_.Is(i + 1, kNoun) && !p_.Is(i + 1, kVerb));
  }

  bool Belongs(std::uint32_t i, std::uint32_t head) const {
    const std::uint32_t bits = p_.Bits(i);
    // "1,000 this week and 3,500 next month"
    if (i == np_.begin && p_.Is(i + 1, kTimeNoun) &&
        (p_.Text(i) == "next" || p_.Text(i) == "last")) {
      return false;
    }
    if (bits == 0) {
      const bool verb = EndsWith(p_.Text(i), "ed") && !p_.HasCapital(i) && !p_.NounLike(i + 1) &&
                        !p_.IsHyphen(i - 1) && !p_.IsHyphen(i + 1);
      if (verb) return false;
      if (head == kNoToken) return !IsAdverbByForm(i) || p_.NounLike(i + 1) || p_.Is(i + 1, kVerb);
      return !EndsWith(p_.Text(i), "ed") && !IsAdverbByForm(i) && !EndsWith(p_.Text(i), "ing");
    }
    if (i > np_.begin && OnNewLine(i)) return false;
    if (IsNounByPlace(i)) return true;
    // "2,600 died last year", "84 spent Monday night"
    if ((bits & kPastTense) && !(bits & kNoun) && head == kNoToken && SaysWhen(i + 1)) return false;
    // "members of the president[']s family"; as a verb it has no noun after it.
    if (p_.Text(i) == "'s" || p_.Text(i) == "\xE2\x80\x99s") {
      return head != kNoToken && p_.NounLike(i + 1);
    }
    if ((bits & kClosed) && !(bits & kNoun)) return false;
    if (IsPredicateWord(p_, i)) return head == kNoToken && FollowedByNoun(i);
    if ((bits & (kVerb | kModal | kAuxiliary)) && !(bits & (kNoun | kAdjective))) {
      const bool base = i == np_.begin && p_.WordAt(i)->id == p_.WordAt(i)->lemma &&
                        (bits & kVerb) && p_.Is(i + 1, kNoun) && p_.Is(i + 1, kPlural);
      const bool modifier = ((bits & (kParticiple | kGerund)) || base) && FollowedByNoun(i);
      const bool people = head != kNoToken && p_.Is(head, kAdjective) && (bits & kGerund);
      return modifier && (head == kNoToken || people);  // "Egyptian fishing boats"
    }
    // "99 police stations", but not "12 guards police the camp".
    const bool compound = head != kNoToken && !p_.Is(head, kPlural) && (bits & kPlural) &&
                          number_.quantity.low != Decimal(1);
    const bool name = head != kNoToken && p_.HasCapital(head) && p_.HasCapital(i) &&
                      p_.doc.field == Field::kBody;  // "National Guard troops"
    if ((bits & kVerb) && (bits & kNoun) && head != kNoToken && p_.Is(head, kPersonNoun) &&
        !compound && !name) {
      return (bits & kPlural) != 0 && !(bits & kThirdPerson);
    }
    if (p_.IsAdverb(i) && !(bits & (kNoun | kAdjective))) {
      return head == kNoToken && p_.Is(i + 1, kAdjective | kParticiple) && p_.NounLike(i + 2);
    }
    if ((bits & kAdjective) && !(bits & kNoun)) return head == kNoToken || FollowedByNoun(i);
    return true;
  }

  bool SaysWhen(std::uint32_t i) const {
    if (p_.Is(i, kWeekday)) return true;
    const std::string_view text = p_.Text(i);
    return (text == "last" || text == "this") && p_.Is(i + 1, kTimeNoun);
  }

  // "homes and other buildings", "passengers and crew"; not "12 people and officials said".
  void ReadJoined() {
    std::uint32_t i = np_.end;
    // "200 police[, firemen] and doctors"
    constexpr std::uint32_t kPersons = kNoun | kPlural | kPersonNoun;
    if (p_.IsPunct(i, ',') && (p_.Bits(i + 1) & kPersons) == kPersons &&
        (p_.Bits(np_.head) & kPersons) == kPersons && p_.RoleOf(i + 2) == Role::kAnd) {
      i += 2;
    }
    if (p_.RoleOf(i) != Role::kAnd && p_.RoleOf(i) != Role::kOr) return;
    ++i;
    if (p_.RoleOf(i) == Role::kOther) ++i;
    const bool single = p_.RoleOf(i) == Role::kA;  // "3 women and a man were hurt"
    if (single) ++i;
    if (p_.NumberAt(i) != nullptr || !p_.NounLike(i) || p_.Is(i, kGerund)) return;
    std::uint32_t head = kNoToken;
    const std::uint32_t end = ReadCore(i, &head);
    if (head == kNoToken || p_.Is(end, kSpeech)) return;
    if (single && !p_.Is(end, kAuxiliary) && !IsPredicateWord(p_, end)) return;
    const bool were = single && (p_.Text(end) == "were" || p_.Text(end) == "are");
    if (!were && !LooksPlural(p_, head) && !p_.Is(head, kPersonNoun)) return;
    np_.joined = head;
    np_.tail = end;
  }

  // "members of law enforcement and the military", "pieces of equipment".
  void ReadOf() {
    std::uint32_t i = np_.tail;
    if (p_.RoleOf(i) != Role::kOf) return;
    ++i;
    if (p_.RoleOf(i) == Role::kThe || p_.Is(i, kDeterminer)) ++i;
    if (p_.NumberAt(i) != nullptr) return;
    std::uint32_t inner = kNoToken;
    std::uint32_t end = ReadCore(i, &inner);
    if (inner == kNoToken) return;
    np_.inner = inner;
    np_.tail = end;
    if (p_.RoleOf(end) != Role::kAnd) return;
    i = end + 1;
    if (p_.RoleOf(i) == Role::kThe) ++i;
    if (p_.NumberAt(i) != nullptr || !p_.NounLike(i) || p_.Is(i, kGerund)) return;
    std::uint32_t second = kNoToken;
    end = ReadCore(i, &second);
    if (second != kNoToken && !p_.Is(end, kSpeech)) np_.tail = end;
  }

  const Passage& p_;
  const Number& number_;
  NounPhrase np_;
  bool pronoun_ = false;  // "12 of them"
};

}  // namespace

NounPhrase ReadNounPhrase(const Passage& passage, const Number& number) {
  return Reader(passage, number).Read();
}

}  // namespace claimwatch
