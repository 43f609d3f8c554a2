import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { ImportKind, MaterialsAnswer } from '../../../protocol/keyPanel.ts';
import { importMaterial } from '../material/importMaterial.ts';
import { type Handlers, type PanelSide, readNothing } from './panelSide.ts';

const kinds: readonly ImportKind[] = ['first', 'new', 'again'];

const doneWords: Readonly<Record<ImportKind, string>> = {
  first: 'The material is imported.',
  new: 'The new material is imported. Rotate the key now to encrypt with it.',
  again: 'The material is imported again.',
};

/** Imported key material. The view asks for an act and is told what became of it; it never sees material. */
export function materialHandlers(side: PanelSide): Handlers<'listMaterials' | 'importMaterial' | 'deleteMaterial'> {
  return {
    listMaterials: { read: readNothing, run: () => materialsOf(side) },
    importMaterial: {
      read: (params) => {
        const kind = kinds.find((each) => each === params);
        return kind && { params: kind };
      },
      run: (kind) => unlessCancelled(() => runImport(side, kind)),
    },
    deleteMaterial: {
      read: (params) => (params === null || (typeof params === 'string' && /^[0-9a-f]{64}$/.test(params)) ? { params } : undefined),
      run: (materialId) => unlessCancelled(() => runDeletion(side, materialId)),
    },
  };
}

/** KMS lists the materials of symmetric keys; the others have one, which their metadata tells of. */
async function materialsOf({ backend, key, signal }: PanelSide): Promise<MaterialsAnswer> {
  try {
    return { listed: true, materials: await backend.read((service) => service.listKeyRotations(key, true, signal)) };
  } catch (error) {
    if (error instanceof KmsExplorerError && error.code === 'UNSUPPORTED_OPERATION') return { listed: false };
    throw error;
  }
}

async function runImport(side: PanelSide, kind: ImportKind): Promise<string> {
  const { backend, key, signal, material: ask } = side;
  const service = await backend.keyService();
  const { keySpec } = await service.describeKey(key, signal);
  await side.changed(await importMaterial({ service, key, keySpec, kind, ask }));
  return doneWords[kind];
}

async function runDeletion(side: PanelSide, materialId: string | null): Promise<string> {
  const { backend, key, signal, material: ask } = side;
  const service = await backend.keyService();
  const what = materialId === null ? 'the key material' : `the key material ${materialId.slice(0, 8)}…`;
  if (!(await ask.confirmDeletion(what))) throw new KmsExplorerError('CANCELLED', 'Nothing was deleted.');
  await service.deleteImportedKeyMaterial(key, materialId ?? undefined, signal);
  await side.changed([{ command: 'delete-imported-key-material', region: key.region, options: [['key-id', key.keyId], ...(materialId === null ? [] : [['key-material-id', materialId] as const])] }]);
  return 'The material is deleted. Import the same material again to use what was encrypted with it.';
}

/** Leaving a question is no failure. */
async function unlessCancelled(act: () => Promise<string>): Promise<string | null> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof KmsExplorerError && error.code === 'CANCELLED') return null;
    throw error;
  }
}
