#include "server/story/themes.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "server/base/check.h"
#include "server/story/common_words.h"
#include "server/story/word_table.h"

namespace claimwatch {
namespace {

struct Theme {
  std::string_view name;
  std::string_view words;  // Plurals are folded.
};

constexpr std::array<Theme, 13> kThemes = {{
    {"quake",
     "earthquake quake aftershock magnitude epicenter epicentre seismic seismologist tremor "
     "temblor "
     "richter tsunami"},
    {"flood",
     "flood flooding flooded floodwater storm hurricane typhoon cyclone tornado rain rainfall "
     "monsoon "
     "landslide mudslide landfall wind dam levee"},
    {"crash",
     "crash crashed derail derailed derailment collision collided capsized capsize sank sinking "
     "shipwreck ferry plane jet airliner airline pilot bus coach train locomotive motorway highway "
     "driver"},
    {"fire",
     "fire blaze wildfire firefighter flame smoke arson burned burning burnt explosion exploded "
     "blast"},
    {"crime",
     "shooting shot gunman gunmen murder murdered homicide stabbed stabbing robbery robber suspect "
     "detective sheriff kidnapped burglary theft thief thieves jail prosecutor custody"},
    {"attack",
     "bomb bomber bombing bombed explosion exploded blast attack attacker attacked militant "
     "insurgent "
     "terrorist terrorism hostage pirate hijack hijacked hijackers gunmen"},
    {"disease",
     "outbreak virus epidemic pandemic flu influenza cholera ebola measles polio infected "
     "infection "
     "disease vaccine vaccination quarantine fever patient"},
    {"unrest",
     "protest protester demonstrator demonstration uprising riot rioter rally unrest crackdown "
     "opposition activist revolution march marched coup regime"},
    {"war",
     "war troop soldier army rebel insurgent fighting offensive ceasefire truce airstrike shelling "
     "militia regime warplane frontline convoy refugee peacekeeper peacekeeping combat invasion "
     "uprising"},
    {"market",
     "bank banking lender shareholder share stock investor takeover merger bid bailout bond yield "
     "creditor deposit recession loan profit acquisition brewer budget deficit"},
    {"spill", "spill slick leak leaking gushing barrel crude rig tanker pipeline oil"},
    {"relief",
     "relief aid donor humanitarian survivor homeless tent camp shelter rubble rebuild rebuilding "
     "reconstruction catastrophe appeal rescuer refugee displaced"},
    {"vote", "election vote voter voting ballot candidate parliament referendum runoff turnout"},
}};

constexpr std::size_t kSlots = 1024;
constexpr std::uint32_t kMentionsMin = 40;  // In sixteenths: two, one of them in the lead.

class Table {
 public:
  Table() {
    for (std::size_t i = 0; i < kThemes.size(); ++i) {
      for (std::string_view words = kThemes[i].words; !words.empty();) {
        const std::size_t size = std::min(words.find(' '), words.size());
        Put(FoldedHash(words.substr(0, size)), static_cast<Themes>(1u << i));
        words.remove_prefix(std::min(size + 1, words.size()));
      }
    }
  }
  Themes Get(std::uint32_t hash) const {
    for (std::size_t at = hash % kSlots; hashes_[at] != 0; at = (at + 1) % kSlots) {
      if (hashes_[at] == hash) return themes_[at];
    }
    return 0;
  }

 private:
  void Put(std::uint32_t hash, Themes theme) {
    std::size_t at = hash % kSlots;
    while (hashes_[at] != 0 && hashes_[at] != hash) at = (at + 1) % kSlots;
    if (hashes_[at] == 0) CW_CHECK(++used_ <= kSlots / 2);
    hashes_[at] = hash;
    themes_[at] = static_cast<Themes>(themes_[at] | theme);
  }

  std::array<std::uint32_t, kSlots> hashes_{};
  std::array<Themes, kSlots> themes_{};
  std::size_t used_ = 0;
};

}  // namespace

Themes ThemesOfWord(std::uint32_t folded_hash) {
  static const Table table;
  return table.Get(folded_hash);
}

Themes ThemesOf(const WordTable& words) {
  std::array<std::uint32_t, kThemes.size()> weights{};
  for (const ArticleWord& word : words.all()) {
    if (word.word_weight == 0) continue;  // "Train" the band, "Bush fire" the man.
    if (word.themes == 0) continue;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if ((word.themes >> i & 1) != 0) weights[i] += word.word_weight;
    }
  }
  const std::uint32_t most = *std::max_element(weights.begin(), weights.end());
  if (most < kMentionsMin) return 0;
  Themes themes = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] * 2 >= most) themes = static_cast<Themes>(themes | 1u << i);
  }
  return themes;
}

std::string NameThemes(Themes themes) {
  std::string names;
  for (std::size_t i = 0; i < kThemes.size(); ++i) {
    if ((themes >> i & 1) == 0) continue;
    if (!names.empty()) names.push_back(' ');
    names.append(kThemes[i].name);
  }
  return names;
}

}  // namespace claimwatch
