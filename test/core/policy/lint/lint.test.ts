import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Caller } from '../../../../src/core/policy/evaluate/request.ts';
import type { Diagnostic, LintFacts, QuickFix, Severity } from '../../../../src/core/policy/lint/diagnostic.ts';
import { lintCodes } from '../../../../src/core/policy/lint/lintCodes.ts';
import { lintPolicy } from '../../../../src/core/policy/lint/lintPolicy.ts';

const folder = new URL('./', import.meta.url);

interface Example {
  readonly policy?: object;
  /** For a text that JSON cannot hold as an object. */
  readonly text?: string;
  readonly facts: {
    readonly key?: NonNullable<LintFacts['key']>;
    readonly caller?: Caller;
    readonly trustedAccounts?: readonly string[];
    readonly missingPrincipals?: readonly string[];
  };
  /** The text that is marked. */
  readonly at?: string;
  readonly severity?: Severity;
  /** The title of the quick fix. */
  readonly fix?: string;
}

function readExample(code: string, file: string): { example: Example; text: string; facts: LintFacts } {
  const example = JSON.parse(readFileSync(new URL(`${code}/${file}.json`, folder), 'utf8')) as Example;
  const { missingPrincipals, ...facts } = example.facts;
  const principalExists = (_type: string, name: string) => missingPrincipals?.includes(name) !== true;
  return { example, text: example.text ?? JSON.stringify(example.policy, null, 2), facts: { ...facts, principalExists } };
}

function ofCode(text: string, facts: LintFacts, code: string): readonly Diagnostic[] {
  return lintPolicy(text, facts).filter((diagnostic) => diagnostic.code === code);
}

function applyFix(text: string, { edits }: QuickFix): string {
  return edits.toReversed().reduce((done, { offset, length, text: inserted }) => done.slice(0, offset) + inserted + done.slice(offset + length), text);
}

function checkPositive(code: string): void {
  const { example, text, facts } = readExample(code, 'positive');
  const found = ofCode(text, facts, code);
  assert.equal(found.length, 1, JSON.stringify(lintPolicy(text, facts)));
  const { offset, length, severity, message, link, fix } = found[0]!;
  assert.equal(text.slice(offset, offset + length), example.at);
  assert.equal(severity, example.severity);
  assert.match(message, /^[^\n]+\.$/);
  assert.match(link, /^https:\/\/docs\.aws\.amazon\.com\//);
  assert.equal(fix?.title, example.fix);
  if (fix === undefined) return;
  const fixed = applyFix(text, fix);
  assert.doesNotThrow(() => { JSON.parse(fixed); }, fixed);
  assert.deepEqual(ofCode(fixed, facts, code), []);
}

function checkNegative(code: string): void {
  const { text, facts } = readExample(code, 'negative');
  assert.deepEqual(ofCode(text, facts, code), []);
  const [first] = lintPolicy(text, facts).filter((diagnostic) => diagnostic.code === 'KMSP001');
  assert.equal(first, undefined);
}

const policy = (statement: object, version: string | undefined = '2012-10-17') => JSON.stringify({ Version: version, Statement: [statement] });
const statement = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' };

/** Sides of a rule beyond its one example: a policy and `code severity` of everything that is found. */
const more: readonly { readonly name: string; readonly text: string; readonly found: readonly string[] }[] = [
  { name: 'nothing in the default policy', text: policy(statement), found: [] },
  { name: 'the size before it is too much', text: policy({ ...statement, Sid: 'x'.repeat(30_000) }), found: ['KMSP002 warning'] },
  { name: 'a missing Effect', text: policy({ ...statement, Effect: undefined }), found: ['KMSP032 warning', 'KMSP004 error'] },
  { name: 'a policy without statements', text: '{"Version":"2012-10-17"}', found: ['KMSP004 error'] },
  { name: 'a missing Version', text: JSON.stringify({ Statement: [statement] }), found: ['KMSP009 warning'] },
  { name: 'variables in an old Version', text: policy({ ...statement, Resource: '*', Sid: '${x}' }, '2008-10-17'), found: ['KMSP009 warning'] },
  { name: 'a missing Action', text: policy({ ...statement, Action: undefined }), found: ['KMSP032 warning', 'KMSP006 error'] },
  { name: 'an action of another service', text: policy({ ...statement, Action: ['kms:*', 's3:GetObject'] }), found: ['KMSP017 error'] },
  { name: 'an action without its service', text: policy({ ...statement, Action: ['kms:*', 'Decrypt'] }), found: ['KMSP017 error'] },
  { name: 'a wildcard that fits nothing', text: policy({ ...statement, Action: ['kms:*', 'kms:Destroy*'] }), found: ['KMSP017 error', 'KMSP037 information'] },
  { name: 'an unknown type of principal', text: policy({ ...statement, Principal: { AWS: 'arn:aws:iam::111122223333:root', User: 'a' } }), found: ['KMSP010 error'] },
  { name: 'a wildcard inside a principal', text: policy({ ...statement, Principal: { AWS: ['arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:role/*'] } }), found: ['KMSP010 error'] },
  { name: 'an unknown condition key of KMS', text: policy({ ...statement, Condition: { StringEquals: { 'kms:ViaServices': 'a' } } }), found: ['KMSP032 warning', 'KMSP022 error'] },
  { name: 'a condition key of another service', text: policy({ ...statement, Condition: { StringEquals: { 's3:prefix': 'a' } } }), found: ['KMSP032 warning', 'KMSP022 warning'] },
  { name: 'ForAllValues on a key with one value', text: policy({ ...statement, Condition: { 'ForAllValues:StringEquals': { 'kms:CallerAccount': '111122223333' } } }), found: ['KMSP032 warning', 'KMSP025 warning'] },
  { name: 'a number under Bool', text: policy({ ...statement, Condition: { Bool: { 'kms:MultiRegion': '1' } } }), found: ['KMSP032 warning', 'KMSP024 error'] },
  { name: 'the wrong operator for a type', text: policy({ ...statement, Condition: { Bool: { 'kms:CallerAccount': 'true' } } }), found: ['KMSP032 warning', 'KMSP024 warning'] },
  { name: 'a repeated statement', text: JSON.stringify({ Version: '2012-10-17', Statement: [statement, statement] }), found: ['KMSP037 information'] },
  { name: 'an empty Condition', text: policy({ ...statement, Condition: {} }), found: ['KMSP037 information'] },
  { name: 'an empty Sid', text: policy({ ...statement, Sid: '' }), found: ['KMSP036 information'] },
  { name: 'only syntax in a half-typed policy', text: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Act', found: ['KMSP001 error'] },
];

/** Conditions under which everybody is allowed, and the code that is found. */
const forEveryone: readonly (readonly [condition: object | undefined, code: 'KMSP013' | 'KMSP014' | undefined])[] = [
  [undefined, 'KMSP013'],
  [{ StringEquals: { 'kms:CallerAccount': '111122223333' } }, undefined],
  [{ StringEquals: { 'aws:PrincipalOrgID': 'o-example' } }, undefined],
  [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, undefined],
  [{ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:*' } }, undefined],
  [{ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }, 'KMSP014'],
  [{ StringNotEquals: { 'kms:CallerAccount': '111122223333' } }, 'KMSP014'],
  [{ StringEqualsIfExists: { 'kms:CallerAccount': '111122223333' } }, 'KMSP014'],
  [{ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-example/r-1/' } }, 'KMSP014'],
  [{ 'ForAnyValue:StringEquals': { 'aws:PrincipalOrgPaths': 'o-example/r-1/' } }, undefined],
  [{ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }, 'KMSP014'],
  [{ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:*:topic' } }, 'KMSP014'],
  [{ StringEquals: { 'kms:CallerAccount': '${aws:PrincipalAccount}' } }, 'KMSP014'],
  [{ StringEquals: { 'kms:CallerAccount': [] } }, 'KMSP014'],
  [{ Null: { 'kms:CallerAccount': 'false' } }, 'KMSP014'],
  [{ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '10.0.0.0/8'] } }, 'KMSP014'],
  [{ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }, 'KMSP014'],
];

function checkEveryone(condition: object | undefined, code: string | undefined): void {
  const text = policy({ ...statement, Principal: { AWS: '*' }, Condition: condition });
  const found = lintPolicy(text).map((diagnostic) => diagnostic.code).filter((each) => each === 'KMSP013' || each === 'KMSP014');
  assert.deepEqual(found, code === undefined ? [] : [code]);
}

/** Conditions of a statement on Decrypt and DescribeKey, and what is said about keys that do not go with them. */
const availability: readonly (readonly [effect: 'Allow' | 'Deny', condition: object, message: RegExp | undefined])[] = [
  ['Allow', { StringEquals: { 'kms:EncryptionContext:app': 'a' } }, /^Requests for kms:DescribeKey do not carry/],
  ['Deny', { StringEquals: { 'kms:EncryptionContext:app': 'a' } }, undefined],
  ['Allow', { StringEqualsIfExists: { 'kms:EncryptionContext:app': 'a' } }, undefined],
  ['Allow', { StringEquals: { 'kms:MacAlgorithm': 'HMAC_SHA_256' } }, /so the statement allows nothing\.$/],
  ['Deny', { StringEquals: { 'kms:MacAlgorithm': 'HMAC_SHA_256' } }, /so the statement denies nothing\.$/],
  ['Deny', { StringNotEquals: { 'kms:MacAlgorithm': 'HMAC_SHA_256' } }, /so the condition always holds\.$/],
  ['Allow', { StringEquals: { 'kms:KeySpec': 'SYMMETRIC_DEFAULT' } }, undefined],
];

function checkAvailability(effect: string, condition: object, message: RegExp | undefined): void {
  const text = policy({ ...statement, Effect: effect, Action: ['kms:Decrypt', 'kms:DescribeKey'], Condition: condition });
  const found = ofCode(text, {}, 'KMSP023');
  assert.equal(found.length, message === undefined ? 0 : 1);
  if (message !== undefined) assert.match(found[0]!.message, message);
}

describe('lintPolicy', () => {
  for (const [condition, code] of forEveryone) {
    it(`finds ${code ?? 'no public access'} for everybody under ${JSON.stringify(condition)}`, () => { checkEveryone(condition, code); });
  }

  for (const [effect, condition, message] of availability) {
    it(`says ${message === undefined ? 'nothing' : String(message)} of ${effect} under ${JSON.stringify(condition)}`, () => { checkAvailability(effect, condition, message); });
  }

  it('takes a Deny without attestation as closing the ways around an enclave', () => {
    const { text } = readExample('KMSP038', 'positive');
    const { Version, Statement } = JSON.parse(text) as { Version: string; Statement: object[] };
    const deny = { Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*', Condition: { StringNotEqualsIgnoreCase: { 'kms:RecipientAttestation:PCR0': '00' } } };
    assert.deepEqual(ofCode(JSON.stringify({ Version, Statement: [...Statement, deny] }), {}, 'KMSP038'), []);
  });

  for (const code of Object.keys(lintCodes)) {
    it(`finds ${code} in its positive example`, () => { checkPositive(code); });
    it(`finds no ${code} in its negative example`, () => { checkNegative(code); });
  }

  it('has an example for every code and no other', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
    assert.deepEqual(folders.sort(), Object.keys(lintCodes));
  });

  for (const { name, text, found } of more) {
    it(`finds ${name}`, () => {
      assert.deepEqual(lintPolicy(text).map(({ code, severity }) => `${code} ${severity}`), found, JSON.stringify(lintPolicy(text)));
    });
  }

  const layouts: readonly (readonly [name: string, text: string, fixed: string])[] = [
    ['on a line of its own', '{\n  "Statement": []\n}', '{\n  "Version": "2012-10-17",\n  "Statement": []\n}'],
    ['on the line of the others', '{"Statement": []}', '{"Version": "2012-10-17", "Statement": []}'],
    ['after a tab', '{\r\n\t"Statement": []\r\n}', '{\r\n\t"Version": "2012-10-17",\n\t"Statement": []\r\n}'],
  ];
  for (const [name, text, fixed] of layouts) {
    it(`adds a Version ${name}`, () => {
      assert.equal(applyFix(text, ofCode(text, {}, 'KMSP009')[0]!.fix!), fixed);
    });
  }

  const large: readonly (readonly [name: string, text: string])[] = [
    ['misspelt actions', policy({ ...statement, Action: Array.from({ length: 1_500 }, (_, index) => `kms:Decry${index}`) })],
    ['wildcards', policy({ ...statement, Action: Array.from({ length: 2_000 }, (_, index) => `kms:${index}*`) })],
    ['syntax errors', '{"a" "b" '.repeat(3_000)],
    ['statements that are alike', JSON.stringify({ Statement: Array.from({ length: 250 }, () => statement) })],
  ];
  for (const [name, text] of large) {
    it(`is not held up by a long list of ${name}`, () => {
      assert.ok(text.length > 17_000);
      const start = performance.now();
      assert.ok(lintPolicy(text).length > 0);
      assert.ok(performance.now() - start < 1_500);
    });
  }

  it('never throws and marks places inside the text only', () => {
    const parts = fc.constantFrom('{', '}', '[', ']', ',', ':', '"Statement"', '"Effect"', '"Allow"', '"Principal"', '"*"', '"Action"', '"kms:*"', '"Condition"', '"Bool"', '\n', '鍵', '1');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (list) => {
        const text = list.join('');
        for (const { offset, length } of lintPolicy(text)) assert.ok(offset >= 0 && length >= 0 && offset + length <= Math.max(1, text.length));
      }),
    );
  });
});
