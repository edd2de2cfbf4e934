/** Who the operators are, whatever their role, and how each wants to be spoken to. */
import type { Right, Team } from "../app/team/team.ts";
import { may } from "../domain/roles/role.ts";
import type { Document, OperatorSettings, QuietHours, Verbosity } from "./documents.ts";
import type { WindowAt } from "../domain/when/send-window.ts";
import { createWindowAt } from "../domain/when/send-window.ts";
import { weekdays } from "../domain/when/wall-clock.ts";
import { createWallClock } from "../lib/time/wall-clock.ts";
import type { Locale } from "../words/locale.ts";
import type { Lexicon, Words } from "../words/words.ts";
import { localeOfCode } from "../words/locale.ts";

interface OperatorBookParts {
  readonly team: Pick<Team, "roleOf" | "members">;
  readonly settings: Document<OperatorSettings>;
  readonly lexicon: Lexicon;
  readonly defaultLocale: Locale;
  /** IANA name: of the quiet hours. */
  readonly timeZone: string;
}

/** The operators and their settings. */
export class OperatorBook {
  readonly #parts: OperatorBookParts;

  constructor(parts: OperatorBookParts) {
    this.#parts = parts;
  }

  /** Everybody who has a role, the owner first. */
  get ids(): readonly number[] {
    return this.#parts.team.members().map(({ id }) => id);
  }

  isOperator(id: number | undefined): id is number {
    return id !== undefined && this.#parts.team.roleOf(id) !== undefined;
  }

  /** Tells whether their role allows it; a stranger may nothing. */
  may(id: number, right: Right): boolean {
    return may(this.#parts.team.roleOf(id), right);
  }

  /** The operator's own choice, else what Telegram last said, else the default. */
  localeOf(id: number): Locale {
    const settings = this.#of(id);
    return settings.chosen ?? settings.telegram ?? this.#parts.defaultLocale;
  }

  wordsFor(id: number): Words {
    return this.#parts.lexicon[this.localeOf(id)];
  }

  /** The words for somebody who is no operator. */
  wordsForStranger(languageCode: string | undefined): Words {
    return this.#parts.lexicon[localeOfCode(languageCode) ?? this.#parts.defaultLocale];
  }

  verbosityOf(id: number): Verbosity {
    return this.#of(id).verbosity ?? "important";
  }

  /** Remembers what language the operator's Telegram speaks and what they are called, for what answers nothing. */
  async noteTelegram(id: number, said: { readonly code?: string; readonly name: string }): Promise<void> {
    const { telegram: before, name: called } = this.#of(id);
    const telegram = localeOfCode(said.code) ?? before;
    if (telegram === before && said.name === called) return;
    await this.#change(id, { ...(telegram === undefined ? {} : { telegram }), name: said.name });
  }

  /** Whom an id in a record means: an operator's name, or the program or login that it names itself. */
  nameOf(by: string): string {
    return this.#of(Number(by)).name ?? by;
  }

  async chooseLocale(id: number, chosen: Locale): Promise<void> {
    await this.#change(id, { chosen });
  }

  async chooseVerbosity(id: number, verbosity: Verbosity): Promise<void> {
    await this.#change(id, { verbosity });
  }

  async chooseQuiet(id: number, quiet: QuietHours | undefined): Promise<void> {
    await this.#parts.settings.update((all) => {
      const { quiet: _, ...others } = all[String(id)] ?? {};
      return { ...all, [id]: { ...others, ...(quiet ? { quiet } : {}) } };
    });
  }

  quietHoursOf(id: number): QuietHours | undefined {
    return this.#of(id).quiet;
  }

  /** The operator's quiet hours as a window that is open while they last; undefined: there are none. */
  quietOf(id: number): WindowAt | undefined {
    const hours = this.quietHoursOf(id);
    if (!hours) return undefined;
    const daily = { days: weekdays, from: hours.from * 60, to: hours.to * 60 };
    const { timeZone } = this.#parts;
    return createWindowAt({ timeZone, hours: [daily] }, createWallClock(timeZone));
  }

  #of(id: number): OperatorSettings[string] {
    return this.#parts.settings.get()[String(id)] ?? {};
  }

  async #change(id: number, change: OperatorSettings[string]): Promise<void> {
    await this.#parts.settings.update((all) => ({ ...all, [id]: { ...all[String(id)], ...change } }));
  }
}
