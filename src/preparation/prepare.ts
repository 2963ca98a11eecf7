import { settingFindings } from '../checks/all-checks.ts';
import { hasGivenFlags } from '../checks/jvm/command-line.ts';
import { heapInUse } from '../checks/jvm/jvm-heap.ts';
import type { SettingFacts } from '../checks/setting-facts.ts';
import { foreignNames } from '../dialects/foreign-names.ts';
import { FOREIGN_CONFIGS, FOREIGN_DATA, isInUse } from '../dialects/foreign-places.ts';
import { identify } from '../ensemble/identity.ts';
import type { Ensemble } from '../ensemble/member.ts';
import { splitHostName } from '../ensemble/ordinal.ts';
import { type Finding, finding, hasErrors } from '../findings/finding.ts';
import { Ledger } from '../findings/ledger.ts';
import type { CertificateFact } from '../health/facts.ts';
import { makePlan, type Plan } from '../render/plan.ts';
import type { PlanInput } from '../render/plan-input.ts';
import { basisOf } from '../settings/default-heap.ts';
import type { EnvFile } from '../settings/env-file.ts';
import { propertiesOf } from '../settings/kinds/extra-config.ts';
import { heapBytes } from '../settings/kinds/heap.ts';
import { withLogLimit } from '../settings/log-limit.ts';
import { withLogins } from '../settings/logins.ts';
import { withDefaultHeap } from '../settings/memory.ts';
import { filesToRead, type ReadSettings, readSettings } from '../settings/read.ts';
import type { WithForeign } from '../settings/read-foreign.ts';
import { lookUp, type SettingSources, type Variables } from '../settings/read-row.ts';
import { rows, type Settings, table } from '../settings/table.ts';
import { withTls } from '../settings/tls.ts';
import { mayHaveKnownFaults } from '../zookeeper/defects.ts';
import type { Distribution } from '../zookeeper/distribution.ts';
import { type Assumption, chooseClassArchive, chooseDistribution } from './choose-distribution.ts';
import type { Machine } from './machine.ts';
import { certificatesOf, javaRelease, podFilesOf } from './pod-files.ts';

/** What a command may change about the machine's view: another pod, another release, variables from a file. */
export interface Wishes {
  readonly hostName?: string;
  readonly envFile?: EnvFile;
  readonly assume: Assumption;
  /** The image that the names belong to. Without it, the names decide. */
  readonly from?: 'bitnami' | 'docker-library' | 'confluent';
}

/** Everything that is known before the JVM. */
export interface Prepared extends ReadSettings {
  /** The findings so far, and the place to report later ones. */
  readonly ledger: Ledger;
  /** When the certificates that TLS uses expire. */
  readonly certificates: readonly CertificateFact[];
  /** What the checks of settings were made of. */
  readonly facts: SettingFacts;
  /** The plan even if checks fail, for checks of the machine, never for a start. It needs valid values. */
  readonly draft: Ready | undefined;
  /** There exactly when no finding is an error. */
  readonly ready: Ready | undefined;
}

/** A plan and what it was made from. */
export interface Ready {
  readonly settings: Settings;
  readonly ensemble: Ensemble;
  readonly distribution: Distribution;
  readonly heapBytes: number;
  readonly input: PlanInput;
  readonly plan: Plan;
}

/** Settings, identity, distribution, plan and checks, in this order, with all findings at once. */
export async function prepare(machine: Machine, wishes: Wishes): Promise<Prepared> {
  const { sources, ...translated } = await sourcesOf(machine, wishes);
  const read = readSettings(sources);
  const { settings: given, origins } = read;
  const { distribution, ...chosen } = chooseDistribution(machine, {
    settings: given,
    origins,
    assume: wishes.assume,
  });
  const atVolume = wishes.hostName === undefined ? machine.volumeBytes?.(given.dataLogDir) : undefined;
  const release = distribution?.release;
  const memory = basisOf(memoryOf(machine, wishes), given.memoryRequest);
  const heapIsGiven = origins.get('heap')?.kind !== 'derived';
  const written = withLogLimit(withLogins(withTls(given, release), release), {
    release,
    volumeBytes: atVolume,
  });
  const settings = heapIsGiven ? written : withDefaultHeap(written, memory);
  const { ensemble, ...identified } = identify(
    settings,
    await hostIdentity(machine, settings, wishes.hostName),
  );
  const heap = heapBytes(settings.heap, memory);
  const java = machine.findJava(settings.javaHome);
  const jvm = { variables: machine.variables, java: javaRelease(machine.readJavaRelease?.(java)) };
  // Another pod's files are not here.
  const atHand = wishes.hostName === undefined && machine.inspectTlsStore !== undefined;
  const podFiles = atHand ? await podFilesOf(machine, { settings, distribution, jvm }) : undefined;
  // A machine without a ZooKeeper is not the one that the member would start on.
  const isItsOwn = atHand && distribution?.assumed === false;
  const addresses = isItsOwn ? machine.ownAddresses?.() : undefined;
  const { memoryBytes, memoryIs } = machine.memory;
  const machineBytes = isItsOwn && memoryIs === 'machine' ? memoryBytes : undefined;
  const keyFile = atHand ? lookUp(sources, `${table.peerKey.variable}_FILE`)?.text : undefined;
  const openKeyFile = keyFile !== undefined && machine.isReadableByAll?.(keyFile) ? keyFile : undefined;
  const facts = {
    settings,
    given,
    ensemble,
    distribution,
    heapBytes: heap,
    heapIsGiven,
    memory,
    machineBytes,
    addresses,
    podFiles,
    openKeyFile,
    jvm,
  };
  const checked = [...settingFindings(facts), ...(await givenFlags(facts)), ...(await knownFaults(facts))];
  const archive = chooseClassArchive(machine, { distribution, java, settings });
  const found = [
    ...translated.findings,
    ...read.findings,
    ...translated.notes(read),
    ...identified.findings.filter(
      (each) =>
        !(each.code === 'ZK-SETTING-006' && (hasErrors(translated.findings) || triesToNameMembers(read))) &&
        !restsOnUnread(each, read),
    ),
    ...chosen.findings,
    ...checked.filter((each) => !restsOnUnread(each, read)),
    ...archive.findings,
  ];
  const ledger = new Ledger(settings);
  ledger.report(found);
  const certificates = podFiles === undefined ? [] : certificatesOf(podFiles, facts);
  const draft =
    ensemble === undefined ||
    distribution === undefined ||
    hasErrors([...translated.findings, ...read.findings])
      ? undefined
      : drafted({
          settings,
          ensemble,
          distribution,
          heapBytes: heap,
          heapInUse: heapInUse(facts).largest,
          java,
          classArchive: archive.path,
        });
  const ready = ledger.refuses ? undefined : draft;
  return { settings, origins, findings: ledger.findings, ledger, certificates, facts, draft, ready };
}

/** The table of faults is a separate bundle, read only for a release that has faults. */
async function knownFaults(facts: SettingFacts): Promise<Finding[]> {
  const release = facts.distribution?.release;
  if (release === undefined || !mayHaveKnownFaults(release)) return [];
  return (await import('../checks/known-faults.ts')).knownFaultFindings(facts);
}

/** The checks of flags are a separate bundle, which is loaded if a flag is given or JMX is asked for. */
async function givenFlags(facts: SettingFacts): Promise<Finding[]> {
  if (!hasGivenFlags(facts)) return [];
  return (await import('../checks/jvm/given-flags.ts')).givenFlagFindings(facts);
}

/** A list or number that was given but is invalid does not count as missing. */
function triesToNameMembers({ findings }: ReadSettings): boolean {
  return findings.some(
    ({ severity, subject }) => severity === 'error' && /^ZK_(REPLICAS|ENSEMBLE)(_FILE)?$/.test(subject),
  );
}

/**
 * A judgement that names a variable which could not be read was made with its default in its place: it would say that a
 * variable is not set, which is, or compare with a port that nobody asked for.
 */
function restsOnUnread({ subject, problem, remedy }: Finding, { findings }: ReadSettings): boolean {
  const unread = findings.filter(({ severity }) => severity === 'error').map((each) => each.subject);
  if (unread.length === 0) return false;
  const named = new Set(`${subject} ${problem} ${remedy}`.match(/\b[A-Z][A-Z0-9_]+\b/g));
  const ofFile = (name: string) => name.replace(/_FILE$/, '');
  return [...named].some((name) => unread.some((variable) => ofFile(variable) === ofFile(name)));
}

function drafted(input: PlanInput): Ready {
  const { settings, ensemble, distribution, heapBytes } = input;
  return { settings, ensemble, distribution, heapBytes, input, plan: makePlan(input) };
}

/** The limit of this machine's container says nothing about another pod's. */
function memoryOf({ memory }: Machine, { hostName }: Wishes): Machine['memory'] {
  return hostName === undefined ? memory : { ...memory, memoryIs: 'machine' };
}

interface Sources {
  readonly sources: SettingSources & WithForeign;
  readonly findings: readonly Finding[];
  /** Findings about the defaults of another image, once the settings are read. */
  notes(read: ReadSettings): readonly Finding[];
}

async function sourcesOf(machine: Machine, { envFile, hostName, from }: Wishes): Promise<Sources> {
  const given = { variables: machine.variables, ...(envFile === undefined ? {} : { envFile }) };
  const files = new Map(filesToRead(given).map((path) => [path, machine.readText(path)]));
  const sources = { ...given, files, memory: machine.memory };
  const variables = envFile === undefined ? given.variables : withEnvFile(given.variables, envFile.variables);
  const names = foreignNames(variables);
  // Another pod's volume is not here.
  const looks = (hostName === undefined ? machine.places : undefined) ?? {};
  const isForeign =
    names.length > 0 ||
    from !== undefined ||
    FOREIGN_DATA.some((path) => isInUse(path, looks)) ||
    FOREIGN_CONFIGS.some((path) => machine.readText(path).ok);
  if (!isForeign) return { sources, findings: [], notes: () => [] };
  // The tables of other images are a bundle of their own, which is read where one of their names is set.
  const { translate } = await import('../dialects/translate.ts');
  const { foreign, findings, notes } = translate({
    names,
    variables,
    readText: machine.readText,
    ...(from === undefined ? {} : { from }),
    looks,
    ours: { rows, table, propertiesOf },
  });
  const found = (said: ReturnType<typeof notes>) => said.map(({ code, ...words }) => finding(code, words));
  return {
    sources: { ...sources, foreign },
    findings: found(findings),
    notes: (read) => found(notes(read)),
  };
}

/** The real environment wins, but an empty variable is the same as none. */
function withEnvFile(own: Variables, filed: Variables): Variables {
  const set = Object.entries(own).filter(([, value]) => value?.trim());
  return { ...filed, ...Object.fromEntries(set) };
}

/** The resolver is asked only if nothing else gives the domain and there are peers. */
async function hostIdentity(machine: Machine, settings: Settings, wished: string | undefined) {
  const hostName = wished ?? machine.hostName;
  const { name, domain } = splitHostName(hostName);
  const asksQuorum =
    settings.membership === 'dynamic' ||
    settings.observerOf !== undefined ||
    settings.extraConfig.some(([key]) => key === 'standaloneEnabled');
  const alone = (settings.ensemble?.length ?? settings.replicas ?? 1) < 2 && !asksQuorum;
  const idOnVolume = wished === undefined ? { idOnVolume: () => machine.findId?.(settings.dataDir) } : {};
  if (wished !== undefined || domain !== undefined || settings.domain !== undefined || alone) {
    return { hostName, domain: undefined, ...idOnVolume };
  }
  return { hostName, domain: await machine.findDomain(name), ...idOnVolume };
}
