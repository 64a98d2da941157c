// Arguments: what stands behind a comparator, read as the field's type wants it.
//
// Internal to filter/. Tested by tests/filter/parser_test.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/filter/filter.h"
#include "server/filter/lexer.h"

namespace claimwatch {

// nullopt: this type is not compared like that.
std::optional<Comparator> ReadComparator(std::string_view sign, FieldType type);
// Those of the type, as they are written.
std::vector<std::string> ComparatorsOf(FieldType type);
// What can stand as an argument: names, or an example.
std::vector<std::string> WantedOf(const FieldSpec& field);

// Finite; no "inf", "nan" or hexadecimal.
bool ReadFinite(std::string_view text, double& number);
// Fills the node. Otherwise what is wrong: "wants a number, not \"many\"".
std::string ReadArgument(const FilterToken& token, const FieldSpec& field, FilterNode& node);

// For a message: in quotes, short, printable.
std::string Quoted(std::string_view text);

}  // namespace claimwatch
