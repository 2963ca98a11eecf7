import { readFileSync } from 'node:fs';
import { parseRelease } from '../distribution/release.ts';
import { type Finding, findingLine } from '../findings/finding.ts';
import { describeErrno } from '../host/errno.ts';
import { Refusal } from '../lifecycle/refusal.ts';
import { ownStatus } from '../lifecycle/statuses.ts';
import type { Assumption } from '../preparation/choose-distribution.ts';
import type { Wishes } from '../preparation/prepare.ts';
import { type EnvFile, readEnvFile } from '../settings/env-file.ts';

/** The answer goes to standard output. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The conversation goes to standard error. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Every finding on a line of its own. */
export function tellFindings(findings: readonly Finding[]): void {
  for (const found of findings) tell(findingLine(found));
}

/** The flags that several commands share, as commander gives them. */
export interface ViewFlags {
  readonly envFile?: string;
  readonly hostname?: string;
  readonly zookeeperVersion?: string;
}

/** Flags as wishes for prepare; a wrong flag or an unreadable file ends the command with 64. */
export function wishesOf({ envFile, hostname, zookeeperVersion }: ViewFlags): Wishes {
  return {
    assume: assumption(zookeeperVersion),
    ...(hostname === undefined ? {} : { hostName: hostname }),
    ...(envFile === undefined ? {} : { envFile: envFileAt(envFile) }),
  };
}

function assumption(version: string | undefined): Assumption {
  if (version === undefined) return { kind: 'newest' };
  const release = parseRelease(version);
  if (release === undefined) {
    throw new Refusal(
      ownStatus.wrongFlags,
      `--zookeeper-version "${version}" is not a release; give for example 3.9.3 or 3.8`,
    );
  }
  return { kind: 'release', release };
}

function envFileAt(path: string): EnvFile {
  try {
    return readEnvFile(path, readFileSync(path));
  } catch (error) {
    throw new Refusal(
      ownStatus.wrongFlags,
      `--env-file ${path} ${describeErrno(error)}; give the path of a file with NAME=value lines`,
    );
  }
}
