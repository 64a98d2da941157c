#include "server/claims/catalogue.h"

#include <utility>

#include "server/base/check.h"
#include "server/claims/catalogue_builder.h"
#include "server/claims/embedded_data.h"

namespace claimwatch {

struct Catalogue::Impl {
  CatalogueParts parts;
};

Catalogue::Catalogue(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Catalogue::~Catalogue() = default;

absl::StatusOr<std::unique_ptr<const Catalogue>> Catalogue::Load(std::string_view extra) {
  CatalogueBuilder builder;
  for (const std::string_view data :
       {kDataMeasures, kDataVerbs, kDataPhrases, kDataNouns, kDataGroups, kDataThings, kDataCues}) {
    const absl::Status status = builder.AddLines(data);
    if (!status.ok()) return status;
  }
  const absl::Status status = builder.AddLines(extra);
  if (!status.ok()) return status;
  auto impl = std::make_unique<Impl>();
  impl->parts = std::move(builder).Build();
  return std::unique_ptr<const Catalogue>(new Catalogue(std::move(impl)));
}

const Lexicon& Catalogue::lexicon() const { return *impl_->parts.lexicon; }

const Measure& Catalogue::Get(MeasureId id) const {
  const auto index = static_cast<std::size_t>(id);
  CW_CHECK(index < impl_->parts.measures.size());
  return impl_->parts.measures[index];
}

const Measure* Catalogue::Find(std::string_view name) const {
  for (const Measure& measure : impl_->parts.measures) {
    if (!measure.name.empty() && measure.name == name) return &measure;
  }
  return nullptr;
}

const Senses& CatalogueAccess::Get(const Catalogue& catalogue) {
  return catalogue.impl_->parts.senses;
}

}  // namespace claimwatch
