import { generateKeyPair, getCurves, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { keySpecOf, type KeySpecRow, type NamedCurve } from '../../../core/kms/keySpecs.ts';

/** The names that the runtime has for the curves of KMS. */
const curveNames: Readonly<Record<NamedCurve, string>> = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1', secp256k1: 'secp256k1' };

/** Whether material of this spec can be made here. The desktop VS Code lacks some curves that Node has. */
export function canGenerate(keySpec: string): boolean {
  const row = keySpecOf(keySpec);
  if (row?.kind === 'ecc') return row.curve !== undefined && getCurves().includes(curveNames[row.curve]);
  return row !== undefined && ['symmetric', 'hmac', 'rsa', 'edwards'].includes(row.kind);
}

/**
 * New material: random bytes for a symmetric or HMAC key, a private key as DER PKCS #8 (RFC 5958) for the others. It is
 * the caller's to clear. Rejects with UNSUPPORTED_OPERATION for a spec that canGenerate refuses.
 */
export async function generateMaterial(keySpec: string): Promise<Buffer> {
  const row = keySpecOf(keySpec);
  if (row !== undefined && canGenerate(keySpec)) {
    if (row.kind === 'symmetric' || row.kind === 'hmac') return randomBytes(row.size ?? 32);
    return (await privateKey(row)).export({ type: 'pkcs8', format: 'der' });
  }
  throw new KmsExplorerError('UNSUPPORTED_OPERATION', `Material for ${keySpec} cannot be generated here. Make it with another tool and import it from a file.`);
}

async function privateKey({ kind, size, curve }: KeySpecRow): Promise<KeyObject> {
  const generate = promisify(generateKeyPair);
  if (kind === 'rsa') return (await generate('rsa', { modulusLength: size ?? 2048 })).privateKey;
  if (kind === 'edwards') return (await generate('ed25519')).privateKey;
  return (await generate('ec', { namedCurve: curveNames[curve ?? 'P-256'] })).privateKey;
}
