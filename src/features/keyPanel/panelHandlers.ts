import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import type { KeyReference } from '../../core/kms/service/keyReference.ts';
import type { KeyPanelMethods, PanelOpening, PolicyDraft, RotationAnswer } from '../../protocol/keyPanel.ts';
import { isRecord, RpcError, type RpcHandlers } from '../../protocol/rpc.ts';
import type { PanelBackend } from './panelBackend.ts';

/** The longest policy a message may carry: the maximum of the member Policy in the KMS API. */
const maximumPolicyLength = 131_072;

/** What the handlers need of the panel they serve. */
export interface PanelSide {
  readonly backend: PanelBackend;
  readonly key: KeyReference;
  readonly signal: AbortSignal;
  opening(): PanelOpening;
  keepDraft(draft: PolicyDraft | null): void;
  copy(what: 'arn' | 'keyId'): Promise<void>;
}

/** The table of what a key panel's view can ask for, with the check of each question. */
export function panelHandlers(side: PanelSide): RpcHandlers<KeyPanelMethods> {
  const { backend, key, signal } = side;
  return {
    open: { read: readNothing, run: () => side.opening() },
    describeKey: { read: readNothing, run: async () => (await backend.keyService()).describeKey(key, signal) },
    listAliases: { read: readNothing, run: async () => (await backend.keyService()).listAliasesOf(key, signal) },
    listTags: { read: readNothing, run: async () => (await backend.keyService()).listResourceTags(key, signal) },
    getRotation: { read: readNothing, run: () => rotationOf(side) },
    getPolicy: { read: readNothing, run: async () => (await backend.keyService()).getKeyPolicy(key, signal) },
    savePolicy: { read: readSave, run: (params) => savePolicy(side, params) },
    keepDraft: {
      read: readDraft,
      run: (draft) => {
        side.keepDraft(draft);
        return null;
      },
    },
    copy: {
      read: (params) => (params === 'arn' || params === 'keyId' ? { params } : undefined),
      run: async (what) => {
        await side.copy(what);
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

async function rotationOf({ backend, key, signal }: PanelSide): Promise<RotationAnswer> {
  const service = await backend.keyService();
  try {
    return { supported: true, status: await service.getKeyRotationStatus(key, signal) };
  } catch (error) {
    if (error instanceof KmsExplorerError && error.code === 'UNSUPPORTED_OPERATION') return { supported: false };
    throw error;
  }
}

/** Reads the stored policy once more right before replacing it, since KMS has no conditional write of its own. */
async function savePolicy(side: PanelSide, { policy, expected }: KeyPanelMethods['savePolicy']['params']): Promise<null> {
  const { backend, key, signal } = side;
  const stored = await (await backend.keyService()).getKeyPolicy(key, signal);
  if (stored !== expected) {
    throw new RpcError({
      code: 'POLICY_CHANGED',
      message: 'Someone changed this key policy since it was loaded here, so nothing was saved. Compare your edit with the policy that is stored now, then save again.',
    });
  }
  await (await backend.keyService()).putKeyPolicy(key, policy, signal);
  side.keepDraft(null);
  return null;
}

function readNothing(params: unknown): { params: null } | undefined {
  return params === null ? { params } : undefined;
}

function isPolicyText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maximumPolicyLength;
}

function readSave(params: unknown): { params: KeyPanelMethods['savePolicy']['params'] } | undefined {
  if (!isRecord(params)) return undefined;
  const { policy, expected } = params;
  return isPolicyText(policy) && isPolicyText(expected) ? { params: { policy, expected } } : undefined;
}

function readDraft(params: unknown): { params: PolicyDraft | null } | undefined {
  if (params === null) return { params };
  if (!isRecord(params)) return undefined;
  const { text, base } = params;
  return isPolicyText(text) && isPolicyText(base) ? { params: { text, base } } : undefined;
}
