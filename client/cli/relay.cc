// `claimwatch relay`: hands every alert on, to a webhook or to a command, for as long as it runs.
//
// At least once, in order: the place is kept after what came with it has been delivered, so a crash
// repeats and never skips; a receiver tells repeats by webhook-id. Delivery is tried again with
// growing delays; an answer that says "never" (a 4xx) ends the relay, or with --skip_refused is
// told and passed over. Tested by tests/exchange/feed_relay_test.py.
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/notification.h"
#include "client/cli/command.h"
#include "client/cli/interrupt.h"
#include "client/cli/json.h"
#include "client/cli/pipe.h"
#include "client/cli/selector_flags.h"
#include "client/cli/token_file.h"
#include "client/exchange/delivery.h"
#include "client/exchange/http.h"
#include "client/lib/alert_subscription.h"
#include "client/lib/status.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  claimwatch relay --webhook=https://desk.example/alerts --secret_file=hook.secret \
      --token_file=relay.token
      Each event as JSON, signed after the Standard Webhooks specification.
  claimwatch relay --webhook=https://hooks.slack.example/… --template=slack --min_severity=high \
      --token_file=slack.token
  claimwatch relay --command='sendmail -t' --template=mail --mail_from=claimwatch@desk.example \
      --mail_to=editors@desk.example --kind=conflict --token_file=mail.token
  claimwatch relay --command='logger -t claimwatch' --template_file=line.txt
      {{summary}}, {{kind}} … in the file are replaced; a wrong one says which there are.
)";

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class Relay final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("relay", "Hand alerts on to a webhook or a command");
    command->add_option("--webhook", webhook_, "POST each event there")->type_name("URL");
    command->add_option("--command", command_, "Give each event to this command's standard input")
        ->type_name("COMMAND");
    command
        ->add_option("--template", template_,
                     "What is sent: json (the event), slack (a message), mail (needs --mail_to)")
        ->check(CLI::IsMember({"json", "slack", "mail"}))
        ->capture_default_str();
    command->add_option("--template_file", template_file_, "What is sent: a text of your own")
        ->type_name("FILE");
    command
        ->add_option("--secret_file", secret_file_,
                     "Sign what is posted with the secret in this file: whsec_…, or any text")
        ->type_name("FILE");
    command
        ->add_option("--token_file", token_file_,
                     "Keep the place in this file, and begin there when it exists")
        ->type_name("FILE");
    command->add_option("--from", from_, "Where to begin without a token: now, beginning, snapshot")
        ->check(CLI::IsMember({"now", "beginning", "snapshot"}))
        ->capture_default_str();
    command->add_option("--mail_from", mail_from_, "Sender of the mails")->type_name("ADDRESS");
    command->add_option("--mail_to", mail_to_, "Receiver of the mails")->type_name("ADDRESS");
    command->add_flag("--skip_refused", skip_refused_,
                      "Pass over what the webhook refuses for good (4xx); without: end");
    command
        ->add_option("--count", count_,
                     "End when N events are delivered; those of one message stay together")
        ->type_name("N");
    selector_.AddTo(*command);
    command->footer(kExamples);
    return command;
  }

  client::RetryPolicy Retry() const override { return {}; }

  ExitCode Run(Shell& shell) override {
    client::AlertSubscriptionOptions options;
    absl::Status status = ReadFlags(options);
    if (status.ok()) status = Check();
    if (!status.ok()) {
      Shell::Say(status);
      return kUsage;
    }
    client::AlertSubscription feed(shell.connection(), std::move(options));
    const OnInterrupt on_interrupt([&] {
      stop_.Notify();
      feed.Cancel();
    });
    while (true) {
      const absl::StatusOr<client::FeedUpdate> update = feed.Next();
      if (!update.ok()) {
        if (absl::IsOutOfRange(update.status())) return TellGap(update.status());
        return shell.Fail(update.status());
      }
      if (const ExitCode code = Handle(*update); code != kOk) return code;
      if (count_ > 0 && relayed_ >= count_) return kOk;
    }
  }

 private:
  absl::Status ReadFlags(client::AlertSubscriptionOptions& options) {
    absl::StatusOr<pb::AlertSelector> selector = selector_.Read();
    if (!selector.ok()) return selector.status();
    pb::SubscribeAlertsRequest& request = options.request;
    *request.mutable_selector() = *std::move(selector);
    const std::string token = token_file_.empty() ? "" : LoadToken(token_file_);
    if (!token.empty()) {
      request.set_resume_token(token);
    } else {
      request.set_start_point(from_ == "beginning"  ? request.START_POINT_BEGINNING
                              : from_ == "snapshot" ? request.START_POINT_SNAPSHOT
                                                    : request.START_POINT_NOW);
    }
    return absl::OkStatus();
  }

  absl::Status Check() {
    if (webhook_.empty() == command_.empty()) {
      return absl::InvalidArgumentError("want one of --webhook and --command");
    }
    if (template_ == "mail" && (mail_to_.empty() || mail_from_.empty())) {
      return absl::InvalidArgumentError("--template=mail needs --mail_from and --mail_to");
    }
    if (!secret_file_.empty()) {
      secret_ = exchange::SecretBytes(ReadFile(secret_file_));
      if (secret_.size() < 16) {
        return absl::InvalidArgumentError("--secret_file: want a secret of at least 16 bytes");
      }
    }
    if (template_file_.empty()) return absl::OkStatus();
    pattern_ = ReadFile(template_file_);
    if (pattern_.empty()) return absl::InvalidArgumentError("--template_file: cannot be read");
    return exchange::FillTemplate(pattern_, {}).status();
  }

  static ExitCode TellGap(const absl::Status& status) {
    Shell::Say(
        absl::StrCat("GAP: alerts after the token are gone for good: ", client::Describe(status),
                     "; remove the file of --token_file, and go on with --from=snapshot"));
    return kGap;
  }

  ExitCode Handle(const client::FeedUpdate& update) {
    using Kind = client::FeedUpdate::Kind;
    if (update.message.has_started()) epoch_ = update.message.started().epoch();
    if (update.kind == Kind::kLost) {
      Shell::Say(absl::StrFormat("connection lost: %s; trying again in %.1f s",
                                 client::Describe(update.why),
                                 absl::ToDoubleSeconds(update.retry_in)));
    }
    for (const pb::AlertEvent& event : update.message.events()) {
      if (const ExitCode code = Deliver(event); code != kOk) return code;
      ++relayed_;
    }
    if (token_file_.empty() || update.token.empty()) return kOk;
    const absl::Status saved = SaveToken(token_file_, update.token);
    if (saved.ok()) return kOk;
    Shell::Say(saved);
    return kUsage;
  }

  // Tries until it is delivered or refused for good.
  ExitCode Deliver(const pb::AlertEvent& event) {
    client::RetryPolicy policy;
    policy.delay_max = absl::Minutes(5);
    policy.first_contact_max = absl::InfiniteDuration();
    client::Patience patience(policy, client::SystemWorld());
    while (true) {
      absl::Duration told = absl::ZeroDuration();
      const absl::Status status = webhook_.empty() ? GiveToCommand(event) : Post(event, told);
      if (status.ok()) return kOk;
      if (absl::IsFailedPrecondition(status)) {
        Shell::Say(absl::StrCat("alert ", event.alert().alert_id(), ": ", status.message()));
        return skip_refused_ ? kOk : kFailed;
      }
      const absl::Duration delay = *patience.AfterFailure(told);
      Shell::Say(absl::StrFormat("alert %s: %s; trying again in %.1f s", event.alert().alert_id(),
                                 std::string(status.message()), absl::ToDoubleSeconds(delay)));
      if (client::SystemWorld().Wait(delay, stop_)) return kInterrupted;
    }
  }

  std::string Text(const pb::AlertEvent& event) const {
    const absl::Time now = SystemClock().Now();
    if (!pattern_.empty())
      return *exchange::FillTemplate(pattern_, event);  // Checked at the start.
    if (template_ == "slack") return exchange::SlackBody(event);
    if (template_ == "mail") return exchange::MailText(event, mail_from_, mail_to_, now);
    return exchange::WebhookBody(event, ToJson(event), now);
  }

  // FAILED_PRECONDITION: refused for good.
  absl::Status Post(const pb::AlertEvent& event, absl::Duration& told) const {
    const absl::Time now = SystemClock().Now();
    exchange::HttpRequest request;
    request.url = webhook_;
    request.body = Text(event);
    request.bytes_max = 64 << 10;
    const std::string id =
        absl::StrCat("evt_", epoch_, "_", event.alert().alert_id(), "_", event.position());
    if (!secret_.empty()) {
      request.headers = exchange::SignedHeaders(secret_, id, request.body, now);
    }
    request.headers["webhook-id"] = id;
    request.headers["User-Agent"] = "claimwatch";
    const bool json = request.body.starts_with('{') || request.body.starts_with('[');
    request.headers["Content-Type"] = json ? "application/json" : "text/plain; charset=utf-8";
    const absl::StatusOr<exchange::HttpAnswer> answer = exchange::Fetch(request);
    if (absl::IsInvalidArgument(answer.status())) {
      return absl::FailedPreconditionError(answer.status().message());
    }
    if (!answer.ok()) return answer.status();
    if (answer->code >= 200 && answer->code < 300) return absl::OkStatus();
    told = std::min(exchange::RetryAfter(*answer, now), absl::Hours(1));
    const std::string why = absl::StrCat("the webhook says ", answer->code);
    const bool later =
        answer->code >= 500 || answer->code == 408 || answer->code == 425 || answer->code == 429;
    return later ? absl::UnavailableError(why) : absl::FailedPreconditionError(why);
  }

  absl::Status GiveToCommand(const pb::AlertEvent& event) const {
    const int code = RunWithInput(command_, Text(event) + (template_ == "mail" ? "" : "\n"));
    if (code == 0) return absl::OkStatus();  // Also of one that did not want to read it all.
    return absl::UnavailableError(absl::StrCat("the command failed, status ", code));
  }

  std::string webhook_, command_, template_ = "json", template_file_, secret_file_, token_file_;
  std::string from_ = "now", mail_from_, mail_to_;
  bool skip_refused_ = false;
  std::int64_t count_ = 0, relayed_ = 0;
  SelectorFlags selector_;
  std::string secret_, pattern_, epoch_;
  absl::Notification stop_;
};

}  // namespace

std::unique_ptr<Command> MakeRelay() { return std::make_unique<Relay>(); }

}  // namespace claimwatch::cli
