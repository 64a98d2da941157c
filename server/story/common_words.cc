#include "server/story/common_words.h"

#include <array>
#include <cstddef>
#include <cstring>

#include "server/base/check.h"
#include "server/base/hash.h"

namespace claimwatch {
namespace {

constexpr std::string_view kFunctionWords =
    "a an the this that these those and or but nor so yet if then than because while although "
    "though "
    "as of in on at by for from to with without within into onto upon over under above below "
    "between "
    "among through during before after since until about against along around across behind beyond "
    "despite except inside outside near off out up down toward towards via per "
    "i you he she it we they me him her us them my your his its our their mine yours hers ours "
    "theirs "
    "myself yourself himself herself itself ourselves themselves who whom whose which what when "
    "where "
    "why how all any both each every either neither some no none not only own same such other "
    "another "
    "others few many much more most less least several enough very too also just even still "
    "already "
    "always never ever often again once twice here there now today tomorrow yesterday tonight "
    "am is are was were be been being have has had having do does did doing done will would shall "
    "should can could may might must ought cannot don doesn didn isn wasn aren weren won wouldn "
    "couldn shouldn hasn haven hadn ain ll ve re s t d m "
    "say says said saying tell tells told add adds added report reports reported reporting "
    "according "
    "mr mrs ms dr one two three four five six seven eight nine ten first second third new last "
    "next "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july "
    "august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon "
    "tue tues wed thu thur thurs fri sat sun pm am gmt est edt pst pdt utc photo image file "
    "copyright "
    "updated published posted news click read share facebook twitter email advertisement";

constexpr std::string_view kFrequentWords =
    "year people time day man woman make made take took come came go went gone get got see saw "
    "seen "
    "know known find found give gave given work use call called say part include including state "
    "government country city number group official however like well way back set place long high "
    "left right end point week month hour minute morning night evening afternoon early late later "
    "ago continue begin began start old home local large small big good great public area case "
    "million hundred thousand expect want need help show think look ask try keep leave lead follow "
    "near nearby hold held put turn move live become happen need statement spokesman spokeswoman";

// Outlets that others quote: their names tell who reported, hardly ever what happened.
constexpr std::string_view kOutlets = "reuters afp cnn bbc xinhua";

constexpr std::string_view kCommonWords =
    "police officer officers family child children world life house water power force war "
    "president "
    "minister company member system program question side head service friend father mother hand "
    "school national international american united states york washington south north east west "
    "northern southern eastern western law community name university street road county department "
    "office team report story fact month lot study book eye job word business issue kind body "
    "information party result change morning reason research girl boy guy moment air teacher "
    "education support plan meet met meeting news press agency media source television video "
    "kill killed death dead die died injure injured injury wound wounded attack fire shot shoot "
    "shooting gun victim suspect arrest arrested charge charged court judge attorney lawyer trial "
    "prison jail crime criminal murder investigation investigator detective sheriff deputy chief "
    "hospital medical doctor emergency rescue scene witness incident accident vehicle car driver "
    "truck damage destroy building center centre church market store street block neighborhood "
    "neighbourhood resident apartment town village province region capital district border "
    "military army soldier troop security forces leader political opposition election vote council "
    "parliament congress republican democrat senator governor mayor federal secretary foreign "
    "defense defence interior ministry nation european union british english french german chinese "
    "russian china russia britain france germany america africa asia europe "
    "money cost price market bank percent cent dollar billion oil gas energy economic economy "
    "trade "
    "industry worker job tax fund "
    "possible possibly likely least able best better far free full general human important major "
    "main open order past present private real recent recently second serious short simple single "
    "special strong sure top total true various whole young close clear common different difficult "
    "allow appear believe bring brought build buy carry cause confirm consider control create cut "
    "decide describe die draw drive driven eat explain face fall fell feel felt force form grow "
    "hear "
    "heard hit hope identify increase involve join learn let lie listen lose lost love mean "
    "mention "
    "miss note offer pass pay play prevent produce protect provide pull raise reach receive "
    "release "
    "remain remember remove require respond return rise run ran seek seem sell send sent serve "
    "share sit speak spend spoke stand stay step stop suffer suggest talk threaten throw told "
    "travel treat understand wait walk wear win write wrote "
    "age line field level period member minute experience effort amount evidence effect role rate "
    "view action activity history interest land condition problem process term test type value "
    "weekend situation response record phone photo picture page site website";

constexpr std::string_view kOccasionalWords =
    "protest protester demonstration demonstrator rally crowd clash riot unrest uprising "
    "revolution "
    "regime rebel fighter militant terrorist terrorism terror bomb bombing explosion explode blast "
    "missile rocket weapon armed arm ammunition bullet gunfire gunshot gunman gunmen handgun "
    "pistol "
    "rifle firearm knife stab robbery rob burglary steal theft gang drug alcohol homicide "
    "manslaughter "
    "custody detain detained bail bond indict indictment guilty plead convict conviction sentence "
    "prosecutor jury defendant felony assault warrant motive argument dispute fight altercation "
    "earthquake quake magnitude tremor aftershock epicenter epicentre tsunami flood storm "
    "hurricane "
    "tornado cyclone typhoon landslide volcano eruption drought wildfire blaze flame firefighter "
    "smoke "
    "arson collapse rubble evacuate evacuation shelter survivor relief aid donate donation "
    "disaster "
    "tragedy crash plane aircraft pilot passenger flight airport train rail bus ship vessel boat "
    "tanker crew captain sailor navy naval coast guard helicopter pirate piracy hijack hostage "
    "ransom "
    "kidnap refugee migrant immigrant camp humanitarian civilian casualty toll wounded corpse "
    "funeral "
    "memorial vigil mourn grief autopsy coroner paramedic ambulance nurse patient surgery clinic "
    "disease virus outbreak infection flu vaccine epidemic cholera ebola symptom health "
    "sanction ceasefire truce peace treaty talks negotiate negotiation diplomat ambassador embassy "
    "envoy summit council resolution un nato eu coalition alliance ally "
    "airstrike strike shell shelling tank artillery sniper militia tribe tribal islamist muslim "
    "mosque christian catholic priest bishop religious "
    "student teacher campus college classroom professor degree graduate "
    "bank loan debt crisis recession stock share investor profit revenue sale budget deficit "
    "inflation "
    "bankruptcy merger deal contract executive ceo chairman shareholder lawsuit sue settlement "
    "compensation damages fine penalty regulator regulation "
    "spill leak pipeline rig drill barrel gallon well coal mine miner nuclear reactor plant "
    "radiation "
    "environment environmental wildlife fish fisherman fishing beach coastal sea ocean gulf island "
    "river lake mountain forest desert valley hill bridge tunnel dam highway intersection avenue "
    "boulevard lane drive parking garage restaurant bar club nightclub hotel mall shop supermarket "
    "warehouse factory farm dairy "
    "brother sister son daughter husband wife girlfriend boyfriend uncle aunt cousin grandmother "
    "grandfather parent couple neighbor neighbour baby infant toddler teenager teen teenage adult "
    "male "
    "female black white hispanic latino "
    "search manhunt reward tip surveillance camera footage description hooded mask clothing jacket "
    "shirt "
    "pants hair foot feet inch pound tall thin "
    "chest leg arm back stomach abdomen neck shoulder torso critical stable condition surgery "
    "life-threatening pronounced transport treated wound self-inflicted fatal fatally "
    "patrol trooper swat fbi atf dispatch 911 sergeant lieutenant captain commander spokesperson "
    "journalist reporter correspondent newspaper magazine radio channel bureau "
    "football baseball basketball soccer game match player coach season league championship fan "
    "stadium "
    "movie film music singer actor album concert song artist celebrity hollywood "
    "internet online computer software phone apple google microsoft users technology "
    "weather rain snow wind temperature heat cold "
    "holiday christmas thanksgiving easter birthday party wedding";

constexpr std::size_t kSlots = 4096;  // A power of two, at least twice the words.

struct Slot {
  std::uint32_t hash = 0;
  Commonness commonness = Commonness::kRare;
};

class CommonWords {
 public:
  CommonWords() {
    Put(kFunctionWords, Commonness::kFunction);
    Put(kFrequentWords, Commonness::kFrequent);
    Put(kOutlets, Commonness::kFrequent);
    Put(kCommonWords, Commonness::kCommon);
    Put(kOccasionalWords, Commonness::kOccasional);
  }

  Commonness Get(std::uint32_t hash) const {
    for (std::size_t at = hash % kSlots;; at = (at + 1) % kSlots) {
      if (slots_[at].hash == hash) return slots_[at].commonness;
      if (slots_[at].hash == 0) return Commonness::kRare;
    }
  }

 private:
  void Put(std::string_view words, Commonness commonness) {
    while (!words.empty()) {
      const std::size_t size = std::min(words.find(' '), words.size());
      PutHash(FoldedHash(words.substr(0, size)), commonness);
      words.remove_prefix(std::min(size + 1, words.size()));
    }
  }

  // The first list that names a word counts: the more common one.
  void PutHash(std::uint32_t hash, Commonness commonness) {
    std::size_t at = hash % kSlots;
    while (slots_[at].hash != 0 && slots_[at].hash != hash) at = (at + 1) % kSlots;
    if (slots_[at].hash == hash) return;
    CW_CHECK(++used_ <= kSlots / 2);
    slots_[at] = {hash, commonness};
  }

  std::array<Slot, kSlots> slots_{};
  std::size_t used_ = 0;
};

constexpr std::array<unsigned char, 256> kLower = [] {
  std::array<unsigned char, 256> lower{};
  for (std::size_t c = 0; c < lower.size(); ++c) {
    lower[c] = static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return lower;
}();

unsigned char LowerAt(std::string_view word, std::size_t i) {
  return kLower[static_cast<unsigned char>(word[i])];
}

constexpr std::uint32_t Three(char a, char b, char c) {
  return static_cast<std::uint32_t>(a) << 16 | static_cast<std::uint32_t>(b) << 8 |
         static_cast<std::uint32_t>(c);
}

// The last three letters of the first `size`, in lower case.
std::uint32_t Tail(std::string_view word, std::size_t size) {
  return static_cast<std::uint32_t>(LowerAt(word, size - 3)) << 16 |
         static_cast<std::uint32_t>(LowerAt(word, size - 2)) << 8 | LowerAt(word, size - 1);
}

// A plural's s is left out, that of "glass", "virus", "crisis" and "taxis" is not.
bool EndsInPlural(std::uint32_t tail) {
  if ((tail & 0xff) != 's') return false;
  const auto before = static_cast<char>(tail >> 8 & 0xff);
  return before != 's' && before != 'u' && tail != Three('s', 'i', 's') &&
         tail != Three('x', 'i', 's');
}

// How many letters of a word without plural name a land or a people: Libyan, Libya; Israeli,
// Israel.
std::size_t WithoutPeople(std::string_view word, std::size_t size) {
  if (size > 5) {
    const std::uint32_t tail = Tail(word, size);
    if (tail == Three('i', 'a', 'n') || tail == Three('y', 'a', 'n') ||
        tail == Three('c', 'a', 'n'))
      --size;
  }
  if (size > 5) {
    const std::uint32_t tail = Tail(word, size);
    if (tail == Three('e', 'l', 'i') || tail == Three('a', 'n', 'i') ||
        tail == Three('a', 'q', 'i') || tail == Three('i', 't', 'i'))
      --size;
  }
  return size;
}

std::uint32_t HashLetters(std::string_view word) {
  constexpr std::size_t kLettersMax = 32;
  std::size_t size = std::min(word.size(), kLettersMax);
  const std::uint32_t tail = size > 3 ? Tail(word, size) : 0;
  const bool cities = size > 4 && tail == Three('i', 'e', 's');  // City.
  if (cities) {
    size -= 3;
  } else {
    if (size > 3 && EndsInPlural(tail)) --size;
    size = WithoutPeople(word, size);
  }
  std::uint64_t h = kFnvBasis;
  for (std::size_t i = 0; i < size; ++i) h = (h ^ LowerAt(word, i)) * kFnvPrime;
  if (cities) h = (h ^ 'y') * kFnvPrime;
  const auto hash = static_cast<std::uint32_t>(MixBits(h));
  return hash == 0 ? 1 : hash;
}

// Words of 4 to 16 bytes by two overlapping halves, which with the size tell them apart.
constexpr std::size_t kHalvedMin = 4, kHalvedMax = 16;

struct Halves {
  std::uint64_t head = 0;
  std::uint64_t tail = 0;
  friend bool operator==(const Halves&, const Halves&) = default;
};

template <typename Half>
Halves HalvesOf(std::string_view word) {
  Half head, tail;
  std::memcpy(&head, word.data(), sizeof(Half));
  std::memcpy(&tail, word.data() + word.size() - sizeof(Half), sizeof(Half));
  return {head, tail};
}

struct Remembered {
  Halves halves;
  std::uint32_t size = 0;
  std::uint32_t hash = 0;
};

}  // namespace

Commonness CommonnessOf(std::uint32_t folded_hash) {
  static const CommonWords words;
  return words.Get(folded_hash);
}

// The same few thousand words make up most of all texts, so that they are hashed by letters once a
// thread. What is remembered never changes: it makes no difference to anything but time.
std::uint32_t FoldedHash(std::string_view word) {
  constexpr int kPlaceBits = 11;
  thread_local std::array<Remembered, 1 << kPlaceBits> remembered;
  if (word.size() < kHalvedMin || word.size() > kHalvedMax) return HashLetters(word);
  const Halves halves =
      word.size() < 8 ? HalvesOf<std::uint32_t>(word) : HalvesOf<std::uint64_t>(word);
  const std::uint64_t mixed = (halves.head ^ halves.tail * kFnvPrime) * 0x9e3779b97f4a7c15ULL;
  Remembered& known = remembered[mixed >> (64 - kPlaceBits)];
  if (known.size != word.size() || known.halves != halves) {
    known = {halves, static_cast<std::uint32_t>(word.size()), HashLetters(word)};
  }
  return known.hash;
}

}  // namespace claimwatch
