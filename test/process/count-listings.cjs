'use strict';
// Preloaded by Node: writes the path of every directory that is listed to the file LISTINGS, a line each.
const fs = require('node:fs');

const { appendFileSync, realpathSync } = fs;
for (const name of ['opendirSync', 'opendir', 'readdirSync', 'readdir']) {
  const list = fs[name];
  fs[name] = (path, ...rest) => {
    // Root lists by the path of a descriptor.
    appendFileSync(process.env.LISTINGS, `${realpathSync(String(path))}\n`);
    return list(path, ...rest);
  };
}
