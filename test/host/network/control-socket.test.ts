import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askControl, CONTROL_SOCKET, listenForControl } from '../../../src/host/network/control-socket.ts';

let folder = '';
let server: Server | undefined;
const problems: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'control-'));
  problems.length = 0;
});
afterEach(() => {
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const path = () => join(folder, CONTROL_SOCKET);

function listen(serve: Parameters<typeof listenForControl>[1]): void {
  server = listenForControl(path(), serve, (problem) => problems.push(problem));
}

describe('the socket for the commands of a container', () => {
  it('hands a request on, tells its progress, and ends with its status', async () => {
    listen(async (request, tell) => {
      tell({ say: `asked: ${JSON.stringify(request)}` });
      tell({ say: 'done', status: 3 });
    });
    const heard: string[] = [];
    expect(await askControl(path(), { scale: 3 }, (line) => heard.push(line))).toEqual({
      kind: 'status',
      status: 3,
    });
    expect(heard).toEqual(['asked: {"scale":3}', 'done']);
  });

  it('is open to its own user alone, and takes the place of one that was left behind', async () => {
    listen(async (_, tell) => tell({ say: 'first', status: 0 }));
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    server?.close();
    listen(async (_, tell) => tell({ say: 'second', status: 0 }));
    const heard: string[] = [];
    await askControl(path(), {}, (line) => heard.push(line));
    expect(heard).toEqual(['second']);
  });

  it('says why where nobody listens, and where the answer is cut short', async () => {
    expect(await askControl(path(), {}, () => {})).toEqual({ kind: 'failed', code: 'ENOENT' });
    listen(async () => {
      throw new Error('in the middle');
    });
    expect(await askControl(path(), {}, () => {})).toEqual({ kind: 'failed', code: 'ECONNRESET' });
  });

  it('drops what has no end, and hands on what is no JSON as nothing', async () => {
    const requests: unknown[] = [];
    listen(async (request, tell) => {
      requests.push(request);
      tell({ say: '', status: 0 });
    });
    await new Promise<void>((resolve) => {
      const socket = connect(path(), () => socket.write('x'.repeat(10_000)));
      socket.on('close', () => resolve());
      socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => {
      const socket = connect(path(), () => socket.write('no json\n'));
      socket.on('close', () => resolve());
      socket.resume();
    });
    expect(requests).toEqual([undefined]);
  });

  it('tells where it cannot be made', async () => {
    server = listenForControl(
      join(folder, 'x'.repeat(200)),
      async () => {},
      (problem) => problems.push(problem),
    );
    await expect.poll(() => problems).toHaveLength(1);
  });
});
