import assert from 'node:assert/strict';
import { cliText } from '../../../../src/core/kms/cliCommand.ts';
import { createKeyStoreCall, keyStoreCall, updateKeyStoreCall } from '../../../../src/core/kms/keyStores/keyStoreCalls.ts';
import { clusterStore, proxyStore } from './sampleStores.ts';

const secret = 's3cret'.repeat(8);

describe('createKeyStoreCall', () => {
  it('reads the password and the certificate of a CloudHSM key store from files', () => {
    const settings = { name: 'my hsm', cloudHsmClusterId: 'cluster-2a23b4cdefg', trustAnchorCertificate: 'PEM', keyStorePassword: secret };
    assert.equal(
      cliText(createKeyStoreCall('eu-west-1', 'AWS_CLOUDHSM', settings)),
      "aws kms create-custom-key-store --custom-key-store-type AWS_CLOUDHSM --custom-key-store-name 'my hsm' --cloud-hsm-cluster-id cluster-2a23b4cdefg --trust-anchor-certificate file://customerCA.crt --key-store-password file://kmsuser-password.txt --region eu-west-1",
    );
  });

  it('reads the credential of an external key store from a file, once', () => {
    const settings = {
      name: 'xks',
      xksProxyConnectivity: 'PUBLIC_ENDPOINT',
      xksProxyUriEndpoint: 'https://xks.example.com',
      xksProxyUriPath: '/kms/xks/v1',
      xksProxyVpcEndpointServiceOwner: '',
      accessKeyId: 'ABCDEFGHIJ234567ABCD',
      rawSecretAccessKey: secret,
    };
    assert.equal(
      cliText(createKeyStoreCall('eu-west-1', 'EXTERNAL_KEY_STORE', settings)),
      'aws kms create-custom-key-store --custom-key-store-type EXTERNAL_KEY_STORE --custom-key-store-name xks --xks-proxy-connectivity PUBLIC_ENDPOINT --xks-proxy-uri-endpoint https://xks.example.com --xks-proxy-uri-path /kms/xks/v1 --xks-proxy-authentication-credential file://xks-proxy-credential.json --region eu-west-1',
    );
  });
});

describe('updateKeyStoreCall', () => {
  it('names what changes, and no secret', () => {
    assert.equal(
      cliText(updateKeyStoreCall('eu-west-1', 'cks-1', { name: 'new', keyStorePassword: secret })),
      'aws kms update-custom-key-store --custom-key-store-id cks-1 --new-custom-key-store-name new --key-store-password file://kmsuser-password.txt --region eu-west-1',
    );
  });
});

describe('keyStoreCall', () => {
  for (const act of ['connect', 'disconnect', 'delete'] as const) {
    it(`names the store to ${act}`, () => {
      const store = act === 'connect' ? proxyStore : clusterStore;
      assert.equal(cliText(keyStoreCall(act, store)), `aws kms ${act}-custom-key-store --custom-key-store-id ${store.customKeyStoreId} --region eu-west-1`);
    });
  }
});
