import type { RecipientInfo } from '@aws-sdk/client-kms';
import { type Attestation, type AttestationProblem, verifyAttestation } from '../crypto/recipient/attestation.ts';
import { envelopFor } from '../crypto/recipient/envelopedData.ts';
import { KmsException } from '../kmsException.ts';
import type { Call } from './call.ts';
import type { Input } from './memberRules.ts';
import { missingMember } from './validate.ts';

/** Puts a secret in an answer: as it is under `member`, or encrypted as CiphertextForRecipient in its place. */
export type Disclosure = (member: string, secret: Uint8Array) => Readonly<Record<string, Uint8Array>>;

const problems: Readonly<Record<AttestationProblem, string>> = {
  malformed: 'The attestation document is malformed.',
  chain: 'The certificates of the attestation document are not a chain from its root to the certificate that signed it.',
  expired: 'A certificate of the attestation document is not valid at this time.',
  signature: 'The signature of the attestation document is not valid.',
  publicKey: 'The attestation document does not contain an RSA public key of at least 2048 bits.',
};

/**
 * What the attestation document of a Recipient says. Throws ValidationException when it is missing or not valid at `now`
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_RecipientInfo.html).
 */
export function attestationOf(recipient: RecipientInfo, now: number): Attestation {
  if (recipient.KeyEncryptionAlgorithm === undefined) throw missingMember('recipient.keyEncryptionAlgorithm');
  if (recipient.AttestationDocument === undefined) throw missingMember('recipient.attestationDocument');
  const attestation = verifyAttestation(recipient.AttestationDocument, now);
  if (typeof attestation === 'string') throw new KmsException('ValidationException', problems[attestation]);
  return attestation;
}

/** How the request wants its secret. Throws ValidationException for a Recipient without a valid attestation document. */
export function disclosureFor(call: Call, { Recipient: recipient }: { readonly Recipient?: RecipientInfo | undefined }): Disclosure {
  if (recipient === undefined) return (member, secret) => ({ [member]: secret });
  const { publicKey } = attestationOf(recipient, call.now);
  return (_member, secret) => ({ CiphertextForRecipient: envelopFor(publicKey, secret) });
}

/** The measurements of the request's attestation document; undefined without one that is valid at `now`. */
export function measurementsOf({ Recipient: recipient }: Input, now: number): Attestation['measurements'] | undefined {
  const document = typeof recipient === 'object' && recipient !== null && 'AttestationDocument' in recipient ? recipient.AttestationDocument : undefined;
  const attestation = document instanceof Uint8Array ? verifyAttestation(document, now) : undefined;
  return typeof attestation === 'object' ? attestation.measurements : undefined;
}
