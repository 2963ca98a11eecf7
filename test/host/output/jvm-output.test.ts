import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogFrames } from '../../../src/host/output/jvm-output.ts';

const WORD = 'b3f1c2d4e5a6978812345678';
const context = () => ({ myid: () => 1, role: undefined as string | undefined });

interface Event {
  readonly message: string;
  readonly stack?: string;
  readonly logger?: string;
}

/** As the pattern of log-frames.ts writes it. */
function framed({ message, stack = '', logger = 'o.a.z.Server' }: Event): string {
  const parts = ['2026-11-24T03:56:34.123Z', 'WARN', logger, 'main', message, stack];
  return `${parts.map((part, place) => `|${WORD}${place}|${part}`).join('')}|${WORD}6|\n`;
}

/** The lines that come out, whichever way the bytes are cut. */
function lines(bytes: Buffer, cuts: readonly number[] = [], about = context()): Record<string, unknown>[] {
  const frames = new LogFrames(WORD, { name: 'stdout', context: about });
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  let text = '';
  for (const [place, end] of places.slice(1).entries())
    text += frames.feed(bytes.subarray(places[place], end));
  text += frames.rest();
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

describe('what a JVM writes', () => {
  it('is one object a line with the same keys, a stack trace inside it, and Java’s own lines between', () => {
    const text = `OpenJDK warning: x\n${framed({ message: 'a\nb "c" \\ \u0007', stack: 'java.X\n\tat y\n' })}half`;
    expect(lines(Buffer.from(text))).toEqual([
      {
        level: 'INFO',
        time: expect.any(String),
        logger: 'java.stdout',
        thread: '',
        myid: 1,
        message: 'OpenJDK warning: x',
      },
      {
        level: 'WARN',
        time: '2026-11-24T03:56:34.123Z',
        logger: 'o.a.z.Server',
        thread: 'main',
        myid: 1,
        message: 'a\nb "c" \\ \u0007',
        stack: 'java.X\n\tat y',
      },
      expect.objectContaining({ message: 'half' }),
    ]);
  });

  it('loses no event and no character, however it is cut, whatever stands in it', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    const event = fc.record({ message: text, stack: text.map((some) => some.trimEnd()) });
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(5_000), { maxLength: 12 }),
        (events, cuts) => {
          const got = lines(Buffer.from(events.map(framed).join('')), cuts);
          expect(got.map(({ message, stack = '' }) => [message, stack])).toEqual(
            events.map(({ message, stack }) => [message.toWellFormed(), stack.toWellFormed()]),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is one object a line for any bytes at all', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.array(fc.nat(400), { maxLength: 5 }),
        (bytes, cuts) => {
          for (const line of lines(Buffer.from(bytes), cuts)) expect(Object.keys(line)).toContain('message');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('tells the role of a member from what QuorumPeer says', () => {
    const logger = 'org.apache.zookeeper.server.quorum.QuorumPeer';
    const text = [
      { message: 'LOOKING', logger },
      { message: 'x' },
      { message: 'LEADING', logger },
      { message: 'LOOKING' },
    ];
    expect(lines(Buffer.from(text.map(framed).join(''))).map(({ role }) => role)).toEqual([
      'looking',
      'looking',
      'leader',
      'leader',
    ]);
  });

  it('may quote the pattern, which is no event', () => {
    const text = `no conversion word in |${WORD}0|%d|${WORD}1|%p\n${framed({ message: 'next' })}`;
    expect(lines(Buffer.from(text)).map(({ message }) => message)).toEqual([text.split('\n')[0], 'next']);
  });

  it('is shown as it is where an event does not end', () => {
    const [only, ...more] = lines(Buffer.from(framed({ message: 'cut' }).slice(0, -10)));
    expect(more).toEqual([]);
    expect(only?.['message']).toContain('cut');
  });
});
