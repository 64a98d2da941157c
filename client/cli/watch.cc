// `claimwatch watch`: alerts as they come, for as long as it runs, over restarts of either side.
//
// Tested by tests/client/cli_test.py.
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "client/cli/alert_text.h"
#include "client/cli/command.h"
#include "client/cli/interrupt.h"
#include "client/cli/json.h"
#include "client/cli/selector_flags.h"
#include "client/cli/token_file.h"
#include "client/cli/wording.h"
#include "client/lib/alert_subscription.h"
#include "client/lib/status.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  claimwatch watch
      Follows from now on. After a disconnect it resumes by itself, and says so on standard error.
  claimwatch watch --from=snapshot --min_severity=high
      First the open alerts as they stand, then what comes.
  claimwatch watch --filter='measure = killed AND direction = UP AND change_ratio >= 0.2'
      Tolls that rise by a fifth or more; crossed_above(100, 90) tells a threshold once.
  claimwatch watch --token_file=watch.token --output=json | while read -r event; do …
      One event a line. The file keeps the place: the next run goes on after the last event that
      this one printed.
  claimwatch watch --from=beginning --until_caught_up
      Prints all that is held, and ends.

A line of JSON is an AlertEvent with "resumeToken" beside its fields; the token is missing from all
but the last of the events that one article brought about, since they belong together. An event
that opens an alert begins with its kind in capitals; all else begins with a small letter.
)";

using Kind = client::FeedUpdate::Kind;

class Watch final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("watch", "Print alerts as they come");
    command
        ->add_option("--from", from_,
                     "Where to begin: now, beginning, snapshot (the open alerts, then what "
                     "comes), or a resume token; without: now")
        ->type_name("PLACE");
    command
        ->add_option("--token_file", token_file_,
                     "Keep the place in this file, and begin there when it exists")
        ->type_name("FILE");
    command
        ->add_option("--on_gap", on_gap_,
                     "When alerts after the token are gone for good: stop, go on with the "
                     "oldest held, or with a snapshot; without: stop")
        ->check(CLI::IsMember({"stop", "oldest", "snapshot"}));
    command
        ->add_option(
            "--count", count_,
            "End after this many events; with --token_file those that came with the last are "
            "printed too")
        ->type_name("N");
    command->add_flag("--until_caught_up", until_caught_up_,
                      "End when all that is held by now has been printed");
    selector_.AddTo(*command);
    command->footer(kExamples);
    return command;
  }

  client::RetryPolicy Retry() const override { return {}; }

  ExitCode Run(Shell& shell) override {
    client::AlertSubscriptionOptions options;
    if (const absl::Status status = ReadFlags(options); !status.ok()) {
      Shell::Say(status);
      return kUsage;
    }
    client::AlertSubscription feed(shell.connection(), std::move(options));
    const OnInterrupt on_interrupt([&] { feed.Cancel(); });
    const Look look = shell.look();
    while (true) {
      const absl::StatusOr<client::FeedUpdate> update = feed.Next();
      if (!update.ok()) return End(update.status(), shell);
      Tell(*update, shell);
      PrintEvents(*update, look, shell);
      if (!token_file_.empty() && !update->token.empty()) {
        const absl::Status saved = SaveToken(token_file_, update->token);
        if (!saved.ok()) {
          Shell::Say(saved);
          return kUsage;
        }
      }
      if (count_ > 0 && printed_ >= count_) return kOk;
      if (until_caught_up_ && update->kind == Kind::kCaughtUp) return kOk;
    }
  }

 private:
  absl::Status ReadFlags(client::AlertSubscriptionOptions& options) {
    absl::StatusOr<pb::AlertSelector> selector = selector_.Read();
    if (!selector.ok()) return selector.status();
    pb::SubscribeAlertsRequest& request = options.request;
    *request.mutable_selector() = *std::move(selector);
    request.set_filter(selector_.filter());
    const std::string kept = token_file_.empty() ? "" : LoadToken(token_file_);
    if (from_.empty() && !kept.empty()) {
      request.set_resume_token(kept);
    } else if (from_.empty() || from_ == "now") {
      request.set_start_point(pb::SubscribeAlertsRequest::START_POINT_NOW);
    } else if (from_ == "beginning") {
      request.set_start_point(pb::SubscribeAlertsRequest::START_POINT_BEGINNING);
    } else if (from_ == "snapshot") {
      request.set_start_point(pb::SubscribeAlertsRequest::START_POINT_SNAPSHOT);
    } else {
      request.set_resume_token(from_);
    }
    options.on_gap = on_gap_ == "oldest"     ? client::OnGap::kOldest
                     : on_gap_ == "snapshot" ? client::OnGap::kSnapshot
                                             : client::OnGap::kStop;
    return absl::OkStatus();
  }

  // What a person wants to know of the connection.
  void Tell(const client::FeedUpdate& update, const Shell& shell) {
    const pb::SubscriptionStarted& started = update.message.started();
    switch (update.kind) {
      case Kind::kConnected:
        Shell::Say(absl::StrCat("connected to ", shell.server(), BehindText(started)));
        break;
      case Kind::kResumed:
        Shell::Say(absl::StrCat("connected again; resumed after position ",
                                started.start_position(), ", nothing is missing",
                                BehindText(started)));
        break;
      case Kind::kBehind:
        Shell::Say("reading too slowly: the daemon let go of this stream");
        break;
      case Kind::kLost:
        Shell::Say(absl::StrFormat("connection lost: %s; trying again in %.1f s",
                                   client::Describe(update.why),
                                   absl::ToDoubleSeconds(update.retry_in)));
        break;
      case Kind::kGap:
        Shell::Say(
            absl::StrCat("GAP: alerts are missing here for good: ", client::Describe(update.why)));
        break;
      default:
        break;
    }
  }

  static std::string BehindText(const pb::SubscriptionStarted& started) {
    const std::int64_t behind = started.head_position() - started.start_position();
    if (started.snapshot_alert_count() > 0) {
      return absl::StrCat(
          "; ", CountText(started.snapshot_alert_count(), "open alert", "open alerts"), " first");
    }
    if (behind <= 0) return "";
    return absl::StrCat("; ", CountText(behind, "event", "events"), " to catch up with");
  }

  void PrintEvents(const client::FeedUpdate& update, const Look& look, Shell& shell) {
    if (update.kind != Kind::kEvents) return;
    const int size = update.message.events_size();
    for (int i = 0; i < size; ++i) {
      // What comes in one message has one token: where the place is kept, all of it is printed.
      if (count_ > 0 && printed_ >= count_ && token_file_.empty()) break;
      const pb::AlertEvent& event = update.message.events(i);
      if (shell.json()) {
        shell.PrintLine(EventJson(event, i + 1 == size ? update.token : ""));
      } else {
        shell.Print(AlertEventText(event, look));
      }
      ++printed_;
    }
    Shell::Flush();
  }

  static ExitCode End(const absl::Status& status, const Shell& shell) {
    if (!absl::IsOutOfRange(status)) return shell.Fail(status);
    Shell::Say(
        absl::StrCat("GAP: alerts after the token are gone for good: ", client::Describe(status)));
    const auto metadata = client::DetailsOf(status).metadata;
    const auto oldest = metadata.find("oldestToken");
    Shell::Say(absl::StrCat(
        "go on with --from=snapshot for what is open now",
        oldest == metadata.end()
            ? ""
            : absl::StrCat(", or with --from=", oldest->second, " for the oldest that is held")));
    return kGap;
  }

  std::string from_, token_file_, on_gap_ = "stop";
  std::int64_t count_ = 0, printed_ = 0;
  bool until_caught_up_ = false;
  SelectorFlags selector_;
};

}  // namespace

std::unique_ptr<Command> MakeWatch() { return std::make_unique<Watch>(); }

}  // namespace claimwatch::cli
