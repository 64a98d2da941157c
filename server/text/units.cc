#include "server/text/units.h"

#include <bitset>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "server/base/check.h"
#include "server/text/embedded_data.h"

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

// The table, read once from the embedded data, whose views it keeps.
class Table {
 public:
  Table() {
    units_.push_back(Unit{});
    kinds_.push_back(NumberKind::kCount);
    std::string_view data = kDataUnits;
    while (!data.empty()) {
      const std::string_view line = CutTo(&data, '\n');
      if (!line.empty() && line.front() != '#') AddLine(line);
    }
    for (std::size_t i = 1; i < units_.size(); ++i) {
      units_[i].told = told_[i] == "-" ? units_[i].id : SymbolId(told_[i]);
    }
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

  UnitId SymbolId(std::string_view symbol) const {
    for (const Unit& unit : units_) {
      if (unit.symbol == symbol) return unit.id;
    }
    CW_CHECK(false && "no unit has this symbol");
    return UnitId::kNone;
  }

 private:
  void AddLine(std::string_view line) {
    Unit unit;
    unit.id = static_cast<UnitId>(units_.size());
    unit.symbol = CutTo(&line, '\t');
    unit.dimension = CutTo(&line, '\t');
    const auto factor = Decimal::Parse(CutTo(&line, '\t'));
    CW_CHECK(factor.has_value());
    unit.factor = *factor;
    told_.resize(units_.size());
    told_.push_back(CutTo(&line, '\t'));
    std::string_view names = CutTo(&line, '\t');
    while (!names.empty()) {
      std::string name(CutTo(&names, '|'));
      for (char& c : name) {
        if (c == '-') c = ' ';  // The reader asks so for either.
      }
      starts_[StartHash(FirstToken(name))] = true;
      starts_[StartHash(FirstToken(name + "s"))] = true;
      words_.try_emplace(name, unit.id);
      if (!name.empty() && name.back() != 's') words_.try_emplace(name + "s", unit.id);
    }
    while (!line.empty()) {
      const std::string_view form = CutTo(&line, '|');
      starts_[StartHash(FirstToken(form))] = true;
      if (!form.empty()) exact_.try_emplace(std::string(form), unit.id);
    }
    units_.push_back(unit);
    kinds_.push_back(KindOf(unit.dimension));
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
  std::vector<std::string_view> told_ = {"-"};
  absl::flat_hash_map<std::string, UnitId> exact_;
  absl::flat_hash_map<std::string, UnitId> words_;
};

const Table& Units() {
  static const Table* const table = new Table;  // Leaked on purpose: read until the process ends.
  return *table;
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

UnitId UnitWithSymbol(std::string_view symbol) { return Units().SymbolId(symbol); }

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
