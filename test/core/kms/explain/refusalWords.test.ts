import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-kms';
import { explainedRefusals, refusalWords } from '../../../../src/core/kms/explain/refusalWords.ts';

const ofStores = Object.keys(sdk).filter((name) => /^(Xks|CloudHsm|CustomKeyStore|IncorrectTrustAnchor).*Exception$/.test(name));

describe('refusalWords', () => {
  it('has words for every exception of custom key stores, and for none that does not exist', () => {
    assert.ok(ofStores.length > 20);
    assert.deepEqual(ofStores.filter((name) => refusalWords(name) === undefined), []);
    assert.deepEqual(explainedRefusals.filter((name) => !(name in sdk)), []);
  });

  for (const name of explainedRefusals) {
    it(`says what is wrong and what to do about ${name}`, () => {
      assert.match(refusalWords(name) ?? '', /^[A-Z].*[^.]$/);
    });
  }

  for (const name of ['NotFoundException', 'constructor']) {
    it(`has nothing to add to ${name}`, () => {
      assert.equal(refusalWords(name), undefined);
    });
  }
});
