/** What use cases, requests and roles promise, broken. */
import type { Mutation } from "./mutation.ts";

export const edgeMutations: readonly Mutation[] = [
  {
    what: "a request that can't be done holds up those behind it",
    file: "composition/owner-requests.ts",
    from: "await this.#serve(taken).catch((error: unknown) => problems.push(error));",
    to: "await this.#serve(taken);",
    seenBy: ["src/composition/deeds-asked.test.ts"],
  },
  {
    what: "whoever joins a welcome voids its approval",
    file: "app/welcome/welcoming.ts",
    from: "asApproved: true,",
    to: "",
    seenBy: ["tests/crash/welcome.test.ts"],
  },
  {
    what: "a start puts its lists in the place of those that just joined",
    file: "app/campaigns/start-campaign.ts",
    from: "    peopleOn(current) !== peopleOn(corrected) ||\n",
    to: "",
    seenBy: ["tests/model/start-again.test.ts"],
  },
  {
    what: "a viewer takes the history out",
    file: "bot/roles/press-rights.ts",
    from: 'history.page === undefined ? "act" : "look"',
    to: '"look"',
    seenBy: ["tests/bot/rights/who-may.test.ts"],
  },
  {
    what: "an approver is not shown how many have it before it waits",
    file: "bot/views/approval/approved-lines.ts",
    from: '...(tryFirst ? [words.say("approval-up-to", { count: tryFirst.upTo })] : []),',
    to: "",
    seenBy: ["src/bot/views/approval/approved-sheet.test.ts"],
  },
  {
    what: "the history does not say whom a reply went to",
    file: "app/history/rules.ts",
    from: "found && !isErased(found.answer) ? { people: [found.answer.username] } : {}",
    to: "{}",
    seenBy: ["src/app/history/recorded-app.test.ts"],
  },
];
