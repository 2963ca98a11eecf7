import { MASK, withoutCredentials } from '../settings/mask.ts';
import { isHarmlessProperty } from './harmless.ts';

/** Flags that are whole: nothing of them can be a secret. */
const WHOLE = [
  /^-XX:[+-]\w+$/,
  /^-XX:\w+=\d+(\.\d+)?[kmgt%]?$/i,
  /^-XX:(HeapDumpPath|ErrorFile|SharedArchiveFile|LogFile)=\/[\w./%-]*$/,
  /^-X(mx|ms|mn|ss)\d+[kmgt]?$/i,
  /^-X(int|comp|batch|rs|mixed|debug|future|noclassgc|share:\w+|check:jni|verify:\w+|log:[\w*,+=:%./-]+)$/,
  /^-(server|client|d64|d32|ea|da|esa|dsa|verbose|showversion|version|cp|classpath|verbose:(gc|class|jni))$/,
  /^--(add-opens|add-exports|add-reads|add-modules|limit-modules|class-path|module-path)(=[\w.,:*=/+-]+)?$/,
  /^--enable-native-access=[\w.,-]+$/,
];

/** Flags whose value is the next word: places and names of modules. */
const TAKES_NEXT =
  /^(-cp|-classpath|-p|--(add-opens|add-exports|add-reads|add-modules|limit-modules|class-path|module-path))$/;

/**
 * The words of JVMFLAGS for people. Everything that is not known to be harmless is masked: the values of unknown properties
 * and options, the arguments of agents, and words that are not flags, because such a word may be the second half of a value
 * with a blank.
 */
export function maskedFlags(flags: readonly string[]): string[] {
  return flags.map((flag, place) =>
    TAKES_NEXT.test(flags[place - 1] ?? '') && /^[\w./:*,=+][\w./:*,=+-]*$/.test(flag) ? flag : masked(flag),
  );
}

/** The same for flags on one line. */
export function maskFlags(text: string): string {
  return maskedFlags(text.split(/\s+/).filter((flag) => flag !== '')).join(' ');
}

function masked(flag: string): string {
  if (WHOLE.some((pattern) => pattern.test(flag))) return flag;
  const [, property, name = ''] = /^(-D([^=]+))(=.*)?$/s.exec(flag) ?? [];
  if (property !== undefined && isHarmlessProperty(name)) return withoutCredentials(flag);
  if (property !== undefined) return flag === property ? flag : `${property}=${MASK}`;
  const [, agent] = /^(-(?:javaagent|agentpath|agentlib):[^=]+)(?:=.*)?$/s.exec(flag) ?? [];
  if (agent !== undefined) return flag === agent ? flag : `${agent}=${MASK}`;
  const [, option] = /^(-XX:\w+=|-X[a-z]+:|--?[a-z][a-z-]*[=:])/i.exec(flag) ?? [];
  return `${option ?? ''}${MASK}`;
}
