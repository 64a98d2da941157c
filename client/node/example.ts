// Sends two articles that disagree, and shows the alert. Usage: node dist/example.js [HOST:PORT]
import { alert_KindToJSON as kindName } from "./gen/claimwatch/v1/alert.js";
import { Article } from "./gen/claimwatch/v1/article.js";
import { Client } from "./src/index.js";

const client = new Client(process.argv[2] ?? "127.0.0.1:7411");
const articles = [
  Article.fromPartial({
    articleId: "example-1",
    source: "first.example",
    body: "A ferry sank off Port Aldine on Monday, killing 12 people.",
  }),
  Article.fromPartial({
    articleId: "example-2",
    source: "second.example",
    body: "The ferry that sank off Port Aldine on Monday killed 31 people.",
  }),
];
for await (const { articleId, storyId, claimCount } of client.ingest(articles)) {
  console.log(articleId, storyId, `${claimCount} claims`);
}
for await (const { events, caughtUp } of client.subscribe({ start: "snapshot" })) {
  for (const { alert } of events) console.log(kindName(alert!.kind), alert!.summary);
  if (caughtUp) break; // To follow for ever, leave this out, and keep update.token for the next run.
}
client.close();
