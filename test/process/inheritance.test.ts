import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { startContainer } from './container.ts';

const REPORT = `
  grep -E '^(SigBlk|SigIgn|SigCgt|Umask):' /proc/self/status
  echo "cwd $(pwd)"
  echo "group $(ps -o pgid= -p $$ | tr -d ' ') of $$"
  echo "descriptors $(ls /proc/$$/fd | tr '\\n' ' ')"
  tr '\\0' '\\n' </proc/$$/environ | sed 's/^/environ /'
  exit 4`;

async function report(variables: Record<string, string> = {}, before: string[] = []) {
  const container = startContainer(REPORT, { variables, before });
  await container.ended();
  return container.output();
}

describe('the JVM inherits', () => {
  it('default dispositions and an empty mask', async () => {
    const output = await report();
    expect(output).toMatch(/^SigBlk:\t0{16}$/m);
    expect(output).toMatch(/^SigIgn:\t0{16}$/m);
  });

  it('default dispositions even where ours were not: what nohup ignores is not passed on', async () => {
    const output = await report({}, ['sh', '-c', 'trap "" HUP PIPE USR1; exec "$@"', 'sh']);
    expect(output).toMatch(/^SigIgn:\t0{16}$/m);
  });

  it('control: the report does show a signal that is ignored', async () => {
    const container = startContainer(`trap '' HUP; grep '^SigIgn:' /proc/self/status; exit 4`);
    await container.ended();
    expect(container.output()).toMatch(/^SigIgn:\t0{15}1$/m);
  });

  it('the container’s umask and working directory', async () => {
    const output = await report({}, ['sh', '-c', 'umask 027; cd /; exec "$@"', 'sh']);
    expect(output).toMatch(/^Umask:\t0027$/m);
    expect(output).toMatch(/^cwd \/$/m);
  });

  it('no descriptor of ours beyond 0 to 2, the locks on its volume, and one whose end tells of its death', async () => {
    const descriptors = (text: string) => new Set(/^descriptors (.*)$/m.exec(text)?.[1]?.trim().split(' '));
    // What whoever runs the tests has left open is inherited with and without us; 10 is the shell's own script
    // and 8 the pipe of $(…). 3 to 6 are the locks, a file and its directory each, as volume-hold.test.ts shows; the end of 7
    // tells of a death.
    const direct = await execa('sh', ['-c', 'echo "descriptors $(ls /proc/$$/fd | tr "\\n" " ")"'], {
      stdin: 'ignore',
    });
    const theirs = new Set([...descriptors(direct.stdout), '3', '4', '5', '6', '7', '8', '10']);
    expect([...descriptors(await report())].filter((descriptor) => !theirs.has(descriptor))).toEqual([]);
  });

  it('a process group of its own', async () => {
    const [, group, pid] = /^group (\d+) of (\d+)$/m.exec(await report()) ?? [];
    expect(group).toBe(pid);
  });

  it('no secret of ours', async () => {
    const output = await report({ ZK_EXTRA_CONFIG: 'ssl.keyStore.password=hunter2', MINE: 'kept' });
    expect(output).toContain('environ MINE=kept');
    expect(output).not.toContain('hunter2');
  });
});
