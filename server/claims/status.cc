#include "server/claims/status.h"

#include <algorithm>
#include <optional>

namespace claimwatch {
namespace {

constexpr std::uint32_t kLeftReach = 10;
constexpr std::uint32_t kRightReach = 16;
constexpr std::uint32_t kDateReach = 40;

// The year that a date phrase names; 0 for none.
int YearOf(const Passage& p, const Number& number) {
  for (std::uint32_t i = number.first; i < number.end; ++i) {
    const std::string_view text = p.Text(i);
    if (text.size() != 4) continue;
    int year = 0;
    for (const char c : text) year = c >= '0' && c <= '9' ? year * 10 + (c - '0') : -100000;
    if (year >= 1000 && year <= 2200) return year;
  }
  return 0;
}

// 1..12 for the name of a month, 0 for other words.
int MonthOf(std::string_view name) {
  static constexpr std::string_view kMonths[] = {"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};
  for (int i = 0; i < 12; ++i) {
    if (kMonths[i] == name) return i + 1;
  }
  return 0;
}

class StatusReader {
 public:
  StatusReader(const Passage& passage, const Background& background, int carried,
               std::vector<Draft>* drafts)
      : p_(passage), background_(background), carried_(carried), drafts_(*drafts) {}

  int Run() {
    anchor_ = OpeningYear();
    for (Draft& draft : drafts_) {
      if (!draft.claim()) continue;
      if (Past(draft))
        SetPast(&draft);
      else if (Denied(draft))
        draft.status = Status::kDenied;
      else if (Projected(draft))
        draft.status = Status::kProjected;
    }
    for (std::size_t k = 1; k < drafts_.size(); ++k) ShareProjected(drafts_[k - 1], &drafts_[k]);
    return anchor_;
  }

 private:
  // "hopes to feed 100 this week and 200 next month", "plans to cut 800, or 10 percent": what is
  // hoped of the first is hoped of the second, as long as no verb of its own says otherwise.
  void ShareProjected(const Draft& left, Draft* right) const {
    if (left.status != Status::kProjected || right->status != Status::kStated) return;
    if (!right->claim() || right->finding.relation == Relation::kPredicate) return;
    for (const std::uint32_t i : {right->np.tail, right->number->unit_end}) {
      if (p_.Is(i, kPastTense) && !p_.Is(i, kNoun)) return;  // "and 33 percent accepted it"
    }
    if (right->measure == p_.senses.known.money && left.measure != right->measure) return;
    bool joined = false;
    for (std::uint32_t i = left.number->end; i < right->number->first; ++i) {
      const Role role = p_.RoleOf(i);
      joined = joined || role == Role::kAnd || role == Role::kOr;
      const bool base = !p_.Is(i, kPastTense | kThirdPerson | kParticiple) || p_.Is(i, kNoun);
      const bool verb = p_.Is(i, kVerb) && !p_.Is(i, kNoun | kGerund);
      if ((verb && !(base && role == Role::kNone && joined)) || p_.Sense(i).Is(kCueRelative))
        return;
      if (p_.Is(i, kAuxiliary | kModal) || p_.IsPunct(i, ';') || p_.IsPunct(i, ':')) return;
      if (p_.Is(i, kPastTense) && !p_.Is(i, kNoun)) return;
    }
    if (joined && right->number->first < left.number->end + 18) right->status = Status::kProjected;
  }

  // The town or the day that an earlier event's figure names is that event's own.
  static void SetPast(Draft* draft) {
    draft->status = Status::kPastEvent;
    if (draft->by_default && draft->scope == Scope::kPart) draft->scope = Scope::kTotal;
  }

  // "In 1986 ...", "June 4, 1989 - ...": the sentence's year when it is an earlier one; else 0.
  int OpeningYear() const {
    if (p_.first_number == p_.end_number || background_.year == 0) return 0;
    const Number& date = p_.numbers[p_.first_number];
    if (date.kind != NumberKind::kDate || date.first > p_.first + 4 || Since(date)) return 0;
    const int year = YearOf(p_, date);
    return year < background_.year ? year : 0;
  }

  // An earlier year before the figure, or right behind its verb.
  bool Past(const Draft& draft) {
    const KnownMeasures& known = p_.senses.known;
    if (draft.measure == known.money || draft.measure == known.percent) return false;
    const std::uint32_t at = draft.number->first;
    std::uint32_t near = draft.index;
    while (near > p_.first_number && at - p_.numbers[near - 1].first < kDateReach) --near;
    for (std::uint32_t k = near; k < p_.end_number; ++k) {
      const Number& date = p_.numbers[k];
      if (date.first >= at + kDateReach) break;
      if (date.kind != NumberKind::kDate && date.kind != NumberKind::kDuration) continue;
      const int year = background_.year == 0 ? 0 : YearOf(p_, date);
      const bool near_before = date.first < at && at - date.first < 30 && IsToll(draft.measure);
      if (near_before && (YearsAgo(date) || EarlierElsewhere(date, at))) {
        anchor_ = 1;
        return true;
      }
      if (year == 0 || year >= background_.year || Since(date) || IsFounding(date)) continue;
      const bool before = date.first < at && at - date.first < kDateReach;
      const std::uint32_t reach = IsToll(draft.measure) ? 24 : 8;
      const bool after = date.first > at && date.first - at < reach && After(date, at);
      if (before || after) {
        anchor_ = year;
        return true;
      }
    }
    if (!IsToll(draft.measure)) return false;
    if (LastYear(at) || LastYearAfter(draft) || OpensEarlier()) {
      anchor_ = 1;
      return true;
    }
    if (carried_ != 0 && !now_) now_ = SpeaksOfNow();
    if (carried_ != 0 && !*now_) {
      anchor_ = carried_;
      return true;
    }
    return false;
  }

  // "The bank, founded in 1850, lost $3.9bn": its year, not the figure's.
  bool IsFounding(const Number& date) const {
    for (std::uint32_t k = 1; k <= 2; ++k) {
      for (const std::string_view made : {"founded", "built", "established", "born", "opened"}) {
        if (p_.Text(date.first - k) == made) return true;
      }
    }
    return false;
  }

  // Figures of the event before keep their year in the next sentence.
  bool SpeaksOfNow() const {
    for (std::uint32_t i = p_.first; i < p_.end; ++i) {
      const std::string_view text = p_.Text(i);
      if (p_.Is(i, kWeekday | kSpeech) || text == "now" || text == "today" || text == "latest" ||
          text == "so" || text == "currently" || text == "yesterday" || text == "has" ||
          text == "have" || text == "will" || text == "is" || text == "are" || text == "this" ||
          text == "remain" || text == "remains" || (text == "last" && p_.Text(i + 1) != "year")) {
        return true;
      }
    }
    return false;
  }

  // "In April last year", "last year", "a year ago"
  bool LastYear(std::uint32_t at) {
    for (; looked_ + 1 < at && !last_year_; ++looked_) {  // Each token once, for all figures.
      const std::uint32_t i = looked_;
      last_year_ =
          p_.Text(i) == "anniversary" ||
          (p_.Text(i) == "last" && p_.Text(i + 1) == "year" && p_.Text(i - 1) != "since" &&
           p_.Text(i - 1) != "late" && !(p_.Is(i + 2, kSpeech | kPastTense) && i > p_.first + 1));
    }
    return last_year_;
  }

  // "12 people died last year"
  bool LastYearAfter(const Draft& draft) const {
    for (std::uint32_t i = draft.np.tail; i < draft.np.tail + 6 && p_.Has(i); ++i) {
      if (p_.IsPunct(i, ',') || p_.IsPunct(i, ';') || p_.NumberAt(i) != nullptr) return false;
      if (p_.Text(i) == "last" && p_.Text(i + 1) == "year") return p_.Text(i - 1) != "since";
    }
    return false;
  }

  // "Last month, ...", "In September ...", "Earlier this year ...": told of another day. Not in a
  // crisis, which is months long itself.
  bool OpensEarlier() const {
    if (background_.crisis) return false;
    for (std::uint32_t i = p_.first; i < p_.first + 4 && p_.Has(i); ++i) {
      const std::string_view text = p_.Text(i);
      const bool last = text == "Last" || text == "last";
      if (last && (p_.Text(i + 1) == "month" || p_.Text(i + 1) == "year")) return true;
      if (last && MonthOf(p_.Text(i + 1)) != 0) return true;
      const bool opens = text == "In" || text == "Early" || text == "Late" || text == "in";
      const int month = opens ? MonthOf(p_.Text(i + 1)) : 0;
      if (month != 0 && background_.month != 0 && month != background_.month) return true;
      if ((text == "Earlier" || text == "earlier") && p_.Text(i + 1) == "this" &&
          (p_.Text(i + 2) == "year" || p_.Text(i + 2) == "month")) {
        return true;
      }
    }
    return false;
  }

  // "four years ago", "a decade earlier"
  bool YearsAgo(const Number& date) const {
    for (std::uint32_t i = date.first; i < date.end + 3 && p_.Has(i); ++i) {
      const std::string_view text = p_.Text(i);
      if (text == "years" || text == "decades") {
        return p_.Text(i + 1) == "ago" || p_.Text(i + 1) == "earlier" || p_.Text(i + 1) == "before";
      }
    }
    return false;
  }

  // "ten days earlier at a school where 20 were shot"
  bool EarlierElsewhere(const Number& date, std::uint32_t at) const {
    const std::string_view when = p_.Text(std::max(date.end, date.unit_end));
    if (date.kind != NumberKind::kDuration || (when != "earlier" && when != "before")) return false;
    for (std::uint32_t i = date.end + 1; i < at; ++i) {
      if (p_.IsPunct(i, ';')) return false;
      if (p_.Sense(i).Is(kCueRelative) || p_.Text(i) == "where" || p_.Text(i) == "when")
        return true;
    }
    return false;
  }

  bool IsToll(MeasureId m) const {
    return p_.senses.CountsPeople(m) || m == p_.senses.known.damaged ||
           m == p_.senses.known.magnitude;
  }

  bool Since(const Number& date) const {
    // "a decade after the 2014 bombing that killed 52": the bombing is what is told.
    for (std::uint32_t i = date.end; i < date.end + 4 && p_.Has(i); ++i) {
      if (p_.Sense(i).Is(kCueRelative) || p_.Text(i) == "when") return false;
    }
    for (std::uint32_t i = date.first; i < date.end; ++i) {
      if (p_.Text(i) == "since" || p_.Text(i) == "Since") return true;
    }
    for (std::uint32_t k = 1; k <= 3 && date.first >= p_.first + k; ++k) {
      const std::string_view text = p_.Text(date.first - k);
      if (text == "since" || text == "Since" || text == "from" || text == "until" ||
          (text == "by" && k == 1) || text == "after" || text == "ended" || text == "halted") {
        if (p_.Sense(date.first - k - 1).Is(kCueRelative)) continue;  // "a war, which ended in"
        return true;
      }
    }
    // "since the invasion of the country in March 2003"
    for (std::uint32_t k = 1; k <= 7 && date.first >= p_.first + k; ++k) {
      const std::uint32_t i = date.first - k;
      if (p_.Text(i) == "since") return true;
      if (p_.At(i).kind != TokenKind::kWord || p_.NumberAt(i) != nullptr) break;
    }
    return false;
  }

  // "killed 12 in 2004", "257,000 barrels ... in 1989"
  bool After(const Number& date, std::uint32_t at) const {
    const std::string_view last = p_.Text(date.first - 1);
    const bool the =
        (p_.RoleOf(date.first - 1) == Role::kThe && p_.Is(date.first - 2, kPreposition)) ||
        last == "'s" || last == "\xE2\x80\x99s";
    const std::uint32_t month = p_.IsPunct(date.first - 1, ',') ? date.first - 2 : date.first - 1;
    const bool in = the || p_.RoleOf(date.first) == Role::kIn ||
                    p_.RoleOf(date.first - 1) == Role::kIn ||
                    (p_.Is(month, kMonth) && p_.RoleOf(month - 1) == Role::kIn);
    if (!in) return false;
    for (std::uint32_t i = at; i < (p_.Is(month, kMonth) ? month : date.first); ++i) {
      const bool aside = p_.IsPunct(i, ',') && p_.Text(i + 2) != "ended";
      if (p_.IsPunct(i, ';') || aside) return false;
      // "injured dozens Sunday in a region still recovering from the tsunami of 2004"
      if (p_.Is(i, kWeekday) || p_.Text(i).substr(0, 7) == "recover") return false;
    }
    return true;
  }

  bool Denied(const Draft& draft) const {
    const std::uint32_t at = draft.number->first;
    if (TakenBack(draft)) return true;
    const bool place = draft.measure == p_.senses.known.measurement;
    for (std::uint32_t k = 1; k <= kLeftReach && at >= p_.first + k; ++k) {
      const std::uint32_t i = at - k;
      if (p_.IsPunct(i, ';') || (place && p_.IsPunct(i, ','))) break;
      if (IsDenial(i) && IsCharge(draft)) return false;
      if (p_.Sense(i).Is(kCueDenied)) return true;
    }
    for (std::uint32_t i = draft.np.tail; i < draft.np.tail + kRightReach && p_.Has(i); ++i) {
      if (p_.IsPunct(i, ';')) break;
      if (i >= draft.number->end && p_.NumberAt(i) != nullptr &&
          p_.NumberAt(i)->kind == NumberKind::kCount) {
        break;
      }
      if (IsDenial(i) && p_.RoleOf(i + 1) != Role::kBy && !p_.Sense(i - 1).Is(kCueBe)) break;
      if (p_.Sense(i).Is(kCueDenied)) return true;
      if (p_.Text(i) == "too" && (p_.Text(i + 1) == "low" || p_.Text(i + 1) == "high")) return true;
      if (p_.Text(i) == "no" && p_.Text(i + 1) == "chance") return true;
      if (p_.Text(i) == "lacks" && p_.Text(i + 1) == "credibility") return true;
    }
    return false;
  }

  // A sum that is pledged is a sum told, not a guess.
  bool IsPledge(std::uint32_t i) const {
    const std::string_view text = p_.Text(i);
    return text.substr(0, 6) == "pledge" || text.substr(0, 7) == "promise" ||
           text.substr(0, 5) == "agree" || text.substr(0, 5) == "offer";
  }

  // "withdrew the figure of 40 dead", "it is not true that 40 died", "3 died, not 40 as reported",
  // "the figure of 40 was wrong"
  bool TakenBack(const Draft& draft) const {
    const std::uint32_t at = draft.number->first;
    if (p_.Text(at - 1) == "not" && p_.IsPunct(at - 2, ',') &&
        (p_.RoleOf(draft.np.tail) == Role::kAs || !p_.Has(draft.np.tail + 1))) {
      return true;
    }
    bool figure = false;
    for (std::uint32_t k = 1; k <= kLeftReach && at >= p_.first + k; ++k) {
      const std::uint32_t i = at - k;
      if (p_.IsPunct(i, ';') || p_.IsPunct(i, ',')) break;
      figure = figure || p_.Sense(i).Is(kCueTally) || p_.Sense(i).toll != MeasureId::kNone ||
               p_.Text(i) == "report" || p_.Text(i) == "claim";
      if (figure && TakesBack(i)) return true;
      if (p_.Text(i) == "true" && (p_.Text(i - 1) == "not" || p_.Text(i - 1) == "n't")) return true;
    }
    for (std::uint32_t i = draft.np.tail; figure && i < draft.np.tail + 6 && p_.Has(i); ++i) {
      const std::string_view text = p_.Text(i);
      const bool wrong = text == "wrong" || text == "mistaken" || text == "erroneous" ||
                         text == "exaggerated" || text == "withdrawn" || text == "retracted";
      if (wrong && (p_.Sense(i - 1).Is(kCueBe) || p_.Sense(i - 2).Is(kCueBe))) return true;
    }
    return false;
  }

  // withdrew, retracted, took back
  bool TakesBack(std::uint32_t i) const {
    const std::string_view text = p_.Text(i);
    if (text.substr(0, 7) == "retract" || text.substr(0, 8) == "withdrew") return true;
    if (text.substr(0, 8) == "withdraw") return true;
    const bool take = text == "took" || text == "takes" || text == "taken" || text == "taking";
    return take && p_.Text(i + 1) == "back";
  }

  // deny, refute: somebody does it to what follows.
  bool IsDenial(std::uint32_t i) const { return p_.Is(i, kVerb) && p_.Sense(i).Is(kCueDenied); }

  // "denies two counts of murder"
  bool IsCharge(const Draft& draft) const {
    if (draft.np.elided()) return false;
    const std::string_view head = p_.Text(draft.np.head);
    return head == "counts" || head == "charges" || head == "count" || head == "charge";
  }

  bool Projected(const Draft& draft) const {
    const bool own = draft.finding.relation == Relation::kPredicate ||
                     draft.finding.relation == Relation::kShared ||
                     draft.counted == CountedClass::kPerson ||
                     p_.senses.CountsPeople(draft.measure);
    if (draft.finding.projected && own) return true;
    const bool money = draft.measure == p_.senses.known.money;
    if (!money && (HeadlineInfinitive(draft) || IsPurpose(draft))) return true;
    const std::uint32_t at = draft.number->first;
    const bool before = p_.Text(at - 2) == "up" || p_.Text(at - 2) == "down";
    if (before && p_.RoleOf(at - 1) == Role::kFrom)
      return false;                                   // "will be 16,000, up from 6,000"
    if (p_.Sense(at).Is(kCueProjected)) return true;  // "possibly two children"
    for (std::uint32_t k = 1; k <= kLeftReach && at >= p_.first + k; ++k) {
      const std::uint32_t i = at - k;
      if (p_.Text(i) == "that" && FearsThat(i - 1)) return !money;
      if (Blocks(i) && !(p_.NumberAt(i) != nullptr && InfinitiveJoined(i, at))) break;
      if (p_.IsMonthMay(i)) continue;
      if (p_.Sense(i).Is(kCueModal)) return !money || p_.Text(i) != "would";
      if (p_.Sense(i).Is(kCueFuture)) return !money;
      if (p_.Text(i) == "likely" && p_.RoleOf(i + 1) == Role::kTo) return true;
      if (AsksFor(i, money)) return true;
      if (Expects(i, k)) return !money || !IsPledge(i);
    }
    return draft.number->kind != NumberKind::kCount && FutureAfter(draft);
  }

  // "Army to send 500 troops"
  bool HeadlineInfinitive(const Draft& draft) const {
    const std::uint32_t verb = draft.finding.at;
    if (p_.doc.field != Field::kTitle || draft.finding.relation != Relation::kGovernor)
      return false;
    if (verb < p_.first + 2 || p_.RoleOf(verb - 1) != Role::kTo) return false;
    return !p_.Is(verb - 2, kVerb | kAdjective) || p_.Is(verb - 2, kNoun);
  }

  // "flights to repatriate 500", "a plan to help get home thousands": what for, not what was done.
  bool IsPurpose(const Draft& draft) const {
    const KnownMeasures& known = p_.senses.known;
    if (draft.measure != known.evacuated && draft.measure != known.deployed) return false;
    if (draft.finding.relation != Relation::kGovernor) return false;
    for (std::uint32_t i = draft.finding.at; i > p_.first + 1 && draft.finding.at - i < 3; --i) {
      if (p_.RoleOf(i - 1) == Role::kTo) return p_.Is(i - 2, kNoun) && !p_.Is(i - 2, kPersonNoun);
    }
    return false;
  }

  // "will close 300 stores [and lay off] 6,700 people": one modal for both verbs.
  bool InfinitiveJoined(std::uint32_t from, std::uint32_t to) const {
    for (std::uint32_t i = from; i + 1 < to; ++i) {
      if (p_.RoleOf(i) != Role::kAnd) continue;
      if (p_.Is(i + 1, kVerb) && p_.WordAt(i + 1)->id == p_.WordAt(i + 1)->lemma &&
          !p_.Is(i + 1, kPastTense | kNoun)) {
        return true;
      }
    }
    return false;
  }

  // A mark or word beyond which another statement stands.
  bool Blocks(std::uint32_t i) const {
    if (p_.IsPunct(i, ';') || p_.IsPunct(i, ',') || p_.IsDash(i)) return true;
    const Number* number = p_.NumberAt(i);
    if (number != nullptr && number->kind != NumberKind::kDate) return true;
    const std::string_view text = p_.Text(i);
    return p_.Sense(i).Is(kCueRelative) || text == "after" || text == "when" || text == "because" ||
           text == "while";
  }

  // "feared that 1,200 had died"
  bool FearsThat(std::uint32_t i) const {
    return p_.Sense(i).Is(kCueProjected) && p_.Is(i, kVerb) && p_.Text(i).substr(0, 4) != "mean";
  }

  // expected, feared, plans to; but not "the forecast", "a housing project".
  bool Expects(std::uint32_t i, std::uint32_t distance) const {
    if (!p_.Sense(i).Is(kCueProjected)) return false;
    if (p_.Is(i, kVerb) && NeedsTo(i) && p_.RoleOf(i + 1) != Role::kTo) return false;
    if (p_.Is(i, kParticiple | kPastTense | kGerund)) return true;
    if (!p_.Is(i, kVerb)) return distance <= 3;
    if (p_.RoleOf(i + 1) == Role::kTo) return true;
    if (p_.Is(i, kThirdPerson)) {  // "City forecasts with a 12 percent rise" is a noun.
      return !p_.Is(i + 1, kPreposition | kVerb | kConjunction);
    }
    if (!p_.Is(i, kNoun) && p_.Is(i - 1, kNoun)) return true;  // "police expect"
    return p_.Is(i - 1, kPronoun | kAuxiliary | kModal | kPlural) || p_.RoleOf(i - 1) == Role::kTo;
  }

  // "asked for 3,500 troops", "called for a march of a million", "wants 12 more sent", "is seeking
  // a loan of $40bn": what is asked for is not there yet.
  bool AsksFor(std::uint32_t i, bool money) const {
    if (!p_.Is(i, kVerb)) return false;
    const std::string_view text = p_.Text(i);
    if (text.substr(0, 4) == "seek") return true;
    const bool for_it = p_.Text(i + 1) == "for" && !p_.Is(i - 1, kDeterminer);
    if (money) return false;
    if (text.substr(0, 3) == "ask" || text.substr(0, 4) == "call" ||
        text.substr(0, 6) == "appeal") {
      return for_it;
    }
    return text == "want" || text == "wants" || text.substr(0, 7) == "request";
  }

  // "threatened 15 people", "planned 12 attacks": only with "to" does it tell of what may come.
  bool NeedsTo(std::uint32_t i) const {
    for (const std::string_view verb :
         {"threat", "aim", "vow", "inten", "plan", "agree", "offer"}) {
      if (p_.Text(i).substr(0, verb.size()) == verb) return !p_.Sense(i - 1).Is(kCueBe);
    }
    return false;
  }

  // "About 11 percent of all fuel will come from ..."
  bool FutureAfter(const Draft& draft) const {
    for (std::uint32_t i = draft.np.tail; i < draft.np.tail + 14 && p_.Has(i); ++i) {
      if (p_.IsPunct(i, '(')) {
        i = p_.AfterBracket(i) - 1;
        continue;
      }
      if (Blocks(i) || p_.RoleOf(i) == Role::kAnd) return false;
      if (p_.IsMonthMay(i)) continue;
      if (p_.Text(i) == "would") return false;  // "51 percent of voters would agree"
      if (p_.Text(i) == "could" && p_.Is(i + 1, kNegation)) return false;  // "could not be reached"
      if (p_.Sense(i).Is(kCueModal | kCueFuture)) return true;
      if (p_.Sense(i).Is(kCueProjected) && p_.Is(i, kParticiple)) {
        return !IsPledge(i) && (p_.Text(i) != "meant" || p_.Sense(i - 1).Is(kCueBe));
      }
    }
    return false;
  }

  const Passage& p_;
  const Background& background_;
  const int carried_;
  int anchor_ = 0;
  std::uint32_t looked_ = p_.first;  // Tokens before it tell of last year, or do not.
  bool last_year_ = false;
  std::optional<bool> now_;
  std::vector<Draft>& drafts_;
};

}  // namespace

void ReadStatuses(const Passage& passage, const Background& background, int* carried,
                  std::vector<Draft>* drafts) {
  *carried = StatusReader(passage, background, *carried, drafts).Run();
}

}  // namespace claimwatch
