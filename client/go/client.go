// Package claimwatch is a client of Claimwatch: it follows alerts and sends articles.
//
//	client, err := claimwatch.New("127.0.0.1:7411", claimwatch.Options{})
//	feed := client.Subscribe(ctx, claimwatch.SubscribeOptions{Start: claimwatch.Snapshot})
//	for {
//		update, err := feed.Next()
//		…
//	}
//
// It reconnects, resumes and retries by itself; errors are *Error, with what the daemon said of
// them. The messages are in claimwatch/gen/claimwatch/v1, generated from proto/.
package claimwatch

import (
	"context"
	"crypto/tls"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/metadata"

	pb "claimwatch/gen/claimwatch/v1"
)

// Options say how to reach the daemon. The zero value: without TLS, as on one machine.
type Options struct {
	TLS      *tls.Config            // Nil: no TLS. Holds our own certificate where the daemon asks for one.
	Token    func() (string, error) // Sent with every call as "authorization: Bearer …". Nil: none.
	ClientID string                 // In the daemon's logs: printable ASCII, at most 128 bytes.
	Retry    RetryPolicy
	Dial     []grpc.DialOption // Whatever else gRPC can do.
}

// Client holds a connection and every stub of the contract. Safe for concurrent use.
type Client struct {
	Articles pb.ArticleServiceClient
	Claims   pb.ClaimServiceClient
	Stories  pb.StoryServiceClient
	Alerts   pb.AlertServiceClient
	Admin    pb.AdminServiceClient

	connection *grpc.ClientConn
	options    Options
}

const messageBytesMax = 16 << 20

// New does not wait for the daemon: the first call does.
func New(target string, options Options) (*Client, error) {
	transport := insecure.NewCredentials()
	if options.TLS != nil {
		transport = credentials.NewTLS(options.TLS)
	}
	reconnect := backoff.DefaultConfig // When to try again is decided in retry.go; be no slower.
	reconnect.BaseDelay, reconnect.MaxDelay = 100*time.Millisecond, time.Second
	dial := append([]grpc.DialOption{
		grpc.WithTransportCredentials(transport),
		grpc.WithConnectParams(grpc.ConnectParams{Backoff: reconnect, MinConnectTimeout: 5 * time.Second}),
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: 30 * time.Second, Timeout: 20 * time.Second}),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(messageBytesMax)),
	}, options.Dial...)
	connection, err := grpc.NewClient(target, dial...)
	if err != nil {
		return nil, err
	}
	return &Client{
		Articles:   pb.NewArticleServiceClient(connection),
		Claims:     pb.NewClaimServiceClient(connection),
		Stories:    pb.NewStoryServiceClient(connection),
		Alerts:     pb.NewAlertServiceClient(connection),
		Admin:      pb.NewAdminServiceClient(connection),
		connection: connection,
		options:    options,
	}, nil
}

// Close ends every call.
func (c *Client) Close() error { return c.connection.Close() }

// Call makes one unary call, and makes it again for as long as the retry policy has it:
//
//	story, err := claimwatch.Call(ctx, c, c.Stories.GetStory, &pb.GetStoryRequest{StoryId: "s1"})
//
// Not for BackUp: a second try finds the name taken if the first had succeeded.
func Call[Request, Response any](ctx context.Context, c *Client,
	method func(context.Context, Request, ...grpc.CallOption) (Response, error), request Request,
) (Response, error) {
	return callPatiently(ctx, c, method, request, newPatience(c.options.Retry))
}

func callPatiently[Request, Response any](ctx context.Context, c *Client,
	method func(context.Context, Request, ...grpc.CallOption) (Response, error), request Request,
	patience *patience,
) (Response, error) {
	for {
		authorized, err := c.authorize(ctx)
		if err != nil {
			var none Response
			return none, err
		}
		response, err := method(authorized, request)
		if err == nil {
			return response, nil
		}
		failure := AsError(err)
		delay, patient := patience.afterFailure(failure.RetryAfter)
		if !failure.MayTryAgain() || !patient || wait(ctx, delay) != nil {
			return response, failure
		}
	}
}

func (c *Client) authorize(ctx context.Context) (context.Context, error) {
	if c.options.Token == nil {
		return ctx, nil
	}
	token, err := c.options.Token()
	if err != nil {
		return ctx, err
	}
	return metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+token), nil
}
