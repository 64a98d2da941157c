#include "server/text/lexicon.h"

#include <algorithm>
#include <cstring>

#include "server/base/check.h"
#include "server/text/entities.h"
#include "server/text/lexicon_builder.h"
#include "server/text/lexicon_table.h"

namespace claimwatch {
namespace {

constexpr std::uint64_t kMix = 0x9e3779b97f4a7c15ULL;
// Sets bit 5 of every byte: folds letters, and changes no digit, point, hyphen or apostrophe.
constexpr std::uint64_t kLowerBits = 0x2020202020202020ULL;

// `size` (0 to 8) bytes as a number, the first one lowest.
std::uint64_t Load(const char* from, std::size_t size) {
  if (size == 8) {
    std::uint64_t value;
    std::memcpy(&value, from, 8);
    return value;
  }
  if (size >= 4) {
    std::uint32_t low, high;
    std::memcpy(&low, from, 4);
    std::memcpy(&high, from + size - 4, 4);
    return low | static_cast<std::uint64_t>(high) << (8 * (size - 4));
  }
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(from[i])) << (8 * i);
  }
  return value;
}

std::uint64_t Head(std::string_view form) {
  return Load(form.data(), std::min<std::size_t>(form.size(), 8));
}

// Where to look first. The last bytes tell "injured" words with one head apart.
std::size_t Place(std::uint64_t head, std::uint64_t tail, std::size_t size) {
  std::uint64_t hash = (head ^ (tail + size)) * kMix;
  hash ^= hash >> 29;
  return static_cast<std::size_t>((hash * kMix) >> 32);
}

std::uint64_t Tail(std::string_view form) {
  return form.size() <= 8 ? 0 : Load(form.data() + form.size() - 8, 8);
}

bool SameFolded(std::string_view lower, std::string_view form) {
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (lower[i] != static_cast<char>(form[i] | 0x20)) return false;
  }
  return true;
}

}  // namespace

const Word* Lexicon::Impl::Find(std::string_view lower) const {
  const std::uint64_t key = Head(lower);
  const std::size_t mask = slots.size() - 1;
  for (std::size_t at = Place(key, Tail(lower), lower.size()) & mask; slots[at].size != 0;
       at = (at + 1) & mask) {
    if (slots[at].key != key || slots[at].size != lower.size()) continue;
    const Word& word = words[slots[at].word];
    if (lower.size() <= 8 || word.text == lower) return &word;
  }
  return nullptr;
}

const Word* Lexicon::Impl::FindAscii(std::string_view form, std::size_t readable,
                                     Role* role) const {
  const std::size_t head = std::min<std::size_t>(form.size(), 8);
  const std::uint64_t mask_head = ~std::uint64_t{0} >> (8 * (8 - head));
  const std::uint64_t bytes =
      readable >= 8 ? Load(form.data(), 8) & mask_head : Load(form.data(), head);
  const std::uint64_t key = bytes | (kLowerBits & mask_head);
  const std::uint64_t tail = form.size() <= 8 ? 0 : Tail(form) | kLowerBits;
  const std::size_t mask = slots.size() - 1;
  for (std::size_t at = Place(key, tail, form.size()) & mask; slots[at].size != 0;
       at = (at + 1) & mask) {
    if (slots[at].key != key || slots[at].size != form.size()) continue;
    const Word& word = words[slots[at].word];
    if (form.size() > 8 && !SameFolded(word.text, form)) continue;
    *role = slots[at].role;
    return &word;
  }
  return nullptr;
}

void Lexicon::Impl::Index() {
  std::size_t size = 16;
  while (size < 2 * words.size() + 2) size *= 2;
  slots.assign(size, Slot{});
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view text = words[i].text;
    const std::uint64_t key = Head(text);
    std::size_t at = Place(key, Tail(text), text.size()) & (size - 1);
    while (slots[at].size != 0) at = (at + 1) & (size - 1);
    slots[at] = {key, static_cast<std::uint32_t>(i), static_cast<std::uint8_t>(text.size()),
                 words[i].role};
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
    } else if (c == '&') {
      const Entity entity = EntityAt(form, i);
      if (entity.size == 0) return nullptr;  // No word holds a plain "&".
      lower[size++] = '\'';
      i += entity.size - 1u;
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

const Word* Lexicon::FindAscii(std::string_view form, std::size_t readable, Role* role) const {
  *role = Role::kNone;
  if (form.empty() || form.size() > kWordBytesMax) return nullptr;
  return impl_->FindAscii(form, readable, role);
}

std::size_t Lexicon::size() const { return impl_->words.size(); }

}  // namespace claimwatch
