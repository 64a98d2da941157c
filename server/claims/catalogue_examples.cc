#include "server/claims/catalogue_examples.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "server/claims/reader.h"
#include "server/text/inflection.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }

// One entry of a line, as its example holds it.
struct Entry {
  std::string word;      // For {}.
  std::string singular;  // What the claim is counted in.
};

Entry EntryOf(const CatalogueLine& line, std::string_view entry) {
  const bool verb = line.kind == "verb" || (line.kind == "cue" && line.role == "verb");
  if (line.kind == "list" && line.role == "verb") return {PastOf(entry), ""};
  if (line.role == "pair" || line.kind == "condition") {  // "in:the_field"
    return {absl::StrReplaceAll(Absl(entry), {{":", " "}, {"_", " "}}), ""};
  }
  const std::vector<std::string> forms = NounForms(entry);
  if (verb) return {line.role == "subject" ? PastOf(entry) : ParticipleOf(entry), ""};
  const bool plural = line.kind == "group" || line.kind == "thing" ||
                      (line.kind == "list" && (line.role == "noun" || line.role == "person")) ||
                      (line.kind == "noun" && line.role == "counts");
  if (line.kind == "unit") {
    const std::string name = absl::StrReplaceAll(Absl(entry), {{"_", " "}});
    return {PluralOf(name), name};
  }
  if (line.kind == "number") return {std::string(entry), ""};
  return {plural ? forms.back() : forms.front(), forms.front()};
}

std::string Fill(absl::string_view example, const std::string& word) {
  std::string capital = word;
  if (!capital.empty()) capital[0] = absl::ascii_toupper(static_cast<unsigned char>(capital[0]));
  std::string text = absl::StrReplaceAll(example, {{"{}", word}, {"{^}", capital}});
  return word[0] == '\'' ? absl::StrReplaceAll(text, {{" '", "'"}}) : text;  // "they've"
}

class Checker {
 public:
  Checker(const CatalogueLine& line, const Catalogue& catalogue)
      : line_(line), catalogue_(catalogue) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(Absl(line.example), absl::MaxSplits(" => ", 1));
    sentence_ = parts.first;
    expected_ = parts.second;
  }

  std::string Check() const {
    if (line_.kind == "measure" || line_.kind == "phrase") return CheckEntry({});
    for (const std::string_view entry : WordsOf(line_)) {
      std::string wrong = CheckEntry(EntryOf(line_, entry));
      if (!wrong.empty()) return wrong;
    }
    return "";
  }

 private:
  std::string CheckEntry(const Entry& entry) const {
    Article article;
    article.language = "en";
    const std::string text = Fill(sentence_, entry.word.empty() ? " " : entry.word);
    const bool headline = absl::StartsWith(text, "> ");
    (headline ? article.title : article.body) = headline ? text.substr(2) : text;
    article.publish_time = absl::FromUnixSeconds(1709287200);
    const ReadArticle read = ReadClaims(article, catalogue_);
    if (AsTheKindSays(entry, read) && AsExpected(read)) return "";
    std::string wrong =
        absl::StrCat("the example is not read as its line says: \"", text, "\" is read as");
    if (read.claims.empty()) wrong += " no claim";
    for (const Claim& claim : read.claims) {
      absl::StrAppend(&wrong, " [", Dump(claim, catalogue_), "]");
    }
    return absl::StrCat(wrong, "; mend the sentence or the words");
  }

  bool AsTheKindSays(const Entry& entry, const ReadArticle& read) const {
    if (line_.kind == "cue") return expected_ == "-" || !read.claims.empty();
    if (line_.kind == "list" || line_.kind == "calendar") return !expected_.empty();
    if (line_.kind == "unit" || line_.kind == "number") return HasNumber(read);
    if (line_.kind == "word") return HasWord(entry, read);
    if (line_.kind == "thing" && line_.key == "other") return !CountsPeople(read);
    if (line_.key == "duration") return !read.numbers.empty();  // Kept apart from claims.
    for (const Claim& claim : read.claims) {
      if (line_.kind == "group") {
        if (claim.population == line_.key && claim.unit == "people") return true;
      } else if (line_.kind == "thing") {
        if (claim.unit == entry.singular && claim.population.empty()) return true;
      } else if (catalogue_.Get(claim.measure).name == line_.key) {
        return true;
      }
    }
    return false;
  }

  bool HasNumber(const ReadArticle& read) const {
    for (const ReadNumber& number : read.numbers) {
      const std::string_view symbol = GetUnit(number.number.quantity.unit).symbol;
      if (line_.kind == "number" || symbol == line_.key) return true;
    }
    return false;
  }

  bool HasWord(const Entry& entry, const ReadArticle& read) const {
    for (const Token& token : read.body.tokens) {
      const std::string_view surface = read.body.Surface(token);
      if (token.word != nullptr && absl::EqualsIgnoreCase(Absl(surface), entry.word)) return true;
    }
    return false;
  }

  bool CountsPeople(const ReadArticle& read) const {
    for (const Claim& claim : read.claims) {
      if (claim.unit == "people" && catalogue_.Get(claim.measure).name == "count") return true;
    }
    return false;
  }

  bool AsExpected(const ReadArticle& read) const {
    if (expected_ == "-") return read.claims.empty();
    if (expected_.empty()) return true;
    for (const Claim& claim : read.claims) {
      const std::string dump = absl::StrCat(" ", Dump(claim, catalogue_), " ");
      bool all = true;
      for (const absl::string_view word : absl::StrSplit(expected_, ' ')) {
        const bool absent = absl::StartsWith(word, "!");
        const absl::string_view plain = absent ? word.substr(1) : word;
        all = all && absl::StrContains(dump, absl::StrCat(" ", plain, " ")) != absent;
      }
      if (all) return true;
    }
    return false;
  }

  const CatalogueLine& line_;
  const Catalogue& catalogue_;
  absl::string_view sentence_, expected_;
};

}  // namespace

std::string WrongExample(const CatalogueLine& line, const Catalogue& catalogue) {
  return Checker(line, catalogue).Check();
}

}  // namespace claimwatch
