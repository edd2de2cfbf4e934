import type { Registry } from "prom-client";
import { Counter, Gauge, Registry as PromRegistry, collectDefaultMetrics } from "prom-client";
import type { App } from "../app/app.ts";
import type { CampaignEvent } from "../domain/campaign-event.ts";
import { recipientStates } from "../domain/recipient.ts";
import { isFailing } from "../app/sync-control.ts";
import type { Figures } from "./figures.ts";

/**
 * The figures for Prometheus. What stands is set anew from the figures at each scrape; what happens is heard from the
 * application's events, from the moment this begins to listen until it is disposed of. No label is a name of a campaign,
 * a list or a person: their number has no bound, and names are nobody's business in a metrics store.
 */
export class Metrics implements Disposable {
  readonly #registry: Registry;
  readonly #happened: Happened;
  readonly #standing: Standing;
  readonly #unwatch: readonly (() => Promise<void>)[];

  /** @param options `withProcess`: also memory, event loop and the like of the process */
  constructor(app: Pick<App, "watch" | "leads">, { withProcess }: { readonly withProcess: boolean }) {
    const registry = new PromRegistry();
    this.#registry = registry;
    this.#happened = happenedIn(registry);
    this.#standing = standingIn(registry);
    if (withProcess) collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
    this.#unwatch = [
      app.watch((event) => this.#hear(event)),
      app.leads.watch((event) => {
        if (event.kind === "page") this.#happened.calls.inc({ answer: "page" });
        if (event.kind === "fault") this.#happened.calls.inc({ answer: event.fault });
      }),
    ];
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Says all of it in Prometheus' text format. */
  text(figures: Figures): Promise<string> {
    setStanding(this.#standing, figures);
    return this.#registry.metrics();
  }

  [Symbol.dispose](): void {
    for (const unwatch of this.#unwatch) void unwatch();
  }

  #hear(event: CampaignEvent): void {
    if (event.kind === "settled") {
      this.#happened.attempts.inc({ outcome: event.state });
      if (event.state !== "sent") this.#happened.faults.inc({ kind: event.state });
    }
    if (event.kind === "answered") this.#happened.answers.inc();
    if (event.kind === "account" && event.trouble !== "back")
      this.#happened.faults.inc({ kind: event.trouble });
  }
}

type Happened = ReturnType<typeof happenedIn>;
type Standing = ReturnType<typeof standingIn>;

function happenedIn(registry: Registry) {
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  return {
    attempts: counter("peyk_attempts_total", "Claims that came to an outcome, since the start", "outcome"),
    faults: counter(
      "peyk_faults_total",
      "What kept messages from being sent: outcomes (planned: surely not delivered, tried again) and troubles of accounts",
      "kind",
    ),
    answers: counter("peyk_answers_total", "Answers of people to campaigns, since the start"),
    calls: counter(
      "peyk_source_calls_total",
      "Calls to sources of leads: a page, or the kind of fault",
      "answer",
    ),
  };
}

function standingIn(registry: Registry) {
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  return {
    campaigns: gauge("peyk_campaigns", "Campaigns under way or ended in the last day", "status"),
    recipients: gauge("peyk_recipients", "Recipients of these campaigns", "status", "state"),
    answered: gauge("peyk_recipients_answered", "Recipients of these campaigns who answered", "status"),
    uncertainAge: gauge(
      "peyk_oldest_uncertain_seconds",
      "Age of the oldest uncertain recipient; 0: there is none",
    ),
    accounts: gauge("peyk_accounts", "Accounts by health", "health"),
    resting: gauge("peyk_accounts_resting", "Accounts that rest or have reached a limit"),
    leads: gauge("peyk_leads", "Leads collected, over all lists"),
    requests: gauge("peyk_lead_requests", "Requests for leads that ended"),
    exact: gauge("peyk_lead_requests_exact", "Of these, those that got exactly the number asked for"),
    callsEach: gauge("peyk_lead_request_calls_average", "Calls to sources a request, on average"),
    syncRounds: gauge("peyk_sync_rounds", "Rounds of copying that worked, since it was switched on"),
    syncRetries: gauge("peyk_sync_retries", "Transactions tried again, since it was switched on"),
    syncFailures: gauge("peyk_sync_failures", "Rounds of copying that failed, since it was switched on"),
    syncFailing: gauge(
      "peyk_sync_failing",
      "1: copying stopped by itself or its latest round failed; 0: it works, or is switched off",
    ),
    syncLag: gauge("peyk_sync_lag_seconds", "Since the last round of copying that worked"),
  };
}

function setStanding(gauges: Standing, figures: Figures): void {
  setCampaigns(gauges, figures);
  const { accounts, leads, kpis } = figures;
  gauges.accounts.reset();
  for (const health of ["active", "capped", "resting", "locked", "loggedOut"] as const)
    gauges.accounts.set({ health }, accounts.filter((one) => one.health === health).length);
  gauges.resting.set(accounts.filter(({ health }) => health === "resting" || health === "capped").length);
  gauges.leads.set(leads);
  gauges.requests.set(kpis.jobsProcessed);
  gauges.exact.set(kpis.exactCountAchieved);
  gauges.callsEach.set(kpis.averageApiCallsPerJob);
  setSync(gauges, figures);
}

function setCampaigns(gauges: Standing, { campaigns, at }: Figures): void {
  gauges.campaigns.reset();
  gauges.recipients.reset();
  gauges.answered.reset();
  for (const { campaign, counts, answered = 0 } of campaigns) {
    const { status } = campaign;
    gauges.campaigns.inc({ status });
    gauges.answered.inc({ status }, answered);
    for (const state of recipientStates) gauges.recipients.inc({ status, state }, counts[state]);
  }
  const oldest = Math.min(...campaigns.map(({ oldestUncertainAt = at }) => oldestUncertainAt), at);
  gauges.uncertainAge.set((at - oldest) / 1000);
}

function setSync(gauges: Standing, { sync, at }: Figures): void {
  if (sync.kind === "notConfigured" || sync.kind === "notNeeded") gauges.syncFailing.remove();
  else gauges.syncFailing.set(isFailing(sync) ? 1 : 0);
  const all = [gauges.syncRounds, gauges.syncRetries, gauges.syncFailures, gauges.syncLag];
  if (sync.kind !== "on") return all.forEach((one) => one.remove());
  const { successes, retries, failures, syncedAt } = sync.loop;
  gauges.syncRounds.set(successes);
  gauges.syncRetries.set(retries);
  gauges.syncFailures.set(failures);
  if (syncedAt !== undefined) gauges.syncLag.set((at - syncedAt) / 1000);
}
