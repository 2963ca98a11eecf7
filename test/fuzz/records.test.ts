import { describe, it } from 'vitest';
import { readPeerStatus } from '../../src/admission/peer-status.ts';
import { formatRecord, type MemberRecord, parseRecord } from '../../src/admission/record.ts';
import { roomLines } from '../../src/ensemble-status/content.ts';
import { readDetails } from '../../src/ensemble-status/details.ts';
import { html } from '../../src/ensemble-status/html.ts';
import { consentList } from '../../src/settings/kinds/consent-list.ts';
import { feed } from './feed.ts';
import { hold } from './hold.ts';
import { textLike } from './inputs.ts';

const record: MemberRecord = {
  format: 1,
  ensemble: { name: 'zk', domain: null },
  id: 1,
  role: 'participant',
  members: [1, 2, 3],
  begun: { voters: [1, 2, 3], epoch: 7 },
  firstStart: '2026-01-02T03:04:05.678Z',
  lastCleanStop: null,
  zookeeper: '3.9.6',
  dataLogDir: '/var/lib/zookeeper/datalog',
  consents: [],
};
const member = {
  id: 1,
  instance: 'a1b2',
  ensemble: 'zk',
  domain: null,
  servers: ['1=zk-0:2888:3888'],
  voters: [1, 2, 3],
  volume: 'data',
  known: [1, 2, 3],
  waiting: false,
};
const told = {
  entrypoint: { waiting: { for: 'zk-1', since: record.firstStart, remedy: 'start it' } },
  zookeeper: { mode: 'leader' },
  member,
};
const forPeople = {
  ...told,
  probes: { live: { ok: true, reasons: [] }, ready: { ok: false, reasons: ['x'] } },
  findings: [
    { code: 'ZK-SPACE-005', severity: 'warning', subject: '<b>', problem: 'is "full"', remedy: "it's" },
  ],
  resources: {
    volumes: [{ name: 'data', freeBytes: 1, sizeBytes: 2, fullInMs: 3 }],
    snapshots: { count: 1, bytes: 2 },
    logs: { count: 1, bytes: 2 },
    lastPurgeMs: 4,
    setAside: 1,
    memory: { usedBytes: 1, limitBytes: 2, heapLimitBytes: 3 },
  },
};
const json = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  'null',
  'true',
  '1',
  '-1',
  '256',
  '1e999',
  '"format"',
  '"id"',
];
const words = [
  ...json,
  '"members"',
  '"begun"',
  '"voters"',
  '"epoch"',
  '"member"',
  '"known"',
  '__proto__',
  '\\u0000',
];

describe('what other starts and other members have written, of any bytes', () => {
  it('a record is read whole, or not at all', () => {
    const read = (text: string) => {
      const disk = parseRecord(text);
      if (disk.kind === 'unreadable') hold(disk.problem.length < 100, disk.problem);
      if (disk.kind !== 'record') return;
      hold(
        disk.record.members.every((id) => Number.isInteger(id) && id >= 0 && id <= 255),
        disk.record.members,
      );
      hold(parseRecord(formatRecord(disk.record)).kind === 'record', text);
    };
    feed({ inputs: textLike([formatRecord(record), JSON.stringify(record)], words), read });
  });

  it('what a peer tells is believed only in its shape', () => {
    const read = (text: string) => {
      const seen = readPeerStatus(text)?.member;
      if (seen === undefined) return;
      hold(seen.known.every((id) => Number.isInteger(id)) && Array.isArray(seen.servers), seen);
    };
    feed({
      inputs: textLike([JSON.stringify(told), JSON.stringify({ ...told, member: null })], words),
      read,
    });
  });

  it('what a peer tells for people is shown in its shape, and is never HTML', () => {
    const read = (text: string) => {
      const seen = readDetails(text);
      if (seen === undefined) return;
      const lines = seen.resources === undefined ? [] : roomLines(seen.resources, 0);
      hold(
        lines.every((line) => !/NaN|Infinity|undefined/.test(line)),
        lines,
      );
      const shown = html`${seen.findings.map(({ problem }) => html`${problem}`)}${lines.join()}`.text;
      hold(!/[<>"']/.test(shown), shown);
    };
    feed({ inputs: textLike([JSON.stringify(forPeople)], [...words, '"findings"', '<script>', '-0']), read });
  });

  it('a consent is one, or is refused', () => {
    const inputs = textLike(
      ['shrink:zk-0:1f0c9a3e', 'empty-volume:zk-1:00000000,downgrade:zk-1:ffffffff'],
      ['shrink', 'downgrade', ':', ',', ' ', 'zk-0', '1f0c9a3e', '\n', '::'],
    );
    const read = (text: string) => {
      const result = consentList.parse(text);
      if (result.ok) for (const { token } of result.value) hold(/^[0-9a-f]{8}$/.test(token), token);
    };
    feed({ inputs, read });
  });
});
