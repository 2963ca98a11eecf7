import { execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import {
  type Container,
  fakeJvm,
  isRunning,
  pathWithout,
  processesOf,
  seen,
  startContainer,
} from './container.ts';
import { temporaryFolder } from './run.ts';

/** tini as scripts/fetch-tool tini finds it; scripts/test sets the variable. */
const tini = process.env['ZK_ENTRYPOINT_TEST_TINI'];
const mayUnshare = execaSync('unshare', ['--pid', '--fork', 'true'], { reject: false }).exitCode === 0;
const NEW_PID_NAMESPACE = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'];

async function jvmPid(container: Container): Promise<number> {
  const [, pid] = await container.says(/ready (\d+)/);
  return Number(pid);
}

describe('KILL to the supervisor', () => {
  it('ends the JVM too', async () => {
    const container = startContainer(fakeJvm({ ignore: ['SIGTERM'] }));
    const jvm = await jvmPid(container);
    process.kill(container.pid, 'SIGKILL');
    await container.ended();
    await seen(
      () => !isRunning(jvm),
      () => `the end of ${jvm}`,
    );
    expect(processesOf(container.folder)).toEqual([]);
  });

  it('control: without setpriv the JVM survives, so the test above can fail', async () => {
    const container = startContainer(fakeJvm({}), {
      variables: { PATH: pathWithout(temporaryFolder(), 'setpriv') },
    });
    const jvm = await jvmPid(container);
    process.kill(container.pid, 'SIGKILL');
    await seen(
      () => !isRunning(container.pid),
      () => `the end of ${container.pid}`,
    );
    // Long enough for the kernel to have killed it, had it been asked to.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(isRunning(jvm)).toBe(true);
  });
});

/** Makes an orphan in the container's PID namespace, as a probe that is killed half-way does, and counts zombies. */
const ORPHAN_MAKER = `
  for i in 1 2 3; do ( sh -c 'sleep 0.2' & ) ; done
  sleep 1
  echo "zombies $(grep -ls '^State:.Z' /proc/[0-9]*/status | wc -l)"
  echo "pid one is $(tr '\\0' ' ' </proc/1/cmdline)"
  exit 9`;

describe.skipIf(!mayUnshare)('as PID 1', () => {
  const without = (variables: Record<string, string> = {}) => ({ before: NEW_PID_NAMESPACE, variables });
  const noInit = () => {
    const folder = temporaryFolder();
    // Only the folders of node and the system's tools; an init elsewhere on PATH is not seen.
    return pathWithout(folder, 'tini');
  };

  it('without an init it says why one is wanted, still ends rightly, and (control) leaves zombies', async () => {
    const container = startContainer(ORPHAN_MAKER, without({ PATH: noInit() }));
    expect((await container.ended()).exitCode).toBe(9);
    expect(container.output()).toContain('running as PID 1 without an init');
    expect(container.output()).toContain('pid one is');
    expect(Number(/zombies (\d+)/.exec(container.output())?.[1])).toBeGreaterThan(0);
  });

  it('without an init it still forwards TERM', async () => {
    const container = startContainer(fakeJvm({}), without({ PATH: noInit() }));
    await container.says(/ready/);
    const inner = processesOf(container.folder).find((pid) =>
      commandOf(pid).startsWith(`${process.execPath} -- `),
    );
    process.kill(inner as number, 'SIGTERM');
    expect((await container.ended()).exitCode).toBe(0);
    expect(container.output()).toContain('got SIGTERM');
  });

  it.skipIf(tini === undefined)('with an init on PATH it hands PID 1 over, and no zombie stays', async () => {
    const path = `${(tini as string).replace(/\/tini$/, '')}:${process.env['PATH']}`;
    const container = startContainer(ORPHAN_MAKER, without({ PATH: path }));
    expect((await container.ended()).exitCode).toBe(9);
    expect(container.output()).toMatch(/pid one is \S*tini -- /);
    expect(container.output()).toContain('zombies 0');
    expect(container.output()).not.toContain('without an init');
  });

  it.skipIf(tini === undefined)('with an init TERM to PID 1 still stops the JVM and gives 0', async () => {
    const path = `${(tini as string).replace(/\/tini$/, '')}:${process.env['PATH']}`;
    const container = startContainer(fakeJvm({}), without({ PATH: path }));
    await container.says(/ready/);
    const init = processesOf(container.folder).find((pid) => /^\S*tini /.test(commandOf(pid)));
    process.kill(init as number, 'SIGTERM');
    expect((await container.ended()).exitCode).toBe(0);
    expect(container.output()).toContain('got SIGTERM');
  });
});

function commandOf(pid: number): string {
  return execaSync('tr', ['\\0', ' '], { inputFile: `/proc/${pid}/cmdline`, reject: false }).stdout;
}
