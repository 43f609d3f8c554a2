import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { PublicKeyForm, PublicKeyForms, RotationAnswer } from '../../../protocol/keyPanel.ts';
import { RpcError } from '../../../protocol/rpc.ts';
import { publicKeyForms } from '../publicKeyForms.ts';
import { type Handlers, type PanelSide, readNothing } from './panelSide.ts';

type Names =
  | 'open'
  | 'describeKey'
  | 'listRegions'
  | 'getIdentity'
  | 'listIdentityPolicies'
  | 'getLastUsage'
  | 'listAliases'
  | 'listTags'
  | 'getRotation'
  | 'listGrants'
  | 'getPublicKey'
  | 'copy'
  | 'savePublicKey'
  | 'reconnect';

/** What the view asks to show, and takes with it. */
export function readingHandlers(side: PanelSide): Handlers<Names> {
  const { backend, key, signal } = side;
  return {
    open: { read: readNothing, run: () => side.opening() },
    describeKey: { read: readNothing, run: () => backend.read((service) => service.describeKey(key, signal)) },
    listRegions: { read: readNothing, run: async () => (await backend.keyService()).regions() },
    getIdentity: { read: readNothing, run: () => backend.read((service) => service.identity(signal)) },
    listIdentityPolicies: { read: readNothing, run: () => backend.read((service) => service.listIdentityPolicies(signal)) },
    getLastUsage: { read: readNothing, run: () => backend.read((service) => service.getKeyLastUsage(key, signal)) },
    listAliases: { read: readNothing, run: () => backend.read((service) => service.listAliasesOf(key, signal)) },
    listTags: { read: readNothing, run: () => backend.read((service) => service.listResourceTags(key, signal)) },
    getRotation: { read: readNothing, run: () => rotationOf(side) },
    listGrants: {
      read: readNothing,
      run: async () => (await backend.read((service) => Array.fromAsync(service.listGrants(key, signal)))).flat(),
    },
    getPublicKey: { read: readNothing, run: () => formsOf(side) },
    copy: {
      read: (params) => (params === 'arn' || params === 'keyId' || isForm(params) ? { params } : undefined),
      run: async (what) => {
        if (what === 'arn' || what === 'keyId') await side.copyName(what);
        else await side.copyText(await formOf(side, what));
        return null;
      },
    },
    savePublicKey: {
      read: (params) => (isForm(params) ? { params } : undefined),
      run: async (form) => {
        await side.saveText(form, await formOf(side, form));
        return null;
      },
    },
    reconnect: {
      read: readNothing,
      run: () => {
        backend.renew();
        return side.opening();
      },
    },
  };
}

function isForm(params: unknown): params is PublicKeyForm {
  return params === 'pem' || params === 'jwk' || params === 'ssh';
}

async function formsOf({ backend, key, signal }: PanelSide): Promise<PublicKeyForms> {
  return publicKeyForms((await backend.read((service) => service.getPublicKey(key, signal))).publicKey);
}

async function formOf(side: PanelSide, form: PublicKeyForm): Promise<string> {
  const text = (await formsOf(side))[form];
  if (text !== null) return text;
  throw new RpcError({ code: 'UNSUPPORTED_OPERATION', message: `This kind of key has no ${form.toUpperCase()} form. Take the PEM.` });
}

async function rotationOf({ backend, key, signal }: PanelSide): Promise<RotationAnswer> {
  try {
    const status = await backend.read((service) => service.getKeyRotationStatus(key, signal));
    return { supported: true, status, rotations: await backend.read((service) => service.listKeyRotations(key, true, signal)) };
  } catch (error) {
    if (error instanceof KmsExplorerError && error.code === 'UNSUPPORTED_OPERATION') return { supported: false };
    throw error;
  }
}
