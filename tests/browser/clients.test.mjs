// The official clients of Connect and gRPC-Web, and the browser's own EventSource, with no proxy
// between them and the daemon.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { compressionGzip, createConnectTransport, createGrpcWebTransport } from '@connectrpc/connect-node';
import { launch, openPage } from './browser.mjs';
import { Daemon, fireReport, until } from './daemon.mjs';
import {
  AlertService, GetAlertRequestSchema, ListAlertsRequestSchema, ListAlertsResponseSchema, SubscribeAlertsRequest_StartPoint as StartPoint,
  SubscribeAlertsRequestSchema, SubscribeAlertsResponseSchema, SubscriptionEnd_Reason,
} from './gen/claimwatch/v1/alert_pb.js';
import { ClaimService } from './gen/claimwatch/v1/claim_pb.js';
import { ErrorInfoSchema } from './gen/google/rpc/error_details_pb.js';

let daemon;
let browser;

before(async () => {
  daemon = await Daemon.start();
  daemon.ingest(fireReport('fire-1', 10, 0, 'one.example'), fireReport('fire-2', 250, 90, 'two.example'));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await daemon?.end();
});

const base = () => ({ baseUrl: daemon.url, httpVersion: '1.1' });
const transports = {
  'Connect, proto': () => createConnectTransport({ ...base(), useBinaryFormat: true }),
  'Connect, JSON': () => createConnectTransport({ ...base(), useBinaryFormat: false }),
  'Connect, GET': () => createConnectTransport({ ...base(), useBinaryFormat: true, useHttpGet: true }),
  'Connect, GET with JSON': () => createConnectTransport({ ...base(), useBinaryFormat: false, useHttpGet: true }),
  'Connect, gzip': () => createConnectTransport({ ...base(), useBinaryFormat: true, sendCompression: compressionGzip, compressMinBytes: 0 }),
  'gRPC-Web, proto': () => createGrpcWebTransport({ ...base(), useBinaryFormat: true }),
};

for (const [name, make] of Object.entries(transports)) {
  test(`${name}: calls, errors, streams`, async () => {
    const transport = make();
    const alerts = createClient(AlertService, transport);
    const { alerts: listed } = await alerts.listAlerts({ pageSize: 10 });
    assert.deepEqual(listed.map(({ alertId }) => alertId), ['al1']);

    // Long enough not to be read on the connection's own thread; what stands in an address is shorter.
    const long = 'The fire injured 12 people. '.repeat(name.includes('GET') ? 20 : 2000);
    const { claims } = await createClient(ClaimService, transport).extractClaims({ body: long });
    assert.ok(claims.length > 1);

    const missing = await alerts.getAlert({ alertId: 'al99' }).then(() => undefined, (error) => error);
    assert.ok(missing instanceof ConnectError);
    assert.equal(missing.code, Code.NotFound);
    assert.equal(missing.findDetails(ErrorInfoSchema)[0]?.reason, 'ALERT_NOT_FOUND');

    const call = new AbortController();
    const messages = [];
    for await (const message of alerts.subscribeAlerts(
      { start: { case: 'startPoint', value: StartPoint.BEGINNING } }, { signal: call.signal })) {
      messages.push(message);
      if (message.caughtUp) break;
    }
    call.abort(); // This client does not hang up by itself.
    assert.ok(messages[0].started);
    assert.deepEqual(messages.flatMap(({ events }) => events.map(({ position }) => position)), [1n]);

    const bad = async () => { for await (const _ of alerts.subscribeAlerts({ start: { case: 'resumeToken', value: 'nonsense' } })); };
    await assert.rejects(bad, (error) =>
      error.code === Code.InvalidArgument && error.findDetails(ErrorInfoSchema)[0]?.reason === 'TOKEN_INVALID');

    const slow = async () => { for await (const _ of alerts.subscribeAlerts({}, { timeoutMs: 200 })); };
    await assert.rejects(slow, (error) => error.code === Code.DeadlineExceeded);
  });
}

// gRPC's own client needs a browser: its module is evaluated in a page, bytes go in and out.
const grpcWebModule = () => {
  const source = readFileSync(new URL('./node_modules/grpc-web/index.js', import.meta.url), 'utf8');
  return `(() => { const exports = {}; const module = { exports }; ${source}; globalThis.grpcWeb = module.exports; })()`;
};

for (const format of ['binary', 'text']) {
  test(`grpc-web, ${format}: calls, errors, streams`, async () => {
    const page = await openPage(browser);
    await page.goto(`${daemon.url}/healthz`);
    await page.evaluate(grpcWebModule());
    const call = (method, bytes, stream) =>
      page.evaluate(([method, bytes, stream, format]) => {
        const client = new grpcWeb.GrpcWebClientBase({ format });
        const kind = stream ? 'server_streaming' : 'unary';
        const descriptor = new grpcWeb.MethodDescriptor(
          `/claimwatch.v1.AlertService/${method}`, kind, Uint8Array, Uint8Array, (sent) => sent, (got) => Array.from(got));
        const url = location.origin + descriptor.getName();
        const request = new Uint8Array(bytes);
        if (!stream) {
          return new Promise((resolve) => client.rpcCall(url, request, {}, descriptor, (error, got) =>
            resolve(error ? { code: error.code, message: error.message, metadata: error.metadata } : { got })));
        }
        return new Promise((resolve) => {
          const got = [];
          const calling = client.serverStreaming(url, request, {}, descriptor);
          calling.on('data', (message) => { got.push(message); if (got.length === stream) { calling.cancel(); resolve({ got }); } });
          calling.on('error', (error) => resolve({ got, code: error.code, message: error.message }));
        });
      }, [method, Array.from(bytes), stream, format]);

    const listed = await call('ListAlerts', toBinary(ListAlertsRequestSchema, create(ListAlertsRequestSchema)), 0);
    assert.deepEqual(fromBinary(ListAlertsResponseSchema, new Uint8Array(listed.got)).alerts.map(({ alertId }) => alertId), ['al1']);

    const missing = await call('GetAlert', toBinary(GetAlertRequestSchema, create(GetAlertRequestSchema, { alertId: 'al99' })), 0);
    assert.equal(missing.code, 5);
    assert.equal(missing.message, 'there is no alert "al99"');
    assert.ok(missing.metadata['grpc-status-details-bin']);

    // In its binary format this client hands out a stream only when it has ended.
    const beginning = create(SubscribeAlertsRequestSchema, { start: { case: 'startPoint', value: StartPoint.BEGINNING } });
    if (format === 'text') {
      const told = await call('SubscribeAlerts', toBinary(SubscribeAlertsRequestSchema, beginning), 2);
      const messages = told.got.map((bytes) => fromBinary(SubscribeAlertsResponseSchema, new Uint8Array(bytes)));
      assert.ok(messages[0].started);
      assert.deepEqual(messages.flatMap(({ events }) => events.map(({ position }) => position)), [1n]);
    }

    const nonsense = create(SubscribeAlertsRequestSchema, { start: { case: 'resumeToken', value: 'nonsense' } });
    const bad = await call('SubscribeAlerts', toBinary(SubscribeAlertsRequestSchema, nonsense), 99);
    assert.equal(bad.code, 3);
    await page.context().close();
  });
}

test('a stream that the daemon ends says so in every protocol', async () => {
  const ends = ['Connect, proto', 'Connect, JSON', 'gRPC-Web, proto'].map(async (name) => {
    let last;
    try {
      for await (const message of createClient(AlertService, transports[name]()).subscribeAlerts({})) last = message;
    } catch (error) {
      return { name, code: error.code, reason: error.findDetails(ErrorInfoSchema)[0]?.reason, end: last?.end?.reason };
    }
    return { name };
  });
  await until('they are attached', async () => (await (await fetch(`${daemon.url}/metrics`)).text()).includes('{kind="subscribe"} 3'));
  await daemon.stop();
  for (const end of await Promise.all(ends)) {
    assert.deepEqual(end, { name: end.name, code: Code.Unavailable, reason: 'DRAINING', end: SubscriptionEnd_Reason.DRAINING });
  }
  await daemon.run();
});

test('EventSource resumes by itself over a restart', async () => {
  const page = await openPage(browser);
  await page.goto(`${daemon.url}/healthz`);
  await page.evaluate(() => {
    globalThis.positions = [];
    const source = new EventSource('/v1/alerts/stream?start=beginning');
    source.onmessage = (event) => {
      for (const told of JSON.parse(event.data).events ?? []) globalThis.positions.push(Number(told.position));
    };
  });
  const positions = () => page.evaluate(() => globalThis.positions);
  await until('the first event', async () => (await positions()).length === 1);
  await daemon.stop();
  await daemon.run();
  daemon.ingest(fireReport('fire-3', 2600, 180, 'three.example'));
  const head = Number((await (await fetch(`${daemon.url}/metrics`)).text()).match(/^claimwatch_feed_head_position (\d+)$/m)[1]);
  assert.ok(head > 1);
  await until('the rest', async () => (await positions()).length >= head);
  assert.deepEqual(await positions(), Array.from({ length: head }, (_, place) => place + 1));
  await page.context().close();
});

test('pages of other origins are kept out, those allowed are let in', async () => {
  const page = await openPage(browser);
  await page.goto('data:text/html,<title>other</title>');
  const told = await page.evaluate((url) =>
    fetch(`${url}/claimwatch.v1.AlertService/ListAlerts`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
      .then(() => 'read', () => 'kept out'), daemon.url);
  assert.equal(told, 'kept out');
  await page.context().close();
});
