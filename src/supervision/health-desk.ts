import packageJson from '../../package.json' with { type: 'json' };
import { voters } from '../ensemble/member.ts';
import type { Finding } from '../findings/finding.ts';
import type { CertificateFact, WaitingFact } from '../health/facts.ts';
import { configFingerprint } from '../host/files/fingerprint.ts';
import { monotonicMs } from '../host/monotonic.ts';
import { shownPlan } from '../preparation/masked-plan.ts';
import type { Prepared } from '../preparation/prepare.ts';
import { type MemberNow, memberFact } from '../start/member.ts';
import { formatRelease } from '../zookeeper/release.ts';
import { watchCertificates } from './certificates.ts';
import type { healthEndpoint, SupervisorView } from './health-endpoint.ts';
import type { phaseFacts } from './phase-facts.ts';

/** The health endpoint over a start: opened once, its answers say as much as is known. */
export class HealthDesk {
  readonly #prepared: Prepared;
  readonly #phase: () => ReturnType<typeof phaseFacts>;
  #now: MemberNow | undefined;
  #endpoint: Promise<ReturnType<typeof healthEndpoint>> | undefined;
  #tried: Promise<Finding[]> = Promise.resolve([]);
  /** What the start waits for before anything of this member is known. */
  #waitsFor: () => WaitingFact | undefined = () => undefined;

  constructor(prepared: Prepared, phase: () => ReturnType<typeof phaseFacts>) {
    this.#prepared = prepared;
    this.#phase = phase;
  }

  /** While the volume is waited for. A port that is taken may be that of the server which has the volume, so it is no finding. */
  async openWhileWaiting(waitsFor: () => WaitingFact | undefined): Promise<void> {
    this.#waitsFor = waitsFor;
    await this.#open();
  }

  /** A port that cannot be had is a finding. */
  async open(now: MemberNow): Promise<Finding[]> {
    this.#now = now;
    return this.#open();
  }

  async #open(): Promise<Finding[]> {
    const { settings } = this.#prepared;
    if (settings.healthPort === 0 && settings.metricsPorts.length === 0) return [];
    this.#endpoint ??= this.#made();
    // One after the other: two at once would take the port from each other.
    this.#tried = Promise.all([this.#endpoint, this.#tried]).then(([endpoint]) => endpoint.listen());
    return this.#tried;
  }

  async #made(): Promise<ReturnType<typeof healthEndpoint>> {
    const endpoint = await import('./health-endpoint.ts');
    const view = this.#view(await this.#certificates());
    // As the settings name them, whatever the ensemble has committed since.
    const wished = () => this.#prepared.draft;
    return endpoint.healthEndpoint(this.#prepared.settings, { view, wished });
  }

  #certificates(): Promise<() => readonly CertificateFact[]> {
    const { facts, ledger } = this.#prepared;
    const jvmStartedAtMs = () => this.#phase().jvmStartedAtMs;
    return watchCertificates({ facts, ledger, jvmStartedAtMs, clockMs: monotonicMs });
  }

  #view(certificates: () => readonly CertificateFact[]): SupervisorView {
    const { ready, ledger } = this.#prepared;
    let fingerprint: string | undefined;
    return () => {
      // Computed for the first request, so that the start does not wait for it.
      if (ready !== undefined) fingerprint ??= configFingerprint(shownPlan(ready.input));
      return {
        ...this.#phase(),
        ...this.#ofMember(),
        // Before the findings, which a renewed certificate may change.
        certificates: certificates(),
        findings: ledger.findings,
        configFingerprint: fingerprint,
        entrypointVersion: packageJson.version,
        myid: ready?.ensemble.myid,
        zookeeperVersion: ready && formatRelease(ready.distribution.release),
        clientPort: ready?.settings.clientPort,
        resources: () => this.#now?.resources?.(),
        votersWished: ready && voters(ready.ensemble).length,
      };
    };
  }

  #ofMember(): Pick<ReturnType<SupervisorView>, 'waiting' | 'member'> {
    if (this.#now === undefined) return { waiting: this.#waitsFor(), member: undefined };
    const now = this.#now;
    const { waiting } = now;
    return {
      waiting,
      member: () => {
        now.refresh?.();
        return memberFact(now.member, now.look, waiting !== undefined);
      },
    };
  }
}
