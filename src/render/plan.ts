import type { Distribution } from '../distribution/distribution.ts';
import type { Ensemble } from '../ensemble/member.ts';
import type { Settings } from '../settings/table.ts';
import { type JavaCommand, javaCommand } from './java-command.ts';
import { javaEnv } from './java-env.ts';
import { javaSecurity } from './java-security.ts';
import { log4jProperties } from './log4j.ts';
import { logbackXml } from './logback.ts';
import { myidFile } from './myid.ts';
import { zooCfg } from './zoo-cfg.ts';

/** Everything that rendering needs; nothing is read while rendering. */
export interface PlanInput {
  readonly settings: Settings;
  readonly ensemble: Ensemble;
  readonly distribution: Distribution;
  /** The heap in bytes, with a share of memory already worked out. */
  readonly heapBytes: number;
  /** The heap that the JVM will have, in bytes, and the variable that says so: flags may win over ZK_HEAP_SIZE. */
  readonly heapInUse?: { readonly bytes: number; readonly subject: string } | undefined;
  /** The java executable. */
  readonly java: string;
  /** The class-data archive that fits this java and these jars, if there is one. */
  readonly classArchive?: string | undefined;
  /** True for the one start that was consented to (ZOOKEEPER-3056); zoo.cfg then says so, and the next one does not. */
  readonly trustEmptySnapshots?: boolean;
}

/** One file as it will be on the disk. */
export interface RenderedFile {
  readonly path: string;
  /** Permission bits, such as 0o644. */
  readonly mode: number;
  readonly content: string;
  /** True for myid, which is written once and never overwritten. */
  readonly onlyIfAbsent: boolean;
}

/** What `render` shows and `start` carries out. */
export interface Plan {
  /** Directories that must exist and be writable. */
  readonly directories: readonly string[];
  readonly files: readonly RenderedFile[];
  readonly java: JavaCommand;
}

/** The one plan: files and command follow from settings, ensemble and distribution alone. */
export function makePlan(input: PlanInput): Plan {
  const { confDir, dataDir, dataLogDir, logDir } = input.settings;
  const [logging, security] = [loggingFile(input), javaSecurity(input)];
  const files = [zooCfg(input), logging, javaEnv(input), security, myidFile(input)];
  return {
    directories: [...new Set([confDir, dataDir, dataLogDir, logDir])],
    files: files.filter((file) => file !== undefined),
    java: javaCommand(input, { logging: logging?.path, security: security?.path }),
  };
}

function loggingFile(input: PlanInput): RenderedFile | undefined {
  if (input.distribution.logging === 'log4j') return log4jProperties(input);
  return input.distribution.logging === 'logback' ? logbackXml(input) : undefined;
}
