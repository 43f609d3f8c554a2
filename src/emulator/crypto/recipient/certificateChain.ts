import { type KeyObject, X509Certificate } from 'node:crypto';
import { MalformedData } from '../encoding/malformedData.ts';

export type ChainProblem = 'chain' | 'expired';

/** A certificate in DER. Throws MalformedData. */
function readCertificate(encoded: Buffer): X509Certificate {
  try {
    return new X509Certificate(encoded);
  } catch {
    throw new MalformedData();
  }
}

function isValidAt(certificate: X509Certificate, now: number): boolean {
  return certificate.validFromDate.getTime() <= now && now <= certificate.validToDate.getTime();
}

/** Whether each certificate was issued by the one before it, and the first by itself. */
function isChain(certificates: readonly X509Certificate[]): boolean {
  return certificates.every((certificate, index) => {
    const issuer = certificates[Math.max(0, index - 1)];
    return issuer?.ca === true && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  });
}

/**
 * The key of the last certificate of a chain, or what is wrong with the chain. `authorities` begins with the root, which
 * is trusted as it stands: an emulator cannot tell whose enclaves are real. `now` is in epoch milliseconds.
 * Throws MalformedData for what is no certificate.
 */
export function verifyChain(authorities: readonly Buffer[], certificate: Buffer, now: number): KeyObject | ChainProblem {
  const last = readCertificate(certificate);
  const chain = [...authorities.map(readCertificate), last];
  if (!isChain(chain)) return 'chain';
  return chain.every((each) => isValidAt(each, now)) ? last.publicKey : 'expired';
}
