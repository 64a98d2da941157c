// soak: the real daemon under a mix of good and bad callers for as long as one likes, and what its
// memory, files and threads do meanwhile. They must be flat once its caches are full.
//
//   soak [--minutes=N] [--rate=ARTICLES_PER_SECOND] [--warm_up=ARTICLES]
//
// The daemon is started with few stories and events to keep, and gets articles as fast as it takes
// them first, so that what is bounded has reached its bound (SQLite keeps 64 MiB of pages, the
// sequencer the ledgers of 20,000 claims). A line every ten seconds; exit code 1 when the last
// half is not flat. Run by tests/reliability --soak.
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/notification.h"
#include "server/base/check.h"
#include "tests/end_to_end/daemon_process.h"
#include "tests/end_to_end/raw_http2.h"
#include "tests/end_to_end/wire_client.h"

namespace claimwatch {
namespace {

constexpr double kGrowthMax = 0.04;             // Of the memory, over the last half.
constexpr std::ptrdiff_t kFilesSpreadMax = 64;  // Of files and threads, likewise.
constexpr int kBatch = 20;

constexpr const char* kTowns[] = {"Albi",  "Varna", "Cusco", "Hobart", "Lugano", "Tromso",
                                  "Izmir", "Quito", "Porto", "Galway", "Bergen", "Kazan"};

struct Options {
  int minutes = 60;
  int rate = 200;
  int warm_up = 120'000;
};

struct Sample {
  double resident = 0;  // MiB
  std::ptrdiff_t files = 0;
  std::ptrdiff_t threads = 0;
};

std::ptrdiff_t Count(pid_t pid, const char* what) {
  return std::distance(std::filesystem::directory_iterator(absl::StrCat("/proc/", pid, "/", what)),
                       {});
}

Sample Look(pid_t pid) {
  std::int64_t total = 0, resident = 0;
  std::ifstream(absl::StrCat("/proc/", pid, "/statm")) >> total >> resident;
  return {static_cast<double>(resident) * 4096 / (1 << 20), Count(pid, "fd"), Count(pid, "task")};
}

// Every seventh is a revision of one before, every eleventh a repetition.
v1::Article Report(std::int64_t index) {
  const std::int64_t told = index % 11 == 10 ? index - 5 : index;
  const std::int64_t id = told % 7 == 6 ? told - 3 : told;
  const char* const town = kTowns[told % std::size(kTowns)];
  const std::int64_t flood = told / 600;  // A new one everywhere now and then, days later.
  v1::Article article;
  article.set_article_id(absl::StrCat("s", id));
  article.set_source(absl::StrCat("paper", told % 5, ".example"));
  article.set_title(absl::StrCat("Flood number ", flood, " sweeps ", town));
  article.set_body(absl::StrCat(town, " - A sudden flood swept through ", town,
                                " on Thursday. The flood killed ", 10 + told % 600 / 12 + told % 5,
                                " people, the mayor of ", town, " said. At least ",
                                40 + told % 600 / 6, " people were injured."));
  article.set_language("en");
  article.mutable_publish_time()->set_seconds(1'200'000'000 + told * 60 + flood * 3 * 86'400);
  return article;
}

class Soak {
 public:
  explicit Soak(const Options& options, const std::string& folder)
      : options_(options),
        daemon_(folder + "/data", {"--stories_max=500", "--story_window=24h", "--events_kept=2000",
                                   "--claims_held_max=20000", "--http_listen=", "--log_level=error",
                                   "--heartbeat_interval=1s"}),
        address_(daemon_.address()) {
    CW_CHECK(!address_.empty());
  }

  int Run() {
    WarmUp();
    std::vector<std::thread> callers;
    for (void (Soak::*caller)() : {&Soak::Send, &Soak::Subscribe, &Soak::Ask, &Soak::Annoy}) {
      callers.emplace_back([this, caller] { (this->*caller)(); });
    }
    std::printf("%8s %10s %8s %8s %10s %10s %10s\n", "seconds", "MiB", "files", "threads",
                "articles", "streams", "requests");
    const int rounds = options_.minutes * 6;
    for (int i = 1; i <= rounds; ++i) {
      over_.WaitForNotificationWithTimeout(absl::Seconds(10));
      if (over_.HasBeenNotified()) break;
      samples_.push_back(Look(daemon_.pid()));
      const Sample& now = samples_.back();
      std::printf("%8d %10.1f %8td %8td %10lld %10lld %10lld\n", i * 10, now.resident, now.files,
                  now.threads, Told(articles_), Told(streams_), Told(requests_));
      std::fflush(stdout);
    }
    if (!over_.HasBeenNotified()) over_.Notify();
    for (std::thread& caller : callers) caller.join();
    daemon_.Send(SIGTERM);
    const bool ended_well = daemon_.Wait() == 0;
    return ended_well && IsFlat() ? 0 : 1;
  }

 private:
  static long long Told(const std::atomic<std::int64_t>& count) { return count.load(); }
  bool Pause(absl::Duration time) { return !over_.WaitForNotificationWithTimeout(time); }

  void Ingest(WireClient& client, int count) {
    std::vector<v1::Article> batch;
    for (int i = 0; i < count; ++i) batch.push_back(Report(articles_ + i));
    const auto ingested = client.Ingest(batch, std::min(count, 256));
    // A machine that is too busy to answer within the call's deadline: the same again.
    if (!ingested.status.ok()) return;
    CW_CHECK(ingested.receipts.size() == batch.size());
    for (const v1::Receipt& receipt : ingested.receipts) CW_CHECK(!receipt.has_error());
    articles_ += count;
  }
  void WarmUp() {
    constexpr int kAtOnce = 250;
    WireClient client(address_);
    while (articles_ < options_.warm_up) Ingest(client, kAtOnce);
  }
  void Send() {
    WireClient client(address_);
    while (Pause(absl::Seconds(1) * kBatch / options_.rate)) Ingest(client, kBatch);
  }

  // Comes, hears some, goes; comes again with its token, or from the beginning.
  void Subscribe() {
    std::string token;
    while (Pause(absl::Milliseconds(20))) {
      WireClient client(address_);
      {
        WireSubscriber subscriber(client, token.empty() ? FromBeginning() : FromToken(token));
        for (int i = 0; i < 5 && subscriber.Read().has_value(); ++i) {
        }
        token = subscriber.token();
      }
      if (++streams_ % 10 == 0) token.clear();
    }
  }

  void Ask() {
    WireClient client(address_);
    while (Pause(absl::Milliseconds(10))) {
      v1::ListAlertsRequest list;
      if (requests_ % 3 == 0) list.set_filter("kind = CONFLICT AND");  // Does not compile.
      v1::ListAlertsResponse alerts;
      client.alerts->ListAlerts(Context().get(), list, &alerts);
      v1::GetArticleRequest get;
      get.set_article_id(absl::StrCat("s", requests_ * 7 % (articles_ + 1)));
      v1::GetArticleResponse article;
      client.articles->GetArticle(Context().get(), get, &article);
      v1::ExtractClaimsRequest extract;
      extract.set_body(Report(requests_).body());
      v1::ExtractClaimsResponse claims;
      client.claims->ExtractClaims(Context().get(), extract, &claims);
      requests_ += 3;
    }
  }

  // Opens streams and takes them back, breaks the protocol, hangs up in the middle.
  void Annoy() {
    for (std::uint32_t round = 0; Pause(absl::Milliseconds(100)); ++round) {
      RawHttp2 peer(address_);
      if (!peer.Greet()) continue;
      for (std::uint32_t stream = 1; stream < 100; stream += 2) {
        peer.Send(Frame(FrameType::kHeaders, kEndHeaders, stream,
                        Hpack(CallHeaders("/claimwatch.v1.AlertService/SubscribeAlerts"))) +
                  Frame(FrameType::kData, kEndStream, stream, std::string(5, '\0')) +
                  (round % 2 == 0 ? Frame(FrameType::kRstStream, 0, stream, BigEndian32(8)) : ""));
        ++streams_;
      }
      if (round % 3 == 0) peer.Send(std::string(1000, '\xff'));
    }
  }

  bool IsFlat() const {
    const std::size_t half = samples_.size() / 2, quarter = samples_.size() / 4;
    if (quarter == 0) return false;
    const auto mean = [&](std::size_t begin, std::size_t end) {
      double sum = 0;
      for (std::size_t i = begin; i < end; ++i) sum += samples_[i].resident;
      return sum / static_cast<double>(end - begin);
    };
    const double before = mean(half, half + quarter);
    const double after = mean(samples_.size() - quarter, samples_.size());
    std::ptrdiff_t files[2] = {1 << 20, 0}, threads[2] = {1 << 20, 0};
    for (std::size_t i = half; i < samples_.size(); ++i) {
      files[0] = std::min(files[0], samples_[i].files);
      files[1] = std::max(files[1], samples_[i].files);
      threads[0] = std::min(threads[0], samples_[i].threads);
      threads[1] = std::max(threads[1], samples_[i].threads);
    }
    std::printf(
        "memory of the third quarter %.1f MiB, of the last %.1f MiB; files %td to %td; "
        "threads %td to %td\n",
        before, after, files[0], files[1], threads[0], threads[1]);
    const bool flat = after <= before * (1 + kGrowthMax) &&
                      files[1] - files[0] <= kFilesSpreadMax &&
                      threads[1] - threads[0] <= kFilesSpreadMax;
    std::printf("%s\n", flat ? "flat" : "NOT FLAT");
    return flat;
  }

  const Options options_;
  DaemonProcess daemon_;
  const std::string address_;
  absl::Notification over_;
  std::atomic<std::int64_t> articles_{0}, streams_{0}, requests_{0};
  std::vector<Sample> samples_;
};

int Run(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    absl::string_view arg = argv[i];
    const bool read =
        (absl::ConsumePrefix(&arg, "--minutes=") && absl::SimpleAtoi(arg, &options.minutes)) ||
        (absl::ConsumePrefix(&arg, "--rate=") && absl::SimpleAtoi(arg, &options.rate)) ||
        (absl::ConsumePrefix(&arg, "--warm_up=") && absl::SimpleAtoi(arg, &options.warm_up));
    if (read && options.minutes > 0 && options.rate > 0) continue;
    std::fprintf(stderr, "soak [--minutes=N] [--rate=ARTICLES_PER_SECOND] [--warm_up=ARTICLES]\n");
    return 2;
  }
  std::string folder = (std::filesystem::temp_directory_path() / "claimwatch-soak-XXXXXX").string();
  CW_CHECK(mkdtemp(folder.data()) != nullptr);
  const int code = Soak(options, folder).Run();
  std::filesystem::remove_all(folder);
  return code;
}

}  // namespace
}  // namespace claimwatch

int main(int argc, char** argv) { return claimwatch::Run(argc, argv); }
