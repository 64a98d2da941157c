package claimwatch;

import claimwatch.v1.AlertEvent;
import claimwatch.v1.Article;
import claimwatch.v1.SubscribeAlertsRequest.StartPoint;

/** Sends two articles that disagree, and shows the alert. Argument: HOST:PORT. */
public final class Example {
  private static Article article(String id, String source, String body) {
    return Article.newBuilder().setArticleId(id).setSource(source).setBody(body).build();
  }

  public static void main(String[] arguments) throws InterruptedException {
    String server = arguments.length > 0 ? arguments[0] : "127.0.0.1:7411";
    try (ClaimwatchClient client = new ClaimwatchClient(server)) {
      ArticleSender articles =
          client.ingest(
              new IngestOptions(),
              receipt -> System.out.println(receipt.getArticleId() + " " + receipt.getStoryId()));
      articles.send(article("example-1", "first.example",
          "A ferry sank off Port Aldine on Monday, killing 12 people."));
      articles.send(article("example-2", "second.example",
          "The ferry that sank off Port Aldine on Monday killed 31 people."));
      articles.finish();
      AlertSubscription feed =
          client.subscribe(SubscribeOptions.from(StartPoint.START_POINT_SNAPSHOT));
      AlertSubscription.Update update;
      do { // The open alerts; then, without end, what comes: keep update.token() for the next run.
        update = feed.next();
        for (AlertEvent event : update.events()) {
          System.out.println(event.getAlert().getKind() + " " + event.getAlert().getSummary());
        }
      } while (!update.caughtUp());
    }
  }

  private Example() {}
}
