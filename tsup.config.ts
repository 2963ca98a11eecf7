import { defineConfig } from 'tsup';

/**
 * Three files with everything in them: the whole program, and the plain forms of what a container runs, which must not
 * pay for reading the rest: `start`, and the probes, every few seconds for years. `npx` installs no dependency.
 */
export default defineConfig({
  entry: { main: 'src/main.ts', start: 'src/plain-start.ts', probe: 'src/plain-probe.ts' },
  outDir: 'dist',
  format: 'cjs',
  outExtension: () => ({ js: '.cjs' }),
  target: 'node22',
  platform: 'node',
  noExternal: [/.*/],
  splitting: false,
  minify: true,
  // Which packages went in: the image's bill of materials is made of it.
  metafile: true,
  clean: true,
});
