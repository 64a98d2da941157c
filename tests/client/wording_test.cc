#include "client/cli/wording.h"

#include <gtest/gtest.h>

#include <optional>

#include "tests/client/fake_daemon.h"

namespace claimwatch::cli {
namespace {

namespace pb = ::claimwatch::v1;

TEST(Wording, Numbers) {
  EXPECT_EQ(NumberText(0), "0");
  EXPECT_EQ(NumberText(164), "164");
  EXPECT_EQ(NumberText(1301), "1,301");
  EXPECT_EQ(NumberText(-12345.5), "-12,345.5");
  EXPECT_EQ(NumberText(999'999), "999,999");
  EXPECT_EQ(NumberText(2'500'000), "2.5 million");
  EXPECT_EQ(NumberText(2'513'724), "2,513,724");
  EXPECT_EQ(NumberText(2e9), "2 billion");
  EXPECT_EQ(NumberText(1.5e12), "1.5 trillion");
}

TEST(Wording, Quantities) {
  struct Case {
    pb::Quantity::Bound bound;
    std::optional<double> low, high;
    const char* unit;
    const char* text;
  };
  const Case kCases[] = {
      {pb::Quantity::BOUND_EXACT, 164, 164, "people", "164 people"},
      {pb::Quantity::BOUND_EXACT, 0, 0, "people", "0 people"},
      {pb::Quantity::BOUND_AT_LEAST, 12, {}, "people", "at least 12 people"},
      {pb::Quantity::BOUND_MORE_THAN, 1301, {}, "people", "over 1,300 people"},
      {pb::Quantity::BOUND_MORE_THAN, 8, {}, "people", "over 7 people"},
      {pb::Quantity::BOUND_MORE_THAN, 2.5, {}, "km", "over 2.5 km"},
      {pb::Quantity::BOUND_UP_TO, {}, 50, "people", "up to 50 people"},
      {pb::Quantity::BOUND_LESS_THAN, {}, 49, "people", "fewer than 50 people"},
      {pb::Quantity::BOUND_NEARLY, 500, 500, "people", "nearly 500 people"},
      {pb::Quantity::BOUND_ABOUT, 500, 500, "people", "about 500 people"},
      {pb::Quantity::BOUND_RANGE, 2e9, 3e9, "USD", "USD 2 billion–3 billion"},
      {pb::Quantity::BOUND_VAGUE, 24, {}, "people", "24 or more people"},
      {pb::Quantity::BOUND_EXACT, 7.6, 7.6, "", "7.6"},
      {pb::Quantity::BOUND_EXACT, 12, 12, "%", "12%"},
      {pb::Quantity::BOUND_UNSPECIFIED, {}, {}, "people", "nothing"},
      {static_cast<pb::Quantity::Bound>(99), 3, {}, "people", "at least 3 people"},
  };
  for (const Case& c : kCases) {
    pb::Quantity quantity;
    quantity.set_bound(c.bound);
    if (c.low) quantity.set_low(*c.low);
    if (c.high) quantity.set_high(*c.high);
    quantity.set_unit(c.unit);
    EXPECT_EQ(QuantityText(quantity), c.text);
  }
}

TEST(Wording, Times) {
  EXPECT_EQ(TimeText({}), "no date");
  EXPECT_EQ(TimeText(client::SampleClaim("c1").publish_time()), "2022-01-10 09:00 UTC");
}

TEST(Wording, EnumsThatAreNotKnownYet) {
  EXPECT_EQ(KindText(pb::Alert::KIND_SELF_CONTRADICTION), "SELF_CONTRADICTION");
  EXPECT_EQ(KindText(static_cast<pb::Alert::Kind>(99)), "UNKNOWN");
  EXPECT_EQ(SeverityText(pb::Alert::SEVERITY_CRITICAL), "critical");
  EXPECT_EQ(VerdictText(pb::Verdict::REASON_LATE_ARRIVAL), "late arrival");
}

TEST(Wording, SpeakersAndSubjects) {
  pb::Claim claim = client::SampleClaim("c1");
  EXPECT_EQ(SpeakerText(claim), "the Health Ministry, via herald.example");
  EXPECT_EQ(AboutText(claim), "killed");
  claim.clear_attribution();
  EXPECT_EQ(SpeakerText(claim), "herald.example");
  claim.clear_source();
  EXPECT_EQ(SpeakerText(claim), "no source");
  claim.set_population("police");
  claim.set_place("Almaty");
  claim.set_scope(pb::Claim::SCOPE_PART);
  claim.set_status(pb::Claim::STATUS_PAST_EVENT);
  claim.set_withdrawn(true);
  EXPECT_EQ(AboutText(claim), "killed, police, in Almaty, part, past event, withdrawn");
}

TEST(Wording, TheNumberIsMarkedInItsSentence) {
  pb::Claim claim = client::SampleClaim("c1");
  EXPECT_EQ(SentenceText(claim, {}), "“The quake killed [12] people.”");
  EXPECT_EQ(SentenceText(claim, {true, 0}), "“The quake killed \x1b[1m12\x1b[0m people.”");
  claim.mutable_sentence()->set_text("The quake \x1b[31mkilled 12 people.");
  EXPECT_EQ(SentenceText(claim, {}), "“The quake \\u{1b}[31mkilled 12 people.”");
  claim = client::SampleClaim("c1");
  claim.mutable_quote()->set_begin(3);  // Offsets that do not fit: shown unmarked.
  EXPECT_EQ(SentenceText(claim, {}), "“The quake killed 12 people.”");
}

TEST(Wording, Counts) {
  EXPECT_EQ(CountText(0, "story", "stories"), "0 stories");
  EXPECT_EQ(CountText(1, "story", "stories"), "1 story");
  EXPECT_EQ(CountText(12345, "story", "stories"), "12,345 stories");
}

}  // namespace
}  // namespace claimwatch::cli
