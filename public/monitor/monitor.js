// @ts-check
/** Shows the figures that Peyk says, and asks again and again. Every word and digit comes set; here they get their place. */
import { byId } from "../shared/dom.js";
import { isTurnedAway } from "../shared/letting-in.js";
import { morph } from "./morph.js";
import { overview, section } from "./sections.js";

/** @typedef {import("../../src/web/view.ts").MonitorView} MonitorView */

/** From one answer to the next question, in ms. */
const EVERY_MS = 2000;

const locale = document.documentElement.lang;

/** @param {MonitorView} view */
function show(view) {
  document.title = view.title;
  byId("title").textContent = view.title;
  byId("subtitle").textContent = view.subtitle;
  byId("updated").textContent = view.updated;
  byId("lost").textContent = view.lost;
  const language = byId("language");
  language.textContent = locale === "fa" ? view.english : view.persian;
  language.lang = locale === "fa" ? "en" : "fa";
  language.setAttribute("href", `/monitor?lang=${language.lang}`);
  const chat = byId("chat");
  chat.textContent = view.chat;
  chat.hidden = !view.hasChat;
  const main = document.createElement("main");
  main.id = "main";
  main.append(overview(view.tiles), ...view.sections.map(section));
  morph(byId("main"), main);
}

async function ask() {
  try {
    const answer = await fetch(`/monitor/view.json?lang=${locale}`, { signal: AbortSignal.timeout(10_000) });
    if (isTurnedAway(answer)) return;
    if (!answer.ok) throw new Error(`Peyk answered ${answer.status}`);
    show(await answer.json());
    byId("lost").hidden = true;
  } catch {
    byId("lost").hidden = byId("lost").textContent === "";
  }
}

/** A page that nobody looks at asks nothing. */
async function goOn() {
  if (document.visibilityState === "visible") await ask();
  setTimeout(() => void goOn(), EVERY_MS);
}

document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask());
void goOn();
