import { inColumns } from '../text/columns.ts';
import { counted } from '../text/numbers.ts';
import type { MemberReport, SanityReport } from './sanity-check.ts';

/** The report in lines: one for each member, one for what is left, and the sum of it last. */
export function describeReport(report: SanityReport, path: string): string[] {
  const { members, node, leftovers } = report;
  const beside = node !== undefined && node !== path && path !== '/';
  return [
    ...(beside ? [`${path} exists and is not changed; ${node} was made for this check`] : []),
    ...inColumns(members.map((member) => [member.name, describeMember(member, node)])),
    ...leftovers,
    summary(report),
  ];
}

function describeMember(member: MemberReport, node = ''): string {
  switch (member.kind) {
    case 'written':
      return `wrote ${node} in ${ms(member.tookMs)} (connected in ${ms(member.connectMs)})`;
    case 'read':
      return `read it after a sync in ${ms(member.tookMs)} (connected in ${ms(member.connectMs)})`;
    case 'failed':
      return `FAILED: ${member.sentence}`;
    case 'not-asked':
    case 'out-of-reach':
      return member.sentence;
  }
}

function summary({ ok, members, node }: SanityReport): string {
  const failed = members.filter(({ kind }) => kind === 'failed').map(({ name }) => name);
  const readers = members.filter(({ kind }) => kind === 'read').length;
  if (ok) return `ok: one write, ${counted(readers, 'read')}, the same value everywhere`;
  const away = members.filter(({ kind }) => kind === 'out-of-reach').map(({ name }) => name);
  const untested = away.length === 0 ? [] : [`not tested: ${away.join(', ')}`];
  const which = failed.length === 0 ? untested : [`failed: ${failed.join(', ')}`, ...untested];
  if (node === undefined)
    return [...(which.length === 0 ? ['no member was asked'] : which), 'nothing was written'].join('; ');
  return failed.length > 0 ? which.join('; ') : `the others have the same value; ${which.join('; ')}`;
}

/** Tenths below ten milliseconds, where they matter. */
function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
