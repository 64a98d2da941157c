// LexiconBuilder: collects words and their forms, then makes a Lexicon.
//
// Starts from the embedded data (or from nothing) and takes what a later stage or the operator
// adds. A word that is added twice has the bits of both; its lemma is the one it was given first.
// WordIds follow the order of adding, so the same calls give the same ids.
// Tested by tests/text/lexicon_test.cc.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "server/text/lexicon.h"

namespace claimwatch {

// Not thread-safe; one owner, used at start.
class LexiconBuilder {
 public:
  // With nothing in it.
  LexiconBuilder() = default;
  // With the embedded data. CHECK-fails on data that does not parse.
  static LexiconBuilder Standard();

  // One form that is its own lemma. Forms are lower-cased; empty ones are ignored.
  LexiconBuilder& Add(std::string_view lemma, std::uint32_t bits);
  // Further forms of a lemma, which is added when it is new; `bits` are the forms'.
  LexiconBuilder& AddForms(std::string_view lemma, const std::vector<std::string>& forms,
                           std::uint32_t bits);
  // A verb with all its forms by rule; past and participle may be given ("rise", "rose", "risen").
  // A trailing '+' doubles the last consonant ("admit+"). `bits` are added to every form.
  LexiconBuilder& AddVerb(std::string_view lemma, std::uint32_t bits = 0,
                          std::string_view past = {}, std::string_view participle = {});
  // A noun with its plural by rule, or the one given; plural "-" says that it has none.
  LexiconBuilder& AddNoun(std::string_view lemma, std::uint32_t bits = 0,
                          std::string_view plural = {});
  // Gives a word its part in number phrases.
  LexiconBuilder& AddRole(std::string_view form, Role role, int value, std::uint32_t bits);

  // Whether a form has a part in number phrases.
  bool HasRole(std::string_view form) const;

  // Reads lines "tags TAB entry entry ..." (see data/words.tsv). INVALID_ARGUMENT names the line.
  absl::Status AddWordLines(std::string_view tsv);
  // Reads lines "role TAB value TAB tags TAB words" (see data/number_words.tsv).
  absl::Status AddRoleLines(std::string_view tsv);

  std::unique_ptr<const Lexicon> Build() const;

 private:
  struct Entry {
    std::string text;
    std::uint32_t lemma;  // Index into entries_.
    std::uint32_t bits;
    Role role = Role::kNone;
    std::uint16_t value = 0;
  };

  // Index of the entry of `form`, made with `lemma` (its own when kSelf) if it is new.
  std::uint32_t Put(std::string_view form, std::uint32_t lemma, std::uint32_t bits);
  absl::Status AddEntry(std::string_view entry, std::uint32_t bits);

  std::vector<Entry> entries_;
  absl::flat_hash_map<std::string, std::uint32_t> index_;
};

}  // namespace claimwatch
