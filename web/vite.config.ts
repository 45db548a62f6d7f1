/** Builds the pages into dist/web: no inline script or style (the pages' policy forbids them), names that carry their content's hash. */
import { join } from 'node:path'
import { defineConfig } from 'vite'

const here = import.meta.dirname

export default defineConfig({
  root: here,
  publicDir: false,
  build: {
    outDir: join(here, '..', 'dist', 'web'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: [join(here, 'index.html'), join(here, 'sim', 'index.html')] },
  },
  // `npm start` serves the data; `npx vite web` serves the pages while somebody works on them.
  server: { proxy: { '/api': 'http://localhost:3000', '/sim/api': 'http://localhost:3000' } },
})
