// Fail points: named places where a test can end the process, to see what survives that.
//
// FAIL_POINT("store.commit.begin") is nothing at all in the daemon that users have. The tests
// compile the files with fail points once more with CLAIMWATCH_FAIL_POINTS defined (tests/faults);
// there the environment names the place and the visit at which the process dies as by SIGKILL:
// CLAIMWATCH_FAIL_POINT=store.commit.begin:3. Every name is in kFailPoints, which the test of
// crashes walks through. Tested by tests/faults/crash_rounds.cc.
#pragma once

#include <string_view>

namespace claimwatch {

inline constexpr std::string_view kFailPoints[] = {
    "store.commit.begin",      // Before the transaction.
    "store.commit.written",    // All rows written, nothing durable.
    "store.commit.durable",    // Durable, and nobody knows.
    "store.commit.marked",     // The mark beside the database says so too.
    "store.checkpoint.begin",  // Before pages go from the log to the file.
    "store.checkpoint.end",    // After.
    "store.migrate.begin",     // Before a step of the schema.
    "store.migrate.written",   // Its rows written, nothing durable.
    "store.migrate.durable",   // After it.
    "store.create.begin",      // A new database: before its schema,
    "store.create.end",        // after it.
    "store.forget",            // Retention: events deleted, nothing durable.
    "store.backup.copied",     // A backup is written, but not under its name.
    "ingest.commit.before",    // A group is judged, not committed.
    "ingest.publish.before",   // Committed, and no subscriber heard.
    "ingest.publish.after",    // Published, and no sender heard.
    "ingest.receipts.told",    // Receipts handed to the streams.
};

// Dies here if the environment says so.
void ReachFailPoint(std::string_view name);

}  // namespace claimwatch

#ifdef CLAIMWATCH_FAIL_POINTS
#define FAIL_POINT(name) ::claimwatch::ReachFailPoint(name)
#else
#define FAIL_POINT(name) static_cast<void>(0)
#endif
