#include "server/text/lexicon.h"

#include <cstring>

#include "server/base/check.h"
#include "server/text/lexicon_builder.h"
#include "server/text/lexicon_table.h"

namespace claimwatch {
namespace {

constexpr std::uint64_t kMix = 0x9e3779b97f4a7c15ULL;

// Up to eight bytes as a number, little-endian by arithmetic so that every machine agrees.
std::uint64_t Load(const char* from, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(from[i])) << (8 * i);
  }
  return value;
}

}  // namespace

std::uint32_t HashForm(std::string_view form) {
  std::uint64_t hash = form.size() * kMix;
  std::size_t at = 0;
  for (; at + 8 <= form.size(); at += 8) hash = (hash ^ Load(form.data() + at, 8)) * kMix;
  hash = (hash ^ Load(form.data() + at, form.size() - at)) * kMix;
  return static_cast<std::uint32_t>(hash >> 32);
}

const Word* Lexicon::Impl::Find(std::string_view lower) const {
  const std::uint32_t hash = HashForm(lower);
  const std::size_t mask = slots.size() - 1;
  for (std::size_t at = hash & mask; slots[at].word != 0; at = (at + 1) & mask) {
    if (slots[at].hash != hash) continue;
    const Word& word = words[slots[at].word - 1];
    if (word.text == lower) return &word;
  }
  return nullptr;
}

void Lexicon::Impl::Index() {
  std::size_t size = 16;
  while (size < 2 * words.size() + 2) size *= 2;
  slots.assign(size, Slot{});
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::uint32_t hash = HashForm(words[i].text);
    std::size_t at = hash & (size - 1);
    while (slots[at].word != 0) at = (at + 1) & (size - 1);
    slots[at] = {hash, static_cast<std::uint32_t>(i + 1)};
  }
}

Lexicon::Lexicon(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Lexicon::~Lexicon() = default;

std::unique_ptr<const Lexicon> Lexicon::Standard() { return LexiconBuilder::Standard().Build(); }

const Word* Lexicon::Find(std::string_view lower) const {
  if (lower.empty() || lower.size() > kWordBytesMax) return nullptr;
  return impl_->Find(lower);
}

const Word* Lexicon::FindFolded(std::string_view form) const {
  if (form.empty() || form.size() > kWordBytesMax) return nullptr;
  char lower[kWordBytesMax];
  std::size_t size = 0;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const char c = form[i];
    if (c >= 'A' && c <= 'Z') {
      lower[size++] = static_cast<char>(c + ('a' - 'A'));
    } else if (c == '\xe2' && form.substr(i, 3) == "\xe2\x80\x99") {
      lower[size++] = '\'';  // A curly apostrophe.
      i += 2;
    } else {
      lower[size++] = c;
    }
  }
  return impl_->Find(std::string_view(lower, size));
}

const Word& Lexicon::Get(WordId id) const {
  const auto index = static_cast<std::size_t>(id);
  CW_CHECK(index >= 1 && index <= impl_->words.size());
  return impl_->words[index - 1];
}

std::size_t Lexicon::size() const { return impl_->words.size(); }

}  // namespace claimwatch
