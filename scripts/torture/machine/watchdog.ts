import { dismantle } from './dismantle.ts';

// Started beside a run with a pipe from it. However the run ends, KILL included, the pipe closes; when it has not said
// before that everything is taken away, nothing of it is left, its folder included.
const [folder, run] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
let dismissed = false;
process.stdin.on('data', () => {
  dismissed = true;
});
process.stdin.once('close', () => {
  if (folder !== undefined && !dismissed) void dismantle({ folder, run: Number(run) }, { keep: false });
});
