/** Every way in which X says no, with its status and body as published or as seen in the field. */

/** What goes over the wire; a body that is text is HTML from the edge. */
export interface Reply {
  readonly status: number;
  readonly body: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

const PROBLEMS = "https://api.twitter.com/2/problems";

function problem(status: number, title: string, detail: string, more: object = {}): Reply {
  return { status, body: { title, detail, type: "about:blank", status, ...more } };
}

function coded(status: number, code: number, message: string): Reply {
  return { status, body: { errors: [{ code, message }] } };
}

/** By the name that faults and troubles use. */
export const refusals = {
  unauthorized: problem(401, "Unauthorized", "Unauthorized"),
  badToken: coded(401, 89, "Invalid or expired token."),
  oauth1Permissions: problem(
    403,
    "Forbidden",
    "Your client app is not configured with the appropriate oauth1 app permissions for this endpoint.",
    { type: `${PROBLEMS}/oauth1-permissions` },
  ),
  wrongAuthKind: problem(403, "Unsupported Authentication", "Authenticating with this is forbidden.", {
    type: `${PROBLEMS}/unsupported-authentication`,
  }),
  notEnrolled: problem(403, "Client Forbidden", "This app is not enrolled.", {
    type: `${PROBLEMS}/client-forbidden`,
    reason: "client-not-enrolled",
  }),
  forbidden: problem(403, "Forbidden", "Forbidden"),
  notPermitted: problem(403, "Forbidden", "This operation is not permitted."),
  cannotDm: problem(403, "Forbidden", "You do not have permission to DM one or more participants."),
  cannotDmCoded: coded(403, 349, "You cannot send messages to this user."),
  senderNotVerified: coded(403, 476, "Sender is not verified to send message requests"),
  spamGuard: coded(
    403,
    226,
    "This request looks like it might be automated. To protect our users from spam and other malicious activity, we can't complete this action right now.",
  ),
  suspended: coded(403, 64, "Your account is suspended and is not permitted to access this feature."),
  locked: coded(403, 326, "To protect our users from spam, this account is temporarily locked."),
  repeated: coded(403, 151, "There was an error sending your message: Whoops! You already said that."),
  creditsDepleted: {
    status: 402,
    body: {
      account_id: "1700000000000000001",
      title: "CreditsDepleted",
      detail:
        "Your enrolled account [1700000000000000001] does not have any credits to fulfill this request.",
      type: `${PROBLEMS}/credits`,
    },
  },
  spendCap: problem(403, "SpendCapReached", "Your account has reached its spend cap.", {
    type: `${PROBLEMS}/credits`,
    reset_date: "2030-01-01",
  }),
  usageCapped: problem(429, "UsageCapExceeded", "Usage cap exceeded: Monthly product cap", {
    type: `${PROBLEMS}/usage-capped`,
    period: "Monthly",
    scope: "Product",
  }),
  tooMany: problem(429, "Too Many Requests", "Too Many Requests"),
  tooManyCoded: coded(429, 88, "Rate limit exceeded"),
  internal: problem(500, "Internal Server Error", "Something is broken.", {
    type: `${PROBLEMS}/internal-error`,
  }),
  unavailable: problem(503, "Service Unavailable", "Service Unavailable"),
  edge: { status: 502, body: "<html><head><title>502 Bad Gateway</title></head><body></body></html>" },
  empty: { status: 504, body: "" },
  notFound: problem(404, "Not Found", "Not Found"),
  /** A question that X does not take, of which it says nothing more. */
  badRequest: problem(400, "Invalid Request", "One or more parameters to your request was invalid.", {
    type: `${PROBLEMS}/invalid-request`,
  }),
} as const satisfies Record<string, Reply>;

export type RefusalName = keyof typeof refusals;

/** Thrown inside a route to end it with a reply. */
export class Refused extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`refused with ${reply.status}`);
    this.reply = reply;
  }
}

/** A parameter is wrong, so the whole call is. */
export function invalidRequest(parameter: string, value: string, message: string): Refused {
  return new Refused({
    status: 400,
    body: {
      errors: [{ parameters: { [parameter]: [value] }, message }],
      title: "Invalid Request",
      detail: "One or more parameters to your request was invalid.",
      type: `${PROBLEMS}/invalid-request`,
    },
  });
}

/** One entry of a 200's `errors`: somebody or something is not there. */
export function partialError(
  kind: "missing" | "suspended",
  of: { readonly resource: string; readonly parameter: string; readonly value: string },
): object {
  const { resource, parameter, value } = of;
  const detail =
    kind === "missing"
      ? `Could not find ${resource} with ${parameter}: [${value}].`
      : `User has been suspended: [${value}].`;
  return {
    value,
    detail,
    title: kind === "missing" ? "Not Found Error" : "Forbidden",
    resource_type: resource,
    parameter,
    resource_id: value,
    type: `${PROBLEMS}/resource-not-found`,
  };
}

/** One entry of a 200's `errors`: X can't say anything of this name for the moment. */
export function unavailableError(value: string): object {
  return {
    value,
    detail: `The user with usernames: [${value}] is unavailable.`,
    title: "Resource Unavailable",
    resource_type: "user",
    parameter: "usernames",
    resource_id: value,
    type: `${PROBLEMS}/resource-unavailable`,
  };
}
