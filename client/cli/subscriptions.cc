// `claimwatch subscriptions`: the subscriptions that the daemon keeps: how they do, what they have
// parked, and their making and ending.
//
// Tested by tests/client/cli_test.py.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "client/cli/alert_text.h"
#include "client/cli/command.h"
#include "client/cli/paging.h"
#include "client/cli/safe_text.h"
#include "client/cli/selector_flags.h"
#include "client/cli/table.h"
#include "client/cli/wording.h"

namespace claimwatch::cli {
namespace {

constexpr char kExamples[] = R"(Examples:
  claimwatch subscriptions
      All of them, with their lag and the age of the oldest event that is not settled: one that
      keeps growing stands still.
  claimwatch subscriptions desk --create --filter='measure = killed' --from=beginning
      Makes one. Consumers take from it with ConsumeAlerts and settle with SettleAlerts.
  claimwatch subscriptions desk --parked
      What could not be settled; --replay delivers it again.
  claimwatch subscriptions desk --delete
)";

std::string AgeText(const pb::Subscription& one) {
  if (!one.has_oldest_unsettled_age()) return "-";
  return absl::StrFormat("%d s", one.oldest_unsettled_age().seconds());
}

class Subscriptions final : public Command {
 public:
  CLI::App* AddTo(CLI::App& app) override {
    CLI::App* command =
        app.add_subcommand("subscriptions", "Show the subscriptions that the daemon keeps");
    command->add_option("NAME", name_, "Only this one");
    CLI::Option* create = command->add_flag("--create", create_, "Make NAME");
    command->add_option("--from", from_, "With --create: now, beginning, or a resume token")
        ->type_name("PLACE")
        ->needs(create);
    CLI::Option* parked = command->add_flag("--parked", parked_, "List what NAME has parked");
    CLI::Option* replay =
        command->add_flag("--replay", replay_, "Deliver what NAME has parked again");
    CLI::Option* remove = command->add_flag("--delete", delete_, "End NAME, and forget it");
    for (CLI::Option* one : {create, parked, replay, remove}) {
      for (CLI::Option* other : {create, parked, replay, remove}) {
        if (one != other) one->excludes(other);
      }
    }
    selector_.AddTo(*command);
    paging_.AddTo(*command);
    command->footer(kExamples);
    return command;
  }

  ExitCode Run(Shell& shell) override {
    const bool acts = create_ || parked_ || replay_ || delete_;
    if (acts && name_.empty()) {
      Shell::Say("name the subscription: claimwatch subscriptions NAME --create");
      return kUsage;
    }
    if (create_) return Create(shell);
    if (parked_) return Parked(shell);
    if (replay_) return Replay(shell);
    if (delete_) return Delete(shell);
    return List(shell);
  }

 private:
  ExitCode Create(Shell& shell) const {
    pb::CreateSubscriptionRequest request;
    absl::StatusOr<pb::AlertSelector> selector = selector_.Read();
    if (!selector.ok()) {
      Shell::Say(selector.status());
      return kUsage;
    }
    request.set_subscription_id(name_);
    *request.mutable_settings()->mutable_selector() = *std::move(selector);
    request.mutable_settings()->set_filter(selector_.filter());
    if (from_ == "beginning") {
      request.set_start_point(pb::SubscribeAlertsRequest::START_POINT_BEGINNING);
    } else if (!from_.empty() && from_ != "now") {
      request.set_resume_token(from_);
    }
    const auto response = shell.client().CreateSubscription(request);
    if (!response.ok()) return shell.Fail(response.status());
    Print({response->subscription()}, shell);
    return kOk;
  }

  ExitCode List(Shell& shell) const {
    if (!name_.empty()) {
      pb::GetSubscriptionRequest request;
      request.set_subscription_id(name_);
      const auto response = shell.client().GetSubscription(request);
      if (!response.ok()) return shell.Fail(response.status());
      Print({response->subscription()}, shell);
      return kOk;
    }
    const auto response = shell.client().ListSubscriptions({});
    if (!response.ok()) return shell.Fail(response.status());
    Print({response->subscriptions().begin(), response->subscriptions().end()}, shell);
    return kOk;
  }

  static void Print(const std::vector<pb::Subscription>& all, Shell& shell) {
    Table table(
        {"NAME", ">LAG", ">OLDEST", ">OUTSTANDING", ">PARKED", ">CONSUMERS", "STATE", "~FILTER"});
    for (const pb::Subscription& one : all) {
      if (shell.json()) {
        shell.PrintJson(one);
        continue;
      }
      const char* const state = one.overtaken()                              ? "OVERTAKEN"
                                : one.lag() > 0 && one.consumer_count() == 0 ? "WAITING"
                                                                             : "ok";
      table.AddRow({SafeText(one.subscription_id()), absl::StrCat(one.lag()), AgeText(one),
                    absl::StrCat(one.outstanding_count()), absl::StrCat(one.parked_count()),
                    absl::StrCat(one.consumer_count()), state, SafeText(one.settings().filter())});
    }
    if (!table.empty()) shell.Print(table.Text(shell.look()));
  }

  ExitCode Parked(Shell& shell) const {
    pb::ListParkedAlertsRequest request;
    request.set_subscription_id(name_);
    Table table({">POSITION", ">TRIES", "PARKED (UTC)", "~NOTE", "SUMMARY"});
    const absl::Status status = paging_.ForEach(
        shell, request, [&](const auto& page) { return shell.client().ListParkedAlerts(page); },
        [](const auto& response) { return response.parked(); },
        [&](const pb::ParkedAlert& parked) {
          if (shell.json()) return shell.PrintJson(parked);
          table.AddRow({absl::StrCat(parked.event().position()),
                        absl::StrCat(parked.delivery_count()), TimeCell(parked.park_time()),
                        SafeText(parked.note()), SafeText(parked.event().alert().summary())});
        });
    if (!table.empty()) shell.Print(table.Text(shell.look()));
    return status.ok() ? kOk : shell.Fail(status);
  }

  ExitCode Replay(Shell& shell) const {
    pb::ReplayParkedAlertsRequest request;
    request.set_subscription_id(name_);
    const auto response = shell.client().ReplayParkedAlerts(request);
    if (!response.ok()) return shell.Fail(response.status());
    if (shell.json()) {
      shell.PrintJson(*response);
    } else {
      shell.PrintLine(absl::StrCat(response->replayed_count(), " are delivered again, ",
                                   response->parked_count(), " stay parked"));
    }
    return kOk;
  }

  ExitCode Delete(Shell& shell) const {
    pb::DeleteSubscriptionRequest request;
    request.set_subscription_id(name_);
    const auto response = shell.client().DeleteSubscription(request);
    if (!response.ok()) return shell.Fail(response.status());
    if (shell.json()) {
      shell.PrintJson(*response);
    } else {
      shell.PrintLine(absl::StrCat("deleted ", SafeText(name_)));
    }
    return kOk;
  }

  std::string name_, from_;
  bool create_ = false, parked_ = false, replay_ = false, delete_ = false;
  SelectorFlags selector_;
  Paging paging_;
};

}  // namespace

std::unique_ptr<Command> MakeSubscriptions() { return std::make_unique<Subscriptions>(); }

}  // namespace claimwatch::cli
