/** Campaigns over the interface: begun, looked at, steered; their results line by line. */
import type { Context } from "hono";
import { Hono } from "hono";
import type { ActionResult, CampaignView } from "../../app/app.ts";
import type { CampaignId, CampaignStatus } from "../../domain/campaign.ts";
import { UnreadableRecordError } from "../../domain/errors.ts";
import type { Words } from "../../words/words.ts";
import { campaignOf, channelsOf, planOf, resultOf } from "./answers.ts";
import type { ApiEnv, ApiParts } from "./api-env.ts";
import { startBodyOf } from "./bodies.ts";
import { linesAnswer } from "./lines-answer.ts";
import { ApiProblem } from "./problem.ts";
import { idOf, prepare, start } from "./start.ts";

type Call = Context<ApiEnv>;

export function campaignRoutes(parts: ApiParts): Hono<ApiEnv> {
  const { app } = parts;
  const routes = new Hono<ApiEnv>();
  routes.get("/channels", async (c) => c.json(channelsOf(await app.channels())));
  routes.get("/campaigns", async (c) => c.json({ campaigns: await allOf(parts, c.var.words) }));
  routes.get("/campaigns/:id", async (c) => c.json(campaignOf(await viewOf(parts, c), c.var.words)));
  routes.put("/campaigns/:id", (c) => begin(parts, c));
  routes.post("/campaigns/:id/plan", (c) => plan(parts, c));
  routes.get("/campaigns/:id/results", async (c) => {
    const rows = await app.results((await viewOf(parts, c)).campaign.id);
    return linesAnswer(rows ?? [], resultOf);
  });
  for (const [deed, { act, after }] of Object.entries(deedsOf(parts)))
    routes.post(`/campaigns/:id/${deed}`, async (c) => {
      const { campaign } = await viewOf(parts, c);
      const result = await act(campaign.id, c.var.actor);
      return c.json(campaignOf(await afterDeed(parts, c, { result, after }), c.var.words));
    });
  return routes;
}

async function begin({ app }: ApiParts, c: Call): Promise<Response> {
  const { words, actor } = c.var;
  const body = await startBodyOf(await jsonIn(c));
  const id = await idOf(app, c.req.param("id") ?? "", words);
  const begun = await start(app, { id, body, actor, words });
  const view = await app.view(id);
  if (!view) throw new ApiProblem("unknownCampaign", { told: { id } });
  const campaign = campaignOf(view, words);
  if (begun === "before") return c.json({ campaign }, 200);
  const { duplicates, invalid } = begun;
  c.header("location", `/api/campaigns/${encodeURIComponent(id)}`);
  return c.json({ campaign, duplicates, invalid }, 201);
}

/** Nothing is kept of it and nothing sent. */
async function plan({ app }: ApiParts, c: Call): Promise<Response> {
  const { words, actor } = c.var;
  const body = await startBodyOf(await jsonIn(c));
  const id = await idOf(app, c.req.param("id") ?? "", words);
  const { draft, duplicates, invalid } = await prepare(app, { id, body, actor, words });
  try {
    const [planned, preview] = [await app.plan(draft), await app.preview(draft)];
    return c.json(planOf(planned, { duplicates, invalid: [...invalid] }, preview));
  } finally {
    await app.discardList(draft.listId);
  }
}

/** Read as JSON whatever stands in it, but never as what a form of a web page could send. @throws {ApiProblem} */
export async function jsonIn(c: Call): Promise<unknown> {
  if (!/^application\/json\b/i.test(c.req.header("content-type") ?? "")) throw new ApiProblem("mediaType");
  try {
    return await c.req.json();
  } catch (error) {
    if (error instanceof SyntaxError) throw new ApiProblem("notJson");
    throw error;
  }
}

async function allOf({ app }: ApiParts, words: Words) {
  const all = await app.campaigns();
  const views = await Promise.all(
    all.map(({ id }) =>
      app.view(id).catch((error: unknown) => {
        if (error instanceof UnreadableRecordError) return undefined;
        throw error;
      }),
    ),
  );
  return views
    .filter((view) => view !== undefined)
    .toSorted((one, other) => other.campaign.createdAt - one.campaign.createdAt)
    .map((view) => campaignOf(view, words));
}

async function viewOf({ app }: ApiParts, c: Call): Promise<CampaignView> {
  const id = c.req.param("id") ?? "";
  const view = await app.view(id);
  if (!view) throw new ApiProblem("unknownCampaign", { told: { id } });
  return view;
}

interface SteeringDeed {
  readonly act: (id: CampaignId, by: string) => Promise<ActionResult>;
  /** How a campaign stands that needs it no more: asked for again, after a lost answer, it is so already. */
  readonly after: readonly CampaignStatus[];
}

function deedsOf({ app }: ApiParts): Readonly<Record<"pause" | "resume" | "cancel" | "retry", SteeringDeed>> {
  return {
    pause: { act: (id, by) => app.pause(id, by), after: ["paused", "finished", "cancelled"] },
    resume: { act: (id, by) => app.resume(id, by), after: ["running", "finished"] },
    cancel: { act: (id, by) => app.cancel(id, by), after: ["cancelled", "finished"] },
    retry: { act: (id, by) => app.retryFailed(id, by), after: [] },
  };
}

async function afterDeed(
  parts: ApiParts,
  c: Call,
  { result, after }: { readonly result: ActionResult; readonly after: SteeringDeed["after"] },
): Promise<CampaignView> {
  const view = await viewOf(parts, c);
  // Whoever failed is tried already, and how it stands tells whether anybody failed again.
  if (result.ok || result.problem === "nothingToDo") return view;
  if (result.problem === "notNow" && after.includes(view.campaign.status)) return view;
  const { id, status } = view.campaign;
  throw new ApiProblem(result.problem, { told: { id, status } });
}
