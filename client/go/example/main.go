// Sends two articles that disagree, and shows the alert. Usage: go run ./example [HOST:PORT]
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"claimwatch"
	pb "claimwatch/gen/claimwatch/v1"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	client, err := claimwatch.New(append(os.Args, "127.0.0.1:7411")[1], claimwatch.Options{})
	check(err)
	ctx := context.Background()
	articles := client.Ingest(ctx, claimwatch.IngestOptions{OnReceipt: func(r *pb.Receipt) {
		fmt.Println(r.ArticleId, r.StoryId, r.ClaimCount, "claims")
	}})
	check(articles.Send(&pb.Article{ArticleId: "example-1", Source: "first.example",
		Body: "A ferry sank off Port Aldine on Monday, killing 12 people."}))
	check(articles.Send(&pb.Article{ArticleId: "example-2", Source: "second.example",
		Body: "The ferry that sank off Port Aldine on Monday killed 31 people."}))
	check(articles.Finish())
	feed := client.Subscribe(ctx, claimwatch.SubscribeOptions{Start: claimwatch.Snapshot})
	for { // The open alerts; then, without end, what comes.
		update, err := feed.Next()
		check(err)
		for _, event := range update.Events {
			fmt.Println(event.Alert.Kind, event.Alert.Summary)
		}
		if update.CaughtUp {
			return // To follow for ever, leave this out, and keep update.Token for the next run.
		}
	}
}
