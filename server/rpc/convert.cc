#include "server/rpc/convert.h"

#include <algorithm>
#include <functional>
#include <iterator>

#include "server/base/log.h"
#include "server/ingest/limits.h"
#include "server/ledger/interval.h"
#include "server/rpc/status.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

void SetQuote(Field field, Span span, std::string_view text, v1::Quote& out) {
  out.set_field(field == Field::kTitle ? v1::Quote::FIELD_TITLE : v1::Quote::FIELD_BODY);
  out.set_begin(static_cast<std::int32_t>(span.begin));
  out.set_end(static_cast<std::int32_t>(span.end()));
  out.set_text(std::string(text));
}

bool IsStated(absl::Time time) {
  return time != absl::InfinitePast() && time != absl::InfiniteFuture();
}

v1::Claim::Scope ScopeOf(Scope scope) {
  return static_cast<v1::Claim::Scope>(static_cast<int>(scope) + 1);
}
v1::Claim::Status StatusOf(Status status) {
  return static_cast<v1::Claim::Status>(static_cast<int>(status) + 1);
}
static_assert(static_cast<int>(Scope::kTotal) + 1 == v1::Claim::SCOPE_TOTAL);
static_assert(static_cast<int>(Scope::kRate) + 1 == v1::Claim::SCOPE_RATE);
static_assert(static_cast<int>(Status::kStated) + 1 == v1::Claim::STATUS_STATED);
static_assert(static_cast<int>(Status::kPastEvent) + 1 == v1::Claim::STATUS_PAST_EVENT);
static_assert(static_cast<int>(Bound::kExact) + 1 == v1::Quantity::BOUND_EXACT);
static_assert(static_cast<int>(Bound::kVague) + 1 == v1::Quantity::BOUND_VAGUE);
static_assert(static_cast<int>(NumberKind::kCount) + 1 == v1::NumberPhrase::KIND_COUNT);
static_assert(static_cast<int>(NumberKind::kReference) + 1 == v1::NumberPhrase::KIND_REFERENCE);
static_assert(static_cast<int>(AlertKind::kConflict) + 1 == v1::Alert::KIND_CONFLICT);
static_assert(static_cast<int>(AlertKind::kBoundBroken) + 1 == v1::Alert::KIND_BOUND_BROKEN);
static_assert(static_cast<int>(AlertState::kOpen) + 1 == v1::Alert::STATE_OPEN);
static_assert(static_cast<int>(AlertState::kWithdrawn) + 1 == v1::Alert::STATE_WITHDRAWN);
static_assert(static_cast<int>(Severity::kLow) + 1 == v1::Alert::SEVERITY_LOW);
static_assert(static_cast<int>(Severity::kCritical) + 1 == v1::Alert::SEVERITY_CRITICAL);
static_assert(static_cast<int>(AlertChange::kOpened) + 1 == v1::AlertEvent::CHANGE_OPENED);
static_assert(static_cast<int>(AlertChange::kAcknowledged) + 1 ==
              v1::AlertEvent::CHANGE_ACKNOWLEDGED);

// Where the words of a phrase stand: `place` tells a phrase's own span from the text filled in.
void SetPhrase(const Phrase& phrase, Field field, std::string* text,
               const std::function<v1::Quote*()>& quote) {
  if (phrase.text.empty()) return;
  *text = phrase.text;
  if (!phrase.span.empty()) SetQuote(field, phrase.span, phrase.text, *quote());
}

void SetTimeScope(const TimeScope& time, Field field, v1::Claim& out) {
  if (time == TimeScope()) return;
  v1::TimeScope& scope = *out.mutable_time_scope();
  SetPhrase(time.phrase, field, scope.mutable_text(), [&] { return scope.mutable_quote(); });
  if (IsStated(time.begin)) *scope.mutable_start_time() = ToProto(time.begin);
  if (IsStated(time.end)) *scope.mutable_end_time() = ToProto(time.end);
  if (IsStated(time.as_of)) *scope.mutable_as_of_time() = ToProto(time.as_of);
}

// What both a recorded and a fresh claim know.
void SetStatement(const Claim& claim, std::string_view quote, std::string_view sentence,
                  v1::Claim& out) {
  ToProto(claim.quantity, claim.unit, *out.mutable_quantity());
  SetPhrase(claim.subject, claim.field, out.mutable_subject(),
            [&] { return out.mutable_subject_quote(); });
  out.set_counted(claim.counted);
  out.set_population(claim.population);
  out.set_scope(ScopeOf(claim.scope));
  out.set_status(StatusOf(claim.status));
  out.set_per(claim.per);
  SetPhrase(claim.attribution, claim.field, out.mutable_attribution(),
            [&] { return out.mutable_attribution_quote(); });
  SetQuote(claim.field, claim.quote, quote, *out.mutable_quote());
  SetQuote(claim.field, claim.sentence, sentence, *out.mutable_sentence());
  SetPhrase(claim.place, claim.field, out.mutable_place(),
            [&] { return out.mutable_place_quote(); });
  SetTimeScope(claim.time, claim.field, out);
}

// `id` in the API's spelling; nothing for kNone.
template <typename Id>
std::string IdText(Id id) {
  return id == Id::kNone ? std::string() : ToString(id);
}

std::string_view TextOf(const Article& article, Field field, Span span) {
  const std::string_view text = field == Field::kTitle ? article.title : article.body;
  return span.begin <= text.size() ? text.substr(span.begin, span.size) : std::string_view();
}

// In the order of Reason.
constexpr v1::Verdict::Reason kReasons[] = {v1::Verdict::REASON_OTHER_STORY,
                                            v1::Verdict::REASON_OTHER_MEASURE,
                                            v1::Verdict::REASON_OTHER_UNIT,
                                            v1::Verdict::REASON_OTHER_POPULATION,
                                            v1::Verdict::REASON_OTHER_COUNTED,
                                            v1::Verdict::REASON_OTHER_PLACE,
                                            v1::Verdict::REASON_OTHER_PERIOD,
                                            v1::Verdict::REASON_PART_OF,
                                            v1::Verdict::REASON_INCREMENT,
                                            v1::Verdict::REASON_RATE,
                                            v1::Verdict::REASON_DENIED,
                                            v1::Verdict::REASON_PROJECTED,
                                            v1::Verdict::REASON_PAST_EVENT,
                                            v1::Verdict::REASON_WITHDRAWN,
                                            v1::Verdict::REASON_AGREES,
                                            v1::Verdict::REASON_REFINES,
                                            v1::Verdict::REASON_COPY,
                                            v1::Verdict::REASON_ECHO,
                                            v1::Verdict::REASON_LATE_ARRIVAL,
                                            v1::Verdict::REASON_RAISED,
                                            v1::Verdict::REASON_LOWERED,
                                            v1::Verdict::REASON_CONFLICT,
                                            v1::Verdict::REASON_CORRECTED,
                                            v1::Verdict::REASON_RETRACTED,
                                            v1::Verdict::REASON_SELF_CONTRADICTION,
                                            v1::Verdict::REASON_BOUND_BROKEN};
static_assert(std::size(kReasons) == static_cast<std::size_t>(Reason::kBoundBroken) + 1);
static_assert(static_cast<int>(Reason::kCopy) == 16 && static_cast<int>(Reason::kRaised) == 19);

constexpr int kFirstNotComparable = v1::Verdict::REASON_OTHER_STORY;

// An enum of ours whose values follow the message's from 1 on.
template <typename Ours>
std::optional<Ours> FromNumber(int number, Ours last) {
  if (number < 1 || number > static_cast<int>(last) + 1) return std::nullopt;
  return static_cast<Ours>(number - 1);
}

}  // namespace

google::protobuf::Duration ToProto(absl::Duration duration) {
  google::protobuf::Duration out;
  absl::Duration rest;
  out.set_seconds(absl::IDivDuration(duration, absl::Seconds(1), &rest));
  out.set_nanos(static_cast<std::int32_t>(rest / absl::Nanoseconds(1)));
  return out;
}

google::protobuf::Timestamp ToProto(absl::Time time) {
  google::protobuf::Timestamp out;
  const std::int64_t seconds = absl::ToUnixSeconds(time);  // Rounds down.
  out.set_seconds(seconds);
  out.set_nanos(
      static_cast<std::int32_t>((time - absl::FromUnixSeconds(seconds)) / absl::Nanoseconds(1)));
  return out;
}

absl::Duration FromProto(const google::protobuf::Duration& duration) {
  return absl::Seconds(duration.seconds()) + absl::Nanoseconds(duration.nanos());
}

absl::Time FromProto(const google::protobuf::Timestamp& time) {
  constexpr std::int64_t kYear1 = -62135596800, kYear9999 = 253402300799;
  return absl::FromUnixSeconds(std::clamp(time.seconds(), kYear1, kYear9999)) +
         absl::Nanoseconds(std::clamp(time.nanos(), 0, 999'999'999));
}

Article FromProto(v1::Article&& article) {
  Article out;
  out.id = std::move(*article.mutable_article_id());
  out.source = std::move(*article.mutable_source());
  out.title = std::move(*article.mutable_title());
  out.body = std::move(*article.mutable_body());
  out.language = std::move(*article.mutable_language());
  out.url = std::move(*article.mutable_url());
  out.author = std::move(*article.mutable_author());
  out.origin = std::move(*article.mutable_origin());
  out.story_hint = std::move(*article.mutable_story_hint());
  if (article.has_publish_time()) out.publish_time = FromProto(article.publish_time());
  return out;
}

void ToProto(const Article& article, v1::Article& out) {
  out.set_article_id(article.id);
  out.set_source(article.source);
  out.set_title(article.title);
  out.set_body(article.body);
  out.set_language(article.language);
  out.set_url(article.url);
  out.set_author(article.author);
  out.set_origin(article.origin);
  out.set_story_hint(article.story_hint);
  if (IsStated(article.publish_time)) *out.mutable_publish_time() = ToProto(article.publish_time);
}

void ToProto(const Quantity& quantity, std::string_view unit, v1::Quantity& out) {
  if (quantity.low.has_value()) out.set_low(quantity.low->ToDouble());
  if (quantity.high.has_value()) out.set_high(quantity.high->ToDouble());
  out.set_approximate(quantity.approximate);
  out.set_unit(std::string(unit));
  out.set_bound(static_cast<v1::Quantity::Bound>(static_cast<int>(quantity.bound) + 1));
  const Interval meant = MeantAsWritten(quantity);
  if (meant.low.has_value()) out.set_meant_low(meant.low->ToDouble());
  if (meant.high.has_value()) out.set_meant_high(meant.high->ToDouble());
  if (quantity.approximate) return;
  // Counted things: "over 1,300" means from 1,300 on to a reader, and asserts 1,301.
  if (out.has_low() && out.has_meant_low()) out.set_meant_low(std::max(out.low(), out.meant_low()));
  if (out.has_high() && out.has_meant_high()) {
    out.set_meant_high(std::min(out.high(), out.meant_high()));
  }
}

void ToProto(const KnownClaim& claim, v1::Claim& out) {
  out.set_claim_id(IdText(claim.id));
  out.set_article_id(claim.article_id);
  out.set_figure_id(IdText(claim.figure));
  out.set_story_id(IdText(claim.story));
  out.set_source(claim.source);
  out.set_measure(claim.measure);
  SetStatement(claim.claim, claim.quote_text, claim.sentence_text, out);
  if (IsStated(claim.publish_time)) *out.mutable_publish_time() = ToProto(claim.publish_time);
  if (claim.id != ClaimId::kNone) out.set_sequence(static_cast<std::int64_t>(ArticleOf(claim.id)));
  out.set_withdrawn(claim.withdrawn);
}

void ToProto(const Claim& claim, const Article& article, std::string_view measure, v1::Claim& out) {
  out.set_article_id(article.id);
  out.set_source(article.source);
  out.set_measure(std::string(measure));
  SetStatement(claim, TextOf(article, claim.field, claim.quote),
               TextOf(article, claim.field, claim.sentence), out);
  if (IsStated(article.publish_time)) *out.mutable_publish_time() = ToProto(article.publish_time);
}

void ToProto(const ReadNumber& number, const Article& article, v1::NumberPhrase& out) {
  const Number& phrase = number.number;
  SetQuote(number.field, phrase.span, TextOf(article, number.field, phrase.span),
           *out.mutable_quote());
  out.set_kind(static_cast<v1::NumberPhrase::Kind>(static_cast<int>(phrase.kind) + 1));
  out.set_reason(number.reason.empty() ? phrase.reason : number.reason);
  if (phrase.quantity.low.has_value() || phrase.quantity.high.has_value()) {
    ToProto(phrase.quantity, GetUnit(phrase.quantity.unit).symbol, *out.mutable_quantity());
  }
}

void ToProto(const Alert& alert, v1::Alert& out) {
  out.set_alert_id(IdText(alert.id));
  out.set_kind(static_cast<v1::Alert::Kind>(static_cast<int>(alert.kind) + 1));
  out.set_state(static_cast<v1::Alert::State>(static_cast<int>(alert.state) + 1));
  out.set_severity(static_cast<v1::Alert::Severity>(static_cast<int>(alert.severity) + 1));
  out.set_story_id(IdText(alert.story));
  out.set_figure_id(IdText(alert.figure));
  if (alert.current.id != ClaimId::kNone) ToProto(alert.current, *out.mutable_current());
  for (const KnownClaim& claim : alert.previous) ToProto(claim, *out.add_previous());
  out.set_summary(alert.summary);
  out.set_reason(alert.reason);
  out.set_current_origin_count(alert.current_origins);
  out.set_previous_origin_count(alert.previous_origins);
  out.set_current_source_count(alert.current_sources);
  if (alert.superseded_by != AlertId::kNone) {
    out.set_superseded_by_alert_id(IdText(alert.superseded_by));
  }
  if (IsStated(alert.create_time)) *out.mutable_create_time() = ToProto(alert.create_time);
  if (IsStated(alert.update_time)) *out.mutable_update_time() = ToProto(alert.update_time);
  if (IsStated(alert.acknowledgement.time)) {
    v1::Acknowledgement& seen = *out.mutable_acknowledgement();
    seen.set_by(alert.acknowledgement.by);
    seen.set_note(alert.acknowledgement.note);
    *seen.mutable_acknowledge_time() = ToProto(alert.acknowledgement.time);
  }
}

void ToProto(const AlertEvent& event, v1::AlertEvent& out) {
  out.set_position(event.position);
  out.set_change(static_cast<v1::AlertEvent::Change>(static_cast<int>(event.change) + 1));
  ToProto(event.alert, *out.mutable_alert());
  out.mutable_alert()->set_position(event.position);
  out.set_sequence(static_cast<std::int64_t>(event.sequence));
}

std::string WireEvent(const AlertEvent& event) {
  v1::SubscribeAlertsResponse piece;
  ToProto(event, *piece.add_events());
  return piece.SerializeAsString();
}

std::string WireTail(std::string_view resume_token, std::int64_t position) {
  v1::SubscribeAlertsResponse piece;
  piece.set_resume_token(std::string(resume_token));
  piece.set_position(position);
  return piece.SerializeAsString();
}

void ToProto(const Comparison& comparison, v1::Verdict& out) {
  out.set_reason(kReasons[static_cast<std::size_t>(comparison.reason)]);
  out.set_comparable(out.reason() < kFirstNotComparable);
  out.set_explanation(comparison.explanation);
}

void ToProto(const StoryRecord& story, v1::Story& out) {
  out.set_story_id(IdText(story.id));
  out.set_title(story.title);
  if (IsStated(story.first_time)) *out.mutable_first_publish_time() = ToProto(story.first_time);
  if (IsStated(story.last_time)) *out.mutable_last_publish_time() = ToProto(story.last_time);
  out.set_article_count(static_cast<std::int32_t>(story.articles));
  out.set_claim_count(static_cast<std::int32_t>(story.claims));
}

void ToProto(const Figure& figure, StoryId story, absl::Time when, v1::Figure& out) {
  out.set_figure_id(IdText(figure.id));
  out.set_story_id(IdText(story));
  out.set_measure(figure.key.measure);
  out.set_counted(figure.key.counted);
  out.set_population(figure.key.population);
  out.set_place(figure.key.place);
  out.set_per(figure.key.per);
  out.set_scope(ScopeOf(figure.key.scope));
  out.set_status(StatusOf(figure.key.status));
  out.set_part_of_figure_id(IdText(figure.whole));
  out.set_incident(static_cast<std::int32_t>(figure.key.incident));
  std::string title = figure.key.measure;
  for (const std::string* part : {&figure.key.counted, &figure.key.population, &figure.key.place,
                                  &figure.key.period, &figure.key.per}) {
    if (!part->empty() && *part != "people") title += ", " + *part;
  }
  out.set_title(title);
  if (!figure.claims.empty()) {
    const KnownClaim& first = figure.claims.front();
    out.set_unit(first.claim.unit);
    v1::Claim with_time;
    SetTimeScope(first.claim.time, first.claim.field, with_time);
    if (with_time.has_time_scope())
      *out.mutable_time_scope() = std::move(*with_time.mutable_time_scope());
  }
  int standing = 0;
  for (const KnownClaim& claim : figure.claims) standing += claim.withdrawn ? 0 : 1;
  out.set_claim_count(standing);
  if (const KnownClaim* believed = Believed(figure, when); believed != nullptr) {
    ToProto(believed->claim.quantity, believed->claim.unit, *out.mutable_believed());
    *out.mutable_believed_as_of_time() = ToProto(AsOf(*believed));
    out.set_believed_origin_count(OriginsBehind(figure, *believed));
  }
}

void ToProto(const IngestResult& result, ReceiptOptions options, v1::Receipt& out) {
  // One id must not fill the answer: what is far too long comes back cut.
  const bool fits = result.article_id.size() <= kArticleIdBytesMax;
  out.set_article_id(fits ? result.article_id : Printable(result.article_id));
  if (!result.status.ok()) {
    const Error error = result.status.code() == absl::StatusCode::kInvalidArgument
                            ? ArticleInvalid(result.article_id, result.problems)
                            : FromStatus(result.status);
    *out.mutable_error() = ToProto(error);
    return;
  }
  const ArticleRecord& record = result.receipt.article;
  out.set_sequence(static_cast<std::int64_t>(record.sequence));
  out.set_story_id(IdText(record.story));
  out.set_duplicate(result.receipt.duplicate);
  out.set_revision(record.version);
  out.set_reading(record.language_read ? v1::READING_FULL : v1::READING_LANGUAGE_NOT_READ);
  out.set_copy_of_article_id(record.copy_of);
  out.set_claim_count(static_cast<std::int32_t>(record.claims.size()));
  out.set_alert_count(static_cast<std::int32_t>(result.receipt.alerts.size()));
  if (options.claims) {
    for (const KnownClaim& claim : record.claims) ToProto(claim, *out.add_claims());
  }
  if (options.alerts) {
    for (const Alert& alert : result.receipt.alerts) ToProto(alert, *out.add_alerts());
  }
}

void LogReceipt(const v1::Receipt& receipt) {
  if (!Log()->should_log(spdlog::level::debug)) return;
  if (receipt.has_error()) {
    Log()->debug("article {} was refused: {}", LogSafe(receipt.article_id()),
                 LogSafe(receipt.error().message()));
    return;
  }
  Log()->debug("article {} is {} of story {}: {} claims, {} alerts{}",
               LogSafe(receipt.article_id()), receipt.sequence(), receipt.story_id(),
               receipt.claim_count(), receipt.alert_count(),
               receipt.duplicate() ? ", known before" : "");
}

std::optional<AlertKind> FromProto(v1::Alert::Kind kind) {
  return FromNumber(kind, AlertKind::kBoundBroken);
}
std::optional<AlertState> FromProto(v1::Alert::State state) {
  return FromNumber(state, AlertState::kWithdrawn);
}
std::optional<Severity> FromProto(v1::Alert::Severity severity) {
  return FromNumber(severity, Severity::kCritical);
}

}  // namespace claimwatch
