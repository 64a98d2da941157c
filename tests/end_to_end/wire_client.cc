#include "tests/end_to_end/wire_client.h"

#include <chrono>
#include <thread>

#include "absl/strings/str_cat.h"

namespace claimwatch {
namespace {

constexpr std::int64_t kFirstHour = 1'641'460'000;

}  // namespace

v1::Article FloodReport(const std::string& id, const std::string& source, int killed, int minute) {
  v1::Article article;
  article.set_article_id(id);
  article.set_source(source);
  article.set_title("Flood sweeps the Tarn valley in France");
  article.set_body(absl::StrCat(
      "ALBI, France - A sudden flood swept through villages of the Tarn valley on Thursday. The "
      "flood killed ",
      killed,
      " people, the French Interior Ministry said. Helicopters searched the banks of the Tarn near "
      "Albi."));
  article.set_language("en");
  article.mutable_publish_time()->set_seconds(kFirstHour + 60 * minute);
  return article;
}

std::unique_ptr<grpc::ClientContext> Context() {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
  context->set_wait_for_ready(true);
  return context;
}

WireClient::WireClient(std::shared_ptr<grpc::Channel> to) : channel(std::move(to)) {
  articles = v1::ArticleService::NewStub(channel);
  claims = v1::ClaimService::NewStub(channel);
  stories = v1::StoryService::NewStub(channel);
  alerts = v1::AlertService::NewStub(channel);
  admin = v1::AdminService::NewStub(channel);
}

WireClient::Ingested WireClient::Ingest(const std::vector<v1::Article>& sent, std::size_t batch) {
  const auto context = Context();
  const auto stream = articles->IngestArticles(context.get());
  std::thread writer([&] {
    for (std::size_t i = 0; i < sent.size();) {
      v1::IngestArticlesRequest request;
      if (i == 0) {
        request.mutable_options()->set_return_claims(true);
        request.mutable_options()->set_return_alerts(true);
      }
      for (std::size_t n = 0; n < batch && i < sent.size(); ++n)
        *request.add_articles() = sent[i++];
      if (!stream->Write(request)) break;
    }
    stream->WritesDone();
  });
  Ingested ingested;
  for (v1::IngestArticlesResponse response; stream->Read(&response);) {
    for (v1::Receipt& receipt : *response.mutable_receipts()) {
      ingested.receipts.push_back(std::move(receipt));
    }
  }
  writer.join();
  ingested.status = stream->Finish();
  return ingested;
}

std::vector<std::string> WireClient::Alerts() {
  std::vector<std::string> lines;
  v1::ListAlertsRequest request;
  do {
    v1::ListAlertsResponse response;
    if (!alerts->ListAlerts(Context().get(), request, &response).ok()) return {"failed"};
    for (const v1::Alert& alert : response.alerts()) {
      lines.push_back(absl::StrCat(alert.alert_id(), " ", v1::Alert::Kind_Name(alert.kind()), " ",
                                   v1::Alert::State_Name(alert.state()), " ",
                                   alert.current().claim_id(), ": ", alert.summary()));
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return lines;
}

std::vector<std::string> WireClient::Claims() {
  std::vector<std::string> lines;
  v1::ListClaimsRequest request;
  request.set_include_withdrawn(true);
  do {
    v1::ListClaimsResponse response;
    if (!claims->ListClaims(Context().get(), request, &response).ok()) return {"failed"};
    for (const v1::Claim& claim : response.claims()) {
      lines.push_back(absl::StrCat(claim.claim_id(), " ", claim.figure_id(), " ", claim.measure(),
                                   " ", claim.quantity().low(), " ", claim.article_id()));
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return lines;
}

WireSubscriber::WireSubscriber(WireClient& client, const v1::SubscribeAlertsRequest& request,
                               bool patient)
    : context_(Context()) {
  context_->set_wait_for_ready(patient);
  stream_ = client.alerts->SubscribeAlerts(context_.get(), request);
}

WireSubscriber::~WireSubscriber() {
  if (finished_) return;
  context_->TryCancel();
  Finish();
}

std::optional<v1::SubscribeAlertsResponse> WireSubscriber::Read() {
  v1::SubscribeAlertsResponse response;
  if (!stream_->Read(&response)) return std::nullopt;
  if (!response.resume_token().empty()) token_ = response.resume_token();
  return response;
}

std::vector<v1::AlertEvent> WireSubscriber::ReadEvents(std::size_t count) {
  std::vector<v1::AlertEvent> events;
  while (events.size() < count) {
    const std::optional<v1::SubscribeAlertsResponse> response = Read();
    if (!response.has_value()) break;
    events.insert(events.end(), response->events().begin(), response->events().end());
  }
  return events;
}

std::vector<v1::AlertEvent> WireSubscriber::ReadUntilCaughtUp() {
  std::vector<v1::AlertEvent> events;
  for (bool caught_up = false; !caught_up;) {
    const std::optional<v1::SubscribeAlertsResponse> response = Read();
    if (!response.has_value()) break;
    events.insert(events.end(), response->events().begin(), response->events().end());
    caught_up = response->has_caught_up();
  }
  return events;
}

grpc::Status WireSubscriber::Finish() {
  finished_ = true;
  for (v1::SubscribeAlertsResponse rest; stream_->Read(&rest);) {
  }
  return stream_->Finish();
}

v1::SubscribeAlertsRequest FromBeginning() {
  v1::SubscribeAlertsRequest request;
  request.set_start_point(v1::SubscribeAlertsRequest::START_POINT_BEGINNING);
  return request;
}

v1::SubscribeAlertsRequest FromToken(const std::string& token) {
  v1::SubscribeAlertsRequest request;
  request.set_resume_token(token);
  return request;
}

}  // namespace claimwatch
