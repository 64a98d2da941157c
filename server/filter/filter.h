// Filter: an expression such as "measure = killed AND change_ratio >= 0.2", compiled.
//
// The subset of AIP-160 that is described in proto/README.md. Compile() checks everything there is
// to check against a schema, so that Matches() cannot fail: a comparison with a value that a record
// does not have is not met, and != is always the opposite of =. Immutable, thread-safe; the schema
// outlives it. Tested by tests/filter/parser_test.cc and tests/filter/filter_test.cc.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "server/filter/schema.h"

namespace claimwatch {

// What is wrong with an expression, where, and what could stand there.
struct FilterProblem {
  std::size_t position = 0;  // Byte offset.
  std::string message;       // "\"severty\" is no field of an alert event"
  std::vector<std::string> possible = {};
};
// In one line: "at byte 4: ...; possible here: =, !=".
std::string ToString(const FilterProblem& problem);

enum class Comparator : std::uint8_t {
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kHas,
};

// A node of the tree; children stand before their parents.
struct FilterNode {
  enum class Kind : std::uint8_t { kAll, kAnd, kOr, kNot, kCompare, kPresent, kCall };
  Kind kind = Kind::kAll;
  std::vector<int> children = {};  // kAnd, kOr: two or more; kNot: one

  int field = -1;  // kCompare, kPresent; kCall: the function
  Comparator comparator = Comparator::kEqual;
  // The argument, as the field's type wants it.
  std::string text = {};
  bool pattern = false;
  double number = 0;
  std::int64_t integer = 0;
  absl::Time time = absl::InfinitePast();
  std::vector<double> arguments = {};  // kCall
};

class Filter {
 public:
  // Null and `problem` is set when the text is no filter. Empty text lets everything through.
  static std::shared_ptr<const Filter> Compile(std::string_view text, const Schema& schema,
                                               FilterProblem& problem);

  bool Matches(const FieldSource& record) const { return Holds(root_, record); }

  // The tree in one form for all spellings of it: "(and (= measure killed) (> severity low))".
  // Equal for equal filters.
  const std::string& canonical() const { return canonical_; }
  bool lets_all_through() const { return nodes_[root_].kind == FilterNode::Kind::kAll; }

 private:
  Filter(const Schema& schema, std::vector<FilterNode> nodes);

  bool Holds(int index, const FieldSource& record) const;
  bool HoldsComparison(const FilterNode& node, const FieldSource& record) const;
  void Dump(int index, std::string& out) const;

  const Schema& schema_;
  const std::vector<FilterNode> nodes_;
  const int root_;
  std::string canonical_;
};

}  // namespace claimwatch
