import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { withSeed } from '../support/seedFile.ts';
import { isInstalled, run } from './peers.ts';

describe('The AWS CLI with roles', () => {
  const trust = { Statement: { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:user/alice' }, Action: 'sts:AssumeRole' } };
  const may = (...Action: readonly string[]) => ({ policies: [{ Statement: { Effect: 'Allow', Action, Resource: '*' } }] });
  const alice = { accessKeys: [{ id: 'AKIAALICE', secret: 'alice-secret' }], ...may('sts:AssumeRole', 'iam:GetAccountAuthorizationDetails') };
  const seed = {
    accounts: { '111122223333': { users: { alice }, roles: { deploy: { trust, ...may('kms:DescribeKey') } } } },
    keys: [{ spec: 'SYMMETRIC_DEFAULT', aliases: ['alias/app'] }],
  };
  const roleArn = 'arn:aws:iam::111122223333:role/deploy';
  let emulator: EmulatorProcess;
  let folder: string;
  let env: NodeJS.ProcessEnv;
  before(async () => {
    emulator = await withSeed(seed, (path) => startEmulator({ seed: path }));
    folder = mkdtempSync(join(tmpdir(), 'kms-explorer-test-'));
    const [credentials, config] = [join(folder, 'credentials'), join(folder, 'config')];
    writeFileSync(credentials, '[alice]\naws_access_key_id = AKIAALICE\naws_secret_access_key = alice-secret\n');
    writeFileSync(config, `[profile deploy]\nrole_arn = ${roleArn}\nsource_profile = alice\nrole_session_name = cli\n`);
    env = {
      PATH: process.env['PATH'],
      // The CLI keeps the sessions of roles in the home folder, in which pyenv would look for the CLI.
      HOME: folder,
      PYENV_ROOT: process.env['PYENV_ROOT'] ?? join(process.env['HOME'] ?? '', '.pyenv'),
      AWS_ENDPOINT_URL: emulator.ready.endpoint,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: credentials,
    };
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await emulator.stop();
  });

  const aws = async (...args: string[]): Promise<unknown> => JSON.parse(await run('aws', [...args, '--output', 'json'], { env })) as unknown;

  it('assumes a role, and uses a profile that names one', async function () {
    if (!isInstalled('aws', ['--version'])) this.skip();
    this.timeout(60_000);
    const assumed = (await aws('sts', 'assume-role', '--role-arn', roleArn, '--role-session-name', 'direct', '--profile', 'alice')) as { AssumedRoleUser: { Arn: string } };
    assert.equal(assumed.AssumedRoleUser.Arn, 'arn:aws:sts::111122223333:assumed-role/deploy/direct');
    const identity = (await aws('sts', 'get-caller-identity', '--profile', 'deploy')) as { Arn: string };
    assert.equal(identity.Arn, 'arn:aws:sts::111122223333:assumed-role/deploy/cli');
    const described = (await aws('kms', 'describe-key', '--key-id', 'alias/app', '--profile', 'deploy')) as { KeyMetadata: { KeyState: string } };
    assert.equal(described.KeyMetadata.KeyState, 'Enabled');
  });

  it('reads users and roles with their policies', async function () {
    if (!isInstalled('aws', ['--version'])) this.skip();
    this.timeout(60_000);
    const details = (await aws('iam', 'get-account-authorization-details', '--profile', 'alice')) as {
      UserDetailList: { Arn: string }[];
      RoleDetailList: { Arn: string; RolePolicyList: { PolicyDocument: unknown }[]; AssumeRolePolicyDocument: unknown }[];
    };
    assert.deepEqual(details.UserDetailList.map(({ Arn }) => Arn), ['arn:aws:iam::111122223333:user/alice']);
    const [deploy] = details.RoleDetailList;
    assert.equal(deploy?.Arn, roleArn);
    assert.deepEqual([deploy.RolePolicyList[0]?.PolicyDocument, deploy.AssumeRolePolicyDocument], [may('kms:DescribeKey').policies[0], trust]);
  });
});
