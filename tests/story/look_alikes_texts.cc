#include "tests/story/look_alikes_texts.h"

namespace claimwatch {
namespace {

constexpr Outlet kFires[] = {
    {"Valley Courier",
     {"{Dead} dead after house fire in {town}",
      "{TOWN} - {Dead} {people} died when fire tore through a house at {number} {street} in {town} "
      "{when}, the {county} fire service said.\n\nCrews were called at {time} and found flames "
      "coming from the first floor, fire chief {chief} said. {Hurt} {others} taken to hospital "
      "with burns.\n\n{victim}, {age}, lived at the house, neighbours said.\n\nThe cause of the "
      "fire is being looked into."},
     {"Toll of {town} house fire now {dead}",
      "{Dead} {people} are now known to have died in the fire that destroyed a house on {street} "
      "in {town} {on_day}, the fire service said.\n\n{victim}, {age}, was named as one of those "
      "who lost their lives. Chief {chief} said a heater had been left on overnight."},
     {"Inquest opens into {town} fire deaths",
      "An inquest has opened into the fire at {number} {street}, {town}, in which {dead} {people} "
      "died on {date}.\n\nThe coroner heard that {victim}, {age}, was found on the stairs."}},
    {"Channel 6 News",
     {"House fire kills {dead} on {street}",
      "A house fire on {street} in {town} has left {dead} {people} dead, according to the fire "
      "department.\n\nIt happened {when} at a two-storey home in the {block} block of {street}. "
      "Firefighters said smoke was showing when they arrived. {Hurt} {others} hurt.\n\nThe home is "
      "a total loss. Investigators are working to find out what started the fire."},
     {"Victim of {street} fire identified",
      "One of the {dead} {people} killed in a house fire in {town} {on_day} has been identified as "
      "{victim}, {age}.\n\nThe fire in the {block} block of {street} left {hurt} {others} hurt. "
      "Investigators say it began in the kitchen."},
     {"Family of {victim} sues landlord after fire",
      "The family of {victim}, {age}, who died in a house fire in {town} on {date}, has gone to "
      "court against the landlord.\n\nThe home in the {block} block of {street} had no working "
      "smoke alarm, the complaint says."}},
    {"Evening Post",
     {"{Town} blaze claims {dead} {lives}",
      "A blaze at a family home in {town} claimed {dead} {lives} {when}.\n\nSix engines fought the "
      "fire in {street} for two hours. Neighbours tried to reach those inside but were beaten back "
      "by the heat. {Hurt} {others} in hospital.\n\nFire chief {chief} said: \"This is a tragedy "
      "for {town}.\""},
     {"Candle blamed for {town} blaze",
      "A candle is thought to have caused the blaze in {street}, {town}, in which {dead} {people} "
      "died {on_day}.\n\n{victim}, {age}, had moved into the house a year ago. {Hurt} {others} "
      "still in hospital, fire chief {chief} said."},
     {"Street remembers {town} fire victims",
      "Flowers were laid in {street}, {town}, for the {dead} {people} who died in a blaze on "
      "{date}.\n\n{victim} would have turned a year older this week, friends said."}},
};

constexpr Outlet kCrashes[] = {
    {"Highland Gazette",
     {"{Dead} killed in crash on {road} near {town}",
      "{Dead} {people} died and {hurt} {others} injured when two cars collided on the {road} near "
      "{town} {when}, police said.\n\nThe crash happened at about {time} at the junction with "
      "{street}. The driver of one car, {victim}, {age}, was pronounced dead at the scene.\n\nThe "
      "road was closed for five hours."},
     {"Police appeal after fatal {road} crash",
      "Police have asked for witnesses after a crash on the {road} near {town} {on_day} in which "
      "{dead} {people} died.\n\n{victim}, {age}, was driving a {car} that collided with a {car2}. "
      "{Hurt} {others} injured, police said."},
     {"Driver in court over {town} crash",
      "A driver appeared in court over a crash on the {road} near {town} on {date} in which {dead} "
      "{people} died.\n\nThe court heard that the {car2} had crossed the centre line and hit the "
      "{car} of {victim}, {age}."}},
    {"Route News",
     {"Fatal crash closes {road} at {town}",
      "A crash has closed the {road} at {town}. The state patrol says a {car} and a {car2} hit "
      "head-on {when} near mile post {mile}. {Dead} {people} died at the scene and {hurt} {others} "
      "taken to hospital.\n\nTroopers say the roads were wet. It is not known whether those "
      "inside wore seat belts."},
     {"State patrol names victim of {road} crash",
      "The state patrol has named {victim}, {age}, as the driver of a {car} that crashed on the "
      "{road} at {town} {on_day}.\n\nThe crash near mile post {mile} killed {dead} {people} and "
      "sent {hurt} {others} to hospital."},
     {"Charges filed in {road} crash that killed {victim}",
      "Prosecutors have filed charges in a crash that killed {victim}, {age}, on the {road} on "
      "{date}.\n\nThe {car2} was going well above the limit near mile post {mile} at {town}, "
      "court papers say. The crash killed {dead} {people}."}},
    {"Daily Wheel",
     {"{Dead} dead, {hurt} hurt as cars collide near {town}",
      "A head-on collision near {town} {when} left {dead} {people} dead and {hurt} hurt.\n\n"
      "Officers were sent to the {road} at {time}. A {car} travelling towards {town} had left its "
      "lane, Sergeant {chief} said. Speed may have played a part."},
     {"Death toll in {town} collision stands at {dead}",
      "{Dead} {people} have died after the collision on the {road} near {town} {on_day}, Sergeant "
      "{chief} said.\n\nAmong them was {victim}, {age}, of {town}. The driver of the other car, a "
      "{car2}, is recovering."},
     {"Bend where {victim} died to be rebuilt",
      "The bend on the {road} near {town} where {dead} {people} died on {date} is to be rebuilt, "
      "the highways office said.\n\n{victim}, {age}, was one of those who died there."}},
};

constexpr Outlet kShootings[] = {
    {"Metro Sun",
     {"{Dead} shot dead in {town}, {hurt} wounded",
      "{Dead} {people} were shot dead and {hurt} {others} wounded in {town} {when}, police "
      "said.\n\nOfficers found the victims in the {block} block of {street} at about {time} after "
      "reports of gunfire. The wounded were driven to hospital.\n\nDetective {chief} said nobody "
      "was in custody. Anyone with information is asked to call the tip line."},
     {"Victim named in {town} shooting",
      "Police have named {victim}, {age}, as a victim of the shooting in the {block} block of "
      "{street} in {town} {on_day}.\n\n{Dead} {people} died and {hurt} {others} wounded. Detective "
      "{chief} said an argument came before the gunfire."},
     {"Trial date set in killing of {victim}",
      "A judge has set a trial date in the killing of {victim}, {age}, who was shot in {town} on "
      "{date}.\n\nProsecutors say the gunman opened fire in the {block} block of {street}, killing "
      "{dead} {people}."}},
    {"KRVT",
     {"Police: {dead} dead, {hurt} injured in {street} shooting",
      "Police are investigating a shooting that left {dead} {people} dead and {hurt} {others} "
      "injured.\n\nIt happened {when} near {street} and {street2} in {town}. Police say several "
      "shots were fired from a dark car. No arrest has been made.\n\nThis is a developing story."},
     {"Arrest made in {street} shooting",
      "A man has been arrested in a shooting that killed {dead} {people} {on_day}, police "
      "say.\n\nThe shooting happened near {street} and {street2} in {town}. The suspect, "
      "{suspect}, "
      "{age2}, was booked into the county jail."},
     {"{suspect} pleads guilty to {town} shooting",
      "{suspect}, {age2}, pleaded guilty to a shooting near {street} and {street2} that killed "
      "{dead} {people} on {date}.\n\nThe family of {victim} was in court."}},
    {"Tribune Wire",
     {"Gunman kills {dead} in {town}",
      "A gunman opened fire outside a shop on {street} in {town} {when}, killing {dead} {people} "
      "and wounding {hurt}, authorities said.\n\nWitnesses heard at least ten shots. Police taped "
      "off the street for hours. The names of the dead were not released."},
     {"Man dies of wounds after {town} shooting, toll is {dead}",
      "The number of dead in a shooting outside a shop on {street} in {town} {on_day} stands at "
      "{dead}, authorities said.\n\n{victim}, {age}, had been shot in the chest. Police are "
      "looking for {suspect}, {age2}."},
     {"{town} shop reopens after shooting",
      "The shop on {street} in {town} where a gunman killed {dead} {people} on {date} opened its "
      "doors again.\n\nA picture of {victim} hangs by the till."}},
};

constexpr Outlet kQuakes[] = {
    {"Island Times",
     {"Magnitude {mag} quake shakes {town}",
      "An earthquake of magnitude {mag} shook {town} {when}, the seismology office said.\n\nThe "
      "quake struck at {time} at a depth of {depth} km, {km} km {side} of {town}. {Hurt} {people2} "
      "injured by falling tiles and {damaged} houses were damaged, officials said. There was no "
      "tsunami warning."},
     {"{Damaged} houses damaged in {town} quake",
      "The quake that shook {town} {on_day} damaged {damaged} houses, the disaster agency "
      "said.\n\nIts magnitude was {mag}. {Hurt} {people2} hurt, most of them in {town} and "
      "{town2}, agency head {chief} said."},
     {"{town} counts the cost of its quake",
      "Repairs to {damaged} houses damaged in the magnitude {mag} quake near {town} on {date} will "
      "take a year, officials said.\n\nSchools in {town2} remain shut."}},
    {"Agency Sud",
     {"{mag}-magnitude quake hits island near {town}",
      "{TOWN} - A {mag}-magnitude earthquake hit the island {when}, injuring {hurt} people and "
      "damaging {damaged} houses, the disaster agency said.\n\nThe epicentre was {km} km {side} of "
      "{town}, at a depth of {depth} km. People ran into the streets in {town2}."},
     {"Agency raises damage figure for {town} quake",
      "The disaster agency said {damaged} houses had been damaged by the {mag}-magnitude quake "
      "near {town} {on_day}.\n\n{Hurt} {people2} injured. Tents were on their way to {town2}, "
      "{chief} of the agency said."},
     {"Aid reaches villages hit by {town} quake",
      "Aid has reached the last villages hit by the {mag}-magnitude quake {side} of {town} on "
      "{date}, which damaged {damaged} houses, the disaster agency said."}},
    {"Radio Lagoon",
     {"Tremor felt in {town} and {town2}",
      "A tremor was felt in {town} and {town2} {when}. The seismology office measured {mag} on its "
      "scale.\n\nHospital staff in {town} treated {hurt} people for cuts and bruises. {Damaged} "
      "houses have cracked walls, the mayor's office said."},
     {"Mayor tours {town} after tremor",
      "The mayor of {town} toured streets where {damaged} houses were damaged by the tremor "
      "{on_day}.\n\n{Hurt} {people2} injured in {town} and {town2}, the mayor's office said."},
     {"Church of {town2} to be pulled down after tremor",
      "The church of {town2}, cracked by the tremor of {date} near {town}, is to be pulled down. "
      "The tremor damaged {damaged} houses."}},
};

constexpr Outlet kStorms[] = {
    {"Plains Herald",
     {"Storm in {town} kills {dead}, cuts power to {damaged}",
      "A storm with winds of {km} mph swept through {town} {when}, killing {dead} {people} and "
      "leaving {damaged} homes without power, the {county} emergency office said.\n\nTrees came "
      "down on {street}. {victim}, {age}, died when a tree fell on a {car}. {Hurt} {others} "
      "injured."},
     {"Power back for most after {town} storm",
      "Power was back for most of the {damaged} homes that lost it in the storm that hit {town} "
      "{on_day}.\n\nThe storm killed {dead} {people}, among them {victim}, {age}, emergency chief "
      "{chief} said."},
     {"{town} to get aid after storm of {date}",
      "The state will help {town} to rebuild after the storm of {date}, in which {dead} {people} "
      "died.\n\nMost of the damage was on {street}, emergency chief {chief} said."}},
    {"Storm Desk",
     {"{Dead} dead as storm rips through {town}",
      "{Dead} {people} died and {hurt} {others} hurt as a storm ripped through {town} in {county} "
      "{when}.\n\nRoofs were torn off along {street} and {damaged} homes lost power, the utility "
      "said. The weather service recorded gusts of {km} mph."},
     {"Crews clear {street} after storm",
      "Crews cleared {street} in {town} of fallen trees after the storm {on_day}.\n\nIt left "
      "{dead} {people} dead and {hurt} {others} hurt. {victim}, {age}, was named as one of the "
      "dead."},
     {"Insurers count cost of {town} storm",
      "Insurers have counted the cost of the storm that hit {town} in {county} on {date} and "
      "killed "
      "{dead} {people}. Roofs on {street} are still covered with sheets."}},
    {"Prairie Radio",
     {"High winds hit {county}; {dead} dead in {town}",
      "High winds hit {county} {when} and killed {dead} {people} in {town}, the sheriff "
      "said.\n\nThe utility counted {damaged} homes without power. A barn on {street} was lifted "
      "off the ground. {Hurt} {others} injured by flying glass, Sheriff {chief} said."},
     {"Sheriff: {dead} died in {town} winds",
      "{Dead} {people} died in the high winds that hit {town} {on_day}, Sheriff {chief} "
      "said.\n\n{victim}, {age}, was found under a barn on {street}. {Hurt} {others} injured."},
     {"{town} barn rebuilt after winds",
      "Neighbours have rebuilt the barn on {street} in {town} that was lost in the winds of "
      "{date}, when {dead} {people} died."}},
};

}  // namespace

std::span<const Outlet> OutletsOf(Trade trade) {
  switch (trade) {
    case Trade::kHouseFires:
      return kFires;
    case Trade::kRoadCrashes:
      return kCrashes;
    case Trade::kShootings:
      return kShootings;
    case Trade::kSmallQuakes:
      return kQuakes;
    case Trade::kStorms:
      return kStorms;
  }
  return {};
}

}  // namespace claimwatch
