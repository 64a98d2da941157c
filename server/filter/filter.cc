#include "server/filter/filter.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "server/filter/parser.h"

namespace claimwatch {
namespace {

template <typename Value>
bool Compare(const Value& value, Comparator comparator, const Value& wanted) {
  switch (comparator) {
    case Comparator::kEqual:
    case Comparator::kHas:
      return value == wanted;
    case Comparator::kNotEqual:
      return value != wanted;
    case Comparator::kLess:
      return value < wanted;
    case Comparator::kLessEqual:
      return value <= wanted;
    case Comparator::kGreater:
      return value > wanted;
    case Comparator::kGreaterEqual:
      return value >= wanted;
  }
  return false;
}

bool StringMeets(std::string_view value, const FilterNode& node) {
  if (node.comparator != Comparator::kHas) {
    return node.pattern ? MatchesPattern(value, node.text) : EqualsFolded(value, node.text);
  }
  return node.pattern ? MatchesPattern(value, absl::StrCat("*", node.text, "*"))
                      : ContainsFolded(value, node.text);
}

std::string_view Sign(Comparator comparator) {
  static constexpr std::string_view kSigns[] = {"=", "!=", "<", "<=", ">", ">=", ":"};
  return kSigns[static_cast<int>(comparator)];
}

// The argument as it is compared, so that "0.20" and "0.2" dump alike.
std::string Argument(const FilterNode& node, const FieldSpec& field) {
  switch (field.type) {
    case FieldType::kString:
    case FieldType::kText:
      return absl::StrCat(node.pattern ? "~" : "", "\"",
                          absl::CHexEscape(absl::AsciiStrToLower(node.text)), "\"");
    case FieldType::kId:
      return absl::StrCat(std::string(field.id_prefix), node.integer);
    case FieldType::kEnum:
    case FieldType::kOrder:
      return std::string(field.names[static_cast<std::size_t>(node.integer)]);
    case FieldType::kNumber:
      return absl::StrFormat("%.17g", node.number);
    case FieldType::kTime:
      return absl::FormatTime(node.time, absl::UTCTimeZone());
    case FieldType::kBool:
      return node.integer != 0 ? "true" : "false";
  }
  return "";
}

}  // namespace

std::string ToString(const FilterProblem& problem) {
  std::string line = absl::StrCat("at byte ", problem.position, ": ", problem.message);
  if (!problem.possible.empty()) {
    absl::StrAppend(&line, "; possible here: ", absl::StrJoin(problem.possible, ", "));
  }
  return line;
}

std::shared_ptr<const Filter> Filter::Compile(std::string_view text, const Schema& schema,
                                              FilterProblem& problem) {
  std::vector<FilterNode> nodes;
  if (!ParseFilter(text, schema, nodes, problem)) return nullptr;
  return std::shared_ptr<const Filter>(new Filter(schema, std::move(nodes)));
}

Filter::Filter(const Schema& schema, std::vector<FilterNode> nodes)
    : schema_(schema), nodes_(std::move(nodes)), root_(static_cast<int>(nodes_.size()) - 1) {
  Dump(root_, canonical_);
}

bool Filter::Holds(int index, const FieldSource& record) const {
  const FilterNode& node = nodes_[index];
  const auto holds = [&](int child) { return Holds(child, record); };
  switch (node.kind) {
    case FilterNode::Kind::kAll:
      return true;
    case FilterNode::Kind::kAnd:
      return std::all_of(node.children.begin(), node.children.end(), holds);
    case FilterNode::Kind::kOr:
      return std::any_of(node.children.begin(), node.children.end(), holds);
    case FilterNode::Kind::kNot:
      return !Holds(node.children[0], record);
    case FilterNode::Kind::kCall:
      return record.Call(node.field, node.arguments);
    case FilterNode::Kind::kPresent:
    case FilterNode::Kind::kCompare:
      return HoldsComparison(node, record);
  }
  return false;
}

bool Filter::HoldsComparison(const FilterNode& node, const FieldSource& record) const {
  FieldValue value;
  record.Get(node.field, value);
  if (node.kind == FilterNode::Kind::kPresent) return value.present;
  if (!value.present) return node.comparator == Comparator::kNotEqual;
  switch (schema_.fields[node.field].type) {
    case FieldType::kString:
    case FieldType::kText: {
      const bool met = std::any_of(value.strings.begin(), value.strings.end(),
                                   [&](std::string_view text) { return StringMeets(text, node); });
      return met != (node.comparator == Comparator::kNotEqual);
    }
    case FieldType::kNumber:
      return Compare(value.number, node.comparator, node.number);
    case FieldType::kTime:
      return Compare(value.time, node.comparator, node.time);
    default:
      return Compare(value.integer, node.comparator, node.integer);
  }
}

void Filter::Dump(int index, std::string& out) const {
  const FilterNode& node = nodes_[index];
  static constexpr std::string_view kWords[] = {"all", "and", "or", "not"};
  switch (node.kind) {
    case FilterNode::Kind::kCompare: {
      const FieldSpec& field = schema_.fields[node.field];
      absl::StrAppend(&out, "(", std::string(Sign(node.comparator)), " ", std::string(field.name),
                      " ", Argument(node, field), ")");
      return;
    }
    case FilterNode::Kind::kPresent:
      absl::StrAppend(&out, "(: ", std::string(schema_.fields[node.field].name), " *)");
      return;
    case FilterNode::Kind::kCall:
      absl::StrAppend(&out, "(", std::string(schema_.functions[node.field].name));
      for (const double argument : node.arguments) absl::StrAppendFormat(&out, " %.17g", argument);
      out.push_back(')');
      return;
    default:
      break;
  }
  absl::StrAppend(&out, "(", std::string(kWords[static_cast<int>(node.kind)]));
  for (const int child : node.children) {
    out.push_back(' ');
    Dump(child, out);
  }
  out.push_back(')');
}

}  // namespace claimwatch
