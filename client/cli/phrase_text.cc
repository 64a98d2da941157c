#include "client/cli/phrase_text.h"

#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "client/cli/safe_text.h"
#include "client/cli/wording.h"

namespace claimwatch::cli {

namespace pb = ::claimwatch::v1;

namespace {

constexpr std::size_t kContextBytes = 48;  // Around a phrase, on each side.
constexpr std::size_t kIndent = 12;

std::string_view FieldOf(const pb::Article& article, pb::Quote::Field field) {
  return field == pb::Quote::FIELD_TITLE ? article.title() : article.body();
}

// Up to kContextBytes before `at`, from the beginning of a word.
std::string_view Before(std::string_view text, std::size_t at) {
  if (at <= kContextBytes) return text.substr(0, at);
  std::size_t begin = text.find(' ', at - kContextBytes);
  begin = begin >= at ? at : begin + 1;
  return text.substr(begin, at - begin);
}

// Up to kContextBytes after `at`, to the end of a word.
std::string_view After(std::string_view text, std::size_t at) {
  if (text.size() - at <= kContextBytes) return text.substr(at);
  const std::size_t end = text.rfind(' ', at + kContextBytes);
  return text.substr(at, end <= at || end == std::string_view::npos ? 0 : end - at);
}

std::string InContext(const pb::Article& article, const pb::Quote& quote, const Look& look) {
  const std::string_view text = FieldOf(article, quote.field());
  const std::size_t begin = static_cast<std::size_t>(std::max(quote.begin(), 0));
  const std::size_t end = static_cast<std::size_t>(std::max(quote.end(), 0));
  if (begin > end || end > text.size()) return look.Mark(SafeText(quote.text()));
  const std::string_view before = Before(text, begin);
  const std::string_view after = After(text, end);
  return absl::StrCat(before.size() < begin ? "…" : "", SafeText(before),
                      look.Mark(SafeText(text.substr(begin, end - begin))), SafeText(after),
                      after.size() < text.size() - end ? "…" : "");
}

const pb::Claim* FindClaim(const pb::ExtractClaimsResponse& answer, const std::string& id) {
  for (const pb::Claim& claim : answer.claims()) {
    if (!id.empty() && claim.claim_id() == id) return &claim;
  }
  return nullptr;
}

std::string Labelled(std::string_view label, std::string_view text, const Look& look) {
  std::string head = absl::StrCat("    ", absl::string_view(label.data(), label.size()));
  head.resize(kIndent, ' ');
  return absl::StrCat(look.Paint(Ink::kDim, head), Wrap(text, kIndent, look.columns), "\n");
}

std::string ClaimLine(const pb::Claim& claim, const Look& look) {
  std::string line =
      absl::StrCat(look.Paint(Ink::kGreen, AboutText(claim)), ": ", QuantityText(claim.quantity()));
  if (!claim.subject().empty()) absl::StrAppend(&line, " · ", SafeText(claim.subject()));
  if (!claim.attribution().empty()) {
    absl::StrAppend(&line, " · says ", SafeText(claim.attribution()));
  }
  if (!claim.time_scope().text().empty()) {
    absl::StrAppend(&line, " · ", SafeText(claim.time_scope().text()));
  }
  return absl::StrCat(line, look.Paint(Ink::kDim, absl::StrCat(" · ", claim.claim_id())));
}

std::string PhraseText(const pb::Article& article, const pb::ExtractClaimsResponse& answer,
                       const pb::NumberPhrase& phrase, const Look& look) {
  const std::string kind =
      absl::AsciiStrToLower(EnumText(pb::NumberPhrase::Kind_Name(phrase.kind()), "KIND_"));
  std::string reading = kind;
  if (phrase.has_quantity()) absl::StrAppend(&reading, ": ", QuantityText(phrase.quantity()));
  std::string text =
      absl::StrCat("  ", Wrap(InContext(article, phrase.quote(), look), 2, look.columns), "\n");
  text += Labelled("read", reading, look);
  const pb::Claim* claim = FindClaim(answer, phrase.claim_id());
  text += Labelled("claim", claim == nullptr ? "none" : ClaimLine(*claim, look), look);
  if (!phrase.reason().empty()) text += Labelled("why", SafeText(phrase.reason()), look);
  return text;
}

}  // namespace

std::string ExtractText(const pb::Article& article, const pb::ExtractClaimsResponse& answer,
                        const Look& look) {
  std::string heading =
      absl::StrCat(article.article_id().empty() ? "text" : SafeText(article.article_id()), ": ",
                   CountText(answer.claims_size(), "claim", "claims"), " in ",
                   CountText(answer.quantities_size(), "number phrase", "number phrases"));
  if (answer.reading() == pb::READING_LANGUAGE_NOT_READ) {
    absl::StrAppend(&heading, "; not in a language that is read");
  }
  if (answer.claims_truncated()) absl::StrAppend(&heading, "; the text holds more than are read");
  std::string text = look.Paint(Ink::kBold, heading) + "\n";
  for (const pb::NumberPhrase& phrase : answer.quantities()) {
    text += PhraseText(article, answer, phrase, look);
  }
  return text;
}

}  // namespace claimwatch::cli
