/** Takes each request through signature, permission, windows, troubles and credits to its route, in that order. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { text as readText } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import type { Account, AccountDesk } from "./account-desk.ts";
import type { CallLog } from "./call-log.ts";
import type { Fault, FaultOf } from "./faults.ts";
import type { Bucket, RateWindows } from "./rate-windows.ts";
import { rateHeaders } from "./rate-windows.ts";
import type { Reply } from "./refusals.ts";
import { Refused, refusals } from "./refusals.ts";
import type { Route } from "./routes/table.ts";
import { routes } from "./routes/table.ts";
import { oauthParameters, SignatureCheck } from "./signature.ts";
import type { World } from "./world.ts";

export interface DeskParts {
  readonly world: World;
  readonly accounts: AccountDesk;
  readonly windows: RateWindows;
  readonly log: CallLog;
  readonly now: () => number;
  readonly faults: FaultOf | undefined;
}

/** A request that was read to its end. */
interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly contentType: string;
  readonly body: string;
  readonly route: Route | undefined;
  /** The id or name in the path. */
  readonly parameter: string;
}

export class Desk {
  readonly #parts: DeskParts;
  readonly #signatures: SignatureCheck;
  #calls = 0;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#signatures = new SignatureCheck(parts.accounts.all);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let asked: Asked;
    try {
      asked = await read(request);
    } catch {
      return; // The caller went away in the middle of its request: it never arrived.
    }
    const fault = this.#faultFor(asked);
    const { reply, account } = neverArrives(fault)
      ? { reply: undefined, account: undefined }
      : this.#answer(asked, fault);
    const answered = fault?.kind === "answer" ? { ...reply, ...refusals[fault.refusal] } : reply;
    this.#note(asked, account, { status: answered?.status ?? 0, fault: fault?.kind });
    const { delayMs } = this.#parts.world.options;
    if (delayMs !== undefined) await wait(delayMs);
    if (fault?.kind === "cut") response.destroy();
    else if (fault?.kind !== "silent") respond(response, answered ?? refusals.internal);
  }

  #faultFor(asked: Asked): Fault | undefined {
    this.#calls += 1;
    const { route, authorization, parameter, url } = asked;
    if (!route) return undefined;
    const { log, accounts, world, faults } = this.#parts;
    const account = accounts.withToken(oauthParameters(authorization).get("oauth_token"))?.name;
    const person = world.people.withId(parameter)?.username;
    const numbers = log.begin(route.name, this.#calls);
    return faults?.({ route: route.name, host: url.host, account, person, ...numbers });
  }

  #answer(asked: Asked, fault: Fault | undefined): { reply: Reply; account: Account | undefined } {
    const keys = this.#signatures.verify(asked, this.#parts.now());
    const account = this.#parts.accounts.withToken(keys?.accessToken);
    if (!account) return { reply: refusals.unauthorized, account };
    if (!asked.route) return { reply: refusals.notFound, account };
    const { headers, isFull } = this.#count(asked.route, account);
    const isRefused = fault !== undefined && fault.written !== true;
    if (isFull || isRefused) return { reply: { ...refusals.tooMany, headers }, account };
    return { reply: { ...this.#pass(asked, asked.route, account), headers }, account };
  }

  /** Counts the call in its windows, whatever comes of it. */
  #count(route: Route, account: Account): { headers: Record<string, string>; isFull: boolean } {
    const { windows, now } = this.#parts;
    const buckets = route.windows.map((window): Bucket => ({
      window,
      holder: window === "appDay" ? account.app : account.name,
    }));
    const { isFull, readings } = windows.take(buckets, now());
    return { headers: rateHeaders(readings), isFull };
  }

  #pass(asked: Asked, route: Route, account: Account): Reply {
    const { world, accounts, now } = this.#parts;
    if (route.isPrivate && account.permission !== "readWriteDm") return refusals.oauth1Permissions;
    const obstacle = accounts.obstacle(account, route.name === "sendMessage");
    if (obstacle) return obstacle;
    if (!world.bill.canPay(route.leastCredits)) return refusals.creditsDepleted;
    const { parameter, contentType, body, url } = asked;
    const visit = { world, account: account.person, parameter, contentType, body, now: now() };
    try {
      return route.answer({ ...visit, query: url.searchParams });
    } catch (error) {
      if (error instanceof Refused) return error.reply;
      throw error;
    }
  }

  #note(
    { method, url, route }: Asked,
    account: Account | undefined,
    end: { status: number; fault: Fault["kind"] | undefined },
  ): void {
    this.#parts.log.add({
      number: this.#calls,
      at: this.#parts.now(),
      method,
      host: url.host,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      route: route?.name,
      account: account?.name,
      ...end,
    });
  }
}

/** Cut off on the way, or refused by the edge: X itself never sees the call, and counts it nowhere. */
function neverArrives(fault: Fault | undefined): boolean {
  if (!fault || fault.written === true) return false;
  return fault.kind !== "answer" || refusals[fault.refusal].status >= 500;
}

async function read(request: IncomingMessage): Promise<Asked> {
  const { method = "GET", headers } = request;
  const url = new URL(request.url ?? "/", `http://${headers.host ?? "127.0.0.1"}`);
  const body = await readText(request);
  const route = routes.find((one) => one.method === method && one.path.test(url.pathname));
  const parameter = decodeURIComponent(route?.path.exec(url.pathname)?.[1] ?? "");
  const contentType = headers["content-type"] ?? "";
  return { method, url, authorization: headers.authorization, contentType, body, route, parameter };
}

function respond(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  const isPage = typeof body === "string";
  response.writeHead(status, {
    "content-type": isPage ? "text/html; charset=utf-8" : "application/json; charset=utf-8",
    ...headers,
  });
  response.end(isPage ? body : JSON.stringify(body));
}
