/** A topic that is one number or nothing. */
import type { CampaignSettings } from "../../../../domain/settings/settings.ts";
import type { Words } from "../../../../words/words.ts";
import type { NumberReading } from "./ask-number.ts";
import { askNumber } from "./ask-number.ts";
import type { Topic } from "./topic.ts";

export interface NumberTopic<S extends keyof CampaignSettings> {
  /** As in {@link Topic}; `ask-<name>` asks for it, and `topic-<name>-value` says it, with `$count`. */
  readonly name: string;
  readonly setting: S;
  /** Id of what a button offers, with `$count`, where the value has more words than a third of a row holds. */
  readonly offer?: string;
  readonly isFor?: Topic["isFor"];
  readonly offered: readonly number[];
  readonly most: number;
  readonly reading?: NumberReading;
  readonly numberOf: (value: NonNullable<CampaignSettings[S]>) => number;
  readonly valueOf: (count: number) => NonNullable<CampaignSettings[S]>;
}

/** Makes the topic. */
export function numberTopic<S extends keyof CampaignSettings>(of: NumberTopic<S>): Topic {
  const { name, setting, offered, most } = of;
  const say = (count: number, words: Words): string => words.plain(`topic-${name}-value`, { count });
  const offer = (count: number, words: Words): string =>
    of.offer === undefined ? say(count, words) : words.plain(of.offer, { count });
  const present = (settings: CampaignSettings): number | undefined => {
    const value = settings[setting];
    return value === undefined ? undefined : of.numberOf(value);
  };
  return {
    name,
    ...(of.isFor ? { isFor: of.isFor } : {}),
    value({ settings }, words) {
      const count = present(settings);
      return count === undefined ? undefined : say(count, words);
    },
    async run(talk, state) {
      const count = await askNumber(talk, {
        text: (words) => words.say(`ask-${name}`),
        offered,
        label: offer,
        off: (words) => words.plain(`topic-${name}-off`),
        most,
        ...(of.reading ? { reading: of.reading } : {}),
        now: present(state.settings),
      });
      if (count === "back" || count === "cancel") return count;
      const { [setting]: _, ...others } = state.settings;
      state.settings = count === "off" ? others : { ...others, [setting]: of.valueOf(count) };
      return "back";
    },
  };
}
