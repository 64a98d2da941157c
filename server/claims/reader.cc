#include "server/claims/reader.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/claims/assemble.h"
#include "server/claims/background.h"
#include "server/claims/draft.h"
#include "server/claims/language.h"
#include "server/claims/named_whole.h"
#include "server/claims/passage.h"
#include "server/claims/scope.h"
#include "server/claims/senses.h"
#include "server/claims/sentence_scope.h"
#include "server/claims/setting.h"
#include "server/claims/settle.h"
#include "server/claims/status.h"
#include "server/claims/whole.h"

namespace claimwatch {
namespace {

class FieldReader {
 public:
  FieldReader(const Document& doc, const Catalogue& catalogue, const Background& background,
              std::vector<ClaimTrait>* traits, ReadArticle* out)
      : doc_(doc),
        catalogue_(catalogue),
        senses_(CatalogueAccess::Get(catalogue)),
        background_(background),
        traits_(*traits),
        out_(*out) {}

  void Read() {
    const std::vector<Number> numbers = FindNumbers(doc_, catalogue_.lexicon());
    const std::vector<std::uint32_t> at = ByToken(numbers);
    std::uint32_t next = 0;
    for (std::uint32_t s = 0; s < doc_.sentences.size() && next < numbers.size(); ++s) {
      const Sentence& sentence = doc_.sentences[s];
      Passage passage{doc_, senses_, numbers,       at, sentence.first, sentence.end,
                      next, next,    sentence.first};
      while (next < numbers.size() && numbers[next].first < sentence.end) ++next;
      passage.end_number = next;
      if (passage.first_number == next) {
        drafts_.clear();
        ReadScopes(passage, background_, &local_, &drafts_);
        if (++idle_ > 1) antecedent_ = {};
        continue;
      }
      idle_ = 0;
      passage.opening = FindOpening(passage);
      passage.shouted = IsShouted(passage);
      ReadSentence(passage);
    }
  }

 private:
  // Passage::numbers_at.
  std::vector<std::uint32_t> ByToken(const std::vector<Number>& numbers) const {
    std::vector<std::uint32_t> at(doc_.tokens.size());
    for (std::uint32_t k = 0; k < numbers.size(); ++k) {
      for (std::uint32_t i = numbers[k].first; i < numbers[k].end; ++i) {
        if (at[i] == 0) at[i] = k + 1;
      }
    }
    return at;
  }

  void ReadSentence(const Passage& passage) {
    antecedent_.toll = toll_;
    ReadMeasures(passage, antecedent_, &drafts_);
    ReadNamedWhole(passage, &drafts_);
    ReadSetting(passage, background_, &drafts_);
    ReadScopes(passage, background_, &local_, &drafts_);
    ReadStatuses(passage, background_, &carried_, &drafts_);
    antecedent_ = {};
    times_read_ = false;
    for (Draft& draft : drafts_) {
      if (draft.measure == senses_.known.count) Recall(passage, &draft);
      if (draft.np.elided() && draft.claim() && draft.source < 0) RecallElided(passage, &draft);
      if (draft.measure == senses_.known.casualties && AreTheDead(passage, draft)) {
        draft.measure = senses_.known.killed;
      }
      if (draft.scope == Scope::kIncrement && IsFirst(passage, draft)) draft.scope = Scope::kTotal;
      Keep(passage, draft);
    }
  }

  // "killed six and left hundreds more injured", "another 61 are missing": more than the dead, but
  // all of the injured, all of the missing.
  bool IsFirst(const Passage& passage, const Draft& draft) const {
    const bool more = passage.RoleOf(draft.number->end) == Role::kMore ||
                      passage.RoleOf(draft.number->end - 1) == Role::kMore ||
                      passage.RoleOf(draft.number->first) == Role::kAnother ||
                      passage.RoleOf(draft.number->first - 1) == Role::kAnother ||
                      passage.RoleOf(draft.number->first + 1) == Role::kAdditional;
    if (!more || out_.claims.empty() || !senses_.CountsPeople(draft.measure)) return false;
    bool harm = false;
    for (const Claim& claim : out_.claims) {
      const bool again = claim.quantity == ClosedOnIntegers(*draft.number);
      if (claim.measure == draft.measure && !again) return false;
      harm =
          harm || claim.measure == senses_.known.killed || claim.measure == senses_.known.injured;
    }
    return harm &&
           (draft.measure == senses_.known.injured || draft.measure == senses_.known.killed ||
            draft.measure == senses_.known.missing || draft.measure == senses_.known.trapped ||
            draft.measure == senses_.known.hospitalised ||
            draft.measure == senses_.known.affected || draft.measure == senses_.known.displaced);
  }

  // "Seven of the victims were Danes", after the dead were told: of them.
  bool AreTheDead(const Passage& passage, const Draft& draft) const {
    const NounPhrase& np = draft.np;
    if (np.elided() || np.begin != np.head || passage.Text(np.head) != "victims") return false;
    for (const Claim& claim : out_.claims) {
      if (claim.measure == senses_.known.killed && claim.status == Status::kStated) return true;
    }
    return false;
  }

  // "the 23 pirates": the same figure of the same noun was told before, with its verb.
  void Recall(const Passage& passage, Draft* draft) const {
    const bool partitive = draft->np.partitive;  // "eight of the sailors"
    if (draft->np.elided() || (draft->number->first == passage.first && !partitive)) return;
    const std::uint32_t before = draft->number->first - 1;
    const bool definite = passage.RoleOf(before) == Role::kThe || passage.Text(before) == "these" ||
                          passage.Text(before) == "those" || passage.Text(before) == "all" ||
                          passage.Text(before + 1) == "all";
    if (!definite && !partitive) return;
    for (const Claim& claim : out_.claims) {
      const Quantity& told = claim.quantity;
      const Quantity own = ClosedOnIntegers(*draft->number);
      const bool part = partitive && told.low && own.low && *own.low < *told.low &&
                        senses_.CountsPeople(claim.measure);  // "eight of the sailors"
      if ((!part && told != own) || claim.measure == senses_.known.count) continue;
      const std::uint32_t end = claim.subject.span.end();
      if (claim.field != doc_.field || end == 0) continue;
      const std::string_view head = doc_.Surface(passage.At(draft->np.head));
      if (claim.subject.text.find(head) == std::string::npos) continue;
      draft->measure = claim.measure;
      return;
    }
  }

  // "rescued 367 migrants ... The 367 reached Torl": the same figure, without its noun.
  void RecallElided(const Passage& passage, Draft* draft) {
    if (passage.RoleOf(draft->number->first - 1) != Role::kThe) return;
    for (const Claim& claim : out_.claims) {
      if (claim.field != doc_.field || !senses_.CountsPeople(claim.measure)) continue;
      if (claim.quantity != ClosedOnIntegers(*draft->number)) continue;
      const int whole = static_cast<int>(draft - drafts_.data());
      for (Draft& part : drafts_) {  // ", including 13 children,"
        if (part.container == whole && part.measure == draft->measure) part.measure = claim.measure;
      }
      draft->measure = claim.measure;
      return;
    }
  }

  const std::vector<TimePhrase>& TimesOf(const Passage& passage) {
    if (!times_read_) ReadTimePhrases(passage, background_.published, &times_);
    times_read_ = true;
    return times_;
  }

  void Keep(const Passage& passage, const Draft& draft) {
    ReadNumber read{doc_.field, *draft.number, -1, draft.reason};
    if (draft.claim() && out_.claims.size() < kArticleClaimsMax) {
      read.claim = static_cast<int>(out_.claims.size());
      out_.claims.push_back(Assemble(passage, drafts_, draft, TimesOf(passage), catalogue_));
      traits_.push_back({draft.level, IsRivalCount(passage, draft), OpensClause(passage, draft),
                         background_.outbreak && NamesCountry(passage),
                         draft.np.partitive || draft.container >= 0,
                         draft.measure == senses_.known.killed &&
                             (draft.finding.perfect || TellsWhole(passage, draft))});
      if (draft.number->kind == NumberKind::kCount ||
          draft.number->kind == NumberKind::kMeasurement ||
          draft.number->kind == NumberKind::kMoney) {
        const UnitId unit = draft.number->quantity.unit;
        // "245 cases in 35 states. Canada has 101": cases, not states.
        const bool where = draft.measure == senses_.known.count &&
                           passage.RoleOf(draft.number->first - 1) == Role::kIn &&
                           senses_.CountsPeople(antecedent_.measure);
        if (where) {
          out_.numbers.push_back(std::move(read));
          return;
        }
        const bool dead = antecedent_.dead || draft.measure == senses_.known.killed;
        toll_ = toll_ || dead;
        antecedent_ = {draft.measure, draft.scope, unit == UnitId::kNone ? draft.unit : unit, dead,
                       toll_};
      }
    }
    out_.numbers.push_back(std::move(read));
  }

  const Document& doc_;
  const Catalogue& catalogue_;
  const Senses& senses_;
  const Background& background_;
  std::vector<ClaimTrait>& traits_;  // By claim.
  ReadArticle& out_;
  std::vector<Draft> drafts_;      // Of the sentence at hand.
  std::vector<TimePhrase> times_;  // Likewise, once one of its claims asked for them.
  bool times_read_ = false;
  Antecedent antecedent_;  // The last claim of the sentence before.
  bool toll_ = false;      // The dead were told of.
  int idle_ = 0;           // Sentences without a number since.
  bool local_ = false;     // The last speaker tells of one village or hospital.
  int carried_ = 0;        // Year of an earlier event that the sentence before told of.
};

// Whether the texts speak of courts and of no disease: then "38 of the cases" are files.
bool CasesAreFiles(const ReadArticle& article, const Senses& senses) {
  bool justice = false;
  for (const Document* doc : {&article.title, &article.body}) {
    for (const Token& token : doc->tokens) {
      const WordSense& sense = senses.Of(token.word);
      if (sense.Is(kCueDisease)) return false;
      justice = justice || sense.Is(kCueJustice);
    }
  }
  return justice;
}

// Looks at the texts only where cases are told.
void SettleCases(const Catalogue& catalogue, ReadArticle* article) {
  const Senses& senses = CatalogueAccess::Get(catalogue);
  std::optional<bool> files;
  for (Claim& claim : article->claims) {
    if (claim.measure != senses.known.infected || claim.counted != "case") continue;
    if (!files) files = CasesAreFiles(*article, senses);
    if (!*files) return;
    claim.measure = senses.known.count;
    claim.unit = claim.counted;
    claim.population.clear();
  }
}

}  // namespace

ReadArticle ReadClaims(const Article& article, const Catalogue& catalogue) {
  ReadArticle out;
  out.title = ReadDocument(Field::kTitle, article.title, catalogue.lexicon());
  out.body = ReadDocument(Field::kBody, article.body, catalogue.lexicon());
  if (!IsEnglish(article.language, out.title, out.body)) {
    out.reading = Reading::kLanguageNotRead;
    return out;
  }
  const Background background = ReadBackground(article, out.title, out.body, catalogue);
  std::vector<ClaimTrait> traits;
  FieldReader(out.title, catalogue, background, &traits, &out).Read();
  FieldReader(out.body, catalogue, background, &traits, &out).Read();
  SettleCases(catalogue, &out);
  SettleScopes(background, traits, catalogue, &out.claims);
  return out;
}

std::string Dump(const Claim& claim, const Catalogue& catalogue) {
  std::string text = absl::StrCat(catalogue.Get(claim.measure).name, " ");
  const Quantity& q = claim.quantity;
  const auto bound = [](const std::optional<Decimal>& v) { return v ? v->ToString() : "*"; };
  if (q.low == q.high && q.low)
    absl::StrAppend(&text, q.approximate ? "~" : "", bound(q.low));
  else
    absl::StrAppend(&text, q.approximate ? "~" : "", bound(q.low), "..", bound(q.high));
  const auto add = [&text](const char* before, const std::string& words) {
    if (!words.empty()) absl::StrAppend(&text, before, "'", words, "'");
  };
  absl::StrAppend(&text, " ", claim.unit);
  const auto lower = [](std::string_view name) {
    std::string out(name);
    for (char& c : out)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
  };
  absl::StrAppend(&text, " ", lower(Name(claim.scope)), " ", lower(Name(claim.status)));
  if (!claim.population.empty()) absl::StrAppend(&text, " of ", claim.population);
  add(" ", claim.subject.text);
  add(" per ", claim.per);
  add(" by ", claim.attribution.text);
  add(" in ", claim.place.text);
  add(" at ", claim.time.phrase.text);
  return text;
}

}  // namespace claimwatch
