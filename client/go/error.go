package claimwatch

import (
	"context"
	"errors"
	"fmt"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	rpcstatus "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protowire"
)

// Error is what the daemon refused, with what it said of it; or that there is no daemon.
type Error struct {
	Code       codes.Code
	Message    string
	Reason     string            // Of the table in proto/README.md: "TOKEN_TOO_OLD". Empty: not said.
	Metadata   map[string]string // What goes with the reason: "oldestToken".
	Violations []Violation       // Fields at fault.
	Resource   string            // What was not found. Empty: not said.
	RetryAfter *time.Duration    // The least to wait before the next try. Nil: not said.
}

// Violation is a field at fault, spelled as in the contract.
type Violation struct{ Field, Reason, Description string }

func (e *Error) Error() string {
	if e.Reason == "" {
		return fmt.Sprintf("%v: %s", e.Code, e.Message)
	}
	return fmt.Sprintf("%v %s: %s", e.Code, e.Reason, e.Message)
}

// MayTryAgain tells whether the same call can be made again, unchanged, after a delay.
func (e *Error) MayTryAgain() bool {
	switch e.Code {
	case codes.Unavailable:
		return true
	case codes.ResourceExhausted, codes.Aborted:
		return e.RetryAfter != nil
	default:
		return false
	}
}

// AsError reads what a call returned. Nil for nil.
func AsError(err error) *Error {
	var known *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return errorOf(status.FromContextError(err))
	}
	return errorOf(status.Convert(err))
}

// ReceiptError reads the error of a receipt. Nil for nil.
func ReceiptError(s *rpcstatus.Status) *Error {
	if s == nil {
		return nil
	}
	return errorOf(status.FromProto(s))
}

func errorOf(s *status.Status) *Error {
	e := &Error{Code: s.Code(), Message: s.Message()}
	for _, detail := range s.Details() {
		switch d := detail.(type) {
		case *errdetails.ErrorInfo:
			e.Reason, e.Metadata = d.GetReason(), d.GetMetadata()
		case *errdetails.BadRequest:
			for _, v := range d.GetFieldViolations() {
				e.Violations = append(e.Violations, Violation{v.GetField(), reasonOf(v), v.GetDescription()})
			}
		case *errdetails.RetryInfo:
			delay := d.GetRetryDelay().AsDuration()
			e.RetryAfter = &delay
		case *errdetails.ResourceInfo:
			e.Resource = d.GetResourceType() + " " + d.GetResourceName()
		}
	}
	return e
}

// Field 3, reason, is younger than the genproto that Go 1.19 can use: it waits among the unknown.
func reasonOf(v *errdetails.BadRequest_FieldViolation) string {
	for raw := []byte(v.ProtoReflect().GetUnknown()); len(raw) > 0; {
		number, kind, size := protowire.ConsumeTag(raw)
		if size < 0 {
			return ""
		}
		raw = raw[size:]
		if number == 3 && kind == protowire.BytesType {
			text, _ := protowire.ConsumeString(raw)
			return text
		}
		if size = protowire.ConsumeFieldValue(number, kind, raw); size < 0 {
			return ""
		}
		raw = raw[size:]
	}
	return ""
}
