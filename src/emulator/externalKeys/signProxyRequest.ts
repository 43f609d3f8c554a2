import { createHmac, hash } from 'node:crypto';

/** A request to an external key store proxy, before it is signed. */
export interface UnsignedProxyRequest {
  /** Name and port, as in the Host header. */
  readonly host: string;
  readonly path: string;
  readonly body: string;
  /** The Region that the store is in. */
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const algorithm = 'AWS4-HMAC-SHA256';
const service = 'kms-xks-proxy';
const signedHeaders = 'host;x-amz-date';

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/**
 * The headers that make a POST one of AWS KMS: `x-amz-date` for `time` (epoch milliseconds) and the SigV4
 * `authorization` over it, the host and the body, as the AWS KMS External Keystore Proxy API Specification has it in
 * Appendix A.
 */
export function signProxyRequest(request: UnsignedProxyRequest, time: number): { readonly 'x-amz-date': string; readonly authorization: string } {
  const { host, path, body, region, accessKeyId, secretAccessKey } = request;
  const date = new Date(time).toISOString().replace(/[:-]|\.\d{3}/g, '');
  const day = date.slice(0, 8);
  const scope = `${day}/${region}/${service}/aws4_request`;
  const canonical = ['POST', path, '', `host:${host}`, `x-amz-date:${date}`, '', signedHeaders, hash('sha256', body)].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const signature = hmac(key, [algorithm, date, scope, hash('sha256', canonical)].join('\n')).toString('hex');
  return {
    'x-amz-date': date,
    authorization: `${algorithm} Credential=${accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  };
}
