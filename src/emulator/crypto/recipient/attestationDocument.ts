import { type CborValue, isCborArray, isCborMap, readCbor } from '../encoding/cbor.ts';
import { MalformedData } from '../encoding/malformedData.ts';

/**
 * The payload of an attestation document of a Nitro Enclave or of NitroTPM, with the lengths that AWS gives for each
 * field (https://docs.aws.amazon.com/enclaves/latest/user/verify-root.html).
 */
export interface AttestationPayload {
  /** Whose registers `registers` are. */
  readonly platform: 'enclave' | 'tpm';
  /** Platform configuration registers by number. */
  readonly registers: ReadonlyMap<number, Buffer>;
  /** DER, the one that signed the document. */
  readonly certificate: Buffer;
  /** DER, the root first. */
  readonly authorities: readonly Buffer[];
  /** DER SubjectPublicKeyInfo, where the enclave gave one. */
  readonly publicKey: Buffer | undefined;
}

const registerLengths = [32, 48, 64];
const registerCounts = { enclave: 32, tpm: 24 };

function bytesOf(value: CborValue | undefined, min: number, max: number): Buffer {
  if (!Buffer.isBuffer(value) || value.length < min || value.length > max) throw new MalformedData();
  return value;
}

function optionalBytes(value: CborValue | undefined, min: number, max: number): Buffer | undefined {
  return value === undefined || value === null ? undefined : bytesOf(value, min, max);
}

function readRegisters(value: CborValue | undefined, count: number): Map<number, Buffer> {
  if (!isCborMap(value) || value.size === 0 || value.size > count) throw new MalformedData();
  return new Map(
    [...value].map(([index, register]) => {
      const bytes = bytesOf(register, 32, 64);
      if (typeof index !== 'number' || index < 0 || index >= count || !registerLengths.includes(bytes.length)) throw new MalformedData();
      return [index, bytes];
    }),
  );
}

function readAuthorities(value: CborValue | undefined): Buffer[] {
  if (!isCborArray(value) || value.length === 0) throw new MalformedData();
  return value.map((item) => bytesOf(item, 1, 1024));
}

/** Reads and checks every field. Throws MalformedData. */
export function readAttestationPayload(bytes: Buffer): AttestationPayload {
  const payload = readCbor(bytes);
  if (!isCborMap(payload)) throw new MalformedData();
  const moduleId = payload.get('module_id');
  const timestamp = payload.get('timestamp');
  if (typeof moduleId !== 'string' || moduleId === '' || payload.get('digest') !== 'SHA384') throw new MalformedData();
  if (typeof timestamp !== 'number' || timestamp <= 0) throw new MalformedData();
  optionalBytes(payload.get('user_data'), 0, 1024);
  optionalBytes(payload.get('nonce'), 0, 1024);
  const platform = payload.has('nitrotpm_pcrs') ? 'tpm' : 'enclave';
  return {
    platform,
    registers: readRegisters(payload.get(platform === 'tpm' ? 'nitrotpm_pcrs' : 'pcrs'), registerCounts[platform]),
    certificate: bytesOf(payload.get('certificate'), 1, 1024),
    authorities: readAuthorities(payload.get('cabundle')),
    publicKey: optionalBytes(payload.get('public_key'), 1, 1024),
  };
}
