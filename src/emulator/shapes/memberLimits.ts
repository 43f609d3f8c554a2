/**
 * Lengths, ranges and patterns of members, which the SDK does not carry
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_Types.html). Lengths of texts count UTF-16 code units, of blobs
 * bytes, of lists members. Where KMS is stricter than its published model, its own rule stands.
 */
export interface Limit {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  /** The limits of a list's members. */
  readonly each?: Limit;
}

const keyId: Limit = { min: 1, max: 2048 };
const ciphertext: Limit = { min: 1, max: 6144 };
const name = /^[a-zA-Z0-9:/_-]+$/;
const principal: Limit = { min: 1, max: 256, pattern: /^[\w+=,.@:/-]+$/ };
const servicePrincipal: Limit = { min: 1, max: 128, pattern: /^[\w+=,.@:/-]+$/ };
const region: Limit = { min: 1, max: 32, pattern: /^([a-z]+-){2,3}\d+$/ };
const materialId: Limit = { min: 64, max: 64, pattern: /^[a-f0-9]+$/ };
const tagKey: Limit = { min: 1, max: 128 };

/** By the member's name, wherever it stands. */
const limits: Readonly<Record<string, Limit>> = {
  AccessKeyId: { min: 20, max: 30, pattern: /^[A-Z2-7]+$/ },
  AliasName: { min: 1, max: 256, pattern: name },
  AttestationDocument: { min: 1, max: 262_144 },
  CiphertextBlob: ciphertext,
  CloudHsmClusterId: { min: 19, max: 24, pattern: /^cluster-[2-7a-zA-Z]{11,16}$/ },
  CustomKeyStoreId: { min: 1, max: 64 },
  CustomKeyStoreName: { min: 1, max: 256 },
  Description: { max: 8192 },
  DestinationKeyId: keyId,
  EncryptedKeyMaterial: ciphertext,
  GrantId: { min: 1, max: 128 },
  GrantToken: { min: 1, max: 8192 },
  GrantTokens: { max: 10, each: { min: 1, max: 8192 } },
  GranteePrincipal: principal,
  GranteeServicePrincipal: servicePrincipal,
  ImportToken: ciphertext,
  KeyId: keyId,
  KeyMaterialDescription: { max: 256, pattern: /^[a-zA-Z0-9:/_\s.-]+$/ },
  KeyMaterialId: materialId,
  KeyStorePassword: { min: 7, max: 32 },
  Limit: { min: 1, max: 1000 },
  Mac: ciphertext,
  Marker: { min: 1, max: 1024, pattern: /^[\u0020-\u00FF]*$/ },
  Message: { min: 1, max: 4096 },
  Name: { min: 1, max: 256, pattern: name },
  NewCustomKeyStoreName: { min: 1, max: 256 },
  NumberOfBytes: { min: 1, max: 1024 },
  Operations: { min: 1 },
  PendingWindowInDays: { min: 7, max: 30 },
  Plaintext: { min: 1, max: 4096 },
  Policy: { min: 1, max: 131_072 },
  PolicyName: { min: 1, max: 128, pattern: /^[\w]+$/ },
  PrimaryRegion: region,
  PublicKey: { min: 1, max: 8192 },
  RawSecretAccessKey: { min: 43, max: 64, pattern: /^[a-zA-Z0-9/+=]+$/ },
  ReplicaRegion: region,
  RetiringPrincipal: principal,
  RetiringServicePrincipal: servicePrincipal,
  RotationPeriodInDays: { min: 90, max: 2560 },
  SharedSecretCiphertextBlob: ciphertext,
  Signature: ciphertext,
  SourceArn: { min: 20, max: 512 },
  SourceKeyId: keyId,
  TagKey: tagKey,
  TagKeys: { each: tagKey },
  TagValue: { max: 256 },
  TargetKeyId: keyId,
  TrustAnchorCertificate: { min: 1, max: 5000 },
  XksKeyId: { min: 1, max: 128, pattern: /^[a-zA-Z0-9-_.]+$/ },
  // A proxy on this machine may be spoken to without TLS and on any port, which AWS itself never does.
  XksProxyUriEndpoint: { min: 10, max: 128, pattern: /^(https:\/\/[a-zA-Z0-9.-]+|https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?)$/ },
  XksProxyUriPath: { min: 10, max: 128, pattern: /^(\/[a-zA-Z0-9/_-]+\/kms\/xks\/v\d{1,2}|\/kms\/xks\/v\d{1,2})$/ },
  XksProxyVpcEndpointServiceName: { min: 20, max: 64, pattern: /^com\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$/ },
  XksProxyVpcEndpointServiceOwner: { min: 12, max: 12, pattern: /^[0-9]+$/ },
};

/** What a member's value must keep to besides its type. */
export function limitOf(member: string): Limit {
  return Object.hasOwn(limits, member) ? (limits[member] ?? {}) : {};
}
