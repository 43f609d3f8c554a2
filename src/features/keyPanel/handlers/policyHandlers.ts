import type { KeyPanelMethods, PolicyDraft } from '../../../protocol/keyPanel.ts';
import { isRecord, RpcError } from '../../../protocol/rpc.ts';
import { type Handlers, type PanelSide, readNothing } from './panelSide.ts';

/** The longest policy a message may carry: the maximum of the member Policy in the KMS API. */
const maximumPolicyLength = 131_072;

/** The key policy and its edit. */
export function policyHandlers(side: PanelSide): Handlers<'getPolicy' | 'savePolicy' | 'keepDraft' | 'validatePolicy' | 'checkNoPublicAccess'> {
  const { backend, key, signal } = side;
  return {
    getPolicy: { read: readNothing, run: () => backend.read((service) => service.getKeyPolicy(key, signal)) },
    savePolicy: { read: readSave, run: (params) => savePolicy(side, params) },
    validatePolicy: { read: readText, run: (text) => backend.read((service) => service.validatePolicy(text, key.region, signal)) },
    checkNoPublicAccess: { read: readText, run: (text) => backend.read((service) => service.checkNoPublicAccess(text, key.region, signal)) },
    keepDraft: {
      read: readDraft,
      run: (draft) => {
        side.keepDraft(draft);
        return null;
      },
    },
  };
}

/** Reads the stored policy once more right before replacing it, since KMS has no conditional write of its own. */
async function savePolicy(side: PanelSide, { policy, expected, bypassLockoutCheck = false }: KeyPanelMethods['savePolicy']['params']): Promise<null> {
  const { backend, key, signal } = side;
  const stored = await (await backend.keyService()).getKeyPolicy(key, signal);
  if (stored !== expected) {
    throw new RpcError({
      code: 'POLICY_CHANGED',
      message: 'Someone changed this key policy since it was loaded here, so nothing was saved. Compare your edit with the policy that is stored now, then save again.',
    });
  }
  // Left out unless it is wanted: policies may look at whether the parameter is there at all.
  await (await backend.keyService()).putKeyPolicy(key, policy, signal, bypassLockoutCheck || undefined);
  side.keepDraft(null);
  return null;
}

function isPolicyText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maximumPolicyLength;
}

function readText(params: unknown): { params: string } | undefined {
  return isPolicyText(params) ? { params } : undefined;
}

function readSave(params: unknown): { params: KeyPanelMethods['savePolicy']['params'] } | undefined {
  if (!isRecord(params)) return undefined;
  const { policy, expected, bypassLockoutCheck = false } = params;
  if (!isPolicyText(policy) || !isPolicyText(expected) || typeof bypassLockoutCheck !== 'boolean') return undefined;
  return { params: { policy, expected, bypassLockoutCheck } };
}

function readDraft(params: unknown): { params: PolicyDraft | null } | undefined {
  if (params === null) return { params };
  if (!isRecord(params)) return undefined;
  const { text, base } = params;
  return isPolicyText(text) && isPolicyText(base) ? { params: { text, base } } : undefined;
}
