import { findingLine, hasErrors } from '../findings/finding.ts';
import { inColumns } from '../text/columns.ts';
import { counted } from '../text/numbers.ts';
import { visible } from '../text/visible.ts';
import type { Judgement, PodFinding } from './judge.ts';

/** The judgements for people: findings of all pods first, the others under the names of their pods. */
export function judgementsAsText(judgements: readonly Judgement[]): string[] {
  return judgements.flatMap((judgement, place) => [
    ...(place === 0 ? [] : ['']),
    ...judgementAsText(judgement),
  ]);
}

function judgementAsText(judgement: Judgement): string[] {
  const alike = judgement.findings.filter(({ pods }) => pods === undefined).map(findingLine);
  const own = Map.groupBy(
    judgement.findings.filter(({ pods }) => pods !== undefined),
    ({ pods = [] }) => pods.join(', '),
  );
  const groups = [...own].flatMap(([names, findings]) => [
    `${names}:`,
    ...findings.map((found) => `  ${findingLine(found)}`),
  ]);
  return [...alike, ...groups, ...settingsAsText(judgement), summary(judgement)];
}

/** The settings that the variables of another image become. Defaults are left out; docs/settings.md has them. */
function settingsAsText({ settings = [], pods: [pod] }: Judgement): string[] {
  const made = settings.filter(
    ({ value, from }) =>
      value !== '(unset)' && from !== 'default' && from !== '' && !from.startsWith('derived'),
  );
  const rows = made.map(({ setting, value, from }) => [setting, value, from].map((cell) => visible(cell)));
  return made.length === 0
    ? []
    : [
        `settings of ${pod}:`,
        ...inColumns([['SETTING', 'VALUE', 'FROM'], ...rows], 60).map((line) => `  ${line}`),
      ];
}

function summary({ title, ours, pods, findings }: Judgement): string {
  if (!ours) return `${title}: not judged`;
  const count = (severity: PodFinding['severity'], word: string) => {
    const number = findings.filter((found) => found.severity === severity).length;
    return counted(number, word);
  };
  const verdict = hasErrors(findings) ? 'would be wrong' : 'would start';
  return `${title}: ${counted(pods.length, 'pod')} ${verdict} (${count('error', 'error')}, ${count('warning', 'warning')})`;
}
