#include "server/claims/catalogue_builder.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "server/base/check.h"
#include "server/text/inflection.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

std::vector<std::string_view> Cut(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(at);
    const std::string_view part = text.substr(0, end);
    if (!part.empty()) parts.push_back(part);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }

void AddForm(std::vector<std::string>* forms, std::string form) {
  if (std::find(forms->begin(), forms->end(), form) == forms->end()) {
    forms->push_back(std::move(form));
  }
}

// The words of `sense` that `into` does not have yet.
void Merge(const WordSense& sense, WordSense* into) {
  const auto fill = [](MeasureId from, MeasureId* to) {
    if (*to == MeasureId::kNone) *to = from;
  };
  fill(sense.object, &into->object);
  fill(sense.object_thing, &into->object_thing);
  fill(sense.subject, &into->subject);
  fill(sense.subject_thing, &into->subject_thing);
  fill(sense.adjective, &into->adjective);
  fill(sense.counts, &into->counts);
  fill(sense.toll, &into->toll);
  fill(sense.act, &into->act);
  if (into->population == 0) into->population = sense.population;
  if (into->thing == ThingClass::kNone) into->thing = sense.thing;
  into->cues |= sense.cues;
}

constexpr std::pair<std::string_view, std::uint32_t> kCueNames[] = {
    {"modal", kCueModal},
    {"future", kCueFuture},
    {"projected", kCueProjected},
    {"denied", kCueDenied},
    {"crisis", kCueCrisis},
    {"including", kCueIncluding},
    {"relative", kCueRelative},
    {"report", kCueReport},
    {"leave", kCueLeave},
    {"tally", kCueTally},
    {"collective", kCueCollective},
    {"release", kCueRelease},
    {"be", kCueBe},
    {"have", kCueHave},
    {"whole", kCueWhole},
    {"severity", kCueSeverity},
    {"country", kCueCountry},
    {"level", kCueLevel},
    {"narrow", kCueNarrow},
    {"manner", kCueManner},
    {"military", kCueMilitary},
    {"generic", kCueGeneric},
    {"crime", kCueCrime},
    {"care", kCueCare},
    {"court", kCueCourt},
    {"captor", kCueCaptor},
    {"stir", kCueStir},
    {"disease", kCueDisease},
    {"justice", kCueJustice},
};

constexpr std::pair<std::string_view, ThingClass> kThingNames[] = {
    {"building", ThingClass::kBuilding},
    {"vehicle", ThingClass::kVehicle},
    {"animal", ThingClass::kAnimal},
    {"other", ThingClass::kOther},
};

absl::Status Unknown(std::string_view what, std::string_view name, std::string_view instead) {
  return absl::InvalidArgumentError(
      absl::StrCat("unknown ", Absl(what), " '", Absl(name), "'; use ", Absl(instead)));
}

// The names of a table, for messages.
template <typename Table>
std::string Names(const Table& table) {
  return absl::StrJoin(table, ", ", [](std::string* out, const auto& entry) {
    absl::StrAppend(out, Absl(entry.first));
  });
}

// "cord", "3625 l": a unit for the whole process.
absl::Status AddUnitLine(const CatalogueLine& line) {
  NewUnit unit;
  unit.symbol = std::string(line.key);
  unit.worth = std::string(line.role);
  for (const std::string_view word : Cut(line.words, ' ')) {
    unit.names.push_back(absl::StrReplaceAll(Absl(word), {{"_", " "}}));
  }
  return AddUnit(unit);
}

}  // namespace

absl::StatusOr<std::vector<CatalogueLine>> ReadCatalogueLines(std::string_view tsv) {
  std::vector<CatalogueLine> lines;
  int number = 0;
  while (!tsv.empty()) {
    ++number;
    const std::size_t end = tsv.find('\n');
    const std::string_view text = tsv.substr(0, end);
    tsv.remove_prefix(end == std::string_view::npos ? tsv.size() : end + 1);
    if (text.empty() || text.front() == '#') continue;
    const std::vector<std::string_view> cells = Cut(text, '\t');
    if (cells.size() != 5) {
      return absl::InvalidArgumentError(
          absl::StrCat("line ", number, ": ", cells.size(),
                       " columns between tabs, expected 5: ", "kind, key, role, words, example"));
    }
    lines.push_back({number, cells[0], cells[1], cells[2], cells[3], cells[4]});
  }
  return lines;
}

std::vector<std::string_view> WordsOf(const CatalogueLine& line) { return Cut(line.words, ' '); }

std::vector<std::string> VerbForms(std::string_view entry) {
  const std::vector<std::string_view> parts = Cut(entry, '/');
  std::string_view lemma = parts[0];
  bool twice = false;
  if (lemma.back() == '+') {
    twice = true;
    lemma.remove_suffix(1);
  }
  twice = twice || DoublesByRule(lemma);
  const std::string past = parts.size() > 1 ? std::string(parts[1]) : PastOf(lemma, twice);
  const std::string participle = parts.size() > 2 ? std::string(parts[2]) : past;
  std::vector<std::string> forms;
  AddForm(&forms, std::string(lemma));
  AddForm(&forms, lemma.back() == 'o' ? absl::StrCat(Absl(lemma), "es") : PluralOf(lemma));
  AddForm(&forms, GerundOf(lemma, twice));
  AddForm(&forms, past);
  AddForm(&forms, participle);
  return forms;
}

std::string ParticipleOf(std::string_view entry) {
  const std::vector<std::string_view> parts = Cut(entry, '/');
  return parts.size() > 2 ? std::string(parts[2]) : PastOf(entry);
}

std::string PastOf(std::string_view entry) {
  const std::vector<std::string_view> parts = Cut(entry, '/');
  if (parts.size() > 1) return std::string(parts[1]);
  const bool twice = parts[0].back() == '+';
  const std::string_view lemma = twice ? parts[0].substr(0, parts[0].size() - 1) : parts[0];
  return PastOf(lemma, twice || DoublesByRule(lemma));
}

std::vector<std::string> NounForms(std::string_view entry) {
  const std::vector<std::string_view> parts = Cut(entry, '/');
  std::vector<std::string> forms = {std::string(parts[0])};
  if (parts.size() == 1) AddForm(&forms, PluralOf(parts[0]));
  if (parts.size() > 1 && parts[1] != "-") AddForm(&forms, std::string(parts[1]));
  return forms;
}

CatalogueBuilder::CatalogueBuilder()
    : lexicon_(LexiconBuilder::Standard()), measures_(1), populations_(1) {
  for (const std::string_view verb : {"get", "become", "go", "remain"}) {
    lexicon_.Add(verb, kVerb);
  }
}

MeasureId CatalogueBuilder::MeasureOf(std::string_view name) const {
  for (std::size_t i = 1; i < measures_.size(); ++i) {
    if (measures_[i].name == name) return static_cast<MeasureId>(i);
  }
  return MeasureId::kNone;
}

absl::Status CatalogueBuilder::AddLines(std::string_view tsv) {
  absl::StatusOr<std::vector<CatalogueLine>> lines = ReadCatalogueLines(tsv);
  if (!lines.ok()) return lines.status();
  for (const CatalogueLine& line : *lines) {
    const absl::Status status = AddLine(line);
    if (!status.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("line ", line.number, ": ", status.message()));
    }
  }
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::AddLine(const CatalogueLine& line) {
  if (line.kind == "measure") return AddMeasure(line);
  if (line.kind == "group") return AddGroup(line);
  if (line.kind == "thing") return AddThing(line);
  if (line.kind == "cue") return AddCue(line);
  if (line.kind == "list") return AddList(line);
  if (line.kind == "calendar") return AddCalendar(line);
  if (line.kind == "unit") return AddUnitLine(line);
  if (line.kind == "number") return AddNumberWords(line);
  if (line.kind == "word") {
    return lexicon_.AddWordLines(absl::StrCat(Absl(line.key), "\t", Absl(line.words)));
  }
  constexpr std::string_view kKinds =
      "measure, verb, noun, adjective, phrase, condition, group, thing, cue, list, unit, word or "
      "number";
  const bool measured = line.kind == "verb" || line.kind == "noun" || line.kind == "phrase" ||
                        line.kind == "adjective" || line.kind == "condition";
  if (!measured) return Unknown("kind", line.kind, kKinds);
  const MeasureId measure = MeasureOf(line.key);
  if (measure == MeasureId::kNone) {
    return Unknown("measure", line.key, "a known one, or add a measure line before it");
  }
  if (line.kind == "verb") return AddVerb(line, measure);
  if (line.kind == "noun") return AddNoun(line, measure);
  if (line.kind == "phrase") return AddPhrase(line, measure);
  if (line.kind == "condition") return AddCondition(line, measure);
  for (const std::string_view word : Cut(line.words, ' ')) {
    lexicon_.Add(word, kAdjective);
    Pending pending;
    pending.forms = {std::string(word)};
    pending.sense.adjective = measure;
    pending_.push_back(std::move(pending));
  }
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::AddNumberWords(const CatalogueLine& line) {
  const std::optional<Role> role = RoleOf(line.key);
  if (!role.has_value()) {
    return Unknown("role", line.key, "one of server/text/data/number_words.tsv, as \"magnitude\"");
  }
  for (const std::string_view word : Cut(line.words, ' ')) {
    if (!lexicon_.HasRole(word)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("'", Absl(word), "' is a number word already: leave it out"));
  }
  const absl::string_view tags = *role <= Role::kVaguePower ? "number" : "-";
  return lexicon_.AddRoleLines(
      absl::StrCat(Absl(line.key), "\t", Absl(line.role), "\t", tags, "\t", Absl(line.words)));
}

absl::Status CatalogueBuilder::AddMeasure(const CatalogueLine& line) {
  if (MeasureOf(line.key) != MeasureId::kNone) {
    return absl::InvalidArgumentError(
        absl::StrCat("measure '", Absl(line.key), "' is there already: leave the line out"));
  }
  Measure measure;
  measure.id = static_cast<MeasureId>(measures_.size());
  measure.name = std::string(line.key);
  for (const std::string_view trait : Cut(line.role, ' ')) {
    if (trait == "people")
      measure.people = true;
    else if (trait == "toll")
      measure.cumulative = true;
    else if (trait == "noun")
      measure.keyed_by_noun = true;
    else if (trait != "-")
      return Unknown("trait", trait, "people, toll, noun or -");
  }
  if (!absl::SimpleAtoi(Absl(line.words), &measure.weight) || measure.weight < 1 ||
      measure.weight > 5) {
    return absl::InvalidArgumentError(
        absl::StrCat("weight '", Absl(line.words), "' must be 1 (trivia) to 5 (deaths)"));
  }
  measures_.push_back(std::move(measure));
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::AddVerb(const CatalogueLine& line, MeasureId measure) {
  const bool people = measures_[static_cast<std::size_t>(measure)].people;
  for (const std::string_view entry : Cut(line.words, ' ')) {
    absl::Status status = lexicon_.AddWordLines(absl::StrCat("verb\t", Absl(entry)));
    if (!status.ok()) return status;
    Pending pending;
    pending.forms = VerbForms(entry);
    if (line.role == "any") {
      pending.sense.object = pending.sense.object_thing = measure;
    } else if (line.role == "object") {
      (people ? pending.sense.object : pending.sense.object_thing) = measure;
    } else if (line.role == "subject") {
      (people ? pending.sense.subject : pending.sense.subject_thing) = measure;
    } else {
      return Unknown("role", line.role, "object, subject or any");
    }
    pending_.push_back(std::move(pending));
  }
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::AddNoun(const CatalogueLine& line, MeasureId measure) {
  for (const std::string_view entry : Cut(line.words, ' ')) {
    absl::Status status = lexicon_.AddWordLines(absl::StrCat("noun\t", Absl(entry)));
    if (!status.ok()) return status;
    Pending pending;
    pending.forms = NounForms(entry);
    if (line.role == "counts")
      pending.sense.counts = measure;
    else if (line.role == "toll")
      pending.sense.toll = measure;
    else if (line.role == "act")
      pending.sense.act = measure;
    else
      return Unknown("role", line.role, "counts, toll or act");
    pending_.push_back(std::move(pending));
  }
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::AddPhrase(const CatalogueLine& line, MeasureId measure) {
  if (line.role != "object" && line.role != "subject")
    return Unknown("role", line.role, "object or subject");
  for (const std::string_view entry : Cut(line.words, ' ')) {
    const std::vector<std::string_view> pair = Cut(entry, ':');
    if (pair.size() != 2)
      return absl::InvalidArgumentError(
          absl::StrCat("'", Absl(entry), "' is no phrase: write verb:word"));
    absl::Status status = lexicon_.AddWordLines(absl::StrCat("verb\t", Absl(pair[0])));
    if (!status.ok()) return status;
    lexicon_.Add(pair[1], 0);
    const std::string_view lemma = pair[0].substr(0, pair[0].find('/'));
    phrases_.push_back({std::string(lemma), std::string(pair[1]), measure, line.role == "object"});
  }
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::AddGroup(const CatalogueLine& line) {
  std::size_t index = 1;
  while (index < populations_.size() && populations_[index] != line.key) ++index;
  if (index == 256) return absl::InvalidArgumentError("too many populations");
  if (index == populations_.size()) populations_.emplace_back(line.key);
  for (const std::string_view entry : Cut(line.words, ' ')) {
    const absl::string_view tags = line.role == "word" ? "noun\t" : "noun person\t";
    absl::Status status = lexicon_.AddWordLines(absl::StrCat(tags, Absl(entry)));
    if (!status.ok()) return status;
    Pending pending;
    pending.forms = NounForms(entry);
    pending.sense.population = static_cast<std::uint8_t>(index);
    pending_.push_back(std::move(pending));
  }
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::AddThing(const CatalogueLine& line) {
  for (const auto& [name, thing] : kThingNames) {
    if (name != line.key) continue;
    for (const std::string_view entry : Cut(line.words, ' ')) {
      absl::Status status = lexicon_.AddWordLines(absl::StrCat("noun\t", Absl(entry)));
      if (!status.ok()) return status;
      Pending pending;
      pending.forms = NounForms(entry);
      pending.sense.thing = thing;
      pending_.push_back(std::move(pending));
    }
    return absl::OkStatus();
  }
  return Unknown("class", line.key, Names(kThingNames));
}

absl::Status CatalogueBuilder::AddCue(const CatalogueLine& line) {
  for (const auto& [name, bit] : kCueNames) {
    if (name != line.key) continue;
    for (const std::string_view entry : Cut(line.words, ' ')) {
      Pending pending;
      if (line.role == "verb") {
        absl::Status status = lexicon_.AddWordLines(absl::StrCat("verb\t", Absl(entry)));
        if (!status.ok()) return status;
        pending.forms = VerbForms(entry);
      } else if (line.role == "noun") {
        absl::Status status = lexicon_.AddWordLines(absl::StrCat("noun\t", Absl(entry)));
        if (!status.ok()) return status;
        pending.forms = NounForms(entry);
      } else if (line.role == "word") {
        lexicon_.Add(entry, 0);
        pending.forms = {std::string(entry)};
      } else {
        return Unknown("role", line.role, "word, noun or verb");
      }
      pending.sense.cues = bit;
      pending_.push_back(std::move(pending));
    }
    return absl::OkStatus();
  }
  return Unknown("cue", line.key, Names(kCueNames));
}

CatalogueParts CatalogueBuilder::Build() && {
  CatalogueParts parts;
  parts.lexicon = lexicon_.Build();
  Senses& senses = parts.senses;
  senses.words.resize(parts.lexicon->size() + 1);
  for (const Pending& pending : pending_) {
    for (const std::string& form : pending.forms) {
      const Word* word = parts.lexicon->Find(form);
      if (word != nullptr) Merge(pending.sense, &senses.words[static_cast<std::size_t>(word->id)]);
    }
  }
  for (const PendingPhrase& phrase : phrases_) {
    const Word* verb = parts.lexicon->Find(phrase.verb);
    const Word* word = parts.lexicon->Find(phrase.word);
    CW_CHECK(verb != nullptr && word != nullptr);
    senses.phrases.push_back({verb->lemma, word->lemma, phrase.measure, phrase.object});
    senses.words[static_cast<std::size_t>(verb->lemma)].cues |= kCuePhrase;
    if (verb->id == verb->lemma) continue;
    // "lay" is also a past form, of "lie": its own forms ("laid") point to it all the same.
    senses.phrases.push_back({verb->id, word->lemma, phrase.measure, phrase.object});
    senses.words[static_cast<std::size_t>(verb->id)].cues |= kCuePhrase;
  }
  std::stable_sort(senses.phrases.begin(), senses.phrases.end(),
                   [](const PhraseSense& a, const PhraseSense& b) { return a.verb < b.verb; });
  BuildLists(*parts.lexicon, &senses);
  senses.populations = std::move(populations_);
  const auto id = [this](std::string_view name) {
    const MeasureId measure = MeasureOf(name);
    CW_CHECK(measure != MeasureId::kNone);
    return measure;
  };
  senses.known = {
      id("killed"),       id("injured"),     id("casualties"), id("missing"),  id("arrested"),
      id("displaced"),    id("evacuated"),   id("rescued"),    id("trapped"),  id("hostages"),
      id("hospitalised"), id("infected"),    id("affected"),   id("deployed"), id("participants"),
      id("suspects"),     id("damaged"),     id("equipment"),  id("loss"),     id("money"),
      id("magnitude"),    id("measurement"), id("percent"),    id("duration"), id("count")};
  const auto lemma = [&parts](std::string_view form) {
    const Word* word = parts.lexicon->Find(form);
    CW_CHECK(word != nullptr);
    return word->lemma;
  };
  senses.word = {lemma("get"), lemma("become"), lemma("go"), lemma("remain")};
  for (const Measure& measure : measures_) senses.people.push_back(measure.people);
  parts.measures = std::move(measures_);
  return parts;
}

}  // namespace claimwatch
