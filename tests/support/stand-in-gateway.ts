/**
 * An operator's gateway that keeps docs/webhook-channel.md to the letter, and its own account of who got what: signatures are
 * judged by the official library of Standard Webhooks.
 */
import { Webhook } from "standardwebhooks";
import { z } from "zod";

export const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

const messageSchema = z.object({
  type: z.literal("message.send"),
  timestamp: z.iso.datetime(),
  data: z.strictObject({
    key: z.string(),
    account: z.string(),
    to: z.string(),
    text: z.string(),
    values: z.record(z.string(), z.string()),
  }),
});

export type GatewayMessage = z.infer<typeof messageSchema>["data"];

export interface GatewayAnswer {
  readonly status: number;
  readonly body: object;
}

/** What a gateway remembers, also over the ends of a process of Peyk's. */
export class StandInGateway {
  readonly #ids = new Map<string, string>();
  /** Messages that people got, the oldest first. */
  readonly shown: GatewayMessage[] = [];
  /** Every call that was made, kept or not. */
  readonly asked: GatewayMessage[] = [];

  /** What a call is about, whoever signed it. */
  read(body: string): GatewayMessage {
    return messageSchema.parse(JSON.parse(body)).data;
  }

  /** Takes in a call as it came over the wire. @param isKept Whether the gateway gets so far as to send it */
  take(headers: Record<string, string>, body: string, isKept = true): GatewayAnswer {
    const signed = new Webhook(SECRET);
    try {
      signed.verify(body, headers);
    } catch {
      return { status: 401, body: {} };
    }
    const data = this.read(body);
    if (headers["webhook-id"] !== data.key || headers["idempotency-key"] !== data.key)
      return { status: 400, body: { error: "rejected" } };
    this.asked.push(data);
    if (data.to === "nobody") return { status: 404, body: { error: "notFound" } };
    if (data.to === "off") return { status: 422, body: { error: "refused" } };
    const known = this.#ids.get(data.key);
    if (known !== undefined) return { status: 200, body: { id: known } };
    const id = `sms-${this.#ids.size + 1}`;
    if (isKept) {
      this.#ids.set(data.key, id);
      this.shown.push(data);
    }
    return { status: 200, body: { id } };
  }
}
