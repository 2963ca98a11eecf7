import { describe, expect, it } from 'vitest';
import type { Picture } from '../../src/ensemble-status/content.ts';
import { type Details, readDetails } from '../../src/ensemble-status/details.ts';
import { pageHtml } from '../../src/ensemble-status/page.ts';
import { survey } from '../../src/ensemble-status/survey.ts';
import { statusOf } from '../../src/health/status.ts';
import { snapshot } from '../health/snapshots.ts';
import { both, follower, gone, leader, surveyOf, waiting } from './members.ts';

const NOW_MS = Date.parse('2026-01-02T03:04:05Z');
const page = (picture: Picture, againAfterS: number | undefined = 5) =>
  pageHtml({ picture, own: { id: 1, name: 'zk-0' }, nowMs: NOW_MS, againAfterS, entrypointVersion: '1.2.3' });

const HOSTILE = `</style><script>alert('x')</script><img src="https://evil.example/x" onerror=alert(1)>`;

const GIB = 2 ** 30;

/** As a supervisor tells it, with a text of somebody's in it. */
const details = (text: string, code = 'ZK-SPACE-005'): Details =>
  readDetails(
    JSON.stringify({
      ...statusOf(snapshot({}), { ...snapshot({}).supervisor }),
      findings: [{ code, severity: 'warning', subject: text, problem: text, remedy: text }],
      resources: {
        volumes: [{ name: 'data', freeBytes: 2 * GIB, sizeBytes: 20 * GIB, fullInMs: 93_600_000 }],
        snapshots: { count: 3, bytes: 3 * GIB },
        logs: { count: 1, bytes: 1_048_576 },
        lastPurgeMs: NOW_MS - 60_000,
        setAside: 1,
        memory: { usedBytes: 300 * 1_048_576, limitBytes: GIB, heapLimitBytes: 512 * 1_048_576 },
      },
    }),
  ) as Details;

/** What a reader sees: the words without the tags. */
const words = (html: string) =>
  html
    .slice(html.indexOf('<body>'))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('the page', () => {
  it('shows members, who is behind, and the quorum', async () => {
    const text = words(page(await surveyOf([leader, follower, both(gone)])));
    expect(text).toContain(
      'A quorum: 2 of 3 voters serve, 2 are needed; one more failure stops the ensemble',
    );
    expect(text).toMatch(/zk-0 member 1, whose page this is Role leader, voter Serves yes/);
    expect(text).toMatch(/zk-1 member 2 Role follower, voter Serves yes/);
    expect(text).toMatch(/zk-2 member 3 Role not known, voter Serves no Alive not known Ready not known/);
    expect(text).toMatch(/Nothing listens on the client port.*; its supervisor does not answer on port 8090/);
    expect(text).toContain('Not asked, since no supervisor answers there: zk-0, zk-1, zk-2.');
    expect(text).toContain('Nobody waits.');
  });

  it('shows who waits for what, and the way out', async () => {
    const text = words(page(await surveyOf([waiting(1), waiting(2), both(gone)])));
    expect(text).toContain('No quorum: 0 of 3 voters serve');
    expect(text).toMatch(
      /Who waits for what zk-0 since 2026-01-02T03:04:05.678Z: without data this member waits/,
    );
    expect(text).toContain(
      'What to do: to continue anyway, only this time: ZK_CONSENT=empty-volume:zk-0:1f0c9a3e',
    );
  });

  it('shows a finding of several members once, and the room and memory of each', async () => {
    const same = { told: waiting(1).told, details: details('the volume') };
    const seen = await surveyOf([
      { ...leader, ...same, told: { ...same.told, waiting: undefined } },
      { ...follower, details: details('the volume') },
    ]);
    const both = { ...seen, members: seen.members.map((member) => ({ ...member, details: same.details })) };
    const text = words(page(both));
    expect(text.match(/ZK-SPACE-005/g)).toHaveLength(1);
    expect(text).toContain('warning ZK-SPACE-005 the volume the volume What to do: the volume zk-0, zk-1');
    expect(text).toContain('data: 2 GiB free of 20 GiB, full in 1 d 2 h if it goes on like this');
    expect(text).toContain('3 snapshots, 3 GiB; 1 log, 1 MiB; purged before its time 1 min ago');
    expect(text).toContain('damaged data was set aside 1 time');
    expect(text).toContain('memory: 300 MiB used of 1 GiB; heap up to 512 MiB');
  });

  it('shows whom the settings wish for, and whom the ensemble has', async () => {
    const asked = { name: 'zk-0', id: 1, host: 'zk-0', port: 2181, votes: true, healthPort: 8090 };
    const committed = { version: '100000000', voters: [1], observers: [] };
    const seen = await survey([asked], async () => ({ address: undefined, ...leader }), committed);
    const text = words(page({ ...seen, wished: { voters: [1, 2, 3], observers: [4] } }));
    expect(text).toContain('wished by the settings: voters 1, 2, 3, observers 4');
    expect(text).toContain('the committed configuration 100000000 has the voters 1');
  });

  it('shows names and texts of others as they are, and lets none of them be HTML', async () => {
    const seen = await surveyOf([leader, both(gone)]);
    const hostile = seen.members.map((member) => ({
      ...member,
      name: HOSTILE,
      version: HOSTILE,
      problems: [HOSTILE],
      waiting: { for: HOSTILE, since: HOSTILE, remedy: HOSTILE },
      details: details(HOSTILE, HOSTILE),
    }));
    const made = page({ ...seen, quorum: { ...seen.quorum, sentence: HOSTILE }, members: hostile });
    const tags = new Set([...made.matchAll(/<\/?([a-z0-9!]+)/gi)].map(([, tag]) => tag?.toLowerCase()));
    expect([...tags].filter((tag) => ['script', 'img', 'iframe', 'object'].includes(tag ?? ''))).toEqual([]);
    expect(made.match(/<\/style>/g)).toHaveLength(1);
    expect(made).toContain('&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;');
    // A control: the same text, not escaped, is found.
    expect(/<script/.test(made.replaceAll('&lt;', '<'))).toBe(true);
  });

  it('has nothing from elsewhere, no script, and refreshes itself only where it is to', async () => {
    const seen = await surveyOf([leader]);
    const made = page(seen);
    expect(made).not.toMatch(/<script|\son\w+=|https?:|\/\//);
    expect(made).toContain('<meta http-equiv="refresh" content="5">');
    expect(
      pageHtml({
        picture: seen,
        own: { id: 1, name: undefined },
        nowMs: 0,
        againAfterS: undefined,
        entrypointVersion: '1',
      }),
    ).not.toContain('http-equiv');
  });

  it('stays readable in size, however much the members say', async () => {
    const seen = await surveyOf(Array.from({ length: 9 }, () => both(gone)));
    const many = Array.from({ length: 500 }, (_, place) => ({
      code: `ZK-SPACE-${place}`,
      severity: 'note',
      subject: 'x'.repeat(2_000),
      problem: 'x'.repeat(2_000),
      remedy: 'x'.repeat(2_000),
    }));
    const told = readDetails(JSON.stringify({ findings: many })) as Details;
    const members = seen.members.map((member) => ({ ...member, details: told }));
    const made = page({ ...seen, members });
    expect(made.length).toBeLessThan(300_000);
    expect(words(made)).toContain('10 more findings: see /status of each member.');
  });
});

describe('what a peer tells for people', () => {
  it.each([
    ['no JSON', '<html>'],
    ['no object', '[]'],
    [
      'other types',
      '{"probes":{"live":{"ok":"yes"}},"findings":[1,{"code":2}],"resources":{"volumes":[{"name":"x"}]}}',
    ],
  ])('is looked at: %s', (_what, body) => {
    const read = readDetails(body);
    expect([read?.alive, read?.findings ?? [], read?.resources?.volumes ?? []]).toEqual([undefined, [], []]);
  });
});
