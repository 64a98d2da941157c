// A daemon of our own on free ports of the loopback, and articles for it.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const binaries = resolve(process.env.CLAIMWATCH_BIN ?? '../../build/release/bin');
export const webRoot = resolve(process.env.CLAIMWATCH_WEB_ROOT ?? '../../build/release/share/claimwatch/dashboard');

export async function until(what, check, patienceMs = 15_000) {
  const end = Date.now() + patienceMs;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((later) => setTimeout(later, 25));
  }
}

function freePort() {
  return new Promise((found) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

export class Daemon {
  // `prepare` gets the daemon's folder, may put files there, and gives further options.
  static async start(prepare = () => []) {
    const daemon = new Daemon();
    daemon.folder = mkdtempSync(join(tmpdir(), 'claimwatch-browser.'));
    daemon.options = prepare(daemon.folder);
    daemon.port = await freePort(); // Kept over a restart, as a browser expects.
    daemon.grpcPort = await freePort();
    await daemon.run();
    return daemon;
  }

  get url() {
    const scheme = this.options.some((option) => option.startsWith('--tls_cert=')) ? 'https' : 'http';
    return `${scheme}://127.0.0.1:${this.port}`;
  }

  async run() {
    const portFile = join(this.folder, 'ports');
    this.process = spawn(
      join(binaries, 'claimwatchd'),
      [`--data_dir=${this.folder}/data`, `--listen=127.0.0.1:${this.grpcPort}`, `--http_listen=127.0.0.1:${this.port}`,
        `--web_root=${webRoot}`, `--port_file=${portFile}`, '--drain_grace=2s', ...this.options],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.log = '';
    this.process.stderr.on('data', (bytes) => { this.log += bytes; });
    await until(`the daemon serves; its log: ${this.log}`, () => {
      if (this.process.exitCode !== null) throw new Error(`the daemon did not start:\n${this.log}`);
      return existsSync(portFile) && readFileSync(portFile, 'utf8').includes('://');
    });
  }

  // Waits until it is gone.
  async stop(signal = 'SIGTERM') {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill(signal);
    await gone;
  }

  async end() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  // `articles`: proto3 JSON, as `claimwatch ingest` takes it.
  ingest(...articles) {
    const file = join(this.folder, 'articles.jsonl');
    writeFileSync(file, articles.map((article) => JSON.stringify(article)).join('\n') + '\n');
    return this.ingestFile(file);
  }

  ingestFile(file) {
    const done = spawnSync(join(binaries, 'claimwatch'), ['ingest', `--server=127.0.0.1:${this.grpcPort}`, '--output=json', file], {
      encoding: 'utf8',
      maxBuffer: 1 << 29,
    });
    if (done.status !== 0) throw new Error(`ingest failed: ${done.stderr}`);
    return done.stdout.trim().split('\n').map((line) => JSON.parse(line));
  }
}

// "Fire in Varna harbour": so many hurt, so many minutes after a fixed hour.
export function fireReport(id, injured, minute, source = 'port-news.example', more = '') {
  return {
    articleId: id,
    source,
    title: 'Fire breaks out in Varna harbour',
    body:
      'VARNA, Bulgaria - A fire broke out in the harbour of Varna on Thursday. The fire injured ' +
      `${injured} people, the Bulgarian Health Ministry said. Crews fought the flames in the harbour of Varna all night.${more}`,
    language: 'en',
    publishTime: new Date(Date.UTC(2022, 0, 6, 9) + 60_000 * minute).toISOString(),
  };
}
