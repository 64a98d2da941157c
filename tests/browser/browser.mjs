// Debian's Chromium through Playwright, and what every page of ours must keep to.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const artefacts = resolve(process.env.CLAIMWATCH_ARTEFACTS ?? 'artefacts');
const program = process.env.CHROMIUM ?? '/usr/bin/chromium';
const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--no-first-run', '--disable-dev-shm-usage',
];

export async function launch() {
  mkdirSync(artefacts, { recursive: true });
  return chromium.launch({ executablePath: program, headless: true, args: flags });
}

// A page that keeps what its console says; `problems` must be empty at the end.
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') page.problems.push(`${message.type()}: ${message.text()}`);
  });
  return page;
}

export const shoot = (page, name) => page.screenshot({ path: join(artefacts, `${name}.png`) });

// What axe finds that is serious: "color-contrast: .row".
export async function seriousFindings(page) {
  await page.evaluate(axe.source); // By the debugger, so that the page's own policy stays as it is.
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`));
}
