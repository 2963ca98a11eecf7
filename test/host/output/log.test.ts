import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Log, openLog } from '../../../src/host/output/log.ts';
import { temporaryFolder } from '../../process/run.ts';

/** What a log writes into a file. */
async function written(format: 'text' | 'json', say: (log: Log) => void): Promise<string[]> {
  const path = join(temporaryFolder(), 'log');
  const descriptor = openSync(path, 'a');
  onTestFinished(() => closeSync(descriptor));
  const log = openLog({ context: { myid: () => 3, role: undefined }, format: () => format, descriptor });
  say(log);
  await log.settled(5_000);
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}

const TEXT =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \[myid:3\] - (INFO |WARN |ERROR) \[zk-entrypoint\] - (.*)$/;

describe('the log', () => {
  it('has ZooKeeper’s layout, with what belongs to a line behind it', async () => {
    const lines = await written('text', (log) => {
      log.write('info', 'the JVM is started', { pid: 42 });
      log.write('error', '100 % {} "quoted" %s');
    });
    expect(lines.map((line) => TEXT.exec(line)?.slice(1))).toEqual([
      ['INFO ', 'the JVM is started pid=42'],
      ['ERROR', '100 % {} "quoted" %s'],
    ]);
  });

  it('is pino’s own JSON where that is asked for, with the keys of ZooKeeper’s lines', async () => {
    const lines = await written('json', (log) => {
      log.write('warn', 'a "line"', { pid: 42 });
      log.write('error', 'error ZK-TIME-001 ZK_TICK_TIME: is 0');
    });
    const usual = {
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      logger: 'zk-entrypoint',
      thread: 'main',
      myid: 3,
    };
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { ...usual, level: 'WARN', pid: 42, message: 'a "line"' },
      { ...usual, level: 'ERROR', code: 'ZK-TIME-001', message: 'error ZK-TIME-001 ZK_TICK_TIME: is 0' },
    ]);
  });

  it.each(['text', 'json'] as const)('shows what nobody would see: %s', async (format) => {
    const [line = '', ...more] = await written(format, (log) => log.write('info', 'a\nb\u202ec'));
    expect(more).toEqual([]);
    expect(format === 'json' ? JSON.parse(line).message : line).toMatch(/a\\nb\\u\{202e\}c$/);
  });

  it('carries the time at which a line was told, not that at which it was written', async () => {
    const begunMs = Date.now();
    const [line = ''] = await written('text', (log) => log.write('info', 'now'));
    const [, day, clock] = /^(\S+) (\S+) /.exec(line) ?? [];
    expect(Date.parse(`${day}T${clock?.replace(',', '.')}`)).toBeGreaterThanOrEqual(begunMs);
  });

  it.each(['text', 'json'] as const)(
    'tells in its own layout how many lines are missing: %s',
    async (format) => {
      const full = openSync('/dev/full', 'w');
      const log = openLog({
        context: { myid: () => 3, role: undefined },
        format: () => format,
        descriptor: full,
      });
      for (const line of ['one', 'two']) log.write('info', line);
      await log.settled(5_000);
      closeSync(full);
      const path = join(temporaryFolder(), 'log');
      // The lowest number that is free is taken (open(2)): the same again.
      expect(openSync(path, 'a')).toBe(full);
      log.write('info', 'three');
      await log.settled(5_000);
      closeSync(full);
      const [told = ''] = readFileSync(path, 'utf8').split('\n');
      const words = format === 'json' ? JSON.parse(told).message : TEXT.exec(told)?.[2];
      expect(words).toBe('2 lines were dropped here: standard error was full, or no process read it');
    },
  );
});
