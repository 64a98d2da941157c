// `claimwatch ingest`: articles in, receipts out, one a line in the order of the input.
//
// The main thread reads and sends; receipts come on the session's thread and are printed there.
// Tested by tests/client/cli_test.py.
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "client/cli/alert_text.h"
#include "client/cli/article_input.h"
#include "client/cli/command.h"
#include "client/cli/interrupt.h"
#include "client/cli/wording.h"
#include "client/lib/ingest_session.h"
#include "client/lib/status.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  claimwatch ingest articles.jsonl
      One article a line, as proto3 JSON. Only articleId and title or body are required:
      {"articleId":"a1","source":"herald.example","publishTime":"2022-01-10T09:00:00Z",
       "language":"en","title":"…","body":"…"}
  feed-reader | claimwatch ingest --output=json - | jq .alerts
      Follows standard input; prints a receipt with claims and alerts for each article.
  claimwatch ingest --text --source=herald.example --title="Toll rises" story.txt
      A plain-text file as one article, known by its file name or by --id.

An article that was sent before is recognised, so sending a file again is safe. A line that is
no article, and an article that the daemon refuses, are named on standard error; the others go
on, and the exit code is 1.
)";

constexpr int kHeadlinesMax = 20;  // More are only counted.
constexpr absl::Duration kProgressInterval = absl::Milliseconds(100);

struct Counts {
  std::int64_t articles = 0, duplicates = 0, revisions = 0, refused = 0, not_read = 0;
  std::int64_t claims = 0, alerts = 0;
};

// What the receipts say, printed as it comes. The session calls OnReceipt; the rest is called by
// the main thread.
class ReceiptPrinter {
 public:
  explicit ReceiptPrinter(Shell& shell)
      : shell_(shell),
        look_(shell.look()),
        progress_(Shell::ErrorIsTerminal()),
        start_(SystemClock().Now()) {}

  // Sent at the same time as an article: where it came from.
  void Expect(std::string place) {
    absl::MutexLock lock(&mu_);
    places_.push_back(std::move(place));
  }

  void TakeBackLast() {
    absl::MutexLock lock(&mu_);
    places_.pop_back();
  }

  // A line that did not become an article, or an article that was not sent.
  void Refuse(const std::string& place, absl::string_view why) {
    absl::MutexLock lock(&mu_);
    RefuseLocked(place, why);
  }

  void OnReceipt(const pb::Receipt& receipt) {
    absl::MutexLock lock(&mu_);
    const std::string place = std::move(places_.front());
    places_.pop_front();
    ++counts_.articles;
    counts_.duplicates += receipt.duplicate();
    counts_.revisions += !receipt.duplicate() && receipt.revision() > 1;
    counts_.not_read += receipt.reading() == pb::READING_LANGUAGE_NOT_READ;
    if (!receipt.duplicate()) {
      counts_.claims += receipt.claim_count();
      counts_.alerts += receipt.alert_count();
    }
    if (receipt.has_error()) {
      RefuseLocked(place, client::Describe(client::ToStatus(receipt.error())));
    }
    if (shell_.json()) {
      shell_.PrintJson(receipt);
      if (places_.empty()) Shell::Flush();  // Nothing else is about to come.
    } else if (!receipt.duplicate()) {
      ClearProgressLocked();
      for (const pb::Alert& alert : receipt.alerts()) {
        if (headlines_++ < kHeadlinesMax) shell_.PrintLine(AlertHeadline(alert, look_));
        if (headlines_ == kHeadlinesMax + 1) shell_.PrintLine("…; see claimwatch alerts");
      }
    }
    ShowProgressLocked();
  }

  void OnOutage(const client::IngestOutage& outage) {
    absl::MutexLock lock(&mu_);
    ClearProgressLocked();
    Shell::Say(absl::StrFormat(
        "%s; trying again in %.1f s (%s to send again)", client::Describe(outage.why),
        absl::ToDoubleSeconds(outage.retry_in),
        CountText(static_cast<std::int64_t>(outage.to_resend), "article", "articles")));
  }

  // The last word; returns what was counted.
  Counts End() {
    absl::MutexLock lock(&mu_);
    ClearProgressLocked();
    if (!shell_.json()) shell_.PrintLine(SummaryLocked());
    Shell::Flush();
    return counts_;
  }

 private:
  void RefuseLocked(const std::string& place, absl::string_view why)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    ++counts_.refused;
    ClearProgressLocked();
    Shell::Say(absl::StrCat(place, ": ", why));
  }

  std::string RateLocked() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    const double seconds = absl::ToDoubleSeconds(SystemClock().Now() - start_);
    return absl::StrFormat("%.0f articles/s",
                           static_cast<double>(counts_.articles) / std::max(seconds, 0.001));
  }

  std::string SummaryLocked() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    std::string text = CountText(counts_.articles, "article", "articles");
    if (counts_.duplicates > 0) absl::StrAppend(&text, ", ", counts_.duplicates, " known before");
    if (counts_.revisions > 0) absl::StrAppend(&text, ", ", counts_.revisions, " revised");
    if (counts_.not_read > 0) {
      absl::StrAppend(&text, ", ", counts_.not_read, " in a language that is not read");
    }
    if (counts_.refused > 0) absl::StrAppend(&text, ", ", counts_.refused, " refused");
    return absl::StrCat(text, ": ", CountText(counts_.claims, "new claim", "new claims"), ", ",
                        CountText(counts_.alerts, "new alert", "new alerts"), " (", RateLocked(),
                        ")");
  }

  void ShowProgressLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    const absl::Time now = SystemClock().Now();
    if (!progress_ || now - shown_ < kProgressInterval) return;
    shown_ = now;
    absl::FPrintF(stderr, "\r%s, %s, %s, %s\x1b[K",
                  CountText(counts_.articles, "article", "articles"), RateLocked(),
                  CountText(counts_.claims, "claim", "claims"),
                  CountText(counts_.alerts, "alert", "alerts"));
  }

  void ClearProgressLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    if (shown_ == absl::InfinitePast()) return;
    shown_ = absl::InfinitePast();
    std::fputs("\r\x1b[K", stderr);
  }

  Shell& shell_;
  const Look look_;
  const bool progress_;
  const absl::Time start_;

  absl::Mutex mu_;
  std::deque<std::string> places_ ABSL_GUARDED_BY(mu_);  // Of the articles without a receipt.
  Counts counts_ ABSL_GUARDED_BY(mu_);
  int headlines_ ABSL_GUARDED_BY(mu_) = 0;                        // of alerts, printed or left out
  absl::Time shown_ ABSL_GUARDED_BY(mu_) = absl::InfinitePast();  // Infinite past: no line is up.
};

class Ingest final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("ingest", "Send articles to the daemon");
    input_.AddTo(*command);
    command->footer(kExamples);
    return command;
  }

  client::RetryPolicy Retry() const override {
    client::RetryPolicy policy;
    policy.outage_max = absl::Minutes(5);
    return policy;
  }

  ExitCode Run(Shell& shell) override {
    if (const absl::Status status = input_.Check(/*need_id=*/true); !status.ok()) {
      Shell::Say(status);
      return kUsage;
    }
    ReceiptPrinter printer(shell);
    client::IngestSessionOptions options;
    options.return_claims = shell.json();
    options.return_alerts = true;
    client::IngestSession session(
        shell.connection(), options,
        [&](const pb::Receipt& receipt) { printer.OnReceipt(receipt); },
        [&](const client::IngestOutage& outage) { printer.OnOutage(outage); });
    const OnInterrupt on_interrupt([&] { session.Cancel(); });
    const absl::Status status = SendAll(session, printer);
    const Counts counts = printer.End();
    if (!status.ok()) return FailWith(status, session, shell);
    return counts.refused > 0 ? kSomeRefused : kOk;
  }

 private:
  // Reads the input to its end, or until the session ends.
  absl::Status SendAll(client::IngestSession& session, ReceiptPrinter& printer) {
    const absl::Status read = input_.ForEach(
        [&](const std::string& place, absl::StatusOr<pb::Article> article) -> absl::Status {
          if (!article.ok()) {
            printer.Refuse(place, article.status().message());
            return absl::OkStatus();
          }
          printer.Expect(place);
          absl::Status sent = session.Send(*std::move(article));
          if (!absl::IsInvalidArgument(sent)) return sent;
          printer.TakeBackLast();
          printer.Refuse(place, sent.message());
          return absl::OkStatus();
        },
        [&] { session.Flush(); });
    if (absl::IsCancelled(read)) session.Cancel();
    const absl::Status finished = session.Finish();
    return finished.ok() ? read : finished;
  }

  static ExitCode FailWith(const absl::Status& status, client::IngestSession& session,
                           const Shell& shell) {
    if (absl::IsNotFound(status)) {  // Of a file: the daemon does not say that to ingest.
      Shell::Say(status);
      return kUsage;
    }
    const ExitCode code = shell.Fail(status);
    const auto count = static_cast<std::int64_t>(session.unanswered());
    if (count > 0) {
      Shell::Say(absl::StrCat(CountText(count, "article has", "articles have"),
                              " no receipt; sending all of it again is safe"));
    }
    return code;
  }

  ArticleInput input_;
};

}  // namespace

std::unique_ptr<Command> MakeIngest() { return std::make_unique<Ingest>(); }

}  // namespace claimwatch::cli
