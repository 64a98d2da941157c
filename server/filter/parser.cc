#include "server/filter/parser.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "server/filter/argument.h"
#include "server/filter/lexer.h"
#include "server/filter/limits.h"

namespace claimwatch {
namespace {

constexpr int kFailed = -1;

bool IsKeyword(const FilterToken& token, std::string_view word) {
  return token.kind == FilterTokenKind::kWord && token.text == word;
}

class Parser {
 public:
  Parser(std::string_view text, const Schema& schema, std::vector<FilterNode>& nodes,
         FilterProblem& problem)
      : schema_(schema), tokens_(Tokenise(text)), nodes_(nodes), problem_(problem) {}

  bool Run() {
    if (Peek().kind == FilterTokenKind::kEnd) {
      nodes_.emplace_back();
      return true;
    }
    const int root = Conjunction();
    if (root == kFailed) return false;
    if (Peek().kind == FilterTokenKind::kEnd) return true;
    Fail(Peek(), Found(Peek()) + " closes nothing", {"AND", "OR"});
    return false;
  }

 private:
  const FilterToken& Peek() const { return tokens_[at_]; }
  const FilterToken& Take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }

  static std::string Found(const FilterToken& token) {
    switch (token.kind) {
      case FilterTokenKind::kEnd:
        return "the end";
      case FilterTokenKind::kUnclosed:
        return "a quote that is not closed";
      default:
        return Quoted(token.text);
    }
  }

  int Fail(const FilterToken& token, std::string message, std::vector<std::string> possible = {}) {
    problem_ = {token.position, std::move(message), std::move(possible)};
    return kFailed;
  }

  int Keep(FilterNode node) {
    nodes_.push_back(std::move(node));
    return static_cast<int>(nodes_.size()) - 1;
  }

  // One child is itself; more are joined.
  int Join(FilterNode::Kind kind, std::vector<int> children) {
    if (children.size() == 1) return children[0];
    FilterNode node;
    node.kind = kind;
    node.children = std::move(children);
    return Keep(std::move(node));
  }

  bool EndsConjunction() const {
    return Peek().kind == FilterTokenKind::kEnd || Peek().kind == FilterTokenKind::kClose;
  }

  int Conjunction() {
    std::vector<int> children;
    do {
      const int child = Disjunction();
      if (child == kFailed) return kFailed;
      children.push_back(child);
      if (IsKeyword(Peek(), "AND")) {
        Take();
        if (EndsConjunction()) return Fail(Peek(), "AND wants something after it", Openers());
      }
    } while (!EndsConjunction());
    return Join(FilterNode::Kind::kAnd, std::move(children));
  }

  int Disjunction() {
    std::vector<int> children;
    for (;;) {
      const int child = Term();
      if (child == kFailed) return kFailed;
      children.push_back(child);
      if (!IsKeyword(Peek(), "OR")) break;
      Take();
    }
    return Join(FilterNode::Kind::kOr, std::move(children));
  }

  int Term() {
    const bool negated = IsKeyword(Peek(), "NOT") || Peek().kind == FilterTokenKind::kMinus;
    if (negated) Take();
    const int inner = Simple();
    if (inner == kFailed || !negated) return inner;
    FilterNode node;
    node.kind = FilterNode::Kind::kNot;
    node.children = {inner};
    return Keep(std::move(node));
  }

  int Simple() {
    if (Peek().kind != FilterTokenKind::kOpen) return Restriction();
    const FilterToken open = Take();
    if (++depth_ > kFilterDepthMax) {
      return Fail(open, absl::StrCat("more than ", kFilterDepthMax, " parentheses deep"));
    }
    if (Peek().kind == FilterTokenKind::kClose)
      return Fail(Peek(), "nothing in parentheses", Openers());
    const int inner = Conjunction();
    if (inner == kFailed) return kFailed;
    if (Peek().kind != FilterTokenKind::kClose) {
      return Fail(Peek(), absl::StrCat("the parenthesis of byte ", open.position, " is not closed"),
                  {")", "AND", "OR"});
    }
    Take();
    --depth_;
    return inner;
  }

  int Restriction() {
    const FilterToken name = Take();
    if (++terms_ > kFilterTermsMax) {
      return Fail(name, absl::StrCat("more than ", kFilterTermsMax, " comparisons"));
    }
    if (name.kind == FilterTokenKind::kString) return BareWord(name);
    if (name.kind != FilterTokenKind::kWord || IsKeyword(name, "AND") || IsKeyword(name, "OR") ||
        IsKeyword(name, "NOT")) {
      return Fail(name, absl::StrCat("a comparison is wanted, not ", Found(name)), Openers());
    }
    if (Peek().kind == FilterTokenKind::kOpen) return Call(name);
    const int field = FindField(schema_, name.text);
    if (Peek().kind != FilterTokenKind::kComparator) {
      if (field >= 0) {
        return Fail(Peek(), absl::StrCat(name.text, " wants a comparison"),
                    ComparatorsOf(schema_.fields[field].type));
      }
      return BareWord(name);
    }
    if (field < 0) {
      return Fail(name, absl::StrCat(Quoted(name.text), " is no field of ", View(schema_.record)),
                  NamesOf(schema_));
    }
    return Comparison(field, name);
  }

  int BareWord(const FilterToken& word) {
    if (schema_.text_field < 0) {
      return Fail(word, absl::StrCat(Quoted(word.text), " stands alone; name a field"),
                  NamesOf(schema_));
    }
    FilterNode node;
    node.kind = FilterNode::Kind::kCompare;
    node.field = schema_.text_field;
    node.comparator = Comparator::kHas;
    node.text = word.text;
    node.pattern = word.wildcard;
    return Keep(std::move(node));
  }

  int Comparison(int field, const FilterToken& name) {
    const FieldSpec& spec = schema_.fields[field];
    const FilterToken sign = Take();
    const std::optional<Comparator> comparator = ReadComparator(sign.text, spec.type);
    if (!comparator.has_value()) {
      return Fail(sign, absl::StrCat(name.text, " cannot be compared by ", Quoted(sign.text)),
                  ComparatorsOf(spec.type));
    }
    FilterNode node;
    node.kind = FilterNode::Kind::kCompare;
    node.field = field;
    node.comparator = *comparator;
    const bool negative = Peek().kind == FilterTokenKind::kMinus;
    const FilterToken minus = negative ? Take() : FilterToken();
    FilterToken argument = Take();
    if (argument.kind != FilterTokenKind::kWord && argument.kind != FilterTokenKind::kString) {
      return Fail(argument, absl::StrCat(name.text, " is compared with nothing: ", Found(argument)),
                  WantedOf(spec));
    }
    if (negative) {
      argument.text = absl::StrCat("-", argument.text);
      argument.position = minus.position;
    }
    if (argument.text == "*" && argument.kind == FilterTokenKind::kWord &&
        *comparator == Comparator::kHas) {
      node.kind = FilterNode::Kind::kPresent;
      return Keep(std::move(node));
    }
    if (const std::string wrong = ReadArgument(argument, spec, node); !wrong.empty()) {
      return Fail(argument, absl::StrCat(name.text, " ", wrong), WantedOf(spec));
    }
    return Keep(std::move(node));
  }

  int Call(const FilterToken& name) {
    const int function = FindFunction(schema_, name.text);
    if (function < 0) {
      return Fail(name,
                  absl::StrCat(Quoted(name.text), " is no function of ", View(schema_.record)),
                  NamesOf(schema_));
    }
    const FunctionSpec& spec = schema_.functions[function];
    FilterNode node;
    node.kind = FilterNode::Kind::kCall;
    node.field = function;
    if (!Arguments(node.arguments)) return kFailed;
    const int count = static_cast<int>(node.arguments.size());
    if (count < spec.arguments_min || count > spec.arguments_max) {
      return Fail(name, absl::StrCat(name.text, "() takes ", spec.arguments_min, " to ",
                                     spec.arguments_max, " numbers, not ", count));
    }
    if (count == 2 && (node.arguments[1] - node.arguments[0]) * spec.second_side < 0) {
      return Fail(name, absl::StrCat(name.text, "(): the second number must not be ",
                                     spec.second_side < 0 ? "greater" : "less", " than the first"));
    }
    return Keep(std::move(node));
  }

  bool Arguments(std::vector<double>& arguments) {
    Take();  // The parenthesis.
    for (;;) {
      const bool negative = Peek().kind == FilterTokenKind::kMinus;
      if (negative) Take();
      const FilterToken argument = Take();
      double number = 0;
      if (argument.kind != FilterTokenKind::kWord || !ReadFinite(argument.text, number)) {
        Fail(argument, absl::StrCat("a number is wanted, not ", Found(argument)));
        return false;
      }
      arguments.push_back(negative ? -number : number);
      const FilterToken next = Take();
      if (next.kind == FilterTokenKind::kClose) return true;
      if (next.kind != FilterTokenKind::kComma) {
        Fail(next, absl::StrCat("after an argument, not ", Found(next)), {",", ")"});
        return false;
      }
    }
  }

  std::vector<std::string> Openers() const {
    std::vector<std::string> possible = NamesOf(schema_);
    possible.insert(possible.end(), {"NOT", "("});
    return possible;
  }

  static std::string View(std::string_view text) { return std::string(text); }

  const Schema& schema_;
  const std::vector<FilterToken> tokens_;
  std::vector<FilterNode>& nodes_;
  FilterProblem& problem_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int terms_ = 0;
};

}  // namespace

bool ParseFilter(std::string_view text, const Schema& schema, std::vector<FilterNode>& nodes,
                 FilterProblem& problem) {
  if (text.size() > kFilterBytesMax) {
    problem = {kFilterBytesMax, absl::StrCat("the expression is ", text.size(),
                                             " bytes; the limit is ", kFilterBytesMax)};
    return false;
  }
  return Parser(text, schema, nodes, problem).Run();
}

}  // namespace claimwatch
