// The fake daemon as a process, for tests of the command: prints its address, then serves until it
// is killed.
//
//   fake_claimwatchd [port] [receipts]   port 0: a free one; receipts: the first stream ends after
//   them
#include <cstdio>
#include <cstdlib>

#include "tests/client/fake_daemon.h"

int main(int argc, char** argv) {
  namespace pb = claimwatch::v1;
  claimwatch::client::FakeDaemon daemon;
  if (argc > 2) {
    claimwatch::client::IngestScript script;
    script.receipts = std::atoi(argv[2]);
    script.status = claimwatch::client::RpcError(grpc::StatusCode::UNAVAILABLE, "stopping",
                                                 "DRAINING", absl::Milliseconds(1));
    script.commits_more = true;
    daemon.ingest_scripts.push_back(script);
  }
  grpc::ServerBuilder builder;
  int port = 0;
  const std::string wanted = argc > 1 ? argv[1] : "0";
  builder.AddListeningPort("127.0.0.1:" + wanted, grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(static_cast<pb::ArticleService::Service*>(&daemon));
  builder.RegisterService(static_cast<pb::AlertService::Service*>(&daemon));
  builder.RegisterService(static_cast<pb::ClaimService::Service*>(&daemon));
  builder.RegisterService(static_cast<pb::AdminService::Service*>(&daemon));
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::printf("127.0.0.1:%d\n", port);
  std::fflush(stdout);
  server->Wait();
}
