// claimwatchd: options in, App up, wait for a signal, App down. Exit code 2: the options are wrong.
#include <cstdio>
#include <string>

#include "server/app/app.h"
#include "server/app/offline.h"
#include "server/app/options.h"
#include "server/app/service_manager.h"
#include "server/app/stop_signals.h"
#include "server/base/log.h"
#include "server/base/out_of_memory.h"

namespace claimwatch {
namespace {

constexpr int kExitFailed = 1;
constexpr int kExitOptions = 2;

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "claimwatchd: %s\n", std::string(status.message()).c_str());
  return absl::IsInvalidArgument(status) ? kExitOptions : kExitFailed;
}

int Serve(const Options& options) {
  const LogFormat format = options.log_format == "json" ? LogFormat::kJson : LogFormat::kText;
  if (absl::Status log = SetUpLog(format, options.log_level); !log.ok()) return Fail(log);
  StopSignals signals;
  absl::StatusOr<std::unique_ptr<App>> app = App::Start(options);
  if (!app.ok()) return Fail(app.status());
  for (const std::string& address : (*app)->addresses()) {
    std::printf("listening on %s\n", address.c_str());
  }
  const std::string web = (*app)->web_url();
  if (!web.empty()) std::printf("dashboard at %s\n", web.c_str());
  std::fflush(stdout);
  {
    const ServiceManager manager((*app)->addresses().front());
    signals.Wait();
  }
  (*app)->Stop();
  Log()->info("stopped");
  return 0;
}

int Tell(const absl::StatusOr<int>& code) { return code.ok() ? *code : Fail(code.status()); }

int Run(int argc, char** argv) {
  EndWhenMemoryRunsOut();
  const absl::StatusOr<CommandLine> command = ReadCommandLine(ProcessSources(argc, argv));
  if (!command.ok()) return Fail(command.status());
  switch (command->action) {
    case Action::kServe:
      return Serve(command->options);
    case Action::kCheck:
      return Tell(CheckData(command->options.data_dir));
    case Action::kRestore:
      return Tell(RestoreData(command->backup, command->options.data_dir));
    case Action::kPrintConfig:
      return std::fputs(PrintConfig(*command).c_str(), stdout) < 0;
    case Action::kHelp:
      return std::fputs(HelpText().c_str(), stdout) < 0;
    case Action::kVersion:
      return std::fputs(VersionText().c_str(), stdout) < 0;
  }
  return kExitFailed;
}

}  // namespace
}  // namespace claimwatch

// NOLINTNEXTLINE(bugprone-exception-escape): what nobody catches ends the program.
int main(int argc, char** argv) { return claimwatch::Run(argc, argv); }
