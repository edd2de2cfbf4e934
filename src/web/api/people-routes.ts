/** The do-not-send list over the interface: what is put on it binds when the answer comes. */
import { Hono } from "hono";
import type { SuppressionResult } from "../../app/people/suppress.ts";
import { parseUsername } from "../../domain/people/username.ts";
import { suppressedOf } from "./answers.ts";
import type { ApiEnv, ApiParts } from "./api-env.ts";
import { bodyOf, suppressBody } from "./bodies.ts";
import { jsonIn } from "./campaign-routes.ts";
import { linesAnswer } from "./lines-answer.ts";
import { ApiProblem } from "./problem.ts";

export function peopleRoutes({ app }: ApiParts): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  routes.get("/suppressed", async () => linesAnswer(await app.suppress.list(), suppressedOf));
  routes.put("/suppressed/:name", async (c) => {
    const username = nameOf(c.req.param("name"));
    const isEmpty = (await c.req.text()) === "";
    const { reason, note } = bodyOf(suppressBody, isEmpty ? {} : await jsonIn(c));
    const result = await app.suppress.add([username], reason, note);
    return c.json({ username, isSuppressed: true, changed: isChanged(result) });
  });
  routes.delete("/suppressed/:name", async (c) => {
    const username = nameOf(c.req.param("name"));
    const result = await app.suppress.remove([username]);
    return c.json({ username, isSuppressed: false, changed: isChanged(result) });
  });
  return routes;
}

function isChanged({ changed }: SuppressionResult): boolean {
  return changed > 0;
}

function nameOf(text: string): string {
  const parsed = parseUsername(text);
  if (parsed.ok) return parsed.username;
  throw new ApiProblem("noName", { told: { name: text.slice(0, 64) } });
}
