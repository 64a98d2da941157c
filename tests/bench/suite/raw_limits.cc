#include "tests/bench/suite/raw_limits.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <sqlite3.h>

#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "server/base/check.h"
#include "tests/bench/suite/article_batches.h"
#include "tests/bench/suite/byte_stream.h"
#include "tests/bench/suite/process_meter.h"

namespace claimwatch {
namespace {

constexpr std::size_t kBatch = 16;
constexpr char kAnyMethod[] = "/raw.Limits/Carry";

// Answers every message with two bytes.
class Answerer : public grpc::ServerGenericBidiReactor {
 public:
  Answerer() : answer_(ToBytes("ok")) { StartRead(&incoming_); }

 private:
  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::OK);
    sent_ = answer_;
    StartWrite(&sent_);
  }
  void OnWriteDone(bool ok) override {
    if (ok) StartRead(&incoming_);
  }
  void OnDone() override { delete this; }

  const grpc::ByteBuffer answer_;
  grpc::ByteBuffer incoming_, sent_;
};

class AnsweringService : public grpc::CallbackGenericService {
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext*) override {
    return new Answerer;
  }
};

// Waits for answers, as many as one likes.
class Answers {
 public:
  void Add() {
    absl::MutexLock lock(&mu_);
    ++count_;
  }
  void WaitFor(std::int64_t count) {
    absl::MutexLock lock(&mu_);
    const auto there = [&] {
      mu_.AssertReaderHeld();
      return count_ >= count;
    };
    mu_.Await(absl::Condition(&there));
  }

 private:
  absl::Mutex mu_;
  std::int64_t count_ ABSL_GUARDED_BY(mu_) = 0;
};

double MeasureRate(const std::shared_ptr<grpc::Channel>& channel) {
  constexpr std::uint64_t kArticles = 16'000;
  constexpr int kRounds = 8;
  const std::vector<grpc::ByteBuffer> batches = ArticleBatches(0, kArticles, kBatch);
  Answers answers;
  ByteStream stream(channel, kAnyMethod, [&](const grpc::ByteBuffer&) { answers.Add(); });
  const double begin = Now();
  for (int round = 0; round < kRounds; ++round) {
    for (const grpc::ByteBuffer& batch : batches) stream.Send(batch);
  }
  answers.WaitFor(static_cast<std::int64_t>(batches.size()) * kRounds);
  return static_cast<double>(kArticles) * kRounds / (Now() - begin);
}

double MeasureRoundTrip(const std::shared_ptr<grpc::Channel>& channel, int trips, double interval) {
  Answers answers;
  ByteStream stream(channel, kAnyMethod, [&](const grpc::ByteBuffer&) { answers.Add(); });
  std::vector<double> seconds;
  for (int trip = 1; trip <= trips; ++trip) {
    absl::SleepFor(absl::Seconds(interval));
    const double begin = Now();
    stream.Send(ToBytes("there"));
    answers.WaitFor(trip);
    seconds.push_back(Now() - begin);
  }
  return Median(std::move(seconds));
}

void Run(sqlite3* database, const char* sql) {
  CW_CHECK(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
}

double MeasureCommits(const std::string& file, int commits, double interval) {
  sqlite3* database = nullptr;
  CW_CHECK(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
  Run(database, "PRAGMA journal_mode=WAL");
  Run(database, "PRAGMA synchronous=FULL");
  Run(database, "PRAGMA wal_autocheckpoint=0");
  Run(database, "CREATE TABLE row (id INTEGER PRIMARY KEY, value BLOB)");
  std::vector<double> seconds;
  for (int i = 0; i < commits; ++i) {
    absl::SleepFor(absl::Seconds(interval));
    const double begin = Now();
    Run(database, "INSERT INTO row (value) VALUES (randomblob(5000))");
    seconds.push_back(Now() - begin);
  }
  sqlite3_close(database);
  return Median(std::move(seconds));
}

}  // namespace

RawStream MeasureRawStream() {
  AnsweringService service;
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterCallbackGenericService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  CW_CHECK(server != nullptr);
  const auto channel =
      grpc::CreateChannel(absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials());
  RawStream measured;
  measured.round_trip_seconds = MeasureRoundTrip(channel, 2000, 0);
  measured.idle_round_trip_seconds = MeasureRoundTrip(channel, 200, kIdleInterval);
  measured.articles_per_second = MeasureRate(channel);
  server->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(1));
  return measured;
}

double MeasureRawCommit(const std::string& directory) {
  return MeasureCommits(directory + "/raw.sqlite", 400, 0);
}

double MeasureIdleCommit(const std::string& directory) {
  return MeasureCommits(directory + "/idle.sqlite", 200, kIdleInterval);
}

}  // namespace claimwatch
