// Queries about named subscriptions.
#include <algorithm>

#include "server/store/codec.h"
#include "server/store/sqlite_reader.h"
#include "server/store/sqlite_store.h"

namespace claimwatch {

absl::StatusOr<std::vector<SubscriptionRecord>> SqliteStore::ReadSubscriptions() const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  absl::StatusOr<Statement*> row = reader->Use(
      "SELECT id, record, (SELECT count(*) FROM parked WHERE parked.subscription = subscription.id)"
      " FROM subscription ORDER BY id");
  if (!row.ok()) return row.status();
  std::vector<SubscriptionRecord> records;
  absl::StatusOr<bool> found = (*row)->Step();
  for (; found.ok() && *found; found = (*row)->Step()) {
    SubscriptionRecord& record = records.emplace_back();
    record.id = std::string((*row)->Bytes(0));
    absl::Status read = DecodeSubscription((*row)->Bytes(1), record);
    if (!read.ok()) return read;
    record.parked = (*row)->Integer(2);
  }
  if (!found.ok()) return found.status();
  return records;
}

absl::StatusOr<std::vector<ParkedRecord>> SqliteStore::ListParked(const std::string& subscription,
                                                                  std::int64_t after,
                                                                  int limit) const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  absl::StatusOr<Statement*> row = reader->Use(
      "SELECT position, record FROM parked WHERE subscription = ?1 AND position > ?2"
      " ORDER BY position LIMIT ?3");
  if (!row.ok()) return row.status();
  (*row)->BindText(1, subscription).Bind(2, after).Bind(3, std::max(limit, 0));
  std::vector<ParkedRecord> records;
  absl::StatusOr<bool> found = (*row)->Step();
  for (; found.ok() && *found; found = (*row)->Step()) {
    ParkedRecord& record = records.emplace_back();
    record.subscription = subscription;
    record.event.position = (*row)->Integer(0);
    absl::Status read = DecodeParked((*row)->Bytes(1), record);
    if (!read.ok()) return read;
  }
  if (!found.ok()) return found.status();
  return records;
}

}  // namespace claimwatch
