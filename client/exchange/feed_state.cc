#include "client/exchange/feed_state.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"

namespace claimwatch::exchange {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

constexpr double kSecondsMax = 253'402'300'799;  // The end of the year 9999.
constexpr double kFailuresMax = 1'000'000;
constexpr double kBytesMax = 9'007'199'254'740'991;

Struct ToStruct(const FeedPlace& place) {
  Struct object;
  auto& fields = *object.mutable_fields();
  if (!place.etag.empty()) fields["etag"].set_string_value(place.etag);
  if (!place.last_modified.empty()) fields["lastModified"].set_string_value(place.last_modified);
  if (place.next != absl::InfinitePast()) {
    fields["next"].set_number_value(static_cast<double>(absl::ToUnixSeconds(place.next)));
  }
  if (place.failures > 0) fields["failures"].set_number_value(place.failures);
  if (place.gone) fields["gone"].set_bool_value(true);
  if (place.offset > 0) fields["offset"].set_number_value(static_cast<double>(place.offset));
  for (const std::string& hash : place.sent) {
    fields["sent"].mutable_list_value()->add_values()->set_string_value(hash);
  }
  return object;
}

// What no run of ours has noted is none: negative, broken, larger than a double counts exactly.
std::int64_t WholeNumber(const Value& value, double max) {
  const double number = value.number_value();
  return number >= 0 && number <= max ? static_cast<std::int64_t>(number) : 0;
}

FeedPlace ToPlace(Struct object) {
  FeedPlace place;
  auto& fields = *object.mutable_fields();  // Reading a missing one gives an empty value.
  place.etag = fields["etag"].string_value();
  place.last_modified = fields["lastModified"].string_value();
  const auto next = WholeNumber(fields["next"], kSecondsMax);
  if (next > 0) place.next = absl::FromUnixSeconds(next);
  place.failures = static_cast<int>(WholeNumber(fields["failures"], kFailuresMax));
  place.gone = fields["gone"].bool_value();
  place.offset = WholeNumber(fields["offset"], kBytesMax);
  for (const Value& hash : fields["sent"].list_value().values()) {
    place.sent.insert(hash.string_value());
  }
  return place;
}

}  // namespace

absl::Status FeedState::Load(const std::string& path, FeedState& state) {
  state.path_ = path;
  std::ifstream file(path, std::ios::binary);
  if (path.empty() || !file) return absl::OkStatus();
  std::ostringstream text;
  text << file.rdbuf();
  Struct object;
  const auto read = google::protobuf::util::JsonStringToMessage(text.str(), &object);
  if (!read.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--state: ", path, " cannot be read: ", std::string(read.message())));
  }
  for (const auto& [source, value] : object.fields()) {
    state.places_[source] = ToPlace(value.struct_value());
  }
  return absl::OkStatus();
}

absl::Status FeedState::Save() const {
  if (path_.empty()) return absl::OkStatus();
  Struct object;
  for (const auto& [source, place] : places_) {
    *(*object.mutable_fields())[source].mutable_struct_value() = ToStruct(place);
  }
  std::string json;
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  const auto printed = google::protobuf::util::MessageToJsonString(object, &json, options);
  const std::string fresh = absl::StrCat(path_, ".new");
  std::ofstream file(fresh, std::ios::trunc | std::ios::binary);
  file << json;
  file.close();
  if (!printed.ok() || !file || std::rename(fresh.c_str(), path_.c_str()) != 0) {
    return absl::InvalidArgumentError(absl::StrCat("--state: cannot write ", path_));
  }
  return absl::OkStatus();
}

}  // namespace claimwatch::exchange
