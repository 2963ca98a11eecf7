import { readFileSync } from 'node:fs';
import { startImokServer } from './imok-server.ts';

// Run in java's place, with java's arguments: serves on the client port of the zoo.cfg that comes last, and no more.
const config = readFileSync(process.argv.at(-1) ?? '', 'utf8');
await startImokServer(Number(/^clientPort=(\d+)$/m.exec(config)?.[1]));
