import { KmsException } from '../kmsException.ts';
import type { Input, MemberRule, Members } from './memberRules.ts';

/** Everything that is wrong with a request, in the words of AWS, each with the path of its member. */
type Failures = string[];

const base64Pattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const shownLength = 300;

function unreadable(value: unknown, wanted: string): KmsException {
  const found = Array.isArray(value) ? 'START_ARRAY' : typeof value === 'object' ? 'START_OBJECT' : `${typeof value}_VALUE`.toUpperCase();
  return new KmsException('SerializationException', `${found} can not be converted to ${wanted}`);
}

function fail(failures: Failures, path: string, shown: string | undefined, constraint: string): void {
  const value = shown === undefined ? 'Value' : `Value '${shown}'`;
  failures.push(`${value} at '${path}' failed to satisfy constraint: Member must ${constraint}`);
}

function checkRange(
  failures: Failures,
  path: string,
  shown: string | undefined,
  what: 'length' | 'value',
  measure: number,
  { min, max }: { readonly min?: number; readonly max?: number },
): void {
  if (min !== undefined && measure < min) fail(failures, path, shown, `have ${what} greater than or equal to ${min}`);
  if (max !== undefined && measure > max) fail(failures, path, shown, `have ${what} less than or equal to ${max}`);
}

function readText(rule: Extract<MemberRule, { type: 'text' }>, value: unknown, path: string, failures: Failures): string {
  if (typeof value !== 'string') throw unreadable(value, 'a String');
  const shown = value.length > shownLength ? `${value.slice(0, shownLength)}...` : value;
  checkRange(failures, path, shown, 'length', value.length, rule);
  if (rule.pattern && !rule.pattern.test(value)) {
    fail(failures, path, shown, `satisfy regular expression pattern: ${rule.pattern.source}`);
  }
  if (rule.values && !rule.values.includes(value)) {
    fail(failures, path, shown, `satisfy enum value set: [${rule.values.join(', ')}]`);
  }
  return value;
}

function readBlob(rule: Extract<MemberRule, { type: 'blob' }>, value: unknown, path: string, failures: Failures): Buffer {
  if (typeof value !== 'string' || !base64Pattern.test(value)) throw unreadable(value, 'a Blob');
  const bytes = Buffer.from(value, 'base64');
  checkRange(failures, path, undefined, 'length', bytes.length, rule);
  return bytes;
}

function readInteger(rule: Extract<MemberRule, { type: 'integer' }>, value: unknown, path: string, failures: Failures): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw unreadable(value, 'an Integer');
  checkRange(failures, path, value.toString(), 'value', value, rule);
  return value;
}

/** KMS reads numbers and truth values in an encryption context as texts. */
function readTextMap(value: unknown): Input {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable(value, 'a Map');
  const map = Object.create(null) as Record<string, unknown>;
  for (const [name, member] of Object.entries(value as Input)) {
    if (typeof member !== 'string' && typeof member !== 'number' && typeof member !== 'boolean') throw unreadable(member, 'a String');
    map[name] = member.toString();
  }
  return map;
}

function readList(rule: Extract<MemberRule, { type: 'list' }>, value: unknown, path: string, failures: Failures): unknown[] {
  if (!Array.isArray(value)) throw unreadable(value, 'a List');
  checkRange(failures, path, undefined, 'length', value.length, rule);
  return value.map((member: unknown, index) => readMember(rule.member, member, `${path}.${index + 1}.member`, failures));
}

function readMember(rule: MemberRule, value: unknown, path: string, failures: Failures): unknown {
  switch (rule.type) {
    case 'text':
      return readText(rule, value, path, failures);
    case 'blob':
      return readBlob(rule, value, path, failures);
    case 'integer':
      return readInteger(rule, value, path, failures);
    case 'flag':
      if (typeof value !== 'boolean') throw unreadable(value, 'a Boolean');
      return value;
    case 'time':
      if (typeof value !== 'number') throw unreadable(value, 'a Timestamp');
      return new Date(value * 1000);
    case 'textMap':
      return readTextMap(value);
    case 'list':
      return readList(rule, value, path, failures);
    case 'structure':
      return readStructure(rule.members, value, `${path}.`, failures);
  }
}

function absent(path: string): string {
  return `Value null at '${path}' failed to satisfy constraint: Member must not be null`;
}

/** The refusal of a request without a member that only some requests need; `path` is the member's name as messages write it. */
export function missingMember(path: string): KmsException {
  return refusal([absent(path)]);
}

function refusal(failures: Failures): KmsException {
  const noun = failures.length === 1 ? 'validation error' : 'validation errors';
  return new KmsException('ValidationException', `${failures.length} ${noun} detected: ${failures.join('; ')}`);
}

function readStructure(members: Members, value: unknown, prefix: string, failures: Failures): Input {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable(value, 'a Structure');
  const input: Record<string, unknown> = { __proto__: null };
  for (const [name, rule] of Object.entries(members)) {
    const path = `${prefix}${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    const member: unknown = Object.hasOwn(value, name) ? (value as Input)[name] : undefined;
    if (member !== undefined && member !== null) input[name] = readMember(rule, member, path, failures);
    else if (rule.required === true) failures.push(absent(path));
  }
  return input;
}

/**
 * Reads the known members of a request. Members that no rule names are ignored, as AWS does.
 * Throws SerializationException for a value of the wrong type, and one ValidationException that names every member
 * that breaks a rule.
 */
export function validate(members: Members, body: unknown): Input {
  const failures: Failures = [];
  const input = readStructure(members, body, '', failures);
  if (failures.length > 0) throw refusal(failures);
  return input;
}
