#include "server/text/units.h"

#include <atomic>
#include <bitset>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "server/base/check.h"
#include "server/text/embedded_data.h"
#include "server/text/inflection.h"

namespace claimwatch {
namespace {

std::string_view CutTo(std::string_view* text, char at) {
  const std::size_t end = text->find(at);
  const std::string_view part = text->substr(0, end);
  text->remove_prefix(end == std::string_view::npos ? text->size() : end + 1);
  return part;
}

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

constexpr std::size_t kWrittenBytesMax = 48;

// A unit and how it is written.
struct Row {
  Unit unit;
  std::string_view told;  // Symbol; "-": itself.
  std::vector<std::string> names;
  std::vector<std::string_view> forms;
};

// The table of the embedded data, whose views it keeps, and of what was added to it.
class Table {
 public:
  Table() {
    units_.push_back(Unit{});
    kinds_.push_back(NumberKind::kCount);
    std::string_view data = kDataUnits;
    std::vector<std::string_view> told = {"-"};
    while (!data.empty()) {
      const std::string_view line = CutTo(&data, '\n');
      if (line.empty() || line.front() == '#') continue;
      const Row row = ReadRow(line);
      told.push_back(row.told);
      Add(row);
    }
    for (std::size_t i = 1; i < units_.size(); ++i) {
      if (told[i] == "-") continue;
      units_[i].told = Symbol(told[i]);
      CW_CHECK(units_[i].told != UnitId::kNone);
    }
  }

  // The unit gets the next id and tells itself.
  void Add(const Row& row) {
    Unit unit = row.unit;
    unit.id = unit.told = static_cast<UnitId>(units_.size());
    for (std::string name : row.names) {
      for (char& c : name) {
        if (c == '-') c = ' ';  // The reader asks so for either.
      }
      AddName(name, unit.id);
      if (!name.empty() && name.back() != 's') AddName(name + "s", unit.id);
      if (!name.empty()) AddName(PluralOf(name), unit.id);
    }
    for (const std::string_view form : row.forms) {
      starts_[StartHash(FirstToken(form))] = true;
      exact_.try_emplace(std::string(form), unit.id);
    }
    symbols_.try_emplace(std::string(unit.symbol), unit.id);
    units_.push_back(unit);
    kinds_.push_back(KindOf(unit.dimension));
  }

  const Unit& Get(UnitId id) const {
    const auto index = static_cast<std::size_t>(id);
    CW_CHECK(index < units_.size());
    return units_[index];
  }
  NumberKind Kind(UnitId id) const { return kinds_[static_cast<std::size_t>(Get(id).id)]; }

  bool MayStart(std::string_view token) const { return starts_[StartHash(FirstToken(token))]; }

  UnitId Find(std::string_view written) const {
    if (written.empty() || written.size() > kWrittenBytesMax) return UnitId::kNone;
    const auto exact = exact_.find(absl::string_view(written.data(), written.size()));
    if (exact != exact_.end()) return exact->second;
    char lower[kWrittenBytesMax];
    for (std::size_t i = 0; i < written.size(); ++i) {
      const char c = written[i];
      lower[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    const auto word = words_.find(absl::string_view(lower, written.size()));
    return word == words_.end() ? UnitId::kNone : word->second;
  }

  UnitId Symbol(std::string_view symbol) const {
    const auto found = symbols_.find(absl::string_view(symbol.data(), symbol.size()));
    return found == symbols_.end() ? UnitId::kNone : found->second;
  }

 private:
  static Row ReadRow(std::string_view line) {
    Row row;
    row.unit.symbol = CutTo(&line, '\t');
    row.unit.dimension = CutTo(&line, '\t');
    const auto factor = Decimal::Parse(CutTo(&line, '\t'));
    CW_CHECK(factor.has_value());
    row.unit.factor = *factor;
    row.told = CutTo(&line, '\t');
    std::string_view names = CutTo(&line, '\t'), forms = CutTo(&line, '\t');
    while (!names.empty()) row.names.emplace_back(CutTo(&names, '|'));
    while (!forms.empty()) row.forms.push_back(CutTo(&forms, '|'));
    return row;
  }

  void AddName(const std::string& name, UnitId id) {
    starts_[StartHash(FirstToken(name))] = true;
    words_.try_emplace(name, id);
  }

  // The part of a wording that is its first token: "km" of "km/h", "sq" of "sq. m".
  static std::string_view FirstToken(std::string_view wording) {
    const bool initials = wording.size() >= 2 && wording[1] == '.';
    std::size_t end = 0;
    while (end < wording.size() && wording[end] != ' ' &&
           (initials || IsLetter(wording[end]) || end == 0)) {
      ++end;
    }
    return wording.substr(0, end);
  }
  static bool IsLetter(char c) { return static_cast<unsigned char>((c | 0x20) - 'a') < 26; }
  static std::size_t StartHash(std::string_view token) {
    std::uint32_t hash = 2166136261u;
    for (const char c : token) {
      hash = (hash ^ static_cast<unsigned char>(IsLetter(c) ? c | 0x20 : c)) * 16777619u;
    }
    return hash >> 20;  // 4096 places.
  }

  static NumberKind KindOf(std::string_view dimension) {
    if (StartsWith(dimension, "money:")) return NumberKind::kMoney;
    if (dimension == "ratio" || dimension == "points") return NumberKind::kPercent;
    return StartsWith(dimension, "time") ? NumberKind::kDuration : NumberKind::kMeasurement;
  }

  std::vector<Unit> units_;
  std::vector<NumberKind> kinds_;
  std::bitset<4096> starts_;
  absl::flat_hash_map<std::string, UnitId> symbols_;
  absl::flat_hash_map<std::string, UnitId> exact_;
  absl::flat_hash_map<std::string, UnitId> words_;
};

// What added units point to, and all tables so far, which readers may still hold.
struct Kept {
  std::deque<std::string> texts;
  std::vector<std::unique_ptr<const Table>> tables;
};
Kept& KeptForEver() {
  static auto* const kept = new Kept;
  return *kept;
}

const Table* FirstTable() {
  return KeptForEver().tables.emplace_back(std::make_unique<const Table>()).get();
}

// The table in force. Tables are replaced whole and never freed: readers hold no lock.
std::atomic<const Table*>& TableInForce() {
  static std::atomic<const Table*> table{FirstTable()};
  return table;
}

const Table& Units() { return *TableInForce().load(std::memory_order_acquire); }

absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }

// Dimension and factor of "3625 l", "-" or "money".
absl::Status ReadWorth(const NewUnit& unit, std::string* dimension, Decimal* factor) {
  *factor = 1;
  *dimension = absl::StrCat("own:", unit.symbol);
  if (unit.worth == "-") return absl::OkStatus();
  if (unit.worth == "money") {
    *dimension = absl::StrCat("money:", unit.symbol);
    return absl::OkStatus();
  }
  std::string_view rest = unit.worth;
  const std::optional<Decimal> size = Decimal::Parse(CutTo(&rest, ' '));
  const UnitId known = Units().Symbol(rest);
  if (!size.has_value() || !(Decimal(0) < *size) || known == UnitId::kNone) {
    return absl::InvalidArgumentError(
        absl::StrCat("unit '", unit.symbol, "' is worth '", unit.worth,
                     "': write a size and the symbol of a known unit (\"60 kg\"), \"money\", or "
                     "\"-\" for a kind of its own"));
  }
  *dimension = std::string(GetUnit(known).dimension);
  *factor = *size * GetUnit(known).factor;
  return absl::OkStatus();
}

// Factors with no short inverse ("feet to km") divide as doubles: 15 digits hold them.
Decimal Quotient(const Decimal& a, const Decimal& b) {
  const auto quotient = Decimal::FromDouble(a.ToDouble() / b.ToDouble());
  CW_CHECK(quotient.has_value());
  return *quotient;
}

// `value` with at most `places` decimals, halves away from zero.
Decimal Rounded(const Decimal& value, int places) {
  if (value.exponent() >= -places) return value;
  const bool negative = value < Decimal(0);
  std::int64_t digits = negative ? -value.digits() : value.digits();
  int drop = -places - value.exponent();
  if (drop > 16) return Decimal();
  std::int64_t unit = 1;
  while (drop-- > 0) unit *= 10;
  digits = (digits + unit / 2) / unit;
  return Decimal::Of(negative ? -digits : digits, -places);
}

Quantity InUnit(const Quantity& quantity, const Unit& from, const Unit& to) {
  Quantity told = quantity;
  if (told.low.has_value()) told.low = Convert(*told.low, from, to);
  if (told.high.has_value()) told.high = Convert(*told.high, from, to);
  told.unit = to.id;
  return told;
}

}  // namespace

const Unit& GetUnit(UnitId id) { return Units().Get(id); }

bool MayStartUnit(std::string_view token) { return Units().MayStart(token); }

UnitId FindUnit(std::string_view written) { return Units().Find(written); }

UnitId FindUnitSymbol(std::string_view symbol) { return Units().Symbol(symbol); }

UnitId UnitWithSymbol(std::string_view symbol) {
  const UnitId id = Units().Symbol(symbol);
  CW_CHECK(id != UnitId::kNone && "no unit has this symbol");
  return id;
}

absl::Status AddUnit(const NewUnit& unit) {
  if (unit.symbol.empty() || unit.names.empty()) {
    return absl::InvalidArgumentError("a unit needs a symbol and a name");
  }
  std::string dimension;
  Decimal factor;
  absl::Status status = ReadWorth(unit, &dimension, &factor);
  if (!status.ok()) return status;
  if (const UnitId there = Units().Symbol(unit.symbol); there != UnitId::kNone) {
    const Unit& old = GetUnit(there);
    const bool same = old.dimension == dimension && old.factor == factor &&
                      Units().Find(unit.names.front()) == there;
    return same ? absl::OkStatus()
                : absl::InvalidArgumentError(absl::StrCat(
                      "unit '", unit.symbol, "' is there already: give yours another symbol"));
  }
  for (const std::string& name : unit.names) {
    const UnitId taken = Units().Find(name);
    if (taken == UnitId::kNone) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        "'", name, "' is the unit '", Absl(GetUnit(taken).symbol), "' already: leave it out"));
  }
  Kept& kept = KeptForEver();
  Row row;
  row.unit.symbol = kept.texts.emplace_back(unit.symbol);
  row.unit.dimension = kept.texts.emplace_back(dimension);
  row.unit.factor = factor;
  row.names = unit.names;
  auto table = std::make_unique<Table>(Units());
  table->Add(row);
  TableInForce().store(table.get(), std::memory_order_release);
  kept.tables.push_back(std::move(table));
  return absl::OkStatus();
}

NumberKind KindOfUnit(UnitId id) { return Units().Kind(id); }

Decimal Convert(const Decimal& value, const Unit& from, const Unit& to) {
  CW_CHECK(from.dimension == to.dimension);
  if (from.factor == to.factor) return value;
  const Decimal base = value * from.factor;
  return to.factor == Decimal(1) ? base : Quotient(base, to.factor);
}

Quantity InToldUnit(const Quantity& quantity) {
  const Unit& unit = GetUnit(quantity.unit);
  if (unit.id == UnitId::kNone || unit.told == unit.id) return quantity;
  Quantity told = InUnit(quantity, unit, GetUnit(unit.told));
  const bool share = unit.dimension == "ratio";
  for (std::optional<Decimal>* bound : {&told.low, &told.high}) {
    if (bound->has_value()) *bound = Rounded(**bound, share || **bound < Decimal(10) ? 2 : 1);
  }
  return told;
}

Quantity InBaseUnit(const Quantity& quantity) {
  const Unit& unit = GetUnit(quantity.unit);
  if (unit.id == UnitId::kNone) return quantity;
  Unit base = unit;
  base.factor = 1;
  Quantity value = InUnit(quantity, unit, base);
  value.unit = quantity.unit;
  return value;
}

}  // namespace claimwatch
