// The stored form of Features: varints, hashes as differences. Layout:
// version, seconds (zigzag; absent times have their own marks), language, hint,
// per kind: count and (hash difference, weight) pairs; fingerprints as differences; claim
// sentences; then, unless both are 0, the marks (kRoundup, kOngoing, the themes) and the incident.
#include <algorithm>
#include <cstring>

#include "absl/status/status.h"
#include "server/story/features.h"

namespace claimwatch {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::uint64_t kTimeUnknown = 0;
constexpr std::uint64_t kTimeFuture = 1;  // Others: zigzag of the seconds, plus 2.
constexpr std::uint64_t kListMax = 1 << 16;
constexpr std::uint64_t kRoundup = 1;
constexpr std::uint64_t kOngoing = 2;
constexpr int kThemesShift = 2;

class Writer {
 public:
  void Varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_.push_back(static_cast<char>((value & 0x7f) | 0x80));
    out_.push_back(static_cast<char>(value));
  }
  void Text(std::string_view text) {
    Varint(text.size());
    out_.append(text);
  }
  void Fixed(std::uint32_t value) {
    for (int i = 0; i < 4; ++i) out_.push_back(static_cast<char>(value >> (8 * i)));
  }
  void Ascending(const std::vector<std::uint32_t>& values) {
    Varint(values.size());
    std::uint32_t last = 0;
    for (const std::uint32_t value : values) {
      Varint(value - last);
      last = value;
    }
  }
  std::string Take() { return std::move(out_); }

 private:
  std::string out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t Varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (bytes_.empty()) break;
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return value;
    }
    ok_ = false;
    return 0;
  }
  std::uint64_t Count() {
    const std::uint64_t count = Varint();
    ok_ = ok_ && count <= std::min<std::uint64_t>(kListMax, bytes_.size());
    return ok_ ? count : 0;
  }
  std::string Text() {
    const std::uint64_t size = Varint();
    if (size > bytes_.size()) ok_ = false;
    if (!ok_) return {};
    std::string text(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return text;
  }
  std::uint32_t Fixed() {
    if (bytes_.size() < 4) ok_ = false;
    if (!ok_) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      value |= std::uint32_t{static_cast<unsigned char>(bytes_[i])} << (8 * i);
    }
    bytes_.remove_prefix(4);
    return value;
  }
  // The next of a strictly ascending list; the first may be 0.
  std::uint32_t Next(std::uint32_t last, bool first) {
    const std::uint64_t step = Varint();
    if ((step == 0 && !first) || step > 0xffffffffULL - last) ok_ = false;
    return ok_ ? last + static_cast<std::uint32_t>(step) : 0;
  }
  bool ok() const { return ok_; }
  bool AtEnd() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool ok_ = true;
};

std::uint64_t TimeCode(absl::Time time) {
  if (time == absl::InfinitePast()) return kTimeUnknown;
  if (time == absl::InfiniteFuture()) return kTimeFuture;
  const std::int64_t seconds = absl::ToUnixSeconds(time);
  return ((static_cast<std::uint64_t>(seconds) << 1) ^ static_cast<std::uint64_t>(seconds >> 63)) +
         2;
}

absl::Time TimeOf(std::uint64_t code) {
  if (code == kTimeUnknown) return absl::InfinitePast();
  if (code == kTimeFuture) return absl::InfiniteFuture();
  code -= 2;
  return absl::FromUnixSeconds(static_cast<std::int64_t>(code >> 1) ^
                               -static_cast<std::int64_t>(code & 1));
}

void ReadTerms(Reader& in, std::vector<Term>& terms) {
  for (std::uint8_t kind = 0; kind < kTermKinds; ++kind) {
    const std::uint64_t count = in.Count();
    std::uint32_t last = 0;
    for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
      last = in.Next(last, i == 0);
      terms.push_back({last, static_cast<std::uint16_t>(in.Varint()), kind});
    }
  }
}

}  // namespace

std::string Encode(const Features& features) {
  Writer out;
  out.Varint(kVersion);
  out.Varint(TimeCode(features.time));
  out.Text(features.language);
  out.Text(features.story_hint);
  auto term = features.terms.begin();
  for (std::uint8_t kind = 0; kind < kTermKinds; ++kind) {
    const auto end =
        std::find_if(term, features.terms.end(), [&](const Term& t) { return t.kind != kind; });
    out.Varint(static_cast<std::uint64_t>(end - term));
    for (std::uint32_t last = 0; term != end; ++term) {
      out.Varint(term->hash - last);
      out.Varint(term->weight);
      last = term->hash;
    }
  }
  out.Ascending(features.fingerprints);
  out.Varint(features.claim_sentences.size());
  for (const std::uint32_t print : features.claim_sentences) out.Fixed(print);
  const std::uint64_t marks = (features.roundup ? kRoundup : 0) |
                              (features.ongoing ? kOngoing : 0) |
                              std::uint64_t{features.themes} << kThemesShift;
  if (marks != 0 || features.incident != 0) {
    out.Varint(marks);
    out.Varint(features.incident);
  }
  return out.Take();
}

absl::StatusOr<Features> DecodeFeatures(std::string_view bytes) {
  Reader in(bytes);
  if (in.Varint() != kVersion) return absl::DataLossError("features: unknown version");
  Features features;
  features.time = TimeOf(in.Varint());
  features.language = in.Text();
  features.story_hint = in.Text();
  ReadTerms(in, features.terms);
  const std::uint64_t prints = in.Count();
  std::uint32_t last = 0;
  for (std::uint64_t i = 0; i < prints && in.ok(); ++i) {
    last = in.Next(last, i == 0);
    features.fingerprints.push_back(last);
  }
  const std::uint64_t claims = in.Count();
  for (std::uint64_t i = 0; i < claims && in.ok(); ++i)
    features.claim_sentences.push_back(in.Fixed());
  if (in.ok() && !in.AtEnd()) {
    const std::uint64_t marks = in.Varint();
    features.roundup = (marks & kRoundup) != 0;
    features.ongoing = (marks & kOngoing) != 0;
    features.themes = static_cast<std::uint16_t>(marks >> kThemesShift);
    features.incident = static_cast<std::uint32_t>(in.Varint());
  }
  if (!in.ok() || !in.AtEnd()) return absl::DataLossError("features: not as they were written");
  return features;
}

}  // namespace claimwatch
