/** Methods about the bot itself: who it is, its commands in every language, its descriptions; and about chats. */
import { z } from "zod";
import { type Call, chatOf, type Method } from "../api-context.ts";
import { badRequest } from "../api-error.ts";
import { privateChatOf } from "../../world/person.ts";

const commandList = z.array(z.object({ command: z.string(), description: z.string() }));
const commandScope = z.looseObject({ type: z.string(), chat_id: z.union([z.int(), z.string()]).optional() });

/** Name of the scope that holds when no narrower one does. */
export const DEFAULT_SCOPE = "default";

const texts = {
  Name: { field: "name", max: 64 },
  Description: { field: "description", max: 512 },
  ShortDescription: { field: "short_description", max: 120 },
} as const;

export const profileMethods: Readonly<Record<string, Method>> = {
  getMe: ({ context }) => context.me,

  getChat: (call) => ({ ...privateChatOf(chatOf(call)), accent_color_id: 0, max_reaction_count: 11 }),

  sendChatAction(call) {
    const person = chatOf(call);
    const action = call.fields.text("action");
    if (!/^(?:typing|(?:upload|record|find|choose)_\w+)$/.test(action))
      throw badRequest("wrong parameter action in request");
    call.context.store.announce({ kind: "action", person: person.id, action });
    return true;
  },

  setMyCommands(call) {
    const commands = call.fields.object("commands", commandList, "list of bot commands") ?? [];
    for (const one of commands) checkCommand(one);
    if (commands.length > 100) throw badRequest("BOT_COMMANDS_TOO_MUCH");
    return keepCommands(call, commands);
  },

  deleteMyCommands: (call) => keepCommands(call, []),

  getMyCommands: (call) =>
    call.context.store.state.commands(scopeOf(call), call.fields.text("language_code")),

  setMyName: (call) => keepText(call, texts.Name),
  getMyName: (call) => ({ name: keptText(call, "name") || call.context.me.first_name }),
  setMyDescription: (call) => keepText(call, texts.Description),
  getMyDescription: (call) => ({ description: keptText(call, "description") }),
  setMyShortDescription: (call) => keepText(call, texts.ShortDescription),
  getMyShortDescription: (call) => ({ short_description: keptText(call, "short_description") }),
  setChatMenuButton: () => true,
  getChatMenuButton: () => ({ type: "commands" }),
};

function checkCommand({ command, description }: { command: string; description: string }): void {
  if (!/^\/?[a-z0-9_]{1,32}$/.test(command)) throw badRequest("BOT_COMMAND_INVALID");
  if (description.trim() === "" || description.length > 256)
    throw badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
}

function keepCommands(call: Call, commands: z.infer<typeof commandList>): true {
  const { store } = call.context;
  const language = call.fields.text("language_code");
  const plain = commands.map((one) => ({ ...one, command: one.command.replace(/^\//, "") }));
  store.record({ t: "commands", scope: scopeOf(call), language, commands: plain });
  store.announce({ kind: "bot" });
  return true;
}

function scopeOf({ fields }: Call): string {
  const scope = fields.object("scope", commandScope, "BotCommandScope");
  if (!scope) return DEFAULT_SCOPE;
  return scope.chat_id === undefined ? scope.type : `${scope.type}:${scope.chat_id}`;
}

function keepText({ context, fields }: Call, { field, max }: (typeof texts)[keyof typeof texts]): true {
  const text = fields.text(field);
  if (text.length > max) throw badRequest(`${field} is too long`);
  context.store.record({ t: "profile", field, language: fields.text("language_code"), text });
  context.store.announce({ kind: "bot" });
  return true;
}

function keptText({ context, fields }: Call, field: string): string {
  const { state } = context.store;
  return state.profile(field, fields.text("language_code")) || state.profile(field, "") || "";
}
