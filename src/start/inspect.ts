import { consentFor } from '../admission/consent.ts';
import { listFindings } from '../admission/list-findings.ts';
import { peerFindings, unmarkedFindings } from '../admission/peer-replies.ts';
import { stepFindings, ways } from '../admission/quorum-steps.ts';
import { judgeRecord } from '../admission/record-findings.ts';
import type { Ensemble } from '../ensemble/member.ts';
import { type MyidOnDisk, myidFindings } from '../ensemble/myid.ts';
import { type Finding, finding } from '../findings/finding.ts';
import { PASSWD, whyNoNames } from '../host/account/account.ts';
import { becomeUser, isUnknownUser } from '../host/account/privileges.ts';
import { describeErrno, errorCode } from '../host/errno.ts';
import { lookAtDirectories } from '../host/files/directories.ts';
import { whatStandsAt } from '../host/files/foreign.ts';
import { lookAtPlannedFiles } from '../host/files/planned-files.ts';
import { atMost, readText } from '../host/files/read-file.ts';
import { whyNotExecutable } from '../host/machine/java.ts';
import { lookAtVolume } from '../host/volume/look-at-volume.ts';
import { spawnFailure } from '../lifecycle/spawn-failure.ts';
import type { Ready } from '../preparation/prepare.ts';
import type { Plan } from '../render/plan.ts';
import type { Consent } from '../settings/kinds/consent-list.ts';
import type { Settings } from '../settings/table.ts';
import { directoryFindings, leadsAstray, notPermitted } from '../volume/directories.ts';
import { judgeVolume, type VolumeContents } from '../volume/judge-volume.ts';
import type { LastStart } from '../volume/places.ts';
import { plannedFindings } from '../volume/planned-files.ts';
import type { ConsentBook, Refusals } from '../volume/refusable.ts';
import type { Distribution } from '../zookeeper/distribution.ts';
import { answersOfPeers, decideLists, type FirstLook, listView, type StartServices } from './admit.ts';
import { consentBook, ourselves, type StartLook, type StartMember } from './member.ts';
import { placeFindings } from './place.ts';

/** What is to be carried out, and on which volume. */
interface Planned {
  readonly plan: Plan;
  readonly settings: Settings;
  readonly ensemble: Pick<Ensemble, 'myid' | 'members' | 'name'>;
  readonly distribution: Pick<Distribution, 'release'>;
}

/** What the volume's record and ZK_CONSENT say; neither counts for files that are only written. */
interface Known {
  readonly lastStart?: LastStart | undefined;
  readonly consents?: ConsentBook | undefined;
}

/** What user, directories, myid and volume show before anything is written; only what exists is judged. */
export function inspectMachine(
  { plan, settings, ensemble, distribution }: Planned,
  contents: VolumeContents,
  { lastStart, consents }: Known = {},
): Refusals {
  const directories = lookAtDirectories(plan.directories, settings.user);
  // Where root would have to go astray, nothing is read.
  const isAstray = leadsAstray(directories.problems);
  const volume = isAstray
    ? NOTHING
    : judgeVolume(lookAtVolume(contents, settings, lastStart?.dataLogDir), {
        settings,
        release: distribution.release,
        standalone: ensemble.members.length < 2,
        lastStart,
        consents,
      });
  const { user, why } = directories.notPermitted ?? {};
  return {
    findings: [
      ...(isUnknownUser(settings.user) ? [unknownUser(settings.user)] : []),
      ...(user === undefined || why === undefined ? [] : [notPermitted(user, why)]),
      ...directoryFindings(directories.problems),
      ...(isAstray ? [] : idFindings(plan, ensemble)),
      ...volume.findings,
      ...plannedFindings(lookAtPlannedFiles({ plan, settings })),
    ],
    used: volume.used,
  };
}

const NOTHING: Refusals = { findings: [], used: [] };

function unknownUser(user: string): Finding {
  const problem = whyNoNames();
  const where = problem === undefined ? '' : ` (${PASSWD} ${problem}, so no name is known)`;
  return finding('ZK-SETTING-001', {
    subject: 'ZK_USER',
    problem: `"${user}" is not a user of this machine${where}, and ZooKeeper must not run as root by accident`,
    remedy: 'set it to a user that exists, to a uid such as 1000, or to root if you really want root',
  });
}

function idFindings({ files }: Plan, { myid, name }: Pick<Ensemble, 'myid' | 'name'>): Finding[] {
  const path = files.find(({ onlyIfAbsent }) => onlyIfAbsent)?.path as string;
  return myidFindings(readMyid(path), { myid, path, name });
}

function readMyid(path: string): MyidOnDisk {
  try {
    // As root a link is not followed, but where it leads to nothing is reported all the same.
    whatStandsAt(path);
    return { kind: 'text', text: readText(path, { maxBytes: atMost.lineBytes, lies: 'volume' }, 'latin1') };
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? { kind: 'absent' }
      : { kind: 'unreadable', problem: describeErrno(error) };
  }
}

/** What machine and volume say of this start, and the consents that were needed for it. */
export function inspectHere(
  member: StartMember,
  look: StartLook,
  services: Pick<StartServices, 'consentState'>,
): { readonly findings: Finding[]; readonly used: readonly Consent[] } {
  const state = services.consentState(look);
  const consents = consentBook(member, state);
  const machine = inspectMachine(member.ready, look.contents, { lastStart: look.record, consents });
  const record = judgeRecord({
    path: member.recordPath,
    disk: look.disk,
    data: look.data,
    epoch: look.epoch,
    id: member.ready.ensemble.myid,
    ensemble: member.name,
    voters: member.voters,
    isCommitted: member.committed !== undefined || look.membership.kind === 'committed',
    hasPeers: member.peers.length > 0,
    consents,
  });
  const used = [...new Set([...machine.used, ...record.used])].map((kind) => consentFor(kind, state));
  return { findings: [...machine.findings, ...record.findings], used };
}

/** What the peers' first answers say of this start. */
export function inspectPeers(member: StartMember, first: FirstLook, wished: Ensemble): Finding[] {
  const { look, answers } = first;
  return [
    ...portFindings(member),
    ...unmarkedFindings(answersOfPeers(member, answers), member.ready.settings.peerAuth),
    ...quorumSteps(member, first),
    ...placeFindings({ member, look }, answers, wished),
    ...peerFindings(answersOfPeers(member, answers), ourselves(member, look)),
    // With a dynamic membership the list counts only where nothing is committed, which is decided later.
    ...(member.ready.settings.membership === 'dynamic'
      ? []
      : listFindings(decideLists(member, first), listView(member, look))),
  ];
}

function quorumSteps(member: StartMember, { look: { record }, answers }: FirstLook): Finding[] {
  const { extraConfig } = member.ready.settings;
  const told = answersOfPeers(member, answers).flatMap(({ told }) => told?.member ?? []);
  const before = (record?.members.length ?? 0) === 0 ? undefined : record;
  const voters = member.voters.length;
  return [
    ...stepFindings(ways.tls, {
      now: ways.tls.of(extraConfig),
      before: before?.quorumTls,
      others: told.flatMap(({ quorumTls }) => quorumTls ?? []),
      voters,
    }),
    ...stepFindings(ways.login, {
      now: ways.login.of(extraConfig),
      before: before?.quorumLogin,
      others: told.flatMap(({ quorumLogin }) => quorumLogin ?? []),
      voters,
    }),
  ];
}

function portFindings({ peers, ready }: StartMember): Finding[] {
  if (peers.length === 0 || ready.settings.healthPort !== 0) return [];
  return [
    finding('ZK-PEER-006', {
      subject: 'ZK_HEALTH_PORT',
      problem: 'is 0, so members cannot ask each other for the data on their volumes',
      remedy: 'set it to the same port for all members; a member without data waits until a quorum serves',
    }),
  ];
}

/**
 * The last step as root: gives the directories to the user of ZooKeeper and becomes that user for good. Reports it if the
 * system refuses. Without root it does nothing. @throws WriteFailure for a directory that cannot be given away.
 */
export function leaveRoot(becoming: Parameters<typeof becomeUser>[0]): Finding[] {
  const stays = becomeUser(becoming);
  return stays === undefined ? [] : [notPermitted(stays.user, stays.why)];
}

/** The finding about the client port. */
export function clientPortFindings(port: number, state: 'free' | 'taken' | 'not permitted'): Finding[] {
  if (state === 'free') return [];
  const [problem, remedy] =
    state === 'taken'
      ? ['is taken by another program', 'stop that program, or set another port']
      : ['may not be opened by this user', 'set a port from 1024 up'];
  return [finding('ZK-NETWORK-001', { subject: 'ZK_CLIENT_PORT', problem: `${port} ${problem}`, remedy })];
}

/** The java of JAVA_HOME that a start could not execute. It would end with 126 or 127, which only the attempt proves. */
export function javaFindings({
  settings: { javaHome },
  distribution,
  input: { java },
}: Pick<Ready, 'settings' | 'distribution' | 'input'>): Finding[] {
  const code = javaHome === undefined || distribution.assumed ? undefined : whyNotExecutable(java);
  if (code === undefined) return [];
  const { what, status, meaning, remedy } = spawnFailure({ path: java, code, detail: undefined });
  return [
    finding('ZK-JVM-011', {
      subject: 'JAVA_HOME',
      problem: `is ${javaHome}: a start ${what}, status ${status}: ${meaning}`,
      remedy: remedy ?? 'correct JAVA_HOME',
    }),
  ];
}
