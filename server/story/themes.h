// Themes: what kind of event an article tells of (a quake, a flood, a crash, an epidemic ...), from
// the ordinary words of each kind.
//
// Two events of one country share its name, its ministries and the words of all reports on deaths;
// what tells them apart at once is that one is a flood and the other a bus crash. A word may belong
// to several kinds ("soldiers": a war, an uprising), an article too; one that is of no kind says
// nothing. Tested by tests/story/themes_test.cc.
#pragma once

#include <cstdint>
#include <string>

namespace claimwatch {

using Themes = std::uint16_t;  // One bit a kind; 0: not known.

// Kinds of events that go on for weeks or months: disease, unrest, war, market, spill,
// relief, vote.
inline constexpr Themes kLastingThemes = 0b1111111000000;

class WordTable;

// The kinds that a word speaks of, by its FoldedHash.
Themes ThemesOfWord(std::uint32_t folded_hash);

// The kinds that an article's words speak of most.
Themes ThemesOf(const WordTable& words);

// For tests and people: "quake flood", in a fixed order.
std::string NameThemes(Themes themes);

}  // namespace claimwatch
