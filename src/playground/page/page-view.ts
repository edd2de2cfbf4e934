/** The world as the chat page shows it, whole (on every connect) and piece by piece. */
import type { BotCommand } from "grammy/types";
import type { ApiContext } from "../api/api-context.ts";
import { DEFAULT_SCOPE } from "../api/methods/profile.ts";
import type { Person } from "../world/person.ts";
import type { BotView, ChatView, PageEvent, PageView } from "./page-wire.ts";
import type { Sample } from "./sample.ts";
import type { WorldEvent } from "../world/world-event.ts";
import { KEPT_MESSAGES } from "../world/world-state.ts";

/** Everything the page needs to start, or to catch up after it lost the connection. */
export function pageView(context: ApiContext, samples: readonly Sample[]): PageView {
  return {
    botId: context.me.id,
    chats: [...context.persons.values()].map((person) => chatView(context, person)),
    samples: samples.map(({ name, title }) => ({ name, title })),
  };
}

/** Undefined for what the page has no use for. */
export function pageEvent(context: ApiContext, event: WorldEvent): PageEvent | undefined {
  switch (event.kind) {
    case "answered":
      return undefined;
    case "bot": {
      const views = [...context.persons.values()].map((person) => [person.id, botView(context, person)]);
      return { kind: "bot", bots: Object.fromEntries(views) };
    }
    case "message":
    case "deleted":
    case "pinned":
    case "action":
      return event;
  }
}

function chatView(context: ApiContext, person: Person): ChatView {
  const { state } = context.store;
  const pinned = state.pinned(person.id);
  return {
    person,
    bot: botView(context, person),
    messages: state.messages(person.id).slice(-KEPT_MESSAGES),
    ...(pinned ? { pinned } : {}),
  };
}

function botView({ store, me }: ApiContext, person: Person): BotView {
  const text = (field: string): string =>
    store.state.profile(field, person.languageCode) || store.state.profile(field, "") || "";
  return {
    name: text("name") || me.first_name,
    description: text("description"),
    commands: commandsFor(store.state, person),
  };
}

/** The narrowest scope that has commands wins, in each the person's language first (Bot API: determining list of commands). */
function commandsFor(state: ApiContext["store"]["state"], person: Person): readonly BotCommand[] {
  for (const scope of [`chat:${person.id}`, "all_private_chats", DEFAULT_SCOPE])
    for (const language of [person.languageCode, ""]) {
      const commands = state.commands(scope, language);
      if (commands.length > 0) return commands;
    }
  return [];
}
