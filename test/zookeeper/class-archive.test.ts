import { describe, expect, it } from 'vitest';
import { misfit, readMadeFor } from '../../src/zookeeper/class-archive.ts';

const list = '100 1700000000 /opt/java/lib/server/libjvm.so\n20 1700000001 /opt/zookeeper/lib/a b.jar\n';
const there: Record<string, { bytes: number; mtimeSeconds: number }> = {
  '/opt/java/lib/server/libjvm.so': { bytes: 100, mtimeSeconds: 1_700_000_000 },
  '/opt/zookeeper/lib/a b.jar': { bytes: 20, mtimeSeconds: 1_700_000_001 },
};
const jars = Object.keys(there);

const cases: [
  what: string,
  text: string,
  needed: string[],
  files: typeof there,
  problem: RegExp | undefined,
][] = [
  ['fits what it was made for', list, jars, there, undefined],
  ['knows a jar that came later', list, [...jars, '/opt/x.jar'], there, /made without \/opt\/x\.jar/],
  ['knows a jar that has gone', list, jars.slice(0, 1), there, /made with .*a b\.jar, which is not used/],
  [
    'knows another JVM',
    list,
    jars,
    { ...there, [jars[0] as string]: { bytes: 101, mtimeSeconds: 1_700_000_000 } },
    /another .*libjvm/,
  ],
  [
    'knows a jar of the same size',
    list,
    jars,
    { ...there, [jars[1] as string]: { bytes: 20, mtimeSeconds: 5 } },
    /another .*a b\.jar/,
  ],
  [
    'knows a jar that cannot be read',
    list,
    jars,
    { [jars[0] as string]: there[jars[0] as string] as never },
    /another .*a b\.jar/,
  ],
  ['fits nothing when the list is empty', '', jars, there, /made without/],
  ['passes over what is no line', `#\n${list}x y z\n`, jars, there, undefined],
];

describe('a class-data archive', () => {
  it.each(cases)('%s', (_, text, needed, files, problem) => {
    const found = misfit(readMadeFor(text), { needed, sizeAndTimeOf: (path) => files[path] });
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(problem);
  });
});
