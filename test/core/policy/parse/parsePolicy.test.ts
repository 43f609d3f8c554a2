import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parsePolicy } from '../../../../src/core/policy/parse/parsePolicy.ts';
import type { Span } from '../../../../src/core/policy/parse/policyTree.ts';

const document = {
  Version: '2012-10-17',
  Id: 'key-default-1',
  Statement: [
    {
      Sid: 'Enable IAM User Permissions',
      Effect: 'Allow',
      Principal: { AWS: ['arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:user/ali"ce'], Service: 's3.amazonaws.com' },
      Action: ['kms:*', 'kms:Decrypt'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': ['s3.eu-west-1.amazonaws.com'], 'kms:RotationPeriodInDays': 90 }, Bool: { 'kms:MultiRegion': false } },
    },
    { Effect: 'Deny', NotPrincipal: '*', NotAction: 'kms:Encrypt', NotResource: '*' },
  ],
};
const text = JSON.stringify(document, null, 2);

/** Every node of a tree, with the tree itself. */
function spansOf(value: unknown): readonly Span[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(spansOf);
  return 'offset' in value && 'length' in value && typeof value.offset === 'number' && typeof value.length === 'number' && !Array.isArray(value)
    ? [{ offset: value.offset, length: value.length }, ...inner]
    : inner;
}

interface FaultCase {
  readonly name: string;
  readonly text: string;
  /** Kind, marked text and message of each fault. */
  readonly faults: readonly RegExp[];
}

const faultCases: readonly FaultCase[] = [
  { name: 'a list of numbers as actions', text: '{"Statement":[{"Action":[1,"kms:*"]}]}', faults: [/^type 1 Action takes a text/] },
  { name: 'an object as an action', text: '{"Statement":[{"Action":{}}]}', faults: [/^type \{ Action takes a text/] },
  { name: 'an Effect that is a list', text: '{"Statement":[{"Effect":["Allow"]}]}', faults: [/^type \[ Effect takes a text/] },
  { name: 'a Principal that is a list', text: '{"Statement":[{"Principal":["*"]}]}', faults: [/^type \[ Principal takes/] },
  { name: 'a Condition that is text', text: '{"Statement":[{"Condition":"x"}]}', faults: [/^type "x" Condition takes an object/] },
  { name: 'an operator that is text', text: '{"Statement":[{"Condition":{"Bool":"x"}}]}', faults: [/^type "x" Bool takes an object/] },
  { name: 'an unknown element of a statement', text: '{"Statement":[{"Actions":"x"}]}', faults: [/^unknown "Actions" A statement has no element Actions/] },
  { name: 'an unknown element of a policy', text: '{"Statements":[]}', faults: [/^unknown "Statements" A policy has no element Statements/] },
  { name: 'a repeated element', text: '{"Statement":[{"Sid":"a","Sid":"b"}]}', faults: [/^duplicate "Sid" The element Sid is there twice/] },
  { name: 'a statement that is text', text: '{"Statement":["x"]}', faults: [/^type "x" A statement is a JSON object/] },
  { name: 'a policy that is a list', text: '[]', faults: [/^type \[ A key policy is a JSON object/] },
  { name: 'a text that nests too deeply', text: '['.repeat(100_000), faults: [/^syntax \[ No policy nests this deeply/] },
  { name: 'a missing comma', text: '{"Version":"2012-10-17" "Statement":[]}', faults: [/^syntax .* A comma is expected here/] },
];

function checkFaults({ text: broken, faults }: FaultCase): void {
  const found = parsePolicy(broken).faults.map(({ kind, offset, length, message }) => `${kind} ${broken.slice(offset, offset + length)} ${message}`);
  assert.equal(found.length, faults.length, found.join('\n'));
  faults.forEach((expected, index) => { assert.match(found[index]!, expected); });
}

describe('parsePolicy', () => {
  const tree = parsePolicy(text);

  it('gives every text node the place where it stands', () => {
    const [first, second] = tree.statements;
    const nodes = [tree.version!.content!, tree.id!.content!, ...first!.action!.items, ...first!.principal!.groups.flatMap(({ name, items }) => [name, ...items]), second!.notPrincipal!.text!];
    assert.ok(nodes.length > 8);
    for (const { offset, length, text: content } of nodes) assert.equal(JSON.parse(text.slice(offset, offset + length)), content);
  });

  it('keeps numbers and booleans of conditions as texts', () => {
    const values = tree.statements[0]!.condition!.operators.flatMap(({ keys }) => keys.flatMap(({ items }) => items.map((item) => `${item.type} ${item.text}`)));
    assert.deepEqual(values, ['string s3.eu-west-1.amazonaws.com', 'number 90', 'boolean false']);
  });

  it('finds no fault in a sound policy', () => {
    assert.deepEqual(tree.faults, []);
  });

  it('takes a single statement without a list', () => {
    assert.equal(parsePolicy('{"Statement":{"Effect":"Allow"}}').statements[0]?.effect?.content?.text, 'Allow');
  });

  it('takes the last of a repeated element', () => {
    assert.equal(parsePolicy('{"Statement":[{"Sid":"a","Sid":"b"}]}').statements[0]?.sid?.content?.text, 'b');
  });

  for (const each of faultCases) it(`finds ${each.name}`, () => { checkFaults(each); });

  it('recovers on any prefix of a policy', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), (end) => {
        const prefix = text.slice(0, end);
        const part = parsePolicy(prefix);
        assert.ok(part.faults.length > 0);
        for (const { offset, length } of spansOf(part)) assert.ok(offset >= 0 && length >= 0 && offset + length <= prefix.length);
        // What ended before the cut is there, with the same place and the same text.
        for (const statement of tree.statements) {
          if (statement.offset + statement.length > end) continue;
          assert.deepEqual(part.statements[statement.index], statement);
        }
      }),
      { numRuns: 500 },
    );
  });
});
