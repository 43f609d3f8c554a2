import { createHash } from 'node:crypto';
import type { GetKeyLastUsageRequest, KeyLastUsageData } from '@aws-sdk/client-kms';
import { keyOperation, type Validated } from '../pipeline/operation.ts';
import type { KeyUsageRow } from '../store/tables/keyUsageTable.ts';

/** An event id in the form of CloudTrail's, the same one for the same use of a key. */
function eventId({ keyArn, requestId }: KeyUsageRow): string {
  const digest = createHash('sha256').update(requestId).update(keyArn).digest('hex');
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

function usageData(usage: KeyUsageRow): Omit<KeyLastUsageData, 'Operation'> & { readonly Operation: string } {
  const { operation, usedAt, requestId } = usage;
  return { Operation: operation, Timestamp: new Date(usedAt), CloudTrailEventId: eventId(usage), KmsRequestId: requestId };
}

/** Every key is tracked from its creation on. */
export const getKeyLastUsage = keyOperation<Validated<GetKeyLastUsageRequest>>({
  name: 'GetKeyLastUsage',
  run({ lastUsage }, _input, { arn, createdAt }) {
    const usage = lastUsage.of(arn);
    const created = new Date(createdAt);
    return { KeyId: arn, KeyLastUsage: usage ? usageData(usage) : {}, TrackingStartDate: created, KeyCreationDate: created };
  },
});
