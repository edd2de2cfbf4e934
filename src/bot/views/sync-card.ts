/** How the copy in PostgreSQL stands, with the buttons that switch it. */
import type { SyncStatus } from "../../app/sync-control.ts";
import { syncLines } from "../../words/sync-lines.ts";
import type { Words } from "../../words/words.ts";
import type { Button, View } from "./view.ts";

export function syncCard(status: SyncStatus, words: Words): View {
  const text = syncLines(status, words).join("\n");
  switch (status.kind) {
    case "notConfigured":
    case "notNeeded":
      return { text };
    case "off":
      return { text, rows: [[button("usual", words), button("real-time", words)]] };
    case "on":
      return { text, rows: [[button("look", words), button("off", words)]] };
  }
}

function button(name: "usual" | "real-time" | "off" | "look", words: Words): Button {
  return { label: words.plain(`button-sync-${name}`), choice: `sync:${name}` };
}
