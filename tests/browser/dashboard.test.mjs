// The dashboard in a real browser, against a real daemon.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { resolve } from 'node:path';
import { launch, openPage, seriousFindings, shoot } from './browser.mjs';
import { Daemon, fireReport, until } from './daemon.mjs';

const samples = resolve('../../deploy/samples/kazakhstan-2022.jsonl');
const evil = '<img src=x onerror="window.stolen=1"><script>window.stolen=1</script>';

let browser;
let daemon;
let page;

before(async () => {
  browser = await launch();
  daemon = await Daemon.start();
  page = await openPage(browser);
});

after(async () => {
  await browser?.close();
  await daemon?.end();
});

const connection = async () => (await page.locator('[data-testid=connection]').innerText()).trim();
const live = () => until('the feed is live', async () => (await connection()) === 'live');
const count = async () => Number(await page.locator('[data-testid=alert-count]').innerText());
const shownAlerts = () => page.locator('[data-alert]').evaluateAll((rows) => rows.map((row) => row.dataset.alert));
const noProblems = () => assert.deepEqual(page.problems.splice(0), []);

test('an empty daemon says that there is nothing yet', async () => {
  await page.goto(daemon.url);
  await live();
  await page.getByText('Nothing yet').waitFor();
  noProblems();
});

test('the first alert is visible within a second', async () => {
  daemon.ingest(fireReport('fire-1', 10, 0, 'one.example'));
  const [receipt] = daemon.ingest(fireReport('fire-2', 250, 90, 'two.example'));
  const committed = Date.now();
  assert.equal(receipt.alerts?.length, 1, 'the daemon raised it');
  await page.locator('[data-alert=al1]').waitFor({ timeout: 5000 });
  assert.ok(Date.now() - committed < 1000, `after ${Date.now() - committed} ms`);
  assert.match(await page.locator('[data-alert=al1]').innerText(), /10.*→.*250/s);
  noProblems();
});

test('an alert shows both sentences with their figures, both sources and times', async () => {
  await page.keyboard.press('j');
  const detail = page.locator('[data-testid=detail]');
  await detail.waitFor();
  assert.deepEqual(await detail.locator('mark').allInnerTexts(), ['250', '10']);
  const text = await detail.innerText();
  for (const part of ['two.example', 'one.example', '6 Jan 2022', 'independent origin', 'The fire injured 250 people']) {
    assert.ok(text.includes(part), `${part} in: ${text}`);
  }
  await shoot(page, 'alert');
});

test('it is acknowledged by keyboard, for all to see', async () => {
  await page.keyboard.press('a');
  await page.keyboard.type('Desk one');
  await page.keyboard.press('Enter');
  await page.locator('[data-testid=acknowledged]').waitFor();
  assert.match(await page.locator('[data-testid=acknowledged]').innerText(), /Desk one/);
  assert.match(await page.locator('[data-alert=al1]').innerText(), /✓ Desk one/);
  const other = await openPage(browser);
  await other.goto(`${daemon.url}/#/feed/al1`);
  await other.locator('[data-testid=acknowledged]').waitFor();
  await other.context().close();
  await page.keyboard.press('Escape');
  noProblems();
});

test('the samples make it look alive', async () => {
  daemon.ingestFile(samples);
  const told = await page.evaluate(async () => {
    const answer = await fetch('/claimwatch.v1.AlertService/ListAlerts', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"pageSize":1000}',
    });
    return (await answer.json()).alerts.map((alert) => alert.alertId);
  });
  await until('all alerts are there', async () => (await count()) === told.length);
  assert.deepEqual((await shownAlerts()).sort(), told.sort());
  await page.locator('.row').first().click();
  await page.locator('[data-testid=detail]').waitFor();
  await shoot(page, 'feed');
  assert.deepEqual(await seriousFindings(page), []);
  noProblems();
});

test('the filter is the daemon\'s own', async () => {
  await page.goto(`${daemon.url}/#/`);
  const all = await count();
  await page.getByRole('button', { name: 'Raised', exact: true }).click();
  await until('fewer alerts', async () => (await connection()) === 'live' && (await count()) < all && (await count()) > 0);
  const kinds = new Set(await page.locator('.row .kind').allInnerTexts());
  assert.deepEqual([...kinds], ['Raised']);
  await page.getByRole('button', { name: 'Clear' }).click();
  await until('all of them again', async () => (await count()) === all);
  noProblems();
});

test('an expression that is wrong is told, and a right one is followed', async () => {
  const all = await count();
  const expression = page.locator('#filter-expression');
  await expression.fill('severity >= ((');
  await expression.press('Enter');
  await page.locator('#filter-problem').waitFor();
  await expression.fill('kind = CORRECTED');
  await expression.press('Enter');
  await until('only those', async () => {
    const kinds = await page.locator('.row .kind').allInnerTexts();
    return kinds.length > 0 && kinds.every((kind) => kind === 'Corrected');
  });
  await page.getByRole('button', { name: 'Clear' }).click();
  await until('all of them again', async () => (await count()) === all);
  page.problems.length = 0; // The browser itself notes an answer of 400.
});

test('a restart of the daemon loses nothing and doubles nothing', async () => {
  const before = await count();
  await daemon.stop();
  await until('it says so', async () => (await connection()).startsWith('offline'));
  await shoot(page, 'offline');
  assert.equal(await count(), before, 'what was known stays');
  await daemon.run();
  daemon.ingest(fireReport('fire-3', 2600, 180, 'three.example'));
  await live();
  const told = (await (await fetch(`${daemon.url}/claimwatch.v1.AlertService/ListAlerts`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"pageSize":1000}',
  })).json()).alerts;
  await until('the new one is there', async () => (await count()) === told.length);
  const shown = await shownAlerts();
  assert.equal(new Set(shown).size, shown.length, 'no double');
  assert.ok(told.length > before, 'there was something new');
  page.problems.length = 0; // The browser itself reports that it could not connect.
});

test('a killed daemon is no other', async () => {
  const before = await count();
  await daemon.stop('SIGKILL');
  await until('it says so', async () => (await connection()).startsWith('offline'));
  await daemon.run();
  await live();
  assert.equal(await count(), before);
  page.problems.length = 0;
});

test('the plot has the right series', async () => {
  await page.goto(`${daemon.url}/#/feed/al1`);
  await page.getByRole('link', { name: /The figure over time/ }).click();
  const plot = page.locator('[data-testid=plot]');
  await plot.waitFor();
  const data = JSON.parse(await plot.getAttribute('data-series'));
  const marks = data.marks.map(({ value, source }) => `${value} ${source}`);
  assert.deepEqual(marks.slice(0, 2), ['10 one.example', '250 two.example']);
  assert.equal(data.marks.filter(({ alert }) => alert === 'al1').length, 1);
  assert.deepEqual(data.believed.slice(0, 2).map(([, value]) => value), [10, 250]);
  const start = Date.UTC(2022, 0, 6, 9) / 1000;
  assert.deepEqual(data.marks.slice(0, 2).map(({ time }) => time - start), [0, 5400]);
  assert.ok((await plot.locator('canvas').boundingBox()).width > 300);
  assert.match(await page.locator('[data-testid=behind]').innerText(), /one\.example.*still says 10/s);
  assert.equal(await page.locator('table tbody tr').count(), data.marks.length);
  await shoot(page, 'story');
  assert.deepEqual(await seriousFindings(page), []);
  noProblems();
});

test('an article shows its numbers and why each is or is no claim', async () => {
  await page.goto(`${daemon.url}/#/article/fire-2`);
  const text = page.locator('[data-testid=marked-text]');
  await text.waitFor();
  await text.getByRole('button', { name: '250' }).click();
  const explanation = page.locator('[data-testid=explanation]');
  assert.match(await explanation.innerText(), /a claim, injured/);
  await shoot(page, 'article');
  assert.deepEqual(await seriousFindings(page), []);
  noProblems();
});

test('a pasted text is read', async () => {
  await page.goto(`${daemon.url}/#/read`);
  await page.getByLabel('Text').fill('The flood – “the worst” – killed at least 12 people in 2021, officials said.');
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.locator('[data-testid=marked-text] .number.claim').first().waitFor();
  assert.match(await page.locator('.number.claim', { hasText: '12' }).first().innerText(), /at least 12|12/);
  await page.locator('.number.none').last().click();
  assert.match(await page.locator('[data-testid=explanation]').innerText(), /no claim/);
  await shoot(page, 'read');
  noProblems();
});

test('no text of an article becomes markup', async () => {
  const report = fireReport(`evil-${evil}`, 9000, 240, `evil.example ${evil}`, ` ${evil}`);
  report.title += ` ${evil}`;
  const [receipt] = daemon.ingest(report);
  assert.equal(receipt.error, undefined);
  const alert = receipt.alerts?.[0]?.alertId ?? 'al1';
  const story = receipt.storyId;
  for (const address of ['#/', `#/feed/${alert}`, `#/story/${story}`, '#/stories', `#/article/${encodeURIComponent(report.articleId)}`]) {
    await page.goto(`${daemon.url}/${address}`);
    await page.getByText('onerror=').first().waitFor({ state: 'attached', timeout: 1500 }).catch(() => {});
    assert.equal(await page.evaluate(() => window.stolen), undefined, address);
    assert.equal(await page.locator('main img, main script').count(), 0, address);
  }
  assert.ok((await page.locator('[data-testid=marked-text]').innerText()).includes('<script>'), 'it is shown as it is');
  noProblems();
});

test('the state of the daemon is told', async () => {
  await page.goto(`${daemon.url}/#/status`);
  const status = page.locator('[data-testid=status]');
  await status.getByText('Subscribers').waitFor();
  assert.match(await status.innerText(), /Subscribers\s+1 of/);
  await shoot(page, 'status');
  assert.deepEqual(await seriousFindings(page), []);
  noProblems();
});

test('it can be used in the dark and on a phone', async () => {
  const phone = await openPage(browser, { viewport: { width: 390, height: 780 }, colorScheme: 'dark', hasTouch: true });
  for (const [name, address] of [['feed', '#/'], ['alert', '#/feed/al1'], ['story', '#/story/s1'], ['read', '#/read']]) {
    await phone.goto(`${daemon.url}/${address}`);
    await until('live', async () => (await phone.locator('[data-testid=connection]').innerText()).trim() === 'live');
    if (name === 'story') await phone.locator('[data-testid=plot]').waitFor();
    assert.deepEqual(await seriousFindings(phone), [], name);
    const wide = await phone.evaluate(() =>
      [document.documentElement, document.getElementById('main')].some((box) => box.scrollWidth > box.clientWidth));
    assert.equal(wide, false, `${name} does not scroll sideways`);
    await shoot(phone, `phone-${name}`);
  }
  assert.deepEqual(phone.problems, []);
  await phone.context().close();
});

test('ten thousand alerts scroll smoothly', async () => {
  const articles = [];
  for (let story = 0; story < 10_000; story += 1) {
    for (const [part, injured] of [['a', 10], ['b', 250]]) {
      const report = fireReport(`many-${story}-${part}`, injured + (story % 7), 60 * (part === 'b'), `${part}.example`);
      articles.push({ ...report, storyHint: `many-${story}` });
    }
  }
  daemon.ingest(...articles);
  await page.goto(`${daemon.url}/#/`);
  await until('all are there', async () => (await count()) >= 10_000, 90_000);
  const frames = await page.evaluate(async () => {
    const list = document.querySelector('.virtual');
    const times = [];
    let rows = 0;
    for (let step = 0; step < 120; step += 1) {
      const began = performance.now();
      list.scrollTop += step < 60 ? 700 : 12_000;
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      times.push((performance.now() - began) / 2);
      rows = Math.max(rows, list.querySelectorAll('.virtual-row').length);
    }
    times.sort((a, b) => a - b);
    return { median: times[60], p95: times[114], rows, end: list.scrollTop };
  });
  console.log(`frames while scrolling 10,000 alerts: median ${frames.median.toFixed(1)} ms, p95 ${frames.p95.toFixed(1)} ms`);
  assert.ok(frames.rows < 60, `${frames.rows} rows in the document`);
  assert.ok(frames.end > 500_000, `came to ${frames.end}`);
  assert.ok(frames.median < 50, `median frame ${frames.median} ms`);
  await shoot(page, 'many');
  noProblems();
});
