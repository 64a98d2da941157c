#include "server/text/lexicon_builder.h"

#include "server/base/check.h"
#include "server/text/embedded_data.h"
#include "server/text/inflection.h"
#include "server/text/lexicon_table.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kSelf = ~0u;

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

std::string ThirdPersonOf(std::string_view verb) {
  if (!verb.empty() && verb.back() == 'o') return std::string(verb) + "es";
  return PluralOf(verb);
}

}  // namespace

LexiconBuilder LexiconBuilder::Standard() {
  LexiconBuilder builder;
  const absl::Status words = builder.AddWordLines(kDataWords);
  CW_CHECK(words.ok());
  const absl::Status roles = builder.AddRoleLines(kDataNumberWords);
  CW_CHECK(roles.ok());
  return builder;
}

std::uint32_t LexiconBuilder::Put(std::string_view form, std::uint32_t lemma, std::uint32_t bits) {
  std::string lower = Lower(form.substr(0, kWordBytesMax));  // Longer ones are never looked up.
  const auto [it, fresh] = index_.try_emplace(lower, static_cast<std::uint32_t>(entries_.size()));
  if (fresh) {
    entries_.push_back({std::move(lower), lemma == kSelf ? it->second : lemma, bits});
  } else {
    entries_[it->second].bits |= bits;
  }
  return it->second;
}

LexiconBuilder& LexiconBuilder::Add(std::string_view lemma, std::uint32_t bits) {
  if (!lemma.empty()) Put(lemma, kSelf, bits);
  return *this;
}

LexiconBuilder& LexiconBuilder::AddForms(std::string_view lemma,
                                         const std::vector<std::string>& forms,
                                         std::uint32_t bits) {
  if (lemma.empty()) return *this;
  const std::uint32_t base = Put(lemma, kSelf, 0);
  for (const std::string& form : forms) {
    if (!form.empty()) Put(form, base, bits);
  }
  return *this;
}

LexiconBuilder& LexiconBuilder::AddVerb(std::string_view lemma, std::uint32_t bits,
                                        std::string_view past, std::string_view participle) {
  bool twice = false;
  if (!lemma.empty() && lemma.back() == '+') {
    twice = true;
    lemma.remove_suffix(1);
  }
  if (lemma.empty()) return *this;
  twice = twice || DoublesByRule(lemma);
  const std::uint32_t verb = kVerb | bits;
  const std::uint32_t base = Put(lemma, kSelf, verb);
  Put(ThirdPersonOf(lemma), base, verb | kThirdPerson);
  Put(GerundOf(lemma, twice), base, verb | kGerund);
  const std::string regular = PastOf(lemma, twice);
  if (past.empty()) past = regular;
  if (participle.empty()) participle = past;
  Put(past, base, verb | kPastTense);
  Put(participle, base, verb | kParticiple);
  return *this;
}

LexiconBuilder& LexiconBuilder::AddNoun(std::string_view lemma, std::uint32_t bits,
                                        std::string_view plural) {
  if (lemma.empty()) return *this;
  const std::uint32_t base = Put(lemma, kSelf, kNoun | bits);
  if (plural == "-") return *this;
  Put(plural.empty() ? PluralOf(lemma) : std::string(plural), base, kNoun | kPlural | bits);
  return *this;
}

LexiconBuilder& LexiconBuilder::AddRole(std::string_view form, Role role, int value,
                                        std::uint32_t bits) {
  if (form.empty()) return *this;
  Entry& entry = entries_[Put(form, kSelf, bits)];
  entry.role = role;
  entry.value = static_cast<std::uint16_t>(value);
  return *this;
}

bool LexiconBuilder::HasRole(std::string_view form) const {
  const auto found = index_.find(absl::string_view(form.data(), form.size()));
  return found != index_.end() && entries_[found->second].role != Role::kNone;
}

std::unique_ptr<const Lexicon> LexiconBuilder::Build() const {
  auto impl = std::make_unique<Lexicon::Impl>();
  std::size_t letters = 0;
  for (const Entry& entry : entries_) letters += entry.text.size();
  impl->letters.reserve(letters);
  impl->words.reserve(entries_.size());
  for (const Entry& entry : entries_) {
    const std::size_t begin = impl->letters.size();
    impl->letters += entry.text;  // Never grows beyond what is reserved: views stay valid.
    Word word;
    word.id = static_cast<WordId>(impl->words.size() + 1);
    word.lemma = static_cast<WordId>(entry.lemma + 1);
    word.bits = entry.bits;
    word.role = entry.role;
    word.value = entry.value;
    word.text = std::string_view(impl->letters).substr(begin, entry.text.size());
    impl->words.push_back(word);
  }
  impl->Index();
  return std::unique_ptr<const Lexicon>(new Lexicon(std::move(impl)));
}

}  // namespace claimwatch
