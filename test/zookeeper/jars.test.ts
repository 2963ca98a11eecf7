import { describe, expect, it } from 'vitest';
import { classPathOrder, loggingBackend, serverJars } from '../../src/zookeeper/jars.ts';
import { isAtLeast, parseRelease } from '../../src/zookeeper/release.ts';

describe('serverJars', () => {
  it.each([
    ['zookeeper-3.9.3.jar', '3.9.3'],
    ['zookeeper-3.4.13.jar', '3.4.13'],
    ['zookeeper-3.9.6-2.jar', '3.9.6'],
    ['zookeeper.jar', undefined],
  ])('%s is of %s', (name, release) => {
    expect(serverJars([`/lib/${name}`])).toEqual([
      { path: `/lib/${name}`, release: release && parseRelease(release) },
    ]);
  });

  it.each([
    'zookeeper-jute-3.9.3.jar',
    'zookeeper-prometheus-metrics-3.9.3.jar',
    'zookeeper-3.9.3-sources.jar',
    'netty.jar',
  ])('%s is not the server', (name) => {
    expect(serverJars([`/lib/${name}`])).toEqual([]);
  });
});

describe('loggingBackend', () => {
  it.each<[string, string[]]>([
    ['logback', ['logback-classic-1.2.13.jar', 'slf4j-api-1.7.30.jar']],
    ['logback', ['logback-classic-1.3.15.jar', 'slf4j-api-2.0.13.jar']],
    ['logback', ['logback-classic.jar', 'slf4j-api.jar']],
    ['none', ['logback-classic-1.3.15.jar', 'slf4j-api-1.7.36.jar']],
    ['none', ['logback-classic-1.2.13.jar', 'slf4j-api-2.0.13.jar']],
    ['log4j', ['slf4j-log4j12-1.7.25.jar', 'log4j-1.2.17.jar', 'slf4j-api-1.7.25.jar']],
    ['log4j', ['slf4j-reload4j-1.7.36.jar', 'reload4j-1.2.19.jar', 'slf4j-api-1.7.36.jar']],
    ['none', ['slf4j-log4j12-1.7.25.jar']],
    ['none', ['slf4j-api-1.7.36.jar']],
    ['none', []],
  ])('%s from %j', (backend, names) => {
    expect(loggingBackend(names.map((name) => `/lib/${name}`))).toBe(backend);
  });
});

it('puts the class path into an order that folders do not decide', () => {
  const jars = ['/lib/b.jar', '/lib/zookeeper-3.9.3.jar', '/lib/a.jar', '/lib/slf4j-api-1.7.36.jar'];
  expect(classPathOrder(jars)).toEqual(classPathOrder(jars.toReversed()));
  expect(classPathOrder(jars)[0]).toBe('/lib/slf4j-api-1.7.36.jar');
});

it.each([
  ['3.9.3', '3.5.0', true],
  ['3.4.13', '3.5.0', false],
  ['3.10.0', '3.9.6', true],
  ['3.8', '3.8.5', true],
])('%s is at least %s: %s', (release, bound, expected) => {
  expect(isAtLeast(parseRelease(release) as NonNullable<ReturnType<typeof parseRelease>>, bound)).toBe(
    expected,
  );
});
