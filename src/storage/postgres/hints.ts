/** What a person does about PostgreSQL's errors that its own words don't tell: one sentence each, the first that fits. */
import type { PlainReason } from "../../domain/reasons/reason.ts";

interface Hint {
  readonly reason: PlainReason;
  readonly fits: (error: { readonly message: string; readonly code: string | undefined }) => boolean;
  readonly sentence: string;
  /** Trying again would not help, whatever the code says. */
  readonly isFinal?: true;
  /** No connection comes about: see `ExternalStoreError.isShut`. */
  readonly isShut?: true;
}

const byCode =
  (...codes: readonly string[]) =>
  ({ code = "" }: { readonly code: string | undefined }): boolean =>
    codes.includes(code);
const byWords =
  (pattern: RegExp) =>
  ({ message }: { readonly message: string }): boolean =>
    pattern.test(message);

const hints: readonly Hint[] = [
  {
    fits: byWords(/does not support SSL/i),
    reason: "pgSslMissing",
    sentence: "The server has no SSL: take sslmode out of DATABASE_URL, or switch SSL on there",
    isFinal: true,
    isShut: true,
  },
  {
    fits: byWords(/no encryption|SSL off|SSL (connection )?is required|connection is insecure/i),
    reason: "pgSslWanted",
    sentence: "The server wants SSL: add ?sslmode=verify-full to DATABASE_URL",
    isFinal: true,
    isShut: true,
  },
  {
    fits: byCode("ERR_TLS_CERT_ALTNAME_INVALID"),
    reason: "pgCertificateHost",
    sentence: "The server's certificate is for another host name than the one in DATABASE_URL",
    isFinal: true,
    isShut: true,
  },
  {
    fits: byCode("CERT_HAS_EXPIRED"),
    reason: "pgCertificateExpired",
    sentence: "The server's certificate has expired",
    isFinal: true,
    isShut: true,
  },
  {
    fits: byCode(
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "SELF_SIGNED_CERT_IN_CHAIN",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "UNABLE_TO_GET_ISSUER_CERT",
    ),
    reason: "pgCertificateUnknown",
    sentence:
      "Nobody this machine trusts signed the server's certificate: name its root with &sslrootcert=/path/to/root.crt",
    isFinal: true,
    isShut: true,
  },
  {
    fits: byWords(/password must be a|no password supplied|empty password/i),
    reason: "pgPasswordMissing",
    sentence:
      "The server wants a password and DATABASE_URL has none: postgres://user:password@host:5432/database",
    isFinal: true,
    isShut: true,
  },
  {
    fits: byCode("28P01"),
    reason: "pgPasswordWrong",
    sentence:
      "User name or password in DATABASE_URL is wrong; signs like @ : / # in a password are written as %40 %3A %2F %23",
  },
  {
    fits: byWords(
      /unsupported startup parameter|not supported (in|by) .*pool|pool(er)? mode|prepared statement .* (does not|already) exist/i,
    ),
    reason: "pgPooler",
    sentence:
      "A connection pooler stands in between: name the database itself in DATABASE_URL, or the pooler in its session mode",
    isFinal: true,
  },
  {
    fits: byWords(
      /query_wait_timeout|no more connections allowed|max_client_conn|remaining connection slots/i,
    ),
    reason: "pgFull",
    sentence: "The server or the pooler before it has no connection left: it is tried again",
  },
  {
    fits: byCode("3D000"),
    reason: "pgNoDatabase",
    sentence: "There is no database of the name in DATABASE_URL: create it first",
  },
  {
    fits: byCode("42501"),
    reason: "pgNoRight",
    sentence:
      "The role in DATABASE_URL lacks a right: an administrator runs what peyk sync --sql prints, and what else it needs is in docs/many-machines.md, for a copy in docs/sync.md",
  },
];

/** The sentence for an error, and whether trying again is ruled out; undefined where its own words say enough. */
export function hintFor(error: {
  readonly message: string;
  readonly code: string | undefined;
}): Pick<Hint, "reason" | "sentence" | "isFinal" | "isShut"> | undefined {
  return hints.find(({ fits }) => fits(error));
}
