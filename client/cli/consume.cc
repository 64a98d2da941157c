// `claimwatch consume`: takes from a named subscription, and settles.
//
// Each event at least once: it is acknowledged after it is printed, or after the user's command has
// done its work; until then the daemon would deliver it again. Tested by
// tests/client/consume_test.py.
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/notification.h"
#include "client/cli/alert_text.h"
#include "client/cli/command.h"
#include "client/cli/interrupt.h"
#include "client/cli/json.h"
#include "client/cli/pipe.h"
#include "client/lib/alert_consumer.h"
#include "client/lib/status.h"

namespace claimwatch::cli {
namespace {

constexpr int kExitPark = 65;  // EX_DATAERR: this will never do.

constexpr char kExamples[] = R"(Examples:
  claimwatch consume desk
      Prints each event of the subscription (claimwatch subscriptions desk --create) and then
      acknowledges it. Several may run at once: each event goes to one of them.
  claimwatch consume desk --command='./page-the-editor'
      The command reads the event as JSON. Exit code 0: done; 65: never doable, the event is parked;
      anything else: the event comes again. The lease is prolonged while the command runs.
  claimwatch consume desk --manual --output=json
      Prints and settles nothing; another process says what became of it:
  claimwatch consume desk --ack=17,18 --retry=19 --park=20 --note='no such place' --extend=21
      Settles by position: done, again, laid aside, more time. Takes nothing.
)";

// Prolongs the lease of one delivery for as long as it lives.
class LeaseKeeper {
 public:
  LeaseKeeper(client::AlertConsumer& consumer, std::int64_t position, absl::Duration lease)
      : thread_([this, &consumer, position, lease] {
          pb::SettleAlertsRequest extend;
          extend.add_extend_positions(position);
          while (!done_.WaitForNotificationWithTimeout(lease / 3)) {
            // One that fails is tried again in a third of the lease.
            const absl::Status extended = consumer.Settle(extend);
            if (absl::IsCancelled(extended)) return;
          }
        }) {}
  ~LeaseKeeper() {
    done_.Notify();
    thread_.join();
  }
  LeaseKeeper(const LeaseKeeper&) = delete;
  LeaseKeeper& operator=(const LeaseKeeper&) = delete;

 private:
  absl::Notification done_;
  std::thread thread_;
};

class Consume final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command = app.add_subcommand("consume", "Take from a subscription that is kept");
    command->add_option("NAME", name_, "The subscription")->required();
    CLI::Option* run = command->add_option("--command", command_, "Give each event to this command")
                           ->type_name("COMMAND");
    CLI::Option* manual = command->add_flag("--manual", manual_, "Settle nothing");
    manual->excludes(run);
    command->add_option("--count", count_, "End after this many deliveries")->type_name("N");
    const std::pair<const char*, std::vector<std::int64_t>*> kSettles[] = {
        {"--ack", &ack_}, {"--retry", &retry_}, {"--park", &park_}, {"--extend", &extend_}};
    const char* const kWhat[] = {"Done, take nothing", "To be delivered again", "Laid aside",
                                 "In work: the lease begins anew"};
    for (std::size_t i = 0; i < std::size(kSettles); ++i) {
      command->add_option(kSettles[i].first, *kSettles[i].second, kWhat[i])
          ->delimiter(',')
          ->allow_extra_args(false)
          ->type_name("POSITIONS")
          ->excludes(run)
          ->excludes(manual);
    }
    command->add_option("--note", note_, "Why, kept with what is parked")->type_name("TEXT");
    command->footer(kExamples);
    return command;
  }

  client::RetryPolicy Retry() const override { return {}; }

  ExitCode Run(Shell& shell) override {
    if (!(ack_.empty() && retry_.empty() && park_.empty() && extend_.empty())) {
      return SettleNamed(shell);
    }
    pb::ConsumeAlertsRequest request;
    request.set_subscription_id(name_);
    client::AlertConsumer consumer(shell.connection(), std::move(request));
    const OnInterrupt on_interrupt([&] { consumer.Cancel(); });
    for (std::int64_t taken = 0; count_ == 0 || taken < count_;) {
      const absl::StatusOr<client::ConsumerUpdate> update = consumer.Next();
      if (!update.ok()) return shell.Fail(update.status());
      if (update->started.has_value()) Tell(*update->started, shell);
      if (!update->lost.ok()) {
        Shell::Say(absl::StrFormat("connection lost: %s; trying again in %.1f s",
                                   client::Describe(update->lost),
                                   absl::ToDoubleSeconds(update->retry_in)));
      }
      if (!update->delivery.has_value()) continue;
      ++taken;
      const absl::Status settled = Handle(*update->delivery, consumer, shell);
      if (!settled.ok()) return shell.Fail(settled);
    }
    return kOk;
  }

 private:
  void Tell(const pb::Subscription& subscription, const Shell& shell) {
    const auto& lease = subscription.settings().lease();
    lease_ = absl::Seconds(lease.seconds()) + absl::Nanoseconds(lease.nanos());
    Shell::Say(absl::StrCat("connected to ", shell.server(), "; ", subscription.lag(),
                            " events to catch up with"));
  }

  absl::Status Handle(const pb::Delivery& delivery, client::AlertConsumer& consumer, Shell& shell) {
    const std::int64_t position = delivery.event().position();
    pb::SettleAlertsRequest settle;
    int code = 0;
    if (!command_.empty()) {
      const LeaseKeeper keeper(consumer, position, lease_);
      code = RunWithInput(command_, ToJson(delivery.event()) + "\n");
    } else if (shell.json()) {
      shell.PrintJson(delivery);
    } else {
      shell.Print(AlertEventText(delivery.event(), shell.look()));
    }
    Shell::Flush();
    if (manual_) return absl::OkStatus();
    if (code == 0) {
      settle.add_ack_positions(position);
    } else if (code == kExitPark) {
      settle.add_park_positions(position);
    } else {
      settle.add_retry_positions(position);
    }
    settle.set_note(note_.empty() && code != 0 ? absl::StrCat("the command ended with ", code)
                                               : note_);
    if (code != 0) Shell::Say(absl::StrCat("position ", position, ": ", settle.note()));
    return consumer.Settle(std::move(settle));
  }

  ExitCode SettleNamed(Shell& shell) const {
    pb::SettleAlertsRequest request;
    request.set_subscription_id(name_);
    request.mutable_ack_positions()->Add(ack_.begin(), ack_.end());
    request.mutable_retry_positions()->Add(retry_.begin(), retry_.end());
    request.mutable_park_positions()->Add(park_.begin(), park_.end());
    request.mutable_extend_positions()->Add(extend_.begin(), extend_.end());
    request.set_note(note_);
    const auto response = shell.client().SettleAlerts(request);
    if (!response.ok()) return shell.Fail(response.status());
    if (shell.json()) {
      shell.PrintJson(*response);
    } else {
      shell.PrintLine(absl::StrCat(response->settled_count(), " settled, ",
                                   response->passed_over_count(), " were not outstanding"));
    }
    return kOk;
  }

  std::string name_, command_, note_;
  bool manual_ = false;
  std::int64_t count_ = 0;
  std::vector<std::int64_t> ack_, retry_, park_, extend_;
  absl::Duration lease_ = absl::Seconds(60);
};

}  // namespace

std::unique_ptr<Command> MakeConsume() { return std::make_unique<Consume>(); }

}  // namespace claimwatch::cli
