import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** One part of the image, as CycloneDX lists it. */
interface Component {
  readonly type: 'library' | 'application' | 'operating-system';
  readonly name: string;
  readonly version: string;
  readonly purl?: string;
  readonly hashes?: readonly { readonly alg: 'SHA-256'; readonly content: string }[];
}

/** The installed packages in dpkg's status file. */
export function debianPackages(status: string, distribution: string): Component[] {
  return status.split('\n\n').flatMap((paragraph) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(paragraph)?.[1];
    const [name, version, arch] = [field('Package'), field('Version'), field('Architecture')];
    if (name === undefined || version === undefined || field('Status') !== 'install ok installed') return [];
    const purl = `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${arch}&distro=${distribution}`;
    return [{ type: 'library', name, version, purl }];
  });
}

/** A jar by its file name: `netty-codec-4.1.48.Final.jar` is netty-codec 4.1.48.Final. */
export function jarNamed(file: string): { name: string; version: string } {
  const [, name = file.replace(/\.jar$/, ''), version = 'unknown'] =
    /^(.+?)-(\d[\w.+-]*)\.jar$/.exec(file) ?? [];
  return { name, version };
}

/** The npm packages whose files went into the bundles, with the versions that the lockfile pins. */
export function bundledPackages(
  { inputs }: { readonly inputs: Readonly<Record<string, unknown>> },
  { packages }: { readonly packages: Readonly<Record<string, { readonly version?: string }>> },
): Component[] {
  const places = Object.keys(inputs).flatMap(
    (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
  );
  return [...new Set(places)].toSorted().map((place) => {
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const version = packages[place]?.version ?? 'unknown';
    return { type: 'library', name, version, purl: `pkg:npm/${name.replace('@', '%40')}@${version}` };
  });
}

function jars(folder: string): Component[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.jar'));
  return files.toSorted().map((file) => {
    const content = createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex');
    return { type: 'library', ...jarNamed(file), hashes: [{ alg: 'SHA-256', content }] };
  });
}

function field(text: string, name: string): string {
  return new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(text)?.[1] ?? 'unknown';
}

/** Reads the image it runs in. */
function thisImage(): unknown {
  const read = (path: string) => readFileSync(path, 'utf8');
  const [os, java] = [read('/etc/os-release'), read(join(process.env['JAVA_HOME'] ?? '', 'release'))];
  const codename = field(os, 'VERSION_CODENAME');
  const own = JSON.parse(read('/usr/local/lib/zk-entrypoint/package.json'));
  const built = join(import.meta.dirname, 'metafile-cjs.json');
  const locked = join(import.meta.dirname, 'package-lock.json');
  const application = (name: string, version: string): Component => ({ type: 'application', name, version });
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: application('zk-entrypoint', own.version) },
    components: [
      { type: 'operating-system', name: 'debian', version: field(os, 'VERSION_ID') },
      application('openjdk', field(java, 'JAVA_VERSION')),
      application('node', process.versions.node),
      ...bundledPackages(JSON.parse(read(built)), JSON.parse(read(locked))),
      ...jars(join(process.env['ZK_HOME'] ?? '', 'lib')),
      ...debianPackages(read('/var/lib/dpkg/status'), codename),
    ],
  };
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename) {
  process.stdout.write(`${JSON.stringify(thisImage(), null, 2)}\n`);
}
