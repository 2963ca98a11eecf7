import type { Told, ToldWaiting } from '../admission/told.ts';
import type { Exchange } from '../health/exchange.ts';
import { parseMntr } from '../health/mntr.ts';
import { readSrvr, type ServingSrvr, type Srvr } from '../health/srvr.ts';
import type { MemberAnswers, MemberState, SurveyMember } from './member.ts';

/** Reads what a member answered to `srvr` and `mntr`; its lag is known only beside the others. */
export function readMember(
  member: SurveyMember,
  { address, told, ...asked }: MemberAnswers,
  size: number,
): MemberState {
  const srvr = readSrvr(asked.srvr);
  const mntr = parseMntr(textOf(asked.mntr));
  const said = srvr.serving ? srvr : undefined;
  const synced = said && isSynced(said.mode, mntr);
  const waiting = said === undefined ? waitingOf(member, told) : undefined;
  const problem = waiting ? waitingProblem(waiting) : problemOf(srvr, { size, synced });
  return {
    ...member,
    address,
    answers: srvr.serving || srvr.cause === 'no-quorum' || srvr.cause === 'whitelist',
    serves: said !== undefined && servesIn(said.mode, size),
    mode: said?.mode,
    waiting,
    zxid: said?.zxid,
    lag: undefined,
    connections: said?.connections,
    latencyMs: said?.latencyMs,
    synced,
    version: said?.version,
    uptimeSeconds: secondsOf(mntr.get('zk_uptime')),
    problems: problem === undefined ? [] : [problem],
  };
}

/** An address that leads to another member's supervisor says nothing of this one. */
function waitingOf({ id }: SurveyMember, told: Told | undefined): ToldWaiting | undefined {
  return id === undefined || told?.member?.id === id ? told?.waiting : undefined;
}

function waitingProblem(waiting: ToldWaiting): string {
  return `waits since ${waiting.since}: ${waiting.for}; ${waiting.remedy}`;
}

function textOf(exchange: Exchange): string {
  return exchange.kind === 'answer' ? exchange.text : '';
}

/** A read-only server has no quorum; one that is standalone among several is not one of them. */
function servesIn(mode: ServingSrvr['mode'], size: number): boolean {
  return mode === 'standalone' ? size === 1 : mode !== 'read-only';
}

type Mntr = ReturnType<typeof parseMntr>;

function isSynced(mode: string, mntr: Mntr): boolean | undefined {
  if (mode === 'leader') return hasAllInSync(mntr);
  const doing = mntr.get('zk_peer_state');
  return doing === undefined ? undefined : doing.endsWith('broadcast');
}

/** 3.4 counts its learners as zk_followers; later releases count observers beside the followers in sync. */
function hasAllInSync(mntr: Mntr): boolean | undefined {
  const learners = mntr.get('zk_learners') ?? mntr.get('zk_followers');
  const inSync = mntr.get('zk_synced_followers');
  if (learners === undefined || inSync === undefined) return undefined;
  return Number(inSync) + Number(mntr.get('zk_synced_observers') ?? 0) >= Number(learners);
}

function secondsOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Math.floor(Number(text) / 1_000) : undefined;
}

function problemOf(srvr: Srvr, { size, synced }: { size: number; synced: boolean | undefined }) {
  if (!srvr.serving) return srvr.sentence;
  if (srvr.mode === 'read-only') return 'it is in read-only mode: it is without a quorum';
  if (srvr.mode === 'standalone' && size > 1) {
    return 'it serves standalone, outside this ensemble: its zoo.cfg lists no other member; see ZK_REPLICAS there';
  }
  if (synced !== false) return undefined;
  return srvr.mode === 'leader'
    ? 'not all of its followers are in sync yet'
    : 'it is not in sync with the leader yet';
}
