package claimwatch

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"

	pb "claimwatch/gen/claimwatch/v1"
)

// IngestOptions say how articles go out and receipts come back. Zero fields have the default.
type IngestOptions struct {
	ReturnClaims        bool // Receipts carry the claims,
	ReturnAlerts        bool // and the alerts opened.
	BatchArticlesMax    int  // 16
	BatchBytesMax       int  // 1 MiB; an article that is larger goes alone.
	InflightArticlesMax int  // 256

	// Called for each article, in order, when it is durable; receipt.Index counts over the whole
	// session. A bad article has receipt.Error (see ReceiptError), and the rest goes on. Must not
	// call the session.
	OnReceipt func(*pb.Receipt)
	// Called when a connection is lost: toResend articles have no receipt yet.
	OnLost func(err *Error, retryIn time.Duration, toResend int)
}

// Ingest is a stream of articles that survives its connections: what was sent without an answer goes
// out again, which is safe, since the daemon knows an article by its id and content. Send and Finish
// belong to one goroutine.
type Ingest struct {
	client   *Client
	ctx      context.Context
	options  IngestOptions
	patience *patience
	count    int64
	ended    chan struct{} // Closed when run has returned.

	mu         sync.Mutex
	changed    *sync.Cond // Of what follows.
	unanswered []*pb.Article
	sent       int // Of these, on the stream of now.
	broken     bool
	finishing  bool
	err        error // Why it ended; nil while it goes on and when all is in.
	over       bool
	retryAfter *time.Duration
}

// Ingest begins a session; it ends with Finish, or with ctx.
func (c *Client) Ingest(ctx context.Context, options IngestOptions) *Ingest {
	for _, field := range []struct {
		value    *int
		default_ int
	}{
		{&options.BatchArticlesMax, 16},
		{&options.BatchBytesMax, 1 << 20},
		{&options.InflightArticlesMax, 256},
	} {
		if *field.value == 0 {
			*field.value = field.default_
		}
	}
	s := &Ingest{client: c, ctx: ctx, options: options, patience: newPatience(c.options.Retry),
		ended: make(chan struct{})}
	s.changed = sync.NewCond(&s.mu)
	go s.run()
	go func() {
		select {
		case <-ctx.Done():
			s.end(AsError(ctx.Err()))
		case <-s.ended:
		}
	}()
	return s
}

// Send queues an article, which goes out at once; it waits while too many have no receipt. An error
// is the one that ended the session.
func (s *Ingest) Send(article *pb.Article) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.over && len(s.unanswered) >= s.options.InflightArticlesMax {
		s.changed.Wait()
	}
	if s.over {
		return s.err
	}
	s.unanswered = append(s.unanswered, article)
	s.changed.Broadcast()
	return nil
}

// Finish waits until every article has its receipt, or the session ended with an error.
func (s *Ingest) Finish() error {
	s.mu.Lock()
	s.finishing = true
	s.changed.Broadcast()
	s.mu.Unlock()
	<-s.ended
	return s.err
}

func (s *Ingest) end(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.over {
		s.over, s.err = true, err
		s.changed.Broadcast()
	}
}

func (s *Ingest) run() {
	defer close(s.ended)
	for s.waitForWork() {
		err := s.runStream()
		if s.allAnswered() {
			continue // However the stream ended: all is in.
		}
		failure := AsError(err)
		if err == io.EOF {
			failure = &Error{Code: codes.Unavailable, Message: "the daemon ended the stream early"}
		}
		if s.retryAfter != nil {
			failure.RetryAfter = s.retryAfter
		}
		delay, patient := s.patience.afterFailure(failure.RetryAfter)
		if !failure.MayTryAgain() || !patient {
			s.end(failure)
			return
		}
		if s.options.OnLost != nil {
			s.options.OnLost(failure, delay, s.toResend())
		}
		_ = wait(s.ctx, delay)
	}
	s.end(nil)
}

// False: there will be none.
func (s *Ingest) waitForWork() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.over && len(s.unanswered) == 0 && !s.finishing {
		s.changed.Wait()
	}
	return !s.over && len(s.unanswered) > 0
}

func (s *Ingest) allAnswered() bool { return s.toResend() == 0 }

func (s *Ingest) toResend() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.unanswered)
}

func (s *Ingest) runStream() error {
	ctx, hangUp := context.WithCancel(s.ctx)
	defer hangUp()
	ctx, err := s.client.authorize(ctx)
	if err != nil {
		return err
	}
	stream, err := s.client.Articles.IngestArticles(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.broken, s.sent, s.retryAfter = false, 0, nil
	s.mu.Unlock()
	var writer sync.WaitGroup
	writer.Add(1)
	go func() {
		defer writer.Done()
		s.write(stream)
	}()
	err = s.read(stream)
	s.mu.Lock()
	s.broken = true
	s.changed.Broadcast()
	s.mu.Unlock()
	hangUp()
	writer.Wait()
	return err
}

func (s *Ingest) write(stream pb.ArticleService_IngestArticlesClient) {
	request := &pb.IngestArticlesRequest{Options: &pb.IngestOptions{
		ClientId: s.client.options.ClientID, ReturnClaims: s.options.ReturnClaims,
		ReturnAlerts: s.options.ReturnAlerts}}
	for request != nil {
		if stream.Send(request) != nil {
			return // The reader learns why.
		}
		request = s.nextBatch()
	}
	_ = stream.CloseSend()
}

// Waits for something to send. Nil: the stream broke, or all is sent.
func (s *Ingest) nextBatch() *pb.IngestArticlesRequest {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.broken && !s.over && s.sent == len(s.unanswered) && !s.finishing {
		s.changed.Wait()
	}
	if s.broken || s.over || s.sent == len(s.unanswered) {
		return nil
	}
	request, size := &pb.IngestArticlesRequest{}, 0
	for ; s.sent < len(s.unanswered) && len(request.Articles) < s.options.BatchArticlesMax; s.sent++ {
		article := s.unanswered[s.sent]
		size += proto.Size(article)
		if len(request.Articles) > 0 && size > s.options.BatchBytesMax {
			break
		}
		request.Articles = append(request.Articles, article)
	}
	return request
}

func (s *Ingest) read(stream pb.ArticleService_IngestArticlesClient) error {
	for {
		response, err := stream.Recv()
		if err != nil {
			return err
		}
		s.patience.contact()
		if end := response.GetEnd(); end != nil {
			delay := end.GetRetryAfter().AsDuration()
			s.retryAfter = &delay
		}
		for _, receipt := range response.GetReceipts() {
			if err := s.take(receipt); err != nil {
				return err
			}
		}
	}
}

func (s *Ingest) take(receipt *pb.Receipt) error {
	s.mu.Lock()
	asked := s.sent > 0 && (receipt.GetArticleId() == "" ||
		receipt.GetArticleId() == s.unanswered[0].GetArticleId())
	s.mu.Unlock()
	if !asked {
		return &Error{Code: codes.Internal,
			Message: fmt.Sprintf("the daemon sent a receipt out of order: %q", receipt.GetArticleId())}
	}
	receipt.Index = s.count
	s.count++
	if s.options.OnReceipt != nil {
		s.options.OnReceipt(receipt) // Before the article is let go: Finish returns after the last.
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.patience.progress()
	s.unanswered[0] = nil
	s.unanswered = s.unanswered[1:]
	s.sent--
	s.changed.Broadcast()
	return nil
}
