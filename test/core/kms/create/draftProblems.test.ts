import assert from 'node:assert/strict';
import { draftProblems, type DraftProblem } from '../../../../src/core/kms/create/draftProblems.ts';
import { emptyDraft, type KeyDraft } from '../../../../src/core/kms/create/keyDraft.ts';

const noPrincipals = { administrators: [], users: [], accounts: [] };
const tag = (tagKey: string, tagValue = ''): KeyDraft['tags'][number] => ({ tagKey, tagValue });

const cases: readonly { readonly name: string; readonly change: Partial<KeyDraft>; readonly fields: readonly DraftProblem['field'][] }[] = [
  { name: 'an empty draft is a key that KMS makes', change: {}, fields: [] },
  { name: 'a whole draft is fine', change: { aliasName: 'alias/a/b', tags: [tag('team', 'a')], rotationPeriodInDays: 90, multiRegion: true }, fields: [] },
  { name: 'an alias needs its prefix', change: { aliasName: 'orders' }, fields: ['aliasName'] },
  { name: 'an alias has no spaces', change: { aliasName: 'alias/my key' }, fields: ['aliasName'] },
  { name: 'an alias has 256 characters at most', change: { aliasName: `alias/${'a'.repeat(251)}` }, fields: ['aliasName'] },
  { name: 'aliases of AWS are taken', change: { aliasName: 'alias/aws/s3' }, fields: ['aliasName'] },
  { name: 'a description has an end', change: { description: 'a'.repeat(8193) }, fields: ['description'] },
  { name: 'a tag has a key', change: { tags: [tag('')] }, fields: ['tags'] },
  { name: 'tags of AWS are reserved', change: { tags: [tag('aws:x')] }, fields: ['tags'] },
  { name: 'a tag is there once', change: { tags: [tag('a'), tag('a')] }, fields: ['tags'] },
  { name: 'a spec has to exist', change: { keySpec: 'RSA_1024' }, fields: ['keySpec'] },
  { name: 'a usage has to fit the spec', change: { keySpec: 'HMAC_256' }, fields: ['keyUsage'] },
  { name: 'an RSA key does not rotate', change: { keySpec: 'RSA_2048', rotationPeriodInDays: 365 }, fields: ['rotation'] },
  { name: 'imported material does not rotate', change: { origin: 'EXTERNAL', rotationPeriodInDays: 365 }, fields: ['rotation'] },
  { name: 'a period of 89 days is too short', change: { rotationPeriodInDays: 89 }, fields: ['rotation'] },
  { name: 'a period of 2561 days is too long', change: { rotationPeriodInDays: 2561 }, fields: ['rotation'] },
  { name: 'half days are none', change: { rotationPeriodInDays: 90.5 }, fields: ['rotation'] },
  { name: 'a store needs its id', change: { origin: 'AWS_CLOUDHSM' }, fields: ['customKeyStoreId'] },
  { name: 'an external store needs the key’s id too', change: { origin: 'EXTERNAL_KEY_STORE', customKeyStoreId: 'cks-1' }, fields: ['xksKeyId'] },
  { name: 'a store has no RSA keys', change: { origin: 'AWS_CLOUDHSM', customKeyStoreId: 'cks-1', keySpec: 'RSA_2048' }, fields: ['keySpec'] },
  { name: 'a store has no multi-Region keys', change: { origin: 'AWS_CLOUDHSM', customKeyStoreId: 'cks-1', multiRegion: true }, fields: ['multiRegion'] },
  { name: 'a policy of administrators and users names one', change: { policy: { ...noPrincipals, kind: 'administrators' } }, fields: ['administrators'] },
  { name: 'an administrator is an ARN', change: { policy: { ...noPrincipals, kind: 'administrators', administrators: ['alice'] } }, fields: ['administrators'] },
  { name: 'a user is an ARN', change: { policy: { ...noPrincipals, kind: 'administrators', users: ['*'] } }, fields: ['users'] },
  { name: 'a cross-account policy names an account', change: { policy: { ...noPrincipals, kind: 'crossAccount' } }, fields: ['accounts'] },
  { name: 'an account has twelve digits', change: { policy: { ...noPrincipals, kind: 'crossAccount', accounts: ['12345'] } }, fields: ['accounts'] },
  { name: 'principals of the default policy are not looked at', change: { policy: { ...noPrincipals, kind: 'default', users: ['*'] } }, fields: [] },
];

describe('draftProblems', () => {
  for (const { name, change, fields } of cases) {
    it(name, () => {
      assert.deepEqual(draftProblems({ ...emptyDraft('eu-west-1'), ...change }).map(({ field }) => field), fields);
    });
  }
});
