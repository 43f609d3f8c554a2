import { createPublicKey, type KeyObject } from 'node:crypto';
import { unlessMalformed } from '../encoding/malformedData.ts';
import { type AttestationPayload, readAttestationPayload } from './attestationDocument.ts';
import { type ChainProblem, verifyChain } from './certificateChain.ts';
import { isSignedBy, readCoseSign1 } from './coseSign1.ts';

/** What a verified attestation document says. */
export interface Attestation {
  /** The RSA key that an answer is encrypted for. */
  readonly publicKey: KeyObject;
  /**
   * The values of the condition keys kms:RecipientAttestation, by the name after the colon and in lower-case hexadecimal:
   * ImageSha384 and PCR0 to PCR31 of an enclave, NitroTPMPCR0 to NitroTPMPCR23 of an instance
   * (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-nitro-enclave.html).
   */
  readonly measurements: Readonly<Record<string, string>>;
}

/** Why an attestation document is refused. */
export type AttestationProblem = 'malformed' | 'signature' | 'publicKey' | ChainProblem;

const smallestModulus = 2048;

function recipientKey(encoded: Buffer | undefined): KeyObject | undefined {
  if (!encoded) return undefined;
  let key: KeyObject;
  try {
    key = createPublicKey({ key: encoded, format: 'der', type: 'spki' });
  } catch {
    // The runtime names what is wrong with a key in words of its own.
    return undefined;
  }
  return key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= smallestModulus ? key : undefined;
}

function measurementsOf({ platform, registers }: AttestationPayload): Record<string, string> {
  const prefix = platform === 'tpm' ? 'NitroTPMPCR' : 'PCR';
  const values = Object.fromEntries([...registers].map(([index, register]) => [`${prefix}${index}`, register.toString('hex')]));
  return values['PCR0'] === undefined ? values : { ...values, ImageSha384: values['PCR0'] };
}

/**
 * Reads an attestation document and checks its fields, its certificates at the time `now` (epoch milliseconds), its
 * signature and its public key (https://docs.aws.amazon.com/enclaves/latest/user/verify-root.html).
 */
export function verifyAttestation(document: Uint8Array, now: number): Attestation | AttestationProblem {
  return (
    unlessMalformed(() => {
      const message = readCoseSign1(Buffer.from(document));
      const payload = readAttestationPayload(message.payload);
      const signer = verifyChain(payload.authorities, payload.certificate, now);
      if (typeof signer === 'string') return signer;
      if (!isSignedBy(message, signer)) return 'signature';
      const publicKey = recipientKey(payload.publicKey);
      return publicKey ? { publicKey, measurements: measurementsOf(payload) } : 'publicKey';
    }) ?? 'malformed'
  );
}
