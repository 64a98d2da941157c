package claimwatch

import (
	"context"
	"io"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/types/known/durationpb"

	pb "claimwatch/gen/claimwatch/v1"
)

// Where to begin without a token.
const (
	Now       = pb.SubscribeAlertsRequest_START_POINT_NOW
	Beginning = pb.SubscribeAlertsRequest_START_POINT_BEGINNING
	Snapshot  = pb.SubscribeAlertsRequest_START_POINT_SNAPSHOT // The open alerts, then what comes.
)

// OnGap says what to do when events after the token are gone for good.
type OnGap int

const (
	StopAtGap        OnGap = iota // Next returns the OUT_OF_RANGE; its metadata has oldestToken.
	OldestAfterGap                // Go on with the oldest event held.
	SnapshotAfterGap              // Go on with a snapshot of the open alerts.
)

// SubscribeOptions say what to follow. The zero value: everything from now on.
type SubscribeOptions struct {
	Start       pb.SubscribeAlertsRequest_StartPoint // Without meaning where there is a ResumeToken.
	ResumeToken string                               // The last one that an earlier Subscription gave.
	Selector    *pb.AlertSelector
	Heartbeat   time.Duration // After which the daemon says where it stands. 0: 30 s.
	OnGap       OnGap
	OnNotice    func(Notice) // Called by Next when the connection comes, goes or leaves a gap.
}

// Update is a piece of the feed. Events may be empty: then only the place has moved on. Token resumes
// after all of them; empty while more events of the same article follow in the next update.
type Update struct {
	Events   []*pb.AlertEvent
	Token    string
	CaughtUp bool
}

// NoticeKind names what happened to the connection.
type NoticeKind string

const (
	Connected NoticeKind = "connected" // With Started.
	Resumed   NoticeKind = "resumed"   // With Started: nothing is missing.
	Lost      NoticeKind = "lost"      // With Err and RetryIn.
	Gap       NoticeKind = "gap"       // With Err: events are gone for good; it goes on without them.
)

// Notice tells something about the connection.
type Notice struct {
	Kind    NoticeKind
	Started *pb.SubscriptionStarted
	Err     *Error
	RetryIn time.Duration
}

// Subscription is the feed as one unbroken sequence, over any number of connections. One goroutine
// calls Next.
type Subscription struct {
	client     *Client
	ctx        context.Context
	options    SubscribeOptions
	patience   *patience
	stream     pb.AlertService_SubscribeAlertsClient // Nil between streams.
	hangUp     context.CancelFunc                    // Of stream.
	token      string
	epoch      string
	told       int64 // Position of the last event told, in this epoch.
	lost       bool
	retryAfter *time.Duration
}

// Subscribe follows the alerts until ctx ends. No call is made before Next.
func (c *Client) Subscribe(ctx context.Context, options SubscribeOptions) *Subscription {
	if options.OnNotice == nil {
		options.OnNotice = func(Notice) {}
	}
	return &Subscription{client: c, ctx: ctx, options: options, token: options.ResumeToken,
		patience: newPatience(c.options.Retry)}
}

// Token is the last one received. Empty: none yet.
func (s *Subscription) Token() string { return s.token }

// Next waits for the next update: events in order, none twice and none left out. An *Error is the
// end: OUT_OF_RANGE at a gap, UNAVAILABLE when the retry policy gives up, CANCELLED when ctx ended,
// or what the daemon finds wrong with the request.
func (s *Subscription) Next() (*Update, error) {
	for {
		message, err := s.receive()
		if err != nil {
			if err := s.recover(err); err != nil {
				return nil, err
			}
			continue
		}
		if update := s.take(message); update != nil {
			return update, nil
		}
	}
}

func (s *Subscription) receive() (*pb.SubscribeAlertsResponse, error) {
	if s.stream == nil {
		if err := s.open(); err != nil {
			return nil, err
		}
	}
	return s.stream.Recv()
}

func (s *Subscription) open() error {
	request := &pb.SubscribeAlertsRequest{Selector: s.options.Selector, ClientId: s.client.options.ClientID}
	if s.token != "" {
		request.Start = &pb.SubscribeAlertsRequest_ResumeToken{ResumeToken: s.token}
	} else {
		request.Start = &pb.SubscribeAlertsRequest_StartPoint_{StartPoint: s.options.Start}
	}
	if s.options.Heartbeat != 0 {
		request.HeartbeatInterval = durationpb.New(s.options.Heartbeat)
	}
	ctx, hangUp := context.WithCancel(s.ctx)
	s.hangUp = hangUp
	ctx, err := s.client.authorize(ctx)
	if err != nil {
		return err
	}
	s.retryAfter = nil
	s.stream, err = s.client.Alerts.SubscribeAlerts(ctx, request)
	return err
}

func (s *Subscription) take(message *pb.SubscribeAlertsResponse) *Update {
	s.patience.contact()
	if started := message.GetStarted(); started != nil {
		s.begin(started)
	}
	if end := message.GetEnd(); end != nil {
		delay := end.GetRetryAfter().AsDuration()
		s.retryAfter = &delay
	}
	update := &Update{Token: message.GetResumeToken(), CaughtUp: message.GetCaughtUp() != nil}
	for _, event := range message.GetEvents() {
		if s.isNew(event) {
			update.Events = append(update.Events, event)
		}
	}
	if len(update.Events) == 0 && update.Token == "" {
		return nil
	}
	s.patience.progress()
	if update.Token != "" {
		s.token = update.Token
	}
	return update
}

func (s *Subscription) begin(started *pb.SubscriptionStarted) {
	if started.GetEpoch() != s.epoch {
		s.epoch, s.told = started.GetEpoch(), 0
	}
	kind := Connected
	if s.lost {
		kind = Resumed
	}
	s.lost = false
	s.options.OnNotice(Notice{Kind: kind, Started: started})
}

// A stream that broke between two messages of one article is resumed before that article.
func (s *Subscription) isNew(event *pb.AlertEvent) bool {
	if event.GetChange() == pb.AlertEvent_CHANGE_SNAPSHOT {
		return true
	}
	if event.GetPosition() <= s.told {
		return false
	}
	s.told = event.GetPosition()
	return true
}

// Closes the broken stream and waits for the time of the next one; an error is the end.
func (s *Subscription) recover(err error) error {
	s.hangUp()
	s.stream = nil
	failure := AsError(err)
	if err == io.EOF {
		failure = &Error{Code: codes.Unavailable, Message: "the daemon ended the stream early"}
	}
	if s.ctx.Err() != nil {
		return AsError(s.ctx.Err())
	}
	if failure.Code == codes.OutOfRange {
		return s.goOnAfterGap(failure)
	}
	if s.retryAfter != nil {
		failure.RetryAfter = s.retryAfter
	}
	delay, patient := s.patience.afterFailure(failure.RetryAfter)
	if !failure.MayTryAgain() || !patient {
		return failure
	}
	s.lost = true
	s.options.OnNotice(Notice{Kind: Lost, Err: failure, RetryIn: delay})
	return s.waitFor(delay)
}

func (s *Subscription) goOnAfterGap(failure *Error) error {
	oldest := failure.Metadata["oldestToken"]
	// Without progress in between, the way out did not lead out: stop, do not go in circles.
	delay, patient := s.patience.afterFailure(nil)
	if s.options.OnGap == StopAtGap || !patient || (s.options.OnGap == OldestAfterGap && oldest == "") {
		return failure
	}
	s.told, s.token = 0, ""
	if s.options.OnGap == OldestAfterGap {
		s.token = oldest
	} else {
		s.options.Start = Snapshot
	}
	s.options.OnNotice(Notice{Kind: Gap, Err: failure, RetryIn: delay})
	return s.waitFor(delay)
}

func (s *Subscription) waitFor(delay time.Duration) error {
	if err := wait(s.ctx, delay); err != nil {
		return AsError(err)
	}
	return nil
}
