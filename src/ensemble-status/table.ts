import { formatSpan } from '../text/span.ts';
import { visible } from '../text/visible.ts';
import type { MemberState } from './member.ts';
import type { Survey } from './survey.ts';

/** How a cell is meant; a terminal may show it in a colour. */
export type Tone = 'plain' | 'good' | 'bad' | 'faint';

/** Writes a text in its tone; the identity where there are no colours. */
export type Paint = (text: string, tone: Tone) => string;

interface Cell {
  readonly text: string;
  readonly tone: Tone;
}

type Column = readonly [head: string, cell: (member: MemberState) => string | undefined, tone?: ToneOf];
type ToneOf = (member: MemberState) => Tone;

/** A name is at most this long (RFC 1035). */
const LONGEST_CELL = 253;

const columns: readonly Column[] = [
  ['NAME', ({ name }) => name, ({ problems }) => (problems.length === 0 ? 'plain' : 'bad')],
  ['ID', ({ id }) => text(id)],
  ['ADDRESS', ({ address, port }) => (address === undefined ? undefined : socketAddress(address, port))],
  ['ANSWERS', ({ answers }) => yesNo(answers), ({ answers }) => (answers ? 'good' : 'bad')],
  ['MODE', modeOf, ({ serves }) => (serves ? 'good' : 'bad')],
  [
    'READY',
    ({ details }) => (details?.ready === undefined ? undefined : yesNo(details.ready)),
    ({ details }) => (details?.ready === false ? 'bad' : 'plain'),
  ],
  ['ZXID', ({ zxid }) => zxid],
  ['LAG', ({ lag }) => text(lag)],
  ['CONNECTIONS', ({ connections }) => text(connections)],
  ['LATENCY', ({ latencyMs }) => latencyMs && `${round(latencyMs.avg)}/${latencyMs.max} ms`],
  [
    'SYNCED',
    ({ synced }) => (synced === undefined ? undefined : yesNo(synced)),
    ({ synced }) => (synced === false ? 'bad' : 'plain'),
  ],
  ['VERSION', ({ version }) => version],
  [
    'UPTIME',
    ({ uptimeSeconds }) => (uptimeSeconds === undefined ? undefined : formatSpan(uptimeSeconds * 1_000)),
  ],
];

/** The survey for people: a table, the problems of members, and the quorum in one sentence at the end. */
export function surveyText(seen: Survey, paint: Paint): string {
  const { members, membership } = seen;
  const ofMembers = membership?.sentences.map((sentence) => visible(sentence)) ?? [];
  return [...table(members, paint), ...problemLines(members), ...ofMembers, quorumLine(seen, paint)].join(
    '\n',
  );
}

/** The problems of members, one on each line. */
export function problemLines(members: readonly MemberState[]): string[] {
  return members.flatMap(({ name, problems }) => problems.map((problem) => visible(`${name}: ${problem}`)));
}

/** The sentence on the quorum; good only where no member is unwell. */
export function quorumLine({ quorum, members }: Survey, paint: Paint): string {
  const isGood = quorum.exists && problemLines(members).length === 0;
  return paint(visible(quorum.sentence), isGood ? 'good' : 'bad');
}

/** The members in columns. */
export function table(members: readonly MemberState[], paint: Paint): string[] {
  const head = columns.map(([text]): Cell => ({ text, tone: 'faint' }));
  const lines = [head, ...members.map((member) => columns.map((column) => cellOf(member, column)))];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.text.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, index) => padded(cell, widths[index] ?? 0, paint))
      .join('  ')
      .trimEnd(),
  );
}

function cellOf(member: MemberState, [, read, toneOf]: Column): Cell {
  const said = read(member);
  return said === undefined
    ? { text: '-', tone: 'faint' }
    : { text: visible(said, LONGEST_CELL), tone: toneOf?.(member) ?? 'plain' };
}

/** Padding is outside the colour, so that the columns stand whatever the escape codes are. */
function padded({ text, tone }: Cell, width: number, paint: Paint): string {
  return paint(text, tone) + ' '.repeat(width - text.length);
}

function modeOf({ mode, answers, waiting }: MemberState): string | undefined {
  if (waiting !== undefined) return 'waiting';
  return mode ?? (answers ? 'not serving' : undefined);
}

function text(number: number | undefined): string | undefined {
  return number === undefined ? undefined : String(number);
}

function yesNo(is: boolean): string {
  return is ? 'yes' : 'no';
}

function socketAddress(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** 3.4 gives whole milliseconds, later releases four digits after the point. */
function round(ms: number): string {
  return ms >= 10 || Number.isInteger(ms) ? String(Math.round(ms)) : ms.toFixed(1);
}
