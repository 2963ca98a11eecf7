import { type Finding, finding } from '../findings/finding.ts';
import type { SettingFacts } from './setting-facts.ts';

const SUBJECT = 'ZK_EXTRA_CONFIG';

/**
 * group.N and weight.N (QuorumHierarchical): a voter in no group or in two ends ZooKeeper, and so does a group with an id
 * that no voter has. What this program says and decides of quorums counts each voter once.
 */
export function groupFindings({ settings, ensemble }: SettingFacts): Finding[] {
  const lines = settings.extraConfig.filter(([key]) => /^(group|weight)\.\d+$/.test(key));
  if (lines.length === 0 || ensemble === undefined) return [];
  const voters = ensemble.members.filter(({ role }) => role === 'participant').map(({ id }) => String(id));
  const wrong = lines.flatMap(([key, value]) => unreadable(key, value));
  if (wrong.length > 0) return wrong;
  const groups = lines.filter(([key]) => key.startsWith('group'));
  if (ensemble.members.length === 1) return groups.length === 0 ? [] : [alone(groups.map(([key]) => key))];
  const grouped = groups.flatMap(([, ids]) => ids.split(':').map((id) => String(Number(id))));
  const misplaced = groups.length === 0 ? [] : misplacedFindings(voters, grouped);
  if (misplaced.length > 0) return misplaced;
  return groups.length < 2 && areEqual(voters, lines) ? [] : [uncounted(lines.map(([key]) => key))];
}

/** One group of voters with the same weight: more than half of them is a quorum, as without these lines. */
function areEqual(voters: readonly string[], lines: readonly (readonly [string, string])[]): boolean {
  const weights = new Map(lines);
  const ofVoters = new Set(voters.map((id) => Number(weights.get(`weight.${id}`) ?? 1)));
  return ofVoters.size === 1 && !ofVoters.has(0);
}

/** A server that runs alone has no lines server.N, and ZooKeeper finds no weight for the id in the group. */
function alone(keys: readonly string[]): Finding {
  return refused(
    `has ${keys.join(', ')}, and this ensemble is one server: ZooKeeper would end`,
    'remove the lines group.N and weight.N',
  );
}

function unreadable(key: string, value: string): Finding[] {
  const isGroup = key.startsWith('group');
  if ((isGroup ? /^\s*\d{1,9}(\s*:\s*\d{1,9})*\s*$/ : /^\d{1,9}$/).test(value)) return [];
  return [
    refused(
      `${key} is "${value}", which ends ZooKeeper`,
      isGroup ? `give ids of voters with colons between them: ${key}=1:2:3` : `give a whole number: ${key}=1`,
    ),
  ];
}

function misplacedFindings(voters: readonly string[], grouped: readonly string[]): Finding[] {
  const strangers = grouped.filter((id) => !voters.includes(id));
  const twice = grouped.filter((id, place) => grouped.indexOf(id) !== place);
  const missing = voters.filter((id) => !grouped.includes(id));
  const problems = [
    ...strangers.map((id) => `name the id ${id}, which no voter has`),
    ...twice.map((id) => `name the voter ${id} twice`),
    ...missing.map((id) => `leave out the voter ${id}`),
  ];
  return problems.map((problem) =>
    refused(
      `the lines group.N ${problem}: ZooKeeper would end`,
      `name each voter in one group (the voters are ${voters.join(', ')}), or remove all lines group.N`,
    ),
  );
}

function uncounted(keys: readonly string[]): Finding {
  return finding('ZK-CONFIG-017', {
    subject: SUBJECT,
    problem: `has ${keys.join(', ')}: ZooKeeper then counts quorums by groups and weights, and this program counts each voter once, in \`status\`, in a stop, in \`scale\` and when the list of members changes`,
    remedy: 'remove these lines; else change the list of members only while all members are stopped',
  });
}

function refused(problem: string, remedy: string): Finding {
  return finding('ZK-CONFIG-001', { subject: SUBJECT, problem, remedy });
}
