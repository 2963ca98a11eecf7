import { nearest } from '../text/nearest.ts';
import type { Dialect, Difference, Unreadable } from './row.ts';
import { type Said, said } from './said.ts';
import { dialects, readBy } from './tell-dialect.ts';

/** Names of two images: no image reads both. */
export function twoDialects(names: readonly { readonly name: string; readonly owner: string }[]): Said {
  const [first, second] = names as [(typeof names)[number], (typeof names)[number]];
  const all = names.map(({ name, owner }) => `${name} is a name of ${owner} image`).join(', and ');
  return said('ZK-DIALECT-001', {
    subject: first.name,
    problem: `${all}, but an image reads only its own names`,
    remedy: `remove the name that your last image did not read: ${first.name} or ${second.name}`,
  });
}

/** A name that has another effect here than on its own image. */
export function otherwise(subject: string, differs: Difference): Said {
  return said('ZK-DIALECT-009', { subject, ...differs });
}

/** A value that its own image cannot read either. It is quoted as it was written, because it becomes no setting. */
export function refused(subject: string, { problem, remedy }: Unreadable, { owner }: Dialect): Said {
  return said('ZK-SETTING-001', { subject, problem: `${problem} as ${owner} image reads it`, remedy });
}

/** A name that its own image does not read either. */
export function nothingThere(
  subject: string,
  { owner, meant, ours }: { owner: string; meant?: string; ours?: string },
): Said {
  const there = meant === undefined ? '' : `; perhaps ${meant} was meant`;
  return said('ZK-DIALECT-005', {
    subject,
    problem: `has no effect here, and had none on ${owner} image${there}`,
    remedy: ours === undefined ? 'remove it' : `use ${ours} here, or remove it`,
  });
}

/** A name that the dialect does not have: a misspelt name, or a name of another image. */
export function unknownName(name: string, dialect: Dialect | undefined): Said {
  const base = name.replace(/_FILE$/, '');
  const other = dialects.find((each) => readBy(each, name));
  if (dialect !== undefined && other !== undefined) {
    const problem = `is a name of ${other.owner} image; ${dialect.owner} image does not read it`;
    return said('ZK-DIALECT-005', { subject: name, problem, remedy: 'remove it' });
  }
  const near = nearest(base, dialect === undefined ? [] : Object.keys(dialect.rows));
  const problem =
    dialect === undefined
      ? 'is not a known name of any image and has no effect'
      : `has no effect here, and had none on ${dialect.owner} image`;
  const remedy = near === undefined ? 'remove it' : `did you mean ${near}?`;
  return said('ZK-DIALECT-005', { subject: name, problem, remedy });
}
