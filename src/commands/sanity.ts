import { randomUUID } from 'node:crypto';
import { ownStatus } from '../exit-status.ts';
import { askStatus } from '../host/network/ask-status.ts';
import type { ClientWay } from '../host/zookeeper-client/tunnel.ts';
import { connectMember } from '../host/zookeeper-client/zookeeper-client.ts';
import { connectString } from '../sanity/connect-string.ts';
import { describeReport } from '../sanity/describe.ts';
import { type SanityReport, sanityCheck } from '../sanity/sanity-check.ts';
import type { ClientAddress } from '../sanity/session.ts';
import { znodePath } from '../sanity/znode-path.ts';
import { parsed, rejected } from '../settings/kinds/kind.ts';
import { visible, visibleJson } from '../text/visible.ts';
import type { FlagsOf } from './definitions.ts';
import { print, tell, timeoutOf } from './io.ts';
import { membersNow, wayIn } from './members.ts';

/** The flags of `zk-entrypoint sanity`; the timeout is for each connection and each request. */
export interface SanityOptions {
  readonly path: string;
  /** `host:port,host:port`; without it the members of the settings are asked. */
  readonly connect?: string;
  readonly timeoutMs: number;
  readonly output: 'text' | 'json';
}

/** A member to ask; `id` and `healthPort` where the settings tell them. */
interface SanityTarget extends ClientAddress {
  readonly name: string;
  readonly id?: number | undefined;
  readonly healthPort?: number;
  /** Where it is reached with TLS alone. */
  readonly securePort?: number;
  readonly healthHost?: string | undefined;
}

/** Where answers (`out`) and complaints (`err`) go, a line each. */
export interface SanityIo {
  out(line: string): void;
  err(line: string): void;
}

/** Writes to one member and reads from all others: 0, or 69 with the member that failed, or 64 for wrong flags. */
export async function sanity(
  options: SanityOptions,
  io: SanityIo,
  members: readonly SanityTarget[],
  way: ClientWay = {},
): Promise<number> {
  const path = znodePath(options.path);
  if (!path.ok) return wrongFlag(io, `--path "${options.path}"`, path);
  const chosen = options.connect === undefined ? parsed(members) : connectString(options.connect);
  if (!chosen.ok) return wrongFlag(io, `--connect "${options.connect}"`, chosen);
  if (chosen.value.length === 0) return wrongFlag(io, 'sanity', NO_MEMBER);
  const report = await sanityCheck({
    members: chosen.value,
    path: path.value,
    value: `sanity-${randomUUID()}`,
    connect: ({ host, port }) => {
      const secure = members.find((each) => each.host === host && each.port === port)?.securePort;
      return connectMember({
        host,
        port: secure ?? port,
        timeoutMs: options.timeoutMs,
        way: secure === undefined ? { user: way.user } : way,
      });
    },
    vouch: (member) => modeOf(member, options.timeoutMs),
    now: () => performance.now(),
  });
  printReport(io, options, report);
  return report.ok ? 0 : ownStatus.noAnswer;
}

const IN_A_QUORUM: readonly (string | undefined)[] = ['leader', 'follower', 'observer', 'standalone'];

/** What its supervisor says it serves as, where the settings say which member and port that is. */
async function modeOf(member: SanityTarget, timeoutMs: number): Promise<string | undefined> {
  const { id, host, healthHost = host, healthPort: port = 0 } = member;
  const told = port === 0 ? undefined : await askStatus({ host: healthHost, port, timeoutMs });
  if (told === undefined || told.member?.id !== id) return undefined;
  return IN_A_QUORUM.includes(told.mode) ? told.mode : undefined;
}

const NO_MEMBER = rejected(
  'knows no member to ask',
  'give --connect host:port, or set ZK_ENSEMBLE or ZK_REPLICAS',
);

function wrongFlag({ err }: SanityIo, what: string, wrong: { problem: string; remedy: string }): number {
  err(`${what} ${wrong.problem}; ${wrong.remedy}`);
  return ownStatus.wrongFlags;
}

/** The answer goes to stdout. With JSON there, stderr names the failed members for people. */
function printReport(io: SanityIo, { output, path }: SanityOptions, report: SanityReport): void {
  if (output === 'text') {
    for (const line of describeReport(report, path)) io.out(visible(line));
    return;
  }
  io.out(visibleJson(report));
  for (const member of report.members) {
    if (member.kind === 'failed' || member.kind === 'out-of-reach')
      io.err(`${member.name} ${member.sentence}`);
  }
}

/** `sanity` with the members of the settings, unless --connect names them. */
export async function sanityCommand(flags: FlagsOf<'sanity'>): Promise<number> {
  const timeoutMs = timeoutOf(flags);
  if (flags.connect !== undefined) return sanity({ ...flags, timeoutMs }, { out: print, err: tell }, []);
  const { members } = await membersNow(timeoutMs);
  return sanity({ ...flags, timeoutMs }, { out: print, err: tell }, members, await wayIn());
}
