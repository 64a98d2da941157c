#include "server/ledger/verdict.h"

#include <array>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/check.h"
#include "server/ledger/figure.h"
#include "server/ledger/identity.h"
#include "server/ledger/wording.h"
#include "server/ledger/words.h"

namespace claimwatch {
namespace {

constexpr std::array<std::string_view, 26> kNames = {
    "OTHER_STORY", "OTHER_MEASURE", "OTHER_UNIT", "OTHER_POPULATION", "OTHER_COUNTED",
    "OTHER_PLACE", "OTHER_PERIOD",  "PART_OF",    "INCREMENT",        "RATE",
    "DENIED",      "PROJECTED",     "PAST_EVENT", "WITHDRAWN",        "AGREES",
    "REFINES",     "COPY",          "ECHO",       "ARRIVES_LATE",     "RAISED",
    "LOWERED",     "CONFLICT",      "CORRECTED",  "RETRACTED",        "SELF_CONTRADICTION",
    "BOUND_BROKEN"};

Comparison Because(Reason reason, std::string explanation) {
  return {reason, std::move(explanation)};
}

std::string Both(std::string_view what, std::string_view a, std::string_view b) {
  const auto shown = [](std::string_view s) {
    return s.empty() ? "none" : absl::StrCat("'", std::string(s), "'");
  };
  return absl::StrCat("different ", std::string(what), ": ", shown(a), " and ", shown(b));
}

// What keeps two claims from being compared by how they are said; kAgrees: nothing does.
Reason OfKind(const KnownClaim& known, const KnownClaim& fresh) {
  const Claim& a = known.claim;
  const Claim& b = fresh.claim;
  const auto either = [](auto x, auto y, auto value) { return (x == value) != (y == value); };
  if (a.scope == Scope::kIncrement || b.scope == Scope::kIncrement) return Reason::kIncrement;
  if (either(a.scope, b.scope, Scope::kRate) || a.per != b.per) return Reason::kRate;
  if (either(a.status, b.status, Status::kPastEvent)) return Reason::kPastEvent;
  if (either(a.status, b.status, Status::kProjected)) return Reason::kProjected;
  if (either(a.status, b.status, Status::kDenied)) return Reason::kDenied;
  return Reason::kAgrees;
}

std::string ExplainKind(Reason reason) {
  switch (reason) {
    case Reason::kIncrement:
      return "one adds to a figure and is none of its own";
    case Reason::kRate:
      return "a rate is compared only with the same rate";
    case Reason::kPastEvent:
      return "one is told of an earlier event";
    case Reason::kProjected:
      return "one is expected or feared, the other stated";
    case Reason::kDenied:
      return "one is told to be denied";
    default:
      return "";
  }
}

// "ak-47 rifle", "fine", "serious": what tells two figures of one noun apart.
std::string KindTold(const FigureKey& key) {
  if (!key.role.empty()) return key.role;
  return key.population.empty() ? key.counted : absl::StrCat(key.population, " ", key.counted);
}

// Whether the two answer one question; kAgrees when they do.
Comparison OneQuestion(const KnownClaim& known, const KnownClaim& fresh, const Measure& measure) {
  if (known.story != fresh.story) return Because(Reason::kOtherStory, "they belong to two stories");
  if (!SameMeasure(known.measure, fresh.measure)) {
    return Because(Reason::kOtherMeasure, Both("measures", known.measure, fresh.measure));
  }
  const Identity a = IdentityOf(known, measure);
  const Identity b = IdentityOf(fresh, measure);
  if (a.key.dimension != b.key.dimension) {
    return Because(Reason::kOtherUnit, Both("units", a.key.dimension, b.key.dimension));
  }
  if (const Reason kind = OfKind(known, fresh); kind != Reason::kAgrees) {
    return Because(kind, ExplainKind(kind));
  }
  if (a.key.counted != b.key.counted) {
    return Because(Reason::kOtherCounted, Both("things counted", a.key.counted, b.key.counted));
  }
  const KeyDifference difference = Differ(a.key, b.key);
  if (a.key.scope != b.key.scope) {
    return Because(Reason::kPartOf, "one is a part of what the other counts");
  }
  switch (difference) {
    case KeyDifference::kIncident:
      return Because(Reason::kOtherStory,
                     "it is not sure that their articles tell of one incident");
    case KeyDifference::kPopulation:
      if (!measure.people || a.key.population == b.key.population) {
        return Because(Reason::kOtherCounted,
                       Both("things counted", KindTold(a.key), KindTold(b.key)));
      }
      return Because(Reason::kOtherPopulation, Both("groups", a.key.population, b.key.population));
    case KeyDifference::kPlace:
      return Because(Reason::kOtherPlace, Both("places", a.key.place, b.key.place));
    case KeyDifference::kPeriod:
      return Because(Reason::kOtherPeriod, Both("periods", a.key.period, b.key.period));
    case KeyDifference::kSame:
      break;
  }
  const Proof needs = ProofFor(a.key, b.key, b.needs);
  if (needs != Proof::kKey &&
      !Suffices(Similarity(WordsAround(known), WordsAround(fresh)), needs)) {
    return Because(measure.people ? Reason::kOtherPopulation : Reason::kOtherCounted,
                   "the words around them do not say that they count the same");
  }
  return Because(Reason::kAgrees, "");
}

bool Independent(const KnownClaim& a, const KnownClaim& b) {
  return a.source != b.source && !OneWitness(a, b);
}

}  // namespace

bool IsComparable(Reason reason) { return reason >= Reason::kAgrees; }
bool IsNews(Reason reason) { return reason >= Reason::kRaised; }

std::string_view Name(Reason reason) {
  const std::size_t index = static_cast<std::size_t>(reason);
  CW_CHECK(index < kNames.size());
  return kNames[index];
}

Reason ReasonOfChange(const KnownClaim& known, const KnownClaim& fresh, const Measure& measure) {
  const Meaning before = MeaningOf(known.claim.quantity);
  const Meaning after = MeaningOf(fresh.claim.quantity);
  const bool higher = Above(after.meant, before.meant);
  const Reason moved = higher ? Reason::kRaised : Reason::kLowered;
  if (!Independent(known, fresh) || Meet(before.asserted, after.asserted)) return moved;
  absl::Duration apart = AsOf(fresh) - AsOf(known);
  if (apart < absl::ZeroDuration()) apart = -apart;
  if (!measure.cumulative) return apart <= kConflictWindow ? Reason::kConflict : moved;
  // A toll rises within hours, and it does not fall: lower from another mouth is a dispute.
  return apart <= (higher ? kTollConflictWindow : kTollFallWindow) ? Reason::kConflict : moved;
}

Comparison Compare(const KnownClaim& known, const KnownClaim& fresh, const Catalogue& catalogue) {
  const Measure* found = catalogue.Find(fresh.measure);
  Measure unknown;
  unknown.name = fresh.measure;
  return CompareAs(known, fresh, found != nullptr ? *found : unknown);
}

Comparison CompareAs(const KnownClaim& known, const KnownClaim& fresh, const Measure& measure) {
  const bool revised = known.withdrawn && known.article_id == fresh.article_id;
  if (!revised && (known.withdrawn || fresh.withdrawn)) {
    return Because(Reason::kWithdrawn, "one was taken back");
  }
  Comparison same = OneQuestion(known, fresh, measure);
  if (same.reason != Reason::kAgrees) return same;
  const Meaning before = MeaningOf(known.claim.quantity);
  const Meaning after = MeaningOf(fresh.claim.quantity);
  const IntervalRelation relation = Relate(before, after);
  const std::string told = absl::StrCat(TellValue(known), " and ", TellValue(fresh));
  if (relation == IntervalRelation::kAgree || relation == IntervalRelation::kRefine) {
    if (known.origin != 0 && known.origin == fresh.origin) {
      return Because(Reason::kCopy, absl::StrCat(told, ": the same sentence, one origin"));
    }
    if (relation == IntervalRelation::kRefine) {
      return Because(Reason::kRefines, absl::StrCat(told, ": the second is the more exact"));
    }
    return Because(Reason::kAgrees, absl::StrCat(told, " agree"));
  }
  const std::string_view how = relation == IntervalRelation::kContradict
                                   ? " exclude each other"
                                   : " do not mean the same to a reader";
  const std::string clash = absl::StrCat(told, std::string(how));
  if (revised) return Because(Reason::kCorrected, absl::StrCat(clash, "; the article was revised"));
  if (known.article_id == fresh.article_id) {
    return Because(Reason::kSelfContradiction, absl::StrCat(clash, ", in one article"));
  }
  if (AsOf(fresh) < AsOf(known)) {
    return Because(Reason::kArrivesLate, absl::StrCat(clash, "; the second is the older one"));
  }
  const Reason reason = ReasonOfChange(known, fresh, measure);
  const std::string_view what = reason == Reason::kConflict
                                    ? "; independent sources, about one time"
                                : reason == Reason::kRaised ? "; the newer is higher"
                                                            : "; the newer is lower";
  return Because(reason, absl::StrCat(clash, std::string(what)));
}

}  // namespace claimwatch
