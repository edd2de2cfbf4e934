/**
 * What the command line works with: the stores, channels and services that the settings name. What only some commands need
 * is loaded when one asks for it: loading all of it takes longer than most commands do.
 */
import { join } from "node:path";
import type { App } from "../app/app.ts";
import { doDeed } from "../app/deeds.ts";
import { changeWanted } from "./change-wanted.ts";
import type {
  LookedAt,
  OpenPeyk,
  OpenRequest,
  Planned,
  ProgramParts,
  Restoring,
  SavedText,
  TextSink,
} from "../cli/program-parts.ts";
import type { Config, ConfigResult, Environment, LoadedConfig } from "../config.ts";
import { loadConfig, terminalFrom } from "../config.ts";
import type { CoreLog } from "./core.ts";
import { savedTextsDocument } from "../bot/documents.ts";
import { ownLogin } from "../lib/files/private-files.ts";
import { FullDisk } from "../lib/files/full-disk.ts";
import { systemClock } from "../lib/clock.ts";
import type { MadeFile } from "../lib/files/made-file.ts";
import { keepMade } from "../lib/files/made-file.ts";
import { problemText } from "../lib/text/plain-text.ts";
import { refuseMoved } from "../storage/files/folder/moved.ts";
import { terminalWords } from "./terminal-words.ts";
import { SaidError } from "../words/said-error.ts";
import { errorText, troubleText } from "../words/trouble-text.ts";
import type { Words } from "../words/words.ts";

/** What differs from one process to the next. */
export interface ProcessParts extends Pick<ProgramParts, "out" | "err" | "interrupted" | "ask"> {
  /** Stands for the environment; absent: that of the process. Variables of `.env` in the working folder come second. */
  readonly env?: Environment;
}

/** Gives the command line everything; opens nothing before a command asks for it. */
export function programParts({ env, ...streams }: ProcessParts): ProgramParts {
  const load = (): LoadedConfig => loadConfig(".env", env);
  const words = terminalWords(load(), terminalFrom(env).language);
  const settled = (): Spoken => ({ ...settings(load(), words), words });
  const complain = complainingTo(streams.err);
  return {
    words,
    clock: systemClock,
    ...streams,
    open: (request) => open(settled(), request, complain),
    decide: (request) => doing(settled(), streams).decide(request),
    change: (request) => doing(settled(), streams).change(request),
    perform: (deed) => doing(settled(), streams).perform(deed),
    amend: async (request, onProgress) => {
      const config = settled();
      const { amendAnywhere } = await import("./amend-anywhere.ts");
      return amendAnywhere(request, {
        dataDir: config.dataDir,
        clock: systemClock,
        interrupted: streams.interrupted,
        asker: ownLogin(),
        open: () => open(config, { purpose: "decide" }, complain),
        look: () => look(config, complain),
        onProgress,
      });
    },
    takingOut: {
      begun: async (deed, about) => (await takingOut(settled(), streams)).begun(deed, about),
      ended: async (of, end) => (await takingOut(settled(), streams)).ended(of, end),
    },
    look: () => look(settled(), complain),
    plan: () => plan(settled(), complain),
    savedTexts: async () => {
      const config = settled();
      if (config.store === "files") await refuseMoved(config.dataDir);
      return readSavedTexts(config);
    },
    erasuresWaiting: () => erasuresWaiting(load()),
    examine: async (backup) => (await import("./examining.ts")).examineAll(load(), words, backup),
    backup: async () => (await import("./backing-up.ts")).backUp(settled(), systemClock),
    restore: (path) => restore(path, settled()),
    move: async (way, tell) =>
      (await import("./moving.ts")).moveHouse(settled(), {
        way,
        tell,
        interrupted: streams.interrupted,
        clock: systemClock,
        login: ownLogin(),
      }),
    serve: async (part, tell) =>
      (await import("./serving/serve.ts")).serve(settled(), { part, stopped: streams.interrupted, tell }),
    syncSql: async () => tablesSql(settled()),
    openSync: async (tell) => {
      await refuseMoved(settled().dataDir);
      return (await import("./open-sync.ts")).openSync(settled(), tell);
    },
  };
}

/** Says a line of what went wrong. */
type Complain = (line: string) => void;

function complainingTo(err: TextSink): Complain {
  return (line) => err.write(`${problemText(line, err.isBidirectional)}\n`);
}

/** The settings, and the language to speak. */
type Spoken = Config & { readonly words: Words };

function settings(loaded: ConfigResult, words: Words): Config {
  if (!loaded.ok) throw new SaidError(loaded.problems.map((one) => troubleText(one, words)).join("\n"));
  return loaded.config;
}

async function open(
  { words, ...config }: Spoken,
  { purpose, concurrency }: OpenRequest,
  complain: Complain,
): Promise<OpenPeyk> {
  const [{ botOf }, { openCore }, { operatorsOf }] = await Promise.all([
    import("./bot-of.ts"),
    import("./core.ts"),
    import("./operators.ts"),
  ]);
  const disk = new FullDisk();
  const core = await openCore(
    {
      ...config,
      ...botOf(config),
      operatorIds: operatorsOf(config),
      disk,
      actor: { kind: "terminal", name: ownLogin() },
      isAtRest: purpose !== "send",
      ...(concurrency === undefined ? {} : { concurrency }),
    },
    { error: toldOnce(complain, words, disk) },
  );
  // The other campaigns only count in the accounts' budgets: this command was not asked to send for them.
  if (purpose === "decide") core.serve();
  else if (purpose === "collect") await core.readyToCollect();
  else if (purpose === "reply") await core.readyToReply();
  else await core.recover(() => false);
  return { app: core.app, words, keep: keptIn(config), close: async () => void (await core.close()) };
}

const asking = () => import("./ask-owner.ts");

/** What is done here when nobody is at work in the folder, else by whoever is. */
function doing(
  config: Spoken,
  { err, interrupted }: Pick<ProcessParts, "err" | "interrupted">,
): Pick<ProgramParts, "decide" | "change" | "perform"> {
  const complain = complainingTo(err);
  const here = async <T>(
    work: (app: App) => Promise<T>,
    purpose: OpenRequest["purpose"] = "decide",
  ): Promise<T> => {
    const peyk = await open(config, { purpose }, complain);
    try {
      return await work(peyk.app);
    } finally {
      await peyk.close();
    }
  };
  const at = { dataDir: config.dataDir, clock: systemClock, interrupted, asker: ownLogin() };
  return {
    decide: async (request) =>
      (await asking()).decide(request, {
        ...at,
        here: ({ campaignId, ...decision }) => here((app) => app.resolveAll(campaignId, decision)),
      }),
    change: async (request) =>
      (await asking()).changeText(request, {
        ...at,
        here: ({ campaignId, ...wanted }) =>
          here(async (app) => ({ result: await app.change(campaignId, changeWanted(wanted)) })),
      }),
    perform: async (deed) =>
      (await asking()).perform(deed, {
        ...at,
        here: (one) =>
          here(
            async (app) => ({ result: await doDeed(app, one) }),
            one.deed === "reply" ? "reply" : "decide",
          ),
      }),
  };
}

async function takingOut(
  config: Config,
  { interrupted }: Pick<ProcessParts, "interrupted">,
): Promise<ProgramParts["takingOut"]> {
  const { takingOutAnywhere } = await import("./taking-out-here.ts");
  return takingOutAnywhere(config, { ...config, clock: systemClock, interrupted, asker: ownLogin() });
}

async function look({ words, ...config }: Spoken, complain: Complain): Promise<LookedAt> {
  const { openLook } = await import("./open-look.ts");
  const { operatorsOf } = await import("./operators.ts");
  const opened = await openLook({ ...config, operatorIds: operatorsOf(config) }, (error) =>
    complain(errorText(error, words)),
  );
  return {
    app: opened.look,
    words,
    keep: keptIn(config),
    close: async () => opened[Symbol.asyncDispose](),
  };
}

async function plan({ words, ...config }: Spoken, complain: Complain): Promise<Planned> {
  const log: CoreLog = { error: (problem) => complain(errorText(problem, words)) };
  const [{ openPlanner }, { botOf }] = await Promise.all([
    import("./open-planner.ts"),
    import("./bot-of.ts"),
  ]);
  const opened = await openPlanner({ ...config, ...botOf(config) }, log);
  return {
    app: opened.planner,
    words,
    keep: keptIn(config),
    close: async () => opened[Symbol.asyncDispose](),
  };
}

/** Files that are asked for without a place lie among the exports. */
const keptIn =
  ({ dataDir }: Pick<Config, "dataDir">) =>
  (file: MadeFile): Promise<string> =>
    keepMade(file, join(dataDir, "exports"));

/** The messages that operators saved in the chat, the one saved last first; also beside a running Peyk, which keeps them. */
async function readSavedTexts(config: Config): Promise<readonly SavedText[]> {
  const { readBotDocument } = await import("./stores/open-storage.ts");
  const texts = await readBotDocument(config, savedTextsDocument);
  return texts.toSorted((one, other) => other.at - one.at);
}

/** A full disk makes many things fail, again and again: it is told once. */
function toldOnce(complain: Complain, words: Words, disk: FullDisk): CoreLog["error"] {
  return (problem) => {
    const sight = disk.sees(typeof problem === "string" ? problem : problem.message);
    if (sight !== "again") complain(errorText(problem, words));
  };
}

/** The tables that Peyk would make by itself: of everything, or of the copy. */
async function tablesSql({ store }: Config): Promise<string> {
  if (store !== "postgres") return (await import("../storage/postgres/copy/copy-schema.ts")).copySql();
  const [{ ownSql }, { jobsSql }] = await Promise.all([
    import("../storage/postgres/own-schema.ts"),
    import("../storage/postgres/duties/jobs-schema.ts"),
  ]);
  return ownSql() + (await jobsSql());
}

async function restore(path: string | undefined, config: Config): Promise<Restoring> {
  const { restore: putBack } = await import("./backing-up.ts");
  return putBack({ path, config, clock: systemClock, asker: ownLogin() });
}

async function erasuresWaiting(loaded: LoadedConfig): Promise<number> {
  const { erasuresWaitingIn } = await import("./stores/open-storage.ts");
  return loaded.ok ? erasuresWaitingIn(loaded.config, { clock: systemClock }) : 0;
}
