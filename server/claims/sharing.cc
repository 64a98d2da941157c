// ShareMeasures: one verb for several numbers, and parts of a whole.
#include "server/claims/antecedent.h"
#include "server/claims/draft.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kListReach = 24;  // Tokens from "no deaths" back to what is listed.

// The first word before the number that is no determiner or adverb.
std::uint32_t Before(const Passage& p, const Number& number) {
  std::uint32_t i = number.first;
  while (i > p.first) {
    --i;
    const bool skip = p.Is(i, kDeterminer) && !p.Sense(i).Is(kCueRelative);
    if (!skip && !p.IsQuote(i)) return i;
  }
  return kNoToken;
}

class Sharer {
 public:
  Sharer(const Passage& passage, const Antecedent& before, std::vector<Draft>* drafts)
      : p_(passage), before_(before), drafts_(*drafts) {}

  void Run() {
    for (int k = static_cast<int>(drafts_.size()) - 1; k >= 0; --k) ShareFromRight(k);
    for (int k = 0; k < static_cast<int>(drafts_.size()); ++k) ShareFromLeft(k);
    for (std::size_t k = 1; k + 1 < drafts_.size(); ++k) {
      if (p_.IsPunct(drafts_[k].number->first - 1, ':')) ShareList(k);
    }
  }

 private:
  // "12 policemen and 3 civilians were killed": the first takes the verb of the second.
  void ShareFromRight(int k) {
    Draft& draft = drafts_[static_cast<std::size_t>(k)];
    if (draft.claim() || draft.rejected || draft.number->kind != NumberKind::kCount) return;
    if (k + 1 >= static_cast<int>(drafts_.size())) return;
    std::size_t right = static_cast<std::size_t>(k) + 1;
    while (right + 1 < drafts_.size() && drafts_[right].number->kind == NumberKind::kAge) ++right;
    const Draft& next = drafts_[right];
    if (draft.np.elided()) {  // "7.6 and 7.5 magnitude"
      if (next.claim() && next.number->kind == NumberKind::kMeasurement &&
          Joined(draft.np.tail, next.number->first)) {
        Take(&draft, next, static_cast<int>(right));
      }
      return;
    }
    const bool in_place = p_.RoleOf(draft.np.tail) == Role::kIn;  // "60 users in India and 12 in"
    if (next.number->kind != NumberKind::kCount || (next.np.elided() && !in_place)) return;
    // "43,000 people and 6,800 boats are on the job": all were sent.
    const bool sent = next.measure == p_.senses.known.equipment && !next.finding.weak &&
                      next.finding.relation == Relation::kPredicate;
    if (sent && draft.counted == CountedClass::kPerson &&
        Joined(draft.np.tail, next.number->first)) {
      draft.measure = p_.senses.known.deployed;
      draft.finding.relation = Relation::kShared;
      draft.source = static_cast<int>(right);
      return;
    }
    const bool predicate =
        next.finding.relation == Relation::kPredicate || (next.source >= 0 && next.claim());
    if (!predicate || !next.claim() || next.finding.weak) return;
    if (!SameKind(next, draft)) return;
    if (!Joined(draft.np.tail, next.number->first)) return;
    Take(&draft, next, static_cast<int>(right));
  }

  void ShareFromLeft(int k) {
    Draft& draft = drafts_[static_cast<std::size_t>(k)];
    if (draft.number->kind != NumberKind::kCount || draft.rejected) return;
    const int before = PreviousCount(k);
    draft.part = TellsPart(p_, *draft.number) || TellsRest(p_, *draft.number);
    if (TakeSeverity(&draft)) return;
    if (before < 0) {
      const bool part = draft.part && !TellsRest(p_, *draft.number);
      // "took 23 of them into custody": nobody told how many they are.
      const bool pronoun = draft.np.partitive && draft.np.elided() && draft.np.inner == kNoToken;
      if (!part && pronoun && before_.measure == MeasureId::kNone) draft.np.partitive = false;
      return;
    }
    if (TakeAmongThem(k, before) || TakeListed(&draft, before) || GoesOnWithList(&draft, before) ||
        TakeAsPart(&draft, before)) {
      return;
    }
    const Draft& left = drafts_[static_cast<std::size_t>(before)];
    if (Strong(draft) && !RidesAlong(left, draft)) return;
    if (!TakeCounterpart(k, before) && left.claim()) TakeVerb(&draft, before);
  }

  // "Six were killed and others hurt, three of them critically": not of the dead.
  bool TakeSeverity(Draft* draft) const {
    const std::uint32_t how = draft->number->end + (draft->np.partitive ? 2 : 0);
    const bool ends = !p_.Has(how + 1) || p_.At(how + 1).kind == TokenKind::kPunct;
    if (!draft->np.elided() || !ends || Strong(*draft)) return false;
    if (!p_.Sense(how).Is(kCueSeverity) || !p_.IsAdverb(how)) return false;
    draft->measure = p_.senses.known.injured;
    draft->part = true;
    return true;
  }

  // "30 people, six soldiers among them, were killed"
  bool TakeAmongThem(int k, int before) {
    Draft& draft = drafts_[static_cast<std::size_t>(k)];
    const std::uint32_t tail = draft.np.tail;
    const bool next = !AmongThem(tail) && k + 1 < static_cast<int>(drafts_.size()) &&
                      ListedNext(tail, drafts_[static_cast<std::size_t>(k) + 1]);
    if (!AmongThem(tail) && !next) return false;
    const Draft& left = drafts_[static_cast<std::size_t>(before)];
    const bool same = left.part && left.container >= 0 && Joined(left.np.tail, draft.number->first);
    draft.part = true;
    draft.measure = MeasureId::kNone;
    draft.finding = Finding{};
    TakeFromContainer(&draft, same ? left.container : before);
    return true;
  }

  // "cases with no deaths: Kelo (6), Torl (12)": of the noun that has no figure.
  bool TakeListed(Draft* draft, int before) const {
    const Draft& left = drafts_[static_cast<std::size_t>(before)];
    const std::uint32_t at = draft->number->first;
    if (!IsZero(left.number->quantity) || !draft->np.elided()) return false;
    if (!p_.IsPunct(at - 1, '(') || !p_.HasCapital(at - 2)) return false;
    const std::uint32_t to = left.number->first;
    for (std::uint32_t i = to > p_.first + kListReach ? to - kListReach : p_.first; i < to; ++i) {
      const MeasureId counts = p_.Sense(i).counts;
      if (!p_.Is(i, kPlural) || counts == MeasureId::kNone || counts == left.measure) continue;
      draft->measure = counts;
      draft->finding.relation = Relation::kShared;
    }
    return draft->claim();
  }

  // "1,600 cases in Kelo, including 45 deaths, and [280] in Torl": back to the cases.
  bool GoesOnWithList(Draft* draft, int before) {
    const Draft& left = drafts_[static_cast<std::size_t>(before)];
    if (left.container < 0 || !left.part || draft->part) return false;
    if (p_.NameAfterIn(draft->np.tail) == kNoToken) return false;
    const Draft& whole = drafts_[static_cast<std::size_t>(left.container)];
    if (!draft->np.elided() || p_.NameAfterIn(whole.np.tail) == kNoToken) return false;
    Take(draft, whole, left.container);
    if (!draft->claim()) draft->measure = p_.Sense(whole.np.head).counts;  // "40,617 cases"
    return draft->claim() && draft->measure != left.measure;
  }

  // The figure before is the whole, or is a part of the whole that this one is a part of, too.
  bool TakeAsPart(Draft* draft, int before) {
    const Draft& left = drafts_[static_cast<std::size_t>(before)];
    const std::uint32_t at = draft->number->first;
    const bool part = draft->part && !TellsRest(p_, *draft->number);
    const bool of_them = draft->np.partitive && !(IsWhere(*draft) && !draft->np.elided()) &&
                         at < left.np.tail + Reach(*draft);
    if (part || InBrackets(*draft, before) || of_them) {
      if (!IsZero(left.number->quantity)) TakeFromContainer(draft, before);
      return true;
    }
    const bool parts =
        left.container >= 0 && OpensAsWhole(drafts_[static_cast<std::size_t>(left.container)]);
    const bool also = left.container >= 0 && Joined(left.np.tail, at) && !Strong(*draft);
    if (!parts && !also && !OpensAsWhole(left)) return false;
    TakeFromContainer(draft, parts || (also && !OpensAsWhole(left)) ? left.container : before);
    return true;
  }

  // The figure that this one is set against: before a change, or at its place in a list.
  bool TakeCounterpart(int k, int before) {
    Draft& draft = drafts_[static_cast<std::size_t>(k)];
    const Draft& left = drafts_[static_cast<std::size_t>(before)];
    if (draft.np.elided() && left.claim() && IsChange(p_, *draft.number)) {
      const Draft* like = LikeInSize(drafts_, draft, &left);
      if (like != &left) {
        Take(&draft, *like, static_cast<int>(like - drafts_.data()));
        return true;
      }
    }
    const int like = Counterpart(k, before);
    if (like < 0) return false;
    const Draft& from = drafts_[static_cast<std::size_t>(like)];
    Take(&draft, from, like);
    if (!draft.claim()) draft.measure = p_.Sense(from.np.head).counts;  // "40,617 cases"
    return true;
  }

  // "killing 12 and injuring 30 others", "12 were killed and 30 [more]": the verb goes for both.
  void TakeVerb(Draft* draft, int before) {
    const Draft& left = drafts_[static_cast<std::size_t>(before)];
    const bool also = AlsoBefore(*draft);
    const bool governed = also || left.finding.relation == Relation::kGovernor ||
                          left.finding.relation == Relation::kToll ||
                          left.finding.relation == Relation::kShared;
    const std::uint32_t at = draft->number->first;
    const bool joined = also || Joined(left.np.tail, at);
    const bool listed = left.finding.relation == Relation::kPredicate && EndsList(*draft) &&
                        Joined(AfterPredicate(left), at);
    const bool alike = ((joined && governed) || listed) && SameKind(left, *draft);
    if (alike || (draft->np.elided() && !draft->finding.finite)) Take(draft, left, before);
  }

  // Tokens from a figure to a part of it: "191 Iraqis died, the fewest since the war, 138 of them"
  std::uint32_t Reach(const Draft& draft) const {
    const std::uint32_t whole = draft.number->end + 1;
    const bool pronoun = p_.Text(whole) == "them" || p_.Text(whole) == "whom";
    return pronoun && p_.IsPunct(draft.number->first - 1, ',') ? 20 : 6;
  }

  bool AmongThem(std::uint32_t i) const {
    return p_.Text(i) == "among" && p_.Text(i + 1) == "them";
  }

  // "Ten people, [two soldiers] and six guards among them"
  bool ListedNext(std::uint32_t tail, const Draft& next) const {
    return AmongThem(next.np.tail) && Joined(tail, next.number->first);
  }

  // "11 people died when ...: 5 soldiers, a driver and 5 villagers": what adds up to a figure
  // before the colon is the parts of it.
  void ShareList(std::size_t first) {
    Decimal sum(0);
    for (std::size_t k = first; k < drafts_.size(); ++k) {
      const Number& number = *drafts_[k].number;
      if (number.kind != NumberKind::kCount || !number.quantity.low) return;
      sum = sum + *number.quantity.low;
    }
    for (std::size_t w = 0; w < first; ++w) {
      const Draft& whole = drafts_[w];
      if (!whole.claim() || whole.number->quantity.low != sum) continue;
      if (whole.number->kind != NumberKind::kCount) continue;
      for (std::size_t k = first; k < drafts_.size(); ++k) {
        Take(&drafts_[k], whole, static_cast<int>(w));
        drafts_[k].container = static_cast<int>(w);
      }
      return;
    }
  }

  // "Chad has had 263 deaths and 40,617 cases, Mali 124 and 12,645": the figure that stands where
  // this one does in the list before; -1 where the words are no such list.
  int Counterpart(int k, int before) const {
    const Draft& draft = drafts_[static_cast<std::size_t>(k)];
    const Draft& left = drafts_[static_cast<std::size_t>(before)];
    const std::uint32_t at = draft.number->first;
    if (!draft.np.elided() || at < p_.first + 2 || before < 1) return -1;
    const bool named =
        p_.HasCapital(at - 1) && (p_.IsPunct(at - 2, ',') || p_.RoleOf(at - 2) == Role::kAnd);
    if (named) {
      const Draft& first = drafts_[static_cast<std::size_t>(before) - 1];
      const bool pair = p_.RoleOf(left.number->first - 1) == Role::kAnd && first.claim() &&
                        (left.source >= 0 || (!left.np.elided() && !first.np.elided())) &&
                        first.measure != left.measure && left.number->first <= first.np.tail + 2;
      return pair ? before - 1 : -1;
    }
    const bool second = p_.RoleOf(at - 1) == Role::kAnd && left.np.elided() && left.source >= 0 &&
                        left.np.tail == at - 1 && left.source + 1 < before;
    return second ? left.source + 1 : -1;
  }

  void Take(Draft* draft, const Draft& from, int source) {
    draft->measure = from.measure;
    const bool finite = draft->finding.finite;
    draft->finding = from.finding;
    draft->finding.finite = finite;
    draft->finding.relation = Relation::kShared;
    draft->source = source;
    const bool sum = from.number->kind == NumberKind::kMoney && draft->np.elided();
    if (sum) draft->unit = from.number->quantity.unit;  // "10bn euros, of which 2bn"
  }

  void TakeFromContainer(Draft* draft, int container) {
    const Draft& whole = drafts_[static_cast<std::size_t>(container)];
    draft->container = container;
    if (Strong(*draft) && draft->finding.relation != Relation::kPredicate) return;
    // "The five-storey tower fell; 16 of its staff are dead": persons are no part of a tower.
    if (Strong(*draft) && whole.claim() && p_.senses.CountsPeople(draft->measure) &&
        !p_.senses.CountsPeople(whole.measure)) {
      return;
    }
    if (draft->finding.found() && !draft->finding.weak && !whole.claim()) return;
    // "..., including 3 critically injured": its own predicate stands right after it.
    if (Strong(*draft) && draft->finding.at <= draft->np.tail + 1) return;
    if (whole.claim()) {
      Take(draft, whole, container);
    }
  }

  // Whether nothing but a conjunction or comma stands in [from, to), after an aside in between
  // (", including churches and mosques,").
  bool Joined(std::uint32_t from, std::uint32_t to) const {
    const std::uint32_t aside = p_.IsPunct(from, ',') ? from + 1 : from;
    if (p_.Sense(aside).Is(kCueIncluding) && to > from && to < from + 18) {
      for (std::uint32_t i = aside; i < to; ++i) {
        if (p_.IsPunct(i, ',')) from = i;
      }
    }
    from = AfterItem(AfterPlace(from, to), to);
    if (to < from || to > from + 6) return false;
    bool joint = false, beside = false;
    for (std::uint32_t i = from; i < to; ++i) {
      const Role role = p_.RoleOf(i);
      const bool mark = role == Role::kAnd || role == Role::kOr || role == Role::kPlus ||
                        p_.IsPunct(i, ',') || p_.IsPunct(i, '&') || p_.Text(i) == "well" ||
                        (p_.Text(i) == "with" && beside);
      const Number* age = p_.NumberAt(i);  // "32 children under 10 and 60 adults"
      if (age != nullptr && age->kind == NumberKind::kAge) {
        i = age->end - 1;
        continue;
      }
      const bool together = p_.Text(i) == "together" || p_.Text(i) == "along";
      beside = beside || together;
      if (mark || together)
        joint = true;
      else if (i == from && p_.Is(i, kAdjective) && p_.HasCapital(i))
        continue;  // "6 British, 3"
      else if (!p_.Is(i, kDeterminer) && !p_.IsAdverb(i) && role != Role::kAs && !p_.IsQuote(i)) {
        return false;
      }
    }
    return joint;
  }

  // Past a place: "60 million users [in India] and 12 million in Pakistan".
  std::uint32_t AfterPlace(std::uint32_t from, std::uint32_t to) const {
    std::uint32_t i = p_.NameAfterIn(from);
    if (i == kNoToken) return from;
    while (i < to && p_.HasCapital(i)) ++i;
    return p_.RoleOf(i) == Role::kAnd ? i : from;
  }

  // "60 Danes were aboard, [58 Swedes and 26 Finns]."
  bool EndsList(const Draft& draft) const {
    const std::uint32_t i = draft.np.tail;
    if (draft.np.elided()) return false;
    const bool name = p_.HasCapital(draft.np.head);  // 58 Swedes
    return (draft.counted == CountedClass::kPerson || name) &&
           (!p_.Has(i) || p_.IsPunct(i, '.') || p_.IsPunct(i, ',') || p_.RoleOf(i) == Role::kAnd);
  }

  // One past the word that says what happened to the left figure, if nothing follows it.
  std::uint32_t AfterPredicate(const Draft& left) const {
    return left.finding.at == kNoToken ? left.np.tail : left.finding.at + 1;
  }

  // Past an item without a number: "12 soldiers, [several ships] and 7 planes".
  std::uint32_t AfterItem(std::uint32_t from, std::uint32_t to) const {
    if (!p_.IsPunct(from, ',') || to > from + 8) return from;
    std::uint32_t i = from + 1;
    while (i < to && (p_.NounLike(i) || p_.Is(i, kDeterminer)) && !p_.Is(i, kAuxiliary)) ++i;
    const bool item = i > from + 1 && i < to && p_.Is(i - 1, kNoun) &&
                      (p_.RoleOf(i) == Role::kAnd || p_.IsPunct(i, ','));
    return item ? i : from;
  }

  // "23 people (12 women and 11 men)"
  bool InBrackets(const Draft& draft, int before) const {
    if (before < 0) return false;
    const std::uint32_t i = draft.number->first - 1;
    const bool bare = draft.np.elided() || draft.np.head == draft.np.begin;
    if (p_.IsDash(i) && bare) return true;  // "10 flights -- 6 British, 4 Spanish"
    if (!p_.IsPunct(i, '(') && !(p_.IsPunct(i, ':') && bare)) return false;
    const Draft& whole = drafts_[static_cast<std::size_t>(before)];
    if (whole.np.elided()) return false;
    // "Eight foreigners were killed: three Germans and a Dane"
    if (p_.IsPunct(i, ':') && AfterPredicate(whole) == i) return true;
    return whole.np.tail + 1 >= draft.number->first;
  }

  // "Of the 53 injured, 16 are children"
  bool OpensAsWhole(const Draft& draft) const {
    const std::uint32_t of = p_.Text(p_.opening) == "out" ? p_.opening + 1 : p_.opening;
    return p_.RoleOf(of) == Role::kOf && draft.number->first <= of + 3;
  }

  // "carrying 90 passengers and 16 crew hit a wall": the jet hit it, not the crew.
  bool RidesAlong(const Draft& left, const Draft& draft) const {
    const MeasureId aboard = p_.senses.known.participants;
    return left.measure == aboard && left.finding.relation == Relation::kGovernor &&
           draft.finding.relation == Relation::kPredicate && !draft.np.elided() &&
           p_.Sense(draft.np.head).counts == aboard &&
           p_.RoleOf(draft.number->first - 1) == Role::kAnd &&
           draft.number->first <= left.np.tail + 2;
  }

  // "12 houses fell, as well as 7 bridges"
  bool AlsoBefore(const Draft& draft) const {
    const std::uint32_t i = draft.number->first;
    if (i < p_.first + 3) return false;
    // "Two drivers were among the dead, as were four teachers."
    const bool likewise = p_.RoleOf(i - 2) == Role::kAs || p_.Text(i - 2) == "so";
    if (likewise && p_.Sense(i - 1).Is(kCueBe)) return true;
    return p_.RoleOf(i - 1) == Role::kAs && p_.Text(i - 2) == "well";
  }

  bool Strong(const Draft& draft) const { return draft.claim() && !draft.finding.weak; }

  // A person-verb is not shared by things: "killing 12 and 3 ships".
  bool SameKind(const Draft& left, const Draft& draft) const {
    if (draft.counted == CountedClass::kThing && p_.senses.CountsPeople(left.measure)) return false;
    return draft.np.elided() || left.counted == draft.counted ||
           draft.counted == CountedClass::kUnknown || left.counted == CountedClass::kUnknown;
  }

  int PreviousCount(int k) const {
    int nearest = -1;
    for (int i = k - 1; i >= 0; --i) {
      const Draft& draft = drafts_[static_cast<std::size_t>(i)];
      if (draft.number->kind != NumberKind::kCount || draft.rejected) continue;
      if (nearest < 0) nearest = i;
      const bool skips = drafts_[static_cast<std::size_t>(k)].np.elided() && IsWhere(draft);
      if (!skips) return draft.claim() ? i : nearest;
    }
    return nearest;
  }

  // "80 deaths [in two hospitals], 36 in the camp": no figure that the next one leans on.
  bool IsWhere(const Draft& draft) const {
    const std::uint32_t before = Before(p_, *draft.number);
    if (before == kNoToken || draft.claim() || draft.counted != CountedClass::kThing) return false;
    return p_.RoleOf(before) == Role::kIn || p_.RoleOf(before) == Role::kAt;
  }

  const Passage& p_;
  const Antecedent before_;
  std::vector<Draft>& drafts_;
};

}  // namespace

bool TellsPart(const Passage& p, const Number& number) {
  std::uint32_t i = Before(p, number);
  if (i == kNoToken) return false;
  if (p.IsPunct(i, ':') && i > p.first) --i;
  if (p.Sense(i).Is(kCueIncluding)) return true;
  if (p.Text(i) == "them" || p.Text(i) == "whom" || p.Text(i) == "which") {
    if (p.NumberAt(i - 2) != nullptr) return false;  // "paid one of them $12"
    return p.Text(i - 1) == "among" || p.Text(i - 1) == "of";
  }
  if (p.Text(i) == "among" && p.Sense(i - 1).Is(kCueBe) && !p.Is(i - 1, kPlural)) {
    return p.Text(i - 1) != "was" && p.Text(i - 1) != "is";  // "was among 19 injured": of all 19
  }
  return false;
}

// "the other three", "the remaining three"
bool TellsRest(const Passage& p, const Number& number) {
  const std::uint32_t i = number.first;
  const auto rest = [&p](std::uint32_t k) {
    return p.Text(k) == "remaining" ||
           (p.RoleOf(k) == Role::kOther && p.RoleOf(k - 1) == Role::kThe);
  };
  return rest(i) || rest(i - 1);
}

void ShareMeasures(const Passage& passage, const Antecedent& before, std::vector<Draft>* drafts) {
  Sharer(passage, before, drafts).Run();
}

}  // namespace claimwatch
