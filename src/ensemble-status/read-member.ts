import type { PeerStatus } from '../admission/peer-status.ts';
import { isSynced, uptimeSeconds } from '../health/synced.ts';
import type { Exchange } from '../zookeeper/four-letter/exchange.ts';
import { parseMntr } from '../zookeeper/four-letter/mntr.ts';
import { readSrvr, type Srvr } from '../zookeeper/four-letter/srvr.ts';
import type { MemberAnswers, MemberState, SurveyMember } from './member.ts';

/** True if the answer of its supervisor is enough, so that its ZooKeeper need not be asked. */
export function suffices(member: SurveyMember, answers: Pick<MemberAnswers, 'address' | 'told'>): boolean {
  return bySupervisor(member, answers, 1) !== undefined;
}

/** Everything except the facts that were known before. */
type Seen = Omit<MemberState, keyof SurveyMember | 'address' | 'lag' | 'details'>;

/** Reads what a member answered, its ZooKeeper or its supervisor; its lag is known only beside the others. */
export function readMember(member: SurveyMember, answers: MemberAnswers, size: number): MemberState {
  const { address } = answers;
  const seen = bySupervisor(member, answers, size) ?? byZooKeeper(answers, size);
  const details = toldBy(member, answers) === undefined ? undefined : answers.details;
  return { ...member, address, lag: undefined, details, ...(seen ?? unheard(member, answers)) };
}

/** The report of its supervisor, if it is enough: that it serves, or why it does not. */
function bySupervisor(member: SurveyMember, answers: MemberAnswers, size: number): Seen | undefined {
  const told = toldBy(member, answers);
  if (told === undefined || tells(answers.srvr)) return undefined;
  if (told.waiting !== undefined)
    return { ...NOTHING, waiting: told.waiting, problems: [waitingProblem(told.waiting)] };
  const { mode, server } = told;
  if (server === undefined) return undefined;
  if (mode === undefined) {
    const problem = server.problem ?? (server.withoutQuorum ? WITHOUT_QUORUM : undefined);
    return problem === undefined
      ? undefined
      : { ...NOTHING, answers: server.withoutQuorum, version: server.version, problems: [problem] };
  }
  const { zxid, connections, latencyMs, synced, version } = server;
  const facts = { mode, zxid, connections, latencyMs, synced, version, uptimeSeconds: server.uptimeSeconds };
  return { ...NOTHING, ...facts, ...judged(mode, { size, synced }) };
}

const WITHOUT_QUORUM = 'ZooKeeper is not serving: it is without a quorum';

/** True if ZooKeeper itself reports whether it serves. */
function tells(exchange: Exchange | undefined): boolean {
  const srvr = exchange && readSrvr(exchange);
  return srvr?.serving === true || srvr?.cause === 'no-quorum';
}

function byZooKeeper({ srvr: exchange, mntr: other }: MemberAnswers, size: number): Seen | undefined {
  if (exchange === undefined) return undefined;
  const srvr = readSrvr(exchange);
  if (!srvr.serving)
    return answersOf(srvr) ? { ...NOTHING, answers: true, problems: [srvr.sentence] } : undefined;
  const mntr = parseMntr(other?.kind === 'answer' ? other.text : '');
  const { mode, zxid, connections, latencyMs, version } = srvr;
  const synced = isSynced(mode, mntr);
  const facts = { mode, zxid, connections, latencyMs, synced, version, uptimeSeconds: uptimeSeconds(mntr) };
  return { ...NOTHING, ...facts, ...judged(mode, { size, synced }) };
}

function answersOf(srvr: Srvr): boolean {
  return srvr.serving || srvr.cause === 'no-quorum' || srvr.cause === 'whitelist';
}

/** Neither gave a useful answer: why ZooKeeper did not, and that the supervisor did not either. */
function unheard({ healthPort }: SurveyMember, { srvr, told }: MemberAnswers): Seen {
  const read = srvr && readSrvr(srvr);
  const why = read?.serving === false ? read.sentence : 'it says nothing of its ZooKeeper';
  const supervisor =
    told === undefined ? 'does not answer' : 'answers for another member, or says nothing of it';
  const beside = healthPort === 0 ? '' : `; its supervisor ${supervisor} on port ${healthPort}`;
  return { ...NOTHING, heard: false, problems: [`${why}${beside}`] };
}

const NOTHING: Seen = {
  heard: true,
  answers: false,
  serves: false,
  mode: undefined,
  waiting: undefined,
  zxid: undefined,
  connections: undefined,
  latencyMs: undefined,
  synced: undefined,
  version: undefined,
  uptimeSeconds: undefined,
  problems: [],
};

/** An answer of another member's supervisor, or about another server, says nothing about this member. */
function toldBy({ id, port }: SurveyMember, { told, address = '' }: MemberAnswers): PeerStatus | undefined {
  if (told === undefined || (id !== undefined && (told.member?.id ?? told.myid) !== id)) return undefined;
  const other = told.server?.clientPort;
  const shared = id === undefined && /^(127\.|::1$)/.test(address);
  return shared && other !== undefined && other !== port ? undefined : told;
}

function waitingProblem({ since, for: whom, remedy }: NonNullable<PeerStatus['waiting']>): string {
  return `waits since ${since}: ${whom}; ${remedy}`;
}

function judged(mode: string, { size, synced }: { size: number; synced: boolean | undefined }) {
  const problem = problemOf(mode, { size, synced });
  // A read-only server has no quorum; one that is standalone among several is not one of them.
  const serves = mode === 'standalone' ? size === 1 : IN_A_QUORUM.includes(mode);
  return { answers: true, serves, problems: problem === undefined ? [] : [problem] };
}

const IN_A_QUORUM: readonly string[] = ['leader', 'follower', 'observer'];

function problemOf(mode: string, { size, synced }: { size: number; synced: boolean | undefined }) {
  if (mode === 'read-only') return 'it is in read-only mode: it is without a quorum';
  if (mode === 'standalone' && size > 1) {
    return 'it serves standalone, outside this ensemble: its zoo.cfg lists no other member; see ZK_REPLICAS there';
  }
  if (synced !== false) return undefined;
  return mode === 'leader'
    ? 'not all of its followers are in sync yet'
    : 'it is not in sync with the leader yet';
}
