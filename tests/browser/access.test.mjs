// The dashboard of a daemon that speaks TLS and asks who one is.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, openPage, seriousFindings, shoot } from './browser.mjs';
import { Daemon, until } from './daemon.mjs';

const tokens = { desk: `cw_${randomBytes(32).toString('base64url')}`, wire: `cw_${randomBytes(32).toString('base64url')}` };

let browser;
let daemon;
let page;

function writeCredentials(folder, roles) {
  const lines = Object.entries(roles).map(
    ([name, allowed]) => `${name} token=sha256:${createHash('sha256').update(tokens[name]).digest('hex')} roles=${allowed}\n`,
  );
  writeFileSync(join(folder, 'credentials.new'), lines.join(''));
  renameSync(join(folder, 'credentials.new'), join(folder, 'credentials'));
}

before(async () => {
  daemon = await Daemon.start((folder) => {
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=localhost',
        '-keyout', join(folder, 'server.key'), '-out', join(folder, 'server.pem')],
      { stdio: 'ignore' },
    );
    writeCredentials(folder, { desk: 'read,subscribe', wire: 'ingest' });
    return [`--tls_cert=${folder}/server.pem`, `--tls_key=${folder}/server.key`, `--credentials=${folder}/credentials`];
  });
  browser = await launch();
  page = await openPage(browser, { ignoreHTTPSErrors: true });
});

after(async () => {
  await browser?.close();
  await daemon?.end();
});

const connection = async () => (await page.locator('[data-testid=connection]').innerText()).trim();
const reaches = (word) => until(`the feed is ${word}`, async () => (await connection()) === word);
const give = async (token) => {
  await page.getByLabel('Token').fill(token);
  await page.keyboard.press('Enter');
};
const stored = () =>
  page.evaluate(() => JSON.stringify([{ ...localStorage }, document.cookie, location.href]) + JSON.stringify({ ...sessionStorage }));

// A refused call is an error in the console of any browser; nothing else may be there.
const onlyRefusals = () => assert.deepEqual(page.problems.splice(0).filter((line) => !/40[13]/.test(line)), []);

test('a page without a token asks for one', async () => {
  await page.goto(daemon.url);
  await reaches('a token is needed');
  assert.match(await page.locator('form.token').innerText(), /asks who you are: this daemon wants a token/);
  assert.deepEqual(await seriousFindings(page), []);
  await shoot(page, 'token');
});

test('a wrong token is told, and one without the right too', async () => {
  await give(`cw_${'x'.repeat(43)}`);
  await page.getByText('not one that this daemon knows').waitFor();
  await give(tokens.wire);
  await page.getByText('no role that may do this').waitFor();
  onlyRefusals();
});

test('the right one opens the feed, for this tab alone', async () => {
  await give(tokens.desk);
  await reaches('live');
  assert.ok(!page.url().includes(tokens.desk));
  const kept = await stored();
  assert.equal(kept.split(tokens.desk).length, 2, 'kept once');
  assert.ok(kept.lastIndexOf('"claimwatch.token"') < kept.indexOf(tokens.desk), 'in sessionStorage');
  await page.reload();
  await reaches('live');
  const other = await openPage(browser, { ignoreHTTPSErrors: true });
  await other.goto(daemon.url);
  await other.locator('form.token').waitFor();
  await other.context().close();
  onlyRefusals();
});

test('it can be forgotten', async () => {
  await page.getByText('Forget the token').click();
  await reaches('a token is needed');
  assert.ok(!(await stored()).includes(tokens.desk));
  await give(tokens.desk);
  await reaches('live');
});

test('a token that is taken away ends the feed and is asked for again', async () => {
  writeCredentials(daemon.folder, { wire: 'ingest' });
  await reaches('a token is needed');
  writeCredentials(daemon.folder, { desk: 'read,subscribe', wire: 'ingest' });
  await until('the daemon has read them', async () => {
    const state = await connection();
    if (state === 'a token is needed') await give(tokens.desk);
    return state === 'live';
  });
  onlyRefusals();
});
