// Sends two articles that disagree, and shows the alert. Usage: client_example [HOST:PORT]
#include <cstdio>

#include "client/lib/alert_subscription.h"
#include "client/lib/ingest_session.h"

namespace client = claimwatch::client;
namespace pb = claimwatch::v1;

pb::Article MakeArticle(const char* id, const char* source, const char* body) {
  pb::Article article;
  article.set_article_id(id);
  article.set_source(source);
  article.set_body(body);
  return article;
}

int main(int argc, char** argv) {
  client::ConnectionOptions where;
  if (argc > 1) where.target = argv[1];
  client::Connection connection(where);
  client::IngestSession articles(connection, {}, [](const pb::Receipt& receipt) {
    std::printf("%s %s %d claims\n", receipt.article_id().c_str(), receipt.story_id().c_str(),
                receipt.claim_count());
  });
  articles
      .Send(MakeArticle("example-1", "first.example",
                        "A ferry sank off Port Aldine on Monday, killing 12 people."))
      .IgnoreError();
  articles
      .Send(MakeArticle("example-2", "second.example",
                        "The ferry that sank off Port Aldine on Monday killed 31 people."))
      .IgnoreError();
  if (!articles.Finish().ok()) return 1;

  client::AlertSubscriptionOptions options;
  options.request.set_start_point(pb::SubscribeAlertsRequest::START_POINT_SNAPSHOT);
  client::AlertSubscription feed(connection, options);
  while (true) {  // The open alerts; then, without end, what comes: keep update->token.
    const absl::StatusOr<client::FeedUpdate> update = feed.Next();
    if (!update.ok()) return 1;
    for (const pb::AlertEvent& event : update->message.events()) {
      std::printf("%s %s\n", pb::Alert::Kind_Name(event.alert().kind()).c_str(),
                  event.alert().summary().c_str());
    }
    if (update->kind == client::FeedUpdate::Kind::kCaughtUp) return 0;
  }
}
