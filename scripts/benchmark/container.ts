import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Comparison, type Row, valueTarget } from './row.ts';

/** The image that is measured; scripts/build-image makes it. */
export const image = process.env['ZK_ENTRYPOINT_IMAGE'] ?? 'zk-entrypoint:3.9';

const SCRIPTS = fileURLToPath(new URL('..', import.meta.url));
/** The engine is found, and handed its configuration, by the scripts that build the image. */
const THROUGH_ENGINE = `me=bench; . "$0/lib.sh"; . "$0/engine.sh"; engine=$("$0/container-engine" --print) || exit; exec "$engine" "$@"`;

/** What the engine answers on stdout, trimmed. Throws with its last line when it fails. */
export function engine(...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', THROUGH_ENGINE, SCRIPTS, ...words], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr.trim().split('\n').at(-1) || `${words[0]} ended with ${status}`);
  return stdout.trim();
}

/** Bytes of the image's archive after gzip, which is what a registry stores and a node pulls. */
function compressedBytes(): number {
  const pipe = `set -o pipefail; (${THROUGH_ENGINE}) | gzip -6 | wc -c`;
  const { status, stdout } = spawnSync('bash', ['-c', pipe, SCRIPTS, 'save', image], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the engine cannot save ${image}`);
  return Number(stdout);
}

/** Throws with what to do where the image has not been built. */
export function needImage(): void {
  try {
    engine('image', 'inspect', image);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`there is no ${image}: run scripts/build-image (${why})`);
  }
}

const MEGABYTE = 1_000_000;
const MOST_MB = 300;
const MOST_COMPRESSED_MB = 115;

/** What the image weighs on a node and on the wire. */
export const imageSize: Comparison = { title: 'image size', measure };

async function measure(): Promise<Row[]> {
  needImage();
  const whole = Number(engine('image', 'inspect', '--format', '{{.Size}}', image));
  const row = (what: string, bytes: number, most: number): Row => {
    return { what, unit: 'MB', value: bytes / MEGABYTE, target: valueTarget('at most', most), runs: 1 };
  };
  return [
    row('image, uncompressed', whole, MOST_MB),
    row('image, compressed', compressedBytes(), MOST_COMPRESSED_MB),
  ];
}
