/** Whether JSON.stringify would write the value in another way than the AWS protocol. */
function isBlobOrTime(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return hasBlobOrTime(value);
  if (value instanceof Uint8Array || value instanceof Date) return true;
  // Answers are plain objects; this is the cheapest way through their members.
  for (const name in value) if (isBlobOrTime((value as Readonly<Record<string, unknown>>)[name])) return true;
  return false;
}

function hasBlobOrTime(list: readonly unknown[]): boolean {
  for (const member of list) if (isBlobOrTime(member)) return true;
  return false;
}

function objectText(value: Readonly<Record<string, unknown>>): string {
  let members = '';
  for (const name in value) {
    const member = value[name];
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${JSON.stringify(name)}:${wireText(member)}`;
  }
  return `{${members}}`;
}

function base64(bytes: Uint8Array): string {
  if (Buffer.isBuffer(bytes)) return bytes.toString('base64');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/**
 * JSON as the AWS protocol writes it, in one pass: blobs in base64, times in epoch seconds, no absent members.
 * Works for what an operation can answer: texts, numbers, flags, null, blobs, times, lists and objects of them.
 */
export function wireText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  // base64 needs no escapes.
  if (value instanceof Uint8Array) return `"${base64(value)}"`;
  if (value instanceof Date) return JSON.stringify(value.getTime() / 1000);
  if (!Array.isArray(value)) return objectText(value as Readonly<Record<string, unknown>>);
  // Long lists hold texts alone, which the runtime's own writer is best at.
  return hasBlobOrTime(value) ? `[${value.map(wireText).join(',')}]` : JSON.stringify(value);
}
