/**
 * Where a webhook may go: over TLS anywhere. Without it only to this machine or a private network, and only where whoever
 * set it up said so; to such a place over TLS too, since an address there is no business of a stranger's.
 */
import { isIP } from "node:net";

export type AddressProblem = "notAddress" | "notHttps" | "private";

/** What keeps an address from being called; undefined when nothing does. @param mayBeNear Chosen by the operator */
export function addressProblem(text: string, mayBeNear: boolean): AddressProblem | undefined {
  if (!URL.canParse(text)) return "notAddress";
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (username !== "" || password !== "" || hash !== "") return "notAddress";
  if (protocol !== "https:" && protocol !== "http:") return "notAddress";
  if (isNear(hostname)) return mayBeNear ? undefined : "private";
  return protocol === "https:" ? undefined : "notHttps";
}

/** The address without what may be a key in it: its path's end and its question. */
export function shownAddress(text: string): string {
  return URL.canParse(text) ? new URL(text).origin : "";
}

/** This machine, or a network that is not the internet (RFC 1918, 4193, 6598, 3927, 4291); `URL` has made numbers dotted. */
function isNear(hostname: string): boolean {
  const host = hostname
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();
  if (isIP(host) === 4) return isNearV4(host);
  if (isIP(host) === 6) return isNearV6(host);
  return /(?:^|\.)(?:localhost|local|internal|home\.arpa)$/.test(host) || !host.includes(".");
}

function isNearV4(host: string): boolean {
  const [one = 0, two = 0] = host.split(".").map(Number);
  if (one === 0 || one === 10 || one === 127) return true;
  if (one === 100) return two >= 64 && two < 128;
  if (one === 169) return two === 254;
  if (one === 172) return two >= 16 && two < 32;
  return one === 192 && two === 168;
}

function isNearV6(host: string): boolean {
  // Written as IPv4 inside IPv6 it comes out in hexadecimal: nobody has a reason to, so it counts as near.
  return /^(?:::|::1)$/.test(host) || host.startsWith("::ffff:") || /^(?:f[cd]|fe[89ab])/.test(host);
}
