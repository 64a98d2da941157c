#include "server/ledger/figure.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace claimwatch {
namespace {

bool InOrder(const KnownClaim& a, const KnownClaim& b) {
  const absl::Time left = AsOf(a);
  const absl::Time right = AsOf(b);
  return left != right ? left < right : a.id < b.id;
}

void TakeBack(const Meaning& denied, FigureState& state) {
  for (Told& told : state.told) {
    if (!Clash(told.meaning, denied)) told.taken_back = true;
  }
}

// Letters and digits of a name in lower case, without what follows the first point:
// "Steppe Wire", "steppewire.example" -> "steppewire".
std::string Squeezed(std::string_view name, bool to_point) {
  std::string squeezed;
  for (const char c : name) {
    if (to_point && c == '.' && squeezed != "www") break;
    if (to_point && c == '.') squeezed.clear();
    const unsigned char byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte)) squeezed.push_back(absl::ascii_tolower(byte));
  }
  return squeezed;
}

// "..., according to Steppe Wire", "(via Steppe Wire)": the words are those of that outlet.
bool Credits(const KnownClaim& claim, const std::string& source) {
  constexpr std::size_t kNameMin = 4;
  const std::string outlet = Squeezed(source, true);
  if (outlet.size() < kNameMin || claim.source == source) return false;
  if (absl::StrContains(Squeezed(claim.claim.attribution.text, false), outlet)) return true;
  constexpr std::size_t kCreditBytes = 40;
  static constexpr std::array<std::string_view, 4> kCredits = {" via ", "(via ",
                                                               "credit: ", "reported by "};
  const std::string_view text = claim.sentence_text;
  return std::any_of(kCredits.begin(), kCredits.end(), [&](std::string_view credit) {
    const std::size_t at = text.find(credit);
    if (at == std::string_view::npos) return false;
    const std::string_view named = text.substr(at + credit.size(), kCreditBytes);
    return absl::StartsWith(Squeezed(named, false), outlet);
  });
}

// "4,000 to 99,000" does not make "12,000 to 19,000" old news.
bool IsMuchNarrower(const Interval& fresh, const Interval& known) {
  const Decimal kTimes = 4;
  if (!fresh.low || !fresh.high || !known.low || !known.high) return false;
  return (*fresh.high - *fresh.low) * kTimes < *known.high - *known.low;
}

}  // namespace

bool OneWitness(const KnownClaim& a, const KnownClaim& b) {
  return (a.origin != 0 && a.origin == b.origin) || (!a.source.empty() && a.source == b.source) ||
         SameSpeaker(a.claim.attribution.text, b.claim.attribution.text) || Credits(a, b.source) ||
         Credits(b, a.source);
}

bool TakesBack(const Figure& figure, const KnownClaim& claim) {
  return claim.claim.status == Status::kDenied && figure.key.status != Status::kDenied;
}

bool Denies(const KnownClaim& denial, const KnownClaim& claim) {
  return !Clash(MeaningOf(denial.claim.quantity), MeaningOf(claim.claim.quantity));
}

bool Shields(const Meaning& known, const Meaning& fresh) {
  if (Clash(known, fresh)) return false;
  if (!known.loose) return true;
  return fresh.loose && !IsMuchNarrower(fresh.meant, known.meant);
}

void FigureState::Add(const KnownClaim& claim) {
  const bool full = words.size() >= kFigureWordsMax;
  Add(claim, MeaningOf(claim.claim.quantity), full ? WordWeights() : WordsAround(claim));
}

void FigureState::Add(const KnownClaim& claim, const Meaning& meaning, const WordWeights& around) {
  AddWords(around);
  const absl::Time as_of = AsOf(claim);
  newest = std::max(newest, as_of);
  const auto same = std::find_if(told.begin(), told.end(),
                                 [&](const Told& value) { return value.meaning == meaning; });
  if (same != told.end()) {
    if (as_of < same->first_as_of) {
      same->first_as_of = as_of;
      same->first = claim.id;
    }
    if (as_of >= same->last_as_of) {
      same->last_as_of = as_of;
      same->last = claim.id;
    }
    return;
  }
  const bool echo = std::any_of(told.begin(), told.end(),
                                [&](const Told& value) { return Shields(value.meaning, meaning); });
  told.push_back({meaning, claim.id, claim.id, as_of, as_of, false});
  const int fresh = static_cast<int>(told.size()) - 1;
  if (believed < 0) {
    believed = fresh;
    return;
  }
  const Told& now = told[static_cast<std::size_t>(believed)];
  if (as_of < now.first_as_of) return;  // Late: it was never the newest.
  const bool refines = !Clash(now.meaning, meaning) && !(meaning == now.meaning) &&
                       Inside(meaning.asserted, now.meaning.asserted);
  if (!echo || refines || now.taken_back) believed = fresh;
}

void FigureState::AddWords(const WordWeights& fresh) {
  if (fresh.empty() || words.size() >= kFigureWordsMax) return;
  if (std::find(words.begin(), words.end(), fresh) == words.end()) words.push_back(fresh);
}

void Replay(const Figure& figure, std::string_view except_article, ReplayVisitor visit) {
  std::vector<const KnownClaim*> in_order;  // Of arrival, as they were added live.
  std::vector<const KnownClaim*> denials;
  for (const KnownClaim& claim : figure.claims) {
    if (!except_article.empty() && claim.article_id == except_article) continue;
    in_order.push_back(&claim);
    if (TakesBack(figure, claim) && !claim.withdrawn) denials.push_back(&claim);
  }
  std::sort(in_order.begin(), in_order.end(),
            [](const KnownClaim* a, const KnownClaim* b) { return a->id < b->id; });
  FigureState state;
  for (const KnownClaim* claim : in_order) {
    if (TakesBack(figure, *claim)) {
      if (!claim->withdrawn) TakeBack(MeaningOf(claim->claim.quantity), state);
    } else {
      // What was taken back is still known: the next figure is news against it.
      const bool taken_back = std::any_of(denials.begin(), denials.end(), [&](const KnownClaim* d) {
        return d->id > claim->id && Denies(*d, *claim);
      });
      if (!claim->withdrawn || taken_back) state.Add(*claim);
    }
    visit(*claim, state);
  }
}

FigureState FigureState::Of(const Figure& figure, std::string_view except_article) {
  FigureState last;
  std::size_t left = figure.claims.size();
  if (!except_article.empty()) {
    left -= static_cast<std::size_t>(
        std::count_if(figure.claims.begin(), figure.claims.end(),
                      [&](const KnownClaim& c) { return c.article_id == except_article; }));
  }
  Replay(figure, except_article, [&](const KnownClaim&, const FigureState& state) {
    if (--left == 0) last = state;
  });
  return last;
}

const KnownClaim* FindClaim(const Figure& figure, ClaimId id, absl::Time as_of) {
  const auto before = [](const KnownClaim& claim, std::pair<absl::Time, ClaimId> place) {
    return AsOf(claim) != place.first ? AsOf(claim) < place.first : claim.id < place.second;
  };
  const auto found = std::lower_bound(figure.claims.begin(), figure.claims.end(),
                                      std::make_pair(as_of, id), before);
  return found != figure.claims.end() && found->id == id ? &*found : nullptr;
}

void InsertClaim(const KnownClaim& claim, Figure& figure) {
  std::vector<KnownClaim>& claims = figure.claims;
  if (claims.empty() || !InOrder(claim, claims.back())) {  // As a rule: a search reads many claims.
    claims.push_back(claim);
    return;
  }
  claims.insert(std::upper_bound(claims.begin(), claims.end(), claim, InOrder), claim);
}

const KnownClaim* Believed(const Figure& figure, absl::Time when) {
  FigureState state;
  for (const KnownClaim& claim : figure.claims) {
    const bool known = claim.publish_time <= when;
    if (known && !claim.withdrawn && !TakesBack(figure, claim)) state.Add(claim);
  }
  if (state.believed < 0) return nullptr;
  const Told& told = state.told[static_cast<std::size_t>(state.believed)];
  return FindClaim(figure, told.last, told.last_as_of);
}

int CountOrigins(const KnownClaim& claim, const std::vector<const KnownClaim*>& agreeing) {
  std::vector<const KnownClaim*> witnesses = {&claim};
  for (const KnownClaim* other : agreeing) {
    if (static_cast<int>(witnesses.size()) >= kWitnessesMax) break;
    const bool known = std::any_of(witnesses.begin(), witnesses.end(),
                                   [&](const KnownClaim* w) { return OneWitness(*w, *other); });
    if (!known) witnesses.push_back(other);
  }
  return static_cast<int>(witnesses.size());
}

int OriginsBehind(const Figure& figure, const KnownClaim& claim) {
  const Meaning meaning = MeaningOf(claim.claim.quantity);
  std::vector<const KnownClaim*> agreeing;
  for (const KnownClaim& other : figure.claims) {
    if (other.withdrawn || other.id == claim.id || TakesBack(figure, other)) continue;
    if (Shields(MeaningOf(other.claim.quantity), meaning)) agreeing.push_back(&other);
  }
  return CountOrigins(claim, agreeing);
}

}  // namespace claimwatch
