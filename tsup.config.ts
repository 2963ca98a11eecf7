import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** What of pino is for files, worker threads and masks. Our lines go to a stream of our own, and hold no secrets. */
const NOT_OF_PINO =
  /^(sonic-boom|on-exit-leak-free|(node:)?worker_threads|@pinojs\/redact|(\.\/lib|\.)\/(transport|multistream))$/;

/** Leaves these parts out, half of pino and all that it takes to load; whatever would use one fails at once. */
const pinoCore: Plugin = {
  name: 'pino-core',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: NOT_OF_PINO }, ({ path, importer }) =>
      /\/node_modules\/pino\//.test(importer) ? { path, namespace: 'left-out' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'left-out' }, ({ path }) => ({
      contents: `module.exports = class { constructor() { throw new Error(${JSON.stringify(`${path} is not bundled`)}) } }`,
    }));
  },
};

/** Of package.json the program needs its version alone. */
const versionAlone: Plugin = {
  name: 'version-alone',
  setup({ onLoad }) {
    onLoad({ filter: /package\.json$/ }, ({ path }) => {
      if (path !== join(import.meta.dirname, 'package.json')) return undefined;
      const { version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** What a start reads when it comes to it, and most never do: each file is a bundle of its own. */
const SELDOM = {
  /** The tables of other images' names: for a start that has one of those names. */
  dialects: 'src/dialects/translate.ts',
  /** Published weaknesses: for a release that has some. */
  faults: 'src/checks/known-faults.ts',
  /** The checks of flags of the JVM: for a start that is given some. */
  flags: 'src/checks/jvm/given-flags.ts',
  /** Changes of a dynamic membership: once the server serves. */
  membership: 'src/supervision/dynamic-member.ts',
  /** For a volume with damaged data. */
  repair: 'src/start/repair.ts',
  /** Room and memory: once the server serves. */
  resources: 'src/supervision/resources.ts',
  /** For certificates and keytabs that are mounted: looking at them, and keeping them. */
  mounted: 'src/host/tls/mounted.ts',
  tls: 'src/supervision/tls-files.ts',
  /** For a server that wants its own supervisor to log in. */
  tunnel: 'src/host/zookeeper-client/tunnel.ts',
  /** For a log in JSON. */
  'jvm-output': 'src/host/output/jvm-output.ts',
  /** For whoever scrapes /metrics, which a start does not: what writes them, and what it reads of the machine. */
  metrics: 'src/health/metrics.ts',
  figures: 'src/host/machine/figures.ts',
  /** For whoever opens the page for people. */
  page: 'src/supervision/page-desk.ts',
  /** For a member that a person holds. */
  held: 'src/start/held.ts',
  /** The first part of a stop, where others are waited for. */
  leave: 'src/supervision/take-leave.ts',
};

/** The executable has no files beside it, and holds them itself. */
const ownBundles: Plugin = {
  name: 'own-bundles',
  setup({ initialOptions: { entryPoints = {} }, onResolve }) {
    if ('binary' in entryPoints) return;
    for (const [name, path] of Object.entries(SELDOM)) {
      const file = path.slice(path.lastIndexOf('/') + 1).replace('.', '\\.');
      onResolve({ filter: new RegExp(`/${file}$`) }, ({ kind }) =>
        kind === 'dynamic-import' ? { path: `./${name}.cjs`, external: true } : undefined,
      );
    }
  },
};

/**
 * A few files with everything in them: the whole program, and the plain forms of what a container runs, which must not
 * pay for reading the rest: `start`, and the probes, every few seconds for years; and what `start` seldom needs. `npx` installs no dependency.
 */
export default defineConfig({
  entry: {
    main: 'src/main.ts',
    start: 'src/plain-start.ts',
    probe: 'src/plain-probe.ts',
    ...SELDOM,
  },
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
  esbuildPlugins: [pinoCore, ownBundles, versionAlone],
  // As require: a bundle beside this one is no ECMAScript module.
  esbuildOptions(options) {
    options.supported = { ...options.supported, 'dynamic-import': false };
  },
  clean: true,
});
