#include "server/rpc/figure_history.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "server/ledger/history.h"
#include "server/rpc/convert.h"
#include "server/rpc/limits.h"

namespace claimwatch {
namespace {

constexpr int kSourcesShownMax = 100;

std::string AlertOf(const std::vector<Alert>& alerts, const KnownClaim& claim) {
  for (const Alert& alert : alerts) {
    if (alert.current.id == claim.id && alert.figure == claim.figure) return ToString(alert.id);
  }
  return {};
}

bool SameValue(const KnownClaim& a, const KnownClaim& b) {
  return a.claim.quantity.low == b.claim.quantity.low &&
         a.claim.quantity.high == b.claim.quantity.high &&
         a.claim.quantity.approximate == b.claim.quantity.approximate &&
         a.claim.unit == b.claim.unit;
}

v1::FigureValue ShowValue(const Figure& figure, const KnownClaim& value) {
  v1::FigureValue out;
  ToProto(value.claim.quantity, value.claim.unit, *out.mutable_quantity());
  std::set<std::string> sources;
  std::set<std::uint32_t> origins;
  absl::Time first = absl::InfiniteFuture(), last = absl::InfinitePast();
  for (const KnownClaim& claim : figure.claims) {
    if (claim.withdrawn || !SameValue(claim, value)) continue;
    sources.insert(claim.source);
    origins.insert(claim.origin);
    first = std::min(first, AsOf(claim));
    last = std::max(last, AsOf(claim));
  }
  out.set_origin_count(static_cast<std::int32_t>(origins.size()));
  out.set_source_count(static_cast<std::int32_t>(sources.size()));
  for (const std::string& source : sources) {
    if (out.sources_size() < kSourcesShownMax) out.add_sources(source);
  }
  *out.mutable_first_as_of_time() = ToProto(first);
  *out.mutable_last_as_of_time() = ToProto(last);
  return out;
}

// The believed value first, then by latest as-of time; claims stand in as-of order.
void ShowValues(const Figure& figure, v1::GetFigureResponse& response) {
  std::vector<const KnownClaim*> values;
  const auto add = [&](const KnownClaim& claim) {
    if (claim.withdrawn) return;
    const bool known = std::any_of(values.begin(), values.end(), [&](const KnownClaim* value) {
      return SameValue(*value, claim);
    });
    if (!known) values.push_back(&claim);
  };
  if (const KnownClaim* believed = Believed(figure)) add(*believed);
  for (auto claim = figure.claims.rbegin(); claim != figure.claims.rend(); ++claim) add(*claim);
  for (const KnownClaim* value : values) *response.add_values() = ShowValue(figure, *value);
}

}  // namespace

absl::Time WithdrawalOf(const KnownClaim& claim, const ClaimStore& store,
                        const std::vector<Alert>& alerts) {
  const auto versions = store.FindVersions({claim.article_id});
  if (versions.ok()) {
    for (const ArticleVersion& version : versions->front()) {
      if (version.sequence <= ArticleOf(claim.id)) continue;
      const absl::StatusOr<ArticleRecord> next = store.ReadArticle(version.sequence);
      if (!next.ok()) break;
      const absl::Time published = next->article.publish_time;
      return published != absl::InfinitePast() ? published : next->sequenced;
    }
  }
  for (const Alert& alert : alerts) {
    const bool taken = std::any_of(alert.previous.begin(), alert.previous.end(),
                                   [&](const KnownClaim& c) { return c.id == claim.id; });
    if (alert.kind == AlertKind::kRetracted && taken) return alert.create_time;
    const bool ours = alert.current.id == claim.id || taken;
    if (ours && alert.state == AlertState::kWithdrawn) return alert.update_time;
  }
  return absl::InfinitePast();
}

void ShowFigure(const Figure& figure, StoryId story, const std::vector<Alert>& alerts,
                const Catalogue& catalogue, v1::GetFigureResponse& response) {
  ToProto(figure, story, absl::InfiniteFuture(), *response.mutable_figure());
  for (const Alert& alert : alerts) {
    if (alert.figure == figure.id && alert.state == AlertState::kOpen) {
      response.mutable_figure()->set_open_alert_id(ToString(alert.id));
    }
  }
  const std::size_t shown = std::min<std::size_t>(figure.claims.size(), kHistoryEntriesMax);
  const std::size_t omitted = figure.claims.size() - shown;
  response.set_omitted_entry_count(static_cast<std::int32_t>(omitted));
  static const Measure kUnknown;
  const Measure* measure = catalogue.Find(figure.key.measure);
  const std::vector<HistoryStep> steps =
      HistoryOf(figure, measure != nullptr ? *measure : kUnknown);
  for (std::size_t i = omitted; i < figure.claims.size(); ++i) {
    const KnownClaim& claim = figure.claims[i];
    const HistoryStep& step = steps[i];
    v1::FigureEntry& entry = *response.add_history();
    ToProto(claim, *entry.mutable_claim());
    *entry.mutable_as_of_time() = ToProto(AsOf(claim));
    ToProto(step.verdict, *entry.mutable_verdict());
    if (step.first) entry.mutable_verdict()->set_reason(v1::Verdict::REASON_FIRST);
    entry.set_alert_id(AlertOf(alerts, claim));
    if (step.believed != nullptr) {
      const Claim& believed = step.believed->claim;
      ToProto(believed.quantity, believed.unit, *entry.mutable_believed());
    }
  }
  ShowValues(figure, response);
}

}  // namespace claimwatch
