import { KmsException } from '../kmsException.ts';

/** A key policy may have 32 KB (https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html). */
const longestPolicy = 32_768;

const versions: readonly unknown[] = ['2012-10-17', '2008-10-17'];

/** Members of a statement of which one has to be there. */
const requiredMembers: readonly (readonly string[])[] = [
  ['Principal', 'NotPrincipal'],
  ['Action', 'NotAction'],
  ['Resource', 'NotResource'],
];

type Members = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTextOrTexts(value: unknown): boolean {
  return typeof value === 'string' || (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string'));
}

function isPrincipal(value: unknown): boolean {
  return value === '*' || (isObject(value) && Object.keys(value).length > 0 && Object.values(value).every(isTextOrTexts));
}

function parse(policy: string): unknown {
  try {
    return JSON.parse(policy) as unknown;
  } catch {
    return undefined;
  }
}

function statementFault(statement: unknown, where: string): string | undefined {
  if (!isObject(statement)) return `${where} has to be an object.`;
  if (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny') return `${where} needs an Effect of Allow or Deny.`;
  for (const names of requiredMembers) {
    const present = names.filter((name) => Object.hasOwn(statement, name));
    const [name] = present;
    if (name === undefined || present.length > 1) return `${where} needs either ${names.join(' or ')}.`;
    const fits = name.endsWith('Principal') ? isPrincipal(statement[name]) : isTextOrTexts(statement[name]);
    if (!fits) return `${where} has a ${name} that is not one. Write a string or a list of strings${name.endsWith('Principal') ? ' by kind, such as {"AWS": "..."}' : ''}.`;
  }
  if (Object.hasOwn(statement, 'Condition') && !isObject(statement['Condition'])) return `${where} has a Condition that is not an object.`;
  return undefined;
}

function documentFault(policy: string): string | undefined {
  if (Buffer.byteLength(policy, 'utf8') > longestPolicy) return `The policy is longer than ${longestPolicy} bytes.`;
  const document = parse(policy);
  if (document === undefined) return 'The policy is not valid JSON.';
  if (!isObject(document)) return 'The policy has to be a JSON object.';
  if (Object.hasOwn(document, 'Version') && !versions.includes(document['Version'])) {
    return 'The Version of the policy has to be 2012-10-17 or 2008-10-17.';
  }
  const { Statement: statement } = document;
  const statements: readonly unknown[] = Array.isArray(statement) ? statement : statement === undefined ? [] : [statement];
  if (statements.length === 0) return 'The policy needs at least one Statement.';
  for (const [index, each] of statements.entries()) {
    const fault = statementFault(each, `Statement ${index + 1}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Throws MalformedPolicyDocumentException, saying what is wrong and where, for a text that is no key policy. */
export function checkPolicyDocument(policy: string): void {
  const fault = documentFault(policy);
  if (fault !== undefined) throw new KmsException('MalformedPolicyDocumentException', fault);
}
