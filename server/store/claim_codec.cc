#include "server/store/claim_codec.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/store/records.pb.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

constexpr int kSpans = 6;  // Quote, sentence, subject, attribution, place, time phrase.

template <typename Enum>
absl::Status ToEnum(std::uint32_t value, Enum last, const char* what, Enum& out) {
  if (value > static_cast<std::uint32_t>(last)) {
    return absl::DataLossError(absl::StrCat(what, " ", value, " is unknown"));
  }
  out = static_cast<Enum>(value);
  return absl::OkStatus();
}

void AddSpan(Span span, store::Claim& message) {
  message.add_spans(span.begin);
  message.add_spans(span.size);
}

Span SpanAt(const store::Claim& message, int index) {
  return {message.spans(2 * index), message.spans(2 * index + 1)};
}

void QuantityToMessage(const Quantity& quantity, store::Claim& message) {
  if (quantity.low) {
    message.set_low_digits(quantity.low->digits());
    message.set_low_exponent(quantity.low->exponent());
  }
  if (quantity.high) {
    message.set_high_digits(quantity.high->digits());
    message.set_high_exponent(quantity.high->exponent());
  }
  message.set_bound(static_cast<std::uint32_t>(quantity.bound));
  message.set_approximate(quantity.approximate);
  const std::string_view symbol = GetUnit(quantity.unit).symbol;
  message.set_quantity_unit(symbol.data(), symbol.size());  // Ids change with the table of units.
}

absl::Status QuantityFromMessage(const store::Claim& message, Quantity& quantity) {
  if (message.has_low_digits()) {
    quantity.low = Decimal::Of(message.low_digits(), message.low_exponent());
  }
  if (message.has_high_digits()) {
    quantity.high = Decimal::Of(message.high_digits(), message.high_exponent());
  }
  quantity.approximate = message.approximate();
  if (!message.quantity_unit().empty()) quantity.unit = FindUnitSymbol(message.quantity_unit());
  return ToEnum(message.bound(), Bound::kVague, "bound", quantity.bound);
}

void TimeToMessage(const TimeScope& time, store::Claim& message) {
  message.set_time_phrase(time.phrase.text);
  if (time.begin != absl::InfinitePast()) message.set_time_begin(ToMicros(time.begin));
  if (time.end != absl::InfiniteFuture()) message.set_time_end(ToMicros(time.end));
  if (time.as_of != absl::InfinitePast()) message.set_as_of(ToMicros(time.as_of));
}

void TimeFromMessage(store::Claim& message, TimeScope& time) {
  time.phrase.text = std::move(*message.mutable_time_phrase());
  if (message.has_time_begin()) time.begin = FromMicros(message.time_begin());
  if (message.has_time_end()) time.end = FromMicros(message.time_end());
  if (message.has_as_of()) time.as_of = FromMicros(message.as_of());
}

void SpansFromMessage(const store::Claim& message, Claim& claim) {
  claim.quote = SpanAt(message, 0);
  claim.sentence = SpanAt(message, 1);
  claim.subject.span = SpanAt(message, 2);
  claim.attribution.span = SpanAt(message, 3);
  claim.place.span = SpanAt(message, 4);
  claim.time.phrase.span = SpanAt(message, 5);
}

absl::Status EnumsFromMessage(const store::Claim& message, Claim& claim) {
  absl::Status status = ToEnum(message.field(), Field::kBody, "field", claim.field);
  status.Update(ToEnum(message.scope(), Scope::kRate, "scope", claim.scope));
  status.Update(ToEnum(message.status(), Status::kPastEvent, "status", claim.status));
  return status;
}

void AlertTimesToMessage(const Alert& alert, store::Alert& message) {
  if (alert.create_time != absl::InfinitePast()) {
    message.set_create_time(ToMicros(alert.create_time));
  }
  if (alert.update_time != absl::InfinitePast()) {
    message.set_update_time(ToMicros(alert.update_time));
  }
  const Acknowledgement& acknowledged = alert.acknowledgement;
  message.set_acknowledged_by(acknowledged.by);
  message.set_acknowledge_note(acknowledged.note);
  if (acknowledged.time != absl::InfinitePast()) {
    message.set_acknowledge_time(ToMicros(acknowledged.time));
  }
}

void AlertTimesFromMessage(store::Alert& message, Alert& alert) {
  if (message.has_create_time()) alert.create_time = FromMicros(message.create_time());
  if (message.has_update_time()) alert.update_time = FromMicros(message.update_time());
  Acknowledgement& acknowledged = alert.acknowledgement;
  acknowledged.by = std::move(*message.mutable_acknowledged_by());
  acknowledged.note = std::move(*message.mutable_acknowledge_note());
  if (message.has_acknowledge_time()) acknowledged.time = FromMicros(message.acknowledge_time());
}

}  // namespace

std::int64_t ToMicros(absl::Time time) { return absl::ToUnixMicros(time); }

absl::Time FromMicros(std::int64_t micros) {
  if (micros == std::numeric_limits<std::int64_t>::min()) return absl::InfinitePast();
  if (micros == std::numeric_limits<std::int64_t>::max()) return absl::InfiniteFuture();
  return absl::FromUnixMicros(micros);
}

void ToMessage(const KnownClaim& known, store::Claim& message) {
  const Claim& claim = known.claim;
  message.set_field(static_cast<std::uint32_t>(claim.field));
  message.mutable_spans()->Reserve(2 * kSpans);
  for (const Span span : {claim.quote, claim.sentence, claim.subject.span, claim.attribution.span,
                          claim.place.span, claim.time.phrase.span}) {
    AddSpan(span, message);
  }
  QuantityToMessage(claim.quantity, message);
  message.set_unit(claim.unit);
  message.set_measure(known.measure);
  message.set_measure_id(static_cast<std::uint32_t>(claim.measure));
  message.set_subject(claim.subject.text);
  message.set_counted(claim.counted);
  message.set_population(claim.population);
  message.set_per(claim.per);
  message.set_scope(static_cast<std::uint32_t>(claim.scope));
  message.set_status(static_cast<std::uint32_t>(claim.status));
  message.set_attribution(claim.attribution.text);
  message.set_place(claim.place.text);
  TimeToMessage(claim.time, message);
  message.set_quote_text(known.quote_text);
  message.set_sentence_text(known.sentence_text);
  message.set_origin(known.origin);
}

absl::Status FromMessage(store::Claim& message, KnownClaim& known) {
  if (message.spans_size() != 2 * kSpans) return absl::DataLossError("a claim lacks its spans");
  Claim& claim = known.claim;
  SpansFromMessage(message, claim);
  claim.unit = std::move(*message.mutable_unit());
  known.measure = std::move(*message.mutable_measure());
  claim.measure = static_cast<MeasureId>(message.measure_id());
  claim.subject.text = std::move(*message.mutable_subject());
  claim.counted = std::move(*message.mutable_counted());
  claim.population = std::move(*message.mutable_population());
  claim.per = std::move(*message.mutable_per());
  claim.attribution.text = std::move(*message.mutable_attribution());
  claim.place.text = std::move(*message.mutable_place());
  TimeFromMessage(message, claim.time);
  known.quote_text = std::move(*message.mutable_quote_text());
  known.sentence_text = std::move(*message.mutable_sentence_text());
  known.origin = message.origin();
  absl::Status status = EnumsFromMessage(message, claim);
  status.Update(QuantityFromMessage(message, claim.quantity));
  return status;
}

void ToMessage(const KnownClaim& known, store::KnownClaim& message) {
  ToMessage(known, *message.mutable_claim());
  message.set_id(static_cast<std::int64_t>(known.id));
  message.set_story(static_cast<std::int64_t>(known.story));
  message.set_figure(static_cast<std::int64_t>(known.figure));
  message.set_article_id(known.article_id);
  message.set_source(known.source);
  if (known.publish_time != absl::InfinitePast()) {
    message.set_publish_time(ToMicros(known.publish_time));
  }
  message.set_withdrawn(known.withdrawn);
  message.set_incident(known.incident);
}

absl::Status FromMessage(store::KnownClaim& message, KnownClaim& known) {
  known.id = ClaimId{message.id()};
  known.story = StoryId{message.story()};
  known.figure = FigureId{message.figure()};
  known.article_id = std::move(*message.mutable_article_id());
  known.source = std::move(*message.mutable_source());
  if (message.has_publish_time()) known.publish_time = FromMicros(message.publish_time());
  known.withdrawn = message.withdrawn();
  known.incident = message.incident();
  return FromMessage(*message.mutable_claim(), known);
}

void ToMessage(const FigureKey& key, store::FigureKey& message) {
  message.set_measure(key.measure);
  message.set_dimension(key.dimension);
  message.set_counted(key.counted);
  message.set_population(key.population);
  message.set_place(key.place);
  message.set_period(key.period);
  message.set_per(key.per);
  message.set_role(key.role);
  message.set_status(static_cast<std::uint32_t>(key.status));
  message.set_incident(key.incident);
  message.set_scope(static_cast<std::uint32_t>(key.scope));
}

absl::Status FromMessage(store::FigureKey& message, FigureKey& key) {
  key.measure = std::move(*message.mutable_measure());
  key.dimension = std::move(*message.mutable_dimension());
  key.counted = std::move(*message.mutable_counted());
  key.population = std::move(*message.mutable_population());
  key.place = std::move(*message.mutable_place());
  key.period = std::move(*message.mutable_period());
  key.per = std::move(*message.mutable_per());
  key.role = std::move(*message.mutable_role());
  absl::Status status = ToEnum(message.status(), Status::kPastEvent, "status", key.status);
  key.incident = message.incident();
  status.Update(ToEnum(message.scope(), Scope::kRate, "scope", key.scope));
  return status;
}

void ToMessage(const Alert& alert, store::Alert& message) {
  message.set_id(static_cast<std::int64_t>(alert.id));
  message.set_kind(static_cast<std::uint32_t>(alert.kind));
  message.set_state(static_cast<std::uint32_t>(alert.state));
  message.set_severity(static_cast<std::uint32_t>(alert.severity));
  message.set_story(static_cast<std::int64_t>(alert.story));
  message.set_figure(static_cast<std::int64_t>(alert.figure));
  message.set_measure(alert.measure);
  ToMessage(alert.current, *message.mutable_current());
  for (const KnownClaim& claim : alert.previous) ToMessage(claim, *message.add_previous());
  message.set_current_origins(alert.current_origins);
  message.set_previous_origins(alert.previous_origins);
  message.set_current_sources(alert.current_sources);
  message.set_superseded_by(static_cast<std::int64_t>(alert.superseded_by));
  message.set_summary(alert.summary);
  message.set_reason(alert.reason);
  AlertTimesToMessage(alert, message);
}

absl::Status FromMessage(store::Alert& message, Alert& alert) {
  alert.id = AlertId{message.id()};
  alert.story = StoryId{message.story()};
  alert.figure = FigureId{message.figure()};
  alert.measure = std::move(*message.mutable_measure());
  alert.current_origins = message.current_origins();
  alert.previous_origins = message.previous_origins();
  alert.current_sources = message.current_sources();
  // Alerts of the first stores were kept without it.
  const bool current = message.current().id() != 0;
  if (current && alert.current_sources == 0) alert.current_sources = 1;
  alert.superseded_by = AlertId{message.superseded_by()};
  alert.summary = std::move(*message.mutable_summary());
  alert.reason = std::move(*message.mutable_reason());
  AlertTimesFromMessage(message, alert);
  absl::Status status = ToEnum(message.kind(), AlertKind::kBoundBroken, "kind", alert.kind);
  status.Update(ToEnum(message.state(), AlertState::kWithdrawn, "state", alert.state));
  status.Update(ToEnum(message.severity(), Severity::kCritical, "severity", alert.severity));
  status.Update(FromMessage(*message.mutable_current(), alert.current));
  for (store::KnownClaim& one : *message.mutable_previous()) {
    status.Update(FromMessage(one, alert.previous.emplace_back()));
  }
  return status;
}

}  // namespace claimwatch
