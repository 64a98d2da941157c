#include "tests/bench/suite/report.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <stdio.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/bench/suite/process_meter.h"

namespace claimwatch {
namespace {

// Three significant digits are more than these machines can hold.
std::string Rounded(double value) {
  return value >= 1000 ? absl::StrFormat("%.0f", value) : absl::StrFormat("%.3g", value);
}

}  // namespace

void Report::Add(BenchFigure figure) {
  std::string wanted;
  if (figure.wanted != 0) {
    wanted = absl::StrCat(figure.at_least ? ">= " : "<= ", Rounded(figure.wanted),
                          figure.Met() ? "" : "   MISSED");
  }
  absl::PrintF("%-26s %10s %-8s %-20s %s\n", figure.name, Rounded(figure.value), figure.unit,
               wanted, figure.what);
  fflush(stdout);
  figures_.push_back(std::move(figure));
}

void Report::AddMedian(BenchFigure figure, std::vector<double> values) {
  figure.value = Median(std::move(values));
  Add(std::move(figure));
}

absl::Status Report::WriteJson(const std::string& path) const {
  google::protobuf::Struct all;
  for (const BenchFigure& figure : figures_) {
    auto& fields = *(*all.mutable_fields())[figure.name].mutable_struct_value()->mutable_fields();
    fields["value"].set_number_value(figure.value);
    fields["unit"].set_string_value(figure.unit);
    fields["what"].set_string_value(figure.what);
    if (figure.wanted != 0) {
      fields[figure.at_least ? "atLeast" : "atMost"].set_number_value(figure.wanted);
      fields["met"].set_bool_value(figure.Met());
    }
  }
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(all, &json, options).ok()) {
    return absl::InternalError("the figures cannot be written as JSON");
  }
  std::ofstream file(path);
  file << json;
  file.close();
  if (!file) return absl::UnavailableError(absl::StrCat("cannot write ", path));
  return absl::OkStatus();
}

}  // namespace claimwatch
