import { counted } from '../text/numbers.ts';
import { visible } from '../text/visible.ts';
import { findingsOf, membershipLines, type Picture, roomLines, waitingOf } from './content.ts';
import { type Paint, problemLines, quorumLine, table } from './table.ts';

/** What the page for people shows, as lines for a terminal: the quorum first, since a screen may end before the rest does. */
export function pictureText(picture: Picture, paint: Paint, nowMs: number): string {
  const { members } = picture;
  const room = members.flatMap(({ name, details }) =>
    details?.resources === undefined ? [] : [`${name}: ${roomLines(details.resources, nowMs).join('; ')}`],
  );
  return [
    quorumLine(picture, paint),
    '',
    ...table(members, paint),
    ...problemLines(members),
    ...part('waiting', waitingLines(picture), paint),
    ...part('findings', findingLines(picture), paint),
    ...part('space and memory', room, paint),
    ...part('membership', membershipLines(picture), paint),
  ].join('\n');
}

function part(title: string, lines: readonly string[], paint: Paint): string[] {
  if (lines.length === 0) return [];
  return ['', paint(`${title}:`, 'faint'), ...lines.map((line) => `  ${visible(line)}`)];
}

function waitingLines({ members }: Picture): string[] {
  return waitingOf(members).map((each) => `${each.name} since ${each.since}: ${each.for}; ${each.remedy}`);
}

function findingLines({ members }: Picture): string[] {
  const { shown, more } = findingsOf(members);
  const lines = shown.map(
    ({ severity, code, subject, problem, remedy, names }) =>
      `${severity} ${code} ${subject} ${problem}; ${remedy} (${names.join(', ')})`,
  );
  return more === 0 ? lines : [...lines, `${counted(more, 'more finding')}: see /status of each member`];
}

/**
 * The picture without what moves while nothing changes: counts, times and sizes; so that who reads a pipe gets one picture
 * a change. Free room counts in twentieths of the volume.
 */
function stillPicture(picture: Picture): Picture {
  const members = picture.members.map((member) => ({
    ...member,
    zxid: undefined,
    lag: undefined,
    connections: undefined,
    latencyMs: undefined,
    uptimeSeconds: undefined,
    details: member.details && { ...member.details, resources: undefined },
    room: member.details?.resources?.volumes.map(({ freeBytes, sizeBytes }) =>
      Math.round((20 * freeBytes) / Math.max(1, sizeBytes)),
    ),
  }));
  return { ...picture, members };
}

/** After this long without a change a sign of life is given: a write is how who watches learns that its reader has gone. */
const SIGN_EVERY_MS = 60_000;

/** What of the looks is worth writing where nothing is painted over: each change, and now and then a sign of life. */
export class Changes {
  #last = '';
  #saidAtMs = 0;

  /** `nowMs` is of a monotonic clock. */
  worthOf(picture: Picture, nowMs: number): 'picture' | 'sign' | undefined {
    const still = JSON.stringify(stillPicture(picture));
    const isNew = still !== this.#last;
    if (!isNew && nowMs - this.#saidAtMs < SIGN_EVERY_MS) return undefined;
    this.#last = still;
    this.#saidAtMs = nowMs;
    return isNew ? 'picture' : 'sign';
  }
}

/** Without the escapes of colours, which take no room. */
function plain(line: string): string {
  return line
    .split('\x1b[')
    .map((piece, place) => (place === 0 ? piece : piece.replace(/^[0-9;]*m/, '')))
    .join('');
}

/** As many lines as a terminal shows, those that it breaks counted as it breaks them; the last one says what is missing. */
export function fitting(
  lines: readonly string[],
  { columns, rows }: { readonly columns: number; readonly rows: number },
): string[] {
  const heights = lines.map((line) => Math.max(1, Math.ceil(plain(line).length / Math.max(1, columns))));
  let [fit, height] = [0, 0];
  while (fit < lines.length && height + (heights[fit] ?? 1) <= rows - 1) {
    height += heights[fit] ?? 1;
    fit += 1;
  }
  if (fit === lines.length) return [...lines];
  return [...lines.slice(0, fit), `… ${counted(lines.length - fit, 'more line')}: make the terminal higher`];
}
