// crash_rounds: kills the real daemon at random moments under load and at every fail point, and
// prints what was tried and what was lost. The last column must be zero.
//
//   crash_rounds [--kills=N] [--seed=S] [--articles=N]
//
// Exit code 1 when anything was lost. The seed is printed, so that a run can be repeated; a folder
// with a loss is kept and named.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "server/base/check.h"
#include "server/base/failpoint.h"
#include "server/base/hash.h"
#include "server/store/sqlite_store.h"
#include "server/store/store_check.h"
#include "tests/fakes/sanitized.h"
#include "tests/faults/crash_run.h"

namespace claimwatch {
namespace {

// Of a daemon that starts and takes a whole history, about.
constexpr std::int64_t kAllocations = 1'000'000;

struct Options {
  int kills = 30;
  int articles = 240;
  std::uint64_t seed = 1;
};

class Rounds {
 public:
  Rounds(const Options& options, std::string folder)
      : options_(options), folder_(std::move(folder)), history_(CrashHistory(options.articles)) {}

  int Run() {
    std::printf("seed %llu, %d articles a history\n",
                static_cast<unsigned long long>(options_.seed), options_.articles);
    Undisturbed();
    std::printf("%-34s %8s %8s %8s\n", "fault", "rounds", "deaths", "losses");
    RandomKills();
    if (!kSanitized) WithoutMemory();  // A sanitizer's allocator is to be the first.
    for (const std::string_view point : kFailPoints) AtPoint(std::string(point));
    std::printf("%s\n", losses_ == 0 ? "nothing was lost" : "SOMETHING WAS LOST");
    return losses_ == 0 ? 0 : 1;
  }

 private:
  std::string NewFolder() { return absl::StrCat(folder_, "/", ++folders_, "/data"); }
  std::string Make(const std::string& folder) {
    std::filesystem::create_directories(std::filesystem::path(folder).parent_path());
    return folder;
  }
  std::int64_t Chance(std::int64_t below) {
    return static_cast<std::int64_t>(Fnv64("chance", options_.seed * 1'000'003 + ++chances_) %
                                     static_cast<std::uint64_t>(below));
  }
  void Tell(const std::string& fault, int rounds, int deaths, int losses) {
    std::printf("%-34s %8d %8d %8d\n", fault.c_str(), rounds, deaths, losses);
    std::fflush(stdout);
    losses_ += losses;
  }

  void Undisturbed() {
    CrashRun run(Make(NewFolder()), history_);
    run.Live(0, false);
    CW_CHECK(run.all_sent());
    undisturbed_ = run.Look();
    CW_CHECK(run.broken().empty());
    std::printf("undisturbed: %zu claims, %zu alerts, %zu events\n", undisturbed_.claims.size(),
                undisturbed_.alerts.size(), undisturbed_.events.size());
  }

  // 0, or 1 and says what is wrong. A whole folder is removed.
  int Judge(CrashRun& run, const std::string& folder) {
    std::string wrong = Compare(undisturbed_, run.Look());
    wrong += run.broken();
    const auto report = CheckStoreFile(folder + "/claimwatch.db");
    if (!report.ok()) {
      absl::StrAppend(&wrong, std::string(report.status().message()), "\n");
    } else if (report->problem_count > 0) {
      wrong += Verdict(*report);
    }
    if (wrong.empty()) {
      std::filesystem::remove_all(std::filesystem::path(folder).parent_path());
      return 0;
    }
    std::printf("LOST in %s:\n%s", folder.c_str(), wrong.c_str());
    return 1;
  }

  void RandomKills() {
    int deaths = 0, rounds = 0, losses = 0;
    while (deaths < options_.kills) {
      const std::string folder = Make(NewFolder());
      CrashRun run(folder, history_);
      while (!run.all_sent() && deaths < options_.kills) {
        const bool early = Chance(5) == 0;  // While it starts and reads what is there.
        deaths += run.Live(1 + Chance(early ? 400'000 : 60'000), early) ? 1 : 0;
      }
      while (!run.all_sent()) run.Live(0, false);
      losses += Judge(run, folder);
      ++rounds;
      if (rounds % 20 == 0) std::printf("  %d kills so far, %d losses\n", deaths, losses);
      std::fflush(stdout);
    }
    Tell("SIGKILL at a random moment", rounds, deaths, losses);
  }

  // An allocation finds no memory: the first ones are those of the start.
  void WithoutMemory() {
    int deaths = 0, rounds = 0, losses = 0;
    const int wanted = std::max(4, options_.kills / 10);
    for (; deaths < wanted && rounds < wanted; ++rounds) {
      const std::string folder = Make(NewFolder());
      CrashRun run(folder, history_);
      for (int lives = 0; lives < 8 && !run.all_sent(); ++lives) {
        const std::int64_t number = 3'000 + Chance(rounds % 3 == 0 ? 100'000 : kAllocations);
        setenv("LD_PRELOAD", FAILING_MEMORY_PATH, 1);
        setenv("CLAIMWATCH_FAIL_ALLOCATION", absl::StrCat(number).c_str(), 1);
        const bool died = run.Live(0, false);
        unsetenv("LD_PRELOAD");
        unsetenv("CLAIMWATCH_FAIL_ALLOCATION");
        deaths += died ? 1 : 0;
        if (died && run.log().find("memory ran out on thread") == std::string::npos) {
          std::printf("allocation %lld: died without a word of memory\n%s\n",
                      static_cast<long long>(number), run.log().c_str());
          ++losses;
        }
      }
      while (!run.all_sent()) run.Live(0, false);
      losses += Judge(run, folder);
    }
    Tell("death at an allocation", rounds, deaths, losses);
    if (deaths == 0) ++losses_;
  }

  void AtPoint(const std::string& point) {
    const bool migration = point.rfind("store.migrate", 0) == 0;
    const bool backup = point.rfind("store.backup", 0) == 0;
    // Few enough that events are forgotten, and enough for who comes back at once.
    std::vector<std::string> flags;
    if (point == "store.forget") {
      flags.push_back(absl::StrCat("--events_kept=", undisturbed_.events.size() / 2));
    }
    int rounds = 0, deaths = 0, losses = 0;
    for (const int visit : {1, 2, 9}) {
      if (visit > 1 && (migration || backup || point.rfind("store.create", 0) == 0)) continue;
      const std::string folder = Make(NewFolder());
      CrashRun run(folder, history_, flags);
      if (migration || backup) run.Live(0, false);
      if (migration) MakeOld(folder + "/claimwatch.db");
      setenv("CLAIMWATCH_FAIL_POINT", absl::StrCat(point, ":", visit).c_str(), 1);
      deaths += (backup ? BackUp(folder) : run.Live(0, false)) ? 1 : 0;
      unsetenv("CLAIMWATCH_FAIL_POINT");
      while (!run.all_sent()) run.Live(0, false);
      losses += Judge(run, folder);
      ++rounds;
    }
    Tell("death at " + point, rounds, deaths, losses);
    if (deaths > 0) return;
    std::printf("  %s was not reached: it is NOT TESTED\n", point.c_str());
    ++losses_;
  }

  // As the first release wrote it. It had no mark, so the epoch stays with the migrated file.
  static void MakeOld(const std::string& file) {
    const auto connection = SqliteConnection::Open(file, SQLITE_OPEN_READWRITE);
    CW_CHECK(connection.ok());
    CW_CHECK((*connection)
                 ->Execute("ALTER TABLE state DROP COLUMN commits;"
                           "ALTER TABLE state DROP COLUMN pages_checked;"
                           "ALTER TABLE event DROP COLUMN sequence;"
                           "DROP TABLE subscription; DROP TABLE parked;"
                           "PRAGMA user_version = 1")
                 .ok());
    std::filesystem::remove(MarkOf(file));
  }

  static bool BackUp(const std::string& folder) {
    const std::string backups = folder + ".backups";
    std::filesystem::create_directory(backups);
    DaemonProcess daemon(folder, {"--backup_dir=" + backups});
    WireClient client(daemon.address());
    v1::BackUpRequest request;
    request.set_name("one.db");
    v1::BackUpResponse response;
    grpc::ClientContext context;
    if (client.admin->BackUp(&context, request, &response).ok()) return false;
    CW_CHECK(!std::filesystem::exists(backups + "/one.db"));  // Whole or not at all.
    return daemon.Wait() != 0;
  }

  const Options options_;
  const std::string folder_;
  const std::vector<v1::Article> history_;
  RunOutcome undisturbed_;
  int folders_ = 0;
  std::uint64_t chances_ = 0;
  int losses_ = 0;
};

int Run(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    absl::string_view arg = argv[i];
    const bool read =
        (absl::ConsumePrefix(&arg, "--kills=") && absl::SimpleAtoi(arg, &options.kills)) ||
        (absl::ConsumePrefix(&arg, "--articles=") && absl::SimpleAtoi(arg, &options.articles)) ||
        (absl::ConsumePrefix(&arg, "--seed=") && absl::SimpleAtoi(arg, &options.seed));
    if (read) continue;
    std::fprintf(stderr, "crash_rounds [--kills=N] [--articles=N] [--seed=S]\n");
    return 2;
  }
  std::string folder =
      (std::filesystem::temp_directory_path() / "claimwatch-crash-XXXXXX").string();
  CW_CHECK(mkdtemp(folder.data()) != nullptr);
  const int code = Rounds(options, folder).Run();
  if (code == 0) std::filesystem::remove_all(folder);
  return code;
}

}  // namespace
}  // namespace claimwatch

int main(int argc, char** argv) { return claimwatch::Run(argc, argv); }
