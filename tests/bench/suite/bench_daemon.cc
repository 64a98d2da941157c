#include "tests/bench/suite/bench_daemon.h"

#include <grpcpp/create_channel.h>
#include <signal.h>

#include <atomic>
#include <deque>

#include "absl/time/time.h"
#include "claimwatch/v1/admin.grpc.pb.h"
#include "server/base/check.h"
#include "tests/bench/suite/article_batches.h"
#include "tests/bench/suite/byte_stream.h"
#include "tests/bench/suite/process_meter.h"

namespace claimwatch {
namespace {

constexpr char kIngest[] = "/claimwatch.v1.ArticleService/IngestArticles";
constexpr std::size_t kBatch = 16;
constexpr std::uint64_t kReadyAtATime = 20'000;  // 70 MB of batches.
constexpr int kReceiptsField = 2;                // IngestArticlesResponse.receipts

std::vector<std::string> WithDefaults(std::vector<std::string> flags) {
  flags.insert(flags.begin(), "--log_level=warning");
  return flags;
}

}  // namespace

BenchDaemon::BenchDaemon(std::vector<std::string> flags) : flags_(WithDefaults(std::move(flags))) {
  Start();
}

void BenchDaemon::Start() {
  process_.emplace(directory_.path() + "/data", flags_);
  address_ = process_->address();
  CW_CHECK(!address_.empty());
}

BenchDaemon::~BenchDaemon() { Stop(); }

void BenchDaemon::Stop() {
  process_->Send(SIGTERM);
  CW_CHECK(process_->Wait() == 0);
}

double BenchDaemon::Restart() {
  Stop();
  const double begin = Now();
  Start();
  return Now() - begin;
}

std::shared_ptr<grpc::Channel> BenchDaemon::Connect() const {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address_, grpc::InsecureChannelCredentials(), arguments);
}

double BenchDaemon::Ingest(std::uint64_t first, std::uint64_t count, int streams) {
  struct Sender {
    std::atomic<std::uint64_t> receipts{0};
    std::unique_ptr<ByteStream> stream;
  };
  std::deque<Sender> senders(static_cast<std::size_t>(streams));
  for (Sender& sender : senders) {
    sender.stream = std::make_unique<ByteStream>(
        Connect(), kIngest, [&sender](const grpc::ByteBuffer& message) {
          sender.receipts += static_cast<std::uint64_t>(CountField(message, kReceiptsField));
        });
  }
  double seconds = 0;
  std::uint64_t sent = 0;
  while (sent < count) {
    const std::uint64_t now = std::min(kReadyAtATime, count - sent);
    const std::vector<grpc::ByteBuffer> batches =
        ArticleBatches(first + sent, now, kBatch, /*with_options=*/false);
    sent += now;
    const double begin = Now();
    std::size_t turn = 0;
    for (const grpc::ByteBuffer& batch : batches) {
      senders[turn++ % senders.size()].stream->Send(batch);
    }
    const auto receipts = [&senders] {
      std::uint64_t all = 0;
      for (const Sender& sender : senders) all += sender.receipts;
      return all;
    };
    while (receipts() < sent) absl::SleepFor(absl::Milliseconds(1));
    seconds += Now() - begin;
  }
  for (Sender& sender : senders) {
    sender.stream->HalfClose();
    CW_CHECK(sender.stream->Wait().ok());
  }
  return seconds;
}

void BenchDaemon::IngestBatch(grpc::ByteBuffer batch, std::uint64_t articles) {
  std::atomic<std::uint64_t> receipts{0};
  ByteStream stream(Connect(), kIngest, [&](const grpc::ByteBuffer& message) {
    receipts += static_cast<std::uint64_t>(CountField(message, kReceiptsField));
  });
  stream.Send(std::move(batch));
  stream.HalfClose();
  CW_CHECK(stream.Wait().ok() && receipts == articles);
}

v1::GetStatusResponse BenchDaemon::Status() const {
  const auto admin = v1::AdminService::NewStub(Connect());
  grpc::ClientContext context;
  v1::GetStatusResponse status;
  CW_CHECK(admin->GetStatus(&context, {}, &status).ok());
  return status;
}

double BenchDaemon::cpu_seconds() const { return CpuSeconds(process_->pid()); }

std::int64_t BenchDaemon::resident_bytes() const { return ResidentBytes(process_->pid()); }

}  // namespace claimwatch
