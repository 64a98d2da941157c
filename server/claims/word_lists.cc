#include "server/claims/word_lists.h"

namespace claimwatch {
namespace {

// In the order of WordList.
constexpr std::array kNames = std::to_array<std::string_view>({
    "own",          "gun",
    "bore",         "bore_unit",
    "inhabitants",  "populace",
    "inhabited",    "headcount",
    "relief",       "sent_body",
    "team",         "hit",
    "client",       "cutback",
    "armed",        "burial",
    "wares",        "pursuit",
    "deed",         "assault",
    "accusation",
    "founding",     "now",
    "last",         "last_year",
    "last_period",  "this_period",
    "earlier",      "long_span",
    "ago",          "from_then",
    "recovery",     "compared",
    "anniversary",  "today",
    "yesterday",    "so_far",
    "statistics",   "figures",
    "official",     "epidemic",
    "conditions",   "need",
    "outage",       "aid",
    "disaster",     "blackout",
    "struck",       "find",
    "link",         "help",
    "enter",        "cross",
    "depart",       "country_noun",
    "law",          "hold",
    "seize",        "treat",
    "patient",      "retract",
    "take_back",    "discredit",
    "mistaken",     "claimed_figure",
    "true",         "pledge",
    "charge",       "ask_for",
    "request",      "seek",
    "plan_to",      "likely",
    "mean",         "clause",
    "about_to",     "supposed",
    "recount",      "outlay",
    "holding",
    "no_speaker",   "anaphor",
    "tell",         "according",
    "no_saying",    "said",
    "finds",        "account",
    "puts",         "place_preposition",
    "throughout",   "into",
    "neighbouring", "rival",
    "quake",        "plain_year",
    "take_in",
    "passenger",    "crew",
    "thing_part",   "engulf",
    "torn",         "busy",
    "fleet",        "put_to_use",
    "verdict",      "costly",
    "bourse",
    "wrecker",
    "sparing",
    "ruined",
    "wreck",
});
static_assert(kNames.size() == static_cast<std::size_t>(WordList::kCount));

}  // namespace

std::string_view Name(WordList list) { return kNames[static_cast<std::size_t>(list)]; }

std::optional<WordList> WordListOf(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<WordList>(i);
  }
  return std::nullopt;
}

}  // namespace claimwatch
