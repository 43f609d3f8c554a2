import assert from 'node:assert/strict';
import { aliasArn, isChinaRegion, isKeyId, isRegionName, keyArn, parseKmsArn, partitionOf } from '../../../src/core/kms/arn.ts';

const id = '1234abcd-12ab-34cd-56ef-1234567890ab';

describe('Resource names', () => {
  const names: readonly (readonly [text: string, kind: 'key' | 'alias', resource: string, partition: string, region: string])[] = [
    [`arn:aws:kms:eu-west-1:111122223333:key/${id}`, 'key', id, 'aws', 'eu-west-1'],
    ['arn:aws:kms:us-east-1:111122223333:alias/a/b', 'alias', 'alias/a/b', 'aws', 'us-east-1'],
    [`arn:aws-cn:kms:cn-north-1:111122223333:key/${id}`, 'key', id, 'aws-cn', 'cn-north-1'],
    [`arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/${id}`, 'key', id, 'aws-us-gov', 'us-gov-west-1'],
  ];
  for (const [text, kind, resource, partition, region] of names) {
    it(`are taken apart and put together again: ${text}`, () => {
      assert.deepEqual(parseKmsArn(text), { partition, region, accountId: '111122223333', kind, resource });
      const build = kind === 'key' ? keyArn : aliasArn;
      assert.equal(build(region, '111122223333', resource), text);
      assert.equal(partitionOf(region), partition);
    });
  }

  for (const text of ['', id, 'alias/a', 'arn:aws:s3:::bucket', `arn:aws:kms:eu-west-1:1111:key/${id}`, `arn:aws:kms:eu-west-1:111122223333:${id}`, 'arn:aws:kms:eu-west-1:111122223333:key/']) {
    it(`are not found in "${text}"`, () => {
      assert.equal(parseKmsArn(text), undefined);
    });
  }

  it('tell key ids and Regions from other texts', () => {
    assert.deepEqual([id, `mrk-${'0'.repeat(32)}`, id.toUpperCase(), `${id}0`, 'mrk-1', 'alias/a'].map(isKeyId), [true, true, false, false, false, false]);
    assert.deepEqual(['eu-west-1', 'us-gov-east-1', 'ap-southeast-2', 'mars', 'eu-west', ''].map(isRegionName), [true, true, true, false, false, false]);
  });

  it('tell the China Regions from the others', () => {
    assert.deepEqual(['cn-north-1', 'cn-northwest-1', 'ap-east-1', 'us-gov-west-1', ''].map(isChinaRegion), [true, true, false, false, false]);
  });
});
