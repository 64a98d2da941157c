#include "server/filter/record_fields.h"

#include "server/ledger/interval.h"

namespace claimwatch {
namespace {

constexpr std::string_view kScopes[] = {"TOTAL", "PART", "INCREMENT", "RATE"};
constexpr std::string_view kStatuses[] = {"STATED", "PROJECTED", "DENIED", "PAST_EVENT"};

// Fields are found by their place in the table; each table stands beside its Get().
namespace claim {
enum Field : int {
  kClaim,
  kStory,
  kFigure,
  kArticle,
  kMeasure,
  kPopulation,
  kSubject,
  kPlace,
  kUnit,
  kScope,
  kStatus,
  kSource,
  kAttribution,
  kText,
  kValue,
  kWithdrawn,
  kPublishTime,
  kAsOfTime,
};
constexpr FieldSpec kFields[] = {
    {"claim", FieldType::kId, {}, "c"},
    {"story", FieldType::kId, {}, "s"},
    {"figure", FieldType::kId, {}, "f"},
    {"article", FieldType::kString},
    {"measure", FieldType::kString},
    {"population", FieldType::kString},
    {"subject", FieldType::kString},
    {"place", FieldType::kString},
    {"unit", FieldType::kString},
    {"scope", FieldType::kEnum, kScopes},
    {"status", FieldType::kEnum, kStatuses},
    {"source", FieldType::kString},
    {"attribution", FieldType::kString},
    {"text", FieldType::kText},
    {"value", FieldType::kNumber},
    {"withdrawn", FieldType::kBool},
    {"publish_time", FieldType::kTime},
    {"as_of_time", FieldType::kTime},
};
static_assert(std::size(kFields) == kAsOfTime + 1);
}  // namespace claim

namespace story {
enum Field : int { kStory, kText, kArticles, kClaims, kFirstTime, kLastTime };
constexpr FieldSpec kFields[] = {
    {"story", FieldType::kId, {}, "s"}, {"text", FieldType::kText},
    {"articles", FieldType::kNumber},   {"claims", FieldType::kNumber},
    {"first_time", FieldType::kTime},   {"last_time", FieldType::kTime},
};
static_assert(std::size(kFields) == kLastTime + 1);
}  // namespace story

namespace figure {
enum Field : int {
  kFigure,
  kMeasure,
  kPopulation,
  kPlace,
  kScope,
  kStatus,
  kWhole,
  kClaims,
  kValue
};
constexpr FieldSpec kFields[] = {
    {"figure", FieldType::kId, {}, "f"},  {"measure", FieldType::kString},
    {"population", FieldType::kString},   {"place", FieldType::kString},
    {"scope", FieldType::kEnum, kScopes}, {"status", FieldType::kEnum, kStatuses},
    {"whole", FieldType::kId, {}, "f"},   {"claims", FieldType::kNumber},
    {"value", FieldType::kNumber},
};
static_assert(std::size(kFields) == kValue + 1);
}  // namespace figure

void SetValue(const Quantity& quantity, FieldValue& value) {
  if (!quantity.low.has_value() && !quantity.high.has_value()) return;
  value.SetNumber(Middle(MeantAsWritten(quantity)));
}

}  // namespace

const Schema& ClaimSchema() {
  static constexpr Schema kSchema = {"a claim", claim::kFields, {}, claim::kText};
  return kSchema;
}

const Schema& StorySchema() {
  static constexpr Schema kSchema = {"a story", story::kFields, {}, story::kText};
  return kSchema;
}

const Schema& FigureSchema() {
  static constexpr Schema kSchema = {"a figure", figure::kFields};
  return kSchema;
}

void ClaimFields::Get(int field, FieldValue& value) const {
  const Claim& what = claim_.claim;
  switch (field) {
    case claim::kClaim:
      return value.SetInteger(static_cast<std::int64_t>(claim_.id));
    case claim::kStory:
      return value.SetInteger(static_cast<std::int64_t>(claim_.story));
    case claim::kFigure:
      return value.SetInteger(static_cast<std::int64_t>(claim_.figure));
    case claim::kArticle:
      return value.Set(claim_.article_id);
    case claim::kMeasure:
      return value.Set(claim_.measure);
    case claim::kPopulation:
      return value.Set(what.population);
    case claim::kSubject:
      return value.Set(what.subject.text);
    case claim::kPlace:
      return value.Set(what.place.text);
    case claim::kUnit:
      return value.Set(what.unit);
    case claim::kScope:
      return value.SetInteger(static_cast<int>(what.scope));
    case claim::kStatus:
      return value.SetInteger(static_cast<int>(what.status));
    case claim::kSource:
      return value.Set(claim_.source);
    case claim::kAttribution:
      return value.Set(what.attribution.text);
    case claim::kText:
      return value.Set(claim_.sentence_text);
    case claim::kValue:
      return SetValue(what.quantity, value);
    case claim::kWithdrawn:
      return value.SetInteger(claim_.withdrawn ? 1 : 0);
    case claim::kPublishTime:
      return value.SetTime(claim_.publish_time);
    case claim::kAsOfTime:
      return value.SetTime(AsOf(claim_));
    default:
      return;
  }
}

void StoryFields::Get(int field, FieldValue& value) const {
  switch (field) {
    case story::kStory:
      return value.SetInteger(static_cast<std::int64_t>(story_.id));
    case story::kText:
      return value.Set(story_.title);
    case story::kArticles:
      return value.SetNumber(static_cast<double>(story_.articles));
    case story::kClaims:
      return value.SetNumber(static_cast<double>(story_.claims));
    case story::kFirstTime:
      return value.SetTime(story_.first_time);
    case story::kLastTime:
      return value.SetTime(story_.last_time);
    default:
      return;
  }
}

void FigureFields::Get(int field, FieldValue& value) const {
  switch (field) {
    case figure::kFigure:
      return value.SetInteger(static_cast<std::int64_t>(figure_.id));
    case figure::kMeasure:
      return value.Set(figure_.key.measure);
    case figure::kPopulation:
      return value.Set(figure_.key.population);
    case figure::kPlace:
      return value.Set(figure_.key.place);
    case figure::kScope:
      return value.SetInteger(static_cast<int>(figure_.key.scope));
    case figure::kStatus:
      return value.SetInteger(static_cast<int>(figure_.key.status));
    case figure::kWhole:
      if (figure_.whole != FigureId::kNone) {
        value.SetInteger(static_cast<std::int64_t>(figure_.whole));
      }
      return;
    case figure::kClaims:
      return value.SetNumber(static_cast<double>(figure_.claims.size()));
    case figure::kValue:
      if (const KnownClaim* believed = Believed(figure_)) SetValue(believed->claim.quantity, value);
      return;
    default:
      return;
  }
}

}  // namespace claimwatch
