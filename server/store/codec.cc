#include "server/store/codec.h"

#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/store/claim_codec.h"
#include "server/store/records.pb.h"
#include "server/store/seal.h"

namespace claimwatch {
namespace {

// Unseals and parses; what does not parse was not written by us.
template <typename Message>
absl::Status Parse(std::string_view bytes, const char* what, Message& message) {
  absl::StatusOr<std::string> plain = Unseal(bytes);
  if (!plain.ok()) {
    return absl::DataLossError(absl::StrCat(what, ": ", plain.status().message()));
  }
  if (!message.ParseFromString(*plain)) {
    return absl::DataLossError(absl::StrCat(what, ": a record does not parse"));
  }
  return absl::OkStatus();
}

template <typename Message>
std::string SealMessage(const Message& message) {
  return Seal(message.SerializeAsString());
}

std::string_view At(std::string_view text, Span span) {
  if (span.begin > text.size() || span.size > text.size() - span.begin) return {};
  return text.substr(span.begin, span.size);
}

// What a claim tells of its article's text is not written twice: a third of the bytes to compress.
void LeaveOutTexts(const Article& article, const KnownClaim& known, store::Claim& message) {
  const Claim& claim = known.claim;
  const std::string_view text = claim.field == Field::kTitle ? article.title : article.body;
  if (At(text, claim.quote) == known.quote_text) message.clear_quote_text();
  if (At(text, claim.sentence) == known.sentence_text) message.clear_sentence_text();
}

void FillTexts(const store::Article& article, KnownClaim& known) {
  const Claim& claim = known.claim;
  const std::string_view text = claim.field == Field::kTitle ? article.title() : article.body();
  if (known.quote_text.empty()) known.quote_text = At(text, claim.quote);
  if (known.sentence_text.empty()) known.sentence_text = At(text, claim.sentence);
}

void FillPlaces(const ArticleRecord& record, int index, KnownClaim& claim) {
  claim.id = MakeClaimId(record.sequence, index);
  claim.story = record.story;
  claim.article_id = record.article.id;
  claim.source = record.article.source;
  claim.publish_time = record.article.publish_time == absl::InfinitePast()
                           ? record.sequenced
                           : record.article.publish_time;
}

}  // namespace

std::string EncodeArticle(const Article& article, const std::vector<KnownClaim>& claims) {
  // One a thread, which keeps the room for the texts of the largest article that it met: at most
  // as much as the sender may send. Making it anew costs a hundred allocations.
  thread_local store::Article message;
  message.Clear();
  message.set_source(article.source);
  message.set_title(article.title);
  message.set_body(article.body);
  message.set_language(article.language);
  message.set_url(article.url);
  message.set_story_hint(article.story_hint);
  if (article.publish_time != absl::InfinitePast()) {
    message.set_publish_time(ToMicros(article.publish_time));
  }
  for (const KnownClaim& claim : claims) {
    store::Claim& one = *message.add_claims();
    ToMessage(claim, one);
    LeaveOutTexts(article, claim, one);
  }
  return SealCompressed(message.SerializeAsString());
}

absl::Status DecodeArticle(std::string_view bytes, bool texts, ArticleRecord& record) {
  store::Article message;
  if (absl::Status status = Parse(bytes, "article", message); !status.ok()) return status;
  Article& article = record.article;
  article.source = std::move(*message.mutable_source());
  article.language = std::move(*message.mutable_language());
  article.url = std::move(*message.mutable_url());
  article.story_hint = std::move(*message.mutable_story_hint());
  article.publish_time =
      message.has_publish_time() ? FromMicros(message.publish_time()) : absl::InfinitePast();
  record.claims.assign(message.claims_size(), KnownClaim());
  for (int i = 0; i < message.claims_size(); ++i) {
    absl::Status status = FromMessage(*message.mutable_claims(i), record.claims[i]);
    if (!status.ok()) return status;
    FillTexts(message, record.claims[i]);
    FillPlaces(record, i, record.claims[i]);
  }
  if (texts) {
    article.title = std::move(*message.mutable_title());
    article.body = std::move(*message.mutable_body());
  }
  return absl::OkStatus();
}

std::string EncodePlacement(const ArticleRecord& record) {
  store::Placement message;
  for (const KnownClaim& claim : record.claims) {
    message.add_figures(static_cast<std::int64_t>(claim.figure));
  }
  if (!record.claims.empty()) message.set_incident(record.claims.front().incident);
  for (const AlertId alert : record.alerts) message.add_alerts(static_cast<std::int64_t>(alert));
  message.set_copy_of(record.copy_of);
  if (record.retracted != absl::InfinitePast()) {
    message.set_retract_time(absl::ToUnixMicros(record.retracted));
    message.set_retract_reason(record.retract_reason);
  }
  return SealMessage(message);
}

absl::StatusOr<std::string> WithRetraction(std::string_view placement, const Retraction& change) {
  store::Placement message;
  if (absl::Status status = Parse(placement, "placement", message); !status.ok()) return status;
  message.set_retract_time(absl::ToUnixMicros(change.time));
  message.set_retract_reason(change.reason);
  return SealMessage(message);
}

absl::Status DecodePlacement(std::string_view bytes, ArticleRecord& record) {
  store::Placement message;
  if (absl::Status status = Parse(bytes, "placement", message); !status.ok()) return status;
  if (message.figures_size() != static_cast<int>(record.claims.size())) {
    return absl::DataLossError("placement: figures and claims differ in number");
  }
  for (int i = 0; i < message.figures_size(); ++i) {
    record.claims[i].figure = FigureId{message.figures(i)};
    record.claims[i].incident = message.incident();
  }
  record.alerts.clear();
  for (const std::int64_t alert : message.alerts()) record.alerts.push_back(AlertId{alert});
  record.copy_of = message.copy_of();
  if (message.has_retract_time()) record.retracted = absl::FromUnixMicros(message.retract_time());
  record.retract_reason = message.retract_reason();
  return absl::OkStatus();
}

std::string EncodeFigures(const std::vector<Figure>& figures) {
  store::Figures message;
  for (const Figure& figure : figures) {
    store::Figure& one = *message.add_figures();
    ToMessage(figure.key, *one.mutable_key());
    one.set_whole(static_cast<std::int64_t>(figure.whole));
  }
  return SealMessage(message);
}

absl::StatusOr<std::vector<Figure>> DecodeFigures(FigureId first, std::string_view bytes) {
  store::Figures message;
  if (absl::Status status = Parse(bytes, "figures", message); !status.ok()) return status;
  std::vector<Figure> figures;
  std::int64_t id = static_cast<std::int64_t>(first);
  for (store::Figure& one : *message.mutable_figures()) {
    Figure figure;
    figure.id = FigureId{id++};
    figure.whole = FigureId{one.whole()};
    absl::Status status = FromMessage(*one.mutable_key(), figure.key);
    if (!status.ok()) return status;
    figures.push_back(std::move(figure));
  }
  return figures;
}

std::string EncodeStory(const StoryRecord& story) {
  store::Story message;
  message.set_title(story.title);
  if (story.first_time != absl::InfinitePast()) message.set_first_time(ToMicros(story.first_time));
  if (story.last_time != absl::InfinitePast()) message.set_last_time(ToMicros(story.last_time));
  message.set_articles(story.articles);
  message.set_claims(story.claims);
  message.set_merged_into(static_cast<std::int64_t>(story.merged_into));
  return SealMessage(message);
}

absl::Status DecodeStory(std::string_view bytes, StoryRecord& story) {
  store::Story message;
  if (absl::Status status = Parse(bytes, "story", message); !status.ok()) return status;
  story.title = std::move(*message.mutable_title());
  story.first_time =
      message.has_first_time() ? FromMicros(message.first_time()) : absl::InfinitePast();
  story.last_time =
      message.has_last_time() ? FromMicros(message.last_time()) : absl::InfinitePast();
  story.articles = message.articles();
  story.claims = message.claims();
  story.merged_into = StoryId{message.merged_into()};
  return absl::OkStatus();
}

std::string EncodeAlert(const Alert& alert) {
  thread_local store::Alert message;  // As in EncodeArticle.
  message.Clear();
  ToMessage(alert, message);
  return SealCompressed(message.SerializeAsString());
}

absl::StatusOr<Alert> DecodeAlert(std::string_view bytes) {
  store::Alert message;
  if (absl::Status status = Parse(bytes, "alert", message); !status.ok()) return status;
  Alert alert;
  if (absl::Status status = FromMessage(message, alert); !status.ok()) return status;
  return alert;
}

std::string EncodeSubscription(const SubscriptionRecord& record) {
  store::Subscription message;
  message.set_selector(record.selector);
  message.set_filter(record.filter);
  message.set_lease(absl::ToInt64Microseconds(record.lease));
  message.set_deliveries_max(static_cast<std::uint32_t>(record.deliveries_max));
  message.set_outstanding_max(static_cast<std::uint32_t>(record.outstanding_max));
  message.set_create_time(ToMicros(record.create_time));
  if (record.last_settle_time != absl::InfinitePast()) {
    message.set_last_settle_time(ToMicros(record.last_settle_time));
  }
  message.set_scanned(record.scanned);
  for (const PendingEvent& pending : record.pending) {
    message.add_pending_positions(pending.position);
    message.add_pending_deliveries(static_cast<std::uint32_t>(pending.deliveries));
  }
  return SealMessage(message);
}

absl::Status DecodeSubscription(std::string_view bytes, SubscriptionRecord& record) {
  store::Subscription message;
  if (absl::Status status = Parse(bytes, "subscription", message); !status.ok()) return status;
  if (message.pending_positions_size() != message.pending_deliveries_size()) {
    return absl::DataLossError("subscription: pending events without a count of deliveries");
  }
  record.selector = message.selector();
  record.filter = message.filter();
  record.lease = absl::Microseconds(message.lease());
  record.deliveries_max = static_cast<int>(message.deliveries_max());
  record.outstanding_max = static_cast<int>(message.outstanding_max());
  record.create_time = FromMicros(message.create_time());
  record.last_settle_time = message.has_last_settle_time() ? FromMicros(message.last_settle_time())
                                                           : absl::InfinitePast();
  record.scanned = message.scanned();
  for (int i = 0; i < message.pending_positions_size(); ++i) {
    record.pending.push_back(
        {message.pending_positions(i), static_cast<int>(message.pending_deliveries(i))});
  }
  return absl::OkStatus();
}

std::string EncodeParked(const ParkedRecord& record) {
  store::Parked message;
  message.set_change(static_cast<std::uint32_t>(record.event.change));
  message.set_sequence(static_cast<std::int64_t>(record.event.sequence));
  message.set_deliveries(static_cast<std::uint32_t>(record.deliveries));
  message.set_park_time(ToMicros(record.park_time));
  message.set_note(record.note);
  ToMessage(record.event.alert, *message.mutable_alert());
  return SealCompressed(message.SerializeAsString());
}

absl::Status DecodeParked(std::string_view bytes, ParkedRecord& record) {
  store::Parked message;
  if (absl::Status status = Parse(bytes, "parked event", message); !status.ok()) return status;
  record.event.change = static_cast<AlertChange>(message.change());
  record.event.sequence = static_cast<Sequence>(message.sequence());
  record.deliveries = static_cast<int>(message.deliveries());
  record.park_time = FromMicros(message.park_time());
  record.note = message.note();
  return FromMessage(*message.mutable_alert(), record.event.alert);
}

}  // namespace claimwatch
