import assert from 'node:assert/strict';
import { ConnectionErrorCodeType, ConnectionStateType } from '@aws-sdk/client-kms';
import { connectionErrorCodes, connectionErrorWords, explainKeyStore, keyStoreSummary } from '../../../../src/core/kms/explain/keyStoreWords.ts';
import type { CustomKeyStore } from '../../../../src/core/kms/service/customKeyStores.ts';
import { clusterStore } from '../keyStores/sampleStores.ts';

const store: CustomKeyStore = { ...clusterStore, customKeyStoreId: 'cks-1', connectionState: 'CONNECTED', cloudHsmClusterId: undefined };

describe('connectionErrorWords', () => {
  it('has words for every code of the API, and for no other', () => {
    assert.deepEqual([...connectionErrorCodes].sort(), Object.values(ConnectionErrorCodeType).sort());
  });

  for (const code of ['NEW_TROUBLE', 'constructor']) {
    it(`passes on ${code}, which it does not know`, () => {
      assert.equal(connectionErrorWords(code), `KMS gives the reason ${code}.`);
    });
  }
});

describe('explainKeyStore', () => {
  for (const connectionState of Object.values(ConnectionStateType)) {
    it(`says what ${connectionState} means for the keys`, () => {
      assert.match(explainKeyStore({ ...store, connectionState }).join(' '), /[Ii]ts keys can/);
    });
  }

  it('adds the reason of a failure', () => {
    assert.match(explainKeyStore({ ...store, connectionState: 'FAILED', connectionErrorCode: 'USER_LOCKED_OUT' }).join(' '), /disconnect the store[^]*kmsuser is locked out/);
  });

  it('sums up type and state', () => {
    assert.equal(keyStoreSummary({ ...store, type: 'EXTERNAL_KEY_STORE', connectionState: 'FAILED' }), 'external key store · failed');
  });
});
