import { expect, it } from 'vitest';
import { bundledPackages, debianPackages, jarNamed } from '../../scripts/sbom.ts';

const STATUS = `Package: bash
Status: install ok installed
Architecture: amd64
Version: 5.2.37-2+b5

Package: gone
Status: deinstall ok config-files
Architecture: amd64
Version: 1

`;

it('lists the installed packages of Debian, and no other', () => {
  expect(debianPackages(STATUS, 'trixie')).toEqual([
    {
      type: 'library',
      name: 'bash',
      version: '5.2.37-2+b5',
      purl: 'pkg:deb/debian/bash@5.2.37-2%2Bb5?arch=amd64&distro=trixie',
    },
  ]);
});

it.each([
  ['netty-codec-4.1.48.Final.jar', 'netty-codec', '4.1.48.Final'],
  ['zookeeper-3.9.6.jar', 'zookeeper', '3.9.6'],
  ['log4j-1.2-1.2.17.jar', 'log4j', '1.2-1.2.17'],
  ['servlet.jar', 'servlet', 'unknown'],
])('reads %s as %s %s', (file, name, version) => {
  expect(jarNamed(file)).toEqual({ name, version });
});

it('lists each npm package of the bundles once, with the version that the lockfile pins', () => {
  const inputs = {
    'node_modules/pino/pino.js': {},
    'node_modules/pino/lib/x.js': {},
    'node_modules/@a/b/c.js': {},
    'node_modules/pino/node_modules/d/e.js': {},
    'src/main.ts': {},
  };
  const packages = {
    'node_modules/pino': { version: '10.4.0' },
    'node_modules/@a/b': { version: '1.0.0' },
    'node_modules/pino/node_modules/d': { version: '2.0.0' },
  };
  expect(bundledPackages({ inputs }, { packages })).toEqual([
    { type: 'library', name: '@a/b', version: '1.0.0', purl: 'pkg:npm/%40a/b@1.0.0' },
    { type: 'library', name: 'pino', version: '10.4.0', purl: 'pkg:npm/pino@10.4.0' },
    { type: 'library', name: 'd', version: '2.0.0', purl: 'pkg:npm/d@2.0.0' },
  ]);
});
