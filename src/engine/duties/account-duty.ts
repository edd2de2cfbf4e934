/** What the duty of taking an account's turns is called. */
import type { DutyName } from "../../storage/ports/duties.ts";

export interface ChannelAccount {
  readonly channel: string;
  readonly account: string;
}

const ACCOUNT = "account/";

/** The name may hold anything that an operator called the account. */
export function dutyOfAccount({ channel, account }: ChannelAccount): DutyName {
  return `${ACCOUNT}${encodeURIComponent(channel)}/${encodeURIComponent(account)}`;
}

/** Undefined for any other duty. */
export function accountOfDuty(duty: DutyName): ChannelAccount | undefined {
  if (!duty.startsWith(ACCOUNT)) return undefined;
  const [channel, account] = duty.slice(ACCOUNT.length).split("/").map(decodeURIComponent);
  return channel === undefined || account === undefined ? undefined : { channel, account };
}
