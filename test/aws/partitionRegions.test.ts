import assert from 'node:assert/strict';
import { partitionRegions } from '../../src/aws/partitionRegions.ts';

interface PartitionData {
  readonly partitions: readonly { readonly id: string; readonly regions: Readonly<Record<string, unknown>> }[];
}

/** The SDK does not export its endpoint data, so the file itself is read. */
const sdkData = new URL(
  '../../node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js',
  import.meta.url,
);

describe('partitionRegions', () => {
  it('lists the Regions that the installed AWS SDK knows', async () => {
    const { partitionsInfo } = (await import(sdkData.href)) as { partitionsInfo: PartitionData };
    const expected = partitionsInfo.partitions.map(
      ({ id, regions }) => [id, Object.keys(regions).filter((name) => !name.endsWith('-global')).sort()] as const,
    );
    assert.deepEqual(partitionRegions, Object.fromEntries(expected));
  });
});
