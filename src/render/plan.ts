import { dynamicFiles, membershipFolder } from './dynamic-files.ts';
import { jaasFile } from './jaas.ts';
import { type JavaCommand, javaCommand } from './java-command.ts';
import { javaEnv, javaSecurity } from './java-files.ts';
import { log4jProperties, logbackXml } from './logging.ts';
import type { PlanInput, RenderedFile } from './plan-input.ts';
import { zooCfg } from './zoo-cfg.ts';

/** What `render` shows and `start` carries out. */
export interface Plan {
  /** Directories that must exist and be writable. */
  readonly directories: readonly string[];
  readonly files: readonly RenderedFile[];
  readonly java: JavaCommand;
}

/** The one plan: files and command follow from settings, ensemble and distribution alone. */
export function makePlan(input: PlanInput): Plan {
  const { confDir, dataDir, dataLogDir, logDir, membership } = input.settings;
  const ofMembers = membership === 'dynamic' ? [membershipFolder(dataDir)] : [];
  const [logging, security] = [loggingFile(input), javaSecurity(input)];
  const jaas = jaasFile(input);
  const ofLogins = jaas === undefined ? [] : [input.settings.tlsWorkDir];
  const remade = [zooCfg(input), logging, javaEnv(input), security, jaas].filter(
    (file) => file !== undefined,
  );
  return {
    directories: [...new Set([confDir, dataDir, dataLogDir, logDir, ...ofMembers, ...ofLogins])],
    files: [...remade.map((file) => ({ ...file, remade: true })), ...dynamicFiles(input), myidFile(input)],
    java: javaCommand(input, { logging: logging?.path, security: security?.path }),
  };
}

function loggingFile(input: PlanInput): RenderedFile | undefined {
  if (input.distribution.logging === 'log4j') return log4jProperties(input);
  return input.distribution.logging === 'logback' ? logbackXml(input) : undefined;
}

/** The server's id alone on its line; QuorumPeerConfig reads the first line without trimming it. */
function myidFile({ settings, ensemble }: PlanInput): RenderedFile {
  return { path: `${settings.dataDir}/myid`, mode: 0o644, content: `${ensemble.myid}\n`, onlyIfAbsent: true };
}
