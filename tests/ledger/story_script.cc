#include "tests/ledger/story_script.h"

#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "server/base/check.h"
#include "server/base/hash.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

std::string_view View(absl::string_view text) { return {text.data(), text.size()}; }

std::map<std::string, Measure> MakeMeasures() {
  std::map<std::string, Measure> all;
  const auto add = [&](const char* name, bool people, bool toll, bool noun, int weight) {
    Measure measure;
    measure.id = static_cast<MeasureId>(all.size() + 1);
    measure.name = name;
    measure.people = people;
    measure.cumulative = toll;
    measure.keyed_by_noun = noun;
    measure.weight = weight;
    all[name] = measure;
  };
  add("killed", true, true, false, 5);
  add("infected", true, true, false, 4);
  add("injured", true, true, false, 4);
  add("casualties", true, true, false, 4);
  add("missing", true, false, false, 4);
  add("arrested", true, true, false, 3);
  add("displaced", true, true, false, 3);
  add("deployed", true, false, false, 2);
  add("participants", true, false, false, 2);
  add("damaged", false, true, true, 3);
  add("equipment", false, false, true, 2);
  add("count", false, false, true, 1);
  add("loss", false, false, false, 4);
  add("money", false, false, true, 2);
  add("magnitude", false, false, false, 4);
  add("measurement", false, false, true, 2);
  add("percent", false, false, true, 2);
  return all;
}

UnitId UnitOf(std::string_view symbol) {
  const UnitId id = FindUnit(symbol);
  CW_CHECK(id != UnitId::kNone);
  return id;
}

Decimal DecimalOf(std::string_view text) {
  const std::optional<Decimal> value = Decimal::Parse(text);
  CW_CHECK(value.has_value());
  return *value;
}

bool Cut(std::string_view* text, std::string_view start) {
  if (!text->starts_with(start)) return false;
  text->remove_prefix(start.size());
  return true;
}

// "by=Health_Ministry": underscores stand for spaces.
std::string Spaced(std::string_view value) {
  std::string text(value);
  for (char& c : text) c = c == '_' ? ' ' : c;
  return text;
}

void ReadOption(std::string_view option, KnownClaim* known) {
  Claim& claim = known->claim;
  if (option == "part") claim.scope = Scope::kPart;
  if (option == "increment") claim.scope = Scope::kIncrement;
  if (option == "projected") claim.status = Status::kProjected;
  if (option == "denied") claim.status = Status::kDenied;
  if (option == "past") claim.status = Status::kPastEvent;
  if (option == "title") claim.field = Field::kTitle;
  if (Cut(&option, "kind=")) claim.subject.text = absl::StrCat(Spaced(option), " ", claim.counted);
  if (Cut(&option, "in=")) claim.place.text = Spaced(option);
  if (Cut(&option, "by=")) claim.attribution.text = Spaced(option);
  if (Cut(&option, "as_of=")) claim.time.as_of = TimeOfScript(option);
  if (Cut(&option, "unit=")) claim.quantity.unit = UnitOf(option);
  if (Cut(&option, "origin="))
    known->origin = static_cast<std::uint32_t>(std::stoul(std::string(option)));
  if (Cut(&option, "rate=")) {
    claim.scope = Scope::kRate;
    claim.per = Spaced(option);
  }
  if (Cut(&option, "on=")) {
    claim.time.begin = TimeOfScript(absl::StrCat(std::string(option), "T00:00"));
    claim.time.end = claim.time.begin + absl::Hours(24);
  }
}

// The sentence, and in it the number's place.
void PutSentence(std::string sentence, KnownClaim* known) {
  const std::size_t at = sentence.find('#');
  CW_CHECK(at != std::string::npos);
  sentence.replace(at, 1, known->quote_text);
  known->claim.quote = {static_cast<std::uint32_t>(at),
                        static_cast<std::uint32_t>(known->quote_text.size())};
  known->claim.sentence = {0, static_cast<std::uint32_t>(sentence.size())};
  known->sentence_text = std::move(sentence);
}

}  // namespace

const Measure* ScriptMeasure(std::string_view name) {
  static const auto* const all = new std::map<std::string, Measure>(MakeMeasures());
  const auto found = all->find(std::string(name));
  return found == all->end() ? nullptr : &found->second;
}

absl::Time TimeOfScript(std::string_view script) {
  absl::Time time;
  std::string error;
  const bool read = absl::ParseTime("%Y-%m-%dT%H:%M", std::string(script), &time, &error);
  CW_CHECK(read);
  return time;
}

Quantity QuantityOfScript(std::string_view text) {
  static const std::map<std::string_view, int> kVague = {
      {"dozens", 24}, {"scores", 40}, {"hundreds", 200}, {"thousands", 2000}};
  Quantity q;
  const auto with = [&](Bound bound) { q.bound = bound; };
  if (const auto vague = kVague.find(text); vague != kVague.end()) {
    with(Bound::kVague);
    q.low = Decimal(vague->second);
  } else if (Cut(&text, ">=")) {
    with(Bound::kAtLeast);
    q.low = DecimalOf(text);
  } else if (Cut(&text, ">")) {
    with(Bound::kMoreThan);
    q.low = DecimalOf(text).IsInteger() ? DecimalOf(text) + Decimal(1) : DecimalOf(text);
  } else if (Cut(&text, "<=")) {
    with(Bound::kUpTo);
    q.high = DecimalOf(text);
  } else if (Cut(&text, "<")) {
    with(Bound::kLessThan);
    q.high = DecimalOf(text) - Decimal(1);
  } else if (Cut(&text, "nearly:")) {
    with(Bound::kNearly);
    q.low = q.high = DecimalOf(text);
    q.approximate = true;
  } else if (Cut(&text, "~")) {
    with(Bound::kAbout);
    q.low = q.high = DecimalOf(text);
    q.approximate = true;
  } else if (const std::size_t dots = text.find(".."); dots != std::string_view::npos) {
    with(Bound::kRange);
    q.low = DecimalOf(text.substr(0, dots));
    q.high = DecimalOf(text.substr(dots + 2));
  } else {
    q.low = q.high = DecimalOf(text);
  }
  return q;
}

KnownClaim ClaimOfScript(std::string_view script) {
  KnownClaim known;
  std::string sentence;
  if (const std::size_t quote = script.find('"'); quote != std::string_view::npos) {
    sentence = std::string(script.substr(quote + 1, script.rfind('"') - quote - 1));
    script = script.substr(0, quote);
  }
  const std::vector<std::string> words =
      absl::StrSplit(absl::string_view(script.data(), script.size()), ' ', absl::SkipEmpty());
  CW_CHECK(words.size() >= 3 && ScriptMeasure(words[0]) != nullptr);
  const Measure& measure = *ScriptMeasure(words[0]);
  known.measure = measure.name;
  known.claim.measure = measure.id;
  known.claim.field = Field::kBody;
  known.quote_text = words[1];
  known.claim.quantity = QuantityOfScript(words[1]);
  known.claim.counted = words[2];
  known.claim.subject.text = words[2];
  if (measure.people) known.claim.population = Spaced(words[2]);
  known.claim.unit = measure.people ? "people" : words[2];
  for (std::size_t i = 3; i < words.size(); ++i) ReadOption(words[i], &known);
  if (sentence.empty()) {
    sentence = absl::StrCat("Officials gave the ", words[0], " of the day as # ",
                            known.claim.subject.text, " ", known.claim.place.text);
  }
  PutSentence(std::move(sentence), &known);
  return known;
}

std::string Dump(const AlertEvent& event) {
  const Alert& alert = event.alert;
  std::string line = absl::StrCat("=> ", std::string(Name(event.change)), " ",
                                  std::string(Name(alert.kind)), " ", alert.measure, " ");
  if (!alert.previous.empty()) absl::StrAppend(&line, alert.previous.front().quote_text, " -> ");
  absl::StrAppend(&line, alert.current.id == ClaimId::kNone ? "nothing" : alert.current.quote_text);
  if (alert.current_origins > 1) absl::StrAppend(&line, " x", alert.current_origins);
  return line;
}

namespace {

// The lines of a script; one that ends in ";" goes on in the next, and so does one before a
// sentence.
std::vector<std::string> LinesOf(std::string_view script) {
  std::vector<std::string> lines;
  for (const absl::string_view part :
       absl::StrSplit(absl::string_view(script.data(), script.size()), '\n')) {
    const std::string_view text = View(absl::StripAsciiWhitespace(part));
    if (text.empty()) continue;
    if (!lines.empty() && (lines.back().ends_with(';') || text.starts_with('"'))) {
      absl::StrAppend(&lines.back(), " ", std::string(text));
    } else {
      lines.emplace_back(text);
    }
  }
  return lines;
}

class Player {
 public:
  explicit Player(bool rebuild) : rebuild_(rebuild) { played_.ledger.story = StoryId{1}; }

  Played Run(std::string_view script) {
    for (const std::string& step : LinesOf(script)) {
      if (step.starts_with("=>")) continue;
      absl::StrAppend(&played_.transcript, step, "\n");
      Step(step);
    }
    return std::move(played_);
  }

 private:
  void Step(std::string_view step) {
    if (rebuild_) Rebuild();
    const std::size_t space = step.find(' ');
    const absl::Time time = TimeOfScript(step.substr(0, space));
    std::string_view rest = step.substr(space + 1);
    if (Cut(&rest, "RETRACT ")) {
      const std::size_t id = rest.find(' ');
      Take(Retract(played_.ledger, std::string(rest.substr(0, id)),
                   std::string(rest.substr(id + 1)), time, ScriptMeasure, ids_));
    } else if (Cut(&rest, "ACK ")) {
      AcknowledgeFirst(rest, time);
    } else {
      Take(Judge(played_.ledger, ReadArticle(rest, time), ScriptMeasure, ids_));
    }
  }

  // "a1@2 wire: killed 12 people; injured 3 people"
  FreshArticle ReadArticle(std::string_view text, absl::Time time) {
    FreshArticle article;
    const std::size_t space = text.find(' ');
    const std::size_t colon = text.find(": ");
    CW_CHECK(space < colon && colon != std::string_view::npos);
    const std::string_view id = text.substr(0, space);
    article.article_id = std::string(id.substr(0, id.find('@')));
    article.revision = id.find('@') != std::string_view::npos;
    article.story = played_.ledger.story;
    article.sequence = Sequence{++sequence_};
    article.sequenced = time;
    const std::string source(text.substr(space + 1, colon - space - 1));
    for (const absl::string_view claim :
         absl::StrSplit(absl::string_view(text.data() + colon + 2, text.size() - colon - 2), ';')) {
      KnownClaim known = ClaimOfScript(View(claim));
      known.id = MakeClaimId(article.sequence, static_cast<int>(article.claims.size()));
      known.story = article.story;
      known.article_id = article.article_id;
      known.source = source;
      known.publish_time = time;
      if (known.origin == 0) {
        known.origin = static_cast<std::uint32_t>(Fnv64(absl::StrCat(source, known.sentence_text)));
      }
      article.claims.push_back(std::move(known));
    }
    return article;
  }

  void AcknowledgeFirst(std::string_view measure, absl::Time time) {
    for (const Alert& alert : played_.ledger.alerts) {
      if (alert.measure != measure) continue;
      Judgement judgement;
      judgement.events.push_back(Acknowledge(alert, {"analyst", "seen", time}, ids_));
      Take(std::move(judgement));
      return;
    }
    CW_CHECK(false && "no such alert is open");
  }

  void Take(Judgement judgement) {
    for (const AlertEvent& event : judgement.events) {
      absl::StrAppend(&played_.transcript, Dump(event), "\n");
      played_.events.push_back(event);
    }
    for (const Comparison& verdict : judgement.verdicts) played_.verdicts.push_back(verdict);
    Apply(judgement, played_.ledger);
  }

  void Rebuild() {
    StoryLedger fresh;
    fresh.story = played_.ledger.story;
    fresh.figures = played_.ledger.figures;
    fresh.alerts = played_.ledger.alerts;
    played_.ledger = std::move(fresh);
  }

  const bool rebuild_;
  Played played_;
  IdSource ids_;
  std::int64_t sequence_ = 0;
};

}  // namespace

Played Play(std::string_view script, bool rebuild) { return Player(rebuild).Run(script); }

std::string Tidy(std::string_view script) {
  std::string tidy;
  for (const std::string& line : LinesOf(script)) absl::StrAppend(&tidy, line, "\n");
  return tidy;
}

}  // namespace claimwatch
