import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Launch, MemberPorts } from '../../scripts/local-ensemble/launch.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import {
  type CommittedConfiguration,
  configurationLines,
  readConfiguration,
  versionInName,
} from '../../src/membership/configuration.ts';
import { plainZooKeeper } from './members.ts';

/** By which file a server starts: what was committed, what it joins, or the list that a first start begins with. */
export interface DynamicStart {
  readonly lines: readonly string[];
  /** 0 for a first start. */
  readonly version: bigint;
}

/** What the servers of one ensemble need to know of each other in a test: the password of each one's super user. */
export class DynamicServers {
  readonly #passwords = new Map<number, string>();

  /** A plain ZooKeeper that may be reconfigured, with a password that is random at each start. */
  launch({ lines, version }: DynamicStart): Launch {
    return (spec) => {
      const command = plainZooKeeper()(spec);
      const conf = join(spec.folder, 'data', 'conf');
      mkdirSync(conf, { recursive: true });
      const password = randomBytes(32).toString('hex');
      this.#passwords.set(spec.id, password);
      const digest = createHash('sha1').update(`super:${password}`).digest('base64');
      const dynamicFile = join(conf, `zoo.cfg.dynamic.${version.toString(16)}`);
      const fixed = readFileSync(join(spec.folder, 'zoo.cfg'), 'utf8')
        .split('\n')
        .filter((line) => !/^(server\.|clientPort)/.test(line) && line !== '');
      const added = [
        'standaloneEnabled=false',
        'reconfigEnabled=true',
        `DigestAuthenticationProvider.superDigest=super:${digest}`,
        `dynamicConfigFile=${dynamicFile}`,
      ];
      writeFileSync(dynamicFile, lines.join('\n'));
      const zooCfg = join(conf, 'zoo.cfg');
      writeFileSync(zooCfg, `${[...fixed, ...added].join('\n')}\n`, { mode: 0o600 });
      return { ...command, args: [...command.args.slice(0, -1), zooCfg] };
    };
  }

  password({ id }: LocalMember): string {
    return this.#passwords.get(id) ?? '';
  }
}

/** What stands after `server.N=` for a member of a test. */
export function specOf({ host, serverPort, electionPort, clientPort }: MemberPorts, role: string): string {
  return `${host}:${serverPort}:${electionPort}:${role};${host}:${clientPort}`;
}

/** The newest configuration that lies on the member's volume. */
export function onVolume({ folder }: LocalMember): CommittedConfiguration | undefined {
  const conf = join(folder, 'data', 'conf');
  const read = readdirSync(conf)
    .map((name) => ({ name, version: versionInName(name) }))
    .filter(({ version }) => version !== undefined && version > 0n)
    .map(({ name, version }) => readConfiguration(readFileSync(join(conf, name), 'utf8'), version))
    .filter((reading) => reading.kind === 'read')
    .map(({ configuration }) => configuration)
    .sort((one, other) => (one.version < other.version ? -1 : 1));
  return read.at(-1);
}

/** The lines of a joiner's file. */
export function joiningLines(committed: CommittedConfiguration, own: MemberPorts): string[] {
  return [...configurationLines(committed), `server.${own.id}=${specOf(own, 'observer')}`];
}
