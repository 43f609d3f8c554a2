import assert from 'node:assert/strict';
import fc from 'fast-check';
import { completePolicy } from '../../../../src/core/policy/complete/completePolicy.ts';
import type { Completion } from '../../../../src/core/policy/complete/completion.ts';
import type { LintFacts } from '../../../../src/core/policy/lint/diagnostic.ts';

const account = '111122223333';
const root = `arn:aws:iam::${account}:root`;
const facts: LintFacts = {
  key: { arn: `arn:aws:kms:eu-west-1:${account}:key/1`, account, region: 'eu-west-1', spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS', multiRegion: false },
  caller: { kind: 'role', account, arn: `arn:aws:sts::${account}:assumed-role/ops/me` },
};

interface Case {
  readonly name: string;
  /** The text with a bar for the cursor. */
  readonly text: string;
  readonly facts?: LintFacts;
  /** Labels that are there, in this order. */
  readonly offers?: readonly string[];
  readonly lacks?: readonly string[];
  /** All labels. */
  readonly only?: readonly string[];
  /** The text after the first of `offers` is taken, with a bar for the cursor. */
  readonly taken?: string;
}

const inStatement = (members: string): string => `{"Statement":[{${members}}]}`;
const use = '"Action":["kms:Decrypt","kms:DescribeKey"]';

const cases: readonly Case[] = [
  { name: 'elements of a policy', text: '{|}', only: ['Version', 'Id', 'Statement'] },
  { name: 'elements of a policy that are not there yet', text: '{"Version":"2012-10-17",|}', offers: ['Statement'], lacks: ['Version'] },
  { name: 'the element that is being typed', text: '{"Vers|"}', offers: ['Version'], taken: '{"Version": "|"}' },
  { name: 'the name of an element that has its value', text: '{"St|": []}', offers: ['Statement'], taken: '{"Statement"|: []}' },
  { name: 'elements without their opposites', text: inStatement('"NotAction":"kms:*",|'), offers: ['Sid', 'Effect', 'Principal', 'Resource'], lacks: ['Action', 'NotAction'] },
  { name: 'elements of a single statement without a list', text: '{"Statement":{"Effect":"Allow",|}}', offers: ['Principal'], lacks: ['Effect'] },
  { name: 'elements of the statement at hand and of no other', text: '{"Statement":[{"Sid":"a"},{|}]}', offers: ['Sid'] },
  { name: 'Versions', text: '{"Version":"|"}', only: ['2012-10-17', '2008-10-17'], offers: ['2012-10-17'], taken: '{"Version":"2012-10-17"|}' },
  { name: 'effects', text: inStatement('"Effect": |'), only: ['Allow', 'Deny'], offers: ['Allow'], taken: inStatement('"Effect": "Allow"|') },
  { name: 'effects for a word without quotes', text: inStatement('"Effect": All|'), offers: ['Allow'], taken: inStatement('"Effect": "Allow"|') },
  { name: 'actions in a list', text: inStatement('"Action":["kms:*", "kms:De|"]'), offers: ['kms:Decrypt', 'kms:DescribeKey', 'kms:*'], taken: inStatement('"Action":["kms:*", "kms:Decrypt"|]') },
  { name: 'actions in a string that does not end', text: '{"Statement":[{"Action":"kms:De|', offers: ['kms:Decrypt'], taken: '{"Statement":[{"Action":"kms:Decrypt"|' },
  { name: 'no actions that the key cannot do', text: inStatement('"Action":"|"'), facts, offers: ['kms:Decrypt'], lacks: ['kms:Sign', 'kms:CreateKey', 'kms:ReplicateKey'] },
  { name: 'every action when the key is not known', text: inStatement('"NotAction":"|"'), offers: ['kms:Decrypt', 'kms:Sign'], lacks: ['kms:ListKeys'] },
  { name: 'this key as the resource', text: inStatement('"Resource":"|"'), only: ['*'] },
  { name: 'kinds of principals', text: inStatement('"Principal":{|}'), only: ['AWS', 'Service', 'Federated'] },
  { name: 'the account, the caller’s role and everybody', text: inStatement('"Principal":{"AWS":"|"}'), facts, only: [root, `arn:aws:iam::${account}:role/ops`, '*'] },
  { name: 'users and roles of the account', text: inStatement('"Principal":{"AWS":"|"}'), facts: { principals: [`arn:aws:iam::${account}:user/alice`] }, only: [`arn:aws:iam::${account}:user/alice`, '*'] },
  { name: 'principals that are in the policy already', text: inStatement('"Principal":{"AWS":["arn:aws:iam::444455556666:user/a", |]}'), offers: ['arn:aws:iam::444455556666:user/a', '*'] },
  { name: 'a principal in place of the whole element', text: inStatement('"Principal": |'), facts, offers: [root], taken: inStatement(`"Principal": { "AWS": "${root}" }|`) },
  { name: 'services that are in the policy already', text: '{"Statement":[{"Principal":{"Service":"s3.amazonaws.com"}},{"Principal":{"Service":"|"}}]}', only: ['s3.amazonaws.com'] },
  { name: 'operators', text: inStatement('"Condition":{|}'), offers: ['StringEquals', 'Bool', 'ForAnyValue:StringEquals', 'StringEqualsIfExists'], lacks: ['NullIfExists'], taken: inStatement('"Condition":{"StringEquals": {|}}') },
  { name: 'condition keys of the statement’s actions, those of all of them first', text: inStatement(`${use},"Condition":{"StringEquals":{|}}`), offers: ['kms:ViaService', 'kms:EncryptionContext:'], lacks: ['kms:MessageType', 'kms:EncryptionContextKeys', 'kms:ResourceAliases', 'kms:CustomerMasterKeySpec'] },
  { name: 'the cursor where the pair’s own name goes', text: inStatement('"Action":"kms:Decrypt","Condition":{"StringEquals":{"kms:EncryptionContext:|"}}'), offers: ['kms:EncryptionContext:'] },
  { name: 'condition keys of the operator’s type', text: inStatement(`${use},"Condition":{"Bool":{|}}`), offers: ['kms:MultiRegion'], lacks: ['kms:ViaService'] },
  { name: 'condition keys with several values', text: inStatement('"Action":"kms:Decrypt","Condition":{"ForAnyValue:StringEquals":{|}}'), offers: ['kms:EncryptionContextKeys'], lacks: ['kms:ViaService'] },
  { name: 'true and false', text: inStatement('"Condition":{"Bool":{"kms:MultiRegion":"|"}}'), only: ['true', 'false'] },
  { name: 'services of the key’s Region', text: inStatement('"Condition":{"StringEquals":{"kms:ViaService":["|"]}}'), facts, offers: ['s3.eu-west-1.amazonaws.com'] },
  { name: 'the key’s account', text: inStatement('"Condition":{"StringEquals":{"kms:CallerAccount":|}}'), facts, only: [account] },
  { name: 'operations of grants', text: inStatement('"Condition":{"ForAllValues:StringEquals":{"kms:GrantOperations":["|"]}}'), facts, offers: ['Decrypt'], lacks: ['Sign'] },
  { name: 'nothing behind a value', text: inStatement('"Effect":"Allow"|'), only: [] },
  { name: 'nothing between two values', text: inStatement('"Action":["kms:*" |]'), only: [] },
  { name: 'nothing in a text that nests too deeply', text: `${'['.repeat(100_000)}|`, only: [] },
  { name: 'nothing in an unknown element', text: inStatement('"Who":"|"'), only: [] },
];

function taken(text: string, cursor: number, items: readonly Completion[], span: { offset: number; length: number }): string {
  const [first] = items;
  assert.ok(first !== undefined && span.offset <= cursor);
  const at = span.offset + first.cursor;
  const done = text.slice(0, span.offset) + first.insert + text.slice(span.offset + span.length);
  return `${done.slice(0, at)}|${done.slice(at)}`;
}

function check({ text: marked, facts: known = {}, offers = [], lacks = [], only, taken: expected }: Case): void {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = completePolicy(text, cursor, known);
  const labels = found?.items.map(({ label }) => label) ?? [];
  if (only !== undefined) assert.deepEqual(labels, only);
  assert.deepEqual(labels.filter((label) => offers.includes(label)), offers);
  assert.deepEqual(labels.filter((label) => lacks.includes(label)), []);
  if (expected === undefined) return;
  assert.ok(found !== undefined);
  assert.equal(taken(text, cursor, found.items.filter(({ label }) => label === offers[0]), found.span), expected);
}

describe('completePolicy', () => {
  for (const each of cases) it(`offers ${each.name}`, () => { check(each); });

  it('never throws, and replaces a part of the text around the cursor', () => {
    const parts = fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '"Statement"', '"Action"', '"Condition"', '"StringEquals"', '"Principal"', '"AWS"', '\n', '\\', 'kms:', 'é');
    fc.assert(
      fc.property(fc.array(parts), fc.nat(), (written, at) => {
        const text = written.join('');
        const cursor = at % (text.length + 1);
        const span = completePolicy(text, cursor, facts)?.span ?? { offset: cursor, length: 0 };
        assert.ok(span.offset <= cursor && cursor <= span.offset + span.length && span.offset + span.length <= text.length);
      }),
    );
  });

  it('writes JSON', () => {
    for (const text of ['{|}', inStatement('|'), inStatement('"Action":|'), inStatement('"Condition":{|}'), inStatement(`${use},"Condition":{"StringEquals":{|}}`), inStatement('"Principal":|')]) {
      const cursor = text.indexOf('|');
      const plain = text.replace('|', '');
      const found = completePolicy(plain, cursor, facts);
      assert.ok(found !== undefined);
      for (const { insert, cursor: inner } of found.items) {
        assert.doesNotThrow(() => { JSON.parse(plain.slice(0, cursor) + insert + plain.slice(cursor)); }, insert);
        assert.ok(inner > 0 && inner <= insert.length);
      }
    }
  });
});
