import { once } from 'node:events';
import { closeSync, createReadStream, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Output } from '../../../src/host/output/output.ts';
import { temporaryFolder } from '../../process/run.ts';

const dropped = (lines: number) => `${lines} dropped\n`;

/** Closed when the test has ended, unless whoever gets it does that. */
function openFor(path: string, flags: string, closes = true): number {
  const descriptor = openSync(path, flags);
  if (closes) onTestFinished(() => closeSync(descriptor));
  return descriptor;
}

describe('output', () => {
  it('reaches a file line by line, in order', async () => {
    const path = join(temporaryFolder(), 'out');
    const output = new Output({ descriptor: openFor(path, 'a'), dropped });
    for (const line of ['one\n', 'two\n', 'three\n']) output.say(line);
    await output.settled(5_000);
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\nthree\n');
  });

  it('that nobody reads holds up nobody, keeps the newest lines, and tells how many were dropped', async () => {
    const pipe = join(temporaryFolder(), 'pipe');
    execaSync('mkfifo', [pipe]);
    // Both ends, so that neither open waits.
    const [writes, reads] = [openFor(pipe, 'r+'), openFor(pipe, 'r+', false)];
    const output = new Output({ descriptor: writes, dropped });
    const begunMs = performance.now();
    for (let line = 0; line < 5_000; line += 1) output.say(`${String(line).padStart(99)}\n`);
    await output.settled(50);
    expect(performance.now() - begunMs).toBeLessThan(5_000);
    const reader = createReadStream('', { fd: reads });
    let heard = '';
    reader.on('data', (chunk) => {
      heard += chunk;
    });
    await output.settled(10_000);
    await expect.poll(() => heard).toMatch(/ 4999\n$/);
    // The reader waits in a read: one more line ends that.
    reader.destroy();
    output.say('over\n');
    await once(reader, 'close');
    const lost = Number(/(\d+) dropped\n/.exec(heard)?.[1]);
    expect(lost).toBeGreaterThan(1_000);
    expect(heard.match(/ \d+\n/g)?.length).toBe(5_000 - lost);
  });

  it('that cannot be written is told of once it can', async () => {
    const descriptor = openFor('/dev/full', 'w', false);
    const output = new Output({ descriptor, dropped });
    for (const line of ['one\n', 'two\n']) output.say(line);
    await output.settled(5_000);
    closeSync(descriptor);
    const path = join(temporaryFolder(), 'out');
    // The lowest number that is free is taken (open(2)): the same again.
    expect(openFor(path, 'a')).toBe(descriptor);
    output.say('three\n');
    await output.settled(5_000);
    expect(readFileSync(path, 'utf8')).toBe('2 dropped\nthree\n');
  });
});
