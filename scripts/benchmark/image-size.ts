import type { Comparison } from './bench.ts';
import { compressedBytes, engine, image, needImage } from './container.ts';
import { type Measured, type Row, valueTarget } from './row.ts';

const MEGABYTE = 1_000_000;

/** What the image weighs on a node and on the wire, and what of it is what. */
export const imageSize: Comparison = { title: 'image size', measure };

const PARTS: readonly [what: string, path: string][] = [
  ['Java', '/opt/java'],
  ['ZooKeeper with its class-data archive', '/opt/zookeeper'],
  ['Node.js', '/usr/local/bin/node'],
  ['zk-entrypoint', '/usr/local/lib/zk-entrypoint'],
];

async function measure(): Promise<Row[]> {
  needImage();
  const whole = Number(engine('image', 'inspect', '--format', '{{.Size}}', image));
  const parts = PARTS.map(([what, path]) => row(`of it ${what}`, bytesOf(path)));
  const rest = whole - parts.reduce((sum, { value }) => sum + value * MEGABYTE, 0);
  return [
    { ...row('image, uncompressed', whole), target: valueTarget('at most', 300) },
    ...parts,
    row('of it Debian, tini and procps', rest),
    { ...row('image, compressed', compressedBytes()), target: valueTarget('at most', 115) },
  ];
}

function row(what: string, bytes: number): Measured {
  return { what, unit: 'MB', value: bytes / MEGABYTE, runs: 1 };
}

function bytesOf(path: string): number {
  const answer = engine('run', '--rm', '--entrypoint', 'du', image, '--summarize', '--bytes', path);
  return Number(answer.split('\t')[0]);
}
