import { ownStatus, wrongFlag } from '../exit-status.ts';
import { explainAll, explainCode, reported } from '../findings/explanation.ts';
import { type Finding, findingLine } from '../findings/finding.ts';
import { findingCodeList, knownCode } from '../findings/known-codes.ts';
import type { Ledger } from '../findings/ledger.ts';
import { askPeers } from '../host/network/ask-peers.ts';
import { randomDigits } from '../host/random-digits.ts';
import type { Prepared } from '../preparation/prepare.ts';
import { inspectHere, inspectPeers, javaFindings } from '../start/inspect.ts';
import { placedMember, whomToAsk } from '../start/place.ts';
import { consentStateOf } from '../start/services.ts';
import { nearest } from '../text/nearest.ts';
import { counted } from '../text/numbers.ts';
import type { FlagsOf } from './definitions.ts';
import { print, printJson, printLines, wishesOf } from './io.ts';
import { judge } from './judged.ts';

type CheckFlags = FlagsOf<'check'>;

/** Says every problem at once; ends with 0, or with 78 when one of them is an error. */
export async function check(flags: CheckFlags): Promise<number> {
  if (flags.explain !== undefined) {
    print(explainFinding(flags.explain));
    return 0;
  }
  if (flags.manifest !== undefined) {
    // It brings a YAML library, which nothing else should wait for.
    const { checkManifest } = await import('./check-manifest.ts');
    return checkManifest(flags.manifest, { output: flags.output, assume: (await wishesOf(flags)).assume });
  }
  const { prepared, startedAs } = await judge(flags);
  await lookAtVolume(prepared, flags);
  const { findings } = prepared.ledger;
  const summary = { ...summarise(prepared.ledger), ...(startedAs === undefined ? {} : { startedAs }) };
  if (flags.output === 'json') printJson({ findings: findings.map(reported), summary });
  else printLines(report({ findings, summary, prepared }));
  return summary.wouldStart ? 0 : ownStatus.refused;
}

/** The volume of this machine says nothing about another pod. */
async function lookAtVolume({ draft, ledger }: Prepared, { hostname }: CheckFlags): Promise<void> {
  if (draft === undefined || hostname !== undefined) return;
  ledger.report(javaFindings(draft));
  const { member, look } = placedMember(draft, randomDigits(16));
  const here = inspectHere(member, look, { consentState: (seen) => consentStateOf(member, seen) });
  ledger.report(here.findings);
  const peers = whomToAsk({ member, look }, draft.ensemble);
  const answers = await askPeers(peers, draft.settings, PEERS_TIMEOUT_MS);
  ledger.report(inspectPeers(member, { look, answers, used: here.used }, draft.ensemble));
}

/** As long as a start gives them at first. */
const PEERS_TIMEOUT_MS = 300;

interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /** Left out because ZK_IGNORE_FINDINGS names them. */
  readonly silenced: number;
  readonly wouldStart: boolean;
  /** The pid of the running start whose settings were judged; absent when they were the command's own. */
  readonly startedAs?: number;
}

function summarise({ findings, silenced, refuses }: Ledger): Summary {
  const count = (severity: Finding['severity']) =>
    findings.filter((found) => found.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    notes: count('note'),
    silenced,
    wouldStart: !refuses,
  };
}

interface Checked {
  readonly findings: readonly Finding[];
  readonly summary: Summary;
  readonly prepared: Prepared;
}

function report({ findings, summary, prepared: { draft } }: Checked): string[] {
  const { errors, warnings, silenced, wouldStart, startedAs } = summary;
  const who =
    draft === undefined ? '' : `server ${draft.ensemble.myid} of ${draft.ensemble.members.length}: `;
  const counts = [counted(errors, 'error'), counted(warnings, 'warning')];
  if (silenced > 0) counts.push(`${silenced} silenced by ZK_IGNORE_FINDINGS`);
  const verdict = wouldStart ? 'would start' : 'would be refused';
  const whose =
    startedAs === undefined ? '' : `; judged by the settings of the running start, pid ${startedAs}`;
  return [...findings.map(findingLine), `${who}${verdict} (${counts.join(', ')})${whose}`];
}

/** What `check --explain` answers: one code in full, or all of them; an unknown code ends the command with 64. */
function explainFinding(asked: string | true): string {
  if (asked === true || asked.toLowerCase() === 'list') return explainAll();
  const code = knownCode(asked);
  if (code !== undefined) return explainCode(code);
  const near = nearest(asked.toUpperCase(), findingCodeList);
  const remedy = near === undefined ? '--explain without a code lists them all' : `did you mean ${near}?`;
  throw wrongFlag('--explain', asked, { problem: 'is not a known finding code', remedy });
}
