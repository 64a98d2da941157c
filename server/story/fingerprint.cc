#include "server/story/fingerprint.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "server/base/hash.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kDatelineTokensMax = 14;

bool IsDash(std::string_view text) {
  return text == "-" || text == "--" || text == "\u2013" || text == "\u2014";
}

// One past a dateline that opens the range, else `first`.
std::uint32_t AfterDateline(const Document& document, std::uint32_t first, std::uint32_t end) {
  if (first >= end || !document.tokens[first].all_caps) return first;
  const std::uint32_t last = end - first > kDatelineTokensMax ? first + kDatelineTokensMax : end;
  for (std::uint32_t i = first + 1; i < last; ++i) {
    const Token& token = document.tokens[i];
    if (token.kind == TokenKind::kPunct && token.space_before && IsDash(document.Surface(token))) {
      return i + 1;
    }
  }
  return first;
}

char Lower(char c) { return static_cast<char>(c + (c >= 'A' && c <= 'Z' ? 'a' - 'A' : 0)); }

// FNV-1a, as it stands in the store.
std::uint64_t Step(std::uint64_t h, char c) {
  return (h ^ static_cast<unsigned char>(c)) * kFnvPrime;
}

std::uint32_t Finish(std::uint64_t h) {
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdULL;
  h ^= h >> 33;
  const auto hash = static_cast<std::uint32_t>(h);
  return hash == 0 ? 1 : hash;
}

// The words of sentences in lower case, each with a space behind it, one sentence after the other.
class LowerWords {
 public:
  // Of tokens [first, end), not none.
  LowerWords(const Document& document, std::uint32_t first, std::uint32_t end)
      : document_(document), begin_(document.tokens[first].span.begin) {
    const std::string_view text =
        document.text.substr(begin_, document.tokens[end - 1].span.end() - begin_);
    lower_.resize(text.size() + kChunk);
    std::transform(text.begin(), text.end(), lower_.begin(), Lower);
    // Words do not overlap, and an entity is no shorter than what it stands for.
    words_.resize(text.size() + (end - first) + kChunk);
  }

  // How many words the range has.
  int Add(std::uint32_t first, std::uint32_t end) {
    int words = 0;
    for (std::uint32_t i = first; i < end; ++i) {
      const Token& token = document_.tokens[i];
      if (token.kind != TokenKind::kWord && token.kind != TokenKind::kDigits) continue;
      Append(token);
      ++words;
    }
    return words;
  }
  std::string_view all() const { return std::string_view(words_).substr(0, size_); }

 private:
  static constexpr std::size_t kChunk = 16;  // Most words are copied with one load and one store.

  void Append(const Token& token) {
    char* const to = &words_[size_];
    std::size_t size = token.span.size;
    if (token.entity) {
      const std::string_view text = document_.Surface(token);
      size = text.size();
      std::transform(text.begin(), text.end(), to, Lower);
    } else {
      std::memcpy(to, &lower_[token.span.begin - begin_], size <= kChunk ? kChunk : size);
    }
    to[size] = ' ';
    size_ += size + 1;
  }

  const Document& document_;
  const std::uint32_t begin_;
  std::string lower_;
  std::string words_;
  std::size_t size_ = 0;
};

// A range that is being hashed.
struct Lane {
  std::string_view left;
  std::uint64_t h = kFnvBasis;
  std::size_t owner = 0;
};

// Every step of a hash waits for the one before: four ranges at a time take a third of the time.
class Lanes {
 public:
  explicit Lanes(std::vector<Fingerprint>& prints) : prints_(prints) {}

  void Add(std::string_view range, std::size_t owner) {
    lanes_[used_++] = {range, kFnvBasis, owner};
    if (used_ < lanes_.size()) return;
    std::size_t steps = lanes_[0].left.size();
    for (const Lane& lane : lanes_) steps = std::min(steps, lane.left.size());
    StepAll(steps);
    used_ = 0;
    for (const Lane& lane : lanes_) {
      if (lane.left.empty()) {
        prints_[lane.owner].hash = Finish(lane.h);
      } else {
        lanes_[used_++] = lane;
      }
    }
  }
  void End() {
    for (const Lane& lane : std::span(lanes_).first(used_)) {
      std::uint64_t h = lane.h;
      for (const char c : lane.left) h = Step(h, c);
      prints_[lane.owner].hash = Finish(h);
    }
  }

 private:
  void StepAll(std::size_t steps) {
    auto [a, b, c, d] = lanes_;
    for (std::size_t i = 0; i < steps; ++i) {
      a.h = Step(a.h, a.left[i]);
      b.h = Step(b.h, b.left[i]);
      c.h = Step(c.h, c.left[i]);
      d.h = Step(d.h, d.left[i]);
    }
    lanes_ = {a, b, c, d};
    for (Lane& lane : lanes_) lane.left.remove_prefix(steps);
  }

  std::vector<Fingerprint>& prints_;
  std::array<Lane, 4> lanes_;
  std::size_t used_ = 0;
};

// Of ranges in order, none of them empty.
std::vector<Fingerprint> PrintsOf(const Document& document, std::span<const Sentence> ranges) {
  std::vector<Fingerprint> prints(ranges.size());
  if (ranges.empty()) return prints;
  std::vector<std::size_t> ends;
  ends.reserve(ranges.size());
  LowerWords words(document, ranges.front().first, ranges.back().end);
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const Sentence& range = ranges[i];
    prints[i].words = words.Add(AfterDateline(document, range.first, range.end), range.end);
    ends.push_back(words.all().size());
  }
  Lanes lanes(prints);
  std::size_t begin = 0;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    lanes.Add(words.all().substr(begin, ends[i] - begin), i);
    begin = ends[i];
  }
  lanes.End();
  return prints;
}

}  // namespace

Fingerprint FingerprintOf(const Document& document, std::uint32_t first, std::uint32_t end) {
  if (first >= end) return {.hash = Finish(kFnvBasis)};
  const Sentence range = {first, end};
  return PrintsOf(document, {&range, 1}).front();
}

std::vector<Fingerprint> FingerprintsOf(const Document& document) {
  return PrintsOf(document, document.sentences);
}

}  // namespace claimwatch
