// Generates gen/ from the contract in proto/, with the system's protoc. Not committed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';

rmSync('gen', { recursive: true, force: true });
mkdirSync('gen');
const files = ['admin', 'alert', 'article', 'claim', 'story'].map((name) => `claimwatch/v1/${name}.proto`);
execFileSync(
  'protoc',
  ['-I../../proto', '--plugin=protoc-gen-es=node_modules/.bin/protoc-gen-es', '--es_out=gen', '--es_opt=target=js,import_extension=js',
    ...files, 'google/rpc/status.proto', 'google/rpc/error_details.proto'],
  { stdio: 'inherit' },
);
