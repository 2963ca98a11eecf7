import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import { Browser, type Look } from './browser.ts';
import { builtEntrypoint, startMembers, testHome } from './members.ts';

const fetched = spawnSync(join(import.meta.dirname, '../../scripts/fetch-tool'), ['chromium'], {
  encoding: 'utf8',
});
if (fetched.status !== 0)
  process.stderr.write(`SKIPPED: no browser to open the page in: ${fetched.stderr}\n`);
/** A folder for pictures of the page, for docs/. */
const pictures = process.env['ZK_ENTRYPOINT_TEST_PICTURES'];

/** Every member says the same of it; the first of them has the name. */
const ONE_FINDING = { ZK_MAX_CLIENT_CNXNS: '0', POD_NAME: 'zk-0' };

const PHONE = 360;
const LOOKS: readonly (Look & { readonly name: string })[] = [
  { name: 'a phone, light', width: PHONE, scheme: 'light' },
  { name: 'a phone, dark', width: PHONE, scheme: 'dark' },
  { name: 'a desk, light', width: 1_100, scheme: 'light' },
  { name: 'a desk, dark', width: 1_100, scheme: 'dark' },
];

/** The texts whose contrast with their ground is below what WCAG 1.4.3 asks, and how many were looked at. */
const CONTRAST = `(() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = rgb(color).slice(0, 3).map((each) => each / 255)
      .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if ((rgb(backgroundColor)[3] ?? 1) > 0) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const texts = [...document.body.querySelectorAll('*')].filter((node) =>
    [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== ''));
  const poor = texts.filter((node) => {
    const [one, other] = [light(getComputedStyle(node).color), light(groundOf(node))].sort((a, b) => b - a);
    return (one + 0.05) / (other + 0.05) < 4.5;
  });
  return { looked: texts.length, poor: poor.map((node) => node.textContent) };
})()`;

const WIDER = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

describe.skipIf(fetched.status !== 0)('the page in a browser', () => {
  let ensemble: LocalEnsemble;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    ensemble = await startMembers({ size: 3, launch: builtEntrypoint(ONE_FINDING) });
    browser = new Browser(fetched.stdout.trim());
    const [first] = ensemble.all;
    url = `http://${first?.host}:${first?.healthPort}/`;
  });
  afterAll(async () => {
    await browser?.close();
    await ensemble?.close();
  });

  const heading = async () => (await fetch(url)).text();

  it('shows all members and the quorum, as the members tell it', async () => {
    await expect.poll(heading, { timeout: 30_000 }).toContain('A quorum: 3 of 3 voters serve');
    // Room and memory are looked at once a member serves.
    await expect.poll(heading, { timeout: 30_000 }).toMatch(/(free of[\s\S]*){3}/);
    const page = await browser.open(url, { width: PHONE, scheme: 'light' });
    const text = await page.value<string>('document.body.innerText');
    expect(text).toMatch(/leader, voter/);
    expect(text.match(/follower, voter/g)).toHaveLength(2);
    // Followers of 3.4 do not say whether they are in sync.
    if (!testHome().includes('3.4')) expect(text.match(/^in sync$/gm)).toHaveLength(2);
    expect(text).toMatch(
      /ZK-CLIENT-002\n+ZK_MAX_CLIENT_CNXNS is 0, [^\n]*\n+What to do: set the number that the busiest address needs/,
    );
    expect(text.match(/ZK-CLIENT-002/g)).toHaveLength(1);
    expect(text).toContain('wished by the settings: voters 1, 2, 3');
  });

  it.each(LOOKS)(
    'on $name: fits, can be read, and needs neither a script nor anything else',
    async (look) => {
      const page = await browser.open(url, look);
      expect(await page.value<number>(WIDER)).toBe(0);
      const { looked, poor } = await page.value<{ looked: number; poor: string[] }>(CONTRAST);
      expect(poor).toEqual([]);
      expect(looked).toBeGreaterThan(30);
      const ground = await page.value<string>('getComputedStyle(document.body).backgroundColor');
      expect(ground).toBe(look.scheme === 'dark' ? 'rgb(20, 23, 28)' : 'rgb(255, 255, 255)');
      expect(page.asked.filter((address) => !address.startsWith('data:'))).toEqual([url]);
      expect(page.complaints).toEqual([]);
      const picture = await page.picture();
      expect(picture.length).toBeGreaterThan(10_000);
      if (pictures !== undefined)
        writeFileSync(join(pictures, `page-${look.width}-${look.scheme}.png`), picture);
    },
  );

  it('tells a screen reader where it is', async () => {
    const page = await browser.open(url, { width: PHONE, scheme: 'light' });
    const told = await page.readers();
    const named = (role: string) => told.filter((each) => each.role === role).map(({ name }) => name);
    expect([named('banner'), named('main'), named('contentinfo')].map(({ length }) => length)).toEqual([
      1, 1, 1,
    ]);
    expect(named('region')).toEqual([
      'Members',
      'Who waits for what',
      'Findings',
      'Space and memory',
      'Membership',
    ]);
    expect(named('heading').slice(0, 2)).toEqual(['ZooKeeper ensemble', 'Members']);
    expect(await page.value<string>('document.documentElement.lang')).toBe('en');
  });

  it('runs no script that somebody else puts into it, where scripts are on', async () => {
    const page = await browser.open(url, { width: PHONE, scheme: 'light', scripts: true });
    await page.value(`{
      const made = document.createElement('script');
      made.textContent = 'document.title = "taken over"';
      document.body.append(made);
      const image = document.createElement('img');
      image.src = 'http://127.0.0.1:9/x';
      document.body.append(image);
    }`);
    expect(await page.value<string>('document.title')).toMatch(/ZooKeeper/);
    const said = () => page.complaints.join('\n');
    await expect.poll(said).toMatch(/inline script violates the following Content Security Policy/);
    await expect.poll(said).toMatch(/loading the image 'http:\/\/127.0.0.1:9\/x' violates/i);
  });

  /** How often ZooKeeper was asked each word, as that member counts it. */
  const wordsOf = async (place: number) => {
    const { host, healthPort } = ensemble.all[place] as LocalEnsemble['all'][number];
    const text = await (await fetch(`http://${host}:${healthPort}/metrics`)).text();
    const counts = text.matchAll(/^zk_entrypoint_exchange_duration_seconds_count\{word="(\w+)".*\} (\d+)$/gm);
    return new Map([...counts].map(([, word, count]) => [word, Number(count)]));
  };

  it('lets a flood reach ZooKeeper as a few words a second, and the others as fewer', async () => {
    const before = await Promise.all([0, 1, 2].map(wordsOf));
    const beganMs = performance.now();
    for (let times = 0; times < 40; times += 1)
      await Promise.all(Array.from({ length: 50 }, async () => (await fetch(url)).text()));
    const tookMs = performance.now() - beganMs;
    const after = await Promise.all([0, 1, 2].map(wordsOf));
    const more = (place: number, word: string) =>
      (after[place]?.get(word) ?? 0) - (before[place]?.get(word) ?? 0);
    for (const word of ['ruok', 'srvr', 'mntr']) {
      // An answer of ZooKeeper's is good for half a second, a page for two; one more each for the scrapes of this test.
      expect(more(0, word)).toBeLessThanOrEqual(tookMs / 500 + 3);
      for (const place of [1, 2]) expect(more(place, word)).toBeLessThanOrEqual(tookMs / 2_000 + 3);
    }
    process.stderr.write(
      `2000 pages in ${Math.round(tookMs)} ms: ${more(0, 'srvr')} srvr, ${more(1, 'srvr')} to a peer\n`,
    );
  });

  it('refreshes itself, and shows a member that is gone', async () => {
    const page = await browser.open(url, { width: PHONE, scheme: 'light' });
    const [, , third] = ensemble.members;
    third?.kill('SIGKILL');
    await expect
      .poll(() => page.value<string>('document.body.innerText'), { timeout: 40_000 })
      .toMatch(
        /Not asked, since no supervisor answers there: 127\.0\.0\.3|is not in sync|127\.0\.0\.3[\s\S]*not running/,
      );
    await expect
      .poll(() => page.value<string>('document.querySelector(".quorum").innerText'), { timeout: 40_000 })
      .toMatch(/A quorum: 2 of 3 voters serve, 2 are needed; one more failure stops the ensemble/);
    expect(page.asked.length).toBeGreaterThan(1);
    if (pictures === undefined) return;
    for (const look of LOOKS) {
      const picture = await (await browser.open(url, look)).picture();
      writeFileSync(join(pictures, `page-one-gone-${look.width}-${look.scheme}.png`), picture);
    }
  });
});
