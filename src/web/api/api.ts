/**
 * The interface for other programs on this computer: JSON over HTTP below `/api`, for whoever has a token. It asks the very use
 * cases that the chat asks, in the token's name; `openapi.ts` describes it, and docs/hooks.md for people.
 */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { acceptedLocale } from "./language.ts";
import type { ApiEnv, ApiParts } from "./api-env.ts";
import { campaignRoutes } from "./campaign-routes.ts";
import { tokenDoor } from "./door.ts";
import { feedRoutes } from "./feed-routes.ts";
import { openApi } from "./openapi.ts";
import { peopleRoutes } from "./people-routes.ts";
import { ApiProblem, problemResponse } from "./problem.ts";

/** A list of two hundred thousand people with their values. */
const LARGEST_BODY = 32 * 1024 * 1024;

/** All routes, to be put below `/api`. @param closing Ends what waits */
export function apiRoutes(parts: ApiParts, closing: AbortSignal): Hono<ApiEnv> {
  const { app, clock, lexicon, defaultLocale, assertHeld } = parts;
  const routes = new Hono<ApiEnv>();
  routes.use(async (c, next) => {
    c.set("words", lexicon[acceptedLocale(c.req.header("accept-language")) ?? defaultLocale]);
    c.header("cache-control", "no-store");
    await next();
  });
  routes.onError((error, c) => {
    const problem =
      error instanceof ApiProblem ? error : new ApiProblem(isHeld(assertHeld) ? "internal" : "notOwner");
    return problemResponse(problem, c.var.words);
  });
  routes.get("/openapi.json", (c) => c.json(openApi()));
  routes.use(tokenDoor({ app, clock }));
  routes.use(
    bodyLimit({
      maxSize: LARGEST_BODY,
      onError: () => {
        throw new ApiProblem("tooLarge", { told: { megabytes: LARGEST_BODY >> 20 } });
      },
    }),
  );
  routes.route("/", campaignRoutes(parts));
  routes.route("/", peopleRoutes(parts));
  routes.route("/", feedRoutes(parts, closing));
  routes.all("*", () => {
    throw new ApiProblem("noSuchPath");
  });
  return routes;
}

function isHeld(assertHeld: () => void): boolean {
  try {
    assertHeld();
    return true;
  } catch {
    return false;
  }
}
