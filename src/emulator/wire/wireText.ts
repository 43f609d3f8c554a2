/** Texts that JSON holds as they are. */
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

function quoted(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text);
}

function objectText(value: object): string {
  let members = '';
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${quoted(name)}:${wireText(member)}`;
  }
  return `{${members}}`;
}

/**
 * JSON as the AWS protocol writes it, in one pass: blobs in base64, times in epoch seconds, no absent members.
 * Works for what an operation can answer: texts, numbers, flags, null, blobs, times, lists and objects of them.
 */
export function wireText(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  // base64 needs no escapes.
  if (Buffer.isBuffer(value)) return `"${value.toString('base64')}"`;
  if (value instanceof Uint8Array) return `"${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')}"`;
  if (value instanceof Date) return JSON.stringify(value.getTime() / 1000);
  return Array.isArray(value) ? `[${value.map(wireText).join(',')}]` : objectText(value);
}
