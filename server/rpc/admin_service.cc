#include "server/rpc/admin_service.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/rpc/acceptor.h"
#include "server/rpc/convert.h"
#include "server/rpc/limits.h"
#include "server/rpc/transport_streams.h"
#include "server/rpc/unary.h"
#include "server/rpc/version.h"

namespace claimwatch {
namespace {

constexpr std::size_t kBackupNameBytesMax = 100;

void AddRefusals(const Rooms& rooms, v1::GetStatusResponse& response) {
  const auto add = [&](std::string_view limit, std::int64_t count) {
    v1::Refusals& refusals = *response.add_refusals();
    refusals.set_limit(std::string(limit));
    refusals.set_count(count);
  };
  if (rooms.limits != nullptr) {
    for (std::size_t i = 0; i < kCallerBounds; ++i) {
      const auto bound = static_cast<CallerBound>(i);
      add(NameOf(bound), rooms.limits->refused(bound));
    }
  }
  if (rooms.acceptor == nullptr) return;
  add("connections_rate", rooms.acceptor->refused_for_rate());
  add("connections_files", rooms.acceptor->refused_for_files());
  add("connections_lost", rooms.acceptor->traffic().cut());
  add("connections_crowded", CrowdedConnections());
}

Outcome FillStatus(const Rooms& rooms, OpenAlerts& open_alerts, v1::GetStatusResponse& response) {
  const absl::StatusOr<StoreState> state = rooms.store.ReadState();
  if (!state.ok()) return FromStatus(state.status());
  const absl::StatusOr<std::int64_t> open = open_alerts.Count(rooms.store);
  if (!open.ok()) return FromStatus(open.status());
  response.set_version(std::string(kVersion));
  *response.mutable_start_time() = ToProto(rooms.start_time);
  *response.mutable_server_time() = ToProto(rooms.clock.Now());
  response.set_epoch(state->epoch);
  response.set_head_sequence(static_cast<std::int64_t>(state->last_sequence));
  response.set_head_position(rooms.feed.head());
  response.set_oldest_position(rooms.feed.head() == 0 ? 0 : rooms.feed.oldest());
  response.set_article_count(state->articles);
  response.set_claim_count(state->claims);
  response.set_story_count(state->stories);
  response.set_figure_count(static_cast<std::int64_t>(state->ids.last_figure));
  response.set_alert_count(state->alerts);
  response.set_open_alert_count(*open);
  response.set_subscriber_count(rooms.subscribers);
  response.set_ingest_stream_count(rooms.ingest_streams);
  response.set_store_bytes(state->bytes);
  if (!rooms.options.data_dir.empty()) {
    std::error_code failed;
    const auto space = std::filesystem::space(rooms.options.data_dir, failed);
    if (!failed) response.set_disk_free_bytes(static_cast<std::int64_t>(space.available));
  }
  const StoreHealth health = rooms.store.Health();
  response.set_read_only(health.read_only);
  response.set_read_only_reason(Printable(health.reason));
  response.set_draining(rooms.draining);
  AddRefusals(rooms, response);
  *response.mutable_limits() = rooms.Limits();
  return std::nullopt;
}

Outcome CheckBackupName(const std::string& name) {
  const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '-';
  });
  if (!name.empty() && name.size() <= kBackupNameBytesMax && plain && name[0] != '.') {
    return std::nullopt;
  }
  return InvalidField("name",
                      "must be 1 to 100 characters of A-Z a-z 0-9 . _ - and not begin with a point",
                      name.empty() ? "REQUIRED" : "MALFORMED");
}

// Of a file, or of everything in a folder.
std::int64_t SizeOf(const std::string& path) {
  std::error_code failed;
  if (std::filesystem::is_regular_file(path, failed)) {
    return static_cast<std::int64_t>(std::filesystem::file_size(path, failed));
  }
  std::int64_t size = 0;
  for (const auto& entry : std::filesystem::directory_iterator(path, failed)) {
    size += static_cast<std::int64_t>(entry.file_size(failed));
  }
  return size;
}

Outcome BackUpTo(const Rooms& rooms, const std::string& name, v1::BackUpResponse& response) {
  if (Outcome bad = CheckBackupName(name)) return bad;
  if (rooms.options.backup_dir.empty()) {
    return Error{.code = absl::StatusCode::kFailedPrecondition,
                 .reason = "BACKUP_DISABLED",
                 .message = "the daemon was started without backup_dir"};
  }
  const std::string path = absl::StrCat(rooms.options.backup_dir, "/", name);
  std::error_code failed;
  if (std::filesystem::exists(path, failed)) {
    return Error{.code = absl::StatusCode::kAlreadyExists,
                 .reason = "BACKUP_EXISTS",
                 .message = absl::StrCat("there is a backup \"", name, "\" already"),
                 .metadata = {{"name", name}},
                 .resource_type = "backup",
                 .resource_name = name};
  }
  const absl::StatusOr<StoreState> state = rooms.store.ReadState();
  if (!state.ok()) return FromStatus(state.status());
  if (absl::Status done = rooms.store.BackUp(path); !done.ok()) {
    Log()->error("backup to {} failed: {}", path, LogSafe(done.ToString()));
    const bool full = absl::IsResourceExhausted(done);
    return Error{.code = full ? done.code() : absl::StatusCode::kInternal,
                 .reason = full ? "DISK_FULL" : "BACKUP_FAILED",
                 .message = std::string(done.message())};
  }
  Log()->info("backed up to {}", path);
  response.set_path(path);
  response.set_size_bytes(SizeOf(path));
  response.set_epoch(state->epoch);
  response.set_head_sequence(static_cast<std::int64_t>(state->last_sequence));
  return std::nullopt;
}

}  // namespace

absl::StatusOr<std::int64_t> OpenAlerts::Count(const ClaimStore& store) {
  absl::MutexLock lock(&mu_);
  while (position_ >= 0) {
    const absl::StatusOr<std::vector<AlertEvent>> events =
        store.ReadEvents(position_, kPageSizeMax);
    if (absl::IsOutOfRange(events.status())) break;  // Retention was faster: count anew.
    if (!events.ok()) return events.status();
    if (events->empty()) return count_;
    for (const AlertEvent& event : *events) {
      count_ += event.change == AlertChange::kOpened ? 1 : 0;
      count_ -= event.change == AlertChange::kSuperseded ||
                        event.change == AlertChange::kResolved ||
                        event.change == AlertChange::kWithdrawn
                    ? 1
                    : 0;
    }
    position_ = events->back().position;
  }
  if (absl::Status counted = CountAllLocked(store); !counted.ok()) return counted;
  return count_;
}

// Good when nothing was committed meanwhile; under load the count may be off by what was.
absl::Status OpenAlerts::CountAllLocked(const ClaimStore& store) {
  constexpr int kTries = 3;
  for (int i = 0; i < kTries; ++i) {
    const absl::StatusOr<StoreState> before = store.ReadState();
    if (!before.ok()) return before.status();
    AlertQuery query;
    query.state = AlertState::kOpen;
    query.limit = kPageSizeMax;
    count_ = 0;
    for (bool more = true; more;) {
      const absl::StatusOr<std::vector<Alert>> page = store.ListAlerts(query);
      if (!page.ok()) return page.status();
      count_ += static_cast<std::int64_t>(page->size());
      more = static_cast<int>(page->size()) == query.limit;
      if (more) query.before = page->back().id;
    }
    position_ = before->ids.last_position;
    const absl::StatusOr<StoreState> after = store.ReadState();
    if (!after.ok()) return after.status();
    if (after->ids.last_position == position_) break;
  }
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* AdminService::GetStatus(grpc::CallbackServerContext* context,
                                                  const v1::GetStatusRequest* request,
                                                  v1::GetStatusResponse* response) {
  constexpr char kPath[] = "/claimwatch.v1.AdminService/GetStatus";
  const UnaryCall call(rooms_.calls, rooms_.metrics, kPath);
  if (!BeginUnary(call, rooms_, *context, kPath, *request, nullptr, true)) return call.reactor();
  // Never refused for want of room.
  rooms_.pool.Run(
      [this, call, response] { call.Finish(ToGrpc(FillStatus(rooms_, open_alerts_, *response))); });
  return call.reactor();
}

grpc::ServerUnaryReactor* AdminService::BackUp(grpc::CallbackServerContext* context,
                                               const v1::BackUpRequest* request,
                                               v1::BackUpResponse* response) {
  return Answer(context, rooms_, "/claimwatch.v1.AdminService/BackUp", *request,
                [this, request, response]() -> Outcome {
                  if (backing_up_.exchange(true)) {
                    return Error{.code = absl::StatusCode::kAborted,
                                 .reason = "BACKUP_RUNNING",
                                 .message = "another backup is running",
                                 .retry_after = Spread(absl::Seconds(10))};
                  }
                  Outcome outcome = BackUpTo(rooms_, request->name(), *response);
                  backing_up_ = false;
                  return outcome;
                });
}

}  // namespace claimwatch
