// @ts-check
/** The wire to the playground: one stream of changes that comes back by itself, and one way to send. */
import { isTurnedAway } from "../shared/letting-in.js";

/** @typedef {import("../../src/playground/page/page-wire.ts").PageView} PageView */
/** @typedef {import("../../src/playground/page/page-wire.ts").PageEvent} PageEvent */
/** @typedef {import("../../src/playground/page/page-wire.ts").PageDeeds} PageDeeds */
/** @typedef {import("../../src/playground/page/page-wire.ts").DeedAnswers} DeedAnswers */

/** The server shows a sign of life every 15 s; after this long without one the stream is dead, whatever the browser thinks. */
const SILENCE_MS = 40_000;
const RETRY_MS = 1000;

/**
 * Connects, and again whenever the stream breaks; every connection begins with the whole view.
 * @param {{ onView: (view: PageView) => void, onChange: (change: PageEvent) => void, onLost: () => void }} listener
 */
export function connect(listener) {
  const stream = new EventSource("/chat/events");
  let silence = setTimeout(again, SILENCE_MS);
  const alive = () => {
    clearTimeout(silence);
    silence = setTimeout(again, SILENCE_MS);
  };
  function again() {
    clearTimeout(silence);
    stream.close();
    listener.onLost();
    setTimeout(() => void connectWhenLetIn(listener), RETRY_MS);
  }
  stream.addEventListener("view", (event) => {
    alive();
    listener.onView(JSON.parse(event.data));
  });
  stream.addEventListener("change", (event) => {
    alive();
    listener.onChange(JSON.parse(event.data));
  });
  stream.addEventListener("alive", alive);
  stream.addEventListener("error", again);
}

/**
 * A stream does not say why it was refused; an answer does.
 * @param {Parameters<typeof connect>[0]} listener
 */
async function connectWhenLetIn(listener) {
  const answer = await fetch("/", { method: "HEAD" }).catch(() => undefined);
  if (!isTurnedAway(answer)) connect(listener);
}

/**
 * Does something as a person; resolves with the server's answer.
 * @template {keyof PageDeeds} Deed
 * @param {number} person
 * @param {Deed} deed
 * @param {PageDeeds[Deed]} body
 * @returns {Promise<DeedAnswers[Deed]>}
 */
export async function act(person, deed, body) {
  const answer = await fetch(`/chat/${person}/${deed}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`The playground answered ${answer.status}`);
  return answer.json();
}

/**
 * @param {number} person
 * @param {File} file
 */
export async function sendFile(person, file) {
  const answer = await fetch(`/chat/${person}/file?name=${encodeURIComponent(file.name)}`, {
    method: "POST",
    headers: { "content-type": file.type || "application/octet-stream" },
    body: file,
  });
  if (!answer.ok) throw new Error(`The playground answered ${answer.status}`);
}
