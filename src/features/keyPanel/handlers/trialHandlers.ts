import type { KeyReference } from '../../../core/kms/service/keyReference.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';
import type { Trial, TrialOperation, TrialResult } from '../../../protocol/keyPanel.ts';
import { isRecord, RpcError } from '../../../protocol/rpc.ts';
import { type Handlers, type PanelSide, readNothing } from './panelSide.ts';
import { isText, readContext } from './readChange.ts';

const operations: readonly TrialOperation[] = [
  'encrypt',
  'decrypt',
  'sign',
  'verify',
  'generateMac',
  'verifyMac',
  'deriveSharedSecret',
  'encapsulate',
  'decapsulate',
];

/** The longest member of the cryptographic operations is a ciphertext of 6144 bytes; as base64 that is 8192 characters. */
const mostFileBytes = 6144;

/** Trying the key. What comes back stays in the view's memory and goes nowhere else. */
export function trialHandlers(side: PanelSide): Handlers<'tryOut' | 'readFile'> {
  const { backend, key, signal } = side;
  return {
    tryOut: { read: readTrial, run: async (trial) => tryOut(await backend.keyService(), key, trial, signal) },
    readFile: {
      read: readNothing,
      run: async () => {
        const bytes = await side.readFile();
        if (bytes === null) return null;
        if (bytes.length <= mostFileBytes) return Buffer.from(bytes).toString('base64');
        throw new RpcError({ code: 'PLAINTEXT_TOO_LONG', message: `The file has ${bytes.length} bytes; KMS takes at most ${mostFileBytes}. Choose a smaller file, or its digest.` });
      },
    },
  };
}

function readTrial(params: unknown): { params: Trial } | undefined {
  if (!isRecord(params)) return undefined;
  const { input, proof, algorithm, messageType } = params;
  const operation = operations.find((each) => each === params['operation']);
  const encryptionContext = readContext(params['encryptionContext']);
  if (operation === undefined || encryptionContext === undefined || !isText(input) || !isText(proof) || !isText(algorithm)) return undefined;
  if (messageType !== 'RAW' && messageType !== 'DIGEST' && messageType !== 'EXTERNAL_MU') return undefined;
  return { params: { operation, input, proof, algorithm, messageType, encryptionContext } };
}

const named = (name: string, bytes: Uint8Array): TrialResult['values'][number] => ({ name, base64: Buffer.from(bytes).toString('base64') });
const told = (...values: TrialResult['values']): TrialResult => ({ values, valid: null });
const judged = (valid: boolean): TrialResult => ({ values: [], valid });

async function tryOut(service: KeyService, key: KeyReference, trial: Trial, signal: AbortSignal): Promise<TrialResult> {
  const { algorithm, encryptionContext } = trial;
  const input = Buffer.from(trial.input, 'base64');
  const proof = Buffer.from(trial.proof, 'base64');
  const chosen = algorithm === '' ? undefined : algorithm;
  const message = { message: input, messageType: trial.messageType, signingAlgorithm: algorithm };
  switch (trial.operation) {
    case 'encrypt':
      return told(named('Ciphertext', (await service.encrypt(key, input, encryptionContext, signal, chosen)).ciphertext));
    case 'decrypt': {
      const source = { ciphertext: input, encryptionContext, keyId: key.keyId, ...(chosen === undefined ? {} : { encryptionAlgorithm: chosen }) };
      return told(named('Plaintext', (await service.decryptWith(key.region, source, signal)).plaintext));
    }
    case 'sign':
      return told(named('Signature', await service.sign(key, message, signal)));
    case 'verify':
      return judged(await service.verify(key, message, proof, signal));
    case 'generateMac':
      return told(named('MAC', await service.generateMac(key, input, algorithm, signal)));
    case 'verifyMac':
      return judged(await service.verifyMac(key, input, algorithm, proof, signal));
    case 'deriveSharedSecret':
      return told(named('Shared secret', await service.deriveSharedSecret(key, input, signal)));
    case 'encapsulate': {
      const { sharedSecret, ciphertext } = await service.encapsulate(key, signal);
      return told(named('Shared secret', sharedSecret), named('Ciphertext', ciphertext));
    }
    case 'decapsulate':
      return told(named('Shared secret', await service.decapsulate(key, input, signal)));
  }
}
