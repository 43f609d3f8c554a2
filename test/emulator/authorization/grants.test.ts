import assert from 'node:assert/strict';
import {
  CreateGrantCommand,
  type CreateGrantCommandInput,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  PutKeyPolicyCommand,
  RetireGrantCommand,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms';
import { assertRefused } from '../support/refusal.ts';
import { account, otherAccount, startWorld, userArn, type World } from './identities.ts';

const Plaintext = Buffer.from('plaintext');

describe('A grant authorises', () => {
  let world: World;
  let keyArn: string;
  before(async () => {
    const identities = { alice: {}, bob: {}, carol: {}, denied: { statements: [{ Effect: 'Deny', Action: 'kms:Encrypt', Resource: '*' }] }, trusted: { statements: [{ Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*' }] } };
    world = await startWorld({ ...identities, partner: { account: otherAccount } });
  });
  after(() => world.stop());
  beforeEach(async () => {
    keyArn = (await world.as('root').send(new CreateKeyCommand({}))).KeyMetadata!.Arn!;
  });

  const grant = async (to: string, Operations: CreateGrantCommandInput['Operations'], more: Partial<CreateGrantCommandInput> = {}, from = 'root') =>
    world.as(from).send(new CreateGrantCommand({ KeyId: keyArn, GranteePrincipal: to.startsWith('arn:') ? to : userArn(to), Operations, ...more }));
  const encrypt = (name: string, EncryptionContext: Record<string, string> = {}, GrantTokens?: string[]) =>
    world.as(name).send(new EncryptCommand({ KeyId: keyArn, Plaintext, EncryptionContext, ...(GrantTokens ? { GrantTokens } : {}) }));
  const denial = (name: string, action = 'Encrypt', why = `because no identity-based policy allows the kms:${action} action`): string =>
    `User: ${userArn(name)} is not authorized to perform: kms:${action} on resource: ${keyArn} ${why}`;

  it('its grantee, with and without its token', async () => {
    await assertRefused(encrypt('alice'), 'AccessDeniedException', denial('alice'));
    const { GrantToken } = await grant('alice', ['Encrypt']);
    await encrypt('alice');
    await encrypt('alice', {}, [GrantToken!]);
    await assertRefused(encrypt('bob', {}, [GrantToken!]), 'AccessDeniedException', denial('bob'));
  });

  it('its operations and no others', async () => {
    await grant('alice', ['Encrypt']);
    const { CiphertextBlob } = await encrypt('alice');
    await assertRefused(world.as('alice').send(new DecryptCommand({ CiphertextBlob })), 'AccessDeniedException', denial('alice', 'Decrypt'));
    await grant('alice', ['Decrypt']);
    assert.deepEqual(Buffer.from((await world.as('alice').send(new DecryptCommand({ CiphertextBlob }))).Plaintext!), Plaintext);
  });

  it('nobody once it is revoked', async () => {
    const { GrantId, GrantToken } = await grant('alice', ['Encrypt']);
    await encrypt('alice');
    await world.as('root').send(new RevokeGrantCommand({ KeyId: keyArn, GrantId }));
    await assertRefused(encrypt('alice', {}, [GrantToken!]), 'AccessDeniedException', denial('alice'));
  });

  const constraints: readonly (readonly [title: string, constraint: object, context: Record<string, string>, isAllowed: boolean])[] = [
    ['exactly the encryption context', { EncryptionContextEquals: { a: '1' } }, { a: '1' }, true],
    ['a pair too many', { EncryptionContextEquals: { a: '1' } }, { a: '1', b: '2' }, false],
    ['a pair more than the subset', { EncryptionContextSubset: { a: '1' } }, { a: '1', b: '2' }, true],
    ['a pair of the subset missing', { EncryptionContextSubset: { a: '1', b: '2' } }, { a: '1' }, false],
    ['another value', { EncryptionContextSubset: { a: '1' } }, { a: '2' }, false],
    ['a key in other letters', { EncryptionContextSubset: { a: '1' } }, { A: '1' }, true],
    ['no encryption context', { EncryptionContextEquals: { a: '1' } }, {}, false],
    ['the ARN of a source, which only services send', { SourceArn: 'arn:aws:s3:::a-bucket' }, {}, false],
  ];
  for (const [title, Constraints, context, isAllowed] of constraints) {
    it(`${isAllowed ? '' : 'nothing '}with ${title}`, async () => {
      await grant('alice', ['Encrypt', 'DescribeKey'], { Constraints });
      if (isAllowed) await encrypt('alice', context);
      else await assertRefused(encrypt('alice', context), 'AccessDeniedException', denial('alice'));
    });
  }

  it('DescribeKey whatever the encryption context', async () => {
    await grant('alice', ['DescribeKey'], { Constraints: { EncryptionContextEquals: { a: '1' } } });
    await world.as('alice').send(new DescribeKeyCommand({ KeyId: keyArn }));
  });

  it('nobody whom a policy denies it', async () => {
    await grant('denied', ['Encrypt']);
    await assertRefused(encrypt('denied'), 'AccessDeniedException', denial('denied', 'Encrypt', 'with an explicit deny in an identity-based policy'));
  });

  it('those of an account whom IAM allows it', async () => {
    const Statement = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: ['kms:PutKeyPolicy', 'kms:CreateGrant'], Resource: '*' };
    await world.as('root').send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy: JSON.stringify({ Statement }) }));
    const why = 'because no resource-based policy allows the kms:Encrypt action';
    await assertRefused(encrypt('trusted'), 'AccessDeniedException', denial('trusted', 'Encrypt', why));
    await grant(`arn:aws:iam::${account}:root`, ['Encrypt']);
    await encrypt('trusted');
    await assertRefused(encrypt('alice'), 'AccessDeniedException', denial('alice', 'Encrypt', why));
  });

  it('a grantee of another account, by itself', async () => {
    await grant(userArn('partner', otherAccount), ['Encrypt', 'Decrypt']);
    const { CiphertextBlob } = await encrypt('partner');
    await world.as('partner').send(new DecryptCommand({ CiphertextBlob }));
  });

  it('a grant that is no wider', async () => {
    await grant('alice', ['CreateGrant', 'Encrypt', 'Decrypt'], { Constraints: { EncryptionContextSubset: { a: '1' } } });
    const child = (Operations: CreateGrantCommandInput['Operations'], Constraints?: object) => grant('bob', Operations, Constraints ? { Constraints } : {}, 'alice');
    const refusal = denial('alice', 'CreateGrant');
    await assertRefused(child(['Encrypt']), 'AccessDeniedException', refusal);
    await assertRefused(child(['Encrypt', 'DescribeKey'], { EncryptionContextSubset: { a: '1' } }), 'AccessDeniedException', refusal);
    await assertRefused(child(['Encrypt'], { EncryptionContextSubset: { b: '1' } }), 'AccessDeniedException', refusal);
    await child(['Encrypt'], { EncryptionContextSubset: { a: '1', b: '2' } });
    await encrypt('bob', { a: '1', b: '2', c: '3' });
    await assertRefused(encrypt('bob', { a: '1' }), 'AccessDeniedException', denial('bob'));
    await child(['Decrypt'], { EncryptionContextEquals: { a: '1' } });
  });

  describe('retiring', () => {
    const retire = (name: string, GrantId: string | undefined) => world.as(name).send(new RetireGrantCommand({ KeyId: keyArn, GrantId }));

    it('by its retiring principal', async () => {
      const { GrantId } = await grant('alice', ['Encrypt'], { RetiringPrincipal: userArn('bob') });
      await assertRefused(retire('carol', GrantId), 'AccessDeniedException', /^User: arn:aws:iam::111122223333:user\/carol is not authorized to perform: kms:RetireGrant/);
      await retire('bob', GrantId);
      await assertRefused(encrypt('alice'), 'AccessDeniedException', denial('alice'));
    });

    it('by its grantee with that operation alone', async () => {
      const [plain, retirable] = await Promise.all([grant('alice', ['Encrypt']), grant('alice', ['Encrypt', 'RetireGrant'])]);
      await assertRefused(retire('alice', plain.GrantId), 'AccessDeniedException', /kms:RetireGrant/);
      await retire('alice', retirable.GrantId);
    });

    it('by the root user of the account that created it', async () => {
      const { GrantToken } = await grant('alice', ['Encrypt']);
      await world.as('root').send(new RetireGrantCommand({ GrantToken }));
    });

    it('never by a key policy', async () => {
      const { GrantId } = await grant('alice', ['Encrypt']);
      const Statement = [
        { Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' },
        { Effect: 'Allow', Principal: { AWS: userArn('carol') }, Action: 'kms:RetireGrant', Resource: '*' },
      ];
      await world.as('root').send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy: JSON.stringify({ Statement }) }));
      await assertRefused(retire('carol', GrantId), 'AccessDeniedException', /kms:RetireGrant/);
    });
  });
});
