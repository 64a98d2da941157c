import { defineConfig } from 'vite';

// The daemon serves what comes out from its own root; in development a running one is asked.
const daemon = process.env.CLAIMWATCH ?? 'http://127.0.0.1:7412';

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    outDir: process.env.OUT_DIR ?? 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0, // No data: addresses in scripts and styles.
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
  server: { proxy: { '^/(claimwatch\\.v1\\.|v1/|metrics|healthz|readyz)': daemon } },
});
