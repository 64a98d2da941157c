// Number words: "a hundred and five", "two dozen", "2.5 million", "three lakh crore", "dozens".
//
// One pass over the words. What has been read so far leaves a room: after "hundred" something below
// a hundred may follow, after "thirty" something below ten, after "five" nothing. A word that does
// not fit the room ends the number, so that "two 30-year bonds" stays two numbers.
#include "server/text/number_parts.h"

namespace claimwatch::numbers {
namespace {

constexpr int kNoMagnitude = 99;

class Composer {
 public:
  Composer(const Line& line, bool join) : line_(line), join_(join) {}

  std::optional<Amount> Read(std::uint32_t first);

 private:
  bool Take(std::uint32_t i);
  bool TakeSmall(int value, int room_after);
  bool TakeHundred();
  bool TakeMagnitude(int power);
  bool TakeDozen(int size);
  bool Start(std::uint32_t* at);
  bool OpensFraction(std::uint32_t i) const;
  bool AndFits(std::uint32_t i) const;
  bool ReadPoint(std::uint32_t i);
  bool AtSuffix(std::uint32_t i, int* power) const;
  bool GroupEmpty() const { return !has_group_; }

  const Line& line_;
  const bool join_;
  Decimal total_, group_;
  bool has_group_ = false;
  bool any_ = false;
  bool digits_ = false;  // It began with digits.
  bool closed_ = false;  // Nothing may follow.
  Decimal room_ = Decimal::Of(1, 20);
  int lowest_ = kNoMagnitude;  // Power of the last magnitude.
  bool scaled_ = false;        // The last word was hundred or a magnitude.
  bool joined_ = false;        // "and" has just joined.
  Amount amount_;
};

bool Composer::TakeSmall(int value, int room_after) {
  if (!(Decimal(value) < room_) || digits_) return false;
  if (amount_.digits && !joined_) return false;  // "86 million one-gallon jugs" are two figures.
  if (room_ == Decimal(10) && value >= 10) return false;
  group_ = group_ + value;
  has_group_ = true;
  room_ = room_after;
  scaled_ = false;
  return true;
}

bool Composer::TakeHundred() {
  if (!any_) {
    group_ = 100;
  } else if (has_group_ && !scaled_) {
    const Decimal hundreds = group_ * Decimal(100);
    if (lowest_ != kNoMagnitude && !(hundreds < PowerOfTen(lowest_))) return false;
    if (!digits_ && !(group_ < Decimal(100))) return false;
    amount_.mantissa = group_;
    amount_.power = 2;
    group_ = hundreds;
  } else {
    return false;
  }
  has_group_ = true;
  room_ = 100;
  scaled_ = true;
  digits_ = false;
  return true;
}

bool Composer::TakeMagnitude(int power) {
  if (has_group_) {
    if (lowest_ != kNoMagnitude && power >= lowest_) return false;
    amount_.mantissa = group_;
    total_ = total_ + group_ * PowerOfTen(power);
  } else if (any_ && scaled_ && power >= lowest_) {
    total_ = total_ * PowerOfTen(power);  // "lakh crore", "thousand billion"
    power += lowest_;
  } else {
    return false;
  }
  amount_.power = power;
  lowest_ = power;
  group_ = 0;
  has_group_ = false;
  room_ = PowerOfTen(power);
  scaled_ = true;
  digits_ = false;
  return true;
}

bool Composer::TakeDozen(int size) {
  if (!has_group_) return false;
  // "three hundred and two dozens" is 300 and 24.
  const Decimal small = group_ < Decimal(100) || scaled_ ? group_ : Decimal(0);
  group_ = small.IsZero() ? group_ * Decimal(size) : group_ - small + small * Decimal(size);
  closed_ = true;
  return true;
}

bool Composer::AtSuffix(std::uint32_t i, int* power) const {
  if (!line_.IsWord(i) || !digits_ || !has_group_) return false;
  *power = SuffixPower(line_.Text(i));
  if (*power == 0) return false;
  const std::string_view text = line_.Text(i);
  if (!line_.Glued(i)) return text == "k" || text == "M";
  return text != "m" && text != "mm" && text != "t" && text != "T";  // Metres and tons, or money.
}

// "one hundred thirty-fifths": the tens are the fraction's.
bool Composer::OpensFraction(std::uint32_t i) const {
  const std::uint32_t unit = i + (line_.Dash(i + 1) ? 2 : 1);
  return scaled_ && !joined_ && line_.RoleAt(unit) == Role::kOrdinal && line_.Is(unit, kPlural) &&
         line_.ValueAt(unit) < 10;
}

bool Composer::Take(std::uint32_t i) {
  const int value = line_.ValueAt(i);
  int power = 0;
  switch (line_.RoleAt(i)) {
    case Role::kZero:
      if (any_ || !TakeSmall(0, 0)) return false;
      break;
    case Role::kDigit:
      if (!TakeSmall(value, 0)) return false;
      break;
    case Role::kTeen:
      if (room_ < Decimal(100) || !TakeSmall(value, 0)) return false;
      break;
    case Role::kTen:
      if (room_ < Decimal(100) || OpensFraction(i) || !TakeSmall(value, 10)) return false;
      break;
    case Role::kHundred:
      if (!TakeHundred()) return false;
      break;
    case Role::kMagnitude:
      if (!TakeMagnitude(value)) return false;
      break;
    case Role::kDozen:
      if (!TakeDozen(value)) return false;
      break;
    case Role::kVague:
      if (value == 20 || value == 10 || !TakeDozen(value)) return false;
      break;
    default:
      if (!AtSuffix(i, &power) || !TakeMagnitude(power)) return false;
      closed_ = true;
  }
  any_ = true;
  return true;
}

// Whether the word after "and" belongs to the number.
bool Composer::AndFits(std::uint32_t i) const {
  if (!join_ || !scaled_) return false;
  const Role role = line_.RoleAt(i);
  const bool small = role == Role::kDigit || role == Role::kTeen || role == Role::kTen;
  const bool digits = amount_.digits && line_.Digits(i) && line_.Text(i).size() <= 2;
  if (!small && !digits) return false;
  if (line_.Text(i) == "0" || (digits && lowest_ > 3 && lowest_ != kNoMagnitude)) return false;
  if (role != Role::kTen && FractionFollows(line_, i + 1)) return false;
  for (std::uint32_t next = i + 1; next < i + 3; ++next) {
    const Role after = line_.RoleAt(next);
    if (after == Role::kMagnitude) return line_.ValueAt(next) < lowest_;
    if (after == Role::kHundred) return lowest_ != kNoMagnitude && lowest_ > 2;
    if (line_.Dash(next)) continue;
    if (after != Role::kDigit && after != Role::kTen) break;
  }
  return true;
}

// "five point five", "two hundred point seventy-one".
bool Composer::ReadPoint(std::uint32_t i) {
  if (line_.RoleAt(i) != Role::kPoint || !has_group_ || digits_) return false;
  std::string decimals;
  std::uint32_t at = i + 1;
  for (; at < i + 12; ++at) {
    const Role role = line_.RoleAt(at);
    if (role == Role::kZero || role == Role::kDigit || role == Role::kTeen) {
      decimals += std::to_string(line_.ValueAt(at));
    } else if (role == Role::kTen) {
      const std::uint32_t unit = at + (line_.Dash(at + 1) ? 2 : 1);
      const bool more = line_.RoleAt(unit) == Role::kDigit;
      decimals += std::to_string(line_.ValueAt(at) + (more ? line_.ValueAt(unit) : 0));
      if (more) at = unit;
    } else {
      break;
    }
  }
  const auto fraction = Decimal::Parse("0." + decimals);
  if (decimals.empty() || !fraction.has_value()) return false;
  group_ = group_ + *fraction;
  room_ = 0;
  amount_.end = at;
  int value = line_.ValueAt(at);
  if (line_.RoleAt(at) == Role::kMagnitude && TakeMagnitude(value)) ++amount_.end;
  return true;
}

// The first token: digits, a number word, or "a" before "hundred", "million", "dozen".
bool Composer::Start(std::uint32_t* at) {
  if (const auto digits = ReadDigitAmount(line_, *at)) {
    amount_ = *digits;
    group_ = digits->value;
    has_group_ = any_ = digits_ = true;
    closed_ = digits->malformed;
    *at = digits->end;
    return true;
  }
  if (line_.RoleAt(*at) == Role::kA) {
    const std::uint32_t next = *at + 1;
    const Role role = line_.RoleAt(next);
    if (role != Role::kHundred && role != Role::kMagnitude && role != Role::kDozen) return false;
    if (line_.Glued(next) || (role == Role::kDozen && line_.ValueAt(next) == 20)) return false;
    group_ = 1;
    has_group_ = any_ = true;
    *at = next;
    if (!Take(next)) return false;
  } else if (!Take(*at)) {
    return false;
  }
  ++*at;
  return true;
}

std::optional<Amount> Composer::Read(std::uint32_t first) {
  std::uint32_t at = first;
  if (!Start(&at)) return std::nullopt;
  amount_.first = first;
  while (!closed_) {
    const bool dash =
        line_.Dash(at) && line_.Is(at + 1, kNumberWord) && line_.Glued(at) == line_.Glued(at + 1);
    if (Take(at)) {
      at += 1;
    } else if (dash && Take(at + 1)) {
      at += 2;
    } else if ((line_.RoleAt(at) == Role::kAnd || line_.Mark(at, '&')) && AndFits(at + 1)) {
      if (line_.Digits(at + 1)) {
        group_ = group_ + ReadDigits(line_.Text(at + 1)).value;
        has_group_ = true;
        closed_ = true;
      } else {
        joined_ = true;  // Also lets "3 hundred and one" go on in words.
        if (!Take(at + 1)) break;
      }
      at += 2;
    } else if (scaled_ && amount_.digits && line_.Digits(at) && !closed_ &&
               line_.RoleAt(at + 1) == Role::kHundred) {
      group_ = ReadDigits(line_.Text(at)).value;  // "4 thousand 3 hundred"
      has_group_ = true;
      scaled_ = false;
      at += 1;
    } else {
      break;
    }
  }
  amount_.end = at;
  ReadPoint(at);
  amount_.value = total_ + group_;
  if (amount_.power == 0 || has_group_) amount_.mantissa = amount_.value;
  if (has_group_ && lowest_ != kNoMagnitude) amount_.power = 0;
  if (amount_.power != 0) amount_.plain = false;
  return amount_;
}

// "wounded [scores]"
bool HurtsBefore(const Line& line, std::uint32_t i) {
  const std::string_view verb = line.Lower(i - 1);
  for (const std::string_view hurt : {"kill", "wound", "injur", "hurt", "arrest", "detain"}) {
    if (verb.substr(0, hurt.size()) != hurt) continue;
    return line.Is(i - 1, kParticiple | kGerund | kThirdPerson);  // "Bomb wounds scores"
  }
  return false;
}

// "dozens", "tens of thousands", "hundreds of millions", "thousands".
std::optional<Amount> ReadVague(const Line& line, std::uint32_t i) {
  const Role role = line.RoleAt(i);
  const int value = line.ValueAt(i);
  if (line.Attached(i)) return std::nullopt;
  Amount amount;
  amount.first = i;
  amount.end = i + 1;
  amount.vague = true;
  if (role == Role::kVaguePower) {
    amount.value = Decimal::Of(2, value);
    if (line.RoleAt(i + 1) == Role::kOf && line.RoleAt(i + 2) == Role::kVaguePower) {
      amount.value = amount.value * PowerOfTen(line.ValueAt(i + 2));
      amount.end = i + 3;
    }
    return amount;
  }
  if (role != Role::kVague) return std::nullopt;
  amount.value = Decimal(2 * value);
  const bool of = line.RoleAt(i + 1) == Role::kOf;
  if (of && line.RoleAt(i + 2) == Role::kVaguePower && value != 20) {
    amount.value = amount.value * PowerOfTen(line.ValueAt(i + 2));
    amount.end = i + 3;
    return amount;
  }
  if (value == 10) return std::nullopt;
  // "scores of homes", "scores killed"; not "scores a goal" or "the scores".
  // "wounded scores, police said", "Scores were hurt"; not "settled scores"
  const bool more = line.RoleAt(i + 1) == Role::kMore && !line.IsWord(i + 2);
  const bool alone =
      HurtsBefore(line, i) ? !line.IsWord(i + 1) || more : line.Lower(i + 1) == "were";
  const bool noun = of || alone || line.Is(i + 1, kParticiple) || line.RoleAt(i + 1) == Role::kMore;
  const bool named = !alone && line.Is(i - 1, kDeterminer | kNoun | kPronoun);
  if (value == 20 && (!noun || named)) return std::nullopt;
  return amount;
}

// "several hundred", "a few thousand", "many thousands".
std::optional<Amount> ReadFew(const Line& line, std::uint32_t i) {
  const std::uint32_t at = line.RoleAt(i) == Role::kA ? i + 1 : i;
  const Role role = line.RoleAt(at);
  if (role != Role::kFew && (role != Role::kMany || line.Lower(at) == "much")) return std::nullopt;
  const Role next = line.RoleAt(at + 1);
  if (next == Role::kVaguePower || next == Role::kVague) {
    if (role == Role::kMany && at != i) return std::nullopt;
    auto vague = ReadVague(line, at + 1);
    if (vague.has_value()) vague->first = i;
    return vague;
  }
  if (next != Role::kHundred && next != Role::kMagnitude && next != Role::kDozen)
    return std::nullopt;
  Amount amount;
  amount.first = i;
  amount.end = at + 2;
  amount.vague = true;
  const int value = line.ValueAt(at + 1);
  amount.value = next == Role::kMagnitude ? Decimal::Of(2, value) : Decimal(2 * value);
  for (; line.RoleAt(amount.end) == Role::kMagnitude; ++amount.end) {
    amount.value = amount.value * PowerOfTen(line.ValueAt(amount.end));
  }
  return amount;
}

// "a couple", "last couple of days", "a couple of dozen".
std::optional<Amount> ReadCouple(const Line& line, std::uint32_t i) {
  const bool a = line.RoleAt(i) == Role::kA;
  const std::uint32_t at = a ? i + 1 : i;
  if (line.RoleAt(at) != Role::kCouple) return std::nullopt;
  const bool of = line.RoleAt(at + 1) == Role::kOf;
  const bool more = line.RoleAt(at + 1) == Role::kMore;
  const std::uint32_t noun = of ? at + 2 : at + 1;
  const bool counts = line.Is(noun, kPlural) && !line.Is(noun, kVerb);
  if (!of && !more && !(a && counts)) return std::nullopt;
  if (of && line.Is(noun, kDeterminer | kPronoun)) return std::nullopt;
  Amount amount;
  amount.first = i;
  amount.end = at + 1;
  amount.value = 2;
  const Role scale = line.RoleAt(noun);
  if (scale == Role::kDozen || scale == Role::kHundred) {
    amount.value = Decimal(2 * line.ValueAt(noun));
    amount.end = noun + 1;
  } else if (scale == Role::kMagnitude) {
    amount.value = Decimal::Of(2, line.ValueAt(noun));
    amount.end = noun + 1;
  }
  return amount;
}

// "twin bombings", "triple blasts".
std::optional<Amount> ReadTwin(const Line& line, std::uint32_t i) {
  if (line.RoleAt(i) != Role::kTwin || !line.Is(i + 1, kPlural)) {
    return std::nullopt;
  }
  Amount amount;
  amount.first = i;
  amount.end = i + 1;
  amount.value = line.ValueAt(i);
  return amount;
}

}  // namespace

std::optional<Amount> ReadWholeNumber(const Line& line, std::uint32_t i, bool join) {
  return Composer(line, join).Read(i);
}

std::optional<Amount> ReadAmount(const Line& line, std::uint32_t i, bool join) {
  const Role role = line.RoleAt(i);
  std::optional<Amount> amount;
  if (role == Role::kA || role == Role::kHalf || role == Role::kQuarter) {
    amount = ReadHalf(line, i);
  }
  if (!amount && (role == Role::kA || role == Role::kCouple)) amount = ReadCouple(line, i);
  if (!amount && (role == Role::kA || role == Role::kFew || role == Role::kMany)) {
    amount = ReadFew(line, i);
  }
  if (!amount && (role == Role::kVague || role == Role::kVaguePower)) amount = ReadVague(line, i);
  if (!amount && role == Role::kTwin) amount = ReadTwin(line, i);
  if (amount) {
    amount->mantissa = amount->value;
    return amount;
  }
  amount = ReadWholeNumber(line, i, join);
  if (!amount) return amount;
  AddFraction(line, &*amount);
  AddOutOf(line, &*amount);
  return amount;
}

}  // namespace claimwatch::numbers
