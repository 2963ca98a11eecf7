import type { Settings } from '../settings/table.ts';

type JmxSettings = Pick<
  Settings,
  'jmxDisable' | 'jmxPort' | 'jmxLocalOnly' | 'jmxAuth' | 'jmxSsl' | 'jmxLog4j' | 'jmxHostname'
>;

/** JMX flags by the variables of bin/zkServer.sh; unlike there, JMX is off unless one of them asks for it. */
export function jmxFlags(settings: JmxSettings): string[] {
  if (settings.jmxDisable === true) return [];
  if (settings.jmxPort !== undefined) return remote(settings, settings.jmxPort);
  const asked = settings.jmxLocalOnly !== undefined || settings.jmxDisable === false;
  if (!asked) return [];
  const localOnly = settings.jmxLocalOnly ?? false;
  return ['-Dcom.sun.management.jmxremote', `-Dcom.sun.management.jmxremote.local.only=${localOnly}`];
}

function remote({ jmxAuth, jmxSsl, jmxLog4j, jmxHostname }: JmxSettings, port: number): string[] {
  return [
    '-Dcom.sun.management.jmxremote',
    `-Dcom.sun.management.jmxremote.port=${port}`,
    // Else RMI takes a port by chance, which no Service and no network policy can name.
    `-Dcom.sun.management.jmxremote.rmi.port=${port}`,
    `-Dcom.sun.management.jmxremote.authenticate=${jmxAuth}`,
    `-Dcom.sun.management.jmxremote.ssl=${jmxSsl}`,
    `-Dzookeeper.jmx.log4j.disable=${!jmxLog4j}`,
    ...(jmxHostname === undefined ? [] : [`-Djava.rmi.server.hostname=${jmxHostname}`]),
  ];
}
