import assert from 'node:assert/strict';
import { connect } from '../../src/aws/connect.ts';
import type { KeyService } from '../../src/core/kms/service/keyService.ts';
import { startEmulator, type EmulatorProcess } from '../emulator/emulatorProcess.ts';
import { withSeed } from '../emulator/support/seedFile.ts';

const account = '111122223333';
const region = 'eu-west-1';
const keyId = '00000000-0000-4000-8000-000000000001';
const roleArn = `arn:aws:iam::${account}:role/deploy`;
const signal = new AbortController().signal;
const mayAssume = { Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' } };

const seed = {
  accounts: {
    [account]: {
      users: {
        alice: { accessKeys: [{ id: 'AKIAALICE', secret: 'alice-secret' }], policies: [mayAssume] },
        bob: { accessKeys: [{ id: 'AKIABOB', secret: 'bob-secret' }], policies: [mayAssume] },
      },
      roles: { deploy: { trust: { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:user/alice` }, Action: 'sts:AssumeRole' } } } },
    },
  },
  keys: [{ id: keyId, account, region, spec: 'SYMMETRIC_DEFAULT', policy: { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: roleArn }, Action: 'kms:*', Resource: '*' } } }],
};

describe('A key service that acts as somebody else', () => {
  let emulator: EmulatorProcess;
  const services: KeyService[] = [];
  before(async () => {
    emulator = await withSeed(seed, (path) => startEmulator({ seed: path, args: ['--region', region] }));
  });
  after(async () => {
    for (const service of services) service.dispose();
    await emulator.stop();
  });

  const as = async (accessKeyId: string, secretAccessKey: string): Promise<KeyService> => {
    const service = await connect({ kind: 'emulator', address: { ...emulator.ready, accessKeyId, secretAccessKey } });
    services.push(service);
    return service;
  };
  const encryptWith = (service: KeyService) => service.encrypt({ region, keyId }, Uint8Array.of(1, 2, 3), {}, signal);

  it('has what a role may do that it assumes, and no more once it is left', async () => {
    const alice = await as('AKIAALICE', 'alice-secret');
    await assert.rejects(encryptWith(alice), { code: 'ACCESS_DENIED' });
    const deploy = await alice.actingAs({ roleArn, profile: 'passed over by an emulator' });
    services.push(deploy);
    const { ciphertext } = await encryptWith(deploy);
    assert.deepEqual((await deploy.decrypt(region, ciphertext, {}, signal)).plaintext, Uint8Array.of(1, 2, 3));
    assert.match((await deploy.identity(signal)).callerArn, /assumed-role\/deploy\/kms-explorer$/);
    assert.equal(deploy.region, alice.region);
    await assert.rejects(encryptWith(alice), { code: 'ACCESS_DENIED' });
  });

  it('says that a role was not to be had', async () => {
    const bob = await (await as('AKIABOB', 'bob-secret')).actingAs({ roleArn, profile: undefined });
    services.push(bob);
    await assert.rejects(encryptWith(bob), { code: 'ACCESS_DENIED', message: /sts:AssumeRole/ });
  });

  it('is the same again when it is to act as nobody else', async () => {
    const same = await (await as('AKIAALICE', 'alice-secret')).actingAs({ roleArn: undefined, profile: undefined });
    services.push(same);
    assert.match((await same.identity(signal)).callerArn, /user\/alice$/);
  });
});
