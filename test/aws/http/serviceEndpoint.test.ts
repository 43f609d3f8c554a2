import assert from 'node:assert/strict';
import { KMSClient } from '@aws-sdk/client-kms';
import { accessAnalyzerPlace, iamPlace } from '../../../src/aws/http/serviceEndpoint.ts';
import { partitionRegions } from '../../../src/aws/partitionRegions.ts';
import { resolveEndpoint } from '../../../src/aws/resolveEndpoint.ts';

/** The domain that the SDK itself calls KMS of a Region at. */
async function domainOf(region: string): Promise<string> {
  const client = new KMSClient({ region, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  try {
    return (await resolveEndpoint(client)).replace(`https://kms.${region}.`, '');
  } finally {
    client.destroy();
  }
}

describe('The endpoints of services without a client of the SDK', () => {
  for (const [partition, regions] of Object.entries(partitionRegions)) {
    it(`are in the domain of ${partition}`, async () => {
      for (const region of regions) {
        const domain = await domainOf(region);
        assert.deepEqual(accessAnalyzerPlace(region), { region, endpoint: `https://access-analyzer.${region}.${domain}` });
        const iam = iamPlace(region);
        assert.ok(regions.includes(iam.region) && iam.endpoint.startsWith('https://iam.') && iam.endpoint.endsWith(`.${domain}`), iam.endpoint);
      }
    });
  }
});
