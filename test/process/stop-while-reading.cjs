'use strict';
// Preloaded by Node: sends the process a TERM at the moment at which the launcher reads the program itself.
const Module = require('node:module');

const load = Module._load;
Module._load = (request, ...rest) => {
  if (request.endsWith('/start.cjs')) process.kill(process.pid, 'SIGTERM');
  return load(request, ...rest);
};
