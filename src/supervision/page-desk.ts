import { createHash } from 'node:crypto';
import packageJson from '../../package.json' with { type: 'json' };
import { readPeerStatus } from '../admission/peer-status.ts';
import type { Picture } from '../ensemble-status/content.ts';
import { readDetails } from '../ensemble-status/details.ts';
import type { MemberAnswers, SurveyMember } from '../ensemble-status/member.ts';
import { committedMembers, newestOf, type Wished } from '../ensemble-status/members.ts';
import { pageHtml } from '../ensemble-status/page.ts';
import { PAGE_STYLE } from '../ensemble-status/page-style.ts';
import { suffices } from '../ensemble-status/read-member.ts';
import { survey } from '../ensemble-status/survey.ts';
import type { HealthAnswer } from '../health/routes.ts';
import { askMember } from '../host/network/ask-member.ts';
import type { PeerKeySettings } from '../host/network/peer-marks.ts';

/** What the page is made from beside the answers of the members. */
export interface PageSources {
  /** Undefined while the settings do not say who the members are. */
  wished(): Wished | undefined;
  /** Monotonic milliseconds. */
  clock(): number;
  /** Epoch milliseconds. */
  nowMs(): number;
  /** Asks another member; never rejects. */
  ask?(member: SurveyMember): Promise<MemberAnswers>;
}

/** All requests get the same picture for this long, so a flood of requests asks each peer once in that time. */
const GOOD_FOR_MS = 2_000;
/** Well below the time after which the health endpoint gives an answer up. */
const PEER_TIMEOUT_MS = 1_500;
const AGAIN_AFTER_S = 5;

/** A page that shows nothing but itself: no script, no form, no frame, and the one style that is in it. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

interface Look {
  readonly atMs: number;
  readonly pages: Promise<{ readonly live: string; readonly still: string }>;
}

/** Makes the page for people from the reports of all members. A separate bundle (tsup.config.ts). */
export class PageDesk {
  readonly #sources: PageSources;
  #look: Look | undefined;

  constructor(sources: PageSources) {
    this.#sources = sources;
  }

  /** The page; `own` is what this member answers to `/status?verbose`. */
  async answer(own: string, isStill: boolean): Promise<HealthAnswer> {
    const nowMs = this.#sources.clock();
    if (this.#look === undefined || nowMs - this.#look.atMs >= GOOD_FOR_MS)
      this.#look = { atMs: nowMs, pages: this.#pages(own) };
    const { live, still } = await this.#look.pages;
    const body = isStill ? still : live;
    return { status: 200, contentType: 'text/html; charset=utf-8', body, headers: HEADERS };
  }

  async #pages(own: string) {
    const wished = this.#sources.wished();
    const picture = await this.#picture(own, wished);
    const { ensemble } = wished ?? {};
    const facts = {
      picture,
      own: { id: ensemble?.myid, name: ensemble?.name },
      nowMs: this.#sources.nowMs(),
      entrypointVersion: packageJson.version,
    };
    return {
      live: pageHtml({ ...facts, againAfterS: AGAIN_AFTER_S }),
      still: pageHtml({ ...facts, againAfterS: undefined }),
    };
  }

  async #picture(body: string, wished: Wished | undefined): Promise<Picture> {
    const told = readPeerStatus(body);
    const ourselves: MemberAnswers = { address: undefined, told, details: readDetails(body) };
    if (wished === undefined) return survey([UNNAMED], async () => ourselves);
    // Only the configuration on the own volume counts, so that no peer can send the requests of this member to other hosts.
    const own = told?.member?.committed ?? undefined;
    const { members, committed, wished: ids } = committedMembers(wished, newestOf(own ? [own] : []));
    const { myid } = wished.ensemble;
    const { settings } = wished;
    const ask = this.#sources.ask ?? ((member: SurveyMember) => askPeer(member, settings));
    const seen = await survey(
      members,
      async (member) => (member.id === myid ? ourselves : ask(member)),
      committed,
    );
    return { ...seen, ...(ids === undefined ? {} : { wished: ids }) };
  }
}

function askPeer(member: SurveyMember, key: PeerKeySettings): Promise<MemberAnswers> {
  return askMember({
    ...member,
    key,
    timeoutMs: PEER_TIMEOUT_MS,
    suffices: (answers) => suffices(member, answers),
  });
}

/** This member, as long as its name is not known. */
const UNNAMED: SurveyMember = {
  name: 'this member',
  id: undefined,
  host: '127.0.0.1',
  port: 0,
  votes: true,
  healthPort: 0,
};
