#include "tests/client/fake_daemon.h"

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace claimwatch::client {

namespace pb = ::claimwatch::v1;

namespace {

void SetDuration(absl::Duration from, google::protobuf::Duration* to) {
  to->set_seconds(absl::ToInt64Seconds(from));
  to->set_nanos(static_cast<int>(absl::ToInt64Nanoseconds(from) % 1'000'000'000));
}

template <typename Container>
std::optional<typename Container::value_type> TakeFirst(Container& scripts) {
  if (scripts.empty()) return std::nullopt;
  auto first = scripts.front();
  scripts.pop_front();
  return first;
}

void WaitUntilCancelled(const grpc::ServerContext& context) {
  absl::Mutex mu;
  absl::MutexLock lock(&mu);
  const auto cancelled = [&context] { return context.IsCancelled(); };
  while (!mu.AwaitWithTimeout(absl::Condition(&cancelled), absl::Milliseconds(20))) {
  }
}

std::string TokenAt(std::int64_t position) { return absl::StrCat("t", position); }

}  // namespace

grpc::Status RpcError(grpc::StatusCode code, const std::string& message, const std::string& reason,
                      std::optional<absl::Duration> retry_after,
                      const std::map<std::string, std::string>& metadata) {
  google::rpc::Status status;
  status.set_code(code);
  status.set_message(message);
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  info.set_domain("claimwatch");
  info.mutable_metadata()->insert(metadata.begin(), metadata.end());
  status.add_details()->PackFrom(info);
  if (retry_after.has_value()) {
    google::rpc::RetryInfo retry;
    SetDuration(*retry_after, retry.mutable_retry_delay());
    status.add_details()->PackFrom(retry);
  }
  return {code, message, status.SerializeAsString()};
}

pb::Claim SampleClaim(const std::string& id) {
  pb::Claim claim;
  claim.set_claim_id(id);
  claim.set_article_id("herald-1");
  claim.set_source("herald.example");
  claim.set_measure("killed");
  claim.set_population("people");
  claim.set_attribution("the Health Ministry");
  claim.set_scope(pb::Claim::SCOPE_TOTAL);
  claim.set_status(pb::Claim::STATUS_STATED);
  claim.mutable_quantity()->set_low(12);
  claim.mutable_quantity()->set_high(12);
  claim.mutable_quantity()->set_unit("people");
  claim.mutable_quantity()->set_bound(pb::Quantity::BOUND_EXACT);
  claim.mutable_publish_time()->set_seconds(1'641'805'200);  // 2022-01-10 09:00 UTC
  claim.mutable_sentence()->set_text("The quake killed 12 people.");
  claim.mutable_sentence()->set_field(pb::Quote::FIELD_BODY);
  claim.mutable_sentence()->set_begin(100);
  claim.mutable_sentence()->set_end(127);
  claim.mutable_quote()->set_text("12");
  claim.mutable_quote()->set_field(pb::Quote::FIELD_BODY);
  claim.mutable_quote()->set_begin(117);
  claim.mutable_quote()->set_end(119);
  return claim;
}

pb::Alert SampleAlert(const std::string& id) {
  pb::Alert alert;
  alert.set_alert_id(id);
  alert.set_kind(pb::Alert::KIND_RAISED);
  alert.set_state(pb::Alert::STATE_OPEN);
  alert.set_severity(pb::Alert::SEVERITY_CRITICAL);
  alert.set_story_id("s1");
  alert.set_figure_id("f3");
  alert.set_summary("Death toll raised: 12 (Health Ministry) against 5 (police, 2 hours earlier)");
  alert.set_reason("newer and higher");
  *alert.mutable_current() = SampleClaim("c9");
  pb::Claim& before = *alert.add_previous() = SampleClaim("c4");
  before.set_attribution("police");
  before.mutable_sentence()->set_text("Police counted five dead bodies");
  before.mutable_sentence()->set_begin(0);
  before.mutable_sentence()->set_end(31);
  before.mutable_quote()->set_text("five");
  before.mutable_quote()->set_begin(15);
  before.mutable_quote()->set_end(19);
  alert.set_current_origin_count(2);
  alert.set_previous_origin_count(1);
  return alert;
}

void FakeDaemon::Publish(const pb::Alert& alert) {
  absl::MutexLock lock(&mu_);
  pb::AlertEvent event;
  event.set_position(static_cast<std::int64_t>(feed_.size()) + 1);
  event.set_change(pb::AlertEvent::CHANGE_OPENED);
  *event.mutable_alert() = alert;
  feed_.push_back(event);
}

std::vector<std::string> FakeDaemon::committed() const {
  absl::MutexLock lock(&mu_);
  return committed_;
}

std::vector<int> FakeDaemon::batch_sizes() const {
  absl::MutexLock lock(&mu_);
  return batch_sizes_;
}

std::vector<pb::SubscribeAlertsRequest> FakeDaemon::subscriptions() const {
  absl::MutexLock lock(&mu_);
  return subscriptions_;
}

int FakeDaemon::call_count() const {
  absl::MutexLock lock(&mu_);
  return call_count_;
}

pb::Receipt FakeDaemon::Commit(const pb::Article& article, const pb::IngestOptions& options) {
  pb::Receipt receipt;
  receipt.set_article_id(article.article_id());
  if (article.title().empty() && article.body().empty()) {
    google::rpc::BadRequest bad;
    auto& violation = *bad.add_field_violations();
    violation.set_field("body");
    violation.set_description("title and body are both empty");
    violation.set_reason("REQUIRED");
    receipt.mutable_error()->set_code(grpc::StatusCode::INVALID_ARGUMENT);
    receipt.mutable_error()->set_message("bad article");
    receipt.mutable_error()->add_details()->PackFrom(bad);
    return receipt;
  }
  std::int64_t sequence = 0;
  {
    absl::MutexLock lock(&mu_);
    const auto known = std::find(committed_.begin(), committed_.end(), article.article_id());
    receipt.set_duplicate(known != committed_.end());
    sequence = known - committed_.begin() + 1;
    if (!receipt.duplicate()) committed_.push_back(article.article_id());
  }
  receipt.set_sequence(sequence);
  receipt.set_story_id("s1");
  receipt.set_revision(1);
  receipt.set_reading(pb::READING_FULL);
  receipt.set_claim_count(1);
  if (options.return_claims()) *receipt.add_claims() = SampleClaim("c1");
  if (absl::StrContains(article.body(), "ALERT")) {
    const pb::Alert alert = SampleAlert(absl::StrCat("al", sequence));
    receipt.set_alert_count(1);
    if (options.return_alerts()) *receipt.add_alerts() = alert;
    if (!receipt.duplicate()) Publish(alert);
  }
  return receipt;
}

grpc::Status FakeDaemon::IngestArticles(
    grpc::ServerContext*,
    grpc::ServerReaderWriter<pb::IngestArticlesResponse, pb::IngestArticlesRequest>* stream) {
  std::optional<IngestScript> script;
  {
    absl::MutexLock lock(&mu_);
    script = TakeFirst(ingest_scripts);
  }
  pb::IngestArticlesResponse response;
  response.mutable_started()->set_epoch("e1");
  stream->Write(response);
  pb::IngestArticlesRequest request;
  pb::IngestOptions options;
  int answered = 0;
  while (!(script.has_value() && answered >= script->receipts) && stream->Read(&request)) {
    if (request.has_options()) options = request.options();
    {
      absl::MutexLock lock(&mu_);
      batch_sizes_.push_back(request.articles_size());
    }
    response.Clear();
    for (const pb::Article& article : request.articles()) {
      const bool answers = !script.has_value() || answered < script->receipts;
      if (!answers && !script->commits_more) break;
      pb::Receipt receipt = Commit(article, options);
      if (!answers) continue;
      if (script.has_value() && script->wrong_order) receipt.set_article_id("another");
      receipt.set_index(answered++);
      *response.add_receipts() = receipt;
    }
    stream->Write(response);
  }
  if (!script.has_value()) return grpc::Status::OK;
  if (script->end_after.has_value()) {
    response.Clear();
    response.mutable_end()->set_reason(pb::IngestEnd::REASON_DRAINING);
    SetDuration(*script->end_after, response.mutable_end()->mutable_retry_after());
    stream->Write(response);
  }
  return script->status;
}

std::optional<pb::AlertEvent> FakeDaemon::EventAfter(std::int64_t position) const {
  absl::MutexLock lock(&mu_);
  if (position >= static_cast<std::int64_t>(feed_.size())) return std::nullopt;
  return feed_[static_cast<std::size_t>(position)];
}

// The feed does not grow while it is followed: a stream without a script tells all and stays open.
grpc::Status FakeDaemon::SubscribeAlerts(grpc::ServerContext* context,
                                         const pb::SubscribeAlertsRequest* request,
                                         grpc::ServerWriter<pb::SubscribeAlertsResponse>* writer) {
  std::optional<FeedScript> script;
  std::int64_t position = 0;
  pb::SubscribeAlertsResponse response;
  {
    absl::MutexLock lock(&mu_);
    script = TakeFirst(feed_scripts);
    subscriptions_.push_back(*request);
    response.mutable_started()->set_head_position(static_cast<std::int64_t>(feed_.size()));
  }
  const std::string& token = request->resume_token();
  if (!token.empty() && !absl::SimpleAtoi(token.substr(1), &position)) {
    return RpcError(grpc::StatusCode::INVALID_ARGUMENT, "not a token of ours", "TOKEN_INVALID");
  }
  if (script.has_value() && script->status.error_code() == grpc::StatusCode::OUT_OF_RANGE) {
    return script->status;
  }
  response.mutable_started()->set_epoch("e1");
  response.mutable_started()->set_start_position(position);
  response.set_resume_token(TokenAt(position));
  writer->Write(response);
  for (int told = 0; !script.has_value() || told < script->events; ++told) {
    const std::optional<pb::AlertEvent> event = EventAfter(position);
    if (!event.has_value()) break;
    position = event->position();
    response.Clear();
    *response.add_events() = *event;
    const bool last = script.has_value() && told + 1 == script->events;
    if (!(last && script->split)) response.set_resume_token(TokenAt(position));
    writer->Write(response);
  }
  response.Clear();
  if (script.has_value()) {
    if (script->too_slow) {
      response.mutable_end()->set_reason(pb::SubscriptionEnd::REASON_TOO_SLOW);
      SetDuration(absl::Seconds(7), response.mutable_end()->mutable_retry_after());
      writer->Write(response);
    }
    return script->status;
  }
  response.mutable_caught_up();
  response.set_resume_token(TokenAt(position));
  writer->Write(response);
  WaitUntilCancelled(*context);
  return grpc::Status::CANCELLED;
}

grpc::Status FakeDaemon::NextCallError() {
  absl::MutexLock lock(&mu_);
  ++call_count_;
  return TakeFirst(call_errors).value_or(grpc::Status::OK);
}

grpc::Status FakeDaemon::ListAlerts(grpc::ServerContext*, const pb::ListAlertsRequest*,
                                    pb::ListAlertsResponse* response) {
  const grpc::Status error = NextCallError();
  absl::MutexLock lock(&mu_);
  for (const pb::AlertEvent& event : feed_) *response->add_alerts() = event.alert();
  return error;
}

grpc::Status FakeDaemon::GetAlert(grpc::ServerContext*, const pb::GetAlertRequest* request,
                                  pb::GetAlertResponse* response) {
  if (request->alert_id() != "al1") {
    return RpcError(grpc::StatusCode::NOT_FOUND, "no alert " + request->alert_id(),
                    "ALERT_NOT_FOUND");
  }
  *response->mutable_alert() = SampleAlert("al1");
  return grpc::Status::OK;
}

grpc::Status FakeDaemon::ExtractClaims(grpc::ServerContext*,
                                       const pb::ExtractClaimsRequest* request,
                                       pb::ExtractClaimsResponse* response) {
  response->set_reading(pb::READING_FULL);
  const std::size_t at = request->body().find("12");
  if (at == std::string::npos) return grpc::Status::OK;
  *response->add_claims() = SampleClaim("x1");
  pb::NumberPhrase& phrase = *response->add_quantities();
  phrase.set_kind(pb::NumberPhrase::KIND_COUNT);
  phrase.set_claim_id("x1");
  phrase.set_reason("\"killed\" governs it");
  phrase.mutable_quote()->set_field(pb::Quote::FIELD_BODY);
  phrase.mutable_quote()->set_begin(static_cast<int>(at));
  phrase.mutable_quote()->set_end(static_cast<int>(at) + 2);
  phrase.mutable_quote()->set_text("12");
  *phrase.mutable_quantity() = SampleClaim("x1").quantity();
  return grpc::Status::OK;
}

grpc::Status FakeDaemon::GetStatus(grpc::ServerContext*, const pb::GetStatusRequest*,
                                   pb::GetStatusResponse* response) {
  response->set_version("0.0.0");
  response->set_article_count(static_cast<std::int64_t>(committed().size()));
  return NextCallError();
}

grpc::Status FakeDaemon::BackUp(grpc::ServerContext*, const pb::BackUpRequest*,
                                pb::BackUpResponse*) {
  return NextCallError();
}

InProcess::InProcess(FakeDaemon& daemon) {
  grpc::ServerBuilder builder;
  builder.RegisterService(static_cast<pb::ArticleService::Service*>(&daemon));
  builder.RegisterService(static_cast<pb::AlertService::Service*>(&daemon));
  builder.RegisterService(static_cast<pb::ClaimService::Service*>(&daemon));
  builder.RegisterService(static_cast<pb::AdminService::Service*>(&daemon));
  server_ = builder.BuildAndStart();
}

InProcess::~InProcess() { server_->Shutdown(std::chrono::system_clock::now()); }

}  // namespace claimwatch::client
