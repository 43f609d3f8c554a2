import assert from 'node:assert/strict';
import { childGrantFault } from '../../../../src/core/policy/grants/childGrant.ts';
import type { GrantTerms } from '../../../../src/core/policy/grants/grantUse.ts';

type Constraints = NonNullable<GrantTerms['constraints']>;

interface Case {
  readonly name: string;
  readonly parent: Constraints;
  readonly child: Constraints;
  /** A part of the reason; missing when the child is strict enough. */
  readonly fault?: string;
}

const cases: readonly Case[] = [
  { name: 'takes a constraint that the parent does not have', parent: {}, child: { encryptionContextEquals: { a: '1' } } },
  { name: 'takes the same pairs under Subset', parent: { encryptionContextSubset: { a: '1' } }, child: { encryptionContextSubset: { a: '1' } } },
  { name: 'takes more pairs under Subset', parent: { encryptionContextSubset: { a: '1' } }, child: { encryptionContextSubset: { a: '1', b: '2' } } },
  { name: 'takes Equals for Subset', parent: { encryptionContextSubset: { a: '1' } }, child: { encryptionContextEquals: { a: '1', b: '2' } } },
  { name: 'refuses fewer pairs under Subset', parent: { encryptionContextSubset: { a: '1', b: '2' } }, child: { encryptionContextSubset: { a: '1' } }, fault: 'every pair' },
  { name: 'refuses another value under Subset', parent: { encryptionContextSubset: { a: '1' } }, child: { encryptionContextSubset: { a: '2' } }, fault: 'every pair' },
  { name: 'refuses Equals without the pairs of Subset', parent: { encryptionContextSubset: { a: '1' } }, child: { encryptionContextEquals: { b: '2' } }, fault: 'every pair' },
  { name: 'refuses to lose Subset', parent: { encryptionContextSubset: { a: '1' } }, child: {}, fault: 'every pair' },
  { name: 'takes the same Equals', parent: { encryptionContextEquals: { a: '1' } }, child: { encryptionContextEquals: { a: '1' } } },
  { name: 'refuses Subset for Equals', parent: { encryptionContextEquals: { a: '1' } }, child: { encryptionContextSubset: { a: '1' } }, fault: 'EncryptionContextEquals' },
  { name: 'refuses more pairs under Equals', parent: { encryptionContextEquals: { a: '1' } }, child: { encryptionContextEquals: { a: '1', b: '2' } }, fault: 'EncryptionContextEquals' },
  { name: 'refuses to lose Equals', parent: { encryptionContextEquals: { a: '1' } }, child: {}, fault: 'EncryptionContextEquals' },
  { name: 'takes the same source', parent: { sourceArn: 'arn:aws:s3:::a' }, child: { sourceArn: 'arn:aws:s3:::a' } },
  { name: 'refuses another source', parent: { sourceArn: 'arn:aws:s3:::a' }, child: { sourceArn: 'arn:aws:s3:::b' }, fault: 'SourceArn' },
  { name: 'refuses to lose the source', parent: { sourceArn: 'arn:aws:s3:::a' }, child: {}, fault: 'SourceArn' },
];

function check({ parent, child, fault }: Case): void {
  const operations = ['CreateGrant', 'Decrypt'];
  const found = childGrantFault({ operations, constraints: parent }, { operations: ['Decrypt'], constraints: child });
  assert.equal(found?.includes(fault ?? ''), fault === undefined ? undefined : true, found);
}

describe('childGrantFault', () => {
  for (const each of cases) it(each.name, () => { check(each); });

  it('names the operations that the parent does not have', () => {
    const fault = childGrantFault({ operations: ['CreateGrant'] }, { operations: ['CreateGrant', 'Sign', 'Verify'] });
    assert.equal(fault, 'The parent grant does not have Sign, Verify.');
  });
});
