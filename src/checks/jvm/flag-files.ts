import { type Finding, finding } from '../../findings/finding.ts';
import type { SettingFacts } from '../setting-facts.ts';
import { type JvmWord, jvmWords, subjectOf } from './command-line.ts';

/** A file that the JVM must open before it runs ZooKeeper, or else ends at once. */
interface FlagFile {
  readonly flag: string;
  readonly path: string;
  /** `folder`: the JVM makes the file, and its folder must be there. */
  readonly needs: 'file' | 'folder';
}

/** Agents that are not there, and logs of the JVM into a folder that is not there: "Could not create the Java Virtual Machine". */
export function flagFileFindings(facts: SettingFacts): Finding[] {
  const { podFiles } = facts;
  if (podFiles === undefined || facts.jvm?.java?.isHotSpot === false) return [];
  return jvmWords(facts).flatMap((given) => {
    const file = fileOf(given);
    const problem = file && problemOf(file, podFiles.readText);
    return file === undefined || problem === undefined ? [] : [missing(given, file, problem)];
  });
}

/** Relative paths count from the folder that the JVM is started in, and are left alone; so are %p and %t, which it fills in. */
function fileOf({ word, source }: JvmWord): FlagFile | undefined {
  if (source === 'ours') return undefined;
  const [, agent, opened] = /^(-javaagent|-agentpath):(\/[^=]*)/.exec(word) ?? [];
  if (agent !== undefined && opened !== undefined) return { flag: agent, path: opened, needs: 'file' };
  const [, log] = /^-Xloggc:(?:file=)?"?(\/[^:"]*\/)/.exec(word) ?? [];
  if (log !== undefined) return { flag: '-Xloggc', path: log, needs: 'folder' };
  const [, output] = /^-Xlog:[^:]*:(?:file=)?"?(\/[^:"]*\/)/.exec(word) ?? [];
  return output === undefined ? undefined : { flag: '-Xlog', path: output, needs: 'folder' };
}

function problemOf(
  { path, needs }: FlagFile,
  readText: NonNullable<SettingFacts['podFiles']>['readText'],
): string | undefined {
  const found = readText(needs === 'folder' ? path.replace(/\/+$/, '') || '/' : path);
  const problem = found.ok ? 'is a file, not a directory' : found.problem;
  // An agent may be larger than any text that is read, and has not to be one.
  if (needs === 'file') return found.ok || /^has .* more than the /.test(problem) ? undefined : problem;
  return problem === 'is a directory' || (!found.ok && !/exist|link/.test(problem)) ? undefined : problem;
}

function missing(given: JvmWord, { flag, path, needs }: FlagFile, problem: string): Finding {
  return finding('ZK-JVM-009', {
    subject: subjectOf(given),
    problem: `has ${flag} with ${path}, which ${problem}: the JVM would end at once`,
    remedy:
      needs === 'file'
        ? 'mount the file there, or correct the path'
        : 'mount a volume there, or name a folder that exists',
  });
}
