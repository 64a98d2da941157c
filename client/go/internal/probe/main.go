// Probe is the Go client as a process, for tests/clients; client/python/tests/probe.py says what it
// takes and prints.
package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/encoding/protojson"

	"claimwatch"
	pb "claimwatch/gen/claimwatch/v1"
)

type words map[string]any

func say(line words) { _ = json.NewEncoder(os.Stdout).Encode(line) }

// "OUT_OF_RANGE", where Go says OutOfRange.
func codeName(code codes.Code) string {
	for name := range map[string]bool{"OUT_OF_RANGE": true, "INVALID_ARGUMENT": true, "NOT_FOUND": true,
		"UNAVAILABLE": true, "INTERNAL": true, "RESOURCE_EXHAUSTED": true, "UNAUTHENTICATED": true,
		"PERMISSION_DENIED": true} {
		var named codes.Code
		if named.UnmarshalJSON([]byte(strconv.Quote(name))) == nil && named == code {
			return name
		}
	}
	return code.String()
}

func failed(err *claimwatch.Error, line words) words {
	violations := [][]string{}
	for _, v := range err.Violations {
		violations = append(violations, []string{v.Field, v.Reason})
	}
	line["code"], line["reason"], line["metadata"] = codeName(err.Code), err.Reason, err.Metadata
	line["violations"], line["resource"], line["message"] = violations, err.Resource, err.Message
	return line
}

func notice(n claimwatch.Notice) {
	line := words{"what": n.Kind, "retryIn": n.RetryIn.Seconds()}
	if n.Err != nil {
		line = failed(n.Err, line)
	}
	say(line)
}

func follow(ctx context.Context, client *claimwatch.Client, start, onGap, until string) error {
	last, _ := strconv.ParseInt(until, 10, 64)
	token := ""
	if strings.HasPrefix(start, "token:") {
		token = strings.TrimPrefix(start, "token:")
	}
	feed := client.Subscribe(ctx, claimwatch.SubscribeOptions{
		Start: map[string]pb.SubscribeAlertsRequest_StartPoint{"now": claimwatch.Now,
			"beginning": claimwatch.Beginning, "snapshot": claimwatch.Snapshot}[start],
		ResumeToken: token,
		Heartbeat:   time.Second,
		OnGap: map[string]claimwatch.OnGap{"stop": claimwatch.StopAtGap,
			"oldest": claimwatch.OldestAfterGap, "snapshot": claimwatch.SnapshotAfterGap}[onGap],
		OnNotice: notice,
	})
	for {
		update, err := feed.Next()
		if err != nil {
			return err
		}
		positions, alerts := []int64{}, []string{}
		for _, event := range update.Events {
			positions = append(positions, event.GetPosition())
			alerts = append(alerts, event.GetAlert().GetAlertId())
		}
		say(words{"what": "update", "positions": positions, "alerts": alerts, "token": update.Token,
			"caughtUp": update.CaughtUp})
		if len(positions) > 0 && positions[len(positions)-1] >= last {
			return nil
		}
	}
}

func receipt(r *pb.Receipt) {
	line := words{"what": "receipt", "id": r.GetArticleId(), "sequence": r.GetSequence(),
		"index": r.GetIndex(), "duplicate": r.GetDuplicate()}
	if err := claimwatch.ReceiptError(r.GetError()); err != nil {
		line["error"] = failed(err, words{})
	}
	say(line)
}

func ingest(ctx context.Context, client *claimwatch.Client, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	session := client.Ingest(ctx, claimwatch.IngestOptions{OnReceipt: receipt,
		OnLost: func(err *claimwatch.Error, retryIn time.Duration, _ int) {
			say(failed(err, words{"what": "lost", "retryIn": retryIn.Seconds()}))
		}})
	for lines := bufio.NewScanner(file); lines.Scan(); {
		article := &pb.Article{}
		if err := protojson.Unmarshal(lines.Bytes(), article); err != nil {
			return err
		}
		if err := session.Send(article); err != nil {
			return err
		}
	}
	return session.Finish()
}

func consume(ctx context.Context, client *claimwatch.Client, subscription, until string) error {
	count, _ := strconv.Atoi(until)
	settled := map[int64]bool{}
	consumer := client.Consume(ctx, subscription, claimwatch.ConsumeOptions{Heartbeat: time.Second,
		OnLost: func(err *claimwatch.Error, retryIn time.Duration) {
			say(failed(err, words{"what": "lost", "retryIn": retryIn.Seconds()}))
		}})
	for len(settled) < count {
		delivery, err := consumer.Next()
		if err != nil {
			return err
		}
		position, did := delivery.GetEvent().GetPosition(), "ack"
		switch {
		case position%5 == 0 && delivery.GetDeliveryCount() == 1:
			did, err = "retry", delivery.Retry("")
		case position%7 == 0:
			did, err = "park", delivery.Park("probe")
		default:
			err = delivery.Ack()
		}
		if err != nil {
			return err
		}
		if did != "retry" {
			settled[position] = true
		}
		say(words{"what": "delivery", "position": position, "count": delivery.GetDeliveryCount(), "did": did})
	}
	return nil
}

func get(ctx context.Context, client *claimwatch.Client, id string) error {
	response, err := claimwatch.Call(ctx, client, client.Alerts.GetAlert, &pb.GetAlertRequest{AlertId: id})
	if err == nil {
		say(words{"what": "alert", "id": response.GetAlert().GetAlertId()})
	}
	return err
}

func connect(server string) (*claimwatch.Client, error) {
	options := claimwatch.Options{ClientID: "probe", Retry: claimwatch.RetryPolicy{FirstContactMax: time.Second}}
	if path := os.Getenv("PROBE_CA"); path != "" {
		pem, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		options.TLS = &tls.Config{RootCAs: x509.NewCertPool(), MinVersion: tls.VersionTLS12}
		options.TLS.RootCAs.AppendCertsFromPEM(pem)
	}
	if token := os.Getenv("PROBE_TOKEN"); token != "" {
		options.Token = func() (string, error) { return token, nil }
	}
	return claimwatch.New(server, options)
}

func main() {
	client, err := connect(os.Args[1])
	ctx := context.Background()
	if err == nil {
		switch arguments := os.Args[3:]; os.Args[2] {
		case "follow":
			err = follow(ctx, client, arguments[0], arguments[1], arguments[2])
		case "ingest":
			err = ingest(ctx, client, arguments[0])
		case "consume":
			err = consume(ctx, client, arguments[0], arguments[1])
		case "get":
			err = get(ctx, client, arguments[0])
		}
	}
	if err != nil {
		say(failed(claimwatch.AsError(err), words{"what": "end"}))
		return
	}
	say(words{"what": "end", "code": "OK"})
}
