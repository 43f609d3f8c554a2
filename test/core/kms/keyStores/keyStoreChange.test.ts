import assert from 'node:assert/strict';
import { changeLines, changeObstacle, changesOf, keyStoreChanges, settingsOf } from '../../../../src/core/kms/keyStores/keyStoreChange.ts';
import { clusterStore, proxyStore } from './sampleStores.ts';

const labels = (store: typeof clusterStore): readonly string[] => changesOf(store).map(({ label }) => label);
const changeNamed = (label: string) => keyStoreChanges.find((change) => change.label === label)!;

describe('changesOf', () => {
  it('offers what the type of store has', () => {
    assert.deepEqual(labels(clusterStore), ['Name', 'Password of the kmsuser', 'CloudHSM cluster']);
    assert.deepEqual(labels(proxyStore), ['Name', 'Credential of the proxy', 'URI path of the proxy', 'URI endpoint of the proxy', 'Connectivity of the proxy']);
  });

  it('offers the VPC endpoint service of a store that is reached through one', () => {
    assert.ok(labels({ ...proxyStore, xksProxyConnectivity: 'VPC_ENDPOINT_SERVICE' }).includes('VPC endpoint service'));
  });

  it('asks for the new address with another connectivity', () => {
    assert.deepEqual(changeNamed('Connectivity of the proxy').fields({ xksProxyConnectivity: 'VPC_ENDPOINT_SERVICE' }).slice(0, 3), [
      'xksProxyConnectivity',
      'xksProxyUriEndpoint',
      'xksProxyVpcEndpointServiceName',
    ]);
  });
});

describe('changeObstacle', () => {
  const whenConnected = ['Name', 'Credential of the proxy', 'URI path of the proxy'];
  for (const change of keyStoreChanges) {
    const { label } = change;
    it(`${whenConnected.includes(label) ? 'lets a connected store change its' : 'asks to disconnect a store first for its'} ${label}`, () => {
      const obstacle = changeObstacle(change, { ...proxyStore, connectionState: 'CONNECTED' });
      if (whenConnected.includes(label)) assert.equal(obstacle, undefined);
      else assert.match(obstacle ?? '', /Disconnect it first/);
      assert.equal(changeObstacle(change, { ...proxyStore, connectionState: 'DISCONNECTED' }), undefined);
    });
  }

  for (const connectionState of ['CONNECTING', 'DISCONNECTING']) {
    it(`waits for a store that is ${connectionState}`, () => {
      assert.match(changeObstacle(changeNamed('Name'), { ...proxyStore, connectionState }) ?? '', /Wait/);
    });
  }

  it('asks to disconnect a store that failed', () => {
    assert.match(changeObstacle(changeNamed('Name'), { ...proxyStore, connectionState: 'FAILED' }) ?? '', /Disconnect it first/);
  });
});

describe('changeLines', () => {
  it('says what was and what is to be', () => {
    assert.deepEqual(changeLines(settingsOf(proxyStore), { xksProxyUriPath: '/new/kms/xks/v1' }), ['Proxy URI path: /kms/xks/v1 → /new/kms/xks/v1']);
  });

  it('leaves out what stays and what is secret', () => {
    assert.deepEqual(changeLines(settingsOf(proxyStore), { name: proxyStore.name, rawSecretAccessKey: 'secret', xksProxyVpcEndpointServiceOwner: '' }), []);
  });
});
