import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNetwork, mayRun, type Network, networkName, removeNetwork } from './engine.ts';
import { type Pod, serving, startPod } from './pod.ts';

/** What can happen to a program; the last word is its path. */
const harms = [
  ['removed', 'rm "$1"', 'is gone'],
  ['moved away', 'mv "$1" /tmp/moved', 'is gone'],
  ['a link to nothing', 'ln -sf /no/where "$1"', 'is gone'],
  ['a directory', 'rm "$1" && mkdir "$1"', 'is gone'],
  ['not executable', 'chmod 0644 "$1"', 'may not be executed'],
  ['empty', ': >"$1"', 'is no program'],
  ['without its first line', 'sed -i 1d "$1"', 'is no program'],
  ['for a shell that is not there', 'sed -i "1s|.*|#!/bin/nosh|" "$1"', 'asks for /bin/nosh'],
] as const;

const probes = [['zkOk.sh'], ['zookeeper-ready', '2181'], ['zk-live'], ['zk-ready']] as const;

/** A probe that cannot be executed is an error to the runtime, which the kubelet drops; the status of a failed one is 1. */
const FAILED = 1;

describe.skipIf(!mayRun)('a probe whose program is', () => {
  const name = networkName('probes');
  let network: Network;
  let pod: Pod;
  afterAll(() => removeNetwork(name));
  /** Runs a script for the path of each probe's program. */
  const toEach = (script: string) => {
    const paths = probes.map(([name]) => `/opt/zookeeper/bin/${name}`);
    return pod.exec('bash', '-c', `for path; do set -- "$path"; ${script} || exit; done`, 'bash', ...paths);
  };

  beforeAll(async () => {
    network = await createNetwork(name);
    pod = await startPod(network, { ordinal: 0 });
    await serving(pod);
  });

  it.each(harms)(
    '%s fails, whichever it is, and is well when the program is back',
    async (_how, harm, said) => {
      const harmed = await toEach(`cp -p "$1" "/tmp/\${1##*/}" && ${harm}`);
      expect(harmed, harmed.stderr).toMatchObject({ exitCode: 0 });
      for (const probe of probes) {
        expect(await pod.exec(...probe)).toMatchObject({
          exitCode: FAILED,
          stderr: expect.stringContaining(`/opt/zookeeper/bin/${probe[0]} ${said}`),
        });
      }
      const back = await toEach('rm -rf "$1" && cp -p "/tmp/${1##*/}" "$1" && "${1##*/}" 2181');
      expect(back, back.stderr).toMatchObject({ exitCode: 0 });
    },
  );

  it('one’s own has that one’s verdict', async () => {
    await toEach('cp -p "$1" "/tmp/${1##*/}"; printf "#!/bin/bash\\nexit 3\\n" >"$1"');
    for (const probe of probes) expect((await pod.exec(...probe)).exitCode).toBe(3);
    await toEach('cp -p "/tmp/${1##*/}" "$1"');
  });

  it('gone with all the others beside it fails too, also where the manifest sets PATH', async () => {
    const where = 'PATH=/opt/zookeeper/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    const ask = (...probe: readonly string[]) =>
      pod.exec('env', where, 'sh', '-c', 'exec "$@"', 'sh', ...probe);
    for (const probe of probes) expect(await ask(...probe)).toMatchObject({ exitCode: 0 });
    expect(await pod.exec('bash', '-c', 'rm -rf /opt/zookeeper/bin/*')).toMatchObject({ exitCode: 0 });
    for (const probe of probes) {
      expect((await pod.exec(...probe)).exitCode).toBe(FAILED);
      expect((await ask(...probe)).exitCode).toBe(FAILED);
    }
  });
});
