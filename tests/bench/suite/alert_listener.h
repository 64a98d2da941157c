// AlertListener: one subscription, which counts events and, where asked, tells when each article's
// alert came.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "tests/bench/suite/byte_stream.h"

namespace claimwatch {

class AlertListener {
 public:
  // Told for every alert opened: the article that raised it. Runs on gRPC's threads.
  using OnOpened = std::function<void(const std::string& article_id)>;

  // Subscribes from now on. Without `on_opened` messages are counted, not parsed.
  explicit AlertListener(const std::shared_ptr<grpc::Channel>& channel,
                         OnOpened on_opened = nullptr);

  // The daemon has said that the stream has begun.
  bool started() const { return started_; }
  std::int64_t events() const { return events_; }
  void StopReading() { stream_.StopReading(); }

 private:
  void Take(const grpc::ByteBuffer& message);

  const OnOpened on_opened_;
  std::atomic<bool> started_{false};
  std::atomic<std::int64_t> events_{0};
  ByteStream stream_;  // Last: it calls Take() from when it is made.
};

}  // namespace claimwatch
