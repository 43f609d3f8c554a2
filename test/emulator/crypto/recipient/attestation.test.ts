import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { type Attestation, type AttestationProblem, verifyAttestation } from '../../../../src/emulator/crypto/recipient/attestation.ts';
import { attestationDocument, type DocumentWish, fieldsOf, makeEnclave, registers } from '../../support/attestation.ts';
import { writeCbor } from '../../support/cborWriter.ts';
import { issueCertificate } from '../../support/certificates.ts';

const enclave = makeEnclave();
const { root, intermediate, leaf } = enclave;
const now = Date.now();
const hour = 3_600_000;

function accepted(document: Buffer): Attestation {
  const attestation = verifyAttestation(document, now);
  if (typeof attestation === 'string') assert.fail(attestation);
  return attestation;
}

describe('An attestation document', () => {
  it('gives the public key and the registers of an enclave, with its tag or without', () => {
    for (const tagged of [false, true]) {
      const { publicKey, measurements } = accepted(attestationDocument(enclave, { tagged }));
      assert.deepEqual(publicKey.export({ format: 'der', type: 'spki' }), enclave.publicKey);
      const expected = [...registers].map(([index, register]) => [`PCR${index}`, register.toString('hex')] as const);
      assert.deepEqual(measurements, { ...Object.fromEntries(expected), ImageSha384: '01'.repeat(48) });
    }
  });

  it('gives the registers of NitroTPM under their own names', () => {
    const { measurements } = accepted(attestationDocument(enclave, { fields: { pcrs: undefined, nitrotpm_pcrs: new Map([[4, Buffer.alloc(48, 9)]]) } }));
    assert.deepEqual(measurements, { NitroTPMPCR4: '09'.repeat(48) });
  });

  it('may leave out its optional fields, and may carry them', () => {
    accepted(attestationDocument(enclave, { fields: { user_data: undefined, nonce: undefined } }));
    accepted(attestationDocument(enclave, { fields: { user_data: Buffer.alloc(1024), nonce: Buffer.from('n') } }));
  });

  it('may be signed right below the root', () => {
    const direct = issueCertificate({ name: 'direct', issuer: root });
    const fields = { certificate: direct.certificate, cabundle: [root.certificate] };
    accepted(attestationDocument(enclave, { fields, signer: direct.privateKey }));
  });

  const otherRoot = issueCertificate({ name: 'root', ca: true });
  const notCa = issueCertificate({ name: 'not a ca', issuer: root });
  const below = issueCertificate({ name: 'below', issuer: notCa });
  const old = issueCertificate({ name: 'old', issuer: intermediate, notAfter: new Date(now - hour) });
  const early = issueCertificate({ name: 'early', issuer: intermediate, notBefore: new Date(now + hour) });
  const otherCurve = issueCertificate({ name: 'other curve', issuer: intermediate, curve: 'prime256v1' });
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'der', type: 'spki' });
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).publicKey.export({ format: 'der', type: 'spki' });
  const bundle = (...issued: readonly { certificate: Buffer }[]): Buffer[] => issued.map(({ certificate }) => certificate);

  const refused: readonly (readonly [name: string, problem: AttestationProblem, wish: DocumentWish])[] = [
    ...Object.keys(fieldsOf(enclave))
      .filter((name) => !['user_data', 'nonce', 'public_key'].includes(name))
      .map((name) => [`without ${name}`, 'malformed', { fields: { [name]: undefined } }] as const),
    ['with an empty module id', 'malformed', { fields: { module_id: '' } }],
    ['with another digest', 'malformed', { fields: { digest: 'SHA256' } }],
    ['with a timestamp of zero', 'malformed', { fields: { timestamp: 0 } }],
    ['without a register', 'malformed', { fields: { pcrs: new Map() } }],
    ['with a register of another length', 'malformed', { fields: { pcrs: new Map([[0, Buffer.alloc(47)]]) } }],
    ['with a register beyond the last', 'malformed', { fields: { pcrs: new Map([[32, Buffer.alloc(48)]]) } }],
    ['with a register that has a name', 'malformed', { fields: { pcrs: new Map([['0', Buffer.alloc(48)]]) } }],
    ['with an empty bundle', 'malformed', { fields: { cabundle: [] } }],
    ['with a bundle that is no list', 'malformed', { fields: { cabundle: root.certificate } }],
    ['with something else in place of a certificate', 'malformed', { fields: { certificate: Buffer.from('no certificate') } }],
    ['with user data that is too long', 'malformed', { fields: { user_data: Buffer.alloc(1025) } }],
    ['of another algorithm', 'malformed', { algorithm: -7 }],
    ['with a root that did not issue the rest', 'chain', { fields: { cabundle: bundle(otherRoot, intermediate) } }],
    ['with the bundle in the wrong order', 'chain', { fields: { cabundle: bundle(intermediate, root) } }],
    ['without the certificate between', 'chain', { fields: { cabundle: bundle(root) } }],
    ['with an issuer that may not issue', 'chain', { fields: { certificate: below.certificate, cabundle: bundle(root, notCa) }, signer: below.privateKey }],
    ['whose certificate has expired', 'expired', { fields: { certificate: old.certificate }, signer: old.privateKey }],
    ['whose certificate is not valid yet', 'expired', { fields: { certificate: early.certificate }, signer: early.privateKey }],
    ['that another key has signed', 'signature', { signer: intermediate.privateKey }],
    ['whose certificate is not on P-384', 'signature', { fields: { certificate: otherCurve.certificate }, signer: leaf.privateKey }],
    ['without a public key', 'publicKey', { fields: { public_key: null } }],
    ['with an elliptic curve key', 'publicKey', { fields: { public_key: elliptic } }],
    ['with an RSA key that is too small', 'publicKey', { fields: { public_key: small } }],
    ['with something else in place of a public key', 'publicKey', { fields: { public_key: Buffer.from('no key') } }],
  ];
  for (const [name, problem, wish] of refused) {
    it(`${name} is refused`, () => {
      assert.equal(verifyAttestation(attestationDocument(enclave, wish), now), problem);
    });
  }

  it('is refused when one byte of it is changed, whichever', () => {
    const document = attestationDocument(enclave);
    for (let position = 0; position < document.length; position += 7) {
      const damaged = document.map((byte, index) => (index === position ? byte ^ 1 : byte));
      assert.equal(typeof verifyAttestation(damaged, now), 'string', `${position}`);
    }
  });

  it('is refused when it is something else altogether', () => {
    const others = [Buffer.alloc(0), Buffer.from('text'), writeCbor(1), writeCbor([]), writeCbor({ tag: 17, value: [] }), writeCbor([1, 2, 3, 4])];
    for (const other of others) assert.equal(verifyAttestation(other, now), 'malformed');
  });
});
