import type { DeleteImportedKeyMaterialRequest } from '@aws-sdk/client-kms';
import { KmsException } from '../../kmsException.ts';
import { dropMaterial } from '../../material/dropMaterial.ts';
import { keyOperation, type Validated } from '../../pipeline/operation.ts';
import { checkImports } from './importChecks.ts';

/** Deletes the current material unless another one is named. Material that is gone already stays gone. */
export const deleteImportedKeyMaterial = keyOperation<Validated<DeleteImportedKeyMaterialRequest>>({
  name: 'DeleteImportedKeyMaterial',
  run(call, { KeyMaterialId: named }, key) {
    checkImports(key);
    const { store } = call;
    const materialId = named ?? key.currentMaterialId;
    const material = materialId === undefined ? undefined : store.materials.find(key.arn, materialId);
    if (named !== undefined && !material) {
      throw new KmsException('NotFoundException', `Key material ${named} is not associated with the key ${key.arn}.`);
    }
    if (material) {
      store.transaction(() => {
        dropMaterial(call, material);
      });
    }
    return { KeyId: key.arn, KeyMaterialId: key.spec === 'SYMMETRIC_DEFAULT' ? materialId : undefined };
  },
});
