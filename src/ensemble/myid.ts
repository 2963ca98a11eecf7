import { type Finding, finding } from '../findings/finding.ts';
import { shortened } from '../text/some-of.ts';
import { ordinalOf } from './ordinal.ts';

/** What stands at the path of myid. */
export type MyidOnDisk =
  | { readonly kind: 'absent' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly problem: string };

/** The id this member would have, where it is to stand, and the name of its pod. */
interface Expected {
  readonly myid: number;
  readonly path: string;
  readonly name?: string;
}

/** Nothing when myid is absent or holds our id; otherwise why this volume must not be used. */
export function myidFindings(found: MyidOnDisk, { myid, path, name = '' }: Expected): Finding[] {
  if (found.kind === 'absent') return [];
  if (found.kind === 'unreadable') return [unclear(path, found.problem)];
  const [, digits] = /^(\d+)\r?\n?$/.exec(found.text) ?? [];
  if (digits === undefined)
    return [unclear(path, `holds ${describe(found.text)}, where one line with the id ${myid} belongs`)];
  const other = Number.parseInt(digits, 10);
  if (other === myid) return [];
  return [
    finding('ZK-VOLUME-001', {
      subject: path,
      problem: `holds the id ${other}, but this server is ${myid}: most likely the volume of another pod`,
      remedy: `attach the volume that belongs to member ${myid}; do not edit the file to make it fit${fromZero(other, name)}`,
    }),
  ];
}

/** Charts that count from 0 give each pod its ordinal for an id. */
function fromZero(other: number, name: string): string {
  return ordinalOf(name)?.ordinal === other
    ? '; where every volume holds the ordinal of its pod (ids from 0), set ZK_MYID_OFFSET=0'
    : '';
}

function unclear(path: string, problem: string): Finding {
  return finding('ZK-VOLUME-002', {
    subject: path,
    problem,
    remedy: 'look at the volume; if it is this member’s own, remove the file and it is written anew',
  });
}

function describe(text: string): string {
  if (text.trim() === '') return 'nothing';
  return `"${shortened(text)}"`;
}
