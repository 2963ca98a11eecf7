import { Command } from '@commander-js/extra-typings';
import { CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { definitions } from './commands/definitions.ts';
import { ownStatus, Refusal } from './exit-status.ts';
import type { handOverPid1 } from './host/process/init.ts';
import { visible } from './text/visible.ts';

/** What was found out before the commands were loaded. */
interface Before {
  readonly pid1: ReturnType<typeof handOverPid1>;
}

/** Parses the command line, runs one command and returns the exit status; the one place where errors end. */
export async function runCli(argv: readonly string[], { pid1 }: Before): Promise<number> {
  let status = 0;
  const finish = (ended: number) => {
    status = ended;
  };
  // `zk-entrypoint settings | head` closes our output early. That is not an error.
  process.stdout.on('error', () => process.exit(status));
  try {
    await program(finish, { pid1 }).parseAsync(argv);
    return status;
  } catch (error) {
    return statusOfError(error);
  }
}

/** Commander repeats wrong words. A value after `=` may be a secret and is cut; its own suggestion is a line by itself. */
function wrongWords(text: string): string {
  const [, words = '', suggestion = ''] = /^(.*?)(\n\(Did you mean [\w ,-]*\?\))?\n?$/s.exec(text) ?? [];
  const named = words.replace(/('-[^'=]*=).*'/s, "$1…'");
  return `${visible(named)}${suggestion}\n`;
}

function statusOfError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : ownStatus.wrongFlags;
  if (error instanceof Refusal) {
    process.stderr.write(`${visible(`error: ${error.message}`)}\n`);
    return error.status;
  }
  const message = error instanceof Error ? error.message : String(error);
  const line = `error: this is a bug of zk-entrypoint ${packageJson.version}: ${message}; please report it`;
  process.stderr.write(`${visible(line)}\n`);
  return ownStatus.bug;
}

/** Each command is loaded when it runs: a probe every few seconds must not pay for the others. */
function program(finish: (status: number) => void, { pid1 }: Before): Command {
  const root = new Command('zk-entrypoint')
    .description('Starts and supervises Apache ZooKeeper in a container, configured by ZK_* variables.')
    .version(packageJson.version)
    .helpCommand(false);
  const commands = [
    definitions
      .start()
      .action(async (flags) => finish(await (await import('./commands/start.ts')).start(flags, pid1))),
    definitions
      .render()
      .action(async (flags) => finish(await (await import('./commands/render.ts')).render(flags))),
    definitions
      .check()
      .action(async (flags) => finish(await (await import('./commands/check.ts')).check(flags))),
    definitions
      .settings()
      .action(async (flags) => finish(await (await import('./commands/settings.ts')).settings(flags))),
    definitions
      .live()
      .action(async (flags) =>
        finish(await (await import('./commands/probe.ts')).probeByFlags('live', flags)),
      ),
    definitions
      .ready()
      .action(async (flags) =>
        finish(await (await import('./commands/probe.ts')).probeByFlags('ready', flags)),
      ),
    definitions
      .status()
      .action(async (flags) => finish(await (await import('./commands/status.ts')).status(flags))),
    definitions
      .scale()
      .action(async (replicas, flags) =>
        finish(await (await import('./commands/scale.ts')).scale(replicas, flags)),
      ),
    definitions
      .sanity()
      .action(async (flags) => finish(await (await import('./commands/sanity.ts')).sanityCommand(flags))),
    definitions
      .hold()
      .action(async (flags) => finish(await (await import('./commands/hold.ts')).hold(flags))),
    definitions.release().action(async () => finish(await (await import('./commands/hold.ts')).release())),
    definitions
      .consent()
      .action(async (token) => finish(await (await import('./commands/consent.ts')).consent(token))),
  ];
  for (const command of commands) root.addCommand(command);
  for (const each of [root, ...root.commands]) {
    each
      .exitOverride()
      .configureOutput({ outputError: (text, write) => write(wrongWords(text)) })
      .showHelpAfterError('(run zk-entrypoint --help for the commands)');
  }
  return root;
}
