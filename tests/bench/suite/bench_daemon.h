// The daemon that is measured: a process of its own on a data directory that is gone afterwards.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/support/byte_buffer.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "claimwatch/v1/admin.pb.h"
#include "tests/end_to_end/daemon_process.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {

class BenchDaemon {
 public:
  // Starts it and waits until it serves.
  explicit BenchDaemon(std::vector<std::string> flags = {});
  BenchDaemon(const BenchDaemon&) = delete;
  BenchDaemon& operator=(const BenchDaemon&) = delete;
  // Ends it as an operator does: it must drain, and end well.
  ~BenchDaemon();

  // Ends it and starts it again on the same data; seconds from its start to its serving.
  double Restart();

  // A connection of its own, not shared with other channels of this process.
  std::shared_ptr<grpc::Channel> Connect() const;
  // Sends articles `first`, `first + 1`, ... as ArticleBatches orders them, over `streams` streams,
  // and waits for all receipts. Articles are made ready before the clock runs. Returns the seconds.
  double Ingest(std::uint64_t first, std::uint64_t count, int streams = 2);
  // Sends one message of `articles` articles and waits for their receipts.
  void IngestBatch(grpc::ByteBuffer batch, std::uint64_t articles);
  v1::GetStatusResponse Status() const;

  double cpu_seconds() const;
  std::int64_t resident_bytes() const;

 private:
  void Start();
  void Stop();

  const std::vector<std::string> flags_;
  TemporaryDirectory directory_;
  std::optional<DaemonProcess> process_;
  std::string address_;
};

}  // namespace claimwatch
