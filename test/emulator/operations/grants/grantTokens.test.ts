import assert from 'node:assert/strict';
import { CreateGrantCommand, CreateKeyCommand } from '@aws-sdk/client-kms';
import { operationTable } from '../../../../src/emulator/operations/operationTable.ts';
import type { MemberRule, Members } from '../../../../src/emulator/pipeline/memberRules.ts';
import { startEmulator, type EmulatorProcess } from '../../emulatorProcess.ts';
import { sendRaw, signed, targetHeaders } from '../../support/rawRequest.ts';

/** A value that keeps to the rule, for members that have to be there. */
function leastOf(rule: MemberRule): unknown {
  switch (rule.type) {
    case 'text':
      return rule.values?.[0] ?? 'x';
    case 'blob':
      return 'AA==';
    case 'integer':
      return rule.min ?? 1;
    case 'flag':
      return false;
    case 'time':
      return 0;
    case 'textMap':
      return {};
    case 'list':
      return [leastOf(rule.member)];
    case 'structure':
      return leastInput(rule.members);
  }
}

function leastInput(members: Members): Record<string, unknown> {
  const required = Object.entries(members).filter(([, rule]) => rule.required === true);
  return Object.fromEntries(required.map(([name, rule]) => [name, leastOf(rule)]));
}

describe('A grant token', () => {
  let emulator: EmulatorProcess;
  let token: string;
  before(async () => {
    emulator = await startEmulator();
    const kms = emulator.client();
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const grant = { KeyId: KeyMetadata!.KeyId, GranteePrincipal: 'arn:aws:iam::111122223333:root', Operations: ['Decrypt' as const] };
    token = (await kms.send(new CreateGrantCommand(grant))).GrantToken!;
  });
  after(() => emulator.stop());

  const errorOf = async (operation: string, body: object): Promise<unknown> => {
    const request = signed(emulator.ready.endpoint, { headers: targetHeaders(operation), body: JSON.stringify(body) }, emulator.ready);
    const answer: unknown = JSON.parse((await sendRaw(emulator.ready.endpoint, request)).body);
    assert.ok(typeof answer === 'object' && answer !== null && '__type' in answer);
    return answer.__type;
  };

  const takers = [...operationTable.values()].filter(({ members }) => members['GrantTokens'] !== undefined);

  it('is taken by the operations that a grant can permit, and only there', () => {
    for (const name of ['CreateGrant', 'Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'GenerateMac', 'GetPublicKey', 'ReEncrypt', 'Sign', 'Verify']) {
      assert.ok(takers.some((row) => row.name === name), name);
    }
    assert.ok(!takers.some(({ name }) => name === 'RetireGrant' || name === 'RevokeGrant'));
  });

  for (const { name, members } of takers) {
    it(`is looked at by ${name} before anything else`, async () => {
      const input = { ...leastInput(members), KeyId: 'no-key' };
      assert.equal(await errorOf(name, { ...input, GrantTokens: [token, 'AAAA'] }), 'InvalidGrantTokenException');
      assert.notEqual(await errorOf(name, { ...input, GrantTokens: [token] }), 'InvalidGrantTokenException');
    });
  }

  it('is of its own emulator alone', async () => {
    const other = await startEmulator();
    const kms = other.client();
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const grant = { KeyId: KeyMetadata!.KeyId, GranteePrincipal: 'arn:aws:iam::111122223333:root', Operations: ['Decrypt' as const] };
    const { GrantToken } = await kms.send(new CreateGrantCommand(grant));
    await other.stop();
    assert.equal(await errorOf('DescribeKey', { KeyId: 'no-key', GrantTokens: [GrantToken] }), 'InvalidGrantTokenException');
  });
});
