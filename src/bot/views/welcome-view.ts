/** The welcome as the chat shows it. */
import type { WelcomeLook } from "../../app/welcome/welcome.ts";
import { quoted, shorten } from "../../words/markup.ts";
import { seenContent } from "../../words/content-name.ts";
import { welcomeCounts } from "../../words/welcome-lines.ts";
import type { Words } from "../../words/words.ts";
import { stampOf } from "./callback-data.ts";
import type { View } from "./view.ts";

const LONGEST_SHOWN = 1000;

/** Callback data: turned on or off, and the moment it was shown. */
export const WELCOME_PRESS = /^welcome:(on|off):([0-9a-z]{1,9})$/;

/** @param now ms since the epoch */
export function welcomeView(look: WelcomeLook | undefined, now: number, words: Words): View {
  if (!look)
    return {
      text: words.say("welcome-none"),
      rows: [[{ label: words.plain("button-welcome-new"), choice: "go:welcome" }]],
    };
  const { campaign, isOn } = look;
  const { id } = campaign;
  const to = isOn ? "off" : "on";
  return {
    text: [
      words.say(isOn ? "welcome-on" : "welcome-off", { id }),
      quoted(shorten(seenContent(campaign, words), LONGEST_SHOWN)),
      welcomeCounts(look, words),
      words.say("welcome-campaign-how", { command: `/status ${id}` }),
    ].join("\n"),
    rows: [
      [
        {
          label: words.plain(isOn ? "button-welcome-off" : "button-welcome-on"),
          choice: ["welcome", to, ...stampOf(now)].join(":"),
        },
      ],
    ],
  };
}
