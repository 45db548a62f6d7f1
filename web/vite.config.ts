/** Builds the pages into dist/web: no inline script or style (the pages' policy forbids them), names that carry their content's hash. */
import { join } from 'node:path'
import { defineConfig } from 'vite'

const here = import.meta.dirname

export default defineConfig({
  root: here,
  // Relais may stand behind a path: pages ask for what they need by where they are themselves.
  base: './',
  publicDir: false,
  build: {
    outDir: join(here, '..', 'dist', 'web'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        desk: join(here, 'index.html'),
        sim: join(here, 'sim', 'index.html'),
        demo: join(here, 'demo', 'index.html'),
        chat: join(here, 'chat', 'index.html'),
        worker: join(here, 'chat', 'worker.ts'),
      },
      // A service worker is found by its name.
      output: { entryFileNames: ({ name }) => (name === 'worker' ? 'chat/worker.js' : 'assets/[name]-[hash].js') },
    },
  },
  // `npm start` serves the data; `npx vite web` serves the pages while somebody works on them.
  server: { proxy: { '/api': 'http://localhost:3000', '/sim/api': 'http://localhost:3000', '/demo/': 'http://localhost:3000' } },
})
