#include "tests/faults/crash_run.h"

#include <signal.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "absl/strings/str_cat.h"

namespace claimwatch {
namespace {

constexpr std::size_t kBatch = 4;
constexpr std::size_t kAheadMax = 32;      // Articles sent and not acknowledged.
constexpr std::size_t kRetractEvery = 60;  // The article before each such place is taken back.

constexpr const char* kTowns[] = {"Albi",   "Varna",  "Cusco", "Hobart",
                                  "Lugano", "Tromso", "Izmir", "Quito"};
constexpr const char* kCountries[] = {"France",      "Bulgaria", "Peru",   "Australia",
                                      "Switzerland", "Norway",   "Turkey", "Ecuador"};

v1::Article Report(int index) {
  const int town = index % 8, round = index / 8;
  v1::Article article;
  article.set_article_id(absl::StrCat("r", index));
  article.set_source(round % 2 == 0 ? "river-post.example" : "valley-times.example");
  article.set_title(absl::StrCat("Flood sweeps ", kTowns[town], " in ", kCountries[town]));
  article.set_body(absl::StrCat(
      kTowns[town], " - A sudden flood swept through ", kTowns[town], " in ", kCountries[town],
      " on Thursday. The flood killed ", 10 + round + (round % 5 == 3 ? 7 : 0),
      " people, the interior ministry of ", kCountries[town], " said. At least ", 40 + 3 * round,
      " people were injured in ", kTowns[town], "."));
  article.set_language("en");
  article.mutable_publish_time()->set_seconds(1'641'460'000 + 1800 * round);
  return article;
}

std::unique_ptr<grpc::ClientContext> ShortContext() {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
  return context;
}

std::string LineOf(const v1::AlertEvent& event) {
  return absl::StrCat(event.position(), " ", v1::AlertEvent::Change_Name(event.change()), " ",
                      event.alert().alert_id(), " ", v1::Alert::Kind_Name(event.alert().kind()),
                      " ", event.alert().current().claim_id(), ": ", event.alert().summary());
}

// The first lines that differ, with how many are on each side.
std::string Difference(const char* what, const std::vector<std::string>& want,
                       const std::vector<std::string>& have) {
  if (want == have) return "";
  std::string text = absl::StrCat(what, ": ", have.size(), " where ", want.size(), " are due; ");
  for (std::size_t i = 0; i < std::max(want.size(), have.size()); ++i) {
    const std::string due = i < want.size() ? want[i] : "(none)";
    const std::string got = i < have.size() ? have[i] : "(none)";
    if (due != got) return absl::StrCat(text, "[", i, "] \"", got, "\", not \"", due, "\"\n");
  }
  return text;
}

}  // namespace

std::vector<v1::Article> CrashHistory(int count) {
  std::vector<v1::Article> history;
  for (int i = 0; i < count; ++i) history.push_back(Report(i));
  return history;
}

std::string Compare(const RunOutcome& undisturbed, const RunOutcome& outcome) {
  return absl::StrCat(Difference("articles", undisturbed.articles, outcome.articles),
                      Difference("claims", undisturbed.claims, outcome.claims),
                      Difference("alerts", undisturbed.alerts, outcome.alerts),
                      Difference("events", undisturbed.events, outcome.events));
}

bool CrashRun::Live(std::int64_t kill_after, bool kill_early) {
  DaemonProcess daemon(data_dir_, flags_);
  std::thread killer;
  const auto kill_later = [&] {
    if (kill_after <= 0) return;
    killer = std::thread([&daemon, kill_after] {
      const timespec wait{kill_after / 1'000'000, kill_after % 1'000'000 * 1000};
      nanosleep(&wait, nullptr);
      daemon.Send(SIGKILL);
    });
  };
  if (kill_early) kill_later();
  if (!daemon.address().empty()) {
    WireClient client(daemon.address());
    if (!kill_early) kill_later();
    std::thread hearing([&] { Hear(client, false); });
    Send(client);
    if (all_sent() && !killer.joinable()) daemon.Send(SIGTERM);  // Ends the subscription.
    if (killer.joinable()) killer.join();
    hearing.join();
  }
  if (killer.joinable()) killer.join();
  const bool died = daemon.Wait() != 0;
  log_ = daemon.Log();
  return died;
}

// In batches, a few ahead of the receipts, from the first article without one.
void CrashRun::Send(WireClient& client) {
  while (acknowledged_ < history_.size() && RetractWhereDue(client)) {
    const std::size_t stop =
        std::min(history_.size(), (acknowledged_ / kRetractEvery + 1) * kRetractEvery);
    const auto context = ShortContext();
    const auto stream = client.articles->IngestArticles(context.get());
    std::size_t sent = acknowledged_;
    bool alive = true;
    while (alive && acknowledged_ < stop) {
      while (alive && sent < stop && sent - acknowledged_ < kAheadMax) {
        v1::IngestArticlesRequest request;
        for (std::size_t i = 0; i < kBatch && sent < stop; ++i) {
          *request.add_articles() = history_[sent++];
        }
        alive = stream->Write(request);
      }
      v1::IngestArticlesResponse response;
      alive = alive && stream->Read(&response);
      for (const v1::Receipt& receipt : response.receipts()) {
        if (receipt.article_id() != history_[acknowledged_].article_id()) {
          absl::StrAppend(&broken_, "a receipt for ", receipt.article_id(), " where ",
                          history_[acknowledged_].article_id(), " was due\n");
        }
        ++acknowledged_;
      }
    }
    stream->WritesDone();
    for (v1::IngestArticlesResponse rest; stream->Read(&rest);) {
    }
    if (!stream->Finish().ok()) return;
  }
  RetractWhereDue(client);
}

bool CrashRun::RetractionIsDue() const { return retracted_up_to_ + kRetractEvery <= acknowledged_; }

// False: the daemon is gone.
bool CrashRun::RetractWhereDue(WireClient& client) {
  while (RetractionIsDue()) {
    v1::RetractArticleRequest request;
    request.set_article_id(history_[retracted_up_to_ + kRetractEvery - 1].article_id());
    request.set_reason("told by mistake");
    v1::RetractArticleResponse response;
    if (!client.articles->RetractArticle(ShortContext().get(), request, &response).ok()) {
      return false;
    }
    retracted_up_to_ += kRetractEvery;
  }
  return true;
}

void CrashRun::Hear(WireClient& client, bool to_the_end) {
  WireSubscriber subscriber(client, token_.empty() ? FromBeginning() : FromToken(token_),
                            to_the_end);
  for (bool over = false; !over;) {
    const auto response = subscriber.Read();
    if (!response.has_value()) break;
    for (const v1::AlertEvent& event : response->events()) {
      if (event.position() != position_ + 1) {
        absl::StrAppend(&broken_, "event ", event.position(), " was heard after ", position_, "\n");
      }
      position_ = event.position();
      events_.push_back(LineOf(event));
    }
    if (!subscriber.token().empty()) token_ = subscriber.token();
    over = to_the_end && response->has_caught_up();
  }
  if (to_the_end) return;
  const grpc::Status status = subscriber.Finish();
  if (status.error_code() != grpc::StatusCode::UNAVAILABLE &&
      status.error_code() != grpc::StatusCode::CANCELLED) {
    absl::StrAppend(&broken_, "a subscription ended with ", status.error_code(), " ",
                    status.error_message(), "\n");
  }
}

RunOutcome CrashRun::Look() {
  DaemonProcess daemon(data_dir_, flags_);
  WireClient client(daemon.address());
  Hear(client, true);
  RunOutcome outcome{{}, client.Claims(), client.Alerts(), events_};
  for (const v1::Article& sent : history_) {
    v1::GetArticleRequest request;
    request.set_article_id(sent.article_id());
    v1::GetArticleResponse kept;
    const grpc::Status status = client.articles->GetArticle(Context().get(), request, &kept);
    outcome.articles.push_back(
        status.ok() ? absl::StrCat(sent.article_id(), " ", kept.sequence(), " ", kept.story_id(),
                                   " ", kept.claim_count(), " claims, version ", kept.revision())
                    : absl::StrCat(sent.article_id(), " is lost: ", status.error_message()));
  }
  daemon.Send(SIGTERM);
  if (daemon.Wait() != 0) absl::StrAppend(&broken_, "the daemon does not stop in order\n");
  return outcome;
}

}  // namespace claimwatch
