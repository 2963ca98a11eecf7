import { type Finding, finding } from '../findings/finding.ts';
import { has } from '../zookeeper/features.ts';
import { written } from './keys-in-effect.ts';
import type { SettingFacts } from './setting-facts.ts';
import { usesTls } from './tls/tls.ts';

/** Settings that need jars which this distribution has not; an assumed distribution is not judged. */
export function jarFindings(facts: SettingFacts): Finding[] {
  const { distribution } = facts;
  if (distribution === undefined || distribution.assumed) return [];
  const hasJar = (pattern: RegExp) => distribution.jars.some((path) => pattern.test(path));
  return [
    ...codecFindings(facts, hasJar),
    ...jettyFindings(facts, hasJar),
    ...providerFindings(facts, hasJar),
  ];
}

type HasJar = (pattern: RegExp) => boolean;

/** Debian's packages of 3.8.0 to 3.9.6 leave it out of the class path; Netty 3 and netty-all have everything in one. */
function codecFindings(facts: SettingFacts, hasJar: HasJar): Finding[] {
  const what = usesTls(facts);
  if (what === undefined || hasJar(/\/netty(-all|-codec|-codec-base)?(-\d[^/]*)?\.jar$/)) return [];
  return [
    finding('ZK-TLS-006', {
      subject: 'ZK_HOME',
      problem: `${facts.settings.home} has no netty-codec jar, which ${what} needs: its port would not work`,
      remedy: 'add netty-codec to lib/, of the version of the other jars of Netty',
    }),
  ];
}

function jettyFindings({ settings, distribution }: SettingFacts, hasJar: HasJar): Finding[] {
  if (settings.adminPort === 0 || !distribution || !has(distribution.release, 'adminServer')) return [];
  const missing = [
    hasJar(/\/jetty\d*-server[^/]*\.jar$/) ? [] : 'Jetty',
    hasJar(/servlet-api[^/]*\.jar$/) ? [] : 'the servlet API',
  ];
  const names = missing.flat();
  if (names.length === 0) return [];
  return [
    finding('ZK-DISTRIBUTION-005', {
      subject: 'ZK_ADMIN_PORT',
      problem: `is ${settings.adminPort}, but ${settings.home} has no jar of ${names.join(' and ')}, so nothing will listen`,
      remedy: 'add the jars to lib/, or set 0 to turn the AdminServer off',
    }),
  ];
}

function providerFindings(facts: SettingFacts, hasJar: HasJar): Finding[] {
  const name = written(facts, 'metricsProvider.className')?.value;
  if (name === undefined || !/prometheus/i.test(name) || hasJar(/zookeeper-prometheus-metrics[^/]*\.jar$/))
    return [];
  return [
    finding('ZK-CONFIG-006', {
      subject: 'ZK_EXTRA_CONFIG',
      problem: `metricsProvider.className is ${name}, and ${facts.settings.home} has no zookeeper-prometheus-metrics jar: ZooKeeper would end with 2`,
      remedy:
        'remove it and scrape /metrics on ZK_HEALTH_PORT, or on the port of ZK_METRICS_PORTS=7000; or add the jar',
    }),
  ];
}
