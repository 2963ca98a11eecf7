import { defineConfig } from 'tsup';

/**
 * Two files with everything in them: the whole program, and the probes alone, which run every few seconds for years
 * and must not pay for reading the rest. `npx` installs no dependency.
 */
export default defineConfig({
  entry: { main: 'src/main.ts', probe: 'src/probe-main.ts' },
  outDir: 'dist',
  format: 'cjs',
  outExtension: () => ({ js: '.cjs' }),
  target: 'node22',
  platform: 'node',
  noExternal: [/.*/],
  splitting: false,
  minify: true,
  clean: true,
});
