// `claimwatch feed`: articles from RSS and Atom feeds, and from files of JSON lines, for as long as
// it runs; each is sent once.
//
// Polite: a feed is asked once in --interval at most, with a conditional GET, one at a time; a
// server that fails or says when to come back is left alone for longer and longer, up to a day; one
// that says "gone" is not asked again. What was sent, and where a file was, is kept in --state,
// only after the receipts came. Tested by tests/exchange/feed_relay_test.py.
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "client/cli/command.h"
#include "client/cli/interrupt.h"
#include "client/cli/wording.h"
#include "client/exchange/feed_document.h"
#include "client/exchange/feed_state.h"
#include "client/exchange/http.h"
#include "client/exchange/news_json.h"
#include "client/lib/ingest_session.h"
#include "client/lib/status.h"
#include "server/base/hash.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  claimwatch feed https://news.example/rss https://wire.example/atom.xml --state=feeds.json
      Asks each every 15 minutes, and sends what is new. Interrupt it and start it again at will.
  claimwatch feed --once --state=feeds.json https://news.example/rss
      One round, for cron.
  newsroom-export | claimwatch feed -
      JSON lines: articles as `ingest` takes them, or ninjs; a .jsonl file is read from where the
      last run stopped.
)";

constexpr absl::Duration kPoliteMin = absl::Minutes(1);
constexpr absl::Duration kBackOffMax = absl::Hours(24);

// Counts what became of the articles; receipts come on another thread.
class Tally {
 public:
  void Count(const pb::Receipt& receipt) {
    absl::MutexLock lock(&mu_);
    ++answered_;
    fresh_ += !receipt.has_error() && !receipt.duplicate();
    alerts_ += receipt.duplicate() ? 0 : receipt.alert_count();
    refused_ += receipt.has_error();
    if (receipt.has_error()) {
      Shell::Say(absl::StrCat(receipt.article_id(), ": ",
                              client::Describe(client::ToStatus(receipt.error()))));
    }
  }
  std::int64_t refused() const {
    absl::MutexLock lock(&mu_);
    return refused_;
  }
  std::string Text() const {
    absl::MutexLock lock(&mu_);
    return absl::StrCat(CountText(answered_, "article", "articles"), " sent, ", fresh_, " new, ",
                        refused_, " refused; ", CountText(alerts_, "alert", "alerts"));
  }

 private:
  mutable absl::Mutex mu_;
  std::int64_t answered_ ABSL_GUARDED_BY(mu_) = 0, fresh_ ABSL_GUARDED_BY(mu_) = 0;
  std::int64_t alerts_ ABSL_GUARDED_BY(mu_) = 0, refused_ ABSL_GUARDED_BY(mu_) = 0;
};

std::string Fingerprint(const pb::Article& article) {
  return absl::BytesToHexString(
      ContentHash(absl::StrCat(article.article_id(), "\n", article.title(), "\n", article.body())));
}

class Feed final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("feed", "Send articles from RSS, Atom and JSON feeds");
    command
        ->add_option("SOURCE", sources_,
                     "http:// or https:// address of an RSS or Atom feed; or a file of JSON lines "
                     "(Article or ninjs), - for standard input")
        ->required();
    command->add_option("--state", state_file_, "Keep the place in this file")->type_name("FILE");
    command->add_option("--interval", interval_text_, "How often to ask a feed, at least 1m")
        ->type_name("TIME")
        ->capture_default_str();
    command->add_flag("--once", once_, "Ask each feed that is due once, and end");
    command
        ->add_option("--contact", contact_,
                     "Address of yours, for the User-Agent: whom a publisher can write to")
        ->type_name("ADDRESS");
    command->footer(kExamples);
    return command;
  }

  client::RetryPolicy Retry() const override { return {}; }

  ExitCode Run(Shell& shell) override {
    const absl::StatusOr<absl::Duration> interval = ParseDuration(interval_text_);
    if (!interval.ok() || *interval < kPoliteMin) {
      Shell::Say("--interval: want a time of at least 1m");
      return kUsage;
    }
    interval_ = *interval;
    absl::Status status = exchange::FeedState::Load(state_file_, state_);
    if (!status.ok()) {
      Shell::Say(status);
      return kUsage;
    }
    const OnInterrupt on_interrupt([&] { Stop(); });
    status = Follow(shell);
    Shell::Say(tally_.Text());
    if (stop_.HasBeenNotified()) return kInterrupted;
    if (absl::IsInvalidArgument(status) || absl::IsNotFound(status)) {
      Shell::Say(status);
      return kUsage;
    }
    if (!status.ok()) return shell.Fail(status);
    return tally_.refused() > 0 ? kSomeRefused : kOk;
  }

 private:
  static bool IsAddress(const std::string& source) {
    return absl::StartsWith(source, "http://") || absl::StartsWith(source, "https://");
  }

  void Stop() {
    stop_.Notify();
    absl::MutexLock lock(&mu_);
    if (session_ != nullptr) session_->Cancel();
  }

  absl::Status Follow(Shell& shell) {
    for (const std::string& source : sources_) {
      if (IsAddress(source)) continue;
      if (absl::Status status = SendFile(source, shell); !status.ok()) return status;
    }
    while (!stop_.HasBeenNotified()) {
      absl::Time next = absl::InfiniteFuture();
      for (const std::string& source : sources_) {
        if (!IsAddress(source) || stop_.HasBeenNotified()) continue;
        exchange::FeedPlace& place = state_.Place(source);
        if (place.gone) continue;
        if (place.next <= SystemClock().Now()) {
          if (absl::Status status = Ask(source, place, shell); !status.ok()) return status;
        }
        next = std::min(next, place.next);
      }
      if (once_ || next == absl::InfiniteFuture()) return absl::OkStatus();
      client::SystemWorld().Wait(next - SystemClock().Now(), stop_);
    }
    return absl::OkStatus();
  }

  // Sends, and waits for every receipt: only then the place may move on.
  absl::Status Send(std::vector<pb::Article> articles, Shell& shell) {
    client::IngestSession session(
        shell.connection(), {}, [&](const pb::Receipt& receipt) { tally_.Count(receipt); },
        [](const client::IngestOutage& outage) {
          Shell::Say(absl::StrFormat("%s; trying again in %.1f s", client::Describe(outage.why),
                                     absl::ToDoubleSeconds(outage.retry_in)));
        });
    {
      absl::MutexLock lock(&mu_);
      session_ = &session;
      if (stop_.HasBeenNotified()) session.Cancel();
    }
    absl::Status status;
    for (pb::Article& article : articles) {
      const absl::Status sent = session.Send(std::move(article));
      if (absl::IsInvalidArgument(sent)) {
        Shell::Say(sent);  // Larger than any message: the others go on.
      } else if (!sent.ok()) {
        status = sent;
        break;
      }
    }
    const absl::Status finished = session.Finish();
    absl::MutexLock lock(&mu_);
    session_ = nullptr;
    return finished.ok() ? status : finished;
  }

  absl::Status Ask(const std::string& url, exchange::FeedPlace& place, Shell& shell) {
    exchange::HttpRequest request;
    request.url = url;
    request.headers["Accept"] =
        "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8";
    request.headers["User-Agent"] =
        absl::StrCat("claimwatch", contact_.empty() ? "" : absl::StrCat(" (", contact_, ")"));
    if (!place.etag.empty()) request.headers["If-None-Match"] = place.etag;
    if (!place.last_modified.empty()) request.headers["If-Modified-Since"] = place.last_modified;
    const absl::StatusOr<exchange::HttpAnswer> answer = exchange::Fetch(request);
    const absl::Time now = SystemClock().Now();
    if (!answer.ok()) return BackOff(url, answer.status().message(), absl::ZeroDuration(), place);
    const absl::Duration told = exchange::RetryAfter(*answer, now);
    if (answer->code == 410) {
      Shell::Say(absl::StrCat(url, ": gone for good, says its server; not asked again"));
      place.gone = true;
      return state_.Save();
    }
    if (answer->code != 200 && answer->code != 304) {
      return BackOff(url, absl::StrCat("the server says ", answer->code), told, place);
    }
    if (answer->code == 200) {
      const absl::StatusOr<exchange::FeedDocument> feed = exchange::ReadFeed(answer->body, url);
      if (!feed.ok()) return BackOff(url, feed.status().message(), told, place);
      if (absl::Status sent = SendNew(*feed, place, shell); !sent.ok()) return sent;
      const auto header = [&](const char* name) {
        const auto found = answer->headers.find(name);
        return found == answer->headers.end() ? "" : found->second;
      };
      place.etag = header("etag");
      place.last_modified = header("last-modified");
    }
    place.failures = 0;
    place.next = now + std::max(interval_, told);
    return state_.Save();
  }

  absl::Status SendNew(const exchange::FeedDocument& feed, exchange::FeedPlace& place,
                       Shell& shell) {
    std::vector<pb::Article> fresh;
    std::set<std::string> all;
    // Feeds have the newest first; told in the order of publishing, they are one story.
    for (auto article = feed.articles.rbegin(); article != feed.articles.rend(); ++article) {
      const std::string hash = Fingerprint(*article);
      all.insert(hash);
      if (!place.sent.contains(hash)) fresh.push_back(*article);
    }
    if (!fresh.empty()) {
      if (absl::Status sent = Send(std::move(fresh), shell); !sent.ok()) return sent;
    }
    place.sent = std::move(all);
    return absl::OkStatus();
  }

  // Half an interval, then twice as long each time.
  absl::Status BackOff(const std::string& url, absl::string_view why, absl::Duration told,
                       exchange::FeedPlace& place) {
    const int doublings = std::min(place.failures++, 20);
    const absl::Duration delay =
        std::max(told, std::min(interval_ / 2 * (1 << doublings), kBackOffMax));
    place.next = SystemClock().Now() + delay;
    Shell::Say(absl::StrCat(url, ": ", why, "; asked again in ", absl::FormatDuration(delay)));
    return state_.Save();
  }

  absl::Status SendFile(const std::string& path, Shell& shell) {
    std::ifstream file;
    exchange::FeedPlace& place = state_.Place(path);
    if (path != "-") {
      file.open(path, std::ios::binary | std::ios::ate);
      if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
      if (place.offset > file.tellg()) place.offset = 0;  // Another file by now.
      file.seekg(place.offset);
    }
    std::istream& in = path == "-" ? std::cin : file;
    std::vector<pb::Article> batch;
    std::int64_t offset = place.offset;
    for (std::string line; !stop_.HasBeenNotified();) {
      const bool more = static_cast<bool>(std::getline(in, line));
      // What has no line end yet is still being written.
      if (more && path != "-" && in.eof()) break;
      if (more) offset += static_cast<std::int64_t>(line.size()) + 1;
      if (more && !line.empty()) AddLine(line, path, batch);
      if (batch.size() >= 256 || !more || (path == "-" && in.rdbuf()->in_avail() == 0)) {
        if (absl::Status sent = Send(std::exchange(batch, {}), shell); !sent.ok()) return sent;
        place.offset = path == "-" ? 0 : offset;
        if (absl::Status saved = state_.Save(); !saved.ok()) return saved;
      }
      if (!more) break;
    }
    return batch.empty() ? absl::OkStatus() : SendRest(std::move(batch), place, offset, shell);
  }

  absl::Status SendRest(std::vector<pb::Article> batch, exchange::FeedPlace& place,
                        std::int64_t offset, Shell& shell) {
    if (absl::Status sent = Send(std::move(batch), shell); !sent.ok()) return sent;
    place.offset = offset;
    return state_.Save();
  }

  static void AddLine(const std::string& line, const std::string& path,
                      std::vector<pb::Article>& batch) {
    absl::StatusOr<pb::Article> article = exchange::ReadNewsLine(line, "");
    if (article.ok()) {
      batch.push_back(*std::move(article));
    } else {
      Shell::Say(absl::StrCat(path, ": ", article.status().message()));
    }
  }

  std::vector<std::string> sources_;
  std::string state_file_, interval_text_ = "15m", contact_;
  absl::Duration interval_;
  bool once_ = false;
  exchange::FeedState state_;
  Tally tally_;
  absl::Notification stop_;
  absl::Mutex mu_;
  client::IngestSession* session_ ABSL_GUARDED_BY(mu_) = nullptr;  // While it sends.
};

}  // namespace

std::unique_ptr<Command> MakeFeed() { return std::make_unique<Feed>(); }

}  // namespace claimwatch::cli
