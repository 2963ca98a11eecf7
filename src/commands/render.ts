import { join } from 'node:path';
import { ownStatus, Refusal } from '../exit-status.ts';
import { findingLine } from '../findings/finding.ts';
import type { Ledger } from '../findings/ledger.ts';
import { carryOut, WriteFailure } from '../host/files/carry-out.ts';
import { readContents } from '../host/volume/look-at-volume.ts';
import { explain } from '../preparation/explain.ts';
import { planAsText, shownPlan } from '../preparation/masked-plan.ts';
import type { Prepared, Ready } from '../preparation/prepare.ts';
import type { Plan } from '../render/plan.ts';
import { inspectMachine, leaveRoot } from '../start/inspect.ts';
import { statusOfRefusal } from '../start/refusals.ts';
import { inColumns } from '../text/columns.ts';
import { visible } from '../text/visible.ts';
import type { FlagsOf } from './definitions.ts';
import { print, printJson, printLines, tell } from './io.ts';
import { judge } from './judged.ts';

type RenderFlags = FlagsOf<'render'>;

/** Shows, or writes, what `start` would write and run. Ends with 0, 73 (cannot write) or 78 (refused). */
export async function render(flags: RenderFlags): Promise<number> {
  const { prepared } = await judge(flags);
  prepared.ledger.tellTo((found) => tell(findingLine(found)));
  if (flags.explain) return showExplanation(prepared, flags);
  if (prepared.ready === undefined) return ownStatus.refused;
  if (flags.out !== undefined) {
    const copy = below(prepared.ready.plan, flags.out);
    return orRefused(() => write(copy));
  }
  if (flags.write) return writeInPlace(prepared.ready, prepared.ledger);
  const plan = shownPlan(prepared.ready.input);
  if (flags.output === 'json') printJson(plan);
  else print(planAsText(plan));
  return 0;
}

function showExplanation(prepared: Prepared, { output }: RenderFlags): number {
  const lines = explain(prepared);
  if (output === 'json') printJson(lines);
  else printLines(tabulate(lines));
  return prepared.ready === undefined ? ownStatus.refused : 0;
}

function tabulate(lines: ReturnType<typeof explain>): string[] {
  const rows = lines.map((line) => Object.values(line).map((cell) => visible(cell)));
  return inColumns([['SETTING', 'VALUE', 'FROM', 'GOES TO'], ...rows], 60);
}

/** In their real places the files are guarded as a start guards them: a foreign myid is never passed over. */
function writeInPlace({ plan, settings, ...ready }: Ready, ledger: Ledger): number {
  ledger.report(inspectMachine({ ...ready, plan, settings }, readContents(settings)).findings);
  if (ledger.refuses) return statusOfRefusal(ledger.findings);
  return orRefused(() => {
    ledger.report(leaveRoot({ plan, user: settings.user, handsOver: true }));
    return ledger.refuses ? statusOfRefusal(ledger.findings) : write(plan);
  });
}

function write(plan: Pick<Plan, 'directories' | 'files'>): number {
  for (const { file, written } of carryOut(plan)) tell(`${written} ${file.path}`);
  return 0;
}

function orRefused(action: () => number): number {
  try {
    return action();
  } catch (error) {
    if (error instanceof WriteFailure) {
      throw new Refusal(ownStatus.cannotWrite, `cannot write: ${error.message}; ${error.remedy}`);
    }
    throw error;
  }
}

/** The same files under another root; a copy has no volume, so its myid is simply what it would be. */
function below({ files }: Plan, root: string): Pick<Plan, 'directories' | 'files'> {
  const moved = files.map((file) => ({ ...file, path: join(root, file.path), onlyIfAbsent: false }));
  return { directories: [...new Set(moved.map(({ path }) => join(path, '..')))], files: moved };
}
