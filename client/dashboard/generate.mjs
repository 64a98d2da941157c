// Generates src/gen from the contract in proto/, with the system's protoc. Not committed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const proto = join(here, '../../proto');
const out = join(here, 'src/gen');
const files = ['admin', 'alert', 'article', 'claim', 'story'].map((name) => `claimwatch/v1/${name}.proto`);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
execFileSync(
  'protoc',
  [
    `-I${proto}`,
    `--plugin=protoc-gen-es=${join(here, 'node_modules/.bin/protoc-gen-es')}`,
    `--es_out=${out}`,
    '--es_opt=target=ts',
    ...files,
    'google/rpc/status.proto',
    'google/rpc/error_details.proto',
  ],
  { stdio: 'inherit' },
);
