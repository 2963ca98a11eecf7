'use strict';
// Stands in for java in the process tests: says what it gets and does what FAKE_JVM (JSON) tells it.
//   exitAfterMs, exitWith   end by itself with a status
//   ignore: ['SIGTERM']     take a signal and go on
//   onTerm: 143             the status after SIGTERM (default 143, as a JVM ends)
//   serve: true             answer ruok on the client port of the zoo.cfg it is given, as its last argument
//   mode: 'follower'        answer srvr there, as a server of that mode does
//   grandchild: true        start a process that ignores SIGTERM, and print its pid
//   lines: 3                print that many lines of 64 KiB
//   quiet: true             print nothing
//   half: true              print the first byte of a two-byte character, end with the second
const { spawn } = require('node:child_process');
const { readFileSync, writeSync } = require('node:fs');
const { createServer } = require('node:net');

const told = JSON.parse(process.env.FAKE_JVM || '{}');
const say = told.quiet ? () => {} : (line) => writeSync(1, `${line}\n`);

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2']) {
  process.on(signal, () => {
    say(`got ${signal} at ${Date.now()}`);
    if (signal === 'SIGTERM' && !(told.ignore || []).includes(signal)) end(told.onTerm ?? 143);
  });
}

function end(status) {
  if (told.half) writeSync(1, Buffer.from([0xa9]));
  process.exit(status);
}

if (told.serve || told.mode) {
  const zooCfg = readFileSync(process.argv.at(-1), 'utf8');
  const of = (key) => new RegExp(`^${key}=(.+)$`, 'm').exec(zooCfg)?.[1];
  const answer = (word) => (word === 'srvr' && told.mode ? `Mode: ${told.mode}\n` : 'imok');
  createServer((socket) =>
    socket.on('error', () => {}).once('data', (word) => socket.end(answer(String(word)))),
  ).listen(Number(of('clientPort')), of('clientPortAddress') ?? '127.0.0.1');
}
if (told.grandchild) {
  const stubborn = spawn('/bin/sh', ['-c', 'trap "" TERM; echo stubborn $$; while :; do sleep 0.1; done'], {
    stdio: 'inherit',
  });
  stubborn.unref();
}
for (let line = 0; line < (told.lines ?? 0); line += 1) say(String(line).repeat(65_536));
if (told.half) writeSync(1, Buffer.from([0xc3]));
if (told.exitAfterMs !== undefined) setTimeout(() => end(told.exitWith ?? 0), told.exitAfterMs);
say(`ready ${process.pid}`);
setInterval(() => {}, 60_000);
