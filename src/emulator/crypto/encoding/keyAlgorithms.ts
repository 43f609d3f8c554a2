import type { MlDsaParameterSet, MlKemParameterSet, NamedCurve } from '../../../core/kms/keySpecs.ts';
import { objectIdentifier, sequence } from './der.ts';

/** The kinds of key that are told apart by an AlgorithmIdentifier, besides RSA. */
export type KeyAlgorithm = NamedCurve | 'SM2' | 'Ed25519' | MlDsaParameterSet | MlKemParameterSet;

const ecPublicKey = objectIdentifier('1.2.840.10045.2.1');

const onCurve = (curve: string): Buffer => sequence(ecPublicKey, objectIdentifier(curve));
const plain = (algorithm: string): Buffer => sequence(objectIdentifier(algorithm));

/**
 * AlgorithmIdentifier of each kind: RFC 5480 (elliptic curves, always named), GB/T 35276 (SM2), RFC 8410 (Ed25519), RFC
 * 9881 (ML-DSA) and RFC 9935 (ML-KEM).
 */
export const algorithmIdentifiers: Readonly<Record<KeyAlgorithm, Buffer>> = {
  'P-256': onCurve('1.2.840.10045.3.1.7'),
  'P-384': onCurve('1.3.132.0.34'),
  'P-521': onCurve('1.3.132.0.35'),
  secp256k1: onCurve('1.3.132.0.10'),
  SM2: onCurve('1.2.156.10197.1.301'),
  Ed25519: plain('1.3.101.112'),
  'ML-DSA-44': plain('2.16.840.1.101.3.4.3.17'),
  'ML-DSA-65': plain('2.16.840.1.101.3.4.3.18'),
  'ML-DSA-87': plain('2.16.840.1.101.3.4.3.19'),
  'ML-KEM-512': plain('2.16.840.1.101.3.4.4.1'),
  'ML-KEM-768': plain('2.16.840.1.101.3.4.4.2'),
  'ML-KEM-1024': plain('2.16.840.1.101.3.4.4.3'),
};
