#include "client/cli/selector_flags.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace claimwatch::cli {

namespace pb = ::claimwatch::v1;

std::vector<std::string> EnumWords(const google::protobuf::EnumDescriptor& descriptor,
                                   std::string_view prefix) {
  std::vector<std::string> words;
  for (int i = 0; i < descriptor.value_count(); ++i) {
    const std::string& name = descriptor.value(i)->name();
    if (descriptor.value(i)->number() == 0 || !name.starts_with(prefix)) continue;
    words.push_back(absl::AsciiStrToLower(name.substr(prefix.size())));
  }
  return words;
}

absl::StatusOr<int> ParseEnum(const google::protobuf::EnumDescriptor& descriptor,
                              std::string_view prefix, std::string_view flag,
                              const std::string& word) {
  const absl::string_view head(prefix.data(), prefix.size());
  const auto* value = descriptor.FindValueByName(absl::StrCat(head, absl::AsciiStrToUpper(word)));
  if (value == nullptr || value->number() == 0) {
    return absl::InvalidArgumentError(
        absl::StrCat(absl::string_view(flag.data(), flag.size()), "=", word, ": want one of ",
                     absl::StrJoin(EnumWords(descriptor, prefix), ", ")));
  }
  return value->number();
}

void SelectorFlags::AddTo(CLI::App& command) {
  constexpr char kGroup[] = "Only alerts that meet all of these (lists: a,b,c)";
  command
      .add_option(
          "--filter", filter_,
          "That this expression lets through: \"measure = killed AND change_ratio >= 0.2\"; "
          "the language is in proto/README.md")
      ->group(kGroup)
      ->type_name("FILTER");
  command.add_option("--story", story_, "Of this story, such as s7")
      ->group(kGroup)
      ->type_name("ID");
  command.add_option("--figure", figure_, "Of this figure, such as f3")
      ->group(kGroup)
      ->type_name("ID");
  command.add_option("--measure", measures_, "Of one of these measures: killed,injured")
      ->group(kGroup)
      ->type_name("MEASURES")
      ->delimiter(',')
      ->allow_extra_args(false);
  command.add_option("--kind", kinds_, "Of one of these kinds: conflict,raised")
      ->group(kGroup)
      ->type_name("KINDS")
      ->delimiter(',')
      ->allow_extra_args(false);
  command
      .add_option("--min_severity", min_severity_,
                  "This grave or graver: low, medium, high, critical")
      ->group(kGroup)
      ->type_name("SEVERITY");
  command.add_option("--source", sources_, "Where one of these publishers says the new figure")
      ->group(kGroup)
      ->type_name("NAMES")
      ->delimiter(',')
      ->allow_extra_args(false);
}

absl::StatusOr<pb::AlertSelector> SelectorFlags::Read() const {
  pb::AlertSelector selector;
  selector.set_story_id(story_);
  selector.set_figure_id(figure_);
  for (const std::string& measure : measures_) selector.add_measures(measure);
  for (const std::string& source : sources_) selector.add_sources(source);
  for (const std::string& word : kinds_) {
    const auto kind = ParseEnum(*pb::Alert::Kind_descriptor(), "KIND_", "--kind", word);
    if (!kind.ok()) return kind.status();
    selector.add_kinds(static_cast<pb::Alert::Kind>(*kind));
  }
  if (!min_severity_.empty()) {
    const auto severity =
        ParseEnum(*pb::Alert::Severity_descriptor(), "SEVERITY_", "--min_severity", min_severity_);
    if (!severity.ok()) return severity.status();
    selector.set_min_severity(static_cast<pb::Alert::Severity>(*severity));
  }
  return selector;
}

}  // namespace claimwatch::cli
