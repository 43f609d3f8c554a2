import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ClientConfig } from '../clientConfig.ts';

/** A POST to a service of AWS that has no client of the SDK here. */
export interface SignedPost {
  /** The service's name in the scope of the signature, as in `iam`. */
  readonly service: string;
  readonly region: string;
  readonly url: URL;
  readonly contentType: string;
  readonly body: string;
}

const answerMilliseconds = 30_000;

/**
 * Signs a request with Signature Version 4 (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html) and sends it.
 * Rejects with the error of the socket, of the credentials, or of the signal; an answer of any status is given.
 */
export async function signedFetch({ credentials }: Pick<ClientConfig, 'credentials'>, post: SignedPost, signal: AbortSignal): Promise<Response> {
  const { url, body } = post;
  const headers = await signedHeaders(credentials, post);
  try {
    return await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.any([signal, AbortSignal.timeout(answerMilliseconds)]) });
  } catch (error) {
    throw error instanceof TypeError && error.cause !== undefined ? error.cause : error;
  }
}

async function signedHeaders(credentials: ClientConfig['credentials'], { service, region, url, contentType, body }: SignedPost): Promise<Record<string, string>> {
  const { protocol, host, hostname, port, pathname, searchParams } = url;
  const request = new HttpRequest({
    ...{ method: 'POST', protocol, hostname, path: pathname, body },
    ...(port === '' ? {} : { port: Number(port) }),
    query: Object.fromEntries(searchParams),
    headers: { host, 'content-type': contentType },
  });
  const signed = await new SignatureV4({ service, region, credentials, sha256: Sha256 }).sign(request);
  return Object.fromEntries(Object.entries(signed.headers).filter(([name]) => name !== 'host'));
}
