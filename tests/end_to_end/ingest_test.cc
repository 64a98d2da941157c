// Articles in, receipts out: what is read, what is refused, and that one bad article harms no
// other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "tests/end_to_end/daemon_process.h"
#include "tests/end_to_end/wire_client.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;

// The fields that a receipt's error blames, joined: "body,publish_time".
std::string Blamed(const v1::Receipt& receipt) {
  std::string fields;
  for (const auto& detail : receipt.error().details()) {
    google::rpc::BadRequest bad;
    if (!detail.UnpackTo(&bad)) continue;
    for (const auto& violation : bad.field_violations()) {
      fields += (fields.empty() ? "" : ",") + violation.field() + " " + violation.reason();
    }
  }
  return fields;
}

class IngestEndToEnd : public testing::Test {
 protected:
  IngestEndToEnd() : daemon_(folder_.path() + "/data"), client_(daemon_.address()) {}

  TemporaryDirectory folder_;
  DaemonProcess daemon_;
  WireClient client_;
};

// What the operator's own file adds counts from the first article on.
TEST(IngestWithAnOperatorsFile, MeasuresAndUnitsAreAdded) {
  TemporaryDirectory folder;
  const std::string extra = folder.path() + "/extra.tsv";
  std::ofstream(extra) << "measure\tculled\tnoun toll\t3\tFarmers culled 4,000 pigs on Monday.\n"
                          "verb\tculled\tobject\tcull\tOfficials say 4,000 pigs were {} there.\n"
                          "unit\tquintal\t100 kg\tquintal\tThe mill lost 12 {} of flour.\n";
  DaemonProcess daemon(folder.path() + "/data", {"--catalogue_extra=" + extra});
  WireClient client(daemon.address());
  v1::Article article = FloodReport("a1", "river-post.example", 12, 0);
  article.set_body("Farmers near Ostrel culled 5,200 pigs. The valley lost 30 quintals of maize.");
  const auto told = client.Ingest({article});
  ASSERT_TRUE(told.status.ok()) << told.status.error_message();
  ASSERT_EQ(told.receipts.size(), 1u);
  std::string read;
  for (const v1::Claim& claim : told.receipts[0].claims()) {
    if (claim.quote().field() != v1::Quote::FIELD_BODY) continue;
    absl::StrAppend(&read, claim.measure(), " ", claim.quantity().low(), " ",
                    claim.quantity().unit(), "; ");
  }
  EXPECT_EQ(read, "culled 5200 pig; measurement 30 quintal; ");
}

TEST_F(IngestEndToEnd, AFigureThatChangesIsToldOnce) {
  const auto told = client_.Ingest({FloodReport("a1", "river-post.example", 12, 0),
                                    FloodReport("a2", "valley-times.example", 12, 20),
                                    FloodReport("a3", "river-post.example", 31, 300)});
  ASSERT_TRUE(told.status.ok()) << told.status.error_message();
  ASSERT_EQ(told.receipts.size(), 3u);
  for (int i = 0; i < 3; ++i) {
    const v1::Receipt& receipt = told.receipts[i];
    EXPECT_FALSE(receipt.has_error()) << receipt.ShortDebugString();
    EXPECT_EQ(receipt.index(), i);
    EXPECT_EQ(receipt.sequence(), i + 1);
    EXPECT_EQ(receipt.story_id(), "s1");
    EXPECT_EQ(receipt.reading(), v1::READING_FULL);
    EXPECT_GE(receipt.claims_size(), 1);
    EXPECT_EQ(receipt.claim_count(), receipt.claims_size());
  }
  const v1::Claim& claim = told.receipts[2].claims(0);
  EXPECT_EQ(claim.measure(), "killed");
  EXPECT_EQ(claim.quantity().low(), 31);
  EXPECT_EQ(claim.quantity().high(), 31);
  EXPECT_EQ(claim.quote().text(), "31");
  EXPECT_EQ(claim.quote().field(), v1::Quote::FIELD_BODY);
  EXPECT_EQ(told.receipts[0].alerts_size(), 0);
  EXPECT_EQ(told.receipts[1].alerts_size(), 0);
  ASSERT_EQ(told.receipts[2].alerts_size(), 1);
  const v1::Alert& alert = told.receipts[2].alerts(0);
  EXPECT_EQ(alert.kind(), v1::Alert::KIND_RAISED);
  EXPECT_EQ(alert.current().claim_id(), claim.claim_id());
  ASSERT_GE(alert.previous_size(), 1);
  EXPECT_EQ(alert.previous(0).quantity().low(), 12);
}

TEST_F(IngestEndToEnd, TheSameAgainIsADuplicateAndOtherContentARevision) {
  const v1::Article first = FloodReport("a1", "river-post.example", 12, 0);
  const v1::Article corrected = FloodReport("a1", "river-post.example", 21, 0);
  const auto told = client_.Ingest({first, first, corrected, first}, 1);
  ASSERT_EQ(told.receipts.size(), 4u);
  EXPECT_FALSE(told.receipts[0].duplicate());
  EXPECT_TRUE(told.receipts[1].duplicate());
  EXPECT_EQ(told.receipts[1].sequence(), told.receipts[0].sequence());
  EXPECT_FALSE(told.receipts[2].duplicate());
  EXPECT_EQ(told.receipts[2].revision(), 2);
}

TEST_F(IngestEndToEnd, EveryBadArticleHasItsOwnErrorAndTheStreamGoesOn) {
  std::vector<v1::Article> sent(7, FloodReport("", "river-post.example", 12, 0));
  for (std::size_t i = 0; i < sent.size(); ++i) sent[i].set_article_id(absl::StrCat("a", i));
  sent[1].clear_title();  // Empty.
  sent[1].clear_body();
  sent[2].set_body(std::string((1 << 20) + 1, 'a'));            // Too large.
  sent[3].mutable_body()->append("\xff\xfe");                   // Not UTF-8.
  sent[4].mutable_publish_time()->set_seconds(32'503'680'000);  // The year 3000.
  sent[5].set_article_id("a5\xc3");                             // An id that is not UTF-8.
  const auto told = client_.Ingest(sent, 16);
  ASSERT_TRUE(told.status.ok()) << told.status.error_message();
  ASSERT_EQ(told.receipts.size(), 7u);
  const char* kBlamed[] = {"",
                           "body REQUIRED",
                           "body TOO_LARGE",
                           "body NOT_UTF8",
                           "publish_time OUT_OF_RANGE",
                           "article_id NOT_UTF8",
                           ""};
  for (int i = 0; i < 7; ++i) {
    const v1::Receipt& receipt = told.receipts[i];
    EXPECT_EQ(Blamed(receipt), kBlamed[i]) << receipt.ShortDebugString();
    EXPECT_EQ(receipt.has_error(), kBlamed[i][0] != '\0') << i;
    EXPECT_EQ(receipt.index(), i);
    if (i != 5) {
      EXPECT_EQ(receipt.article_id(), absl::StrCat("a", i));
    }
    if (receipt.has_error()) {
      EXPECT_EQ(receipt.error().code(), grpc::StatusCode::INVALID_ARGUMENT) << i;
      EXPECT_EQ(receipt.sequence(), 0) << i;
    }
  }
}

TEST_F(IngestEndToEnd, AMessageAboveTheTransportsLimitEndsTheStreamAlone) {
  v1::Article huge = FloodReport("huge", "river-post.example", 12, 0);
  huge.set_body(std::string(17 << 20, 'a'));
  const auto told = client_.Ingest({FloodReport("a1", "river-post.example", 12, 0), huge}, 1);
  EXPECT_EQ(told.status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  const auto after = client_.Ingest({FloodReport("a2", "river-post.example", 12, 0)});
  EXPECT_TRUE(after.status.ok());
  EXPECT_EQ(after.receipts.size(), 1u);
}

TEST_F(IngestEndToEnd, ALanguageThatIsNotReadIsStoredAndSaysSo) {
  v1::Article article;
  article.set_article_id("fr1");
  article.set_source("le-fleuve.example");
  article.set_title(
      "Crue dans la vall\xc3\xa9"
      "e");
  article.set_body(
      "Une crue soudaine a fait 12 morts jeudi dans la vall\xc3\xa9"
      "e, selon le minist\xc3\xa8re "
      "de l'Int\xc3\xa9rieur. Les secours cherchent encore 3 personnes disparues.");
  v1::Article declared = article;
  declared.set_article_id("fr2");
  declared.set_language("fr");
  const auto told = client_.Ingest({article, declared});
  ASSERT_EQ(told.receipts.size(), 2u);
  for (const v1::Receipt& receipt : told.receipts) {
    EXPECT_EQ(receipt.reading(), v1::READING_LANGUAGE_NOT_READ) << receipt.ShortDebugString();
    EXPECT_EQ(receipt.claim_count(), 0);
    EXPECT_GT(receipt.sequence(), 0);
  }
  v1::GetArticleRequest request;
  request.set_article_id("fr2");
  v1::GetArticleResponse kept;
  ASSERT_TRUE(client_.articles->GetArticle(Context().get(), request, &kept).ok());
  EXPECT_EQ(kept.article().body(), declared.body());
  EXPECT_EQ(kept.reading(), v1::READING_LANGUAGE_NOT_READ);
}

TEST_F(IngestEndToEnd, ASecondMessageWithOptionsIsRefusedAfterTheReceipts) {
  const auto context = Context();
  const auto stream = client_.articles->IngestArticles(context.get());
  v1::IngestArticlesRequest request;
  request.mutable_options();
  *request.add_articles() = FloodReport("a1", "river-post.example", 12, 0);
  ASSERT_TRUE(stream->Write(request));
  stream->Write(request);
  int receipts = 0;
  for (v1::IngestArticlesResponse response; stream->Read(&response);) {
    receipts += response.receipts_size();
  }
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(receipts, 1);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_details(), HasSubstr("STREAM_PROTOCOL"));
}

}  // namespace
}  // namespace claimwatch
