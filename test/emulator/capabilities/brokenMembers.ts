import type { MemberRule, Members } from '../../../src/emulator/pipeline/memberRules.ts';

/** A value that breaks a member's rule, and how KMS has to refuse it. */
export interface BrokenMember {
  readonly title: string;
  /** Undefined takes the member away. */
  readonly value: unknown;
  readonly code: 'SerializationException' | 'ValidationException';
}

type Broken = Omit<BrokenMember, 'title'> & { readonly how: string };

const wrongTypes: Readonly<Record<MemberRule['type'], unknown>> = { text: 1, blob: [], integer: 'many', flag: 'yes', time: 'now', textMap: [], list: {}, structure: [] };
const ofLength = (rule: MemberRule, length: number): unknown => {
  if (rule.type === 'text') return 'a'.repeat(length);
  if (rule.type === 'blob') return Buffer.alloc(length).toString('base64');
  return rule.type === 'list' ? Array<unknown>(length).fill(sampleOf(rule.member)) : length;
};

/** A value that keeps a member's rule but for its number in a list. */
function sampleOf(rule: MemberRule): unknown {
  switch (rule.type) {
    case 'text':
      return rule.values?.[0] ?? 'a'.repeat(rule.min ?? 1);
    case 'blob':
      return 'AAAA';
    case 'integer':
      return rule.min ?? 1;
    case 'flag':
      return true;
    case 'time':
      return 0;
    case 'textMap':
      return {};
    case 'list':
      return [];
    case 'structure':
      return Object.fromEntries(Object.entries(rule.members).map(([name, member]) => [name, sampleOf(member)]));
  }
}

function outOfBounds(rule: MemberRule): Broken[] {
  const broken: Broken[] = [];
  const { min, max, pattern, values } = rule as { min?: number; max?: number; pattern?: RegExp; values?: readonly string[] };
  const code = 'ValidationException';
  if (min !== undefined && min > 0) broken.push({ how: 'below its least', value: ofLength(rule, min - 1), code });
  if (max !== undefined) broken.push({ how: 'above its most', value: ofLength(rule, max + 1), code });
  if (pattern?.test('\u{1F511}'.repeat(20)) === false) broken.push({ how: 'against its pattern', value: '\u{1F511}'.repeat(20), code });
  if (values !== undefined) broken.push({ how: 'of no known value', value: 'SOMETHING_ELSE', code });
  return broken;
}

function brokenOf(rule: MemberRule): Broken[] {
  const absent: Broken[] = rule.required === true ? [{ how: 'absent', value: undefined, code: 'ValidationException' }] : [];
  return [...absent, { how: 'of the wrong type', value: wrongTypes[rule.type], code: 'SerializationException' }, ...outOfBounds(rule), ...inside(rule)];
}

/** What is wrong inside a list or a structure. */
function inside(rule: MemberRule): Broken[] {
  if (rule.type === 'list') {
    const members = brokenOf(rule.member).filter(({ value }) => value !== undefined);
    return members.map(({ how, value, code }) => ({ how: `with a member ${how}`, value: [value], code }));
  }
  if (rule.type !== 'structure') return [];
  return Object.entries(rule.members).flatMap(([name, member]) =>
    brokenOf(member).map(({ how, value, code }) => ({ how: `with ${name} ${how}`, value: { ...(sampleOf(rule) as object), [name]: value }, code })),
  );
}

/** Every way to break one member of a request, by the type, length, range, pattern and values of each. */
export function brokenMembers(members: Members): readonly (BrokenMember & { readonly name: string })[] {
  return Object.entries(members).flatMap(([name, rule]) => brokenOf(rule).map(({ how, value, code }) => ({ name, title: `${name} ${how}`, value, code })));
}
