/** What of audiences, tags and the welcome is recorded in the history. */
import type { About } from "../../domain/history/entry.ts";
import type { Audiences, TagResult, Whom } from "../audiences/audiences.ts";
import { keepProblems } from "../audiences/audiences.ts";
import type { Welcome } from "../welcome/welcome.ts";
import { named, peopleIn } from "./named.ts";
import type { RulesFor } from "./rule.ts";

const whomIn = (tag: string, whom: Whom): About => ({
  list: tag,
  ...("names" in whom ? peopleIn(whom.names) : {}),
});
const tagged = (result: TagResult) =>
  result.ok
    ? ({ end: "done", count: result.changed } as const)
    : ({ end: "refused", problem: result.problem } as const);

export const audiences: RulesFor<Audiences> = {
  all: "reads",
  look: "reads",
  meeting: "reads",
  choices: "reads",
  tags: "reads",
  keep: {
    deed: "keepAudience",
    about: ({ name }) => named(name),
    came: (result) =>
      keepProblems.some((one) => one === result) ? { end: "refused", problem: result } : { end: "done" },
  },
  define: {
    deed: "keepAudience",
    about: ({ name }) => named(name),
    came: (result) => (result === "badName" ? { end: "refused", problem: result } : { end: "done" }),
  },
  rename: {
    deed: "renameAudience",
    about: (from) => named(from),
    came: (result) => (result === "renamed" ? { end: "done" } : { end: "refused", problem: result }),
  },
  remove: { deed: "removeAudience", about: (name) => named(name) },
  tag: { deed: "tag", about: whomIn, came: tagged },
  untag: { deed: "untag", about: whomIn, came: tagged },
};

export const welcome: RulesFor<Welcome> = {
  look: "reads",
  begin: {
    deed: "beginWelcome",
    about: () => ({}),
    came: (result) =>
      result.ok ? { end: "done", campaign: result.id } : { end: "refused", problem: result.problem },
  },
  turn: {
    deed: (isOn) => (isOn ? "welcomeOn" : "welcomeOff"),
    about: () => ({}),
    came: (outcome) => (outcome === "turned" ? { end: "done" } : { end: "refused", problem: outcome }),
  },
};
