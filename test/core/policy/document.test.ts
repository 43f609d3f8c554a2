import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatPolicy, readPolicyDocument } from '../../../src/core/policy/document.ts';
import { maximumPolicyBytes } from '../../../src/core/policy/save/allowedText.ts';

const statement = { Sid: 'All', Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' };
const policyOf = (...statements: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });

interface Case {
  readonly name: string;
  readonly text: string;
  /** `kind line:column message` of each problem. */
  readonly problems: readonly RegExp[];
}

const cases: readonly Case[] = [
  { name: 'a sound policy has no problem', text: policyOf(statement), problems: [] },
  { name: 'a single statement needs no list', text: JSON.stringify({ Statement: statement }), problems: [] },
  { name: 'a missing comma is found where it belongs', text: '{\n  "Version": "2012-10-17"\n  "Statement": []\n}', problems: [/^syntax 3:3 A comma is expected/] },
  { name: 'a trailing comma is refused', text: '{\r\n  "Statement": {},\r\n}', problems: [/^syntax 3:1 An element name in double quotes/] },
  { name: 'a comment is refused', text: '{ // mine\n "Statement": [] }', problems: [/^syntax 1:3 A key policy cannot hold comments/] },
  { name: 'single quotes are refused', text: "{ 'Version': 1 }", problems: [/^syntax 1:3 /] },
  { name: 'a string that does not end is found', text: '{\n  "Version": "2012\n}', problems: [/^syntax 2:14 The closing double quote is missing/] },
  { name: 'text after the policy is refused', text: `${policyOf(statement)} []`, problems: [/^syntax 1:\d+ Nothing may follow/] },
  { name: 'an empty text is no policy', text: '', problems: [/^syntax 1:1 A value is expected/] },
  { name: 'a list is no policy', text: '[]', problems: [/^shape 1:1 A key policy is a JSON object/] },
  { name: 'a policy without a statement allows nothing', text: '{"Version":"2012-10-17"}', problems: [/^shape 1:1 The policy has no Statement/] },
  { name: 'an empty list of statements allows nothing', text: '{"Statement":[]}', problems: [/^shape 1:14 The policy has no Statement/] },
  { name: 'an unknown version is named', text: '{"Version":"2026-01-01","Statement":{}}', problems: [/^shape 1:12 Version must be "2012-10-17"/, /Effect/, /Principal/, /Action/, /Resource/] },
  { name: 'an unknown element is named with those that exist', text: policyOf({ ...statement, Actions: 'kms:*' }), problems: [/^shape 1:\d+ A statement has no element of this name. It can have Sid/] },
  { name: 'an unknown effect is named', text: policyOf({ ...statement, Effect: 'allow' }), problems: [/^shape 1:\d+ Effect must be "Allow" or "Deny"/] },
  { name: 'both of a pair are too many', text: policyOf({ ...statement, NotAction: 'kms:*' }), problems: [/either Action or NotAction, not both/] },
  { name: 'a repeated element is named', text: '{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}', problems: [/^shape 1:25 The element Version is there twice/, /no Statement/] },
  { name: 'a statement that is text is no statement', text: '{"Statement":["kms"]}', problems: [/^shape 1:15 A statement is a JSON object/] },
  { name: 'a policy of too many bytes is refused', text: policyOf({ ...statement, Sid: 'ä'.repeat(16_384) }), problems: [/^size 1:1 The policy has 32\d\d\d bytes, and KMS stores at most 32768/] },
];

function check({ text, problems }: Case): void {
  const found = readPolicyDocument(text).problems.map(({ kind, line, column, message }) => `${kind} ${line}:${column} ${message}`);
  assert.equal(found.length, problems.length, found.join('\n'));
  problems.forEach((expected, index) => { assert.match(found[index] ?? '', expected); });
}

describe('readPolicyDocument', () => {
  for (const each of cases) it(each.name, () => { check(each); });

  it('never throws and keeps every problem inside the text', () => {
    const fragments = fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '"Statement"', '"Effect"', '\n', '\\', '1', 'null', 'é', '//');
    fc.assert(
      fc.property(fc.array(fragments), (parts) => {
        const text = parts.join('');
        for (const { offset, length, line, column } of readPolicyDocument(text).problems) {
          assert.ok(offset >= 0 && offset + length <= text.length && line >= 1 && column >= 1);
        }
      }),
    );
  });

  it('counts bytes and not characters', () => {
    assert.equal(readPolicyDocument('"é"').bytes, 4);
    assert.equal(maximumPolicyBytes, 32_768);
  });
});

describe('formatPolicy', () => {
  it('puts one element on a line', () => {
    assert.equal(formatPolicy('{"Version":"2012-10-17"}'), '{\n  "Version": "2012-10-17"\n}');
  });

  it('leaves a broken text alone', () => {
    assert.equal(formatPolicy('{"Version":'), '{"Version":');
  });

  it('changes nothing but white space', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        assert.deepEqual(JSON.parse(formatPolicy(text)), JSON.parse(text));
      }),
    );
  });
});
