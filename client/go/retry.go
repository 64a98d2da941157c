package claimwatch

import (
	"context"
	"math/rand"
	"time"
)

// RetryPolicy says when to try again and when to give up. Delays double from DelayMin to DelayMax,
// each cut by chance to between half and all of it, so that a thousand clients do not come back in
// one instant. Zero fields have the default.
type RetryPolicy struct {
	DelayMin        time.Duration // 100 ms
	DelayMax        time.Duration // 30 s
	FirstContactMax time.Duration // 10 s: how long to try while nothing was ever reached.
	OutageMax       time.Duration // For ever: how long to try later.
}

// patience follows one conversation through its outages. Not safe for concurrent use.
type patience struct {
	policy    RetryPolicy
	now       func() time.Time
	chance    func() float64
	contacted bool
	failures  int
	since     time.Time
}

func newPatience(policy RetryPolicy) *patience {
	for _, field := range []struct {
		value    *time.Duration
		default_ time.Duration
	}{
		{&policy.DelayMin, 100 * time.Millisecond},
		{&policy.DelayMax, 30 * time.Second},
		{&policy.FirstContactMax, 10 * time.Second},
		{&policy.OutageMax, 1<<63 - 1},
	} {
		if *field.value == 0 {
			*field.value = field.default_
		}
	}
	source := rand.New(rand.NewSource(time.Now().UnixNano()))
	return &patience{policy: policy, now: time.Now, chance: source.Float64}
}

// The daemon answered something.
func (p *patience) contact() { p.contacted = true }

// The conversation got on: an outage, if there was one, is over.
func (p *patience) progress() { p.contacted, p.failures = true, 0 }

// How long to wait before the next try, at least `least`. False: give up.
func (p *patience) afterFailure(least *time.Duration) (time.Duration, bool) {
	now := p.now()
	if p.failures == 0 {
		p.since = now
	}
	full := p.policy.DelayMax
	if p.failures < 30 && p.policy.DelayMin<<p.failures < full {
		full = p.policy.DelayMin << p.failures
	}
	p.failures++
	delay := time.Duration(float64(full) * (0.5 + 0.5*p.chance()))
	if least != nil && *least > delay {
		delay = *least
	}
	longest := p.policy.FirstContactMax
	if p.contacted {
		longest = p.policy.OutageMax
	}
	return delay, now.Sub(p.since) <= longest-delay
}

// wait returns early, with an error, when ctx ends.
func wait(ctx context.Context, delay time.Duration) error {
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
