// The daemon's services with the HTTP front before them, on free ports of the loopback.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "server/web/front.h"
#include "tests/rpc/test_server.h"
#include "tests/web/http_client.h"

namespace claimwatch {

class TestFront {
 public:
  explicit TestFront(WebOptions options = {}, RpcOptions rpc = {}) : server(std::move(rpc)) {
    options.listen = "127.0.0.1:0";
    auto started =
        WebFront::Start(options, {server.server().InProcessChannel(), RpcServer::ServiceNames(),
                                  server.server().alert_hub(), server.server().metrics()});
    CW_CHECK(started.ok());
    front = *std::move(started);
  }
  // In the order of App::Stop.
  ~TestFront() { Stop(); }
  void Stop() {
    front->Drain();
    server.feed().Close();
    front->Stop(absl::Seconds(10));
  }

  HttpClient Client() const { return HttpClient(front->address()); }

  TestServer server;
  std::unique_ptr<WebFront> front;
};

}  // namespace claimwatch
