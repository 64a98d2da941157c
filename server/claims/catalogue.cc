#include "server/claims/catalogue.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "server/base/check.h"
#include "server/claims/catalogue_builder.h"
#include "server/claims/catalogue_examples.h"
#include "server/claims/embedded_data.h"

namespace claimwatch {

struct Catalogue::Impl {
  CatalogueParts parts;
};

namespace {

// "extra.tsv:3: what is wrong", as editors find it.
absl::Status InFile(std::string_view file, absl::string_view message) {
  const absl::string_view name(file.data(), file.size());
  const bool placed = absl::ConsumePrefix(&message, "line ");
  const absl::string_view joint = file.empty() ? "line " : placed ? ":" : ": ";
  return absl::InvalidArgumentError(absl::StrCat(name, joint, message));
}

}  // namespace

Catalogue::Catalogue(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Catalogue::~Catalogue() = default;

absl::StatusOr<std::unique_ptr<const Catalogue>> Catalogue::Load(std::string_view extra,
                                                                 std::string_view file) {
  CatalogueBuilder builder;
  for (const std::string_view data :
       {kDataMeasures, kDataVerbs, kDataPhrases, kDataNouns, kDataGroups, kDataThings, kDataCues,
        kDataConditions, kDataLists}) {
    const absl::Status status = builder.AddLines(data);
    if (!status.ok()) return status;
  }
  const absl::Status status = builder.AddLines(extra);
  if (!status.ok()) return InFile(file, status.message());
  auto impl = std::make_unique<Impl>();
  impl->parts = std::move(builder).Build();
  std::unique_ptr<const Catalogue> catalogue(new Catalogue(std::move(impl)));
  // An operator learns at once, not from an alert that never came, that a line does nothing.
  const absl::StatusOr<std::vector<CatalogueLine>> lines = ReadCatalogueLines(extra);
  if (!lines.ok()) return lines.status();
  for (const CatalogueLine& line : *lines) {
    const std::string wrong = WrongExample(line, *catalogue);
    if (!wrong.empty()) return InFile(file, absl::StrCat("line ", line.number, ": ", wrong));
  }
  return catalogue;
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

std::unique_ptr<const Catalogue> CatalogueAccess::Make(CatalogueParts parts) {
  auto impl = std::make_unique<Catalogue::Impl>();
  impl->parts = std::move(parts);
  return std::unique_ptr<const Catalogue>(new Catalogue(std::move(impl)));
}

const Senses& CatalogueAccess::Get(const Catalogue& catalogue) {
  return catalogue.impl_->parts.senses;
}

}  // namespace claimwatch
