import type { Environment } from "./config-file.ts";

/** What the environment says of the terminal and of who sits before it. */
export interface TerminalEnvironment {
  /** As a system names languages, e.g. `fa_IR.UTF-8`; absent: none is named. */
  readonly language?: string;
  /** The terminal sets right-to-left text itself and knows the marks that keep a name apart in it. */
  readonly isBidirectional: boolean;
}

/** Reads it. `PEYK_LANG` goes before the system's own variables, in the order that POSIX gives them. */
export function terminalOf(env: Environment): TerminalEnvironment {
  const { PEYK_LANG, LC_ALL, LC_MESSAGES, LANG, VTE_VERSION, KONSOLE_VERSION, TERM_PROGRAM, MLTERM } = env;
  const language = [PEYK_LANG, LC_ALL, LC_MESSAGES, LANG].find((one) => one !== undefined && one !== "");
  return {
    ...(language === undefined ? {} : { language }),
    // GNOME's terminals do since VTE 0.58, as Konsole, mlterm and Apple's; what is not known of gets plain order.
    isBidirectional:
      Number(VTE_VERSION ?? 0) >= 5800 ||
      KONSOLE_VERSION !== undefined ||
      MLTERM !== undefined ||
      TERM_PROGRAM === "Apple_Terminal",
  };
}
