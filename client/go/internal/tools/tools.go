//go:build tools

// Package tools pins the generators, so that go.sum covers them too. See ../../generate.
package tools

import (
	_ "google.golang.org/grpc/cmd/protoc-gen-go-grpc"
	_ "google.golang.org/protobuf/cmd/protoc-gen-go"
)
