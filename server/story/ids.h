// Ids of what the daemon itself numbers: positive, dense, in order of the committed sequence.
//
// The API spells them with a letter ("s7", "f3", "al2", "c9"). Tested by tests/story/ids_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace claimwatch {

enum class Sequence : std::int64_t { kNone = 0 };  // An article's place in the committed order.
enum class StoryId : std::int64_t { kNone = 0 };
enum class FigureId : std::int64_t { kNone = 0 };
enum class AlertId : std::int64_t { kNone = 0 };
enum class ClaimId : std::int64_t { kNone = 0 };  // sequence * 512 + index in the article.

ClaimId MakeClaimId(Sequence article, int index);
Sequence ArticleOf(ClaimId claim);
int IndexOf(ClaimId claim);

std::string ToString(StoryId id);   // "s7"
std::string ToString(FigureId id);  // "f3"
std::string ToString(AlertId id);   // "al2"
std::string ToString(ClaimId id);   // "c9"
// nullopt for what ToString cannot have written.
std::optional<StoryId> ParseStoryId(std::string_view text);
std::optional<FigureId> ParseFigureId(std::string_view text);
std::optional<AlertId> ParseAlertId(std::string_view text);
std::optional<ClaimId> ParseClaimId(std::string_view text);

}  // namespace claimwatch
