import { type Finding, finding } from '../../findings/finding.ts';
import { type GivenValue, lastFlag, systemProperty } from '../keys-in-effect.ts';
import type { SettingFacts } from '../setting-facts.ts';
import { type JvmWord, jvmWords, shownWord, subjectOf } from './command-line.ts';

/** Agents, debuggers and JMX: who else gets them, who may come in, and whether this Java has them. */
export function agentFindings(facts: SettingFacts): Finding[] {
  return [
    ...sharedPortFindings(facts),
    ...openJmxFindings(facts),
    ...jmxFileFindings(facts),
    ...moduleFindings(facts),
  ];
}

/**
 * zkServer.sh status and zkCli.sh start a JVM in the same container, with every variable but SERVER_JVMFLAGS: it would
 * open the port too, and cannot.
 */
function sharedPortFindings(facts: SettingFacts): Finding[] {
  return jvmWords(facts)
    .filter(({ source }) => source !== 'ours' && source !== 'SERVER_JVMFLAGS')
    .flatMap((given) => {
      const port = portOf(given.word);
      if (port === undefined) return [];
      const way = /jmxremote/.test(given.word)
        ? `set JMXPORT=${port} instead, which`
        : 'move it to SERVER_JVMFLAGS, which';
      return [
        finding('ZK-JVM-006', {
          subject: subjectOf(given),
          problem: `has ${shownWord(given)} with the port ${port}, which zkCli.sh and every other JVM of this container would open too, and end since it is taken`,
          remedy: `${way} only the server reads`,
        }),
      ];
    });
}

/** The port that the word opens: JMX, a debugger, or an agent whose value begins with a port (jmx_exporter). */
function portOf(word: string): number | undefined {
  const digits =
    /^-Dcom\.sun\.management\.jmxremote(?:\.rmi)?\.port=(\d+)$/.exec(word)?.[1] ??
    debuggerPort(word) ??
    /^-javaagent:[^=]+=(?:(?:\[[^\]]*\]|[\w.-]+):)?(\d{2,5})(?::|$)/.exec(word)?.[1] ??
    /^-(?:javaagent|agentpath|agentlib):[^=]+=(?:.*[,;&])?(?:port|httpPort)=(\d{2,5})\b/i.exec(word)?.[1];
  const port = Number(digits);
  return digits !== undefined && port > 0 && port < 65_536 ? port : undefined;
}

/** An agent that waits for its debugger (server=y) listens. An agent that connects to the debugger does not. */
function debuggerPort(word: string): string | undefined {
  if (!/^-(?:agentlib:jdwp=|Xrunjdwp:)/.test(word) || !/\bserver=y\b/.test(word)) return undefined;
  return /\baddress=(?:[^,]*:)?(\d+)\b/.exec(word)?.[1];
}

const REMOTE = 'com.sun.management.jmxremote';

/** Everybody who reaches the port can load code into the server (Java, "Monitoring and Management Using JMX"). */
function openJmxFindings(facts: SettingFacts): Finding[] {
  const port = lastFlag(facts, (flag) => /^-Dcom\.sun\.management\.jmxremote\.port=(\d+)$/.exec(flag)?.[1]);
  const isOpen = (name: string) =>
    systemProperty(facts, `${REMOTE}.${name}`)?.value.toLowerCase() === 'false';
  const host = systemProperty(facts, `${REMOTE}.host`)?.value ?? '';
  const byTls = systemProperty(facts, `${REMOTE}.ssl.need.client.auth`)?.value === 'true' && !isOpen('ssl');
  if (port === undefined || port.value === '0' || !isOpen('authenticate') || byTls) return [];
  if (/^(127(\.\d+){3}|localhost|::1|\[::1\])$/i.test(host)) return [];
  const isOurs = port.subject === 'ours';
  return [
    finding('ZK-JVM-007', {
      subject: isOurs ? 'JMXPORT' : port.subject,
      problem: `opens remote JMX on the port ${port.value} without a password${isOpen('ssl') ? ' and without TLS' : ''}: everybody who reaches it can run code in the server`,
      remedy: `${isOurs ? 'set JMXAUTH=true' : `set ${REMOTE}.authenticate=true`} and -D${REMOTE}.password.file=/path, or bind it with -D${REMOTE}.host=127.0.0.1`,
    }),
  ];
}

/** Files without which the agent of JMX ends the JVM: "Password file not found", "Config file not found". */
function jmxFileFindings(facts: SettingFacts): Finding[] {
  const port = lastFlag(facts, (flag) => /^-Dcom\.sun\.management\.jmxremote\.port=(\d+)$/.exec(flag)?.[1]);
  const config = systemProperty(facts, 'com.sun.management.config.file');
  if (config !== undefined) return fileFindings(facts, 'com.sun.management.config.file', config);
  const off = systemProperty(facts, `${REMOTE}.authenticate`)?.value.toLowerCase() === 'false';
  if (port === undefined || off || systemProperty(facts, `${REMOTE}.login.config`) !== undefined) return [];
  const given = systemProperty(facts, `${REMOTE}.password.file`);
  if (given !== undefined) return fileFindings(facts, `${REMOTE}.password.file`, given);
  const { javaHome } = facts.settings;
  const places = ['conf', 'lib', 'jre/lib'].map(
    (folder) => `${javaHome}/${folder}/management/jmxremote.password`,
  );
  const isThere = places.some((path) => facts.podFiles?.readText(path).ok);
  if (facts.podFiles === undefined || javaHome === undefined || isThere) return [];
  const isOurs = port.subject === 'ours';
  return [
    unstartable(isOurs ? 'JMXPORT' : port.subject, {
      problem: `opens remote JMX on the port ${port.value} with a password, and no flag names the file of passwords: the JVM would end at once`,
      remedy: `add -D${REMOTE}.password.file=/path to SERVER_JVMFLAGS, a file that ${OWNER_ALONE}`,
    }),
  ];
}

const OWNER_ALONE = 'the user of the JVM owns and nobody else may read (mode 0400)';

function fileFindings(facts: SettingFacts, name: string, { value, subject }: GivenValue): Finding[] {
  const file = facts.podFiles?.readText(value);
  if (file === undefined || file.ok) return [];
  return [
    unstartable(subject, {
      problem: `has -D${name}=${value}, which ${file.problem}: the JVM would end at once`,
      remedy: `mount there a file that ${/password/.test(name) ? OWNER_ALONE : 'the user of the JVM may read'}, or correct the path`,
    }),
  ];
}

function unstartable(subject: string, { problem, remedy }: { problem: string; remedy: string }): Finding {
  return finding('ZK-JVM-009', { subject: subject === 'ours' ? 'JMXPORT' : subject, problem, remedy });
}

/** What a flag needs of Java's modules; one that was cut with jlink has only those it was made with. */
const NEEDS: readonly (readonly [RegExp, string])[] = [
  [/^-javaagent:/, 'java.instrument'],
  [/^-(agentlib:|Xrun)jdwp\b/, 'jdk.jdwp.agent'],
  [/^-Dcom\.sun\.management\.(jmxremote|config\.file|snmp)/, 'jdk.management.agent'],
  [/^-XX:(StartFlightRecording|FlightRecorderOptions)\b/, 'jdk.jfr'],
];

function moduleFindings(facts: SettingFacts): Finding[] {
  const modules = facts.jvm?.java?.modules;
  if (modules === undefined) return [];
  const words = jvmWords(facts);
  return NEEDS.flatMap(([flag, module]) => {
    const given = words.find(({ word }) => flag.test(word));
    return given === undefined || modules.has(module) ? [] : [lacking(given, module)];
  }).concat(
    addedModules(words).flatMap(({ given, module }) => (modules.has(module) ? [] : [lacking(given, module)])),
  );
}

/** --add-modules names modules, or three groups of them in capitals; "not found" ends the JVM. */
function addedModules(words: readonly JvmWord[]): { given: JvmWord; module: string }[] {
  return words.flatMap((given, place) => {
    const list = /^--add-modules(?:=(.+))?$/.exec(given.word);
    const names = list === null ? '' : (list[1] ?? words[place + 1]?.word ?? '');
    const own = words.some(({ word }) => /^(-p|--module-path|--upgrade-module-path)(=|$)/.test(word));
    return own
      ? []
      : names
          .split(',')
          .filter((name) => /^[a-z]/.test(name))
          .map((module) => ({ given, module }));
  });
}

function lacking(given: JvmWord, module: string): Finding {
  const isOurs = given.source === 'ours';
  return finding('ZK-JVM-008', {
    subject: isOurs ? 'JMXPORT' : subjectOf(given),
    problem: `has ${shownWord(given)}, which needs the module ${module}, and this Java has none: the JVM would end at once`,
    remedy: `use a Java with ${module} (JAVA_HOME), or make it anew with jlink --add-modules …,${module}`,
  });
}
