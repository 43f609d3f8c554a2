import type { UpdatePrimaryRegionRequest } from '@aws-sdk/client-kms';
import { keyArn } from '../../../core/kms/arn.ts';
import { KmsException } from '../../kmsException.ts';
import { relatedKeyIn, relatedKeys } from '../../material/relatedKeys.ts';
import { admitKey } from '../../pipeline/admitKey.ts';
import type { Call } from '../../pipeline/call.ts';
import { keyOperation, type Validated } from '../../pipeline/operation.ts';
import type { KeyRecord } from '../../store/keyRecord.ts';
import { checkMultiRegionPrimary } from './checkMultiRegionPrimary.ts';
import { transientState } from './transientState.ts';

/** The replica that is to become the primary, which has to be there and usable. */
function successorOf(call: Call, primary: KeyRecord, region: string): KeyRecord {
  if (region === primary.region) {
    throw new KmsException('UnsupportedOperationException', `${primary.arn} is the multi-region primary key already.`);
  }
  const replica = relatedKeyIn(call.store, primary, region);
  if (!replica) throw new KmsException('NotFoundException', `Key '${keyArn(region, primary.accountId, primary.keyId)}' does not exist`);
  admitKey(call, { action: 'UpdatePrimaryRegion', key: replica }, { operation: 'UpdatePrimaryRegion' });
  // The call event names the key of the request.
  call.notes.keyId = primary.arn;
  return replica;
}

/** The rotation schedule, which the keys share, stays as it is: the new primary goes on with it. */
export const updatePrimaryRegion = keyOperation<Validated<UpdatePrimaryRegionRequest, 'PrimaryRegion'>>({
  name: 'UpdatePrimaryRegion',
  run(call, { PrimaryRegion: primaryRegion }, primary) {
    checkMultiRegionPrimary(primary);
    const successor = successorOf(call, primary, primaryRegion);
    const { store, now } = call;
    const transient = transientState('Updating', now);
    store.transaction(() => {
      for (const key of relatedKeys(store, primary)) {
        store.keys.update(key, key.arn === primary.arn || key.arn === successor.arn ? { primaryRegion, transient } : { primaryRegion });
      }
    });
    return undefined;
  },
});
