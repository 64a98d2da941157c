#include "server/story/ids.h"

#include <charconv>

#include "server/base/check.h"

namespace claimwatch {
namespace {

constexpr std::int64_t kClaimsOfAnArticle = 512;  // Equals kArticleClaimsMax in claims/reader.h.

std::string Spell(std::string_view letters, std::int64_t number) {
  std::string text(letters);
  text += std::to_string(number);
  return text;
}

// Only what Spell writes: the letters, then a positive number without sign or leading zero.
std::optional<std::int64_t> Read(std::string_view letters, std::string_view text) {
  if (!text.starts_with(letters)) return std::nullopt;
  text.remove_prefix(letters.size());
  if (text.empty() || text.front() < '1' || text.front() > '9') return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

template <typename Id>
std::optional<Id> ReadId(std::string_view letters, std::string_view text) {
  const std::optional<std::int64_t> number = Read(letters, text);
  if (!number.has_value()) return std::nullopt;
  return static_cast<Id>(*number);
}

}  // namespace

ClaimId MakeClaimId(Sequence article, int index) {
  CW_CHECK(index >= 0 && index < kClaimsOfAnArticle);
  return static_cast<ClaimId>(static_cast<std::int64_t>(article) * kClaimsOfAnArticle + index);
}

Sequence ArticleOf(ClaimId claim) {
  return static_cast<Sequence>(static_cast<std::int64_t>(claim) / kClaimsOfAnArticle);
}

int IndexOf(ClaimId claim) {
  return static_cast<int>(static_cast<std::int64_t>(claim) % kClaimsOfAnArticle);
}

std::string ToString(StoryId id) { return Spell("s", static_cast<std::int64_t>(id)); }
std::string ToString(FigureId id) { return Spell("f", static_cast<std::int64_t>(id)); }
std::string ToString(AlertId id) { return Spell("al", static_cast<std::int64_t>(id)); }
std::string ToString(ClaimId id) { return Spell("c", static_cast<std::int64_t>(id)); }

std::optional<StoryId> ParseStoryId(std::string_view text) { return ReadId<StoryId>("s", text); }
std::optional<FigureId> ParseFigureId(std::string_view text) { return ReadId<FigureId>("f", text); }
std::optional<AlertId> ParseAlertId(std::string_view text) { return ReadId<AlertId>("al", text); }
std::optional<ClaimId> ParseClaimId(std::string_view text) { return ReadId<ClaimId>("c", text); }

}  // namespace claimwatch
