import type { JavaRelease } from '../checks/facts.ts';

/** Reads a Java's file `release`: lines of NAME="value" (JEP 223; jlink writes it too). */
export function javaRelease(text: string | undefined): JavaRelease | undefined {
  if (text === undefined) return undefined;
  const value = (name: string) => new RegExp(`^${name}="(.*)"`, 'm').exec(text)?.[1];
  const modules = value('MODULES')
    ?.split(' ')
    .filter((name) => name !== '');
  const [, old, feature = old] = /^(?:1\.)?(\d+)/.exec(value('JAVA_VERSION') ?? '') ?? [];
  return {
    feature: feature === undefined ? undefined : Number(feature),
    modules: modules === undefined || modules.length === 0 ? undefined : new Set(modules),
    isHotSpot: !/openj9/i.test(`${value('JVM_VARIANT')} ${value('IMPLEMENTOR')}`),
  };
}
