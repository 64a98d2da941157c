// What the process does when there is no memory: it ends, and says so.
//
// Code in C++ cannot go on from there: what throws in the middle of a change leaves half of it.
// Worse, gRPC swallows what is thrown in a callback, so the call would hang. The store is made for
// a death at any moment. Tested by tests/base/out_of_memory_test.cc and, with a daemon that finds
// no memory at any of its allocations, by tests/faults/crash_rounds.cc.
#pragma once

namespace claimwatch {

// From now on the process aborts when C++ code asks for memory and there is none; one line on
// standard error says on which thread. For main().
void EndWhenMemoryRunsOut();

}  // namespace claimwatch
