#include <gtest/gtest.h>

#include <fstream>

#include "absl/time/time.h"
#include "client/exchange/delivery.h"
#include "client/exchange/feed_document.h"
#include "client/exchange/feed_state.h"
#include "client/exchange/html_text.h"
#include "client/exchange/news_json.h"

namespace claimwatch::exchange {
namespace {

namespace pb = ::claimwatch::v1;

struct HtmlCase {
  const char* html;
  const char* text;
};

constexpr HtmlCase kHtml[] = {
    {"<p>Four men died.</p><p>Two are missing.</p>", "Four men died.\n\nTwo are missing."},
    {"one<br>two<br/>three", "one\ntwo\nthree"},
    {"  <b>12</b> people\n  drowned ", "12 people drowned"},
    {"a &amp; b &lt;c&gt; &#163;5 &#x20ac;6 caf&eacute;", "a & b <c> £5 €6 café"},
    {"&amp;lt;b&amp;gt; stays text", "&lt;b&gt; stays text"},
    {"AT&T and &unknown; and & alone", "AT&T and &unknown; and & alone"},
    {"x<script>alert('<p>9 dead</p>')</script>y", "xy"},
    {"x<SCRIPT src='a>b'>9</script >y", "xy"},
    {"<style>p{}</style>seen<!-- 7 dead --> too", "seen too"},
    {"if 3 < 4 and 5 > 2", "if 3 < 4 and 5 > 2"},
    {"<a href=\"x>y\">link</a>", "link"},
    {"<img alt='broken quote >still here", "still here"},
    {"<script>never closed 8", ""},
    {"<p", ""},
    {"&#0;&#xD800;&#x110000;", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"no&shy;where&nbsp;else", "nowhere else"},
    {"<li>one<li>two", "one\n\ntwo"},
    {"", ""},
};

TEST(HtmlText, IsWhatAReaderSees) {
  for (const HtmlCase& c : kHtml) EXPECT_EQ(TextOfHtml(c.html), c.text) << c.html;
}

constexpr char kRss[] = R"(<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0" xmlns:content="u" xmlns:dc="v"><channel><language>en-gb</language>
<item><title>Ferry &amp;amp; tide</title><guid isPermaLink="false">42</guid>
<link>https://news.example/42</link><dc:creator>A. Writer</dc:creator>
<pubDate>Tue, 02 Jan 2024 10:00:00 EST</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Twelve people drowned.</p><p>&x;</p>]]></content:encoded></item>
<item><title>No id</title></item><item><guid>g:1</guid></item>
</channel></rss>)";

TEST(FeedDocument, ReadsRss) {
  const auto feed = ReadFeed(kRss, "https://News.example:8443/rss?x=1");
  ASSERT_TRUE(feed.ok()) << feed.status();
  ASSERT_EQ(feed->articles.size(), 1u);
  EXPECT_EQ(feed->items_without_id, 1);
  const pb::Article& article = feed->articles[0];
  EXPECT_EQ(article.article_id(), "news.example/42");
  EXPECT_EQ(article.source(), "news.example");
  EXPECT_EQ(article.title(), "Ferry & tide");
  EXPECT_EQ(article.body(), "Twelve people drowned.\n\n&x;");  // Nothing is expanded.
  EXPECT_EQ(article.author(), "A. Writer");
  EXPECT_EQ(article.language(), "en-gb");
  EXPECT_EQ(article.url(), "https://news.example/42");
  EXPECT_EQ(article.publish_time().seconds(), 1704207600);
}

constexpr char kAtom[] = R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<entry><id>tag:wire.example,2024:1</id><title type="html">Quake &lt;b&gt;toll&lt;/b&gt;</title>
<link rel="self" href="https://wire.example/self"/><link href="https://wire.example/1"/>
<author><name>Desk</name></author><published>2024-01-02T10:00:00+06:00</published>
<summary>Nine</summary><content type="xhtml"><div xmlns="x"><p>Nine <b>died</b>.</p></div></content>
</entry></feed>)";

TEST(FeedDocument, ReadsAtom) {
  const auto feed = ReadFeed(kAtom, "http://wire.example/atom");
  ASSERT_TRUE(feed.ok()) << feed.status();
  ASSERT_EQ(feed->articles.size(), 1u);
  const pb::Article& article = feed->articles[0];
  EXPECT_EQ(article.article_id(), "tag:wire.example,2024:1");
  EXPECT_EQ(article.title(), "Quake toll");
  EXPECT_EQ(article.body(), "Nine died.");
  EXPECT_EQ(article.url(), "https://wire.example/1");
  EXPECT_EQ(article.author(), "Desk");
  EXPECT_EQ(article.publish_time().seconds(), 1704168000);
}

TEST(FeedDocument, SaysWhatIsNone) {
  EXPECT_FALSE(ReadFeed("<html><body/></html>", "http://a.example").ok());
  EXPECT_FALSE(ReadFeed("<rss><channel>", "http://a.example").ok());
  EXPECT_FALSE(ReadFeed("", "http://a.example").ok());
}

TEST(FeedTime, IsOneThatTheContractCanSay) {
  EXPECT_EQ(ReadFeedTime("Tue, 02 Jan 2024 10:00 EST")->seconds(), 1704207600);
  EXPECT_EQ(ReadFeedTime("9999-12-31")->seconds(), 253402214400);
  for (const char* none : {"", "soon", "infinite-future", "infinite-past", "99999-01-02",
                           "-5-01-02T10:00:00Z", "02 Jan 10000 00:00:00 GMT"}) {
    EXPECT_FALSE(ReadFeedTime(none).has_value()) << none;
  }
}

TEST(FeedState, TakesNoNumberThatItDidNotWrite) {
  const std::string path = testing::TempDir() + "/feed_state";
  std::ofstream(path) << R"({"a": {"next": 1e300, "failures": 1e99, "offset": -1e300},
                             "b": {"next": "NaN", "failures": -1, "offset": 1e17},
                             "c": {"next": 1700000000, "failures": 3, "offset": 99}})";
  FeedState state;
  ASSERT_TRUE(FeedState::Load(path, state).ok());
  for (const char* source : {"a", "b"}) {
    EXPECT_EQ(state.Place(source).next, absl::InfinitePast()) << source;
    EXPECT_EQ(state.Place(source).failures, 0) << source;
    EXPECT_EQ(state.Place(source).offset, 0) << source;
  }
  EXPECT_EQ(state.Place("c").next, absl::FromUnixSeconds(1'700'000'000));
  EXPECT_EQ(state.Place("c").failures, 3);
  EXPECT_EQ(state.Place("c").offset, 99);
}

TEST(NewsLine, ReadsBothKinds) {
  const auto ours = ReadNewsLine(R"({"articleId": "a1", "body": "x"})", "");
  ASSERT_TRUE(ours.ok());
  EXPECT_EQ(ours->article_id(), "a1");
  const auto one = ReadNewsLine(
      R"({"uri": "urn:1", "headline": "H", "body_html": "<p>B</p>", "byline": "W",
          "copyrightholder": "Wire", "versioncreated": "2024-01-02T10:00:00Z"})",
      "");
  ASSERT_TRUE(one.ok());
  EXPECT_EQ(one->article_id() + one->title() + one->body() + one->source(), "urn:1HBWire");
  EXPECT_EQ(one->publish_time().seconds(), 1704189600);
  const auto two = ReadNewsLine(R"({"uri": "urn:2", "headlines": [{"value": "H2"}],
      "bodies": [{"contenttype": "text/html", "value": "<p>B2</p>"}]})",
                                "fallback.example");
  ASSERT_TRUE(two.ok());
  EXPECT_EQ(two->title() + two->body() + two->source(), "H2B2fallback.example");
  EXPECT_FALSE(ReadNewsLine("no JSON", "").ok());
}

pb::AlertEvent Event() {
  pb::AlertEvent event;
  event.set_position(7);
  event.set_change(pb::AlertEvent::CHANGE_OPENED);
  pb::Alert& alert = *event.mutable_alert();
  alert.set_alert_id("al1");
  alert.set_kind(pb::Alert::KIND_RAISED);
  alert.set_severity(pb::Alert::SEVERITY_HIGH);
  alert.set_summary("Toll \"raised\" <b>:\nBcc: x@y.example — 31");
  alert.mutable_current()->mutable_sentence()->set_text("31 died.");
  alert.mutable_current()->set_source("a.example");
  return event;
}

TEST(Delivery, SignsAsStandardWebhooksHaveIt) {
  // The example of the specification's own libraries.
  const std::string secret = SecretBytes("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
  const auto headers = SignedHeaders(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                     R"({"test": 2432232314})", absl::FromUnixSeconds(1614265330));
  EXPECT_EQ(headers.at("webhook-signature"), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  EXPECT_EQ(headers.at("webhook-timestamp"), "1614265330");
}

TEST(Delivery, AnArticleCannotBreakOut) {
  const std::string slack = SlackBody(Event());
  EXPECT_NE(slack.find(R"(Toll \"raised\" &lt;b&gt;: Bcc)"), std::string::npos) << slack;
  const std::string mail =
      MailText(Event(), "a@b.example", "c@d.example\nBcc: e", absl::UnixEpoch());
  const std::string head = mail.substr(0, mail.find("\r\n\r\n"));
  EXPECT_EQ(head.find("\r\nBcc"), std::string::npos) << head;
  EXPECT_NE(head.find("Subject: =?UTF-8?B?"), std::string::npos) << head;
  EXPECT_NE(head.find("Date: Thu, 01 Jan 1970 00:00:00 +0000"), std::string::npos) << head;
}

TEST(Delivery, FillsTemplates) {
  EXPECT_EQ(*FillTemplate("{{kind}} {{ alert_id }}!", Event()), "raised al1!");
  EXPECT_EQ(*FillTemplate(R"({"t": "{{summary}}"})", Event()),
            "{\"t\": \"Toll \\\"raised\\\" <b>: Bcc: x@y.example — 31\"}");
  EXPECT_FALSE(FillTemplate("{{nonsense}}", Event()).ok());
  EXPECT_EQ(*FillTemplate("open {{ end", Event()), "open {{ end");
}

}  // namespace
}  // namespace claimwatch::exchange
