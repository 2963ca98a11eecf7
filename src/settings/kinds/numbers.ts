import { someOf } from '../../text/some-of.ts';
import { type Kind, parsed, rejected } from './kind.ts';

interface Range {
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
}

/** A decimal whole number in a range; never evaluated, so `0x10`, `1e3` and `2000ms` are refused. */
export function wholeNumber({ min, max, unit }: Range): Kind<number> {
  const range = `${min} to ${max}`;
  const words = unit === undefined ? 'whole number' : `whole number of ${unit}`;
  return {
    description: `${words}, ${range}`,
    format: String,
    parse(text) {
      if (!/^\d+$/.test(text)) return rejected(`is not a decimal ${words}`, `give one from ${range}`);
      const value = Number(text);
      if (value < min || value > max) return rejected(`is outside ${range}`, `give a ${words} from ${range}`);
      return parsed(value);
    },
  };
}

/** A TCP port that a server listens on. */
export function port(): Kind<number> {
  return { ...wholeNumber({ min: 1, max: 65_535 }), description: 'port, 1 to 65535' };
}

/** A TCP port, or 0 for a listener that is off. */
export function portOrOff(): Kind<number> {
  return { ...wholeNumber({ min: 0, max: 65_535 }), description: 'port, 1 to 65535; 0 is off' };
}

/** More listeners than anybody needs for one answer. */
const MOST_PORTS = 8;

/** Some TCP ports, separated by commas or blanks, each once. */
export function ports(): Kind<readonly number[]> {
  const one = port();
  const remedy = 'give ports from 1 to 65535, separated by commas: 9141,7000';
  return {
    description: `up to ${MOST_PORTS} ports, separated by commas`,
    format: (given) => given.join(','),
    parse(text) {
      const words = text.split(/[\s,]+/).filter((word) => word !== '');
      const wrong = words.filter((word) => !one.parse(word).ok);
      if (wrong.length > 0) return rejected(`names ${someOf(wrong)}, which is not a port`, remedy);
      const given = words.map(Number);
      const twice = given.filter((number, place) => given.indexOf(number) !== place);
      if (twice.length > 0)
        return rejected(`names ${someOf(twice.map(String))} twice`, 'name each port once');
      if (given.length === 0 || given.length > MOST_PORTS)
        return rejected(`names ${given.length} ports`, `give 1 to ${MOST_PORTS}, or remove it`);
      return parsed(given);
    },
  };
}

/** Milliseconds up to what Java's int holds (QuorumPeerConfig reads them with Integer.parseInt). */
export function milliseconds(min = 1): Kind<number> {
  return wholeNumber({ min, max: 2_147_483_647, unit: 'milliseconds' });
}

/** A number of ticks; the unit of initLimit and syncLimit. */
export function ticks(): Kind<number> {
  return wholeNumber({ min: 1, max: 1_000_000, unit: 'ticks' });
}

const DURATION_UNITS_MS = { ms: 1, s: 1_000, m: 60_000 } as const;

/** A span of time such as `20`, `20s`, `1500ms` or `2m`; a bare number counts seconds. The value is in milliseconds. */
export function duration(maxMs = 86_400_000): Kind<number> {
  return {
    description: 'seconds, or with a unit: 1500ms, 20s, 2m',
    format: (ms) => (ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`),
    parse(text) {
      const [, digits, unit = 's'] = /^(\d+)(ms|s|m)?$/.exec(text) ?? [];
      const remedy = 'give whole seconds, or a number with the unit ms, s or m: 20, 20s, 1500ms, 2m';
      if (digits === undefined) return rejected('is not a span of time', remedy);
      const ms = Number(digits) * DURATION_UNITS_MS[unit as keyof typeof DURATION_UNITS_MS];
      return ms <= maxMs ? parsed(ms) : rejected(`is longer than ${maxMs / 1_000} s`, remedy);
    },
  };
}
