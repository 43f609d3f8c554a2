import assert from 'node:assert/strict';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { type RawAnswer, sendRaw, signed } from '../support/rawRequest.ts';
import { withSeed } from '../support/seedFile.ts';

const account = '111122223333';
const reading = { Statement: { Effect: 'Allow', Action: 'iam:GetAccount*', Resource: '*' } };
const listing = { Version: '2012-10-17', Statement: [{ Sid: 'a<b>&"c"', Effect: 'Allow', Action: 'kms:ListKeys', Resource: '*' }] };
const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }] };
const accessKeys = (id: string) => [{ id: `AKIA${id}`, secret: 'a-secret' }];
const seed = {
  accounts: {
    [account]: {
      users: {
        reader: { accessKeys: accessKeys('READER'), policies: [reading], tags: { team: 'a&b' } },
        stranger: { accessKeys: accessKeys('STRANGER'), policies: [listing] },
        denied: { accessKeys: accessKeys('DENIED'), policies: [reading, { Statement: { Effect: 'Deny', Action: 'iam:*', Resource: '*' } }] },
        bounded: { accessKeys: accessKeys('BOUNDED'), policies: [reading], boundary: listing },
      },
      roles: { app: { trust, policies: [listing] } },
    },
    '444455556666': { users: { elsewhere: { accessKeys: accessKeys('ELSEWHERE'), policies: [reading] } } },
  },
};

const texts = (xml: string, element: string): string[] =>
  [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, text = '']) => text);
const documents = (xml: string, element: string): unknown[] => texts(xml, element).map((text) => JSON.parse(decodeURIComponent(text.replace(/&#39;/g, "'"))) as unknown);

describe('IAM GetAccountAuthorizationDetails', () => {
  let emulator: EmulatorProcess;
  before(async () => {
    emulator = await withSeed(seed, (path) => startEmulator({ seed: path }));
  });
  after(() => emulator.stop());

  const ask = (who: string, more: Readonly<Record<string, string>> = {}, service = 'iam'): Promise<RawAnswer> => {
    const { endpoint } = emulator.ready;
    const body = new URLSearchParams({ Action: 'GetAccountAuthorizationDetails', Version: '2010-05-08', ...more }).toString();
    const request = { headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, body };
    return sendRaw(endpoint, signed(endpoint, request, { accessKeyId: `AKIA${who}`, secretAccessKey: 'a-secret', region: 'us-east-1', service }));
  };

  it('tells the users and roles of the caller\'s account with their policies', async () => {
    const { status, body } = await ask('READER');
    assert.equal(status, 200);
    assert.deepEqual(texts(body, 'IsTruncated'), ['false']);
    assert.deepEqual(texts(body, 'UserName'), ['bounded', 'denied', 'reader', 'stranger']);
    assert.deepEqual(texts(body, 'RoleName'), ['app']);
    assert.deepEqual(documents(body, 'AssumeRolePolicyDocument'), [trust]);
    assert.deepEqual(documents(body, 'PolicyDocument').at(-1), listing);
    assert.deepEqual(texts(body, 'Value'), ['a&#38;b']);
  });

  it('tells a permissions boundary as a managed policy', async () => {
    const { body } = await ask('READER');
    const boundary = `arn:aws:iam::${account}:policy/boundary-of-user-bounded`;
    assert.deepEqual(texts(body, 'PermissionsBoundaryArn'), [boundary]);
    assert.ok(texts(body, 'Arn').includes(boundary));
    assert.deepEqual(documents(body, 'Document'), [listing]);
  });

  it('keeps to the kinds that are asked for', async () => {
    const { body } = await ask('READER', { 'Filter.member.1': 'Role' });
    assert.deepEqual([texts(body, 'RoleName'), texts(body, 'UserName'), texts(body, 'PolicyName')], [['app'], [], ['policy-1']]);
  });

  it('gives pages that hold everything once', async () => {
    const names: string[] = [];
    let marker: string | undefined;
    let pages = 0;
    do {
      const { body } = await ask('READER', { MaxItems: '2', ...(marker === undefined ? {} : { Marker: marker }) });
      names.push(...texts(body, 'RoleName'), ...texts(body, 'UserName'));
      [marker] = texts(body, 'Marker');
      assert.deepEqual(texts(body, 'IsTruncated'), [String(marker !== undefined)]);
      pages += 1;
    } while (marker !== undefined);
    assert.deepEqual([pages, names], [3, ['app', 'bounded', 'denied', 'reader', 'stranger']]);
  });

  it('shows nothing of another account', async () => {
    assert.deepEqual(texts((await ask('ELSEWHERE')).body, 'UserName'), ['elsewhere']);
  });

  const action = 'iam:GetAccountAuthorizationDetails';
  for (const [who, reason] of [
    ['stranger', `because no identity-based policy allows the ${action} action`],
    ['denied', 'with an explicit deny in an identity-based policy'],
    ['bounded', `because no permissions boundary allows the ${action} action`],
  ] as const) {
    it(`refuses ${who} in AWS's words`, async () => {
      const { status, body } = await ask(who.toUpperCase());
      assert.deepEqual([status, texts(body, 'Code')], [403, ['AccessDenied']]);
      assert.deepEqual(texts(body, 'Message'), [`User: arn:aws:iam::${account}:user/${who} is not authorized to perform: ${action} on resource: * ${reason}`]);
    });
  }

  for (const [what, more, code] of [
    ['a marker of its own invention', { Marker: 'bm9uc2Vuc2U=' }, 'ValidationError'],
    ['no items at all', { MaxItems: '0' }, 'ValidationError'],
    ['an unknown kind', { 'Filter.member.1': 'Robot' }, 'ValidationError'],
    ['another action of IAM', { Action: 'ListUsers' }, 'InvalidAction'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { status, body } = await ask('READER', more);
      assert.deepEqual([status, texts(body, 'Code')], [400, [code]]);
    });
  }

  it('wants a signature for IAM', async () => {
    const { status, body } = await ask('READER', {}, 'sts');
    assert.deepEqual([status, texts(body, 'Code')], [403, ['SignatureDoesNotMatch']]);
  });
});
