// @ts-check
/** The chat page: joins the wire, the state and the views. Everything it shows comes from the playground's server. */
import { ChatState } from "./chat-state.js";
import { Composer } from "./composer.js";
import { act, connect, sendFile } from "./connection.js";
import { byId } from "../shared/dom.js";
import { icon } from "./icons.js";
import { summary } from "./message-view.js";
import { MessagesView } from "./messages-view.js";
import { showAlert, showToast } from "./notices.js";
import { showBadge, showPeople } from "./people-view.js";
import { showTheme, switchTheme } from "./theme.js";
import { plainWord, words as allWords } from "./words.js";

/** The server takes no larger file, in bytes. */
const MAX_FILE = 64 * 1024 * 1024;
/** Telegram's apps show that a bot is busy for this long, in ms. */
const BUSY_MS = 5000;

const state = new ChatState();
let shown = 0;
let busyUntil = setTimeout(() => undefined);

const messages = new MessagesView({
  isFromBot: (message) => state.isFromBot(message),
  onCommand: (text) => void sendText(text),
  onPress: press,
  onCopy: (text) => void navigator.clipboard.writeText(text).then(() => showToast(tongue().words.copied)),
  onReply: (message) => composer.reply(message.message_id, summary(message, tongue().words)),
  onScroll: showBelow,
});
const composer = new Composer({
  onText: sendText,
  onFiles: (files) => void sendFiles(files),
  onSample: (name) => void attempt(() => act(me(), "sample", { name }), tongue().words.fileNotSent(name)),
});

/** @returns {import("./message-view.js").Tongue} */
function tongue() {
  const language = state.current?.person.languageCode ?? "en";
  return { language, words: allWords[language] };
}

function me() {
  return state.current?.person.id ?? 0;
}

/**
 * @param {() => Promise<unknown>} task
 * @param {string} [failure] Said when it could not be done
 */
async function attempt(task, failure = tongue().words.notSent) {
  messages.toBottom("instant");
  try {
    await task();
    return true;
  } catch {
    showToast(failure);
    return false;
  }
}

/**
 * @param {string} text
 * @param {number} [replyTo] The message that it answers to
 */
async function sendText(text, replyTo) {
  return attempt(() => act(me(), "text", { text, ...(replyTo === undefined ? {} : { replyTo }) }));
}

/** @param {File[]} files */
async function sendFiles(files) {
  const { words } = tongue();
  for (const file of files) {
    if (file.size > MAX_FILE) showToast(words.tooBig(file.name));
    else await attempt(() => sendFile(me(), file), words.fileNotSent(file.name));
  }
}

/**
 * @param {number} messageId
 * @param {string} pressed
 */
async function press(messageId, pressed) {
  try {
    const answer = await act(me(), "press", { messageId, data: pressed });
    if (answer.text && answer.showAlert) showAlert(answer.text);
    else if (answer.text) showToast(answer.text);
  } catch {
    // The connection banner says why; the spinner ends and the button can be pressed again.
  }
}

/** Shows the chosen person's chat from scratch. */
function openChat() {
  const chat = state.current;
  if (!chat) return;
  const { language, words } = tongue();
  document.documentElement.lang = language;
  document.documentElement.dir = language === "fa" ? "rtl" : "ltr";
  for (const one of document.querySelectorAll("[data-word]"))
    one.textContent = plainWord(words, one.getAttribute("data-word"));
  for (const one of document.querySelectorAll("[data-label]"))
    one.setAttribute("aria-label", plainWord(words, one.getAttribute("data-label")));
  byId("text").setAttribute("placeholder", words.write);
  byId("monitor").setAttribute("href", `/monitor?lang=${language}`);
  showTheme(byId("theme"), words);
  if (shown !== chat.person.id) {
    shown = chat.person.id;
    showBusy("");
    messages.open(chat.messages, tongue());
  } else messages.update(chat.messages);
  showAround();
}

/** Everything beside the messages. */
function showAround() {
  const chat = state.current;
  if (!chat) return;
  const { language, words } = tongue();
  byId("bot-name").textContent = chat.bot.name;
  byId("description").textContent = chat.bot.description || words.description;
  byId("description").dir = "auto";
  byId("welcome").hidden = chat.messages.length > 0;
  const pinned = byId("pinned");
  pinned.hidden = !chat.pinned;
  if (chat.pinned) {
    const line = document.createElement("bdi");
    line.textContent = summary(chat.pinned, words);
    pinned.replaceChildren(icon("pin"), line);
    pinned.setAttribute("aria-label", `${words.pinned}: ${line.textContent}`);
  }
  composer.open(
    chat,
    state.samples.map(({ name, title }) => ({ name, title: title[language] })),
  );
  showBelow();
}

/** Unread marks: what is on the screen counts as read. */
function showBelow() {
  const chat = state.current;
  if (!chat) return;
  if (messages.atBottom && document.visibilityState === "visible") state.markSeen(chat);
  const unread = state.unread(chat);
  byId("to-bottom").hidden = messages.atBottom;
  showBadge(byId("below"), unread, tongue());
  showPeople(state, tongue(), choosePerson);
  const all = [...state.chats.values()].reduce((sum, one) => sum + state.unread(one), 0);
  document.title = `${all > 0 ? `(${all}) ` : ""}${chat.bot.name} · ${tongue().words.title}`;
}

/** @param {number} person */
function choosePerson(person) {
  state.choose(person);
  showDrawer(false);
  openChat();
  composer.focus();
}

/** @param {boolean} open */
function showDrawer(open) {
  const wasOpen = byId("app").classList.contains("drawer");
  byId("app").classList.toggle("drawer", open);
  byId("people-toggle").setAttribute("aria-expanded", String(open));
  if (open) byId("person-list").querySelector("button")?.focus();
  else if (wasOpen) byId("people-toggle").focus();
}

/** @param {string} action Empty: not busy */
function showBusy(action) {
  const { words } = tongue();
  clearTimeout(busyUntil);
  const busy = action.startsWith("upload") ? words.busyFile : words.busy;
  byId("bot-status").textContent = action === "" ? words.bot : busy;
  byId("bot-status").classList.toggle("busy", action !== "");
  if (action !== "") busyUntil = setTimeout(() => showBusy(""), BUSY_MS);
}

/** @param {import("./connection.js").PageEvent} change */
function onChange(change) {
  state.takeChange(change);
  if (change.kind === "bot") return openChat();
  if (change.person !== me()) return showBelow();
  if (change.kind === "action") return showBusy(change.action);
  if (change.kind === "message") {
    messages.put(change.message);
    if (state.isFromBot(change.message)) showBusy("");
  }
  if (change.kind === "deleted") messages.remove(change.messageId);
  showAround();
}

byId("theme").addEventListener("click", () => {
  switchTheme();
  showTheme(byId("theme"), tongue().words);
});
byId("to-bottom").prepend(icon("down"));
byId("to-bottom").addEventListener("click", () => messages.toBottom("smooth"));
byId("pinned").addEventListener("click", () => messages.reveal(state.current?.pinned?.message_id ?? 0));
byId("people-toggle").addEventListener("click", () => showDrawer(true));
byId("shade").addEventListener("click", () => showDrawer(false));
document.addEventListener("keydown", (event) => event.key === "Escape" && showDrawer(false));
document.addEventListener("visibilitychange", showBelow);

connect({
  onView(view) {
    state.takeView(view);
    byId("app").hidden = false;
    byId("lost").hidden = true;
    openChat();
  },
  onChange,
  onLost() {
    byId("lost").textContent = tongue().words.lost;
    byId("lost").hidden = false;
  },
});
