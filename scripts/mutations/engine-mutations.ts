/** What the rules and the engine promise, broken. */
import type { Mutation } from "./mutation.ts";

const TRANSITIONS = "domain/transitions.ts";
const NEXT_SEND = "domain/next-send.ts";
const SENDING = "engine/turns/sending.ts";
const COURSE = "engine/campaign-course.ts";
const MATRIX = "tests/crash/crash-matrix.test.ts";
const CONTRACT = "tests/contracts/file-ledger.test.ts";
const ENGINE = "src/engine/engine.test.ts";
const ELSEWHERE = "src/engine/stored-elsewhere.test.ts";

export const engineMutations: readonly Mutation[] = [
  {
    what: "settled before the call",
    file: "engine/turns/turn.ts",
    from: "const limits = toldLimits(channel, account);",
    to: 'const limits = toldLimits(channel, account);\n    await ledger.settle(claim, endingOf({ t: "sent" }, clock.now()));',
    seenBy: [MATRIX, ENGINE],
  },
  {
    what: "a time-out counts as failed",
    file: "domain/verdict.ts",
    from: 'return { t: "uncertain", why };',
    to: 'return { t: "failed", why };',
    seenBy: [MATRIX, ENGINE],
  },
  {
    what: "sending again gives the message back and forgets the first one",
    file: TRANSITIONS,
    from: 'sentAgain: { from: ["uncertain"], to: "planned", givesBack: false, reached: "maybe" }',
    to: 'sentAgain: { from: ["uncertain"], to: "planned", givesBack: true, reached: "no" }',
    seenBy: ["src/domain/transitions.test.ts", CONTRACT],
  },
  {
    what: "somebody left uncertain counts as surely not reached",
    file: TRANSITIONS,
    from: 'leftUncertain: { from: ["planned", "uncertain"], to: "skipped", givesBack: false, reached: "maybe" }',
    to: 'leftUncertain: { from: ["planned", "uncertain"], to: "skipped", givesBack: false, reached: "no" }',
    seenBy: ["src/domain/transitions.test.ts"],
  },
  {
    what: "a kind of entry without a row in the table",
    file: TRANSITIONS,
    from: '  retryAll: { from: ["failed"], to: "planned", givesBack: false, reached: "no" },\n',
    to: "",
    seenBy: "types",
  },
  {
    what: "an account does not wait for the service",
    file: NEXT_SEND,
    from: 'if (channelAt > now) return { until: channelAt, cause: "channel" };',
    to: "",
    seenBy: ["src/domain/next-send.test.ts", "src/engine/turns/scheduler.test.ts"],
  },
  {
    what: "campaigns that share an account don't take turns",
    file: NEXT_SEND,
    from: "return one.lastTurn < other.lastTurn;",
    to: "return false;",
    seenBy: ["src/domain/next-send.test.ts", "src/engine/turns/scheduler.test.ts"],
  },
  {
    what: "nobody is woken for who is planned again",
    file: SENDING,
    from: "    this.#told = { ...this.#told, dueAt };\n    if (this.isOn) this.parts.scheduler.serve(this);",
    to: "    this.#told = { ...this.#told, dueAt: this.#told.dueAt };",
    seenBy: [ENGINE],
  },
  {
    what: "a claim is believed that was asked before a change",
    file: SENDING,
    from: "    this.#told = nothingTold();\n    if (this.isOn) this.parts.scheduler.serve(this);",
    to: "    this.#told.dueAt.clear();\n    if (this.isOn) this.parts.scheduler.serve(this);",
    seenBy: ["src/engine/turns/sending.test.ts"],
  },
  {
    what: "a reading counts from its end, not from where it began",
    file: "engine/answers/inbox-reader.ts",
    from: "this.#inbox = { readAt: this.#beganAt };",
    to: "this.#inbox = { readAt: clock.now() };",
    seenBy: ["src/engine/answers/hearing.test.ts"],
  },
  {
    what: "what another process changed is not taken in",
    file: "engine/status-changes.ts",
    from: "if (stored && !duties && standingOf(stored) !== standingOf(this.#campaign)) this.#enter(stored);",
    to: "if (stored && !duties && this.#campaign.id === '') this.#enter(stored);",
    seenBy: [ELSEWHERE],
  },
  {
    what: "a campaign that another process changed is not opened anew",
    file: "engine/engine.ts",
    from: '(await open.takeIn()) === "otherwise"',
    to: '(await open.takeIn()) !== "otherwise" && id === ""',
    seenBy: [ELSEWHERE],
  },
  {
    what: "an account is let go while something is under way through it",
    file: "engine/turns/scheduler.ts",
    from: "while (account.inFlight > 0) await",
    to: "while (account.inFlight < 0) await",
    seenBy: ["src/engine/many-processes.test.ts"],
  },
  {
    what: "a campaign ends while another process asks about somebody",
    file: COURSE,
    from: "if ((await this.#ledger.pursued()) > 0) return; // by",
    to: "// by",
    seenBy: [ELSEWHERE],
  },
  {
    what: "a text that another process replaced is sent on",
    file: COURSE,
    from: "if (goesOn(this.#campaign) && this.isAsOpened) this.#run();",
    to: "if (goesOn(this.#campaign)) this.#run();",
    seenBy: [ELSEWHERE],
  },
];
