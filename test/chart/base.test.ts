import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Tree } from '../../src/manifest/objects/tree.ts';
import { documentsOf, kubernetes } from '../manifest/manifests.ts';
import { helm, template, toolOrSkip } from './helm.ts';

const kubectl = toolOrSkip('kubectl');

function base(): Tree[] {
  const { status, stdout, stderr } = spawnSync(kubectl, ['kustomize', join(kubernetes, 'base')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return documentsOf(stdout);
}

/** Every leaf of every object on a line: `Service/zk spec.ports[0].port = 2181`. */
function linesOf(documents: readonly Tree[]): string[] {
  return documents.flatMap((document) => {
    const { kind, metadata } = document as { kind: string; metadata: { name: string } };
    return leaves(document).map(
      ([path, value]) => `${kind}/${metadata.name} ${path} = ${JSON.stringify(value)}`,
    );
  });
}

function leaves(tree: Tree, path = ''): [string, Tree][] {
  if (typeof tree !== 'object' || tree === null) return [[path, tree]];
  const entries = Object.entries(tree);
  if (entries.length === 0) return [[path, tree]];
  return entries.flatMap(([key, value]) =>
    leaves(value as Tree, Array.isArray(tree) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
  );
}

/** What the chart has and the base has not, each with its reason. */
const ADDED: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^NetworkPolicy\//, 'the base leaves the network to its user; networkPolicy.enabled'],
  [/^Pod\/zk-sanity /, '`helm test` runs it; kustomize has no tests'],
  [/ metadata\.namespace = "default"$/, 'Helm knows the namespace; kubectl -n names it'],
  [
    / metadata\.labels\.(helm\.sh\/chart|app\.kubernetes\.io\/(managed-by|version|component|instance)) = /,
    'Helm’s labels',
  ],
  [
    /(matchLabels|spec\.selector|template\.metadata\.labels)\.app\.kubernetes\.io\/(instance|component) = /,
    'a chart is installed more than once in a namespace, and observers have a StatefulSet of their own',
  ],
  [/\.metadata\.annotations\.checksum\/config = /, 'restarts pods after any change of a setting'],
  [/\.imagePullPolicy = "IfNotPresent"$/, 'Kubernetes’ own default for a tag'],
  [/^Service\/zk /, 'the Service for clients has the name of the release, as in other charts'],
];

/** What the base has and the chart has not. */
const MISSING: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^Service\/zk-client /, 'it is the Service zk, below'],
];

const rename = (line: string) =>
  line.replace(/^Service\/zk-client /, 'Service/zk ').replace('"zk-client"', '"zk"');

describe.skipIf(helm === '' || kubectl === '')('the chart and image/kubernetes/base', () => {
  it('are the same objects; every line that differs has a reason, and every reason a line', async () => {
    const [ours, theirs] = [
      linesOf(documentsOf(await template({ fullnameOverride: 'zk' }))),
      linesOf(base()),
    ];
    const added = ours.filter((line) => !theirs.includes(line));
    const missing = theirs.filter((line) => !ours.includes(line));
    const unexplained = (lines: readonly string[], reasons: typeof ADDED) =>
      lines.filter((line) => !reasons.some(([pattern]) => pattern.test(line)));
    expect(unexplained(added, ADDED)).toEqual([]);
    expect(unexplained(missing, MISSING)).toEqual([]);
    for (const [lines, reasons] of [
      [added, ADDED],
      [missing, MISSING],
    ] as const) {
      expect(reasons.filter(([pattern]) => !lines.some((line) => pattern.test(line)))).toEqual([]);
    }
    expect(ours.filter((line) => theirs.includes(line)).length).toBeGreaterThan(90);
  });

  it('have one Service for clients, but for its name and labels', async () => {
    const ours = linesOf(documentsOf(await template({ fullnameOverride: 'zk' })));
    const ofClients = linesOf(base()).filter((line) => line.startsWith('Service/zk-client '));
    expect(ofClients.length).toBeGreaterThan(5);
    expect(ofClients.map(rename).filter((line) => !ours.includes(line))).toEqual([]);
  });

  it('would differ without a reason if the chart had another number', async () => {
    const ours = linesOf(documentsOf(await template({ fullnameOverride: 'zk', replicaCount: 5 })));
    const theirs = linesOf(base());
    const added = ours.filter((line) => !theirs.includes(line));
    expect(added).toContain('StatefulSet/zk spec.replicas = 5');
    expect(ADDED.some(([pattern]) => pattern.test('StatefulSet/zk spec.replicas = 5'))).toBe(false);
  });
});
