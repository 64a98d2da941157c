// TlsSocket: one connection under TLS; and TlsFilesWatch, which notices when the files change.
//
// OpenSSL works on the socket itself rather than through a stream class with buffers of its own: a
// quiet subscriber waits until there is something to read, as on a plain socket, and its session
// lets go of its buffers meanwhile. Tested by tests/web/https_test.py.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "server/rpc/tls_context.h"
#include "server/web/socket.h"

namespace claimwatch {

std::unique_ptr<Socket> MakeTlsSocket(boost::asio::ip::tcp::socket socket,
                                      const TlsContext& context);

// Thread-safe.
class TlsFilesWatch {
 public:
  // INVALID_ARGUMENT names the file that cannot be used.
  static absl::StatusOr<std::unique_ptr<TlsFilesWatch>> Start(TlsFiles files);

  TlsContext Current() const;
  // Reads the files again when they have changed since the last look. Those that do not fit
  // together are told in the log, and what was there before stays. To be called now and then.
  void Look();

 private:
  struct Stamp {
    std::int64_t modified = 0;  // Nanoseconds.
    std::int64_t size = -1;
    std::uint64_t number = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  explicit TlsFilesWatch(TlsFiles files) : files_(std::move(files)), seen_(Stamps()) {}
  std::vector<Stamp> Stamps() const;

  const TlsFiles files_;
  std::vector<Stamp> seen_;  // Of whoever calls Look(), one at a time.
  mutable absl::Mutex mu_;   // A leaf.
  TlsContext current_ ABSL_GUARDED_BY(mu_);
};

}  // namespace claimwatch
