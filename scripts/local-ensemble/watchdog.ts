import { sweep } from './owned.ts';

// Started beside an ensemble with a pipe from the process that started both. However that process ends (a failed
// test, Ctrl-C, KILL), the pipe closes; then nothing of the ensemble is left, neither process nor folder.
const [folder] = process.argv.slice(2);
process.stdin.resume().once('close', () => {
  if (folder !== undefined) void sweep(folder);
});
