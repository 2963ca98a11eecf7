import { describe, expect, it } from 'vitest';
import type { Picture } from '../../src/ensemble-status/content.ts';
import { type Details, readDetails } from '../../src/ensemble-status/details.ts';
import { Changes, fitting, pictureText } from '../../src/ensemble-status/picture-text.ts';
import { both, follower, gone, leader, surveyOf, waiting } from './members.ts';

const plain = (text: string) => text;
const lines = (picture: Picture) => pictureText(picture, plain, 0).split('\n');

const details = readDetails(
  JSON.stringify({
    probes: { live: { ok: true }, ready: { ok: false } },
    findings: [
      { code: 'ZK-TIME-1', severity: 'note', subject: 'A', problem: 'is\nodd', remedy: 'mend it' },
      { code: 'ZK-TIME-2', severity: 'error', subject: 'B', problem: 'is wrong', remedy: 'set C' },
    ],
    resources: {
      volumes: [{ name: 'data', freeBytes: 1_024, sizeBytes: 2_048 }],
      memory: { usedBytes: 1_024, heapLimitBytes: 2_048 },
    },
    member: { known: [1, 2] },
  }),
) as Details;

async function withDetails(): Promise<Picture> {
  const seen = await surveyOf([leader, follower, both(gone)]);
  const members = seen.members.map((member, place) => (place === 0 ? { ...member, details } : member));
  return { ...seen, members, wished: { voters: [1, 2, 3], observers: [] } };
}

describe('the picture in a terminal', () => {
  it('has what the page has, the quorum first', async () => {
    const [first, , head, ...rest] = lines(await withDetails());
    expect(first).toMatch(/^a quorum: 2 of 3 voters serve/);
    expect(head).toMatch(/^NAME .* READY .* UPTIME$/);
    expect(rest[0]).toMatch(/^zk-0 .* leader +no /);
    expect(rest.slice(3)).toEqual([
      expect.stringMatching(/^zk-2: nothing listens on the client port/),
      '',
      'findings:',
      '  error ZK-TIME-2 B is wrong; set C (zk-0)',
      '  note ZK-TIME-1 A is\\nodd; mend it (zk-0)',
      '',
      'space and memory:',
      '  zk-0: data: 1 KiB free of 2 KiB; 0 snapshots, 0 bytes; 0 logs, 0 bytes; memory: 1 KiB used, no limit; heap up to 2 KiB',
      '',
      'membership:',
      '  wished by the settings: voters 1, 2, 3',
      '  known to the volume of zk-0: voters 1, 2',
    ]);
  });

  it('shows who waits for what', async () => {
    expect(lines(await surveyOf([waiting(1), both(gone)]))).toContainEqual(
      expect.stringMatching(
        /^ {2}zk-0 since 2026-01-02T03:04:05.678Z: without data this member waits .*ZK_CONSENT/,
      ),
    );
  });
});

describe('what a pipe gets', () => {
  it('is a picture where something has changed, and not where figures move', async () => {
    const seen = await withDetails();
    const change = (part: object) => ({
      ...seen,
      members: seen.members.map((each) => ({ ...each, ...part })),
    });
    const isNews = (one: Picture, other: Picture) => {
      const changes = new Changes();
      changes.worthOf(one, 0);
      return changes.worthOf(other, 1) !== undefined;
    };
    expect(new Changes().worthOf(seen, 0)).toBe('picture');
    expect(isNews(seen, change({ zxid: '0x9', lag: 7, connections: 70, uptimeSeconds: 9 }))).toBe(false);
    expect(isNews(seen, change({ mode: 'observer' }))).toBe(true);
    expect(isNews(seen, change({ problems: ['it is gone'] }))).toBe(true);
    const resources = { ...details.resources, volumes: [{ name: 'data', freeBytes: 10, sizeBytes: 2_048 }] };
    expect(isNews(change({ details }), change({ details: { ...details, resources } }))).toBe(true);
  });

  it('is a sign of life after a minute of nothing new', async () => {
    const seen = await withDetails();
    const changes = new Changes();
    const at = [0, 2_000, 59_999, 60_000, 61_000, 120_000];
    expect(at.map((ms) => changes.worthOf(seen, ms))).toEqual([
      'picture',
      undefined,
      undefined,
      'sign',
      undefined,
      'sign',
    ]);
  });
});

describe('lines that fit a terminal', () => {
  it.each([
    ['all', ['a', 'b'], 3, ['a', 'b']],
    ['too many', ['a', 'b', 'c'], 3, ['a', 'b', '… 1 more line: make the terminal higher']],
    [
      'one that is broken in two',
      ['x'.repeat(15), 'b', 'c'],
      4,
      ['x'.repeat(15), 'b', '… 1 more line: make the terminal higher'],
    ],
    [
      'colours, which take no room',
      [`\x1b[32m${'x'.repeat(10)}\x1b[39m`, 'b'],
      3,
      [`\x1b[32m${'x'.repeat(10)}\x1b[39m`, 'b'],
    ],
  ])('%s', (_what, given, rows, expected) => {
    expect(fitting(given, { columns: 10, rows })).toEqual(expected);
  });
});
