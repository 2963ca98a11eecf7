import { counted } from '../text/numbers.ts';
import { formatSpan } from '../text/span.ts';
import {
  behind,
  findingsOf,
  membershipLines,
  type Picture,
  roomLines,
  type SharedFinding,
  waitingOf,
} from './content.ts';
import { Html, html } from './html.ts';
import type { MemberState } from './member.ts';
import { PAGE_STYLE } from './page-style.ts';
import { isWell } from './survey.ts';

/** What the page shows, and who looked when. */
export interface PageFacts {
  readonly picture: Picture;
  /** The member whose page it is: its id and name; both are undefined where the settings do not say. */
  readonly own: { readonly id: number | undefined; readonly name: string | undefined };
  readonly nowMs: number;
  /** After how many seconds a browser asks again; undefined for a page that stays as it is. */
  readonly againAfterS: number | undefined;
  readonly entrypointVersion: string;
}

/** The page for people, whole: no script, nothing from elsewhere, and nothing of the request in it. */
export function pageHtml({ picture, own, nowMs, againAfterS, entrypointVersion }: PageFacts): string {
  const { quorum, members } = picture;
  const well = isWell(picture);
  const by = own.name ?? 'a member whose settings are refused';
  const at = `${new Date(nowMs).toISOString().slice(0, 19)}Z`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${againAfterS === undefined ? undefined : html`<meta http-equiv="refresh" content="${againAfterS}">`}
<link rel="icon" href="data:,">
<title>${quorum.exists ? (well ? 'Well' : 'Look') : 'No quorum'}: ZooKeeper, seen by ${by}</title>
<style>${new Html(PAGE_STYLE)}</style>
</head>
<body>
<header>
<h1>ZooKeeper ensemble</h1>
<p class="quorum ${quorum.exists ? (well ? 'good' : 'warn') : 'bad'}">${sentence(quorum.sentence)}</p>
<p class="faint">Seen by ${by} at <time datetime="${at}">${at}</time>. ${refreshing(againAfterS)}</p>
</header>
<main>
${section('members', 'Members', cards(members.map((member) => memberCard(member, own.id))))}
${section('waiting', 'Who waits for what', waitingItems(members))}
${section('findings', 'Findings', findingItems(members))}
${section('room', 'Space and memory', cards(members.map((member) => roomCard(member, nowMs))))}
${section('membership', 'Membership', lines(membershipLines(picture).map((line) => html`${line}`)))}
</main>
<footer>
<p>zk-entrypoint ${entrypointVersion}. The same for programs: <a href="status?verbose">status</a>, <a href="metrics">metrics</a>, <a href="readyz?verbose">readyz</a>. In a terminal: <code>zk-entrypoint status --watch</code></p>
</footer>
</body>
</html>
`.text;
}

function refreshing(againAfterS: number | undefined): Html {
  return againAfterS === undefined
    ? html`It stays as it is. <a href="?">Refresh it by itself</a>`
    : html`Refreshed every ${againAfterS} s. <a href="?still">Let it stay</a>`;
}

function section(id: string, title: string, content: Html): Html {
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${content}
</section>`;
}

function cards(items: readonly Html[]): Html {
  return html`<ul class="cards">${items}</ul>`;
}

function lines(items: readonly Html[]): Html {
  if (items.length === 0) return html`<p>Nothing is known.</p>`;
  return html`<ul class="lines">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

function memberCard(member: MemberState, ownId: number | undefined): Html {
  const { name, id, problems, details, connections, latencyMs, zxid, version, uptimeSeconds } = member;
  const facts: (readonly [string, Html | undefined])[] = [
    ['Role', html`${roleOf(member)}`],
    ['Serves', yesNo(member.serves)],
    ['Alive', yesNo(details?.alive)],
    ['Ready', yesNo(details?.ready)],
    ['Behind', optional(behind(member) ?? (member.serves ? 'not known' : undefined))],
    ['Last transaction', optional(zxid)],
    ['Connections', optional(connections)],
    ['Latency', optional(latencyMs && `${latencyMs.avg} ms on average, ${latencyMs.max} ms at most`)],
    [
      'In the quorum for',
      optional(uptimeSeconds === undefined ? undefined : formatSpan(uptimeSeconds * 1_000)),
    ],
    ['Release', optional(version)],
  ];
  const isOwn = id !== undefined && id === ownId;
  return html`<li>
<h3>${name}</h3>
<p class="faint">${id === undefined ? undefined : `member ${id}`}${isOwn ? ', whose page this is' : undefined}</p>
<dl>${facts.flatMap(([what, value]) => (value === undefined ? [] : [html`<dt>${what}</dt><dd>${value}</dd>`]))}</dl>
${problems.map((problem) => html`<p class="bad">${sentence(problem)}</p>`)}
</li>`;
}

function roleOf({ mode, waiting, votes, answers }: MemberState): string {
  const vote = votes ? 'voter' : 'no voter';
  if (waiting !== undefined) return `waiting, ${vote}`;
  return `${mode ?? (answers ? 'not serving' : 'not known')}, ${vote}`;
}

function yesNo(is: boolean | undefined): Html {
  if (is === undefined) return html`<span class="faint">not known</span>`;
  return is ? html`<span class="good">yes</span>` : html`<span class="bad">no</span>`;
}

function optional(value: string | number | undefined): Html | undefined {
  return value === undefined ? undefined : html`${value}`;
}

function waitingItems(members: readonly MemberState[]): Html {
  const waiting = waitingOf(members);
  if (waiting.length === 0) return html`<p>Nobody waits.</p>`;
  return lines(
    waiting.map(
      (each) =>
        html`<h3>${each.name}</h3><p>since ${each.since}: ${each.for}</p><p>What to do: ${each.remedy}</p>`,
    ),
  );
}

function findingItems(members: readonly MemberState[]): Html {
  const { shown, more } = findingsOf(members);
  const silent = members.filter(({ details }) => details === undefined).map(({ name }) => name);
  const unasked =
    silent.length === 0
      ? undefined
      : html`<p class="warn">Not asked, since no supervisor answers there: ${silent.join(', ')}.</p>`;
  const rest =
    more === 0 ? undefined : html`<p>${counted(more, 'more finding')}: see /status of each member.</p>`;
  if (shown.length === 0) return html`<p>None.</p>${unasked}`;
  return html`${lines(shown.map(findingItem))}${rest}${unasked}`;
}

const TONES = { error: 'bad', warning: 'warn', note: 'faint' } as const;

function findingItem({ code, severity, subject, problem, remedy, names }: SharedFinding): Html {
  return html`<h3><span class="${TONES[severity]}">${severity}</span> ${code}</h3><p>${subject} ${problem}</p><p>What to do: ${remedy}</p><p class="faint">${names.join(', ')}</p>`;
}

function roomCard({ name, details }: MemberState, nowMs: number): Html {
  const resources = details?.resources;
  const why =
    details === undefined ? 'Its supervisor does not answer.' : 'Not looked at yet: it does not serve.';
  const content =
    resources === undefined
      ? html`<p class="faint">${why}</p>`
      : roomLines(resources, nowMs).map((line) => html`<p>${line}</p>`);
  return html`<li><h3>${name}</h3>${content}</li>`;
}

/** As a sentence begins. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
