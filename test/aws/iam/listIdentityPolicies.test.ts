import assert from 'node:assert/strict';
import { connect } from '../../../src/aws/connect.ts';
import { listIdentityPolicies } from '../../../src/aws/iam/listIdentityPolicies.ts';
import { childOf, parseXmlText } from '../../../src/aws/http/xmlValue.ts';
import { KmsExplorerError } from '../../../src/core/kms/errorCode.ts';
import type { KeyService } from '../../../src/core/kms/service/keyService.ts';
import { startEmulator, type EmulatorProcess } from '../../emulator/emulatorProcess.ts';
import { withSeed } from '../../emulator/support/seedFile.ts';

const account = '111122223333';
const signal = new AbortController().signal;
const policy = (action: string) => ({ Version: '2012-10-17', Statement: [{ Sid: 'a<b>&"ä+%"', Effect: 'Allow', Action: action, Resource: '*' }] });
const accessKeys = (id: string) => [{ id: `AKIA${id}`, secret: 'a-secret' }];
const seed = {
  accounts: {
    [account]: {
      users: {
        reader: { accessKeys: accessKeys('READER'), policies: [policy('iam:Get*'), policy('kms:Decrypt')], boundary: policy('*') },
        stranger: { accessKeys: accessKeys('STRANGER') },
      },
      roles: { app: { trust: { Version: '2012-10-17', Statement: [] }, policies: [policy('kms:Encrypt')] } },
    },
  },
};

describe('The identity policies of an account', () => {
  let emulator: EmulatorProcess;
  const services: KeyService[] = [];
  before(async () => {
    emulator = await withSeed(seed, (path) => startEmulator({ seed: path }));
  });
  after(async () => {
    for (const service of services) service.dispose();
    await emulator.stop();
  });

  const listAs = async (who: string, abort = signal) => {
    const address = { ...emulator.ready, accessKeyId: `AKIA${who}`, secretAccessKey: 'a-secret' };
    const service = await connect({ kind: 'emulator', address });
    services.push(service);
    return service.listIdentityPolicies(abort);
  };
  const rejects = (call: Promise<unknown>, code: string, message: RegExp) =>
    assert.rejects(call, (error: unknown) => error instanceof KmsExplorerError && error.code === code && message.test(error.message));

  it('are read with the boundaries, byte for byte', async () => {
    const principals = await listAs('READER');
    const read = principals.map(({ arn, policies, boundary }) => [arn, policies.map((text) => JSON.parse(text) as unknown), boundary === null ? null : (JSON.parse(boundary) as unknown)]);
    assert.deepEqual(read, [
      [`arn:aws:iam::${account}:user/reader`, [policy('iam:Get*'), policy('kms:Decrypt')], policy('*')],
      [`arn:aws:iam::${account}:user/stranger`, [], null],
      [`arn:aws:iam::${account}:role/app`, [policy('kms:Encrypt')], null],
    ]);
  });

  it('are refused with the permission that is missing', () =>
    rejects(listAs('STRANGER'), 'ACCESS_DENIED', /the permission iam:GetAccountAuthorizationDetails is needed\. .*user\/stranger is not authorized/));

  it('are refused to credentials that nobody knows', () => rejects(listAs('NOBODY'), 'INVALID_CREDENTIALS', /AWS does not accept these credentials/));

  it('are given up when the caller leaves', () => rejects(listAs('READER', AbortSignal.abort()), 'CANCELLED', /cancelled/));

  const document = (name: string) => `<Document>${encodeURIComponent(name)}</Document>`;
  const attached = (name: string) => `<AttachedManagedPolicies><member><PolicyArn>${name}</PolicyArn></member></AttachedManagedPolicies>`;
  const version = (name: string, isDefault: boolean) => `<member>${document(name)}<IsDefaultVersion>${String(isDefault)}</IsDefaultVersion></member>`;
  const inline = (name: string, text: string) => `<UserPolicyList><member><PolicyName>${name}</PolicyName><PolicyDocument>${text}</PolicyDocument></member></UserPolicyList>`;
  const user = (name: string, rest: string) => `<member><Arn>${name}</Arn>${rest}</member>`;
  const asked: unknown[] = [];
  const listOf = (pages: readonly string[]) => {
    asked.length = 0;
    return listIdentityPolicies((parameters) => {
      const xml = parseXmlText(`<R>${pages[asked.length]!}</R>`);
      asked.push(parameters['Marker']);
      return Promise.resolve(childOf(xml, 'R'));
    });
  };

  it('are put together from groups and attached policies of all pages', async () => {
    const principals = await listOf([
      `<IsTruncated>true</IsTruncated><Marker>next</Marker><UserDetailList>${user('alice', `<GroupList><member>team</member></GroupList>${attached('p1')}`)}</UserDetailList>`,
      `<IsTruncated>false</IsTruncated><GroupDetailList><member><GroupName>team</GroupName>${attached('p2')}<GroupPolicyList><member><PolicyDocument>%7B%7D</PolicyDocument></member></GroupPolicyList></member></GroupDetailList>
        <Policies><member><Arn>p1</Arn><PolicyVersionList>${version('old', false)}${version('{1}', true)}</PolicyVersionList></member><member><Arn>p2</Arn><PolicyVersionList>${version('{2}', true)}</PolicyVersionList></member></Policies>`,
    ]);
    assert.deepEqual(asked, [undefined, 'next']);
    assert.deepEqual(principals, [{ arn: 'alice', policies: ['{1}', '{}', '{2}'], boundary: null, unread: [] }]);
  });

  for (const [what, held, unread] of [
    ['an attached policy that IAM does not tell', attached('gone'), ['gone']],
    ['a boundary that IAM does not tell', '<PermissionsBoundary><PermissionsBoundaryArn>limit</PermissionsBoundaryArn></PermissionsBoundary>', ['limit']],
    ['a group that IAM does not tell', '<GroupList><member>team</member></GroupList>', ['group team']],
    ['a document that is not encoded as it should be', inline('broken', '%7B%'), ['broken']],
  ] as const) {
    it(`are told to be unknown because of ${what}`, async () => {
      assert.deepEqual(await listOf([`<UserDetailList>${user('alice', held)}</UserDetailList>`]), [{ arn: 'alice', policies: [], boundary: null, unread }]);
    });
  }
});
