// planted_stream_race KIND: shows that ThreadSanitizer sees a race across gRPC, and none where gRPC
// orders.
//
// A server takes articles off a stream and has a thread of its own answer them, as the daemon does.
// `calls` lets two streams count in one place, `late` touches a stream after it was handed back to
// gRPC (TSan must end both with code 66); the others do it rightly and must be silent. Run by
// tests/sanitizers/check_tsan.
#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "claimwatch/v1/article.grpc.pb.h"

namespace claimwatch {
namespace {

namespace pb = ::claimwatch::v1;

constexpr int kStreams = 4;
constexpr int kMessages = 1000;
constexpr int kGivenUp = 200;
constexpr int kAlarms = 100;

// One thread that does what it is handed.
class Worker {
 public:
  Worker() : thread_([this] { Run(); }) {}
  ~Worker() {
    Do(nullptr);
    thread_.join();
  }

  void Do(std::function<void()> task) {
    absl::MutexLock lock(&mu_);
    tasks_.push_back(std::move(task));
  }

 private:
  std::function<void()> Next() {
    absl::MutexLock lock(&mu_);
    mu_.Await(absl::Condition(
        +[](std::deque<std::function<void()>>* tasks) { return !tasks->empty(); }, &tasks_));
    std::function<void()> task = std::move(tasks_.front());
    tasks_.pop_front();
    return task;
  }
  void Run() {
    while (const std::function<void()> task = Next()) task();
  }

  absl::Mutex mu_;
  std::deque<std::function<void()>> tasks_ ABSL_GUARDED_BY(mu_);
  std::thread thread_;
};

// What all calls of a service share. `answered` belongs to nobody: it is the race of `calls`.
struct Shared {
  Worker worker;
  bool count_in_one_place = false;
  bool touch_late = false;
  long answered = 0;
};

// `turns_` goes from gRPC's thread to the worker, and back with the answer, without a lock.
class Stream
    : public grpc::ServerBidiReactor<pb::IngestArticlesRequest, pb::IngestArticlesResponse> {
 public:
  explicit Stream(Shared& shared) : shared_(shared) { StartRead(&request_); }

  void OnReadDone(bool ok) override {
    ++turns_;
    if (!ok) return Finish(grpc::Status::OK);
    shared_.worker.Do([this] {
      ++turns_;
      StartWrite(&response_);
      if (shared_.touch_late) ++turns_;
    });
  }
  void OnWriteDone(bool) override {
    ++turns_;
    if (shared_.count_in_one_place) ++shared_.answered;
    StartRead(&request_);
  }
  void OnCancel() override { cancelled_ = true; }
  void OnDone() override {
    if (cancelled_ && turns_ < 0) std::abort();  // It reads what all the others wrote.
    delete this;
  }

 private:
  Shared& shared_;
  pb::IngestArticlesRequest request_;
  pb::IngestArticlesResponse response_;
  long turns_ = 0;
  bool cancelled_ = false;
};

class Service : public pb::ArticleService::CallbackService {
 public:
  explicit Service(Shared& shared) : shared_(shared) {}

  grpc::ServerBidiReactor<pb::IngestArticlesRequest, pb::IngestArticlesResponse>* IngestArticles(
      grpc::CallbackServerContext*) override {
    return new Stream(shared_);
  }

  // Answered by the worker; the answer is written by two threads in turn.
  grpc::ServerUnaryReactor* IngestArticle(grpc::CallbackServerContext* rpc,
                                          const pb::IngestArticleRequest* request,
                                          pb::IngestArticleResponse* response) override {
    grpc::ServerUnaryReactor* const reactor = rpc->DefaultReactor();
    response->mutable_receipt()->set_article_id(request->article().article_id());
    shared_.worker.Do([response, reactor] {
      response->mutable_receipt()->mutable_article_id()->append("!");
      reactor->Finish(grpc::Status::OK);
    });
    return reactor;
  }

 private:
  Shared& shared_;
};

// Calls that are given up in the middle.
void GiveUp(pb::ArticleService::Stub& stub) {
  for (int i = 0; i < kGivenUp; ++i) {
    grpc::ClientContext context;
    const auto stream = stub.IngestArticles(&context);
    pb::IngestArticlesResponse response;
    for (int written = 0; written < i % 4; ++written) {
      if (!stream->Write({}) || (i % 8 < 4 && !stream->Read(&response))) break;
    }
    context.TryCancel();
    stream->Finish();
  }
}

void Exchange(pb::ArticleService::Stub& stub) {
  grpc::ClientContext context;
  const auto stream = stub.IngestArticles(&context);
  pb::IngestArticlesResponse response;
  for (int i = 0; i < kMessages; ++i) {
    if (!stream->Write({}) || !stream->Read(&response)) break;
  }
  stream->WritesDone();
  stream->Finish();
}

// What is written here before the call is read by its callback, and the other way round.
bool CallBack(pb::ArticleService::Stub& stub) {
  long steps = 0;
  for (int i = 0; i < kMessages; ++i) {
    grpc::ClientContext context;
    pb::IngestArticleRequest request;
    pb::IngestArticleResponse response;
    request.mutable_article()->set_article_id("a");
    absl::Notification done;
    ++steps;
    stub.async()->IngestArticle(&context, &request, &response, [&](const grpc::Status& status) {
      steps += status.ok() && response.receipt().article_id() == "a!" ? 1 : 0;
      done.Notify();
    });
    done.WaitForNotification();
  }
  return steps == 2 * kMessages;
}

bool Ring() {
  long rung = 0;
  for (int i = 0; i < kAlarms; ++i) {
    grpc::Alarm alarm;
    absl::Notification done;
    ++rung;
    alarm.Set(std::chrono::system_clock::now() + std::chrono::milliseconds(i % 3), [&](bool ok) {
      rung += ok ? 1 : 0;
      done.Notify();
    });
    done.WaitForNotification();
  }
  return rung == 2 * kAlarms;
}

bool Exchanges(bool count_in_one_place, bool touch_late) {
  grpc::EnableDefaultHealthCheckService(true);  // gRPC's threads are there before the service is.
  const auto shared = std::make_unique<Shared>();
  shared->count_in_one_place = count_in_one_place;
  shared->touch_late = touch_late;
  Service service(*shared);
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  const auto stub = pb::ArticleService::NewStub(
      grpc::CreateChannel("127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials()));
  std::vector<std::thread> clients;
  for (int i = 0; i < kStreams; ++i) clients.emplace_back([&] { Exchange(*stub); });
  for (std::thread& client : clients) client.join();
  GiveUp(*stub);
  const bool called_back = CallBack(*stub);
  server->Shutdown();
  return called_back;
}

int Run(std::string_view kind) {
  bool right = false;
  if (kind == "calls") {
    right = Exchanges(true, false);
  } else if (kind == "late") {
    right = Exchanges(false, true);
  } else if (kind == "handed") {
    right = Exchanges(false, false);
  } else if (kind == "alarms") {
    right = Ring();
  } else {
    std::fprintf(stderr, "planted_stream_race calls|late|handed|alarms\n");
    return 2;
  }
  return right ? 0 : 1;
}

}  // namespace
}  // namespace claimwatch

int main(int argc, char** argv) { return claimwatch::Run(argc > 1 ? argv[1] : ""); }
