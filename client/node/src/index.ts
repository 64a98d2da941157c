/**
 * A client of Claimwatch: follow alerts, send articles.
 *
 *     const client = new Client("127.0.0.1:7411");
 *     for await (const update of client.subscribe({ start: "snapshot" })) {
 *       for (const event of update.events) console.log(event.alert?.summary);
 *     }
 *
 * It reconnects, resumes and retries by itself; errors are Failure, with what the daemon said of
 * them. The messages are in ./v1, generated from proto/.
 */
export { Client, type ClientOptions } from "./client.js";
export { type ConsumeOptions, Delivery } from "./consumer.js";
export { Failure, type Violation } from "./failure.js";
export { type IngestOptions } from "./ingest.js";
export { type RetryPolicy } from "./retry.js";
export { type Notice, type SubscribeOptions, type Update } from "./subscription.js";
