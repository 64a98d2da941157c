package claimwatch

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"
)

// The table of proto/README.md, as every client must read it.
func TestRetryTable(t *testing.T) {
	text, err := os.ReadFile("../../tests/clients/retry_table.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct {
		Code, Reason string
		RetryDelay   *float64
		Again        bool
	}
	if err := json.Unmarshal(text, &rows); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		var code codes.Code
		if err := code.UnmarshalJSON([]byte(`"` + row.Code + `"`)); err != nil {
			t.Fatal(err)
		}
		s := status.New(code, "message")
		s, _ = s.WithDetails(&errdetails.ErrorInfo{Reason: row.Reason, Domain: "claimwatch"})
		if row.RetryDelay != nil {
			delay := time.Duration(*row.RetryDelay * float64(time.Second))
			s, _ = s.WithDetails(&errdetails.RetryInfo{RetryDelay: durationpb.New(delay)})
		}
		failure := AsError(s.Err())
		if failure.MayTryAgain() != row.Again || failure.Reason != row.Reason {
			t.Errorf("%+v: again %v, reason %q", row, failure.MayTryAgain(), failure.Reason)
		}
		if (failure.RetryAfter == nil) != (row.RetryDelay == nil) {
			t.Errorf("%+v: retry after %v", row, failure.RetryAfter)
		}
	}
}

func TestDelaysDoubleAndAreSpread(t *testing.T) {
	now, chance := time.Unix(0, 0), 0.0
	p := newPatience(RetryPolicy{DelayMax: time.Second})
	p.now, p.chance = func() time.Time { return now }, func() float64 { return chance }
	p.contact()
	for _, want := range []time.Duration{50, 100, 200, 400, 500, 500} {
		if delay, patient := p.afterFailure(nil); delay != want*time.Millisecond || !patient {
			t.Errorf("want %d ms, got %v, patient %v", want, delay, patient)
		}
	}
	p.progress()
	chance = 0.5
	if delay, _ := p.afterFailure(nil); delay != 75*time.Millisecond {
		t.Errorf("after progress: %v", delay)
	}
	least := 3 * time.Second
	if delay, _ := p.afterFailure(&least); delay != least {
		t.Errorf("the daemon's word is the least: %v", delay)
	}
}

func TestGivesUpSoonWhereNothingWasEverReached(t *testing.T) {
	now := time.Unix(0, 0)
	p := newPatience(RetryPolicy{})
	p.now = func() time.Time { return now }
	if _, patient := p.afterFailure(nil); !patient {
		t.Error("gave up at the first failure")
	}
	now = now.Add(10 * time.Second)
	if _, patient := p.afterFailure(nil); patient {
		t.Error("still tries after 10 s")
	}
}
