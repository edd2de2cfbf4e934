/**
 * The pages for looking at Peyk: `/monitor` for people, `/monitor.json` and `/metrics` for programs, `/health` for whoever
 * restarts what is down. They only read, only for whoever has their key, and what they tell is what the chat tells.
 */
import { Hono } from "hono";
import type { App } from "../app/app.ts";
import { isFailing } from "../app/sync-control.ts";
import type { Clock } from "../lib/clock.ts";
import { localOnly } from "../lib/pages/local-only.ts";
import { pageDoor } from "../lib/pages/page-door.ts";
import { PAGE_HEADERS, sharedFiles, pageFile } from "../lib/pages/page-files.ts";
import type { Locale } from "../words/locale.ts";
import type { Lexicon } from "../words/words.ts";
import { localeOfCode } from "../words/locale.ts";
import { createLexicon } from "../words/words.ts";
import { foreignResponse } from "./api/foreign.ts";
import { apiRoutes } from "./api/api.ts";
import type { Figures } from "./figures.ts";
import { figuresJson, gatherFigures } from "./figures.ts";
import { Metrics } from "./metrics.ts";
import { monitorView } from "./monitor-view.ts";

export interface WebOptions {
  readonly app: App;
  readonly clock: Clock;
  /** IANA name. */
  readonly timeZone: string;
  /** Of whoever asks for no language. */
  readonly defaultLocale: Locale;
  /** There is a chat page on the same port. */
  readonly hasChat: boolean;
  /** Opens every page but `/health` and `/metrics`. */
  readonly key: string;
  /** Throws when this process does not own its data any more. */
  readonly assertHeld: () => void;
  /** Metrics of the process as well; they can't be switched off again. */
  readonly withProcessMetrics: boolean;
}

/** The pages, to be served by whoever owns a port. */
export interface Web extends Disposable {
  fetch(request: Request): Promise<Response>;
}

/** Makes the pages. */
export function createWeb(options: WebOptions): Web {
  const metrics = new Metrics(options.app, { withProcess: options.withProcessMetrics });
  const closing = new AbortController();
  const lexicon = createLexicon(options);
  const routes = webRoutes(options, metrics, {
    lexicon,
    api: apiRoutes({ ...options, lexicon }, closing.signal),
  });
  return {
    fetch: async (request) => routes.fetch(request),
    [Symbol.dispose]() {
      closing.abort();
      metrics[Symbol.dispose]();
    },
  };
}

interface Made {
  readonly lexicon: Lexicon;
  readonly api: ReturnType<typeof apiRoutes>;
}

function webRoutes(options: WebOptions, metrics: Metrics, { lexicon, api }: Made): Hono {
  const figures = () => gatherFigures(options.app, options.clock.now());
  const routes = new Hono();
  routes.use(localOnly((c) => foreignResponse(c, lexicon, options.defaultLocale)));
  routes.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(PAGE_HEADERS))
      if (!c.res.headers.has(name)) c.header(name, value);
  });
  addOpenRoutes(routes, options, { metrics, figures });
  routes.route("/api", api);
  routes.use(pageDoor(options.key));
  addPages(routes, options, { lexicon, figures });
  routes.onError((_error, c) => c.json({ status: "failing", reason: "the figures can't be read" }, 500));
  return routes;
}

interface Told {
  readonly figures: () => Promise<Figures>;
}

/** What watches Peyk has no key; it learns no name of a campaign, a list or a person. */
function addOpenRoutes(
  routes: Hono,
  options: WebOptions,
  { metrics, figures }: Told & { metrics: Metrics },
): void {
  routes.get("/health", (c) => {
    const problem = problemOf(options);
    if (problem !== undefined) return c.json({ status: "failing", reason: problem }, 503);
    // Sending goes on without the copy, and a restart would not mend it: so it is said, and is no reason for one.
    return isFailing(options.app.sync.status())
      ? c.json({ status: "degraded", reason: "the copy in PostgreSQL fails; /monitor says why" })
      : c.json({ status: "ok" });
  });
  routes.get("/metrics", async (c) =>
    c.body(await metrics.text(await figures()), 200, { "content-type": metrics.contentType }),
  );
}

function addPages(
  routes: Hono,
  { defaultLocale, hasChat }: WebOptions,
  { lexicon, figures }: Told & { readonly lexicon: Lexicon },
): void {
  const localeOf = (asked: string | undefined): Locale => localeOfCode(asked) ?? defaultLocale;
  routes.get("/", (c) => c.redirect(`/monitor${new URL(c.req.url).search}`));
  routes.get("/monitor", (c) =>
    pageFile("monitor/index.html", (text) => inLocale(text, localeOf(c.req.query("lang")))),
  );
  routes.get("/monitor.json", async (c) => c.json(figuresJson(await figures())));
  routes.get("/monitor/view.json", async (c) =>
    c.json(monitorView(await figures(), lexicon[localeOf(c.req.query("lang"))], hasChat)),
  );
  routes.get("/monitor/:file{[a-z-]+\\.(?:js|css|svg)}", (c) => pageFile(`monitor/${c.req.param("file")}`));
  routes.route("/", sharedFiles());
}

/** Says why this process does not do its work; that it answers at all shows that its event loop runs. */
function problemOf({ assertHeld }: WebOptions): string | undefined {
  try {
    assertHeld();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : "its data can't be used";
  }
}

/** The page is set in its direction from its first byte. */
function inLocale(text: string, locale: Locale): string {
  const direction = locale === "fa" ? "rtl" : "ltr";
  return text.replace('<html lang="en" dir="ltr">', `<html lang="${locale}" dir="${direction}">`);
}
