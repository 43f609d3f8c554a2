/** KMS stores at most 32 KB (https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html). */
export const maximumPolicyBytes = 32_768;

/** The pattern of a key policy in the API: printable characters up to U+00FF, tab, line feed and carriage return. */
export const allowedTextPattern = String.raw`[\u0009\u000A\u000D\u0020-\u00FF]+`;

const forbidden = /[^\t\n\r\u0020-\u00ff]/;

/** Where the first character stands that a key policy cannot hold. */
export function forbiddenCharacterAt(text: string): number | undefined {
  const at = text.search(forbidden);
  return at < 0 ? undefined : at;
}

/** Bytes of UTF-8, which is what KMS counts. */
export function policyBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
