package claimwatch

import (
	"context"
	"io"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/types/known/durationpb"

	pb "claimwatch/gen/claimwatch/v1"
)

// ConsumeOptions say how to take from a named subscription.
type ConsumeOptions struct {
	Heartbeat time.Duration                              // After which the daemon says that it lives. 0: 30 s.
	OnLost    func(failure *Error, retryIn time.Duration) // Called by Next when the connection is lost.
}

// Delivery is one event, to be settled: done (Ack), not done (Retry: it comes again), not doable
// (Park). What is not settled before the lease ends comes again.
type Delivery struct {
	*pb.Delivery
	consumer *Consumer
}

// Consumer takes from a named subscription: the daemon keeps the place, and an event comes until it is
// settled; each at least once. One goroutine calls Next; deliveries may be settled from any.
type Consumer struct {
	client       *Client
	ctx          context.Context
	subscription string
	options      ConsumeOptions
	patience     *patience
	stream       pb.AlertService_ConsumeAlertsClient // Nil between streams.
	hangUp       context.CancelFunc                  // Of stream.
	waiting      []*pb.Delivery
	retryAfter   *time.Duration
}

// Consume takes from the subscription until ctx ends. No call is made before Next.
func (c *Client) Consume(ctx context.Context, subscription string, options ConsumeOptions) *Consumer {
	if options.OnLost == nil {
		options.OnLost = func(*Error, time.Duration) {}
	}
	return &Consumer{client: c, ctx: ctx, subscription: subscription, options: options,
		patience: newPatience(c.options.Retry)}
}

// Next waits for the next delivery. An *Error is the end: NOT_FOUND, OUT_OF_RANGE when retention was
// faster, UNAVAILABLE when the retry policy gives up, CANCELLED when ctx ended.
func (c *Consumer) Next() (*Delivery, error) {
	for len(c.waiting) == 0 {
		message, err := c.receive()
		if err != nil {
			if err := c.recover(err); err != nil {
				return nil, err
			}
			continue
		}
		c.patience.progress()
		if end := message.GetEnd(); end != nil {
			delay := end.GetRetryAfter().AsDuration()
			c.retryAfter = &delay
		}
		c.waiting = message.GetDeliveries()
	}
	next := &Delivery{Delivery: c.waiting[0], consumer: c}
	c.waiting = c.waiting[1:]
	return next, nil
}

// Settle settles several at once; the subscription is filled in.
func (c *Consumer) Settle(request *pb.SettleAlertsRequest) error {
	request.SubscriptionId = c.subscription
	patience := newPatience(c.client.options.Retry)
	patience.contact() // The deliveries came from there: this is an outage, if it is one.
	_, err := callPatiently(c.ctx, c.client, c.client.Alerts.SettleAlerts, request, patience)
	return err
}

// Ack says that it is done.
func (d *Delivery) Ack() error {
	return d.consumer.Settle(&pb.SettleAlertsRequest{AckPositions: d.positions()})
}

// Retry gives it back: it comes again at once, unless that was the last delivery allowed.
func (d *Delivery) Retry(note string) error {
	return d.consumer.Settle(&pb.SettleAlertsRequest{RetryPositions: d.positions(), Note: note})
}

// Park lays it aside.
func (d *Delivery) Park(note string) error {
	return d.consumer.Settle(&pb.SettleAlertsRequest{ParkPositions: d.positions(), Note: note})
}

// Extend begins the lease anew.
func (d *Delivery) Extend() error {
	return d.consumer.Settle(&pb.SettleAlertsRequest{ExtendPositions: d.positions()})
}

func (d *Delivery) positions() []int64 { return []int64{d.GetEvent().GetPosition()} }

func (c *Consumer) receive() (*pb.ConsumeAlertsResponse, error) {
	if c.stream == nil {
		if err := c.open(); err != nil {
			return nil, err
		}
	}
	return c.stream.Recv()
}

func (c *Consumer) open() error {
	request := &pb.ConsumeAlertsRequest{SubscriptionId: c.subscription, ClientId: c.client.options.ClientID}
	if c.options.Heartbeat != 0 {
		request.HeartbeatInterval = durationpb.New(c.options.Heartbeat)
	}
	ctx, hangUp := context.WithCancel(c.ctx)
	c.hangUp = hangUp
	ctx, err := c.client.authorize(ctx)
	if err != nil {
		return err
	}
	c.retryAfter = nil
	c.stream, err = c.client.Alerts.ConsumeAlerts(ctx, request)
	return err
}

// Closes the broken stream and waits for the time of the next one; an error is the end.
func (c *Consumer) recover(err error) error {
	c.hangUp()
	c.stream = nil
	failure := AsError(err)
	if err == io.EOF {
		failure = &Error{Code: codes.Unavailable, Message: "the daemon ended the stream early"}
	}
	if c.ctx.Err() != nil {
		return AsError(c.ctx.Err())
	}
	if c.retryAfter != nil {
		failure.RetryAfter = c.retryAfter
	}
	delay, patient := c.patience.afterFailure(failure.RetryAfter)
	if !failure.MayTryAgain() || failure.Code == codes.OutOfRange || !patient {
		return failure
	}
	c.options.OnLost(failure, delay)
	if err := wait(c.ctx, delay); err != nil {
		return AsError(err)
	}
	return nil
}
