import { ownStatus, Refusal, wrongFlag } from '../exit-status.ts';
import { type Finding, findingLine } from '../findings/finding.ts';
import { describeErrno } from '../host/errno.ts';
import { readGiven } from '../host/files/given-file.ts';
import { atMost } from '../host/files/read-file.ts';
import type { Assumption } from '../preparation/choose-distribution.ts';
import type { Wishes } from '../preparation/prepare.ts';
import { type EnvFile, readEnvFile } from '../settings/env-file.ts';
import { duration } from '../settings/kinds/numbers.ts';
import { visible, visibleJson, visibleLines } from '../text/visible.ts';
import { parseRelease } from '../zookeeper/release.ts';
import type { FlagsOf } from './definitions.ts';

/** An answer whose own line breaks and colours are meant, such as a file: its parts were made visible before. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** An answer in lines, of which each is made visible. */
export function printLines(lines: readonly string[]): void {
  print(visibleLines(lines));
}

/** An answer for programs; without indentation it is one line. */
export function printJson(value: unknown, indent = 2): void {
  print(visibleJson(value, indent));
}

/** One line of the conversation, which goes to standard error. */
export function tell(line: string): void {
  process.stderr.write(`${visible(line)}\n`);
}

/** Each finding on one line. */
export function tellFindings(findings: readonly Finding[]): void {
  for (const found of findings) tell(findingLine(found));
}

/** The flags by which a command looks at other settings than its own. */
export type ViewFlags = Partial<
  Pick<FlagsOf<'render'>, 'envFile' | 'hostname' | 'zookeeperVersion' | 'from'>
>;

/** The span of --timeout in milliseconds. */
export function timeoutOf({ timeout }: { readonly timeout: string }): number {
  const span = duration().parse(timeout);
  if (!span.ok) throw wrongFlag('--timeout', timeout, span);
  return span.value;
}

/** Flags as wishes for prepare; a wrong flag or an unreadable file ends the command with 64. */
export async function wishesOf({ envFile, hostname, zookeeperVersion, from }: ViewFlags): Promise<Wishes> {
  return {
    assume: assumption(zookeeperVersion),
    ...(from === undefined ? {} : { from }),
    ...(hostname === undefined ? {} : { hostName: hostname }),
    ...(envFile === undefined ? {} : { envFile: await envFileAt(envFile) }),
  };
}

function assumption(version: string | undefined): Assumption {
  if (version === undefined) return { kind: 'newest' };
  const release = parseRelease(version);
  if (release === undefined) {
    throw wrongFlag('--zookeeper-version', version, {
      problem: 'is not a release',
      remedy: 'give for example 3.9.3 or 3.8',
    });
  }
  return { kind: 'release', release };
}

async function envFileAt(path: string): Promise<EnvFile> {
  try {
    return readEnvFile(path, await readGiven(path, atMost.textBytes));
  } catch (error) {
    throw new Refusal(
      ownStatus.wrongFlags,
      `--env-file ${path} ${describeErrno(error)}; give the path of a file with NAME=value lines`,
    );
  }
}
