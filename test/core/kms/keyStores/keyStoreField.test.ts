import assert from 'node:assert/strict';
import { fieldProblem, fieldsOfStore, type KeyStoreFieldId, secretsOf } from '../../../../src/core/kms/keyStores/keyStoreField.ts';
import { certificate, certificateKey } from '../../../emulator/support/proxy/certificate.ts';

const region = 'eu-west-1';
const service = `com.amazonaws.vpce.${region}.vpce-svc-0123456789abcdef0`;

const taken: readonly (readonly [KeyStoreFieldId, string])[] = [
  ['name', 'n'],
  ['name', 'x'.repeat(256)],
  ['cloudHsmClusterId', 'cluster-1a23b4cdefg'.replace('1', '2')],
  ['trustAnchorCertificate', `${certificate}\n`],
  ['keyStorePassword', '7 chars'],
  ['xksProxyConnectivity', 'VPC_ENDPOINT_SERVICE'],
  ['xksProxyUriEndpoint', 'https://xks-1.example.com'],
  ['xksProxyUriEndpoint', 'http://127.0.0.1:4000'],
  ['xksProxyUriPath', '/kms/xks/v1'],
  ['xksProxyUriPath', '/a/b-c_d/kms/xks/v1'],
  ['xksProxyVpcEndpointServiceName', service],
  ['xksProxyVpcEndpointServiceOwner', ''],
  ['xksProxyVpcEndpointServiceOwner', '111122223333'],
  ['accessKeyId', 'ABCDEFGHIJ234567ABCD'],
  ['rawSecretAccessKey', 'a/+='.repeat(11)],
];

const refused: readonly (readonly [KeyStoreFieldId, string, RegExp])[] = [
  ['name', ' ', /1 to 256/],
  ['name', 'x'.repeat(257), /1 to 256/],
  ['cloudHsmClusterId', 'cluster-short', /11 to 16/],
  ['cloudHsmClusterId', 'hsm-2a23b4cdefg', /cluster-/],
  ['trustAnchorCertificate', 'no certificate', /customerCA\.crt/],
  ['trustAnchorCertificate', certificateKey, /private key/],
  ['trustAnchorCertificate', `${certificate}${' '.repeat(5000)}`, /5000/],
  ['keyStorePassword', 'six chr'.slice(1), /7 to 32/],
  ['keyStorePassword', 'x'.repeat(33), /7 to 32/],
  ['xksProxyConnectivity', 'CARRIER_PIGEON', /public endpoint/],
  ['xksProxyUriEndpoint', 'http://xks.example.com', /https:\/\//],
  ['xksProxyUriEndpoint', 'https://xks.example.com:8443', /port/],
  ['xksProxyUriEndpoint', 'https://xks.example.com/kms', /path is asked for next/],
  ['xksProxyUriEndpoint', `https://${'x'.repeat(121)}`, /128/],
  ['xksProxyUriPath', '/kms/xks/v2', /v1/],
  ['xksProxyUriPath', 'kms/xks/v1', /begins with \//],
  ['xksProxyUriPath', '/a b/kms/xks/v1', /letters/],
  ['xksProxyVpcEndpointServiceName', service.replace(region, 'us-east-1'), /in eu-west-1/],
  ['xksProxyVpcEndpointServiceName', 'vpce-svc-1', /com\.amazonaws\.vpce/],
  ['xksProxyVpcEndpointServiceOwner', '1111', /twelve/],
  ['accessKeyId', 'abcdefghij234567abcd', /capital/],
  ['accessKeyId', 'SHORT', /20 to 30/],
  ['rawSecretAccessKey', 'x'.repeat(42), /43 to 64/],
  ['rawSecretAccessKey', '-'.repeat(43), /letters/],
];

describe('fieldProblem', () => {
  for (const [id, text] of taken) {
    it(`takes ${JSON.stringify(text.slice(0, 60))} for ${id}`, () => {
      assert.equal(fieldProblem(id, text, region), undefined);
    });
  }
  for (const [id, text, words] of refused) {
    it(`says why ${JSON.stringify(text.slice(0, 60))} is no ${id}`, () => {
      assert.match(fieldProblem(id, text, region) ?? '', words);
    });
  }
});

describe('fieldsOfStore', () => {
  it('asks for a cluster or for a proxy', () => {
    assert.deepEqual(fieldsOfStore('AWS_CLOUDHSM', {}), ['name', 'cloudHsmClusterId', 'trustAnchorCertificate', 'keyStorePassword']);
    assert.ok(!fieldsOfStore('EXTERNAL_KEY_STORE', { xksProxyConnectivity: 'PUBLIC_ENDPOINT' }).some((id) => id.includes('Vpc')));
  });

  it('asks for the VPC endpoint service where there is one', () => {
    assert.equal(fieldsOfStore('EXTERNAL_KEY_STORE', { xksProxyConnectivity: 'VPC_ENDPOINT_SERVICE' }).filter((id) => id.includes('Vpc')).length, 2);
  });
});

describe('secretsOf', () => {
  it('finds what must not be shown', () => {
    assert.deepEqual(secretsOf({ name: 'n', accessKeyId: 'A', keyStorePassword: 'p', rawSecretAccessKey: 'r' }).toSorted(), ['p', 'r']);
    assert.deepEqual(secretsOf({ keyStorePassword: '' }), []);
  });
});
